"""The figures of a statement: what each counts, of what, from which organisations, behind which records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from compliance.statements.coverage import case_coverage, coverage
from compliance.statements.records import Records
from compliance.statements.register import Study
from compliance.statements.standing import tally_of
from compliance.terms import Standing
from reports.statement.count import Number, Ratio, Value
from reports.statement.model import Figure


@dataclass(frozen=True)
class Counted:
    """A value with the references counted, and for a ratio those it is out of."""

    value: Value
    counted: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    coverage: str = ""


@dataclass(frozen=True)
class Definition:
    """What a figure says that it counts, and how it does."""

    key: str
    title: str
    counts: str
    out_of: str
    count: Callable[[Records], Counted]
    # Left out of a statement for which it means nothing, instead of being printed as 0 of 0.
    applies: Callable[[Records], bool] = lambda _records: True

    @property
    def words(self) -> str:
        """The definition in one text, as printed."""
        return (
            f"{self.counts}, out of {self.out_of[0].lower()}{self.out_of[1:]}."
            if self.out_of
            else f"{self.counts}."
        )


def ratio(counted: Iterable[str], of: Iterable[str]) -> Counted:
    """So many of so many, with both lists of references."""
    part, whole = tuple(counted), tuple(of)
    return Counted(Ratio(part=Number(value=len(part)), whole=Number(value=len(whole))), part, whole)


def references(studies: Iterable[Study]) -> tuple[str, ...]:
    """The references of projects."""
    return tuple(row.reference for row in studies)


def requirements_met(records: Records) -> Counted:
    """Requirements judged met, of those that apply; one not assessed is not met."""
    applies = [row for row in records.judged if row.standing is not Standing.NOT_APPLICABLE]
    met = [row.requirement.code for row in applies if row.standing is Standing.MET]
    found = ratio(met, [row.requirement.code for row in applies])
    left = tally_of(records.judged).not_assessed
    return replace(found, coverage=f"{left} not assessed yet" if left else "")


def projects_in_scope(records: Records) -> Counted:
    """Projects under way in the period."""
    found = references(records.studies)
    return Counted(Number(value=len(found)), found, coverage=coverage(records))


def ethics_before_start(records: Records) -> Counted:
    """Projects begun with every binding decision in place."""
    found = ratio(references(row for row in records.begun if row.decided_first), references(records.begun))
    return replace(found, coverage=coverage(records))


def protocols_in_advance(records: Records) -> Counted:
    """Projects begun with their protocol public."""
    found = ratio(references(row for row in records.begun if row.protocol_first), references(records.begun))
    return replace(found, coverage=coverage(records))


def results_published(records: Records) -> Counted:
    """Projects ended with their results public by the day the returns were due."""
    by = records.counted_on
    public = [row for row in records.ended if row.results_published_on and row.results_published_on <= by]
    return replace(ratio(references(public), references(records.ended)), coverage=coverage(records))


def fieldwork_without_decision(records: Records) -> Counted:
    """Projects running on the last day without something binding."""
    last = min(records.period.ends_on, records.today)
    found = references(row for row in records.studies if row.runs_on(last) and row.lacks_decision)
    return Counted(Number(value=len(found)), found, coverage=coverage(records))


def ai_principles_rated(records: Records) -> Counted:
    """Projects with AI whose six principles of the Covenant were rated, each with evidence."""
    found = [row for row in records.studies if row.uses_ai]
    rated = references(row for row in found if row.principles_rated)
    return replace(ratio(rated, references(found)), coverage=coverage(records))


def conditions_open(records: Records) -> Counted:
    """Conditions past their date; the reference is that of the approval."""
    found = records.overdue_conditions
    return Counted(Number(value=len(found)), found, coverage=coverage(records))


def allegations_reported(records: Records) -> Counted:
    """Allegations received; the cases behind them are never named."""
    return Counted(Number(value=records.table.total.reported), coverage=case_coverage(records))


def investigations_completed(records: Records) -> Counted:
    """Allegations whose formal investigation was completed; the cases are never named."""
    return Counted(Number(value=records.table.total.formal), coverage=case_coverage(records))


def returns_received(records: Records) -> Counted:
    """Organisations that sent a return, of those asked."""
    return ratio((row.code for row in records.tree.sent), (row.code for row in records.tree.asked))


def roles_named(records: Records) -> Counted:
    """Organisations with both roles filled, of those counted: its own two roles are among them."""
    whole = [records.tree.root, *records.tree.asked]
    part = [row for row in whole if row.both_named]
    return ratio((row.code for row in part), (row.code for row in whole))


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "requirements_met",
        "Requirements met",
        "Requirements asked of the organisation that it judged met",
        "Requirements asked of it that apply",
        requirements_met,
    ),
    Definition(
        "projects_in_scope",
        "Research projects under way",
        "Registered projects, in or partly in scope, whose fieldwork ran on a day of the period",
        "",
        projects_in_scope,
    ),
    Definition(
        "ethics_before_start",
        "Projects with every binding decision before fieldwork",
        "Projects for which every binding approval stood, or was recorded as not required, "
        "on the day fieldwork began",
        "Projects in scope whose fieldwork began in the period",
        ethics_before_start,
    ),
    Definition(
        "protocols_in_advance",
        "Protocols published before fieldwork",
        "Projects whose protocol was public before the day fieldwork began",
        "Projects in scope whose fieldwork began in the period",
        protocols_in_advance,
    ),
    Definition(
        "results_published",
        "Finished projects with published results",
        "Projects whose results were public by the day the returns were due",
        "Projects in scope whose fieldwork ended in the period",
        results_published,
    ),
    Definition(
        "allegations_reported",
        "Allegations of misconduct reported",
        "Allegations of research misconduct received in the period, by date of receipt",
        "",
        allegations_reported,
    ),
    Definition(
        "investigations_completed",
        "Allegations whose formal investigation was completed",
        "Allegations whose formal investigation was completed in the period, wherever it began",
        "",
        investigations_completed,
    ),
    Definition(
        "returns_received",
        "Organisations that sent a return",
        "Organisations below that sent their assessment for the period",
        "Organisations below that were asked for one",
        returns_received,
        lambda records: bool(records.tree.asked),
    ),
    Definition(
        "roles_named",
        "Organisations with both roles filled",
        "Organisations with a senior lead and a first point of contact on the last day of the period",
        "The organisation itself and those asked for a return",
        roles_named,
    ),
    Definition(
        "conditions_open",
        "Conditions past their date",
        "Conditions of decisions that were due by the last day of the period and are not shown to be met",
        "",
        conditions_open,
    ),
    Definition(
        "fieldwork_without_decision",
        "Projects in fieldwork without a binding decision",
        "Projects in fieldwork on the last day of the period for which a binding approval, "
        "or a condition to meet before the start, was missing",
        "",
        fieldwork_without_decision,
    ),
    Definition(
        "ai_principles_rated",
        "Projects with AI rated under the AI Covenant",
        "Projects for which all six principles of the NPCC Covenant for Using AI in Policing were rated, "
        "each with evidence, by the last day of the period",
        "Projects under way in the period that use an algorithm, AI or analytics on people",
        ai_principles_rated,
    ),
)


def figures_of(records: Records, previous: dict[str, Value]) -> tuple[Figure, ...]:
    """Every figure with its definition, coverage, references and last year's value where one is known."""
    found = []
    for row in DEFINITIONS:
        if not row.applies(records):
            continue
        counted = row.count(records)
        found.append(
            Figure(
                key=row.key,
                title=row.title,
                definition=row.words,
                value=counted.value,
                previous=previous.get(row.key),
                coverage=counted.coverage,
                counted=counted.counted,
                references=counted.of or counted.counted,
            )
        )
    return tuple(found)
