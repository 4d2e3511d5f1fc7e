"""The place of a force among the others: in words, without names or numbers, and only when it may be told."""

from datetime import UTC, datetime

from compliance.board.actions import set_comparison
from compliance.models import Return
from compliance.rules.board import NewComparison
from compliance.terms import Comparison, Role, Standing
from tests.board.conftest import judge, research, send
from tests.conftest import on_day
from tests.factories import added
from tests.pages import parse, text_of

BOARD = "/organisations/northmoor/board?period=2025-26"
FEW = "Too few of the others sent their return in time to compare."


def add_forces(make, policing, number: int) -> None:
    """Forces whose return came in time, all met, with a name that gives them away."""
    for one in range(number):
        force = make.organisation(f"secret-{one}", name=f"Secret Force {one}", under=policing["npcc"])
        judge(force, policing["this"], Standing.MET)
        send(force, policing["this"], policing["lead"])


def text(client, address: str = BOARD) -> str:
    """The words of a page."""
    return text_of(parse(client.get(address).text)[0].find(".//main"))


def test_a_force_sees_its_place_and_nothing_of_another(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["northmoor"]))
    # Westmarch sent nothing, and the unit below Northmoor is not beside it.
    assert FEW in text(client)
    add_forces(make, policing, 2)
    assert FEW in text(client)
    third = make.organisation("secret-2", name="Secret Force 2", under=policing["npcc"])
    judge(third, policing["this"], Standing.NOT_MET)
    send(third, policing["this"], policing["lead"])
    page = text(client)
    assert "Beside 3 others whose return came in time" in page
    assert "Northmoor Constabulary: 19 of 19. 1 of 3 others lie lower, 2 in the same tenth, 0 higher." in page
    assert "1 at 0 to 10%, 2 at 90 to 100%" in page
    # None of them has five projects.
    assert page.count("Too few to compare") == 3
    assert "Secret" not in page
    assert "secret-" not in client.get(BOARD).text
    policy = NewComparison(Comparison.NAMED, "The council")
    set_comparison(policing["npcc"], policy, by=policing["lead"])
    assert "Secret Force 0: 19 of 19; Secret Force 1: 19 of 19; Secret Force 2: 0 of 19" in text(client)
    # Whoever sees it all has no use for it.
    client.sign_in(policing["lead"])
    assert "Place among the others" not in text(client, "/board")


def test_nobody_can_watch_a_single_return_come_in(client, make, policing):
    add_forces(make, policing, 3)
    member = make.user(Role.BOARD_MEMBER, policing["northmoor"])
    with on_day(datetime(2026, 4, 30, 12, tzinfo=UTC)):
        client.sign_in(member)
        assert "compared once all returns are due" in text(client)
    client.sign_in(member)
    assert "Beside 3 others" in text(client)
    late = make.organisation("late", under=policing["npcc"])
    added(
        Return(
            organisation_id=late.id,
            period_id=policing["this"].id,
            sent_at=datetime(2026, 5, 2, tzinfo=UTC),
            sent_by_id=policing["lead"].id,
        )
    )
    assert "Beside 3 others" in text(client)
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["westmarch"]))
    assert "Its return was not received, so it is not compared." in text(
        client, "/organisations/westmarch/board?period=2025-26"
    )


def test_shares_of_five_projects_are_compared_and_of_four_are_not(client, make, policing):
    add_forces(make, policing, 3)
    forces = [make.organisation(f"busy-{one}", under=policing["npcc"]) for one in range(3)]
    for force in forces:
        send(force, policing["this"], policing["lead"])
        # Three begin in the year each time.
        research(make, force, policing["lead"])
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["northmoor"]))
    assert text(client).count("Too few to compare") == 3
    for force in forces:
        research(make, force, policing["lead"])
    assert "1 of 3. 0 of 3 others lie lower, 3 in the same tenth" in text(client)
