"""What every page must be: valid HTML, one h1 that the title begins with, labels, unique ids, live anchors."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from lxml import html as lxml_html
from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser

from tests.together import Sound
from tests.validity import skeleton, violations

SERVICE = "Research integrity in policing"
UNLABELLED = {"hidden", "submit", "button", "image"}
# How pages without an error are built: the strict parser is slow, and tests open many that differ by a word.
SOUND = Sound("strict")
BARE = re.compile(r"&(?!#?\w+;)")
FAST = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")


class Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """What ends a run of characters, compiled once: version 2.1.0 of the parser keeps it where it never looks."""

    def __missing__(self, asked: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, inside = asked
        listed = "".join(f"\\x{ord(one):02x}" for one in characters)
        self[asked] = re.compile(f"[{'' if inside else '^'}{listed}]+")
        return self[asked]


inputstream.characters_until_regex = Patterns()


class BadPage(AssertionError):
    """A page that a browser would have to guess at, or that somebody could not use."""


def parse(html: str) -> tuple[Element, list[str]]:
    """The tree of a page and the errors of its HTML."""
    return lxml_html.document_fromstring(html.encode(), parser=FAST), errors(html)


def errors(html: str) -> list[str]:
    """Where a browser would have to guess; a page built like one without an error has none, bare ampersands apart."""
    built = skeleton(html)
    if built in SOUND and not BARE.search(html):
        return []
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(html)
    found = [f"line {where[0]}: {code} {data or ''}" for where, code, data in parser.errors]
    if not found:
        SOUND.add(built)
    return found


def text_of(element: Element) -> str:
    """All text in an element, its space collapsed."""
    return " ".join("".join(element.itertext()).split())


def controls(root: Element) -> Iterator[Element]:
    """Every control that a person uses."""
    for tag in ("input", "select", "textarea"):
        for element in root.iter(tag):
            if element.get("type") not in UNLABELLED:
                yield element


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page."""
    root, found = parse(html)
    found += violations(html)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    found += [f"id {name} is used {count} times" for name, count in Counter(ids).items() if count > 1]
    headings = [text_of(element) for element in root.iter("h1")]
    title = next((text_of(element) for element in root.iter("title")), "")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1: {headings}")
    elif not title.removeprefix("Error: ").startswith(headings[0]):
        found.append(f"the title {title!r} does not begin with the heading {headings[0]!r}")
    if not title.endswith(SERVICE):
        found.append(f"the title {title!r} does not end with the name of the service")
    labelled = {element.get("for") for element in root.iter("label")}
    for element in controls(root):
        if element.get("id") not in labelled and not element.get("aria-label"):
            found.append(f"control {element.get('name')!r} has no label")
    found += [
        f"dead anchor {target}"
        for element in root.iter("a")
        if (target := element.get("href") or "").startswith("#") and target[1:] not in ids
    ]
    for table in root.iter("table"):
        if table.find("caption") is None:
            found.append("a table has no caption")
        if not [cell for cell in table.iter("th") if cell.get("scope")]:
            found.append("a table has no heading with a scope")
    found += [f"inline style on {element.tag}" for element in root.iter() if element.get("style")]
    found += [
        f"picture without alt {element.get('src')}"
        for element in root.iter("img")
        if element.get("alt") is None
    ]
    for element in root.iter():
        pointed = (element.get("aria-describedby") or "") + " " + (element.get("aria-labelledby") or "")
        found += [f"aria points to {name}, which is missing" for name in pointed.split() if name not in ids]
    found += heading_gaps(root)
    return found


def heading_gaps(root: Element) -> list[str]:
    """Headings that skip a level."""
    found, before = [], 0
    for element in root.iter():
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level = int(element.tag[1])
            # The error summary and a saved message stand above the h1 with an h2, as GOV.UK has them.
            if before and level > before + 1:
                found.append(f"{element.tag} {text_of(element)!r} follows h{before}")
            before = level
    return found


def check_page(html: str, where: str) -> None:
    """Raise BadPage with everything that is wrong."""
    found = faults(html)
    if found:
        raise BadPage(f"{where}:\n  " + "\n  ".join(found))
