"""ARCHITECTURE.md tells the truth: its tree, its glossary and its table of permissions are those of the code."""

import pytest

from compliance import models, terms
from compliance.permissions import GRANTS, Permission
from compliance.terms import Role
from tests import map as architecture
from tests.source import ROOT, features

MODULES_OF_THE_MAP = {f"compliance/{path.name}" for path in (ROOT / "compliance").glob("*.py")}


def words_of_the_code() -> set[str]:
    """Every enumeration and every model, as the glossary writes them."""
    enums = {
        f"terms.{name}"
        for name, one in vars(terms).items()
        if isinstance(one, type) and issubclass(one, terms.Term) and one is not terms.Term
    }
    return enums | {f"models.{name}" for name in models.__all__}


def differences(glossary: dict[str, str]) -> set[str]:
    """Words that only one of the two has, and words without a meaning."""
    return (words_of_the_code() ^ set(glossary)) | {word for word, meaning in glossary.items() if not meaning}


def matrix() -> list[str]:
    """The table of permissions as lines of Markdown."""
    lines = [f"| Permission | {' | '.join(role.label for role in Role)} |", "| --- " * (len(Role) + 1) + "|"]
    for permission in Permission:
        marks = ["yes" if permission in GRANTS[role] else "" for role in Role]
        lines.append(f"| `{permission}` | {' | '.join(marks)} |")
    return [line.replace("|  |", "| |").replace("|  |", "| |") for line in lines]


def test_the_glossary_explains_every_word_of_the_code_and_no_other():
    assert differences(architecture.glossary()) == set()


def test_a_word_missing_or_left_over_is_told():
    glossary = architecture.glossary()
    assert differences({word: glossary[word] for word in glossary if word != "terms.Role"}) == {"terms.Role"}
    assert differences(glossary | {"models.Gone": "It was."}) == {"models.Gone"}
    assert differences(glossary | {"models.Case": ""}) == {"models.Case"}


def test_the_table_of_permissions_is_that_of_the_code():
    printed = [
        line.strip() for line in architecture.section("Who may do what").splitlines() if line.startswith("|")
    ]
    assert printed == matrix(), "the table should read:\n" + "\n".join(matrix())


def test_every_path_of_the_tree_exists():
    assert [path for path in architecture.tree() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("path", sorted(MODULES_OF_THE_MAP))
def test_the_tree_names_every_module_at_the_top(path):
    assert path in architecture.tree()


def test_the_tree_names_every_feature_and_every_folder():
    folders = {
        f"{path.relative_to(ROOT)}/"
        for path in (ROOT / "compliance").iterdir()
        if path.is_dir() and path.name != "__pycache__"
    }
    assert folders >= {f"compliance/{name}/" for name in features()}
    assert folders - architecture.tree() == set()


def test_a_path_that_does_not_exist_is_found():
    drawn = architecture.tree(architecture.TEXT.replace("clock.py  ", "watch.py  "))
    assert [path for path in drawn if not (ROOT / path).exists()] == ["compliance/watch.py"]
