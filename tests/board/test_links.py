"""What a force judged of itself, and what its checks say, lead from its board to the records."""

from compliance.terms import Role
from tests.pages import parse, text_of


def links(client, address: str) -> list[str]:
    """Where the links of a page lead."""
    root, _ = parse(client.get(address).text)
    return [one.get("href") or "" for one in root.iter("a")]


def titles(client, address: str) -> set[str]:
    """The projects of a list."""
    root, _ = parse(client.get(address).text)
    return {text_of(one) for body in root.iter("tbody") for one in body.iter("a")}


def test_what_a_force_judged_leads_to_its_assessment_of_that_year_and_the_one_before(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["northmoor"]))
    found = links(client, "/board?period=2025-26")
    for year in ("2025-26", "2024-25"):
        judged = {one for one in found if one.startswith(f"/assessment/northmoor/{year}#")}
        page, _ = parse(client.get(f"/assessment/northmoor/{year}").text)
        headings = {one.get("id") for one in page.iter("h2")}
        assert {one.partition("#")[2] for one in judged} <= headings
        assert year == "2024-25" or len(judged) == 4


def test_what_the_checks_say_leads_to_the_projects_behind_it(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["northmoor"]))
    to_answer = [one for one in links(client, "/board?period=2025-26") if "show=checks-to-answer" in one]
    assert to_answer
    assert "Never decided, northmoor" in titles(client, to_answer[0])
    assert titles(client, to_answer[0].replace("checks-to-answer", "checks-partly-met")) == set()


def test_nothing_leads_on_for_whoever_may_not_open_it(client, make, policing):
    client.sign_in(make.user(Role.SIGNATORY, policing["northmoor"]))
    found = links(client, "/board?period=2025-26")
    assert not [one for one in found if one.startswith(("/assessment/northmoor", "/projects?"))]
