"""The guard over pages can fail: each fault is planted in a page that is otherwise fine."""

import pytest

from tests.pages import BadPage, check_page, faults
from tests.validity import skeleton

GOOD = (
    "<!DOCTYPE html><html lang='en'><head><title>Projects – Research integrity in policing</title></head>"
    "<body><main><h1>Projects</h1><form><label for='q'>Search</label><input id='q' name='q'><button>Search</button></form></main></body></html>"
)


def test_a_good_page_has_no_fault():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("there", "planted", "complaint"),
    [
        ("<h1>Projects</h1>", "<h1>Projects</h1><h1>Again</h1>", "2 h1"),
        ("<title>Projects", "<title>Something else", "does not begin with the heading"),
        ("<label for='q'>Search</label>", "", "has no label"),
        ("<form>", "<a href='#nowhere'>x</a><form>", "dead anchor #nowhere"),
        ("<form>", "<p id='q'>x</p><form>", "id q is used 2 times"),
        ("<h1>Projects</h1>", "<h1>Projects</h1><h3>Too deep</h3>", "follows h1"),
        ("<form>", "<p><div>x</div></p><form>", "line"),
        ("<form>", "<span><div>x</div></span><form>", "not permitted as content"),
        ("<form>", "<p style='color:red'>x</p><form>", "inline style"),
        ("<form>", "<table><tr><td>1</td></tr></table><form>", "no caption"),
        ("<form>", "<p aria-describedby='gone'>x</p><form>", "aria points to gone"),
    ],
)
def test_each_fault_is_found(there, planted, complaint):
    with pytest.raises(BadPage, match=complaint):
        check_page(GOOD.replace(there, planted), "a planted page")


def test_a_fault_in_the_words_of_a_page_is_found_although_it_is_built_like_a_sound_one():
    good, bad = (GOOD.replace("<form>", f"<p>{words}</p><form>") for words in ("less", "&ltless"))
    assert faults(good) == []
    assert any("line" in one for one in faults(bad))


def listed(*items: str) -> str:
    """A page with a list."""
    return GOOD.replace("<form>", f"<ul>{''.join(items)}</ul><form>")


def test_many_rows_built_alike_are_built_like_two_and_not_like_one():
    one, two, nine = (
        skeleton(listed(*(f'<li><a href="/{n}">Row {n}</a></li>' for n in range(many)))) for many in (1, 2, 9)
    )
    assert one != two
    assert two == nine


@pytest.mark.parametrize("place", range(5))
def test_a_fault_in_any_of_many_rows_is_found_although_the_others_are_sound(place):
    items = ["<li><a href='/'>Row</a></li>"] * 5
    assert faults(listed(*items)) == []
    items[place] = "<li><span><div>Row</div></span></li>"
    assert any("not permitted as content" in one for one in faults(listed(*items)))


def test_a_fault_that_all_of_many_rows_have_is_found():
    assert any("line" in one for one in faults(listed(*["<li><p><div>Row</div></p></li>"] * 5)))
