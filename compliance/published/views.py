"""Public pages: no account needed; caches and search engines may keep them."""

import hashlib
import re
from datetime import date

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.forms import question
from compliance.guard import public
from compliance.published import genuine, queries
from compliance.published.forms import CheckForm
from compliance.published.queries import Edition
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload
from reports.statement import files as documents
from reports.statement import from_json, schema, to_article, to_docx

bp = Blueprint("published", __name__)

DATES = re.compile(r"(\d{4}-\d{2}-\d{2})-to-(\d{4}-\d{2}-\d{2})")
KINDS = "any(pdf, docx, json, csv)"
REGISTERS = "any('misconduct.csv', 'projects.csv', 'approvals.csv', 'decisions.csv')"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MINUTES, IN_FEED = 5, 50


def kept(answer: Response, tag: str = "") -> Response:
    """An answer that caches may keep for some minutes, and ask about by its tag after that."""
    answer.cache_control.public = True
    answer.cache_control.max_age = MINUTES * 60
    if tag:
        answer.set_etag(tag)
        answer.make_conditional(request)
    return answer


def days_of(dates: str) -> tuple[date, date]:
    """Both days of an address such as "2024-04-01-to-2025-03-31"; raises NotFound."""
    found = DATES.fullmatch(dates)
    try:
        return (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else not_there()
    except ValueError:
        raise NotFound from None


def not_there() -> tuple[date, date]:
    """Raise NotFound."""
    raise NotFound


@bp.route("/published")
@public
def index() -> ResponseReturnValue:
    """Every published statement by year and organisation, and the years without one."""
    wanted = {name: request.args.get(name, "").strip() for name in ("q", "year")}
    page = render_template(
        "published/index.html",
        years=queries.years(clock.today(), **wanted),
        wanted=wanted,
        periods=queries.all_periods(),
        invented=queries.holds_invented(),
    )
    return kept(make_response(page))


@bp.route("/published/feed.atom")
@public
def feed() -> ResponseReturnValue:
    """The versions published last, for programs that watch for new ones."""
    page = render_template(
        "published/feed.xml",
        editions=queries.newest(IN_FEED),
        site=current_app.config["SERVICE_URL"].rstrip("/"),
        invented=queries.holds_invented(),
    )
    return kept(Response(page, mimetype="application/atom+xml"), hashlib.sha256(page.encode()).hexdigest())


@bp.route("/published/<code>/<dates>")
@public
def newest(code: str, dates: str) -> ResponseReturnValue:
    """The statement of an organisation for a period, as it holds now."""
    versions = queries.versions_of(code, *days_of(dates))
    if not versions:
        return missing(code, dates)
    return shown(versions[-1], versions, dates)


@bp.route("/published/<code>/<dates>/version-<int:number>")
@public
def version(code: str, dates: str, number: int) -> ResponseReturnValue:
    """One version, for good: a replaced one says so and leads to the newest."""
    versions = queries.versions_of(code, *days_of(dates))
    return shown(one_of(versions, number), versions, dates)


def one_of(versions: list[Edition], number: int) -> Edition:
    """The version with this number; raises NotFound."""
    if not 1 <= number <= len(versions):
        raise NotFound
    return versions[number - 1]


def missing(code: str, dates: str) -> ResponseReturnValue:
    """A year for which nothing was published, said in words; raises NotFound for what never existed."""
    name = queries.unpublished_name(code, *days_of(dates))
    if name is None:
        raise NotFound
    starts_on, ends_on = days_of(dates)
    return render_template("published/missing.html", name=name, starts_on=starts_on, ends_on=ends_on), 404


def published_on(edition: Edition) -> date | None:
    """The day on which a version was made public."""
    publication = edition.statement.publication
    return clock.day_of(publication.published_at) if publication else None


def shown(edition: Edition, versions: list[Edition], dates: str) -> Response:
    """The page of one version."""
    document = from_json(edition.sign_off.snapshot)
    page = render_template(
        "published/statement.html",
        edition=edition,
        versions=versions,
        document=document,
        dates=dates,
        article=Markup(to_article(document, published_on(edition))),  # noqa: S704  (our own template, which escapes)
        site=current_app.config["SERVICE_URL"],
    )
    return kept(make_response(page), f"{edition.sign_off.fingerprint}-{len(versions)}")


@bp.route(f"/published/<code>/<dates>.<{KINDS}:kind>")
@public
def newest_file(code: str, dates: str, kind: str) -> ResponseReturnValue:
    """The newest version as PDF, as a copy to edit, as data, or its figures as a table."""
    versions = queries.versions_of(code, *days_of(dates))
    return file_of(one_of(versions, len(versions)), kind, f"{code}-research-integrity-{dates}")


@bp.route(f"/published/<code>/<dates>/version-<int:number>.<{KINDS}:kind>")
@public
def version_file(code: str, dates: str, number: int, kind: str) -> ResponseReturnValue:
    """One version as PDF, as a copy to edit, as data, or its figures as a table."""
    versions = queries.versions_of(code, *days_of(dates))
    name = f"{code}-research-integrity-{dates}-version-{number}"
    return file_of(one_of(versions, number), kind, name)


@bp.route(f"/published/<code>/<dates>/version-<int:number>/<{REGISTERS}:kind>")
@public
def register(code: str, dates: str, number: int, kind: str) -> ResponseReturnValue:
    """One table of one version: misconduct, the register of projects, decisions by body or one by one."""
    versions = queries.versions_of(code, *days_of(dates))
    name = f"{code}-research-integrity-{dates}-version-{number}"
    return file_of(one_of(versions, number), kind, name)


def file_of(edition: Edition, kind: str, name: str) -> Response:
    """A file of one version: what was signed, or a copy or table made from what was signed."""
    sign_off = edition.sign_off
    match kind:
        case "pdf":
            answer = Response(queries.pdf_of(edition.statement), mimetype="application/pdf")
        case "json":
            answer = Response(sign_off.snapshot, mimetype="application/json")
        case "docx":
            answer = Response(to_docx(from_json(sign_off.snapshot)), mimetype=DOCX)
        case _:
            table = "figures.csv" if kind == "csv" else kind
            _, make = documents.TABLES[table]
            answer = Response(make(from_json(sign_off.snapshot)), mimetype="text/csv")
    joint = "-" if "." in kind else "."
    answer.headers["Content-Disposition"] = f'inline; filename="{name}{joint}{kind}"'
    return kept(answer, f"{sign_off.fingerprint}-{kind}")


@bp.route("/published/schema.json")
@public
def schema_file() -> ResponseReturnValue:
    """What each field of a statement's data means."""
    return kept(Response(schema(), mimetype="application/schema+json"))


@bp.route("/check", methods=["GET", "POST"])
@public
def check() -> ResponseReturnValue:
    """Is it genuine? A fingerprint or a file, and one of five plain answers."""
    form, answer = CheckForm(), None
    if form.submitted_and_valid():
        try:
            given = form.answers()
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            is_file = isinstance(given, Upload)
            answer = genuine.of_file(given) if isinstance(given, Upload) else genuine.of_fingerprint(given)
            return render_template("published/checked.html", form=form, answer=answer, is_file=is_file)
    return question("published/check.html", form)
