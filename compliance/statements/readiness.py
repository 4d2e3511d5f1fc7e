"""What stops a statement from being signed, told from its records, its words and what was said about it."""

from collections.abc import Iterator, Sequence
from typing import Any

from compliance.models import Contact
from compliance.rules import misconduct
from compliance.rules.holders import Holder
from compliance.rules.readiness import Readiness, SectionState, has_placeholder, words
from compliance.statements.before import Before
from compliance.statements.draft import Draft, not_in_force
from compliance.statements.numbers import Shown, names_of, printed_before
from compliance.statements.records import Records
from compliance.statements.standing import tally_of, without_fix
from compliance.statements.worked_out import around_of, worked_out_above, worked_out_below
from compliance.terms import ContactRole
from reports.statement.model import Figure


def readiness_of(
    draft: Draft,
    records: Records,
    before: Before,
    shown: Shown,
    figures: Sequence[Figure],
    *,
    changed: bool = False,
) -> Readiness:
    """Everything that the rules ask; `changed` says that it differs from what the board approved."""
    return Readiness(
        period_starts_on=records.period.starts_on,
        period_ends_on=records.period.ends_on,
        today=records.today,
        sections=section_states(draft),
        holders=holders_of(draft.organisation.contacts),
        **assessed(records),
        promises_without_status=before.without_status,
        placeholders=tuple(placeholders(records, before)),
        overridden=overridden(figures),
        **cases(draft, records, shown),
        integrity_page=draft.organisation.integrity_page,
        governing_body=draft.organisation.governing_body,
        **approval_of(draft),
        changed_since_approval=changed,
        signatories=draft.written.said.signatories,
        writers=draft.written.said.writers,
        edition_note=not_in_force(draft.framework, records.period.ends_on),
        acknowledged=draft.written.said.acknowledged,
    )


def assessed(records: Records) -> dict[str, Any]:
    """What the assessment and the returns lack."""
    carried = sum(row.carried for row in records.judged)
    return {
        "not_assessed": tally_of(records.judged).not_assessed - carried,
        "carried": carried,
        "missing_returns": tuple(row.name for row in records.tree.missing),
        "shortfalls_without_fix": without_fix(records.judged),
        "expired_evidence": expired_evidence(records),
    }


def cases(draft: Draft, records: Records, shown: Shown) -> dict[str, Any]:
    """What the misconduct table lacks, and what is still to be done about its small numbers."""
    around = around_of(draft, records.tree)
    return {
        "misconduct_faults": misconduct.faults(records.table),
        "misconduct_warnings": misconduct.keyed_warnings(records.table),
        "nil_to_confirm": records.table.nil and not records.nil_confirmed,
        "undecided": names_of(shown.undecided),
        "exposed": names_of(shown.exposed),
        "printed_before": names_of(printed_before(draft.replaced_id, shown)),
        "given_away": worked_out_below(records.tree, around, shown),
        "given_away_above": worked_out_above(draft, records.tree, around, shown),
    }


def overridden(figures: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    """The figures that somebody entered by hand, with both values and the reason."""
    rows = (row for row in figures if row.override)
    return tuple((row.key, f"{row.title} is {row.value.text}. {row.remark}") for row in rows)


def approval_of(draft: Draft) -> dict[str, Any]:
    """When and by whom the board's approval was given."""
    row = draft.approval
    return {"approved_on": row.approved_on, "approved_by": row.body} if row else {}


def holders_of(contacts: list[Contact]) -> dict[ContactRole, list[Holder]]:
    """Everybody who is, was or will be named in each role."""
    found: dict[ContactRole, list[Holder]] = {}
    for row in contacts:
        found.setdefault(row.role, []).append(Holder(row.person, row.from_on, row.until_on))
    return found


def section_states(draft: Draft) -> tuple[SectionState, ...]:
    """Each section of the layout with its words."""
    texts = draft.texts
    completed = {row.section for row in draft.written.words if row.completed}
    return tuple(
        SectionState(
            key=section.key,
            name=f"Section {section.number}, {section.title}",
            required=section.required,
            words=words(text := texts.get(section.key, "")),
            limit=section.word_limit,
            completed=section.key in completed,
            text=text,
            prompt=section.prompt,
            tables=section.tables,
            figures=section.figures,
            open_comments=draft.written.said.open_comments[section.key],
        )
        for section in draft.layout.sections
    )


def expired_evidence(records: Records) -> tuple[str, ...]:
    """The titles of evidence whose date of review has passed, each once."""
    rows = (row for one in records.judged if one.answer for row in one.answer.assessment.evidence)
    late = (row.title for row in rows if row.review_by_on and row.review_by_on < records.today)
    return tuple(dict.fromkeys(late))


def placeholders(records: Records, before: Before) -> Iterator[tuple[str, str]]:
    """What else is printed and still holds placeholder text, with where it is mended."""
    for row in records.judged:
        said = ((row.answer.note, "note"), (row.answer.fix, "fix")) if row.answer else ()
        for text, what in said:
            if has_placeholder(text or ""):
                yield f"The {what} on “{row.requirement.title}”", f"requirement:{row.requirement.code}"
    if has_placeholder(records.table.other_text):
        yield "What “Other” is in the misconduct table", "misconduct"
    for promise in before.promises:
        if has_placeholder(promise.note):
            yield f"What became of “{promise.title}”", "actions"
