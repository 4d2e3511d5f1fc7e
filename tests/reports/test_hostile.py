"""Hostile words, through the real child process: they print as words, or are refused in one clear line."""

import json
import subprocess
import sys

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from compliance.statements.render import PdfFailed, to_pdf
from reports import letters, narrative
from reports.statement import from_json, to_html, to_json
from reports.statement.docx import to_docx
from tests.reports.conftest import run
from tests.reports.pdf_checker import check, font_names
from tests.reports.test_pdf import OURS
from tests.source import ROOT

LONG, FONTS = "integrity" * 100, ROOT / "reports" / "fonts"


def snapshot(example, text: str) -> str:
    """The example with these words in its first section."""
    first = example.sections[0].model_copy(update={"text": text})
    return to_json(example.model_copy(update={"sections": (first, *example.sections[1:])}))


LINES = (
    "<script>alert(1)</script> <img src=file:///etc/passwd> <style>body{display:none}</style>",
    "![a picture](http://127.0.0.1:9/x.png) [a file](file:///etc/passwd) [a script](javascript:alert(1))",
    "[a page](https://example.org/?a=1&b=2) and [mail](mailto:integrity@example.org)",
    "{{ 7 * 7 }} {% include 'x' %} @import url(http://127.0.0.1:9/x.css);",
    LONG,
    "- one\n  - two\n    - three\n      - four",
    "Ŵyn, Siôn, Łukasz, ß, €, ½, ≥ 5, a‑b, α-synuclein, Олена № 4",
)
WORDS = "\n\n".join(LINES)


def test_hostile_words_print_as_words(example, tmp_path):
    made = to_pdf(snapshot(example, WORDS), tmp_path, patient=True)
    target = tmp_path / "out.pdf"
    target.write_bytes(made)
    printed = " ".join(page.extract_text() for page in PdfReader(target).pages)
    for words in (
        "<script>alert(1)</script>",
        "file:///etc/passwd",
        "{{ 7 * 7 }}",
        "Łukasz",
        ">= 5",
        "α-synuclein",
        "Олена",
    ):
        assert words in printed, words
    assert "".join(printed.split()).count("integrity" * 100) == 1
    with pikepdf.open(target) as opened:
        assert font_names(opened) - OURS == set()
        assert check(opened) == []
        links = {str(one.A.URI) for page in opened.pages for one in page.get("/Annots", []) if "/A" in one}
    assert not [link for link in links if not link.startswith(("http", "mailto:"))]
    page = to_html(from_json(snapshot(example, WORDS)))
    for unsafe in ("<script", "<img", "<style", 'href="file:', 'href="javascript:'):
        assert unsafe not in page
    assert to_docx(from_json(snapshot(example, WORDS)))[:2] == b"PK"


def table_of(rows: int, columns: int) -> str:
    """A table in Markdown."""
    line = f"|{'x|' * columns}"
    return "\n".join((line, f"|{'-|' * columns}", *[line] * rows))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We were glad 😀 of it", "“😀” (U+1F600)"),
        ("النزاهة", "U+0627"),
        ("研究", "研"),
        ("a\u202eb", "U+202E"),
        ("a\x07b", "U+0007"),
        (table_of(5_000, 4), "a table of 5,000 rows and 4 columns is too large"),
        ("\n".join(f"{'  ' * depth}- deep" for depth in range(200)), "nested too deeply"),
        (" - " * 3_000 + "deep", "nested too deeply"),
        ("word " * 100_000, "are more than a section can hold"),
    ],
    ids=["emoji", "arabic", "chinese", "override", "control", "table", "nested", "dashes", "endless"],
)
def test_what_cannot_be_printed_is_refused_with_what_and_where(example, tmp_path, text, told):
    with pytest.raises(narrative.Unfit, match=r"."):
        narrative.check(text)
    with pytest.raises(PdfFailed) as refused:
        to_pdf(snapshot(example, text), tmp_path, patient=True)
    assert told in str(refused.value)
    assert "Introductory statement" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_fifty_thousand_words_are_printed_or_stopped_in_one_line(example, tmp_path):
    content = snapshot(example, "\n\n".join(["word " * 100] * 500))
    done = run("statement", "-", "-", input=content.encode(), timeout=500)
    assert done.stdout.startswith(b"%PDF") or (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_the_memory_of_the_child_is_limited_while_it_makes_a_pdf(example):
    program = (
        "import resource, runpy, sys; sys.argv = ['reports', 'statement', '-', '-'];"
        "import reports.command as it; resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2);"
        "sys.exit(it.main(sys.argv[1:]))"
    )
    content = json.loads(to_json(example))
    content["annex_limit"] = 10**6
    content["projects"] = [
        {**content["projects"][0], "reference": f"PRJ-{number:05}"} for number in range(20_000)
    ]
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(content).encode(),
        capture_output=True,
        cwd=ROOT,
        timeout=200,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.splitlines()[-1] == b"the document would take more memory than it may"


def letters_of(font):
    """Every letter that a font file draws."""
    return {chr(code) for code in TTFont(font)["cmap"].getBestCmap()}


def test_the_letters_are_those_of_the_fonts():
    assert letters.strange("Ŵyn ½ €") == []
    assert letters.strange("≥ 5 e\u0301 a\u200bb") == []
    assert letters.strange("α-блок") == []
    assert letters.strange("א\x00") == ["\x00", "א"]
    assert letters.named(["\x00", "א"]) == "U+0000, “א” (U+05D0)"
    held = {
        weight: set().union(*map(letters_of, FONTS.glob(f"source-sans-3-*-{weight}-*")))
        for weight in (400, 600)
    }
    assert held[400] & held[600] == letters.covered()
