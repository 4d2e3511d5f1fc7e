"""Nothing grows beyond what one reads in a sitting, unless somebody wrote down why; no name says nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.map import layer_of, layers
from tests.source import ROOT, Module, length, modules, ours

LAYERS = layers()
LIMITS = {"module": 250, "function": 30, "view": 25, "model": 60, "template": 100, "test module": 300}

# What is longer, and why that reads better than two halves. An entry that is no longer needed must go.
EXCEPTIONS = {
    "test module tests.routes": "one line for each route: a table, not logic",
    "function compliance.statements.gather.compose": "one document with all its parts",
    "module compliance.projects.forms": "one short form for each task of the registration, in their order",
    "module compliance.terms": "every word once: a second file would be a second place to look",
    "model compliance.models.approval.Approval": "every line is a column or a relation of one record",
    "model compliance.models.project.Project": "a registration asks this much",
    "module reports.statement.model": "the published schema reads from top to bottom",
    "function compliance.approvals.history.move": "a step with everything that it may carry",
    "function compliance.assessments.actions.judge": "one transaction, told from beginning to end",
    "function compliance.templating.prepare_templates": "every loader, filter and name, listed once",
    "view compliance.projects.registration.task": "any task of the registration, asked and answered",
    "test module tests.factories": "one short method an aggregate",
}

VAGUE = {
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "manager",
    "managers",
    "common",
    "stuff",
    "handler",
    "tools",
}
VAGUE_MODULES = VAGUE | {"base", "data", "info", "process", "processing", "core", "main"}
OPENINGS = ("handle_", "do_", "process_")
# The names that a library calls.
GIVEN = {"process_bind_param", "process_result_value", "process_formdata", "process_data", "process"}


def excess(name: str, kind: str, lines: int) -> Iterator[str]:
    if lines > LIMITS[kind]:
        yield f"{kind} {name}"


def too_long(module: Module, view: bool) -> list[str]:
    """What is too long in a module of the service."""
    found = list(excess(module.name, "module", module.lines))
    for name, node in module.functions():
        kind = "view" if view and is_route(node) else "function"
        found += excess(f"{module.name}.{name}", kind, length(node))
    if module.name.startswith("compliance.models."):
        for name, node in module.classes():
            found += excess(f"{module.name}.{name}", "model", length(node))
    return found


def is_route(node) -> bool:
    return any(
        "route(" in decorator or ".get(" in decorator or ".post(" in decorator for decorator in sources(node)
    )


def sources(node) -> list[str]:
    return [ast.unparse(decorator) for decorator in node.decorator_list]


def templates() -> list[tuple[str, str]]:
    """Every page of the service by its path below templates/."""
    folder = ROOT / "templates"
    return [
        (str(path.relative_to(folder)), path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))
    ]


def everything_too_long() -> set[str]:
    """What is too long anywhere."""
    found = [one for module in ours() for one in too_long(module, layer_of(module, LAYERS).name == "views")]
    for name, text in templates():
        found += excess(name, "template", len(text.splitlines()))
    for module in modules("tests"):
        found += excess(module.name, "test module", module.lines)
    return set(found)


def vague(module: Module) -> list[str]:
    """Names that say nothing."""
    stem = module.name.split(".")[-1]
    found = [module.name] if set(stem.split("_")) & VAGUE or stem in VAGUE_MODULES else []
    for name, _ in [*module.functions(), *module.classes()]:
        last = name.split(".")[-1]
        words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", last).lower().split("_"))
        if words & VAGUE or (last.startswith(OPENINGS) and last not in GIVEN):
            found.append(f"{module.name}.{name}")
    return found


def test_what_is_long_is_long_on_purpose():
    assert everything_too_long() - set(EXCEPTIONS) == set()


def test_no_exception_outlives_its_need():
    assert set(EXCEPTIONS) - everything_too_long() == set()
    assert all(EXCEPTIONS.values())


def test_no_name_says_nothing():
    assert [name for module in [*ours(), *modules("tests")] for name in vague(module)] == []


def test_folders_and_templates_have_names_that_say_something():
    paths = [
        *(ROOT / "compliance").rglob("*"),
        *(ROOT / "templates").rglob("*"),
        *(ROOT / "reports").rglob("*"),
    ]
    stems = {
        path.relative_to(ROOT): Path(path).stem.strip("_") for path in paths if "vendor" not in path.parts
    }
    assert [str(path) for path, stem in stems.items() if stem in VAGUE] == []


@pytest.mark.parametrize(
    ("name", "text", "view", "told"),
    [
        ("compliance.clock", "x = 1\n" * 251, False, "module compliance.clock"),
        ("compliance.clock", "def f():\n" + "    x = 1\n" * 31, False, "function compliance.clock.f"),
        (
            "compliance.a.views",
            "@bp.route('/')\ndef f():\n" + "    x = 1\n" * 26,
            True,
            "view compliance.a.views.f",
        ),
        ("compliance.models.a", "class A:\n" + "    x = 1\n" * 60, False, "model compliance.models.a.A"),
    ],
)
def test_what_is_too_long_is_found(name, text, view, told):
    assert too_long(Module(name, text), view) == [told]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compliance.utils", ""),
        ("compliance.projects.form_helpers", ""),
        ("compliance.projects.base", ""),
        ("compliance.clock", "class ClockManager: ..."),
        ("compliance.clock", "def handle_day(): ..."),
    ],
)
def test_a_name_that_says_nothing_is_found(name, text):
    assert vague(Module(name, text))
