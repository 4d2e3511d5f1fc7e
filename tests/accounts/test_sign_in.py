"""Signing in by password: what is refused, who waits, how long it lasts, and a way back in."""

import hashlib
import re
import time
from datetime import timedelta
from threading import Thread

import pytest
from flask_security import hash_password
from sqlalchemy import select, update

from compliance.accounts.passwords import is_breached
from compliance.db import db
from compliance.models import EntryLink, FailedSignIn, SignIn, User
from compliance.rules.accounts import check_password
from compliance.rules.broken import RuleBroken
from compliance.rules.sign_in import wait_after
from compliance.terms import Role
from tests.conftest import TODAY, on_day
from tests.factories import PASSWORD
from tests.kept import kept

WRONG = "Email address or password is not right"


@kept
def person(make):
    return make.user(Role.RESEARCH_LEAD, make.tree()["northmoor"], email="priya@northmoor.example")


def enter(client, email="priya@northmoor.example", password=PASSWORD):
    return client.fill("/sign-in", {"email": email, "password": password})


def test_what_is_wrong_is_told_in_the_same_words_for_known_and_unknown_accounts(client, person):
    for page in (enter(client, password="not this"), enter(client, email="nobody@northmoor.example")):
        assert page.status_code == 400
        assert page.text.count(WRONG) == 2
    assert "Enter your password" in enter(client, password="").text


def test_a_password_is_kept_so_that_guessing_it_costs_memory_and_time(strong):
    kind, version, costs = hash_password(PASSWORD).strip("$").split("$")[:3]
    assert (kind, version) == ("argon2id", "v=19")
    memory, rounds, _ = (int(cost.partition("=")[2]) for cost in costs.split(","))
    assert memory >= 64 * 1024
    assert rounds >= 3


def test_a_known_and_an_unknown_account_cost_the_same_time(client, person, strong):
    db.session.execute(update(User).values(password=hash_password(PASSWORD)))
    db.session.commit()
    enter(client, email="first@northmoor.example")
    spent = {}
    for email in ("priya@northmoor.example", "nobody@northmoor.example"):
        began = time.process_time()
        enter(client, email=email, password="not this one")
        spent[email] = time.process_time() - began
    fast, slow = sorted(spent.values())
    assert slow < 3 * fast, spent


def test_too_many_tries_make_one_wait_with_the_time_and_longer_each_time(client, person):
    for _ in range(5):
        assert WRONG in enter(client, password="not this").text
    assert "Too many tries. Try again at 11:01:00" in enter(client).text
    with on_day(TODAY + timedelta(minutes=1)):
        assert WRONG in enter(client, password="not this").text
        assert "Try again at 11:03:00" in enter(client).text
    with on_day(TODAY + timedelta(minutes=3)):
        assert enter(client).status_code == 302
    # Those of the address still count; the good try and those of the account do not.
    assert len(db.session.scalars(select(FailedSignIn)).all()) == 6


def test_an_unknown_account_waits_just_the_same(client, person):
    for _ in range(5):
        enter(client, email="nobody@northmoor.example")
    assert "Too many tries" in enter(client, email="Nobody@northmoor.example").text


def test_one_address_cannot_try_every_account(client, person):
    for number in range(30):
        db.session.add(FailedSignIn(key=address_key(), at=TODAY - timedelta(seconds=number)))
    db.session.commit()
    assert "Too many tries" in enter(client).text


def address_key() -> str:
    return hashlib.sha256(b"address 127.0.0.1").hexdigest()


def test_many_at_once_gain_nothing(app, person):
    answers = []

    def guess() -> None:
        with on_day(TODAY), app.app_context():
            answers.append(enter(app.test_client(), password="not this").text)

    threads = [Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(WRONG in text for text in answers) == 5
    assert sum("Too many tries" in text for text in answers) == 3


def test_waiting_doubles_up_to_an_hour():
    assert [wait_after(tries, 5).total_seconds() / 60 for tries in (0, 4, 5, 6, 7, 11, 99)] == [
        0,
        0,
        1,
        2,
        4,
        60,
        60,
    ]


@pytest.mark.parametrize(("after", "status"), [(timedelta(minutes=59), 200), (timedelta(minutes=61), 302)])
def test_a_sign_in_ends_when_nobody_is_there(client, person, after, status):
    enter(client)
    with on_day(TODAY + after):
        assert client.get("/account").status_code == status


def test_a_sign_in_ends_after_its_longest_time_whatever_happens(client, person):
    enter(client)
    for half_hours in range(1, 24):
        with on_day(TODAY + timedelta(minutes=30 * half_hours)):
            assert client.get("/account").status_code == 200
    with on_day(TODAY + timedelta(hours=12)):
        assert client.get("/account").status_code == 302


def test_sign_ins_are_listed_and_ended_one_by_one_or_all(app, client, person):
    windows = [app.test_client() for _ in range(3)]
    for window in windows:
        enter(window)
    listed = windows[0].get("/account/sign-ins").text
    assert listed.count("/account/sign-ins/") == 4
    assert listed.count("This one") == 1
    last = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    page = windows[0].get("/account/sign-ins")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    assert windows[0].post(f"/account/sign-ins/{last}/end", data={"csrf_token": token}).status_code == 302
    assert [window.get("/account").status_code for window in windows] == [200, 200, 302]
    stranger = app.test_client()
    assert windows[0].post("/account/sign-ins/999/end", data={"csrf_token": token}).status_code == 404
    windows[0].post("/account/sign-ins/end", data={"csrf_token": token})
    assert [window.get("/account").status_code for window in (*windows, stranger)] == [302] * 4


def test_a_changed_password_ends_the_other_sign_ins(app, client, person):
    other = app.test_client()
    enter(client)
    enter(other)
    values = {"present": PASSWORD, "password": "three unrelated words", "again": "three unrelated words"}
    refused = client.fill("/account/password", {**values, "present": "not this"})
    assert "This is not your present password" in refused.text
    assert "not the same" in client.fill("/account/password", {**values, "again": "x"}).text
    assert client.fill("/account/password", values).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert enter(other, password="three unrelated words").status_code == 302


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("eleven char", "at least 12 characters"),
        ("password12345", "easily guessed"),
        ("aaaaaaaaaaaaaaaa", "easily guessed"),
        ("012345678901234", "easily guessed"),
        ("priyanorthmoor1", "easily guessed"),
    ],
)
def test_a_weak_password_is_refused(password, told):
    with pytest.raises(RuleBroken, match=told):
        check_password(password, "Priya Lead", "priya@northmoor.example")
    check_password("three unrelated words", "Priya Lead", "priya@northmoor.example")


def test_a_breached_password_is_found_in_a_sorted_file(tmp_path):
    hashes = sorted(
        hashlib.sha1(f"known {number}".encode(), usedforsecurity=False).hexdigest().upper()
        for number in range(500)
    )
    file = tmp_path / "breached.txt"
    file.write_text("".join(f"{one}:{number}\n" for number, one in enumerate(hashes)))
    assert all(is_breached(f"known {number}", str(file)) for number in range(500))
    assert not any(is_breached(f"unknown {number}", str(file)) for number in range(500))
    file.write_text("")
    assert not is_breached("known 1", str(file))


def test_a_link_by_mail_leads_to_a_new_password_once_and_in_time(app, client, person, mailbox):
    page = client.fill("/password/forgotten", {"email": "Priya@northmoor.example"})
    wait_for(lambda: mailbox.messages)
    link = re.search(r"(/password/[\w-]+)", mailbox.to(person.email).get_content())[1]
    with on_day(TODAY + timedelta(minutes=61)):
        assert client.get(link).status_code == 404
    chosen = "three unrelated words"
    assert client.fill(link, {"password": "short", "again": "short"}).status_code == 400
    assert client.fill(link, {"password": chosen, "again": chosen}).status_code == 302
    assert client.get(link).status_code == 404
    assert enter(client, password=chosen).status_code == 302
    unknown = app.test_client().fill("/password/forgotten", {"email": "nobody@northmoor.example"})
    assert (unknown.status_code, page.status_code) == (200, 200)
    assert without_nonce(unknown.text).replace("nobody@", "Priya@") == without_nonce(page.text)
    time.sleep(0.2)
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("email", ["priya@northmoor.example", "nobody@northmoor.example"])
def test_links_by_mail_are_throttled_whether_there_is_such_an_account_or_not(client, person, mailbox, email):
    for _ in range(3):
        assert client.fill("/password/forgotten", {"email": email}).status_code == 200
    refused = client.fill("/password/forgotten", {"email": email})
    assert refused.status_code == 400
    assert "Too many tries. Try again at 11:01" in refused.text


def without_nonce(text: str) -> str:
    return re.sub(r'nonce="[^"]+"', "", text)


def wait_for(there) -> None:
    for _ in range(100):
        if there():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_where_no_mail_is_sent_the_page_says_who_helps(client, person):
    assert "Ask your administrator" in client.get("/password/forgotten").text
    assert db.session.scalars(select(EntryLink)).all() == []


@pytest.mark.parametrize(
    "place", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"]
)
def test_nobody_is_sent_to_another_site(client, person, place):
    answer = client.fill(f"/sign-in?next={place}", {"email": person.email, "password": PASSWORD})
    assert answer.location == "/"
