"""Where the links of a page lead."""

from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException


def kind_of(app: Flask, link: str) -> str | None:
    """The kind of page behind a link: its view and the names of its filters; None when it leads elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    try:
        endpoint, _ = app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return f"no such page: {link}"
    return " ".join([endpoint, *sorted({name for name, _ in parse_qsl(parts.query)})])
