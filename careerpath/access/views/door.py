"""Signing in and out, and changing one's own password."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careerpath.access.forms.door import PasswordForm, SignInForm
from careerpath.access.operations import sign_ins
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, current_token, enter, leave, needs
from careerpath.core.passwords import MINIMUM_LENGTH
from careerpath.core.web.errors import answer
from careerpath.core.web.language import say
from careerpath.core.web.paths import safe_path
from careerpath.words import Refused, msg

blueprint = Blueprint("access", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@needs(Permission.OPEN)
def sign_in() -> ResponseReturnValue:
    """The page at the door."""
    form = SignInForm(next=request.args.get("next"))
    status = 200
    if form.validate_on_submit():
        agent = request.user_agent.string
        try:
            token = sign_ins.sign_in(current_actor(), form.name.data, form.password.data, agent)
        except sign_ins.TooManyTries as refusal:
            return answer(429, refusal.message)
        if token is not None:
            enter(token)
            return redirect(safe_path(form.next.data, url_for("dashboard.home")))
        minutes, count = sign_ins.LOCK_MINUTES, sign_ins.FAILURES_BEFORE_LOCK
        form.refuse(
            Refused(
                msg(
                    "账号或密码不正确。连续 %(count)s 次失败后账号锁定 %(minutes)s 分钟。", count=count, minutes=minutes
                )
            )
        )
        status = 401
    elif request.method == "POST":
        status = 422
    accounts = current_app.extensions.get("careerpath.demo_accounts", ())
    return render_template("access/sign-in.html", form=form, accounts=accounts), status


@blueprint.post("/sign-out")
@needs(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    sign_ins.sign_out(current_actor(), current_token())
    leave()
    flash(say(msg("您已安全退出。")), "success")
    return redirect(url_for("access.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
@needs(Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Change one's own password; forced after the first sign-in."""
    form = PasswordForm()
    status = 200
    if form.validate_on_submit():
        given = form.given()
        try:
            if given.new != form.again.data:
                raise Refused(msg("两次输入的新密码不一致，请重新输入。"), field="again")
            sign_ins.change_password(current_actor(), given.current, given.new, current_token())
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
        else:
            flash(say(msg("密码已修改，其他浏览器上的登录已全部结束。")), "success")
            return redirect(url_for("dashboard.home"))
    elif request.method == "POST":
        status = 422
    return render_template(
        "access/password.html", form=form, forced=current_user.must_change_password, minimum=MINIMUM_LENGTH
    ), status
