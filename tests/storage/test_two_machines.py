"""Two servers over one PostgreSQL and one bucket: what is begun on one goes on at the other."""

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer
from sqlalchemy import select

from compliance.db import db
from compliance.models import Evidence
from compliance.terms import Role, Standing
from tests.browser.programs import serving
from tests.client import form_of, held
from tests.conftest import TODAY
from tests.factories import PASSWORD
from tests.pages import parse

PDF = b"%PDF-1.7\n1 0 obj\n"
AWS = {"ACCESS_KEY_ID": "tests", "SECRET_ACCESS_KEY": "tests", "DEFAULT_REGION": "eu-west-2"}


@pytest.fixture
def bucket(monkeypatch):
    """A bucket at an S3 server of this computer, named to every program that is started."""
    for name, value in AWS.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    place = {"LocationConstraint": AWS["DEFAULT_REGION"]}
    client = boto3.client("s3", endpoint_url=address)
    client.create_bucket(Bucket="of-two-machines", CreateBucketConfiguration=place)
    monkeypatch.setenv("COMPLIANCE_EVIDENCE_BUCKET", "of-two-machines")
    monkeypatch.setenv("COMPLIANCE_EVIDENCE_BUCKET_AT", address)
    yield client
    server.stop()


def send(session: requests.Session, address: str, values: dict[str, str], **more) -> requests.Response:
    """Fill the form of a page and send it to where it was shown."""
    root, _ = parse(session.get(address).text)
    return session.post(address, {**held(form_of(root, set(values), "")), **values}, **more)


@pytest.mark.postgresql
def test_what_is_begun_on_one_machine_goes_on_at_another(app, make, store, bucket, tmp_path):
    force = make.tree()["northmoor"]
    person = make.user(Role.RESEARCH_LEAD, force)
    project = make.project(force, person)
    path, check = f"/projects/{project.reference}/checks/25-C12-R1", make.check(project, "25-C12-R1")
    db.session.rollback()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    moment = TODAY.isoformat()
    with (
        serving(store.address, tmp_path / "one", moment) as one,
        serving(store.address, tmp_path / "two", moment) as two,
        requests.Session() as session,
    ):
        signed_in = {"email": person.email, "password": PASSWORD}
        assert send(session, f"{one}/sign-in", signed_in, allow_redirects=False).status_code == 302
        answer = {"standing": "met", "note": "Signed in elsewhere", "evidence_title": "Decision letter"}
        file = {"evidence_file": ("letter.pdf", PDF)}
        saved = send(session, two + path, answer, files=file, allow_redirects=False)
        assert saved.status_code == 302, saved.text
        db.session.expire_all()
        assert check.standing is Standing.MET
        evidence = db.session.scalars(select(Evidence)).one()
        assert session.get(f"{one}/evidence/{evidence.reference}/file").content == PDF
        assert bucket.list_objects_v2(Bucket="of-two-machines")["KeyCount"] == 1
        assert not list(tmp_path.glob("*/evidence/**/*.*"))
        assert "Signed in elsewhere" in session.get(one + path).text
        # Signing out at one ends it at the other.
        root, _ = parse(session.get(one + path).text)
        leaving = next(form for form in root.iter("form") if form.get("action") == "/sign-out")
        assert session.post(f"{one}/sign-out", held(leaving), allow_redirects=False).status_code == 302
        assert "/sign-in" in session.get(two + path, allow_redirects=False).headers["Location"]
