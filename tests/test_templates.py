"""Every template compiles, and a name that ours reads must exist."""

from pathlib import Path

import pytest
from flask import render_template_string
from jinja2 import UndefinedError

from compliance.compiled import KINDS
from compliance.templating import TEMPLATES


def test_every_template_compiles(app):
    every = app.jinja_env.list_templates(extensions=KINDS)
    names = {name for name in every if not name.startswith("govuk_")}
    files = {path.relative_to(TEMPLATES) for path in Path(TEMPLATES).rglob("*") if path.is_file()}
    assert names == {str(file) for file in files if file.parts[0] != "__pycache__"}
    assert len(names) > 40
    for name in names:
        app.jinja_env.get_template(name)


@pytest.mark.parametrize(
    "use",
    [
        "{{ gone }}",
        "{% if gone %}x{% endif %}",
        "{% for one in gone %}{% endfor %}",
        "{% set given = {} %}{{ given.gone }}",
        "{% set given = {} %}{% if given.gone %}x{% endif %}",
    ],
)
def test_a_name_that_does_not_exist_is_an_error_in_our_templates(app, use):
    code = app.jinja_env.compile(use, filename=f"{TEMPLATES}/planted.html")
    template = app.jinja_env.template_class.from_code(app.jinja_env, code, app.jinja_env.make_globals(None))
    with pytest.raises(UndefinedError):
        template.render()


def test_the_templates_of_packages_may_read_names_that_nobody_set(app):
    assert render_template_string("{% if gone %}x{% endif %}") == ""
    given = "{% set given = {'name': 1, 'items': 2} %}"
    for read, shown in (
        ("given.gone", ""),
        ("given.name", "1"),
        ("given.gone is defined", "False"),
        ("given.items is callable", "True"),
    ):
        assert render_template_string(given + "{{ " + read + " }}") == shown
