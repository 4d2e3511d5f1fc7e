"""The bucket keeps files like the folder does; against a real S3 server on this computer."""

import hashlib

import boto3
import pytest
from moto.server import ThreadedMotoServer

from compliance.db import db
from compliance.storage.s3 import Bucket
from compliance.storage.store import Missing, NotKept
from compliance.storage.store import store as evidence_store
from compliance.terms import Role


@pytest.fixture(scope="module")
def address():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(address, monkeypatch):
    for name, value in (
        ("ACCESS_KEY_ID", "tests"),
        ("SECRET_ACCESS_KEY", "tests"),
        ("DEFAULT_REGION", "eu-west-2"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)
    place = {"LocationConstraint": "eu-west-2"}
    client = boto3.client("s3", endpoint_url=address)
    if not client.list_buckets()["Buckets"]:
        client.create_bucket(Bucket="evidence", CreateBucketConfiguration=place)
    return Bucket("evidence", address)


def test_what_is_kept_is_given_back_under_its_hash_and_stored_once(bucket):
    sha256 = bucket.keep(b"the letter")
    assert sha256 == bucket.keep(b"the letter") == hashlib.sha256(b"the letter").hexdigest()
    with bucket.open(sha256) as content:
        assert content.read() == b"the letter"
    assert bucket.client.list_objects_v2(Bucket="evidence")["KeyCount"] == 1
    assert bucket.works()


def test_what_was_never_kept_is_missing(bucket):
    with pytest.raises(Missing):
        bucket.open("0" * 64)


def test_a_bucket_that_is_gone_keeps_nothing_and_says_so(bucket, address):
    gone = Bucket("another", address)
    assert not gone.works()
    with pytest.raises(NotKept):
        gone.keep(b"the letter")
    with pytest.raises(Missing):
        gone.open("0" * 64)


def test_a_bucket_is_copied_and_filled_again(app, make, bucket, tmp_path, store, monkeypatch):
    monkeypatch.setattr(evidence_store, "inner", bucket)
    tree = make.tree()
    person = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], person)
    sha256 = make.evidence(make.check(project), person, content=b"%PDF-1.7 in a bucket").sha256
    run = app.test_cli_runner()
    assert run.invoke(args=["backup", str(tmp_path / "copy")]).exit_code == 0
    bucket.client.delete_object(Bucket="evidence", Key=sha256)
    db.session.remove()
    db.engine.dispose()
    store.renew()
    assert run.invoke(args=["restore", str(tmp_path / "copy")]).exit_code == 0
    assert bucket.open(sha256).read() == b"%PDF-1.7 in a bucket"
