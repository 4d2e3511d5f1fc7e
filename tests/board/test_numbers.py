"""On the demonstration: every number of both boards and of their trends is the number of records behind it."""

import re
from urllib.parse import urlsplit

from sqlalchemy import select

from compliance.board.publication import BEGUN, ENDED
from compliance.db import db
from compliance.models import User
from tests.board.conftest import find
from tests.pages import parse, text_of

LISTS = {"/projects", "/approvals", "/evidence", "/board/all", "/board/shortfalls"}
# These count checks, and lead to the projects that have them; how many projects stands beside them.
OF_CHECKS = re.compile(r"show=checks-(met|partly-met|to-answer)")
BOARDS = ("/board", "/board/trends", "/organisations/northmoor/board", "/board/trends?organisation=northmoor")
SAID = re.compile(r">([\d,]+)\s(?:project|approval|piece|organisation|action|requirement)")


def whole(words: str) -> int:
    """The number that a text begins with."""
    return int(words.replace(",", ""))


def numbers_of(html: str):
    """(number, address) of every number of a board that leads to a list."""
    root, _ = parse(html)
    for figure in find(root, "div", "app-figure"):
        link = next(figure.find("dt").iter("a"), None)
        if link is not None:
            link.text = text_of(find(figure, "dd", "app-figure__n")[0])
    for link in root.find(".//main").iter("a"):
        href, number = link.get("href") or "", re.match(r"[\d,]+", text_of(link))
        if urlsplit(href).path in LISTS and number and not OF_CHECKS.search(href):
            yield whole(number[0]), href


def test_every_number_of_the_demonstration_is_the_number_of_its_records(demo, client):
    member = db.session.scalars(select(User).where(User.email == "board.member@npcc.example")).one()
    client.sign_in(member).looks = False
    found = {href: number for page in BOARDS for number, href in numbers_of(client.get(page).text)}
    assert len(found) > 60
    assert sum(number > 0 for number in found.values()) > 30
    assert {show for show in (*BEGUN, *ENDED) if show} <= set(re.findall(r"show=([\w-]+)", " ".join(found)))
    behind = {href: whole(SAID.search(client.get(href).text)[1]) for href in found}
    assert behind == found
