"""My own sign-ins."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.operations import sign_ins as operations
from careerpath.access.permissions import Permission
from careerpath.access.queries import accounts as queries
from careerpath.access.session import current_actor, current_token, leave, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.words import msg

blueprint = Blueprint("own", __name__, url_prefix="/my")


@blueprint.get("/sign-ins")
@needs(Permission.SIGNED_IN)
def sign_ins() -> ResponseReturnValue:
    """Where I am and was signed in."""
    here = operations.token_hash(current_token())
    rows = [
        (sign_in, queries.is_open(sign_in), sign_in.token_hash == here)
        for sign_in in queries.own_sign_ins(current_actor())
    ]
    return render_template("access/sign-ins.html", rows=rows, office_time=clock.office_time)


@blueprint.post("/sign-ins/<int:sign_in_id>/end")
@needs(Permission.SIGNED_IN)
def end(sign_in_id: int) -> ResponseReturnValue:
    """End one of my sign-ins."""
    if operations.end_sign_in(current_actor(), sign_in_id) == operations.token_hash(current_token()):
        leave()
        return redirect(url_for("access.sign_in"))
    flash(say(msg("这次登录已结束。")), "success")
    return redirect(url_for("own.sign_ins"))


@blueprint.post("/sign-ins/end-others")
@needs(Permission.SIGNED_IN)
def end_others() -> ResponseReturnValue:
    """End all my sign-ins but this one."""
    count = operations.end_other_sign_ins(current_actor(), current_token())
    flash(say(msg("已结束其他 %(count)s 次登录。", count=count)), "success")
    return redirect(url_for("own.sign_ins"))
