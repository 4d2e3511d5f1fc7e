"""Sentences that the service writes by itself: short, from the figures alone, the worst news included."""

from datetime import date
from functools import cache

from compliance.rules import misconduct as rules
from compliance.statements.draft import Draft, not_in_force
from compliance.statements.records import Records
from compliance.statements.standing import tally_of
from reports.statement.count import Ratio
from reports.statement.model import Figure, TableNote

HEADLINES = (
    "requirements_met",
    "ethics_before_start",
    "protocols_in_advance",
    "results_published",
    "allegations_reported",
)


def day(value: date) -> str:
    """A date in full."""
    return f"{value.day} {value:%B %Y}"


def headlines(records: Records) -> tuple[str, ...]:
    """The six figures of the summary; the sixth says how far to trust the others."""
    return (*HEADLINES, "returns_received" if records.tree.asked else "conditions_open")


def notice(records: Records) -> str | None:
    """What must be said on the cover of anything that rests on invented records."""
    name = records.tree.root.name
    if records.tree.root.invented:
        return f"Invented for demonstration: there is no {name}, nor its people, projects and figures"
    if records.tree.invented:
        return f"Invented for demonstration: not a statement of the real {name}; its content is made up"
    return None


def lede(records: Records, figures: tuple[Figure, ...]) -> str:
    """Three sentences with the headline figures and what went wrong."""
    sentences = [requirement_sentence(records)]
    ethics = next(row.value for row in figures if row.key == "ethics_before_start")
    begun = len(records.begun)
    if begun and isinstance(ethics, Ratio):
        of = "the one project" if begun == 1 else f"the {begun} projects"
        part = ethics.part.text
        sentences.append(f"Of {of} that began fieldwork, {part} had every binding decision first.")
    else:
        sentences.append("No project began fieldwork in the period.")
    if records.tree.asked:
        sentences.append(return_sentence(records))
    return " ".join(sentences)


def requirement_sentence(records: Records) -> str:
    """How many requirements were met, and how many were not."""
    tally = tally_of(records.judged)
    parts = [
        f"{number} {'is' if number == 1 else 'are'} {word}"
        for number, word in (
            (tally.partly_met, "partly met"),
            (tally.not_met, "not met"),
            (tally.not_assessed, "not assessed"),
        )
        if number
    ]
    rest = f"; {' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)}" if parts else ""
    return f"We met {tally.met} of the {tally.total} requirements on {records.binds} that apply{rest}."


def return_sentence(records: Records) -> str:
    """Who sent no return, as a number."""
    asked, missing = len(records.tree.asked), len(records.tree.missing)
    if missing:
        verb = "is" if missing == 1 else "are"
        return f"{missing} of {asked} organisations sent no return and {verb} left out."
    if asked == 1:
        return "The one organisation asked sent its return."
    return f"All {asked} organisations sent their return."


def carried_over(table: rules.Table, below: int | None = None) -> tuple[str, ...]:
    """What a reader of table 3B would otherwise ask; numbers of cases only, never which.

    Small numbers are not said where an organisation withholds them.
    """
    found = []
    if number := len(table.carried_in):
        cases = few(number, below) or f"{number} {'case' if number == 1 else 'cases'}"
        found.append(f"{cases} completed in the period had been received before it.")
    if number := table.screened_out:
        cases = few(number, below) or f"{number} {'case' if number == 1 else 'cases'}"
        verb = "was" if cases == "1 case" else "were"
        found.append(
            f"{cases} {verb} closed at screening in the period, and counted in the first column alone."
        )
    if number := len(table.ongoing):
        cases = few(number, below) or f"{number} {'case' if number == 1 else 'cases'}"
        found.append(
            f"{cases} {'was' if cases.startswith('1 ') else 'were'} still open on the last day of the period."
        )
    return tuple(found)


@cache
def tables() -> tuple[TableNote, ...]:
    """What each table counts."""
    return (
        TableNote(
            key="approvals",
            title="Approvals by body and outcome",
            definition="Decisions dated in the period on projects in scope, by the body that took them. One "
            "approval may have several decisions. A decision that was corrected counts once, as corrected.",
        ),
        TableNote(
            key="standing",
            title="Standing by commitment",
            definition="Requirements on employers, by the standing that the organisation judged. A "
            "requirement that does not apply is named, and left out of what is met or not met.",
        ),
        TableNote(
            key="misconduct",
            title="Allegations of research misconduct",
            definition="Allegations by type: received in the period; and, of formal investigations completed "
            "in the period, all of them, those upheld in part and those upheld in full.",
        ),
        TableNote(
            key="publication",
            title="From the end of fieldwork to publication",
            definition="Projects in scope whose fieldwork ended in the period, by the weeks until their "
            "results were public; only what was public by the day the returns were due.",
        ),
    )


def few(number: int, below: int | None) -> str:
    """The words for a small number of cases that is withheld; empty where the number is said."""
    return f"Fewer than {below} cases" if below and number < below else ""


PROJECTS = (
    "Projects are those registered as in scope or partly in scope. A project counts for its ethics decision "
    "and its protocol in the period in which fieldwork began, and for its results in the period in which it "
    "ended; what became public after the day the returns were due is not counted. Decisions by body and "
    "outcome are all decisions dated in the period, so that one approval may stand there more than once."
)
CASES = (
    "Allegations are counted from the case register, by date of receipt; formal investigations by date of "
    "completion, wherever they began. Ongoing ones are left out. Cases are never named here."
)
NIL = "Somebody confirmed in words that the period had no allegation and no completed investigation."
FUNDER = (
    "The organisation paid for research in the period. It answers as an employer and as a funder, and the "
    "duties of funders are among the requirements counted."
)
LAST_YEAR = {
    "statement": "Last year’s figures are those of the statement that was signed for the period before.",
    "records": "No statement was signed for the period before: last year’s figures were counted from the "
    "records by the same definitions.",
    "": "No earlier period is recorded: there are no figures of last year.",
}


def quality(draft: Draft, records: Records, source: str) -> tuple[str, ...]:
    """What to know before trusting a figure: edition, missing returns, bases of counting, last year."""
    nil = records.nil_confirmed and records.table.nil
    found = (
        edition_sentence(draft, records),
        FUNDER if "funders" in records.binds else "",
        carried_sentence(records),
        missing_sentence(records),
        late_sentence(draft, records),
        PROJECTS,
        CASES,
        NIL if nil else "",
        LAST_YEAR[source],
    )
    return tuple(text for text in found if text)


def edition_sentence(draft: Draft, records: Records) -> str:
    """Which edition was chosen, where it was not in force; else empty."""
    framework = draft.framework
    if not not_in_force(framework, records.period.ends_on):
        return ""
    return (
        f"The statement is measured against the {framework.edition} edition of the {framework.title}. "
        f"That edition came into force on {day(framework.in_force_from)}, after the period ended. It was "
        "chosen to look back on the period; it bound nobody then."
    )


def missing_sentence(records: Records) -> str:
    """Who sent no return, by name, and what that means; empty when nobody is missing."""
    missing = records.tree.missing
    if not missing:
        return ""
    names = ", ".join(row.name for row in missing)
    verb, whose = ("has", "Its") if len(missing) == 1 else ("have", "Their")
    return (
        f"{len(missing)} of {len(records.tree.asked)} organisations {verb} sent no return: {names}. {whose} "
        "projects are not provided and are left out of every figure and table on projects and approvals; "
        "they are not counted as zero."
    )


def late_sentence(draft: Draft, records: Records) -> str:
    """Which returns came late, and what was recorded after a return was sent; empty when nothing did."""
    due = draft.period.returns_due_on
    late = [
        f"{row.name} on {day(row.sent_on)}" for row in records.tree.sent if row.sent_on and row.sent_on > due
    ]
    found = f"Sent after {day(due)}, the day on which returns were due: {', '.join(late)}. " if late else ""
    if number := len(records.late_entries):
        projects = "1 project was" if number == 1 else f"{number} projects were"
        found += f"{projects} recorded after the return was sent, and not counted."
    return found.strip()


def carried_sentence(records: Records) -> str:
    """How many answers only repeat last year's; empty when there are none."""
    number = sum(row.carried for row in records.judged)
    if not number:
        return ""
    if number == 1:
        return (
            "1 answer is carried forward from last year and not confirmed. Nobody has looked at it for this "
            "period, so it counts as not assessed."
        )
    return (
        f"{number} answers are carried forward from last year and not confirmed. Nobody has looked at them "
        "for this period, so they count as not assessed."
    )
