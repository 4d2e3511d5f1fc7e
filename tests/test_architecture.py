"""Imports point one way, as the tables of ARCHITECTURE.md say; each rule is also broken on purpose."""

import subprocess
import sys

import pytest

from tests import map as architecture
from tests.map import fits, layer_of
from tests.source import ROOT, Module, features, ours

LAYERS = architecture.layers()
HOMES = architecture.homes()
MODULES = ours()
KNOWN = frozenset(module.name for module in MODULES)
OWN = ("compliance", "reports", "wsgi")
BULK = {"update", "delete", "insert", "text"}


def is_own(target: str) -> bool:
    return target.split(".", maxsplit=1)[0] in OWN


def feature_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "compliance" and parts[1] in features() else None


def target_layer(target: str) -> str:
    found = next((module for module in MODULES if module.name == target), Module(target, ""))
    return layer_of(found, LAYERS).name


def wrong_arrows(module: Module) -> list[str]:
    """Imports that the table of arrows does not allow."""
    layer, found = layer_of(module, LAYERS), []
    for one in module.imports(KNOWN):
        if not is_own(one.target):
            continue
        to = target_layer(one.target)
        allowed = to == layer.name or to in layer.imports or (to in layer.types and one.types_only)
        if not allowed:
            found.append(f"{module.name}:{one.line} ({layer.name}) imports {one.target} ({to})")
    return found


def sideways(module: Module) -> list[str]:
    """Imports of another feature's insides."""
    here = feature_of(module.name)
    return [
        f"{module.name}:{one.line} imports {one.target} of another feature"
        for one in module.imports(KNOWN)
        if here and feature_of(one.target) not in (None, here) and not one.target.endswith(".queries")
    ]


def strays(module: Module) -> list[str]:
    """Imports of a library outside its home."""
    layer, found = layer_of(module, LAYERS).name, []
    for one in module.imports(KNOWN):
        for library, where in HOMES.items():
            of_it = one.target == library or one.target.startswith(f"{library}.")
            at_home = any(fits(place, module.name) for place in where) or layer in where
            if of_it and not at_home and not one.types_only:
                found.append(
                    f"{module.name}:{one.line} imports {one.target}, whose home is {where or 'nowhere'}"
                )
    return found


def inside_functions(module: Module) -> list[str]:
    """Imports that hide in a function."""
    return [
        f"{module.name}:{one.line} imports {one.target} inside {one.inside}"
        for one in module.imports(KNOWN)
        if one.inside
    ]


def bulk_writes(module: Module) -> list[str]:
    """Statements that would write rows which the audit trail cannot see."""
    found = []
    for one in module.imports(KNOWN):
        names = BULK & set(one.names)
        if one.target == "sqlalchemy" and (names or not one.names):
            found.append(f"{module.name}:{one.line} takes {sorted(names) or 'everything'} from sqlalchemy")
    found += [f"{module.name} uses {name}" for name in ("bulk_", ".execute(") if name in module.text]
    return found


def test_the_map_covers_every_module_and_every_layer_is_used():
    used = {layer_of(module, LAYERS).name for module in MODULES}
    assert used == {layer.name for layer in LAYERS}
    named = {name for layer in LAYERS for name in layer.imports | layer.types}
    assert named <= used
    assert {
        place for places in HOMES.values() for place in places if "." not in place and place != "wsgi"
    } <= used


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_imports_point_one_way(module):
    assert wrong_arrows(module) + sideways(module) + strays(module) + inside_functions(module) == []


@pytest.mark.parametrize(
    "module",
    [one for one in MODULES if layer_of(one, LAYERS).name in ("actions", "demo")],
    ids=lambda module: module.name,
)
def test_actions_write_row_by_row_so_that_the_audit_trail_sees_it(module):
    assert bulk_writes(module) == []


def test_the_folder_of_a_feature_begins_empty():
    starts = {name: ROOT / "compliance" / name / "__init__.py" for name in features()}
    assert {name for name, start in starts.items() if start.read_text(encoding="utf-8")} == set()


def loaded_after(statement: str) -> set[str]:
    """What a fresh interpreter has loaded after this."""
    ask = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={"PATH": "/usr/bin"},
    )
    return set(done.stdout.split())


def test_the_app_does_not_load_what_makes_documents_or_only_commands_need():
    loaded = loaded_after(
        "from pathlib import Path\nimport tempfile\nfrom compliance import create_app\n"
        "create_app({'TESTING': True, 'INSTANCE_DIR': Path(tempfile.mkdtemp())})"
    )
    assert "compliance.features" in loaded
    assert not loaded & {
        "weasyprint",
        "openpyxl",
        "icalendar",
        "docx",
        "alembic",
        "authlib",
        "cryptography",
        "requests",
        "email_validator",
        "markdown_it",
        "compliance.commands",
        "compliance.demo",
    }


def test_documents_load_nothing_of_the_service():
    loaded = loaded_after("import reports.command, reports.statement")
    assert "weasyprint" in loaded
    assert not {name for name in loaded if name.split(".")[0] in ("compliance", "flask", "sqlalchemy")}


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (wrong_arrows, "compliance.rules.approvals", "from compliance.models import Approval"),
        (wrong_arrows, "compliance.rules.approvals", "from compliance import models"),
        (wrong_arrows, "reports.pages", "from compliance.terms import Standing"),
        (wrong_arrows, "compliance.projects.views", "from compliance.db import db"),
        (wrong_arrows, "compliance.projects.forms", "from compliance.models import Project"),
        (wrong_arrows, "compliance.models.project", "from compliance.rules.projects import NewProject"),
        (wrong_arrows, "compliance.projects.queries", "from compliance.projects import actions"),
        (wrong_arrows, "compliance.projects.actions", "from compliance.projects.forms import StartForm"),
        (sideways, "compliance.projects.actions", "from compliance.approvals import actions"),
        (sideways, "compliance.projects.views", "from compliance.approvals.forms import DecisionForm"),
        (strays, "compliance.rules.approvals", "import flask"),
        (strays, "compliance.projects.actions", "from flask import g"),
        (strays, "compliance.projects.queries", "from flask import g"),
        (strays, "compliance.projects.views", "from sqlalchemy import select"),
        (strays, "compliance.projects.forms", "from sqlalchemy.orm import Session"),
        (strays, "reports.pages", "import weasyprint"),
        (strays, "compliance.statements.render", "from weasyprint.urls import URLFetcher"),
        (strays, "compliance.frameworks.schema", "import yaml"),
        (strays, "compliance.projects.views", "from flask_security import current_user"),
        (strays, "compliance.projects.actions", "import subprocess"),
        (strays, "compliance.projects.actions", "import requests"),
        (inside_functions, "compliance.clock", "def now():\n    import time"),
        (inside_functions, "compliance.clock", "class A:\n    def now(self):\n        from os import path"),
        (bulk_writes, "compliance.projects.actions", "from sqlalchemy import select, update"),
        (bulk_writes, "compliance.projects.actions", "import sqlalchemy"),
        (bulk_writes, "compliance.projects.actions", "db.session.execute(statement)"),
    ],
)
def test_each_rule_finds_what_it_forbids(rule, name, text):
    assert rule(Module(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compliance.projects.forms", "if TYPE_CHECKING:\n    from compliance.models import Project"),
        ("compliance.projects.second", "from flask import Blueprint\nbp = Blueprint('x', __name__)"),
        ("compliance.projects.queries", "from compliance.approvals import queries"),
    ],
)
def test_what_is_allowed_is_left_alone(name, text):
    module = Module(name, text)
    assert wrong_arrows(module) + sideways(module) + strays(module) + inside_functions(module) == []


def test_a_module_outside_the_map_is_told():
    with pytest.raises(architecture.Unmapped, match=r"compliance\.surprise"):
        layer_of(Module("compliance.surprise", ""), LAYERS)
