"""Table 3B of the RICS template, computed from an anonymous case register."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.rules.periods import Period
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding


@dataclass(frozen=True)
class Allegation:
    """One alleged kind, with what a formal investigation found."""

    kind: AllegationKind
    finding: Finding | None = None


@dataclass(frozen=True)
class Case:
    """One matter as the table needs it."""

    reference: str
    case_class: CaseClass
    received_on: date
    allegations: tuple[Allegation, ...]
    screened_out_on: date | None = None
    formal_started_on: date | None = None
    formal_completed_on: date | None = None
    other_text: str | None = None


@dataclass
class Row:
    """One row of the table: allegations of one kind."""

    kind: AllegationKind
    reported: int = 0
    formal: int = 0
    upheld_part: int = 0
    upheld_full: int = 0


@dataclass(frozen=True)
class Table:
    """Table 3B with everything that is printed beside it."""

    rows: tuple[Row, ...]
    cases_reported: int
    cases_completed: int
    carried_in: tuple[str, ...]
    ongoing: tuple[str, ...]
    questionable_practices: int
    spread: int
    other_text: str
    reported_references: tuple[str, ...]
    completed_references: tuple[str, ...]
    # Cases closed at screening in the period; their allegations stand in the first column only.
    screened_out: int = 0

    @property
    def total(self) -> Row:
        """The sum of the rows; the number of cases is no part of it (V3)."""
        total = Row(AllegationKind.OTHER)
        for row in self.rows:
            total.reported += row.reported
            total.formal += row.formal
            total.upheld_part += row.upheld_part
            total.upheld_full += row.upheld_full
        return total

    @property
    def nil(self) -> bool:
        """Whether nothing was reported and nothing completed in the period."""
        return self.total.reported == 0 and self.total.formal == 0


def tabulate(cases: Sequence[Case], period: Period) -> Table:
    """Table 3B of a period (RICS template, counting instructions of 3B).

    Column 1 counts allegations received in the period; columns 2 to 4 count those whose formal
    investigation was completed in the period, wherever it began. Ongoing ones are left out, and
    what was closed at screening stands in column 1 only. Questionable practices are counted apart.
    """
    rows = {kind: Row(kind) for kind in AllegationKind}
    alleged = [case for case in cases if case.case_class is CaseClass.ALLEGED_MISCONDUCT]
    received = [case for case in alleged if period.contains(case.received_on)]
    completed = [case for case in alleged if period.contains(case.formal_completed_on)]
    for case in received:
        for allegation in case.allegations:
            rows[allegation.kind].reported += 1
    for case in completed:
        for allegation in case.allegations:
            row = rows[allegation.kind]
            row.formal += 1
            row.upheld_part += allegation.finding is Finding.UPHELD_IN_PART
            row.upheld_full += allegation.finding is Finding.UPHELD_IN_FULL
    return Table(
        rows=tuple(rows.values()),
        cases_reported=len(received),
        cases_completed=len(completed),
        carried_in=tuple(case.reference for case in completed if case.received_on < period.starts_on),
        ongoing=tuple(case.reference for case in alleged if is_ongoing(case, period.ends_on)),
        questionable_practices=sum(
            case.case_class is CaseClass.QUESTIONABLE_PRACTICE and period.contains(case.received_on)
            for case in cases
        ),
        spread=sum(len(case.allegations) > 1 for case in received),
        other_text=others((*received, *completed)),
        reported_references=tuple(case.reference for case in received),
        completed_references=tuple(case.reference for case in completed),
        screened_out=sum(period.contains(case.screened_out_on) for case in alleged),
    )


def others(cases: Sequence[Case]) -> str:
    """What “Other” was in these cases, each description once."""
    return "; ".join(dict.fromkeys(case.other_text for case in cases if case.other_text))


def is_ongoing(case: Case, on: date) -> bool:
    """Whether a case had been received but neither closed nor completed by a day."""
    ends = [day for day in (case.screened_out_on, case.formal_completed_on) if day]
    return case.received_on <= on and not any(day <= on for day in ends)


def faults(table: Table) -> tuple[str, ...]:
    """What makes the table impossible to print (V2, V4)."""
    found = [
        f"{row.kind.label}: more upheld than investigated"
        for row in table.rows
        if row.upheld_part + row.upheld_full > row.formal
    ]
    other = next(row for row in table.rows if row.kind is AllegationKind.OTHER)
    if (other.reported or other.formal) and not table.other_text:
        found.append("“Other” is counted in the misconduct table, but nothing says what it was")
    return tuple(found)


def warnings(table: Table) -> tuple[str, ...]:
    """What a reader may ask about, in words."""
    return tuple(message for _, message in keyed_warnings(table))


def keyed_warnings(table: Table) -> tuple[tuple[str, str], ...]:
    """What a reader may ask about (V7, V14), each under a key that stays while its numbers change."""
    found = [
        (
            f"carried_over_{row.kind.value}",
            f"{row.kind.label}: more investigations than allegations, carried over from an earlier year",
        )
        for row in table.rows
        if row.formal > row.reported
    ]
    if table.spread:
        cases = "1 case is" if table.spread == 1 else f"{table.spread} cases are"
        message = (
            f"{cases} counted in more than one row; what came as a single allegation belongs under "
            "“Multiple areas of concern”"
        )
        found.append(("spread", message))
    return tuple(found)


def check_nil(table: Table, period: Period, today: date) -> None:
    """Raise RuleBroken unless the period is over and had nothing to report (V5)."""
    if period.ends_on >= today:
        raise RuleBroken("A nil year can be confirmed when the year is over")
    if not table.nil:
        raise RuleBroken("This is not a nil year: the table counts allegations or investigations")


def check_other(kinds: Sequence[AllegationKind], text: str | None) -> None:
    """Raise RuleBroken when “Other” is alleged and nothing says what it was (V4)."""
    if AllegationKind.OTHER in kinds and not text:
        raise RuleBroken("Say in a few words what “Other” is; identify nobody", field="other_text")


@dataclass(frozen=True)
class NewCase:
    """A matter received; no names of people."""

    received_on: date
    case_class: CaseClass
    kinds: tuple[AllegationKind, ...]
    other_text: str | None = None

    def check(self, today: date) -> None:
        """Raise RuleBroken when the case cannot be opened so (V4, V14)."""
        if self.received_on > today:
            raise RuleBroken("Date received must be today or in the past", field="received_on")
        if not self.kinds:
            raise RuleBroken("Select at least one kind", field="kinds")
        check_other(self.kinds, self.other_text)
        if AllegationKind.MULTIPLE in self.kinds and len(self.kinds) > 1:
            raise RuleBroken("Select either “Multiple areas of concern” or the single kinds", field="kinds")


@dataclass(frozen=True)
class NewClass:
    """A case turns out to be something else; possible at any stage, with the reason."""

    case_class: CaseClass
    reason: str

    def check(self, current: CaseClass) -> None:
        """Raise RuleBroken when nothing would change."""
        if self.case_class is current:
            raise RuleBroken(f"The case is already taken to be “{current.label}”", field="case_class")


NEXT_STEPS: dict[CaseStep, tuple[CaseStep, ...]] = {
    CaseStep.RECEIVED: (CaseStep.SCREENED_OUT, CaseStep.FORMAL_STARTED),
    CaseStep.FORMAL_STARTED: (CaseStep.FORMAL_COMPLETED,),
    CaseStep.SCREENED_OUT: (),
    CaseStep.FORMAL_COMPLETED: (),
}


def check_closed(step: CaseStep) -> None:
    """Raise RuleBroken while a case may still go on: what it taught is known at its end."""
    if NEXT_STEPS[step]:
        raise RuleBroken("A lesson can be offered once the case is closed")


@dataclass(frozen=True)
class NewStage:
    """A case reached a stage; completing an investigation needs a finding for each allegation."""

    step: CaseStep
    on: date
    findings: tuple[Finding, ...] = ()
    lessons: str | None = field(default=None)

    def check(self, current: CaseStep, since: date, allegations: int, today: date) -> None:
        """Raise RuleBroken when the case cannot reach this stage on this day."""
        if self.step not in NEXT_STEPS[current]:
            raise RuleBroken(f"A case that stands at “{current.label}” cannot go there", field="step")
        if self.on < since:
            raise RuleBroken("The day must not be before the stage before it", field="on")
        if self.on > today:
            raise RuleBroken("The day must be today or in the past", field="on")
        if self.step is CaseStep.FORMAL_COMPLETED and len(self.findings) != allegations:
            raise RuleBroken("Select what was found for each allegation", field="finding")
