"""The board pack: what was sent to the board word for word, what went wrong, what was said, and where to sign."""

import io
import re

import pikepdf
from pypdf import PdfReader

from compliance.rules.statements import NewComment, NewNarrative
from compliance.statements import actions, before_board
from compliance.statements.packing import pack_of
from compliance.statements.submissions import newest_submission
from reports.statement import fingerprint, to_json
from reports.statement.pack import composed, exceptions
from tests.kept import kept
from tests.reports.pdf_checker import check


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def statement(make, force, cast):
    return make.complete(force, make.period(2024), cast)


def sent_twice(make, statement, cast):
    """Sent back once with a comment, then sent again with other words."""
    first = make.submission(statement, cast.lead)
    actions.comment(statement, "introduction", NewComment("Which panel? 😀"), by=cast.board)
    before_board.send_back(statement, "Name the panel.", shown=first.fingerprint, by=cast.board)
    new = NewNarrative("The panel of Northmoor met four times.", completed=True)
    actions.write(statement, "introduction", new, seen=1, by=cast.lead)
    comment = statement_comment(statement)
    actions.answer(statement, comment.id, NewComment("Ours.", resolved=True), by=cast.lead)
    return make.submission(statement, cast.lead)


def statement_comment(statement):
    from compliance.statements.discussion import comments_of

    return comments_of(statement.id)[0]


def test_the_pack_is_what_was_sent_with_all_that_was_said(make, statement, cast):
    last = sent_twice(make, statement, cast)
    pack = pack_of(statement, newest_submission(statement.id))
    assert fingerprint(to_json(pack.statement)) == last.fingerprint
    assert pack.last.said == "The board sent it back: Name the panel."
    assert any("The panel of Northmoor met" in row.after for row in pack.last.changes)
    (remark,) = pack.remarks
    assert (remark.text, remark.settled, len(remark.answers)) == ("Which panel? 😀", True, 1)
    assert {row.reason for row in pack.warnings} == {"Known, and said so."}
    titles = [part.title for part in composed(pack).parts if part.title.startswith(("Agenda", "Item"))]
    assert titles[:2] == ["Agenda", "Item 1. The statement"]
    assert titles[-1] == "Item 5. Decision sheet"


def test_the_first_time_says_so(make, statement, cast):
    make.submission(statement, cast.lead)
    assert pack_of(statement, newest_submission(statement.id)).last is None


def test_a_year_without_exceptions_says_so(make, statement, cast):
    make.submission(statement, cast.lead)
    pack = pack_of(statement, newest_submission(statement.id))
    calm = pack.model_copy(
        update={"warnings": (), "statement": pack.statement.model_copy(update={"requirements": ()})}
    )
    said = [block.line[0].text for block in exceptions(calm) if hasattr(block, "line")]
    assert said[0].startswith("Every requirement that applies is met")
    assert said[-1] == "There was no warning to acknowledge."


def test_the_pdf_is_built_like_a_statement_and_only_who_reads_drafts_has_it(client, make, statement, cast):
    address = f"/statements/{statement.reference}/board-pack.pdf"
    client.sign_in(cast.board)
    assert client.get(address).status_code == 302
    sent_twice(make, statement, cast)
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as opened:
        assert check(opened) == []
        assert "statement.json" in opened.attachments
    printed = re.sub(
        r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    )
    for words in (
        "Item 2. Exceptions",
        "Which panel? [U+1F600]",
        "The board sent it back: Name the panel.",
        "Minute",
    ):
        assert words in printed
