"""Answers made smaller on the way, and our own style sheets and scripts kept for a year."""

import gzip
import hashlib
import secrets
from io import BytesIO
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).parent / "static"
TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")
SMALLEST, LEVEL, PADDING = 1024, 5, 32


def fingerprint() -> str:
    """A short hash over all that we serve: one address for all, since scripts name their neighbours."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def zipped(content: bytes) -> bytes:
    """The content as gzip.

    The name inside has a random length, so that the size of a page does not tell whether something that
    a stranger put into it repeats a secret of it.
    """
    packed = BytesIO()
    name = "x" * (1 + secrets.randbelow(PADDING))
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def compress(response: Response) -> Response:
    """Send text as gzip to whoever takes it."""
    if not (response.mimetype or "").startswith(TEXT):
        return response
    response.vary.add("Accept-Encoding")
    whole = response.status_code == 200 and not response.is_streamed  # noqa: PLR2004
    fitting = whole or (request.endpoint == "static" and response.status_code == 200)  # noqa: PLR2004
    if not fitting or "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) >= SMALLEST:
        response.set_data(zipped(content))
        response.headers["Content-Encoding"] = "gzip"
        etag, _weak = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)
    return response


def keep(response: Response) -> Response:
    """Let browsers keep static files: their address changes with their content."""
    if request.endpoint == "static" and response.status_code in (200, 304):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def prepare_compression(app: Flask) -> None:
    """Compress every answer of the app, after all else was done to it: the first of these runs last."""
    app.after_request_funcs.setdefault(None, [])[:0] = [compress, keep]
