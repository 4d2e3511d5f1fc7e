"""Published statements, read by anyone."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, undefer

from compliance.db import db
from compliance.models import Organisation, Publication, ReportingPeriod, SignOff, Statement


class Edition(NamedTuple):
    """One published version: its statement, the size of its PDF in bytes, and which version it is."""

    statement: Statement
    sign_off: SignOff
    size: int
    number: int


class Year(NamedTuple):
    """An organisation and a year with every published version, the newest last; none when it is missing."""

    organisation: Organisation
    period: ReportingPeriod
    versions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition | None:
        """The version that holds."""
        return self.versions[-1] if self.versions else None


def published() -> Select[Statement, SignOff, int, int]:
    """The parts of an Edition for every published statement, in the order of publication."""
    earlier, same = aliased(Publication), aliased(Statement)
    number = (
        select(func.count(earlier.id))
        .join(same, same.id == earlier.statement_id)
        .where(
            same.organisation_id == Statement.organisation_id,
            same.period_id == Statement.period_id,
            earlier.id <= Publication.id,
        )
        .correlate(Statement, Publication)
        .scalar_subquery()
    )
    return (
        select(Statement, SignOff, func.length(SignOff.pdf), number)
        .join(Publication, Publication.statement_id == Statement.id)
        .join(SignOff, SignOff.statement_id == Statement.id)
        .options(
            joinedload(Statement.organisation),
            joinedload(Statement.period),
            joinedload(Statement.publication),
            joinedload(Statement.sign_off).joinedload(SignOff.signed_by),
            joinedload(Statement.replaced_by).joinedload(Statement.publication),
        )
        .order_by(Publication.id)
    )


def years(on: date, *, q: str = "", year: str = "") -> list[Year]:
    """Every organisation that has published, year by year, the newest first; missing years included.

    A year is missing when it has ended, and the organisation had published for an earlier one. Four
    queries, whatever the number of statements.
    """
    found: dict[tuple[int, int], list[Edition]] = {}
    organisations: dict[int, Organisation] = {}
    first: dict[int, date] = {}
    for edition in map(Edition._make, db.session.execute(published())):
        statement = edition.statement
        found.setdefault((statement.organisation_id, statement.period_id), []).append(edition)
        organisations[statement.organisation_id] = statement.organisation
        known = first.get(statement.organisation_id, statement.period.starts_on)
        first[statement.organisation_id] = min(known, statement.period.starts_on)
    rows = [
        Year(organisation, period, tuple(found.get((number, period.id), ())))
        for period in all_periods()
        for number, organisation in organisations.items()
        if (number, period.id) in found or first[number] < period.starts_on <= period.ends_on < on
    ]
    wanted = [row for row in rows if year in ("", row.period.key) and fits(row, q)]
    return sorted(wanted, key=lambda row: (-row.period.starts_on.toordinal(), name_of(row)))


def all_periods() -> Sequence[ReportingPeriod]:
    """Every reporting period, the newest first."""
    found: Sequence[ReportingPeriod] = db.session.scalars(
        select(ReportingPeriod).order_by(ReportingPeriod.starts_on.desc())
    ).all()
    return found


def name_of(row: Year) -> str:
    """The name that the organisation had on the last day of the year."""
    return row.organisation.name_on(row.period.ends_on)


def fits(row: Year, q: str) -> bool:
    """Whether the words searched for stand in the name."""
    return q.casefold() in name_of(row).casefold()


def versions_of(code: str, starts_on: date, ends_on: date) -> list[Edition]:
    """Every published version of an organisation's statement for a period, the newest last; two queries."""
    rows = db.session.execute(
        published()
        .join(Organisation, Organisation.id == Statement.organisation_id)
        .join(ReportingPeriod, ReportingPeriod.id == Statement.period_id)
        .where(
            Organisation.code == code,
            ReportingPeriod.starts_on == starts_on,
            ReportingPeriod.ends_on == ends_on,
        )
        .options(undefer(SignOff.snapshot))
    ).all()
    return [Edition._make(row) for row in rows]


def newest(count: int) -> list[Edition]:
    """So many of the versions published last, the newest first; one query."""
    rows = db.session.execute(published().order_by(None).order_by(Publication.id.desc()).limit(count))
    return [Edition._make(row) for row in rows]


def unpublished_name(code: str, starts_on: date, ends_on: date) -> str | None:
    """The name of an organisation in a period that both exist, though nothing was published; else None."""
    period = select(ReportingPeriod.id).where(
        ReportingPeriod.starts_on == starts_on, ReportingPeriod.ends_on == ends_on
    )
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code, period.exists()))
    return organisation.name_on(ends_on) if organisation else None


def by_fingerprint(begins: str) -> list[Edition]:
    """The published versions whose content or PDF has a fingerprint that begins so, the oldest first."""
    hashes = (SignOff.fingerprint, SignOff.pdf_sha256)
    begun = or_(*(one.startswith(begins, autoescape=True) for one in hashes))
    return [Edition._make(row) for row in db.session.execute(published().where(begun))]


def without_hash() -> list[Edition]:
    """The published versions that were signed before the SHA-256 of their PDF was kept, the oldest first."""
    return [Edition._make(row) for row in db.session.execute(published().where(SignOff.pdf_sha256.is_(None)))]


def by_reference(reference: str) -> Edition | None:
    """A published version by the reference that its document names."""
    row = db.session.execute(published().where(Statement.reference == reference)).first()
    return Edition._make(row) if row else None


def pdf_of(statement: Statement) -> bytes:
    """The document that was signed."""
    content: bytes = db.session.scalars(select(SignOff.pdf).where(SignOff.statement_id == statement.id)).one()
    return content


def holds_invented() -> bool:
    """Whether this is a demonstration: some organisation is invented."""
    return db.session.scalar(select(Organisation.id).where(Organisation.invented).limit(1)) is not None
