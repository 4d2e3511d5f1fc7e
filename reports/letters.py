"""The letters that our fonts have; nothing else may be printed, or a font of the machine would draw it."""

import unicodedata
from collections.abc import Iterable

# Source Sans 3: Latin, Greek and Cyrillic, both weights; the tests hold this against the files.
RANGES = (
    "20-7E A0-181 186 18A 18D-190 192-194 196-197 19A-19B 19E 1A0-1A1 1AF-1B1 1B7 1BF-1C3 1CD-1DD 1E2-1E7 "
    "1EA-1EB 1EE-1F0 1F4-1F5 1F7-201 204-205 208-209 20C-20D 218-220 222-223 226-227 237 23A-23E 241-245 "
    "248-249 250-27B 27D-285 287-292 294-295 298-299 29B-29F 2A1-2A8 2B0-2B4 2B7-2B9 2BB-2C1 2C6-2CC "
    "2D0-2D7 2DA 2DC-2DE 2E0-2E4 2ED 300-301 303-304 308-309 323 329 374-375 37A 37E 384-38A 38C 38E-3A1 "
    "3A3-3D1 3D5 3D7 3D9 3DB 3DD 3E1 3F4 3F7-3F8 400-45F 490-491 4B0-4B1 1D25 1D2C 1D2E 1D30-1D31 "
    "1D33-1D3A 1D3C 1D3E-1D43 1D47-1D4B 1D4D 1D4F-1D52 1D56-1D58 1D5B 1D6F-1D70 1D79 1D7B 1D7F 1D9C 1DA0 "
    "1DAC 1DAE 1DB0 1DBB 1DBF 1E02-1E03 1E06-1E07 1E0A-1E11 1E16-1E17 1E1E-1E2B 1E32-1E3B 1E3E-1E49 "
    "1E52-1E53 1E56-1E63 1E66-1E67 1E6A-1E6F 1E72-1E73 1E7E-1E85 1E8E-1E97 1E9E-1E9F 1EF2-1EF9 2009 200B "
    "2013-2014 2018-201A 201C-201E 2020 2022 2026 2032-2033 2039-203A 2044 20A1 20A3-20A4 20A6-20A7 20A9 "
    "20AB-20AC 20AE 20B1-20B2 20B4-20B5 20B8-20BA 20BD 2113 2116 2122 2191 2193 2212 2215 2C60-2C62 "
    "2C65-2C66 2C71 2C7D A722-A725 A74E-A74F A75A-A75B A764-A765 A779-A787 A789 A7AD-A7AE A7B3 A7B5 "
    "A7F2-A7F4 FEFF "
)
# What prints as something that we have; characters without width print as nothing.
WRITTEN = str.maketrans(
    {
        "≥": ">=",
        "≤": "<=",
        "≠": "not equal to",
        "→": "->",
        "‑": "-",
        "‐": "-",
        "―": "—",
        "\u202f": "\u00a0",
        "\u2028": " ",
        "\u2029": " ",
        **dict.fromkeys("\u200b\u200c\u2060\ufeff\u00ad", ""),
    }
)
SHOWN = 5


def covered() -> frozenset[str]:
    """Every letter that can be printed."""
    ends = [entry.partition("-")[::2] for entry in RANGES.split()]
    return frozenset(
        chr(code) for start, end in ends for code in range(int(start, 16), int(end or start, 16) + 1)
    )


LETTERS = covered() | {"\n"}


def written(text: str) -> str:
    """Text as it is printed: composed letters, signs that we lack in other words."""
    return unicodedata.normalize("NFC", text).translate(WRITTEN)


def strange(text: str) -> list[str]:
    """The characters that cannot be printed, in the order of their codes."""
    return strange_in(written(text))


def strange_in(text: str) -> list[str]:
    """The same of text as it is printed."""
    return sorted(set(text) - LETTERS)


def named(characters: Iterable[str]) -> str:
    """Characters as a reader can find them: "😀" (U+1F600); control characters by their number alone."""
    all_of_them = list(characters)
    told = [
        f"“{one}” (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}"
        for one in all_of_them[:SHOWN]
    ]
    left = len(all_of_them) - SHOWN
    return ", ".join(told) + (f" and {left} more" if left > 0 else "")
