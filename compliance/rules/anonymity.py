"""What in a text looks like the name of a person, where nobody is to be named."""

import re

TITLED = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|PC|DC|DS|DI|DCI|Sgt|Sergeant|Inspector|Supt)\.?\s+[A-Z]\w+"
PAIRED = r"\b[A-Z][\w'’]*[a-z](?:[ -][A-Z][\w'’]*[a-z])+\b"
NOT_NAMES = re.compile(
    r"\b(?:The|An?|This|Police|Constabulary|Force|Research|Integrity|Ethics|Committee|Panel|Board|University|"
    r"Data|Act|Concordat|Chief|Council|National|Unit)\b"
)


def name_like(text: str | None) -> tuple[str, ...]:
    """The parts of a text that look like the name of a person: a hint to look again, no more."""
    found = re.findall(f"{TITLED}|{PAIRED}", text or "")
    return tuple(dict.fromkeys(part for part in found if not NOT_NAMES.search(part)))
