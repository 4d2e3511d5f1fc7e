"""What somebody looks for: plain words from whatever was typed, with the spelling of references mended.

The same words serve the index of either database and the requirements, which are files.
"""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

# Nobody means more than this, and an index is asked for each word.
LONGEST, MOST = 200, 12
# An index of PostgreSQL refuses texts of a megabyte.
INDEXED = 100_000
# What the references of records begin with; cases of misconduct are never looked for.
PREFIXES = ("prj", "apr", "stm")
NO_WORDS = ("prj", "stm")
LIKE_DIGITS = str.maketrans("oil", "011")
WORD = re.compile(r"[^\W_]+")
TOGETHER = re.compile(r"([a-z]{3})([0-9oil]{1,7})")
NUMBER = re.compile(r"[0-9]{1,7}")
PLURAL = re.compile(r"[^\W\d_]{3,}[^\W\d_s]s")


class Word(NamedTuple):
    """A word that must stand in a record: the beginning of one there, or the whole of one."""

    text: str
    whole: bool = False


# Every term must be found, in any of its ways; a way is found when all its words are.
Way = tuple[Word, ...]
Term = tuple[Way, ...]


def plain(text: str) -> str:
    """The words of a text, folded: no case, no accents, no signs, one space between them."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign) and sign not in "'’")
    return " ".join(WORD.findall(bare))


def together(reference: str) -> str:
    """A reference or code as one word, so that it is found however it is divided."""
    return plain(reference).replace(" ", "")


def of_record(prefix: str, digits: str) -> Word | None:
    """The reference that is meant by three letters in any order and a number; None when none is."""
    for known in PREFIXES:
        if sorted(prefix) == sorted(known) and re.search("[0-9]", digits):
            return Word(f"{known}{int(digits.translate(LIKE_DIGITS)):04d}", whole=True)
    return None


def way_of(word: str) -> Way:
    """A word as it is looked for; of a plural, what it has in common with the singular."""
    return (Word(word[:-1] if PLURAL.fullmatch(word) else word),)


def term_of(word: str) -> Term:
    """The ways of one word: as it stands, and as a reference where it could be one."""
    ways: list[Way] = [way_of(word)]
    if fits := TOGETHER.fullmatch(word):
        meant = of_record(*fits.groups())
        ways += [(meant,)] if meant else []
    elif NUMBER.fullmatch(word):
        ways += [(Word(f"{prefix}{int(word):04d}", whole=True),) for prefix in PREFIXES]
    return tuple(ways)


def terms_of(typed: str) -> tuple[Term, ...]:
    """What to look for; empty when nothing but signs was typed."""
    words = plain(typed[:LONGEST]).split()[:MOST]
    terms = [term_of(word) for word in words]
    for place, (letters, digits) in enumerate(pairwise(words)):
        divided = TOGETHER.fullmatch(letters + digits)
        if divided and divided.groups() == (letters, digits):
            meant = of_record(letters, digits)
            if meant:
                # The two words mean one thing; where the letters are a word too, also what they say apart.
                apart = letters not in NO_WORDS
                terms[place] = ((meant,), way_of(letters)) if apart else ((meant,),)
                terms[place + 1] = ((meant,), way_of(digits)) if apart else ((meant,),)
    return tuple(terms)


def fits(terms: tuple[Term, ...], words: str) -> bool:
    """Whether every term stands in these plain words."""
    row = f" {words} "
    return all(any(all(stands(word, row) for word in way) for way in term) for term in terms)


def stands(word: Word, row: str) -> bool:
    """Whether a word, or one that begins with it, stands in a row of words between spaces."""
    return f" {word.text} " in row if word.whole else f" {word.text}" in row


AROUND = 90


def excerpt(terms: tuple[Term, ...], text: str | None) -> str:
    """A piece of a text around the first word that was looked for; empty when none stands in it."""
    for found in WORD.finditer(text or ""):
        row = f" {plain(found.group())} "
        if any(stands(word, row) for term in terms for way in term for word in way):
            return around(text or "", found.start())
    return ""


def around(text: str, place: int) -> str:
    """A piece of a text about a place, cut between words."""
    first, last = max(0, place - AROUND), place + 2 * AROUND
    piece = text[first:last]
    if first:
        piece = "… " + piece.partition(" ")[2]
    if last < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    return " ".join(piece.split())
