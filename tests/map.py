"""ARCHITECTURE.md as data: its tree and its tables, which the tests hold against the code."""

import re
from dataclasses import dataclass

from tests.source import ROOT, Module, features

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


class Unmapped(AssertionError):
    """A module that no line of the map covers."""


def section(title: str, text: str = TEXT) -> str:
    """What stands below a heading, up to the next of its kind; raises KeyError when there is none."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        if heading.strip() == title:
            return body
    raise KeyError(title)


def rows(body: str) -> list[list[str]]:
    """The cells of every table line below the line of dashes."""
    lines = [line for line in body.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    dashes = [at for at, row in enumerate(cells) if set("".join(row)) <= {"-", ":"}]
    headings = {at - 1 for at in dashes}
    return [row for at, row in enumerate(cells) if at not in headings and at not in dashes]


def codes(cell: str) -> list[str]:
    """What a cell prints as code."""
    return re.findall(r"`([^`]+)`", cell)


def tree(text: str = TEXT) -> set[str]:
    """Every path that the map draws; a folder ends in a slash."""
    block = section("The tree", text).split("```")[1]
    found, above = set(), []
    for line in block.splitlines()[1:]:
        if line.strip():
            depth = (len(line) - len(line.lstrip())) // 2
            above[depth:] = [line.split()[0]]
            found.add("".join(above))
    return found


@dataclass(frozen=True)
class Layer:
    """One row of the table of arrows."""

    name: str
    patterns: tuple[str, ...]
    imports: frozenset[str]
    types: frozenset[str]

    def covers(self, module: Module) -> bool:
        """Whether the module belongs to it: by its name, or, for views, by its blueprint."""
        if self.name == "views" and module.has_blueprint:
            return True
        return any(fits(pattern, module.name) for pattern in self.patterns)


def fits(pattern: str, name: str) -> bool:
    """`a.b` is one module, `a.b.*` it and all below it, `<feature>` any feature, `<file>` any one name."""
    below = r"(\..*)?" if pattern.endswith(".*") else ""
    any_feature = f"({'|'.join(features())})"
    stem = re.escape(pattern.removesuffix(".*")).replace("<feature>", any_feature).replace("<file>", r"\w+")
    return re.fullmatch(stem + below, name) is not None


def layers(text: str = TEXT) -> list[Layer]:
    """Every row of the table of arrows, in its order: the first that covers a module holds."""
    return [
        Layer(
            codes(name)[0],
            tuple(codes(where)),
            frozenset(re.findall(r"\w+", re.sub(r"\w+ as types", "", may))) - {"nothing"},
            frozenset(re.findall(r"(\w+) as types", may)),
        )
        for name, where, _, may in rows(section("Who may import whom", text))
    ]


def layer_of(module: Module, known: list[Layer]) -> Layer:
    """The layer of a module; raises Unmapped."""
    for layer in known:
        if layer.covers(module):
            return layer
    raise Unmapped(f"{module.name} is in no layer of ARCHITECTURE.md")


def homes(text: str = TEXT) -> dict[str, list[str]]:
    """Where each library may be imported: layers by name, modules by pattern."""
    return {
        library: codes(where)
        for names, where, _ in rows(section("One home for each library", text))
        for library in codes(names)
    }


def glossary(text: str = TEXT) -> dict[str, str]:
    """Every word of the code that the glossary explains, `terms.X` or `models.X`, with its meaning."""
    return {code: meaning for where, meaning in rows(section("Glossary", text)) for code in codes(where)}
