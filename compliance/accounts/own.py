"""A person's own account: password, second factor, and where they are signed in."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance.accounts import passwords, queries, second_factors, sign_ins
from compliance.accounts.entry import onward
from compliance.accounts.entry_forms import ChangePasswordForm, CodeForm
from compliance.forms import Form, question
from compliance.guard import asks_second_factor, public, signed_in
from compliance.rules.broken import RuleBroken
from compliance.rules.sign_in import browser_named

bp = Blueprint("own", __name__)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's password; sign-ins at other browsers end."""
    form = ChangePasswordForm()
    if form.submitted_and_valid():
        try:
            passwords.change(g.user, form.present.data, form.chosen(), request.remote_addr)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Password changed. Other browsers are signed out")
            return redirect(url_for("accounts.account"))
    return question("entry/change_password.html", form, back=url_for("accounts.account"))


@bp.route("/account/second-factor", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Set up a second factor, on the way in or from one's account."""
    person = g.user or g.arriving
    if person is None or (g.arriving and second_factors.has_one(person)):
        return redirect(url_for("entry.sign_in"))
    return with_key() if g.arriving else replace()


@asks_second_factor
def replace() -> ResponseReturnValue:
    """Somebody who is in sets one up, or another in place of the one they have."""
    return with_key()


def with_key() -> ResponseReturnValue:
    """Show a key, and keep it once a code shows that the app has it."""
    person = g.user or g.arriving
    key = session.setdefault("second_factor_key", second_factors.new_key())
    form = CodeForm()
    if form.submitted_and_valid():
        try:
            codes = second_factors.set_up(person, key, form.code.data, by=person)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            session.pop("second_factor_key")
            if g.arriving:
                sign_ins.open_up(g.sign_in)
                g.user = person
            return render_template("entry/recovery_codes.html", codes=codes, next=onward())
    return question(
        "entry/set_up.html",
        form,
        key=second_factors.readable(key),
        picture=second_factors.picture(person, key),
        needed=bool(g.arriving),
        back=url_for("entry.sign_in" if g.arriving else "accounts.account"),
    )


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
@asks_second_factor
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes in place of those before."""
    if not second_factors.has_one(g.user):
        return redirect(url_for("accounts.account"))
    form = Form()
    if form.submitted_and_valid():
        codes = second_factors.new_recovery_codes(g.user)
        return render_template("entry/recovery_codes.html", codes=codes, next=url_for("accounts.account"))
    return question("entry/new_codes.html", form, back=url_for("accounts.account"))


@bp.route("/account/confirm", methods=["GET", "POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    """Show the second factor once more, before something that is done in one's own name."""
    if not second_factors.has_one(g.user):
        return redirect(onward())
    form = CodeForm()
    if form.submitted_and_valid():
        try:
            second_factors.show(g.user, form.code.data)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            sign_ins.confirm(g.sign_in)
            return redirect(onward())
    return question("entry/confirm.html", form, back=url_for("accounts.account"))


@bp.route("/account/sign-ins")
@signed_in
def where() -> ResponseReturnValue:
    """Where somebody is signed in now."""
    return render_template(
        "entry/where.html", rows=queries.open_sign_ins(g.user), here=g.sign_in.id, named=browser_named
    )


@bp.route("/account/sign-ins/<int:number>/end", methods=["POST"])
@signed_in
def end_one(number: int) -> ResponseReturnValue:
    """Sign out at one browser."""
    rows = [row for row in queries.open_sign_ins(g.user) if row.id == number]
    if not rows:
        raise NotFound
    sign_ins.end(rows, by=g.user)
    flash("Signed out there")
    return redirect(url_for(".where"))


@bp.route("/account/sign-ins/end", methods=["POST"])
@signed_in
def end_all() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    sign_ins.end(queries.open_sign_ins(g.user), by=g.user)
    session.clear()
    flash("Signed out everywhere")
    return redirect(url_for("entry.sign_in"))
