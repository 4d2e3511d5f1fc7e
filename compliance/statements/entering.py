"""Single numbers, entered: a value in place of the counted one, and the policy on small numbers."""

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import FigureOverride, Organisation, SmallNumberPolicy, Statement, User
from compliance.rules import statements as rules
from compliance.rules import suppression
from compliance.rules.broken import RuleBroken
from compliance.statements.before_board import refuse_signed
from compliance.statements.numbers import REPEATED
from reports.statement.count import Ratio
from reports.statement.model import Figure


def override(statement: Statement, figure: Figure, new: rules.NewOverride, *, by: User) -> None:
    """Keep a value entered for a figure, or that the counted one holds again; raises RuleBroken.

    What the case register counts is never entered by hand: a mistake is corrected in the register.
    """
    if figure.key in REPEATED:
        raise RuleBroken("This figure is a total of the misconduct table. Correct the case register instead")
    new.check(ratio=isinstance(figure.from_records, Ratio))
    with transaction():
        audit.record("figure.overridden", subject=statement.reference, by=by)
        refuse_signed(statement)
        db.session.add(
            FigureOverride(
                statement=statement,
                figure=figure.key,
                number=new.number,
                whole=new.whole,
                reason=new.reason,
                entered_at=clock.now(),
                entered_by=by,
            )
        )


def set_policy(organisation: Organisation, new: suppression.NewPolicy, *, by: User) -> None:
    """Keep below which number an organisation withholds; raises RuleBroken."""
    new.check()
    with transaction():
        audit.record("small_number_policy.set", subject=organisation.code, by=by)
        db.session.add(
            SmallNumberPolicy(
                organisation=organisation, below=new.below, reason=new.reason, set_at=clock.now(), set_by=by
            )
        )
