"""The way in and out: password, second factor, a forgotten password, an invitation."""

import re

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from compliance.accounts import links, passwords, queries, second_factors, sign_ins, single_sign_on, throttle
from compliance.accounts.entry_forms import CodeForm, ForgottenForm, PasswordForm, RecoveryForm, SignInForm
from compliance.errors import failed
from compliance.forms import question
from compliance.guard import public
from compliance.models import User
from compliance.rules.broken import RuleBroken
from compliance.terms import SignInWay

bp = Blueprint("entry", __name__)

# An address of this service: no other host by two slashes, and nothing that a browser would leave out of it.
OURS = re.compile(r"/(?![/\\]|sign-in)[^\s\\\x00-\x1f\x7f]*")


def onward() -> str:
    """The page of this service that somebody wanted to see before they signed in; else the first page."""
    wanted = request.args.get("next", "")
    return wanted if OURS.fullmatch(wanted) else url_for("accounts.home")


def let_in(user: User, way: SignInWay, *, proven: bool = False, to: str = "") -> ResponseReturnValue:
    """Sign somebody in, or ask for their second factor first."""
    to = to or onward()
    owes = not proven and (second_factors.has_one(user) or second_factors.is_needed(user))
    sign_ins.begin(user, way, opened=not owes)
    if not owes:
        return redirect(to)
    page = ".code" if second_factors.has_one(user) else "own.set_up"
    return redirect(url_for(page, next=to))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Address and password, or the force's own account."""
    form = SignInForm()
    if form.submitted_and_valid():
        try:
            local = single_sign_on.is_local(form.email.data)
            user = passwords.take(form.email.data, form.password.data, request.remote_addr, allowed=local)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return let_in(user, SignInWay.PASSWORD)
    shown = {"offered": single_sign_on.is_offered(), "off": bool(current_app.config["BREAK_GLASS"])}
    return question("entry/sign_in.html", form, **shown, next=onward())


@bp.route("/sign-out", methods=["POST"])
@public
def sign_out() -> ResponseReturnValue:
    """End this sign-in."""
    if g.sign_in:
        sign_ins.end([g.sign_in], by=g.sign_in.user)
    session.clear()
    return redirect(url_for("accounts.home"))


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The code of the authenticator app, after the password."""
    if not g.arriving or not second_factors.has_one(g.arriving):
        return redirect(url_for(".sign_in"))
    form = CodeForm()
    if form.submitted_and_valid():
        try:
            second_factors.show(g.arriving, form.code.data)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            sign_ins.open_up(g.sign_in)
            return redirect(onward())
    return question("entry/code.html", form, next=onward(), back=url_for(".sign_in"))


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@public
def recovery() -> ResponseReturnValue:
    """A recovery code in place of the app."""
    if not g.arriving or not second_factors.has_one(g.arriving):
        return redirect(url_for(".sign_in"))
    form = RecoveryForm()
    if form.submitted_and_valid():
        try:
            left = second_factors.use_recovery_code(g.arriving, form.code.data)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            sign_ins.open_up(g.sign_in)
            flash(f"Recovery code used. Codes left: {left}. You can make new ones under Account")
            return redirect(onward())
    return question("entry/recovery.html", form, back=url_for(".code", next=onward()))


@bp.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    if form.submitted_and_valid():
        try:
            throttle.begin_try(throttle.by_link(form.email.data), throttle.by_address(request.remote_addr))
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            links.send_later(form.email.data)
            return render_template("entry/sent.html", email=form.email.data)
    if not current_app.config["SMTP_HOST"]:
        return render_template("entry/no_mail.html")
    return question("entry/forgotten.html", form, back=url_for(".sign_in"))


@bp.route("/password/<token>", methods=["GET", "POST"])
@public
def choose(token: str) -> ResponseReturnValue:
    """Choose a password by a link from an invitation or a mail."""
    link = queries.link_of(sign_ins.sha256(token))
    if link is None:
        return failed(404, f"{links.USED}.")
    form = PasswordForm()
    if form.submitted_and_valid():
        try:
            passwords.choose(link, form.chosen())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Password saved. Sign in with it")
            return redirect(url_for(".sign_in"))
    return question("entry/choose.html", form, owner=link.user, back=url_for(".sign_in"))
