"""What the service writes to its log: one JSON object a line, each with the number of its request.

Nothing personal stands there: no address of a person or a browser, no words that somebody typed, and of an
address of the service only its pattern.
"""

import json
import logging
import re
import secrets
import sys
import time

from flask import Flask, Response, g, has_request_context, request

FITTING = re.compile(r"[A-Za-z0-9-]{8,64}")
answers = logging.getLogger("compliance.answers")


class JsonLines(logging.Formatter):
    """Writes a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "request": g.get("request_number") if has_request_context() else None,
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def number_request() -> None:
    """Give the request a number: the one that a proxy gave it, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_number = given if FITTING.fullmatch(given) else secrets.token_hex(8)
    g.began = time.perf_counter()


def tell(response: Response) -> Response:
    """Tell the number to whoever asked, and the answer to the log."""
    response.headers["X-Request-ID"] = g.get("request_number", "")
    rule = request.url_rule
    told = {
        "method": request.method,
        "page": rule.rule if rule else None,
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        "bytes": response.content_length,
    }
    answers.info("answered", extra={"told": told})
    return response


def prepare_log(app: Flask) -> None:
    """Number every request; in production also write the log as JSON lines to standard error."""
    app.before_request(number_request)
    app.after_request(tell)
    if app.config["PRODUCTION"]:
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(JsonLines())
        logging.basicConfig(handlers=[lines], level=logging.WARNING, force=True)
        answers.setLevel(logging.INFO)
