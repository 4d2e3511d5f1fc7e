"""Requirements among what is searched: they are files, so their words are gathered once."""

from functools import cache

from compliance import frameworks
from compliance.frameworks.schema import Framework, Requirement
from compliance.rules.searching import Term, fits, plain, together


@cache
def worded() -> tuple[tuple[Framework, Requirement, str, str], ...]:
    """Every requirement with the words of its codes and title, and all its words."""
    found = []
    for framework in frameworks.everything().values():
        for row in framework.requirements:
            codes = [row.code, *(part.code for part in row.parts)]
            first = " ".join([*codes, *map(together, codes), row.title])
            texts = [row.text, row.evidence, row.note, row.done_by]
            texts += [text for part in row.parts for text in (part.title, part.text)]
            found.append((framework, row, plain(first), plain(" ".join([first, *texts]))))
    return tuple(found)


def requirements_with(terms: tuple[Term, ...]) -> list[tuple[Framework, Requirement]]:
    """The requirements in which all these words stand, those with all in code or title first."""
    if not terms:
        return []
    found = [one for one in worded() if fits(terms, one[3])]
    found.sort(key=lambda one: not fits(terms, one[2]))
    return [(framework, row) for framework, row, _, _ in found]
