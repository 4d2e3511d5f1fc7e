"""The words of a section: as they will look, and two versions of them compared word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from markupsafe import Markup

from reports.narrative import Unfit
from reports.statement import to_words

WORDS = re.compile(r"\s+|\S+")
# Longer texts are shown as one exchange: comparing them word by word would keep a worker busy.
LONGEST = 6_000


class Stretch(NamedTuple):
    """A run of words that stayed, were added or were taken out."""

    kind: Literal["same", "added", "removed"]
    text: str


def prose(text: str) -> Markup:
    """The words as the document formats them; as they were typed where it could not."""
    try:
        return Markup(to_words(text))  # noqa: S704  (our own template, which escapes)
    except Unfit:
        return Markup('<p class="govuk-body app-lines">{}</p>').format(text)


def compare(before: str, after: str) -> list[Stretch]:
    """The words of `after` with what was taken out of `before` at its place."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Stretch("removed", before), Stretch("added", after)]
    found: list[Stretch] = []
    for kind, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[ends[0] : ends[1]]), "".join(new[ends[2] : ends[3]])
        if kind == "equal":
            found.append(Stretch("same", now))
            continue
        found += [Stretch("removed", was)] if was else []
        found += [Stretch("added", now)] if now else []
    return found
