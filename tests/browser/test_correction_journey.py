"""A statement from its draft to its correction, each person at a window, and what anyone may check afterwards."""

from datetime import date

import pytest

from compliance.terms import Role
from tests.factories import PASSWORD
from tests.statement_factory import Cast

pytestmark = pytest.mark.browser
PUBLIC = "/published/northmoor/2024-04-01-to-2025-03-31"
TODAY = date(2026, 6, 9)
WHY = "The name of the panel was wrong."
TRUE = "I have read this statement and, to the best of my knowledge, it is a true account"


@pytest.fixture
def cast(make):
    """Who does what, in a force with a complete draft that only the board has still to approve."""
    force = make.organisation("northmoor", name="Northmoor Constabulary")
    named = (
        (Role.INTEGRITY_LEAD, "Marcus Oyelaran"),
        (Role.BOARD_MEMBER, "Helen Stavropoulou"),
        (Role.SIGNATORY, "Ifeoma Castellanos"),
    )
    cast = Cast(*(make.user(role, force, name=name) for role, name in named))
    make.complete(force, make.period(2024), cast)
    return cast


@pytest.fixture
def windows(visitor, opens, cast):
    """The windows of drafter, board member and signatory, signed in."""
    return [opens(scripted=visitor.scripted).sign_in(user.email, PASSWORD) for user in vars(cast).values()]


def test_from_the_draft_to_the_correction_that_anyone_can_check(visitor, windows):
    lead, board, signatory = windows
    discuss(lead, board, "/statements/STM-0001")
    send(lead, "/statements/STM-0001")
    board.go("/statements/STM-0001/send-back").fill("What has to change?", "Name the panel.")
    board.press("Send it back").sees("Sent back")
    lead.go("/statements/STM-0001").sees("The board sent it back", "Name the panel.")
    rewrite(lead, "/statements/STM-0001", "The panel of Norhtmoor met four times.")
    approved(lead, board, "/statements/STM-0001", minute="7")
    signed_and_published(lead, signatory, "/statements/STM-0001")
    first = download(visitor, f"{PUBLIC}.pdf")
    check(visitor, first, "This is the statement that was signed", "Version 1", "It has not been replaced")

    lead.go("/statements/STM-0001").follow("Replace this statement").fill("Why is it replaced?", WHY)
    lead.press("Begin the new draft").sees("This draft replaces STM-0001")
    rewrite(lead, "/statements/STM-0002", "The panel of Northmoor met four times.")
    acknowledge_all(lead, "/statements/STM-0002")
    approved(lead, board, "/statements/STM-0002", minute="8")
    signed_and_published(lead, signatory, "/statements/STM-0002")

    visitor.go(PUBLIC).sees("The panel of Northmoor met", f"It replaces version 1: {WHY}")
    visitor.go(f"{PUBLIC}/version-1").sees(
        "This statement was replaced on", WHY, "The panel of Norhtmoor met"
    )
    check(visitor, first, "This was signed, and later replaced", "by version 2", WHY)
    second = download(visitor, f"{PUBLIC}.pdf")
    check(visitor, second, "This is the statement that was signed", "Version 2", "It replaced version 1")
    check(visitor, second[:-4] + b"%%%%", "This file differs from the signed one")


def discuss(lead, board, statement) -> None:
    """A comment on a section, its answer, and that it is settled."""
    board.go(f"{statement}/sections/introduction/comment").fill("Your comment", "Which panel?")
    board.press("Add the comment").sees("Open: Helen Stavropoulou")
    lead.go(statement).sees("1\u00a0open comment").go(f"{statement}/sections/introduction")
    lead.follow("Answer or resolve").fill("Your answer", "Ours. I shall name it.")
    lead.choose("Is it settled?", "Yes, it is resolved").press("Save").sees("0 open, 1 resolved")


def rewrite(lead, statement, text) -> None:
    """Other words in the introduction, complete as before."""
    lead.go(f"{statement}/sections/introduction").fill("Your text", text)
    lead.choose("Have you completed this section?", "Yes, I’ve completed this section")
    lead.press("Save and continue")


def acknowledge_all(lead, statement) -> None:
    """Say of each warning why the statement may go on."""
    lead.go(statement)
    while lead.page.locator("a", has_text="Acknowledge").count():
        lead.follow("Acknowledge").fill("Why may the statement go on in spite of it?", "Known, and said so.")
        lead.press("Acknowledge")


def send(lead, statement) -> None:
    """Send it to the board for a meeting today."""
    lead.go(f"{statement}/submit").enter_date("When does the board meet?", TODAY)
    lead.press("Send to the board").sees("With the board")


def approved(lead, board, statement, *, minute) -> None:
    """Sent to the board, and approved by somebody who wrote none of it."""
    send(lead, statement)
    lead.go(f"{statement}/approve", 403)
    board.go(f"{statement}/approve").fill("Which body approved it?", "Chief officer group")
    board.enter_date("When did it approve?", TODAY).fill("Under which minute?", minute)
    board.press("Record the approval").sees("Approval recorded")


def signed_and_published(lead, signatory, statement) -> None:
    """Signed by somebody else than its writer, then made public."""
    signatory.go(f"{statement}/sign")
    if "/account/" in signatory.path():
        signatory.confirm()
    signatory.choose("Declaration", TRUE).press("Sign the statement").sees("Statement signed")
    lead.go(statement).follow("Publish").press("Publish the statement").sees("Statement published")


def download(visitor, address) -> bytes:
    """A file from the public pages."""
    answer = visitor.page.request.get(visitor.address + address)
    assert answer.ok
    return answer.body()


def check(visitor, content, *said) -> None:
    """Anyone gives the file to the page that checks, and reads what it is."""
    visitor.go("/check").attach("A statement as PDF or JSON", "statement.pdf", content)
    visitor.press("Check").sees(*said)
