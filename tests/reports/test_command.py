"""python -m reports: with no database, in one line when it cannot, and never half a file."""

import json

import pytest

from reports.command import main
from reports.statement import schema, to_html
from tests.reports.conftest import EXAMPLE, run


def changed(place: str, value: object) -> str:
    content = json.loads(EXAMPLE.read_text("utf-8"))
    content[place] = value
    return json.dumps(content)


def test_a_page_is_made(tmp_path, example):
    target = tmp_path / "out.html"
    assert main(["html", str(EXAMPLE), str(target)]) == 0
    assert target.read_text("utf-8") == to_html(example)
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]


def test_a_document_is_made_from_standard_input_to_standard_output(documents):
    done = run("statement", "-", "-", input=EXAMPLE.read_bytes())
    assert done.returncode == 0
    assert done.stdout == documents["government"].read_bytes()


def test_the_schema_is_printed(capsys):
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        ("", "is not a statement"),
        ("{", "is not a statement"),
        ("[]", "is not a statement"),
        ("{}", "Field required"),
        (b"\xff\xfe", "is not a statement"),
        (b'{"reference": "\xff"}', "invalid unicode"),
        (changed("layout", "newspaper"), "layout"),
        (changed("surprise", 1), "surprise"),
        (
            changed("period", {"key": "2025-26", "starts_on": "x", "ends_on": "2026-03-31"}),
            "period.starts_on",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["statement", "html"])
def test_what_is_no_statement_is_one_line_and_no_file(tmp_path, capsys, kind, content, told):
    source, target = tmp_path / "snapshot.json", tmp_path / "out"
    if content is not None:
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main([kind, str(source), str(target)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert not target.exists()


def test_the_exit_code_is_that_of_the_process(tmp_path):
    done = run("statement", str(tmp_path / "missing.json"), str(tmp_path / "out.pdf"))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["statement"], ["poem", "a", "b"], ["statement", "a", "b", "c"]])
def test_what_is_not_understood_is_answered_with_how_it_is_used(capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python -m reports")


def test_a_target_that_cannot_be_written_is_one_line_and_nothing_is_left(tmp_path, capsys):
    target = tmp_path / "folder"
    target.mkdir()
    assert main(["html", str(EXAMPLE), str(target)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_what_was_there_before_stays_when_nothing_new_can_be_made(tmp_path):
    target = tmp_path / "out.html"
    target.write_bytes(b"the page of last year")
    assert main(["html", str(tmp_path / "missing.json"), str(target)]) == 2
    assert target.read_bytes() == b"the page of last year"


def test_a_document_that_would_eat_the_memory_is_one_line(tmp_path):
    content = json.loads(EXAMPLE.read_text("utf-8"))
    content["commitments"][0]["tally"]["met"] = 10**9
    source = tmp_path / "snapshot.json"
    source.write_text(json.dumps(content), encoding="utf-8")
    done = run("html", str(source), str(tmp_path / "out.html"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip() == b"the document would take more memory than it may"
