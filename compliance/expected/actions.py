"""What was found at the source of a requirement, recorded."""

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.frameworks.schema import Ref
from compliance.models import User, WordingCheck
from compliance.rules.wording import NewWordingCheck


def record_wording_check(ref: Ref, new: NewWordingCheck, *, by: User) -> WordingCheck:
    """Add a look at the source of a requirement; the latest holds. Raises RuleBroken."""
    new.check()
    with transaction():
        audit.record("wording.checked", subject=ref.code, by=by)
        found = WordingCheck(
            framework=ref.framework,
            requirement_code=ref.code,
            agrees=new.agrees,
            address=new.address,
            note=new.note,
            checked_at=clock.now(),
            checked_by=by,
        )
        db.session.add(found)
    return found
