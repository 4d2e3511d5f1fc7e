"""`flask statement build` and `python -m reports`: what they make, and one clear line when they cannot."""

import json
import os
import subprocess
import sys

import pytest

from compliance.config import ROOT
from compliance.db import db
from compliance.terms import OrganisationKind
from tests.kept import kept

FLASK = [sys.executable, "-m", "compliance"]


def run(app, *arguments, module=FLASK):
    db.session.rollback()
    environment = {
        "PATH": os.environ["PATH"],
        "COMPLIANCE_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "COMPLIANCE_INSTANCE_DIR": str(app.config["INSTANCE_DIR"]),
        "COMPLIANCE_SECRET_KEY": "a secret of the tests, long enough to be one",
    }
    return subprocess.run(
        [*module, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@kept
def npcc(make):
    make.period(2024)
    make.period(2025)
    return make.organisation(
        "npcc", name="National Council", kind=OrganisationKind.COUNCIL, returns_from_on=None
    )


def build(app, *arguments):
    """What the command says and with which code it ends, without the start of another Python."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["statement", "build", *map(str, arguments)])


def test_a_draft_is_built_as_pdf_page_and_data_and_the_data_give_the_same_pdf(app, npcc, tmp_path):
    names = {kind: tmp_path / f"out.{kind}" for kind in ("pdf", "html", "json")}
    done = run(
        app,
        *("statement", "build"),
        *("--organisation", "npcc", "--period", "2025-26", "--layout", "government"),
        *("--output", names["pdf"], "--html", names["html"], "--json", names["json"]),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert names["pdf"].read_bytes().startswith(b"%PDF-")
    assert "This is a draft" in names["html"].read_text()
    assert json.loads(names["json"].read_text())["state"] == "draft"
    again = tmp_path / "again.pdf"
    remade = run(app, "statement", names["json"], again, module=[sys.executable, "-m", "reports"])
    assert remade.returncode == 0, remade.stderr
    assert again.read_bytes() == names["pdf"].read_bytes()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--organisation", "nowhere", "There is no organisation with the code 'nowhere'"),
        ("--period", "1999", "There is no reporting period '1999'; there are: 2024-25, 2025-26"),
        ("--layout", "triptych", "There is no layout 'triptych'; there are: government, rics"),
        ("--output", "/nowhere/out.pdf", "/nowhere/out.pdf: No such file or directory"),
    ],
)
def test_what_is_unknown_gives_one_line_exit_2_and_no_file(app, npcc, tmp_path, option, value, said):
    asked = {
        "--organisation": "npcc",
        "--period": "2025-26",
        "--layout": "rics",
        "--output": str(tmp_path / "out.pdf"),
        option: value,
    }
    done = build(app, *(part for pair in asked.items() for part in pair))
    assert (done.exit_code, done.stderr.splitlines(), done.stdout) == (2, [said], "")
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_write_is_said(app, npcc):
    done = build(app, "--organisation", "npcc", "--period", "2025-26")
    assert (done.exit_code, done.stderr.splitlines()) == (
        2,
        ["Say what to write: --output FILE.pdf, --html, --json or --docx FILE, --csv FOLDER"],
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[:40], "is not a statement"),
        (lambda text: text.replace('"layout":"government"', '"layout":"triptych"'), "layout"),
        (
            lambda text: text.replace('"headlines":["', '"headlines":["nonsense","'),
            "there is no figure nonsense",
        ),
    ],
)
def test_a_spoilt_snapshot_gives_one_line_exit_2_and_no_file(app, npcc, tmp_path, spoil, said):
    good = tmp_path / "good.json"
    assert build(app, "--organisation", "npcc", "--period", "2025-26", "--json", good).exit_code == 0
    bad = tmp_path / "bad.json"
    bad.write_text(spoil(good.read_text()))
    done = run(app, "statement", bad, tmp_path / "out.pdf", module=[sys.executable, "-m", "reports"])
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "good.json"]
