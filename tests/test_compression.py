"""Answers are gzip for whoever takes it, and static files may be kept as long as their address stands."""

import gzip

from compliance import compression
from compliance.terms import Role

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_whoever_takes_it(app):
    visitor = app.test_client()
    plain = visitor.get("/accessibility")
    # The checked client reads pages; this one reads bytes.
    packed = app.test_client_class.__mro__[1](app, app.response_class).get("/accessibility", headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert b"Accessibility" in gzip.decompress(packed.data)


def test_static_files_are_compressed_and_kept_for_a_year(app, client, make):
    client.sign_in(make.user(Role.RESEARCH_LEAD, make.organisation("npcc")))
    address = f"{app.static_url_path}/app.css"
    found = client.get(address, headers=GZIP)
    assert found.headers["Content-Encoding"] == "gzip"
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(found.data) == (compression.STATIC / "app.css").read_bytes()
    assert address in client.get("/projects").text


def test_the_pages_of_a_person_are_not_kept(client, make):
    npcc = make.organisation("npcc")
    client.sign_in(make.user(Role.RESEARCH_LEAD, npcc))
    assert client.get("/projects").headers["Cache-Control"] == "no-store"


def test_another_content_has_another_address(tmp_path, monkeypatch):
    monkeypatch.setattr(compression, "STATIC", tmp_path)
    (tmp_path / "app.css").write_text("a{}")
    before = compression.fingerprint()
    (tmp_path / "app.css").write_text("b{}")
    assert compression.fingerprint() != before


def test_the_size_does_not_tell_the_content():
    assert len({len(compression.zipped(b"x" * 4000)) for _ in range(40)}) > 1
