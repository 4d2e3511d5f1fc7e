"""Research integrity in policing: the application factory."""

from typing import Any

from click import get_current_context
from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.utils import import_string

from compliance import unneeded  # noqa: F401  (first of all: what libraries need not load)
from compliance.accounts.sign_in import prepare_accounts
from compliance.accounts.single_sign_on import prepare_single_sign_on
from compliance.addresses import Address
from compliance.compression import fingerprint
from compliance.config import settings
from compliance.derived import finding, keep  # noqa: F401  (they listen to every session)
from compliance.errors import prepare_errors
from compliance.features import BLUEPRINTS
from compliance.guard import UploadRequest, allow_files
from compliance.headers import prepare_headers
from compliance.log import prepare_log
from compliance.proxy import prepare_proxy
from compliance.ready import prepare_database, prepare_folder, require_ready
from compliance.storage.store import Folder, Store, store
from compliance.templating import prepare_templates


def prepare_forms(app: Flask) -> None:
    """Check the token of every form; how large a request may be is decided before anything reads it."""
    app.before_request(allow_files)
    CSRFProtect(app)


# The templates first of all: their environment is made, for good, by whoever asks for it.
IN_ORDER = (
    prepare_templates,
    prepare_proxy,
    prepare_log,
    prepare_forms,
    prepare_headers,
    prepare_errors,
    prepare_accounts,
    prepare_single_sign_on,
)


def prepare_store(app: Flask) -> None:
    """Choose where evidence is kept: a bucket where the settings name one, else a folder."""
    where: Store = Folder(app.config["EVIDENCE_DIR"])
    if bucket := app.config["EVIDENCE_BUCKET"]:
        # Its library is heavy: workers without a bucket never load it.
        where = import_string("compliance.storage.s3:Bucket")(bucket, app.config["EVIDENCE_BUCKET_AT"])
    store.use(where, largest=app.config["EVIDENCE_LARGEST"])


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The application, configured from the environment; `overrides` are for tests.

    Raises config.Unsafe when settings are missing or, outside commands, the database is not ready.
    """
    app = Flask(__name__, template_folder=None, static_url_path=f"/static/{fingerprint()}")
    app.request_class = UploadRequest
    app.url_rule_class = Address
    app.config.update(settings())
    app.config.update(overrides or {})
    prepare_folder(app)
    prepare_database(app)
    prepare_store(app)
    for prepare in IN_ORDER:
        prepare(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if not (app.testing or get_current_context(silent=True)):
        require_ready(app)
    return app
