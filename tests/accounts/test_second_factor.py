"""The second factor: for whom it is compulsory, how it is set up, shown, replaced and reset."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from compliance.accounts import second_factors
from compliance.accounts.actions import give_role
from compliance.db import db
from compliance.models import AuditEvent
from compliance.permissions import needs_second_factor
from compliance.terms import Role
from tests.codes import code_of, equip
from tests.conftest import TODAY, on_day
from tests.factories import PASSWORD, changed

BEFORE = TODAY - timedelta(days=1)
NEEDING = {
    Role.ETHICS_OFFICER,
    Role.INTEGRITY_LEAD,
    Role.MISCONDUCT_OFFICER,
    Role.SIGNATORY,
    Role.ADMINISTRATOR,
}


def give_password(client, user):
    return client.fill("/sign-in", {"email": user.email, "password": PASSWORD})


def events() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.event).order_by(AuditEvent.seq)))


def test_it_is_compulsory_for_whoever_signs_reviews_sees_misconduct_or_opens_accounts():
    assert {role for role in Role if needs_second_factor(role)} == NEEDING


@pytest.mark.parametrize("role", Role)
def test_a_password_alone_opens_only_what_needs_no_more(client, make, role):
    user = make.user(role, make.tree()["npcc"])
    answer = give_password(client, user)
    if role in NEEDING:
        assert answer.location == "/account/second-factor?next=/"
        assert client.get("/account").location.startswith("/sign-in")
    else:
        assert client.get("/account").status_code == 200


def test_it_is_set_up_on_the_way_in_and_asked_for_from_then_on(app, client, make):
    user = make.user(Role.SIGNATORY, make.tree()["npcc"])
    page = client.get(give_password(client, user).location)
    assert "<svg" in page.text
    key = re.search(r"app-code\">([A-Z0-9 ]+)<", page.text)[1]
    wrong = client.send(page, {"code": "000000"})
    assert wrong.status_code == 400
    assert wrong.text.count(second_factors.WRONG) == 2
    codes = client.send(wrong, {"code": code_of(key, TODAY)}).text
    kept = re.findall(r"app-code\">([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})<", codes)
    assert len(set(kept)) == 8
    assert client.get("/account").status_code == 200
    other = app.test_client()
    assert give_password(other, user).location == "/sign-in/code?next=/"
    again = other.fill("/sign-in/code", {"code": code_of(key, TODAY)})
    assert again.status_code == 400, "a code is taken twice"
    with on_day(TODAY + timedelta(minutes=1)):
        assert other.fill(
            "/sign-in/code?next=/board", {"code": code_of(key, TODAY + timedelta(minutes=1))}
        ).location == ("/board")
        assert other.get("/account").status_code == 200
    assert "second_factor.set_up" in events()
    stored = (
        db.session.connection().exec_driver_sql('SELECT tf_totp_secret, mf_recovery_codes FROM "user"').all()
    )
    assert not any(key.replace(" ", "") in str(row) or kept[0] in str(row) for row in stored)


def test_a_recovery_code_lets_in_once(app, client, make):
    user = make.user(Role.SIGNATORY, make.tree()["npcc"])
    _key, codes = equip(user, BEFORE)
    give_password(client, user)
    assert client.fill("/sign-in/recovery-code", {"code": "0000-0000-0000"}).status_code == 400
    assert client.fill("/sign-in/recovery-code", {"code": codes[0].upper()}).status_code == 302
    assert "Codes left: 7" in client.get("/account").text
    other = app.test_client()
    give_password(other, user)
    assert other.fill("/sign-in/recovery-code", {"code": codes[0]}).status_code == 400


def test_codes_cannot_be_guessed_without_end(client, make):
    user = make.user(Role.SIGNATORY, make.tree()["npcc"])
    key, codes = equip(user, BEFORE)
    give_password(client, user)
    for _ in range(5):
        client.fill("/sign-in/code", {"code": "000000"})
    locked = client.fill("/sign-in/code", {"code": code_of(key, TODAY)})
    assert "Too many tries. Try again at 11:01" in locked.text
    assert "Too many tries" in client.fill("/sign-in/recovery-code", {"code": codes[0]}).text


def test_an_administrator_resets_it_and_the_record_says_who(client, make):
    tree = make.tree()
    user, boss = (
        make.user(Role.SIGNATORY, tree["npcc"]),
        make.user(Role.ADMINISTRATOR, tree["npcc"], name="Beth"),
    )
    equip(user, BEFORE)
    client.sign_in(boss)
    client.fill(f"/people/{user.id}/second-factor/reset")
    assert not second_factors.has_one(user)
    row = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "second_factor.reset")).one()
    assert (row.actor, row.subject) == (f"account {boss.id}", f"account {user.id}")
    own = client.fill(f"/people/{boss.id}/second-factor/reset")
    assert "Nobody does this to their own account" in own.text
    assert give_password(client, user).location.startswith("/account/second-factor")


def test_demonstration_accounts_may_go_without_while_it_is_a_demonstration(app, client, make, monkeypatch):
    user = changed(make.user(Role.SIGNATORY, make.tree()["npcc"]), demo=True)
    assert second_factors.is_needed(user)
    monkeypatch.setitem(app.config, "DEMO", True)
    assert give_password(client, user).location == "/"
    assert second_factors.is_needed(changed(user, demo=False))


def test_a_role_that_needs_one_ends_sign_ins_without(client, make):
    tree = make.tree()
    user = make.user(Role.AUDITOR, tree["npcc"])
    client.sign_in(user)
    assert client.get("/board").status_code == 200
    give_role(user, tree["npcc"], Role.SIGNATORY, from_on=TODAY.date(), until_on=None, by=None)
    assert client.get("/board").status_code == 302


def test_what_is_done_in_ones_own_name_asks_for_it_again(client, make):
    tree, period = make.tree(), make.period()
    statement = make.statement(tree["npcc"], period, make.user(Role.INTEGRITY_LEAD, tree["npcc"]))
    user = make.user(Role.SIGNATORY, tree["npcc"])
    address = f"/statements/{statement.reference}/sign"
    client.sign_in(user)
    assert client.get(address).status_code == 200, "who has none is not asked"
    key, _ = equip(user, BEFORE)
    for answer in (client.get(address), client.post(address, data={"csrf_token": "x"})):
        assert answer.status_code in (302, 400)
    confirm = client.get(address).location
    assert confirm == f"/account/confirm?next={address}"
    assert client.fill(confirm, {"code": "123456"}).status_code == 400
    assert client.fill(confirm, {"code": code_of(key, TODAY)}).location == address
    assert client.get(address).status_code == 200
    with on_day(TODAY + timedelta(minutes=11)):
        assert client.get(address).status_code == 302
