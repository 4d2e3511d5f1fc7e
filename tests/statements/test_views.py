"""The pages of a statement, from the first to the public one."""

from datetime import date

from compliance.rules.statements import NewNarrative
from compliance.statements import actions, queries
from compliance.terms import Role, Standing
from tests.conftest import at_most
from tests.kept import kept


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary", governing_body="Chief officers")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def period(make):
    return make.period()


def test_the_list_says_who_has_begun_and_offers_to_begin(client, make, force, cast, period):
    client.sign_in(cast.lead)
    assert "Not begun" in client.get("/statements").text
    page = client.fill(
        "/statements/new",
        {"organisation": "northmoor", "period": "2025-26", "layout": "rics"},
        follow_redirects=True,
    )
    assert "RICS template" in page.text
    # Whoever did it stands there by name; the trail itself keeps the number of the account.
    assert f'<p class="app-timeline__by">{cast.lead.name}, ' in page.text
    shown = client.get("/statements").text
    assert "STM-0001" in shown
    again = client.fill(
        "/statements/new", {"organisation": "northmoor", "period": "2025-26", "layout": "rics"}
    )
    assert again.status_code == 400
    assert "STM-0001 is the statement for this period already" in again.text


def test_the_list_without_a_period_says_so(client, cast):
    client.sign_in(cast.lead)
    assert "No reporting period has begun" in client.get("/statements").text


def test_the_list_asks_as_often_for_ten_organisations_as_for_two(client, make, force, cast, period):
    client.sign_in(cast.lead)
    make.statement(force, period, cast.lead)
    client.get("/statements")
    with at_most(16) as few:
        client.get("/statements")
    for _ in range(9):
        place = make.organisation(under=force)
        make.statement(place, period, cast.lead)
    with at_most(len(few)):
        assert "10 begun" in client.get("/statements").text


def test_the_workspace_lists_what_stops_it_each_with_where_it_is_mended(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    actions.write(statement, "ethics", NewNarrative("[insert]", completed=True), seen=0, by=cast.lead)
    client.sign_in(cast.lead)
    page = client.get(f"/statements/{statement.reference}").text
    for said, way in (
        ("Section 1, Introductory statement and summary of actions has no text", "sections/introduction"),
        ("Section 4, Research ethics and legal assurance still holds placeholder text", "sections/ethics"),
        ("19 requirements are not assessed", "/assessment/northmoor/2025-26?show=not_assessed"),
        ("No senior lead for research integrity is named", "/organisations/northmoor"),
    ):
        assert said in page
        assert way in page
    assert "A misconduct officer mends it in the case register" in page
    assert f"/statements/{statement.reference}/submit" in page
    order = [
        page.index(text) for text in ("Section 1,", "requirements are not assessed", "has not approved it")
    ]
    assert order == sorted(order)


def test_a_section_shows_last_years_words_and_its_figures_beside(client, make, force, cast):
    last, this = make.period(2024), make.period(2025)
    old = make.statement(force, last, cast.lead)
    actions.write(old, "ethics", NewNarrative("Last year’s words.", completed=True), seen=0, by=cast.lead)
    new = make.statement(force, this, cast.lead)
    client.sign_in(cast.lead)
    address = f"/statements/{new.reference}/sections/ethics"
    page = client.get(address).text
    assert "Last year’s words." in page
    assert "figures/ethics_before_start" in page
    saved = client.fill(address, {"text": "One two three.", "completed": "no"}, follow_redirects=True)
    assert "Section saved" in saved.text
    assert "3 of 600 words" in saved.text


def test_completed_must_be_answered_and_the_text_is_kept(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    client.sign_in(cast.lead)
    page = client.fill(f"/statements/{statement.reference}/sections/ethics", {"text": "My words."})
    assert page.status_code == 400
    assert "Select whether you’ve completed this section" in page.text
    assert "My words." in page.text


def test_too_many_words_are_saved_and_not_completed(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    client.sign_in(cast.lead)
    address = f"/statements/{statement.reference}/sections/ethics"
    page = client.fill(address, {"text": "word " * 700, "completed": "yes"}, follow_redirects=True)
    assert "It has 700 words, the limit is 600" in page.text
    assert queries.newest_narrative(statement.id, "ethics").completed is False


def test_when_both_write_both_texts_are_shown_and_the_second_can_save(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    actions.write(
        statement, "ethics", NewNarrative("We asked a panel.", completed=True), seen=0, by=cast.lead
    )
    rival = make.user(Role.INTEGRITY_LEAD, force, name="Dirk Achterberg")
    client.sign_in(cast.lead)
    address = f"/statements/{statement.reference}/sections/ethics"
    opened = client.get(address)
    actions.write(
        statement, "ethics", NewNarrative("We asked a panel twice.", completed=True), seen=1, by=rival
    )
    page = client.send(opened, {"text": "We asked one panel.", "completed": "yes"})
    assert page.status_code == 409
    assert "Dirk Achterberg saved this section" in page.text
    assert "<ins>panel twice.</ins>" in page.text
    assert "<ins>one</ins>" in page.text
    assert queries.newest_narrative(statement.id, "ethics").number == 2
    client.send(page, {"text": "We asked one panel twice.", "completed": "yes"})
    newest = queries.newest_narrative(statement.id, "ethics")
    assert (newest.number, newest.text) == (3, "We asked one panel twice.")
    history = client.get(f"{address}/versions").text
    assert "Version 3" in history
    assert "Dirk Achterberg" in history


def test_a_figure_names_its_records_those_not_counted_first(client, make, force, cast, period):
    for code, standing in (("25-C12-E1", Standing.MET), ("25-C12-E2", Standing.NOT_MET)):
        make.judgement(force, period, cast.lead, code, standing, note="Said")
    statement = make.statement(force, period, cast.lead)
    client.sign_in(cast.lead)
    address = f"/statements/{statement.reference}/figures/requirements_met"
    page = client.get(address).text
    assert "1 of 19" in page
    assert page.index("18 that are not counted") < page.index("The one that is counted")
    assert "/assessment/northmoor/2025-26/25-C12-E1" in page
    lines = client.get(f"{address}.csv").text.splitlines()
    assert lines[0] == "reference,title,organisation,what decided,counted"
    assert len(lines) == 20
    assert lines[-1].startswith("25-C12-E1,")
    assert lines[-1].endswith(",yes")
    assert client.get(f"/statements/{statement.reference}/figures/nonsense").status_code == 404


def test_the_draft_pdf_is_a_pdf_and_the_preview_says_draft(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    client.sign_in(cast.lead)
    preview = f"/statements/{statement.reference}/preview"
    assert "This is a draft" in client.get(preview).text
    assert "What we did this year" not in client.get(preview).text
    words = NewNarrative("What we did this year", completed=False)
    actions.write(statement, "ethics", words, seen=0, by=cast.lead)
    assert "What we did this year" in client.get(preview).text, "what was kept is counted again"
    with at_most(8):
        assert "What we did this year" in client.get(preview).text
    document = client.get(f"/statements/{statement.reference}/statement.pdf")
    assert document.mimetype in ("application/pdf", "text/html")
    if document.status_code == 200:
        assert document.data.startswith(b"%PDF-")
        assert f"{statement.reference}-draft-government.pdf" in document.headers["Content-Disposition"]


def test_from_the_boards_approval_to_publication(client, make, force, cast, period):
    statement = make.complete(force, period, cast)
    address = f"/statements/{statement.reference}"
    client.sign_in(cast.lead)
    sent = client.fill(f"{address}/submit", {"meeting_on": ["9", "6", "2026"]}, follow_redirects=True)
    assert "With the board" in sent.text
    client.sign_in(cast.board)
    back = client.fill(f"{address}/send-back", {"comments": "Say more on training."}, follow_redirects=True)
    assert "Say more on training." in back.text
    late = client.fill(f"{address}/send-back", {"comments": "And again."})
    assert (late.status_code, "sent the statement back" in late.text) == (409, True)
    make.submission(statement, cast.lead)
    approved = client.fill(
        f"{address}/approve", {"approved_on": ["8", "6", "2026"], "minute": "7"}, follow_redirects=True
    )
    assert "Approval recorded" in approved.text
    assert "Chief officers, 8 June 2026, minute 7".replace(" ", "\u00a0", 0) in approved.text.replace(
        "\u00a0", " "
    )
    client.sign_in(cast.signatory)
    page = client.get(f"{address}/sign")
    assert "Nothing stops you signing" in page.text
    unread = client.send(page, {})
    assert unread.status_code == 400
    assert "Confirm that you have read the statement" in unread.text
    make.signature(statement, cast.signatory)
    meanwhile = client.send(page, {"declared": "yes"})
    assert meanwhile.status_code == 409
    assert "has signed it meanwhile" in meanwhile.text
    client.sign_in(cast.lead)
    published = client.fill(f"{address}/publish", button="Publish the statement", follow_redirects=True)
    assert "Statement published" in published.text
    assert "/published/northmoor/2025-04-01-to-2026-03-31/version-1" in published.text
    replaced = client.fill(f"{address}/replace", {"reason": "A figure was wrong."}, follow_redirects=True)
    assert "This draft replaces" in replaced.text


def test_the_signature_page_says_what_changed_since_it_was_shown(client, make, force, cast, period):
    statement = make.complete(force, period, cast)
    make.board_approval(statement, cast.board)
    client.sign_in(cast.signatory)
    page = client.get(f"/statements/{statement.reference}/sign")
    make.judgement(force, period, cast.lead, "25-C3-E1", Standing.PARTLY_MET, note="Not yet")
    answer = client.send(page, {"declared": "yes"})
    assert answer.status_code == 409
    assert "This has changed since it was shown" in answer.text
    assert "18 of 19" in answer.text
    told = client.get(f"/statements/{statement.reference}/changes").text
    assert "18 of 19" in told


def test_the_drafter_is_told_that_someone_else_must_sign(client, make, force, cast, period):
    statement = make.complete(force, period, cast)
    make.board_approval(statement, cast.board)
    make.member(cast.lead, Role.SIGNATORY, force)
    client.sign_in(cast.lead)
    page = client.get(f"/statements/{statement.reference}/sign")
    assert "You cannot sign this statement" in page.text
    assert client.send(page, {"declared": "yes"}).status_code == 400
    assert statement.sign_off is None


def test_a_signed_statement_shows_what_was_signed(client, make, force, cast, period):
    statement = make.published(force, period, cast)
    project = make.project(force, cast.lead)
    assert project.started_on is None or date
    client.sign_in(cast.board)
    page = client.get(f"/statements/{statement.reference}").text
    assert "What was signed is kept as it was" in page
    section = client.get(f"/statements/{statement.reference}/sections/ethics").text
    assert "What we did, in plain words." in section
    assert "<textarea" not in section
    document = client.get(f"/statements/{statement.reference}/statement.pdf")
    assert document.data == statement.sign_off.pdf


def test_who_may_only_read_is_offered_nothing_to_write(client, make, force, cast, period):
    statement = make.statement(force, period, cast.lead)
    client.sign_in(make.user(Role.AUDITOR, force))
    assert "<textarea" not in client.get(f"/statements/{statement.reference}/sections/ethics").text
    assert "Begin a statement" not in client.get("/statements").text
