"""Nothing on paper lies over anything else, however long words are and whatever is withheld."""

import re
import subprocess
from itertools import combinations

import pytest

from reports.paper import made
from reports.statement import to_print
from reports.statement.count import Number, Suppressed
from reports.statement.model import Override, Promise

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
LONG = "Research of partners and subcontractors"


@pytest.fixture(scope="module")
def crowded(example):
    """A statement whose figures need words, and whose names hardly fit their columns."""
    keys = [key for key in example.headlines if example.figure(key).value.kind == "number"]
    withheld, entered = (keys * 2)[:2]
    told = "A return came on paper after the register was closed, and was added up by hand. " * 3
    by_hand = Override(counted=Number(value=7), reason=told)
    changed = {
        withheld: {"value": Suppressed(reason="small numbers", below=5)},
        entered: {"override": by_hand},
    }
    figures = tuple(row.model_copy(update=changed.get(row.key, {})) for row in example.figures)
    promise = Promise(code="25-C5-E1", title=LONG, promised="Write it down.", state="done")
    unmet = (row.model_copy(update={"title": LONG, "standing": "not_met"}) for row in example.requirements)
    return example.model_copy(
        update={"figures": figures, "promises": (promise,), "requirements": tuple(unmet)}
    )


def lying_over(folder, statement, style=""):
    """The pairs of words of a page that cover each other by half of a line."""
    path = folder / "made.pdf"
    path.write_bytes(
        made(to_print(statement).replace("</head>", f"<style>{style}</style></head>"), [], statement)
    )
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    found = []
    for page in told.stdout.split("<page ")[1:]:
        words = [(*map(float, row[:4]), row[4]) for row in WORD.findall(page)]
        assert words
        found += [
            (one[4], other[4])
            for one, other in combinations(words, 2)
            if min(one[2], other[2]) - max(one[0], other[0]) > 1
            and 2 * (min(one[3], other[3]) - max(one[1], other[1]))
            > min(one[3] - one[1], other[3] - other[1])
        ]
    return found


@pytest.mark.parametrize("layout", ["government", "rics"])
def test_no_word_lies_over_another(crowded, variants, tmp_path, layout):
    sections = variants[layout].sections
    assert lying_over(tmp_path, crowded.model_copy(update={"layout": layout, "sections": sections})) == []


@pytest.mark.parametrize(
    "style", [".code { margin-left: -30pt }", ".tiles li { min-height: 0; height: 20pt }"]
)
def test_words_that_do_are_found(crowded, tmp_path, style):
    assert lying_over(tmp_path, crowded, style)
