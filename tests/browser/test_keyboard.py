"""What axe does not see: where the focus goes, and whether it can be seen."""

from datetime import date

import pytest

from compliance.assessments.carrying import carry_forward
from compliance.terms import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(visitor, make):
    force = make.organisation("northmoor")
    person = make.user(Role.RESEARCH_LEAD, force, email="priya@northmoor.example")
    make.project(force, person)
    make.member(person, Role.INTEGRITY_LEAD, force)
    last, this = make.period(2024), make.period(2025)
    make.judgement(force, last, person)
    carry_forward(force, this, by=person)
    return visitor.sign_in(person.email, PASSWORD)


def press(visitor, *keys: str) -> str:
    """Press these keys; gives what has the focus then."""
    for key in keys:
        visitor.page.keyboard.press(key)
    return visitor.focused()


def test_the_summary_leads_to_the_day_of_a_wrong_date(signed_in):
    signed_in.go("/projects/PRJ-0001/record-start")
    signed_in.press("Save the start", 400).follow_within("Enter the day it began")
    assert signed_in.focused() == "start_on-day"
    signed_in.enter_date("When did fieldwork begin?", date(2026, 6, 1))
    signed_in.question("When did fieldwork begin?").get_by_label("Month").fill("13")
    signed_in.press("Save the start", 400).follow_within("Start must be a real date")
    assert signed_in.focused() == "start_on-day"


def test_the_summary_takes_the_focus_where_script_runs(signed_in):
    signed_in.go("/projects/new").press("Save and continue", 400)
    expected = "There is a problem" if signed_in.scripted else ""
    assert signed_in.focused().startswith(expected)
    signed_in.follow_within("Select the organisation")
    assert signed_in.focused() == "organisation_code"


def test_the_first_key_skips_to_the_content(signed_in):
    signed_in.go("/projects")
    assert press(signed_in, "Tab") == "Skip to main content"
    assert signed_in.page.get_by_text("Skip to main content").is_visible()
    press(signed_in, "Enter")
    press(signed_in, "Tab")
    assert signed_in.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


YEAR = "/assessment/northmoor/2025-26"
PATHS = (
    "/projects",
    "/projects/PRJ-0001",
    "/projects/PRJ-0001/register/people",
    "/projects/PRJ-0001/standing",
    YEAR,
    f"{YEAR}?framework=government-guidance",
    f"{YEAR}/standing",
    f"{YEAR}/confirm",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_control_is_reached_by_keyboard_and_shows_that_it_has_the_focus(signed_in, path):
    signed_in.go(path)
    wanted = signed_in.page.evaluate(REACHABLE)
    found, unseen = set(), []
    for _ in range(len(wanted) + 5):
        signed_in.page.keyboard.press("Tab")
        name, seen = signed_in.page.evaluate(FOCUSED)
        found.add(name)
        if not seen:
            unseen.append(name)
    assert set(wanted) - found == set()
    assert unseen == []


NAME = "e => e.id || e.getAttribute('href') || e.name || e.innerText"
# The tab key stops once at a group of radios: at the chosen one, else at the first.
REACHABLE = f"""() => {{
  const first = name => document.querySelector(`input[name="${{name}}"]`)
  const stop = name => document.querySelector(`input[name="${{name}}"]:checked`) || first(name)
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.type !== 'hidden' && !e.disabled && e.getClientRects().length)
    .filter(e => e.type !== 'radio' || e === stop(e.name)).map({NAME})
}}"""
# The look of what has the focus, or of the mark beside a radio or checkbox, changes when it loses it.
FOCUSED = f"""() => {{
  const at = document.activeElement
  if (at === document.body) return ['', true]
  const style = s => [s.outlineStyle, s.outlineColor, s.boxShadow, s.backgroundColor].join()
  const look = () => style(getComputedStyle(at)) + (at.labels?.length ? style(getComputedStyle(at.labels[0], '::before')) : '')
  const held = look()
  at.blur()
  const lost = look()
  at.focus()
  return [({NAME})(at), held !== lost]
}}"""


def test_a_control_whose_focus_cannot_be_seen_is_found(opens):
    visitor = opens().go("/help")
    visitor.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync('a:focus { all: unset !important }')
          document.adoptedStyleSheets = [sheet]
          document.querySelector('.app-header__name').focus()
        }"""
    )
    assert visitor.page.evaluate(FOCUSED) == ["/", False]
