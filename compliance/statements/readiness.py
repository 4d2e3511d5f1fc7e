"""What stops a statement from being signed, told from its records and its words."""

from compliance.rules import misconduct
from compliance.rules.statements import Readiness, SectionState, words
from compliance.statements.draft import Draft, not_in_force
from compliance.statements.records import Records
from compliance.statements.standing import tally_of, without_fix
from compliance.terms import ContactRole


def readiness_of(draft: Draft, records: Records, *, changed: bool = False) -> Readiness:
    """Everything that the rules ask; `changed` says that it differs from what the board approved."""
    named = draft.organisation.contacts_on(records.today)
    return Readiness(
        period_ends_on=records.period.ends_on,
        today=records.today,
        sections=section_states(draft),
        not_assessed=tally_of(records.judged).not_assessed,
        misconduct_faults=misconduct.faults(records.table),
        nil_to_confirm=records.table.nil and not records.nil_confirmed,
        approved_on=draft.approval.approved_on if draft.approval else None,
        senior_lead_named=ContactRole.SENIOR_LEAD in named,
        first_contact_named=ContactRole.FIRST_CONTACT in named,
        liaison_named=ContactRole.CONFIDENTIAL_LIAISON in named,
        missing_returns=tuple(row.name for row in records.tree.missing),
        misconduct_warnings=misconduct.warnings(records.table),
        shortfalls_without_fix=without_fix(records.judged),
        changed_since_approval=changed,
        edition_note=not_in_force(draft.framework, records.period.ends_on),
    )


def section_states(draft: Draft) -> tuple[SectionState, ...]:
    """Each section of the layout with its words."""
    return tuple(
        SectionState(
            key=section.key,
            name=f"Section {section.number}, {section.title}",
            required=section.required,
            words=words(text := draft.texts.get(section.key, "")),
            limit=section.word_limit,
            completed=section.key in draft.completed,
            text=text,
        )
        for section in draft.layout.sections
    )
