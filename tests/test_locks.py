"""What the service imports is locked for the service itself, not only for those who test it."""

import re
import sys
from importlib.metadata import packages_distributions

from tests.source import ROOT, ours

OWN = {"compliance", "reports", "wsgi", "tests", "bench"}


def locked(name: str) -> set[str]:
    """The distributions that a lock file pins."""
    return set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", (ROOT / name).read_text(), re.MULTILINE))


def unlocked(pins: set[str]) -> list[str]:
    """Imports of compliance and reports from a library that these pins do not bring."""
    brings = packages_distributions()
    modules = [one for one in ours() if one.name.split(".")[0] in ("compliance", "reports", "wsgi")]
    known = frozenset(one.name for one in ours())
    found = []
    for module in modules:
        for one in module.imports(known):
            top = one.target.split(".")[0]
            if top in sys.stdlib_module_names or top in OWN:
                continue
            names = {re.sub(r"[-_.]+", "-", name).lower() for name in brings.get(top, [top])}
            if not names & pins:
                found.append(f"{module.name} imports {top}")
    return found


def test_the_service_imports_only_what_its_own_lock_brings():
    assert unlocked(locked("requirements.txt")) == []


def test_a_library_that_only_the_tests_bring_is_found():
    assert any(
        line.endswith("imports requests") for line in unlocked(locked("requirements.txt") - {"requests"})
    )


def test_both_locks_pin_the_same():
    """Whoever tests it runs what is served."""
    pins = [
        dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert {name: pins[1].get(name) for name in pins[0]} == pins[0]


def origins(text: str) -> list[str]:
    """Lines of a lock file that name where packages come from; hashes are enough."""
    return re.findall(
        r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host)\b.*|^.*(?:://|@ file:).*",
        text,
        re.MULTILINE,
    )


def test_locks_name_no_place():
    for path in sorted(ROOT.glob("requirements*.txt")):
        assert origins(path.read_text("utf-8")) == [], path.name


def test_a_place_in_a_lock_is_found():
    planted = ["--find-links /opt/wheels", "--index-url https://pypi.example/simple", "x @ file:///x.whl"]
    assert [origins(f"a==1\n{line}\n") for line in planted] == [[line] for line in planted]
