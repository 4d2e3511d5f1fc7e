"""The guard over pages can fail: each fault is planted in a page that is otherwise fine."""

import pytest

from tests.pages import BadPage, check_page, faults

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
