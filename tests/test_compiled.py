"""What was compiled of a template is used while it holds, and never afterwards."""

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment

from compliance.compiled import KINDS, Compiled, compile_all
from compliance.templating import TEMPLATES, compile_templates
from tests.source import ROOT


class Counting(Environment):
    """An environment that says how often it compiled."""

    compiled = 0

    def compile(self, *given, **more):
        self.compiled += 1
        return super().compile(*given, **more)


def environment(folder, source="Hello", options="trimmed", **more):
    """What a new process would make."""
    return Counting(
        loader=DictLoader({"page.html": source}), bytecode_cache=Compiled(folder, options), **more
    )


def test_a_new_process_compiles_nothing(tmp_path):
    first = environment(tmp_path / "kept")
    compile_all(first)
    second = environment(tmp_path / "kept")
    assert second.get_template("page.html").render() == "Hello"
    assert (first.compiled, second.compiled) == (1, 0)


@pytest.mark.parametrize("change", [{"source": "Goodbye"}, {"options": "as written"}])
def test_what_no_longer_holds_is_compiled_anew(tmp_path, change):
    compile_all(environment(tmp_path))
    changed = environment(tmp_path, **change)
    assert changed.get_template("page.html").render() == change.get("source", "Hello")
    assert changed.compiled == 1


def test_another_library_compiles_anew(tmp_path, monkeypatch):
    compile_all(environment(tmp_path))
    monkeypatch.setattr("compliance.compiled.version", lambda _name: "4.0")
    later = environment(tmp_path)
    later.get_template("page.html")
    assert later.compiled == 1


def test_what_was_cut_off_is_compiled_anew(tmp_path):
    compile_all(environment(tmp_path))
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    again = environment(tmp_path)
    assert again.get_template("page.html").render() == "Hello"
    assert again.compiled == 1


def test_where_nothing_may_be_written_pages_are_made_all_the_same(tmp_path):
    # A file where the folder would be: even root cannot write below it.
    (tmp_path / "kept").touch()
    read_only = environment(tmp_path / "kept")
    assert read_only.get_template("page.html").render() == "Hello"
    assert (tmp_path / "kept").read_bytes() == b""


def test_the_app_compiles_nothing_that_was_compiled_without_settings(app):
    compile_templates()
    names = app.jinja_env.list_templates(extensions=KINDS)
    assert {"base.html", "govuk_frontend_jinja/template.html"} <= set(names)
    fresh = Flask(__name__)
    fresh.jinja_environment = type("Fresh", (Counting, app.jinja_environment), {})
    fresh.jinja_options = app.jinja_options
    fresh.jinja_loader = app.jinja_loader
    for name in names:
        fresh.jinja_env.get_template(name)
    assert fresh.jinja_env.compiled == 0


def test_it_is_kept_where_the_code_is_and_not_in_the_instance(app):
    kept = app.jinja_env.bytecode_cache
    assert (str(kept.folder.parent), kept.folder.name) == (TEMPLATES, "__pycache__")
    assert kept.folder.is_relative_to(ROOT)
    assert not (app.config["INSTANCE_DIR"] / "templates").exists()
