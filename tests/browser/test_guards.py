"""What looks at pages can fail: a fault is planted in a page that is otherwise fine, and is found."""

import pytest

from tests import validity
from tests.browser import programs
from tests.browser.visitor import Faulty, Visitor

pytestmark = pytest.mark.browser


def plant(visitor: Visitor, there: str, planted: str) -> None:
    """Let every answer of the server carry a fault."""

    def answer(route) -> None:
        response = route.fetch()
        assert there in response.text()
        route.fulfill(response=response, body=response.text().replace(there, planted, 1))

    visitor.page.route("**/help", answer)


def test_a_page_without_fault_passes(visitor):
    visitor.go("/help").sees("Help")


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ('<p class="govuk-body"><a href="/">&nbsp;</a></p></main>', "axe, 320 px: link-name"),
        (
            '<p><font color="#cccccc">pale</font></p></main>',
            "color-contrast",
        ),
        ('<p role="banana">x</p></main>', "aria-roles"),
        ("<pre>" + "wide" * 40 + "</pre></main>", "sideways scrolling at 320 px"),
        ("<span><div>block</div></span></main>", "not permitted as content"),
        ("<script>document.title = 'x'</script></main>", "Content Security Policy"),
        ('<script src="/static/gone.js"></script></main>', "404"),
        ("<h1>Again</h1></main>", "2 h1"),
    ],
)
def test_each_fault_is_found(opens, planted, complaint):
    visitor = opens()
    plant(visitor, "</main>", planted)
    with pytest.raises(Faulty, match=complaint):
        visitor.go("/help")


def test_sideways_scrolling_is_found_without_script_too(opens):
    visitor = opens(scripted=False)
    plant(visitor, "</main>", "<pre>" + "wide" * 40 + "</pre></main>")
    with pytest.raises(Faulty, match="sideways scrolling at 320 px"):
        visitor.go("/help")


def test_another_status_than_expected_is_told(opens):
    with pytest.raises(Faulty, match="status 404 instead of 200"):
        opens().go("/nowhere")


def test_a_missing_browser_is_a_failure_that_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(validity.Missing, match="apt-get install"):
        programs.find_chromium()
    with pytest.raises(validity.Missing, match="bin/assets --dev"):
        validity.module_file("axe-core/axe.min.js", tmp_path)


def test_a_server_that_does_not_start_says_why(tmp_path):
    address = f"sqlite:///{tmp_path / 'nothing.sqlite3'}"
    with pytest.raises(RuntimeError, match="not migrated"), programs.serving(address, tmp_path, "2026-06-09"):
        pass
