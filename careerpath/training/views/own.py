"""A worker's own training: what is open, signing in, the papers, what one thinks of a class."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.forms.fields import code_name
from careerpath.employees.views.room import attempt
from careerpath.policy.reason import show
from careerpath.policy.training import Tier
from careerpath.training.forms.classes import RATINGS, CodeForm, RatingForm
from careerpath.training.operations import attendance, enrolments
from careerpath.training.queries.own import own_training as training_of
from careerpath.training.queries.papers import own_class_paper
from careerpath.training.views.papers import hand_out
from careerpath.training.views.room import blueprint
from careerpath.words import Message, Refused, msg

WRONG_CODE = msg("签到码不对，或不在签到时间内（开始前 30 分钟至结束），请核对现场公布的签到码。")
ONE = "/own/classes/<int:class_id>"


@blueprint.get("/own")
@needs(Permission.OWN_GROWTH)
def own_training() -> ResponseReturnValue:
    """One's own training, phone first."""
    return _own(CodeForm(formdata=None))


@blueprint.post("/own/sign-in")
@needs(Permission.OWN_GROWTH)
def sign_in() -> ResponseReturnValue:
    """Sign in with the code on the wall."""
    actor, form = current_actor(), CodeForm()
    found: list[attendance.SignedIn | None] = []
    if attempt(form, lambda: found.append(attendance.sign_in_to_class(actor, form.code.data))):
        signed = found[0]
        if signed is not None:
            words = msg("您已签到，无需重复。") if signed.again else msg("“%(name)s”签到成功。", name=signed.class_name)
            return _done(words)
        form.refuse(
            Refused(msg("签到码不对，或不在签到时间内（开始前 30 分钟至结束），请核对现场公布的签到码。"), field="code")
        )
    return _own(form)


@blueprint.post(f"{ONE}/<any(enrol,withdraw):act>")
@needs(Permission.OWN_GROWTH)
def own_class(class_id: int, act: str) -> ResponseReturnValue:
    """Put oneself into a class, or step back before it begins."""
    actor = current_actor()
    try:
        if act == "enrol":
            enrolments.enrol_oneself(actor, class_id)
        else:
            enrolments.withdraw_oneself_from_class(actor, class_id, request.form.get("reason", ""))
    except Refused as refusal:
        return _own(CodeForm(formdata=None), refusal)
    return _done(msg("已报名。名额已满时列为候补，有空额自动递补。") if act == "enrol" else msg("已退出。"))


@blueprint.post(f"{ONE}/rating")
@needs(Permission.OWN_GROWTH)
def rate_class(class_id: int) -> ResponseReturnValue:
    """Say what one thinks of a class."""
    actor, form = current_actor(), RatingForm()
    if attempt(
        form, lambda: attendance.rate_own_class(actor, class_id, int(form.rating.data), form.comment.data or "")
    ):
        return _done(msg("评价已提交，只汇总公布，不显示姓名。"))
    return _own(CodeForm(formdata=None), Refused(msg("%(fault)s", fault=form.faults()[0][1])))


@blueprint.get("/own/papers/<int:class_paper_id>")
@needs(Permission.OWN_GROWTH)
def own_paper(class_paper_id: int) -> ResponseReturnValue:
    """A paper of one's own class."""
    return hand_out(own_class_paper(current_actor(), class_paper_id))


def _own(form: CodeForm, problem: Refused | None = None) -> ResponseReturnValue:
    page = training_of(current_actor())
    tiers = page.needs.by_tier if page else ()
    needs = page.needs.needs if page else ()
    shown = render_template(
        "training/own.html",
        page=page,
        form=form,
        ratings=RATINGS,
        problem=problem,
        tier_figures=[(code_name(Tier, tier.value), show(days), msg("天")) for tier, days in tiers],
        need_lines=[("met" if one.is_met else "open", one.reason.message, None) for one in needs],
    )
    return shown, 422 if problem or form.is_submitted() else 200


def _done(done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("training.own_training"))
