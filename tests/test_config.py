"""Settings come from documented variables only, and an unsafe production is refused in one line."""

import re

import pytest

from compliance.config import ROOT, Unsafe, settings
from tests.map import rows, section
from tests.source import Module, ours

SAFE = {
    "COMPLIANCE_ENVIRONMENT": "production",
    "COMPLIANCE_SECRET_KEY": "s" * 32,
    "COMPLIANCE_DATABASE_URL": "postgresql+psycopg://db/compliance",
    "COMPLIANCE_SECOND_FACTOR_SECRETS": "t" * 32,
}


def read_by(module: Module) -> set[str]:
    """Every variable that a module names."""
    return set(re.findall(r'"(COMPLIANCE_[A-Z_]+)"', module.text))


def documented(readme: str) -> set[str]:
    """Every variable of the README's table that is explained in full."""
    table = rows(section("Settings", readme))
    return {name.strip("`") for name, meaning, unset in table if meaning and unset}


def undocumented(readme: str) -> set[str]:
    """Variables that only the code or only the README knows."""
    [config] = [module for module in ours() if module.name == "compliance.config"]
    return read_by(config) ^ documented(readme)


def test_the_readme_explains_every_setting_and_no_other():
    assert undocumented((ROOT / "README.md").read_text("utf-8")) == set()


def test_a_setting_that_the_readme_forgets_is_told():
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = [line for line in readme.splitlines() if "COMPLIANCE_SECRET_KEY" not in line]
    assert undocumented("\n".join(lines)) == {"COMPLIANCE_SECRET_KEY"}
    one = "| `COMPLIANCE_SERVICE_URL`"
    assert undocumented(readme.replace(one, f"| `COMPLIANCE_GONE` | It was. | nothing |\n{one}")) == {
        "COMPLIANCE_GONE"
    }


# To set what a library reads for itself is no reading.
READS = re.compile(r'\bos\.(getenv|environ(?!\["\w+"\] = "\w+"$))', re.MULTILINE)


def test_only_the_settings_read_the_environment():
    assert {module.name for module in ours() if READS.search(module.text)} == {"compliance.config"}


@pytest.mark.parametrize(
    "line", ['a = os.environ["A"]', 'os.environ["A"] == "b"', 'os.environ["A"] = f()', "os.getenv('A')"]
)
def test_what_reads_the_environment_is_found(line):
    assert READS.search(line)


def test_a_safe_production_is_accepted():
    made = settings(SAFE)
    assert made["PRODUCTION"] is True
    assert made["SESSION_COOKIE_SECURE"] is made["REMEMBER_COOKIE_SECURE"] is True
    assert made["SECRET_KEY"] == "s" * 32


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COMPLIANCE_SECRET_KEY", "", "Set COMPLIANCE_SECRET_KEY"),
        ("COMPLIANCE_SECRET_KEY", "s" * 31, "at least 32 random characters"),
        ("COMPLIANCE_DATABASE_URL", "", "Set COMPLIANCE_DATABASE_URL"),
        ("COMPLIANCE_SECOND_FACTOR_SECRETS", "", "Set COMPLIANCE_SECOND_FACTOR_SECRETS"),
        ("COMPLIANCE_SECOND_FACTOR_SECRETS", f"{'t' * 32},short", "at least 32 random characters"),
        ("COMPLIANCE_DEMO", "1", "production refuses it"),
        ("COMPLIANCE_ENVIRONMENT", "Production", "one of: development, production"),
        ("COMPLIANCE_EVIDENCE_LARGEST_MB", "many", "whole number of megabytes"),
    ],
)
def test_an_unsafe_setting_is_refused_in_one_line(name, value, told):
    with pytest.raises(Unsafe, match=told) as refused:
        settings({**SAFE, name: value})
    assert "\n" not in str(refused.value)


def test_development_needs_nothing():
    made = settings({})
    assert made["PRODUCTION"] is False
    assert made["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{ROOT}/instance/compliance.sqlite3"
    assert made["EVIDENCE_DIR"] == ROOT / "instance" / "evidence"
    assert made["SECRET_KEY"] != settings({})["SECRET_KEY"]


def test_folders_are_those_that_were_set():
    made = settings({"COMPLIANCE_INSTANCE_DIR": "/srv/x", "COMPLIANCE_EVIDENCE_DIR": "/srv/evidence"})
    assert str(made["INSTANCE_DIR"]) == "/srv/x"
    assert str(made["EVIDENCE_DIR"]) == "/srv/evidence"
