"""From a project's first words to the public PDF of the statement that counts it, each person at a window."""

import json
import subprocess
from datetime import date

import pytest
from pikepdf import Pdf

from compliance import frameworks
from compliance.assessments import queries
from compliance.terms import ContactRole, Role
from reports.verify.check import differences
from tests.browser.steps import (
    TITLE,
    begin_registration,
    finish_registration,
    meet_the_condition,
    record_a_decision,
)
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser
LAST = "25-C12-E1"
PUBLIC = "/published/northmoor/2025-04-01-to-2026-03-31"


@pytest.fixture
def force(make):
    npcc = make.organisation("npcc", name="National Council")
    force = make.organisation("northmoor", name="Northmoor Constabulary", under=npcc)
    for kind in (ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT, ContactRole.CONFIDENTIAL_LIAISON):
        make.contact(force, kind)
    return force


@pytest.fixture
def enter(visitor, opens, make, force):
    """Opens a window for someone of the force, signed in."""

    def enter(role: Role, name: str):
        user = make.user(role, force, name=name)
        return opens(scripted=visitor.scripted).sign_in(user.email, PASSWORD)

    return enter


def test_from_a_project_to_the_public_pdf(visitor, make, force, enter, tmp_path):
    period = make.period(2025)
    researcher = enter(Role.RESEARCH_LEAD, "Priya Raghunathan")
    begin_registration(researcher, "Northmoor Constabulary")
    reference = finish_registration(researcher, "Priya Raghunathan")
    answer_a_check(researcher, reference)
    officer = enter(Role.ETHICS_OFFICER, "Daniel Achterberg").go(f"/projects/{reference}")
    officer.follow("Force research ethics panel")
    record_a_decision(officer, before_start=True, sent=date(2026, 1, 12), decided=date(2026, 2, 5))
    approval = officer.path()
    begin = researcher.go(f"/projects/{reference}").follow("Record that fieldwork has begun").path()
    researcher.enter_date("When did fieldwork begin?", date(2026, 3, 2))
    researcher.press("Save the start", 400).sees("There is a problem", "a condition to meet before")
    meet_the_condition(officer.go(approval), date(2026, 2, 20))
    researcher.go(begin).enter_date("When did fieldwork begin?", date(2026, 3, 2))
    researcher.press("Save the start").sees("2\u00a0March\u00a02026").sees_not("Start not allowed")

    board = enter(Role.BOARD_MEMBER, "Helen Stavropoulou")
    board.go("/board").sees("Northmoor Constabulary")
    board.go("/board?period=2025-26").sees("every binding decision before fieldwork")
    counted = board.page.locator(".app-figure", has_text="every binding decision before fieldwork")
    assert counted.locator(".app-figure__n").inner_text() == "1 of 1"
    board.follow("Projects with every binding decision before fieldwork").sees(TITLE)

    lead = enter(Role.INTEGRITY_LEAD, "Marcus Oyelaran")
    for row in queries.judgements(force.id, period.id):
        make.judgement(force, period, force_lead(make, force), row.requirement.code)
    officer = enter(Role.MISCONDUCT_OFFICER, "Moira Fenwick").go("/misconduct").follow("Confirm a nil year")
    officer.press("Confirm a nil year").sees("Nil year confirmed")
    statement = write_the_statement(lead)
    send_to_the_board(lead, statement)
    board.go(f"{statement}/send-back").fill("What has to change?", "Say more on training.")
    board.press("Send it back").sees("Sent back")
    lead.go(f"{statement}/submit").sees("Say more on training.")
    lead.enter_date("When does the board meet?", date(2026, 6, 9)).press("Send to the board")
    board.go(f"{statement}/approve").fill("Which body approved it?", "Chief officer group")
    board.enter_date("When did it approve?", date(2026, 6, 9)).fill("Under which minute?", "7")
    board.press("Record the approval").sees("Approval recorded")

    lead.go(f"{statement}/sign", 403)
    signatory = enter(Role.SIGNATORY, "Ifeoma Castellanos").go(f"{statement}/sign").confirm()
    signatory.press("Sign the statement", 400).sees("Confirm that you have read the statement")
    signatory.choose(
        "Declaration", "I have read this statement and, to the best of my knowledge, it is a true account"
    )
    signatory.press("Sign the statement").sees("Statement signed")
    lead.go(statement).follow("Publish").press("Publish the statement").sees("Statement published")

    visitor.go("/published").sees("1\u00a0statement", "Northmoor Constabulary").go(PUBLIC)
    visitor.sees("Ifeoma Castellanos", "Chief officer group", "We wrote about introduction.")
    read(fetched(visitor, tmp_path), reference)


def send_to_the_board(visitor, statement: str) -> None:
    """Acknowledge what warns, then send."""
    visitor.go(f"{statement}/submit").enter_date("When does the board meet?", date(2026, 6, 9))
    visitor.press("Send to the board", 400).sees("Acknowledge every warning with a reason")
    for link in visitor.page.locator(".app-warning a").evaluate_all("all => all.map(one => one.href)"):
        visitor.go(link.removeprefix(visitor.address)).fill(
            "Why may the statement go on in spite of it?", "The board knows of it."
        )
        visitor.press("Acknowledge").sees("Warning acknowledged")
    visitor.go(f"{statement}/submit").enter_date("When does the board meet?", date(2026, 6, 9))
    visitor.press("Send to the board").sees("With the board")


def fetched(visitor, folder):
    """The PDF that the public page leads to, kept as a file."""
    link = visitor.page.locator("a", has_text="PDF").first.get_attribute("href")
    document = visitor.page.request.get(visitor.address + link)
    assert document.ok
    assert document.headers["content-type"] == "application/pdf"
    (folder / "statement.pdf").write_bytes(document.body())
    return folder / "statement.pdf"


def read(file, reference: str) -> None:
    """The project is counted and listed, and all that is printed agrees with its records."""
    assert differences(file.read_bytes()) == []
    words = subprocess.run(
        ["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    for printed in (reference, TITLE, "Ifeoma Castellanos", "We wrote about introduction."):
        assert printed in " ".join(words.split())
    with Pdf.open(file) as document:
        kept = json.loads(document.attachments["statement.json"].get_file().read_bytes())
    (figure,) = [one for one in kept["figures"] if one["key"] == "ethics_before_start"]
    assert figure["references"] == [reference]
    assert (figure["value"]["part"]["value"], figure["value"]["whole"]["value"]) == (1, 1)


def force_lead(make, force):
    """Whoever judged most of the requirements before."""
    return make.user(Role.INTEGRITY_LEAD, force)


def answer_a_check(visitor, reference) -> None:
    """Answer the first check of the project."""
    visitor.go(f"/projects/{reference}/checks/25-C12-R3").choose("How does the project stand?", "Met")
    visitor.press("Save the answer").sees("Answer saved")


def write_the_statement(visitor) -> str:
    """Begin the statement and complete every section; gives its address."""
    visitor.go("/statements").follow("Begin a statement")
    visitor.fill("Whose statement is it?", "Northmoor Constabulary").fill(
        "Which reporting period?", "2025-26"
    )
    visitor.choose("Which layout?", "Government layout").press("Begin the statement")
    address = visitor.path()
    for section in frameworks.layouts()["government"].sections:
        visitor.follow(section.title).fill("Your text", f"We wrote about {section.key}.")
        visitor.choose("Have you completed this section?", "Yes, I’ve completed this section")
        visitor.press("Save and continue")
    visitor.go(address).sees("8 of 8 completed", "The governing body has not approved it")
    return address
