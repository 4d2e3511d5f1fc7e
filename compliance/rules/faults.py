"""What stops a statement and what a reader may ask, in the order of the document, each with where to mend it.

The faults are those of published statements (annual statement, sections 5 and 10.2).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from compliance.rules.holders import gaps, same_person
from compliance.rules.readiness import Finding, Readiness, SectionState, has_placeholder
from compliance.terms import ContactRole


def count(number: int, one: str, many: str) -> str:
    """A number with the words that fit it."""
    return f"{number} {one if number == 1 else many}"


def day(value: date) -> str:
    """A date in full."""
    return f"{value.day} {value:%B %Y}"


def findings(ready: Readiness) -> tuple[Finding, ...]:
    """Everything, in the order of the document: its front, its sections with their tables, its approval."""
    found, rest = list(front(ready)), dict(BY_TABLE)
    for section in ready.sections:
        found += section_findings(section)
        for table in section.tables:
            if rule := rest.pop(table, None):
                found += rule(ready)
        found += [overridden(*row) for row in ready.overridden if row[0] in section.figures]
    for rule in rest.values():
        found += rule(ready)
    found += [overridden(*row) for row in ready.overridden]
    found += approval(ready)
    return tuple(dict.fromkeys(found))


def front(ready: Readiness) -> list[Finding]:
    """What the first pages lack: period, edition, named roles, where it is to be found."""
    found = []
    if ready.today <= ready.period_ends_on:
        found.append(Finding("The reporting period has not ended"))
    if ready.edition_note:
        found.append(
            Finding(
                f"The edition was not in force. {ready.edition_note}", "assessment", "edition_not_in_force"
            )
        )
    if not ready.integrity_page:
        message = "No public page about research integrity is named, from which readers would find it"
        found.append(Finding(message, "details", "integrity_page_missing"))
    for role in ContactRole:
        found += role_findings(ready, role)
    lead, contact = (
        [row for row in ready.holders.get(role, ()) if row.holds_on(ready.today)]
        for role in (ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT)
    )
    if person := same_person(lead, contact):
        message = f"{person} is both senior lead and first point of contact"
        found.append(Finding(message, "contacts", "same_person"))
    return found


def role_findings(ready: Readiness, role: ContactRole) -> list[Finding]:
    """What is amiss with one named role, today and in the period; only the liaison may be missing."""
    holders = ready.holders.get(role, ())
    now = [row for row in holders if row.holds_on(ready.today)]
    name, liaison = role.label.lower(), role is ContactRole.CONFIDENTIAL_LIAISON
    if not now:
        return [Finding(f"No {name} is named", "contacts", f"{role.value}_missing" if liaison else "")]
    found = []
    if role is ContactRole.SENIOR_LEAD and not any(row.person for row in now):
        message = f"The {name} is a post with a mailbox: no person is named"
        found.append(Finding(message, "contacts", "senior_lead_mailbox"))
    open_days = gaps(holders, ready.period_starts_on, min(ready.period_ends_on, ready.today))
    if open_days and not liaison:
        when = "; ".join(f"{day(first)} to {day(last)}" for first, last in open_days)
        message = f"Nobody was named as {name} in part of the period"
        found.append(Finding(message, "contacts", f"{role.value}_gap", when))
    return found


def section_findings(section: SectionState) -> list[Finding]:
    """What one section lacks, and which comments on it are open."""
    where, found = f"section:{section.key}", []
    if not section.text:
        found += [Finding(f"{section.name} has no text", where)] if section.required else []
    elif not section.completed:
        found.append(Finding(f"{section.name} is not marked as completed", where))
    if section.words > section.limit:
        message = f"{section.name} has {section.words} words, the limit is {section.limit}"
        found.append(Finding(message, where))
    if has_placeholder(section.text, section.prompt):
        found.append(Finding(f"{section.name} still holds placeholder text", where))
    if section.open_comments:
        comments = count(section.open_comments, "comment is open", "comments are open")
        found.append(Finding(f"{section.name}: {comments}", where, f"comments_{section.key}"))
    return found


def returns(ready: Readiness) -> list[Finding]:
    """Which organisations sent nothing."""
    if not ready.missing_returns:
        return []
    said = count(len(ready.missing_returns), "organisation has", "organisations have")
    names = ", ".join(ready.missing_returns)
    return [Finding(f"{said} not sent a return: {names}", "returns", "missing_returns")]


def standing(ready: Readiness) -> list[Finding]:
    """What the assessment lacks."""
    found = []
    if ready.not_assessed:
        said = count(ready.not_assessed, "requirement is", "requirements are")
        found.append(Finding(f"{said} not assessed", "assessment:not_assessed"))
    if ready.carried:
        said = count(ready.carried, "answer is carried forward", "answers are carried forward")
        found.append(Finding(f"{said} from last year and not confirmed", "carried"))
    found += [Finding(f"{what} still holds placeholder text", where) for what, where in ready.placeholders]
    if ready.shortfalls_without_fix:
        said = count(ready.shortfalls_without_fix, "shortfall has", "shortfalls have")
        message = f"{said} no fix with an owner and a date"
        found.append(Finding(message, "assessment:without-fix", "without_fix"))
    if ready.expired_evidence:
        said = count(len(ready.expired_evidence), "piece of evidence is", "pieces of evidence are")
        titles = ", ".join(ready.expired_evidence)
        found.append(Finding(f"{said} past the date of review", "evidence", "expired_evidence", titles))
    return found


def promises(ready: Readiness) -> list[Finding]:
    """Plans of last year of which nobody said what became (V12, P17)."""
    if not ready.promises_without_status:
        return []
    said = count(len(ready.promises_without_status), "action", "actions")
    message = f"Nobody has recorded what became of {said} that the last statement promised"
    titles = ", ".join(ready.promises_without_status)
    return [Finding(message, "actions", "promises_without_status", titles)]


def misconduct(ready: Readiness) -> list[Finding]:
    """What the misconduct table lacks."""
    found = [Finding(fault, "misconduct") for fault in ready.misconduct_faults]
    if ready.nil_to_confirm:
        found.append(Finding("Nobody has confirmed that the year had no allegation", "misconduct"))
    found += [Finding(message, "misconduct", key) for key, message in ready.misconduct_warnings]
    if ready.undecided:
        said = count(len(ready.undecided), "small number waits", "small numbers wait")
        found.append(Finding(f"{said} for a decision", small_number(ready.undecided)))
    if ready.exposed:
        names = ", ".join(ready.exposed.values())
        found.append(Finding(f"Can be worked out from what is printed: {names}", small_number(ready.exposed)))
    if before := ready.printed_before:
        message, names = (
            "The version that this one replaces printed what is withheld now",
            ", ".join(before.values()),
        )
        found.append(Finding(message, small_number(before), "printed_before", names))
    if ready.given_away:
        message = "What is printed here gives away numbers that organisations below withhold"
        found.append(Finding(message, "small_numbers", "given_away", ", ".join(ready.given_away)))
    if ready.given_away_above:
        message = "With what the organisation above and the others have published, this gives away numbers"
        said = ", ".join(ready.given_away_above)
        found.append(Finding(message, "small_numbers", "given_away_above", said))
    return found


def small_number(keys: Iterable[str]) -> str:
    """Where the first of these small numbers is decided about."""
    return f"small_numbers:{next(iter(keys))}"


# Which checks belong to which table of a section; what a layout prints in no section follows after them.
BY_TABLE = {"returns": returns, "promises": promises, "misconduct": misconduct, "standing": standing}


def overridden(key: str, said: str) -> Finding:
    """A figure that somebody typed over the one that the records give."""
    return Finding(said, f"figure:{key}", f"overridden_{key}")


def approval(ready: Readiness) -> list[Finding]:
    """What the approval and the signature lack."""
    found = []
    if ready.approved_on is None:
        found.append(Finding("The governing body has not approved it", "approve"))
    else:
        if ready.changed_since_approval:
            found.append(Finding("It has changed since the governing body approved it", "changes"))
        if ready.approved_on <= ready.period_ends_on:
            message = f"The approval is dated {day(ready.approved_on)}, before the end of the period"
            found.append(Finding(message, "approve", "approved_too_early"))
        if ready.governing_body and ready.approved_by.casefold() != ready.governing_body.casefold():
            message = (
                f"It was approved by “{ready.approved_by}”; the governing body is {ready.governing_body}"
            )
            found.append(Finding(message, "approve", "approving_body"))
    if not ready.signatories:
        found.append(Finding("Nobody holds the role of signatory", "signatory"))
    elif ready.signatories <= ready.writers:
        found.append(Finding("Everybody who may sign it wrote part of it", "signatory"))
    return found


def blockers(ready: Readiness) -> tuple[Finding, ...]:
    """Everything that stops sign-off, in the order of the document."""
    return tuple(row for row in findings(ready) if not row.key)


def warnings(ready: Readiness) -> tuple[Finding, ...]:
    """What may go on once somebody has acknowledged it, and will be asked about."""
    return tuple(row for row in findings(ready) if row.key)


def unacknowledged(ready: Readiness) -> tuple[Finding, ...]:
    """The warnings that nobody has acknowledged as they stand now."""
    return tuple(row for row in warnings(ready) if (row.key, row.facts) not in ready.acknowledged)


def before_approval(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """What must be mended before the board is asked: all that stops a signature but what comes after."""
    return tuple(row for row in found if row.where not in ("approve", "changes", "signatory"))
