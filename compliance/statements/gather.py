"""Database → reports.statement.Statement: the only bridge between the records and the document."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from compliance import clock
from compliance.frameworks.schema import Layout
from compliance.models import Contact
from compliance.reads import apart
from compliance.rules.faults import blockers
from compliance.rules.holders import Holder
from compliance.rules.readiness import Readiness
from compliance.statements import annexes, words
from compliance.statements.before import Before, address_of
from compliance.statements.counted import Counted, counted_of
from compliance.statements.draft import Draft, not_in_force
from compliance.statements.numbers import Shown, settled, shown_of
from compliance.statements.readiness import readiness_of
from compliance.statements.records import Records
from compliance.statements.returns import Tree
from compliance.statements.written import Written
from compliance.terms import ContactRole
from reports.statement import content_fingerprint, model, still_says, to_article
from reports.statement.since import since_last_year

DRAFT_MARKING = "OFFICIAL"


@dataclass(frozen=True)
class Gathered:
    """The document as it stands, what stops it from being signed, and what its pages show beside it.

    Nothing in it is tied to the database: it may outlive the request that it was made for.
    """

    statement: model.Statement
    readiness: Readiness
    shown: Shown
    tree: Tree
    layout: Layout
    written: Written
    before: Before

    @cached_property
    def content(self) -> str:
        """The fingerprint of its words and figures."""
        return content_fingerprint(self.statement)

    @cached_property
    def article(self) -> str:
        """The document as part of a page."""
        return to_article(self.statement)


def gather(draft: Draft, *, site: str) -> Gathered:
    """A draft of the whole document from the records as they stand; `site` is the address of the service.

    A fixed number of queries, whatever the number of projects and organisations.
    """
    counted = apart(counted_of, draft.basis, site)
    records, before = counted.records, counted.before
    shown = shown_of(records.table, draft.written.decided)
    statement = compose(draft, counted, shown, site=site)
    if draft.year_annex:
        changed_since = since_last_year(before.standings, before.last, statement)
        statement = statement.model_copy(update={"since": changed_since})
    approved = draft.approval
    changed = (
        approved is not None
        and draft.own_layout
        and not still_says(statement, approved.snapshot, approved.fingerprint)
    )
    ready = readiness_of(draft, records, before, shown, statement.figures, changed=changed)
    stops = tuple(row.message for row in blockers(ready))
    return Gathered(
        statement.model_copy(update={"blockers": stops}),
        ready,
        shown,
        records.tree,
        draft.layout,
        draft.written,
        before,
    )


def compose(draft: Draft, counted: Counted, shown: Shown, *, site: str) -> model.Statement:
    """The document of a draft, and of what was counted for it."""
    records, before = counted.records, counted.before
    figures = settled(counted.figures, draft.written.decided, shown, printed=before.source == "statement")
    return model.Statement(
        reference=draft.reference,
        state="draft",
        layout=cast("model.Layout", draft.layout.key),
        version=f"Draft, {words.day(records.today)}",
        marking=DRAFT_MARKING,
        notice=words.notice(records),
        as_at=clock.now().replace(microsecond=0),
        organisation=organisation_of(draft, records),
        period=model.Period(key=draft.span.key, starts_on=draft.span.starts_on, ends_on=draft.span.ends_on),
        edition=edition_of(draft, records),
        contacts=contacts_of(draft, records),
        vacant=tuple(cast("model.Role", role.value) for role in draft.organisation.vacant_on(records.today)),
        approval=approval_of(draft),
        signature=None,
        published_on=None,
        address=address_of(site, draft.organisation.code, draft.span),
        previous=before.statement,
        replaces=draft.replaces,
        chain=None,
        lede=words.lede(records, figures),
        headlines=words.headlines(records),
        figures=figures,
        sections=sections_of(draft.layout, draft.texts, {row.key for row in figures}),
        commitments=counted.commitments,
        requirements=counted.requirements,
        misconduct=annexes.misconduct_of(records.table, shown),
        approvals=counted.approvals,
        returns=counted.returns,
        projects=counted.projects,
        promises=before.promises,
        quality=words.quality(draft, records, before.source),
        annex_limit=draft.layout.annex_limit,
        replaced=replaced_of(draft, site),
        decisions=counted.decisions,
        notes=words.tables(),
    )


def organisation_of(draft: Draft, records: Records) -> model.Organisation:
    """Whose statement it is, by the name of the period's last day."""
    row = draft.organisation
    return model.Organisation(
        code=row.code,
        name=records.tree.root.name,
        type=row.kind.label,
        integrity_page=row.integrity_page,
        governing_body=row.governing_body,
    )


def edition_of(draft: Draft, records: Records) -> model.Edition:
    """What it is measured against, and whether that was in force."""
    row = draft.framework
    return model.Edition(
        key=row.key,
        title=row.title,
        edition=row.edition,
        address=row.address,
        note=not_in_force(row, draft.span.ends_on),
        binds=records.binds,
    )


def contacts_of(draft: Draft, records: Records) -> tuple[model.Contact, ...]:
    """Those in office on the day of counting, since readers write to them now.

    Of senior leads also those who held the role in the period, with their dates: field 1E takes several.
    """
    last = records.today
    named: list[Contact] = [
        row
        for role in ContactRole
        for row in draft.organisation.contacts
        if row.role is role
        and Holder(row.person, row.from_on, row.until_on).held_between(
            min(records.period.starts_on, last) if role is ContactRole.SENIOR_LEAD else last, last
        )
    ]
    return tuple(
        model.Contact(
            role=cast("model.Role", row.role.value),
            person=row.person,
            post=row.post,
            email=row.email,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in named
    )


def approval_of(draft: Draft) -> model.BoardApproval | None:
    """The board's approval, once recorded."""
    row = draft.approval
    if row is None:
        return None
    return model.BoardApproval(body=row.body, approved_on=row.approved_on, minute=row.minute)


def replaced_of(draft: Draft, site: str) -> model.Replaced | None:
    """The statement that this one replaces, at the address where it stays."""
    if draft.written.replaced is None:
        return None
    number, (seal, signed_at) = draft.written.version - 1, draft.written.replaced
    place = address_of(site, draft.organisation.code, draft.span)
    return model.Replaced(
        version=f"Version {number}.0",
        address=f"{place}/version-{number}",
        signed_on=signed_at.date(),
        fingerprint=seal,
    )


def sections_of(
    layout: Layout, texts: Mapping[str, str], figures: Collection[str]
) -> tuple[model.Section, ...]:
    """The sections in order; without words of its own a section draws on the other layout's, each once.

    Of its figures a section shows those that this statement has.
    """
    found: list[model.Section] = []
    taken: dict[str, str] = {}
    for section in layout.sections:
        text = texts.get(section.key, "")
        if not text:
            drawn = [key for key in section.draws_on if texts.get(key)]
            fresh = [key for key in drawn if key not in taken]
            text = "\n\n".join(texts[key] for key in fresh)
            if drawn and not fresh:
                text = f"This is answered under {taken[drawn[0]]}."
            taken.update(dict.fromkeys(fresh, f"{section.number}, {section.title}"))
        found.append(
            model.Section(
                key=section.key,
                number=section.number,
                title=section.title,
                text=text,
                figures=tuple(key for key in section.figures if key in figures),
                tables=section.tables,
            )
        )
    return tuple(found)
