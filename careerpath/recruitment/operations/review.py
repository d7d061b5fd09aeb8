"""Who may take part: two people look at each application, then the review is closed; a third look before interviews."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.operations.papers import read_reason as read_reason_of_look
from careerpath.employees.queries.papers import Download
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    EligibilityReview,
    Examinee,
    RecruitmentBatch,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.operations.notes import impersonal
from careerpath.recruitment.operations.steps import batch_in, check_state, move_on
from careerpath.recruitment.queries.advice import advice_kept, advice_on, bonus_items, in_words, reckoned_on
from careerpath.recruitment.queries.application import find_paper
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.reviewing import counts_of, first_reviews, hindrances, is_overdue
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.sealed import kept_file
from careerpath.recruitment.queries.words import APPLICATION_STATES, VERDICTS
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_VERDICT = 400
MOST_AT_ONCE = 500
MOST_NAMED = 10
"""Applications that a refusal names; more are counted."""

REVIEWED = (ApplicationState.FIRST_REVIEWED, ApplicationState.ADMITTED, ApplicationState.REJECTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reviewer found.

    ``checked``: the conditions in words by code; somebody who passes meets those that are not given. ``bonus``: the
    items granted out of those asked for; without it what the first reviewer granted, or else all that was asked for.
    ``version``: that of the application as the reviewer saw it.
    """

    verdict: Verdict
    reason: str = ""
    checked: Mapping[str, bool] = field(default_factory=dict)
    bonus: tuple[str, ...] | None = None
    version: int | None = None


@operation(Permission.RECRUITMENT_REVIEW)
def review_application(actor: Actor, application_id: int, given: Finding) -> ApplicationState:
    """Keep what a reviewer found; gives where the application stands then.

    The first look leads to the second, which another account takes and which decides. Either may send the application
    back to be completed. Refuses the same account twice, a failing or returning verdict, one against the advice and
    one that differs from the first without a reason, and anything after the review is closed. Once applications have
    closed, one that was not completed is reviewed as it stands. Raises ``Conflict`` for one that was changed meanwhile.
    """
    batch, application = _held(actor, application_id, BatchState.PUBLISHED)
    if given.version is not None and given.version != application.version:
        raise Conflict(
            msg("这份报名刚刚被修改或审查过，请核对最新内容后再提交审查意见。"),
            typed={"verdict": given.verdict, "reason": given.reason},
            current={"state": application.state},
        )
    first = first_reviews([application]).get(application.id)
    session_add(_judge(actor, _Rules.of(batch), application, first, given))
    return application.state


@operation(Permission.RECRUITMENT_REVIEW)
def review_applications(actor: Actor, batch_id: int, application_ids: Sequence[int], given: Finding) -> int:
    """Keep one finding for many applications, all or none; gives how many.

    Only what needs no second thought passes in bulk: the advice finds it eligible, no bonus waits to be judged, and
    the first reviewer passed it too. The refusal names the others by number.
    """
    near_batch(actor, batch_id, Permission.RECRUITMENT_REVIEW)
    batch = _shared(batch_id, BatchState.PUBLISHED)
    wanted = sorted(set(application_ids))
    if not wanted:
        raise Refused(msg("请先勾选报名人员。"), field="ids")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(msg("一次最多办理 %(most)s 人，请分批勾选。", most=MOST_AT_ONCE), field="ids")
    query = visible(actor, Application, Permission.RECRUITMENT_REVIEW).where(
        Application.batch_id == batch.id, Application.id.in_(wanted), Application.state != ApplicationState.DRAFT
    )
    found = db.session.scalars(query.order_by(Application.id).with_for_update()).all()
    if len(found) != len(wanted):
        raise NotFound
    rules, firsts = _Rules.of(batch), first_reviews(found)
    if given.verdict is Verdict.PASSED:
        _refuse_doubtful(rules, found, firsts, given)
    session_add(*[_judge(actor, rules, one, firsts.get(one.id), given) for one in found])
    return len(found)


@operation(Permission.RECRUITMENT_REVIEW)
def reopen_review(actor: Actor, application_id: int, reason: str) -> None:
    """Review an application anew from the first look, for a reason; until the review is closed."""
    _, application = _held(actor, application_id, BatchState.PUBLISHED)
    if application.state not in REVIEWED:
        raise Refused(
            msg(
                "报名 %(number)s 现为“%(state)s”，无需重新审查。",
                number=application.number,
                state=APPLICATION_STATES[application.state],
            )
        )
    audit.note(impersonal(application, read_reason(reason)))
    application.state = ApplicationState.SUBMITTED
    application.checked, application.bonus_granted = {}, []


@operation(Permission.RECRUITMENT_DECIDE)
def close_review(actor: Actor, batch_id: int) -> int:
    """Close the review once applications have closed; gives how many may take part.

    Refuses while anybody waits, naming everything that still hinders it.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.PUBLISHED)
    found = hindrances(batch)
    if found:
        raise Refused(msg("还不能结束资格审查：%(why)s", why="；".join(str(one).rstrip("。") for one in found) + "。"))
    move_on(actor, batch, BatchState.EXAM)
    return counts_of(batch.id)[ApplicationState.ADMITTED]


@operation(Permission.RECRUITMENT_REVIEW)
def recheck_candidate(actor: Actor, application_id: int, held: bool, reason: str = "") -> None:
    """Keep whether the papers of somebody on the shortlist held before the interview; who fails needs a reason."""
    batch, application = _held(actor, application_id, BatchState.INTERVIEW)
    examinee = db.session.scalars(select(Examinee).where(Examinee.application_id == application.id)).one_or_none()
    if examinee is None or not examinee.shortlisted or application.state is not ApplicationState.ADMITTED:
        raise Refused(msg("“%(name)s”不在面试人选中，无需资格复审。", name=application.name))
    said = " ".join(reason.split())
    if not held or said:
        said = read_reason(reason, most=LONGEST_VERDICT)
    verdict = Verdict.PASSED if held else Verdict.FAILED
    session_add(_Rules.of(batch).review(actor, application, ReviewStage.BEFORE_INTERVIEW, verdict, said))
    examinee.rechecked = held


@operation(Permission.IDENTITY_REVEAL)
def reveal_application_paper(actor: Actor, application_id: int, paper_id: int, reason: str) -> Download:
    """A paper that shows an identity number, for a reason that stays in the trail."""
    application = fetch(actor, Application, application_id, Permission.IDENTITY_REVEAL)
    if application.state is ApplicationState.DRAFT:
        raise NotFound
    paper = find_paper(application.id, paper_id)
    audit.note(impersonal(application, f"{paper.code}，{read_reason_of_look(reason)}"))
    return Download(paper.name, paper.media_type, kept_file(paper.file_key, application.uid))


def _held(actor: Actor, application_id: int, *states: BatchState) -> tuple[RecruitmentBatch, Application]:
    """A batch in one of these states and an application that was handed in, locked in this order."""
    permission = Permission.RECRUITMENT_REVIEW
    query = visible(actor, Application, permission).where(
        Application.id == application_id, Application.state != ApplicationState.DRAFT
    )
    batch_id = db.session.scalar(query.with_only_columns(Application.batch_id))
    if batch_id is None:
        raise NotFound
    return _shared(batch_id, *states), fetch(actor, Application, application_id, permission, lock=True)


def _shared(batch_id: int, *states: BatchState) -> RecruitmentBatch:
    """A batch that reviewers hold together: whoever closes the review waits for them, and they for the closing."""
    query = select(RecruitmentBatch).where(RecruitmentBatch.id == batch_id).with_for_update(read=True)
    batch = db.session.scalars(query).one()
    check_state(batch, *states)
    return batch


@dataclass(frozen=True, slots=True)
class _Rules:
    """A batch with its rules and the day on which they are asked."""

    batch: RecruitmentBatch
    edition: RecruitmentEdition
    on: date

    @classmethod
    def of(cls, batch: RecruitmentBatch) -> "_Rules":
        return cls(batch, rules_of(batch), reckoned_on(batch))

    def review(
        self, actor: Actor, application: Application, stage: ReviewStage, verdict: Verdict, reason: str
    ) -> EligibilityReview:
        """The look as it is kept, with the advice that it was taken under."""
        advice = advice_on(self.edition, application, self.on)
        return EligibilityReview(
            application_id=application.id,
            stage=stage,
            verdict=verdict,
            reason=reason,
            eligible=advice.eligible,
            advice=advice_kept(self.edition, application.groups, advice),
            user_id=actor.user_id,
            by=actor.display_name,
            at=clock.now(),
        )


def _judge(
    actor: Actor, rules: _Rules, application: Application, first: EligibilityReview | None, given: Finding
) -> EligibilityReview:
    """Let an application stand where a finding puts it; gives the look as it is to be kept."""
    stage = _stage(rules, application)
    second = stage is ReviewStage.SECOND
    if second and first is not None:
        _refuse_same(actor, application, first)
    reason = " ".join(given.reason.split())
    if len(reason) > LONGEST_VERDICT:
        raise Refused(
            msg("理由最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_VERDICT, now=len(reason)),
            field="reason",
        )
    checked = _checked(rules, application, given)
    settled = second and first is not None and first.verdict is Verdict.PASSED
    granted = _granted(rules, application, given, settled=settled)
    advice = advice_on(rules.edition, application, rules.on, checked)
    if not reason:
        _refuse_silence(application, first if second else None, given.verdict, advice.eligible)
    application.checked = checked
    if given.verdict is Verdict.RETURNED:
        application.state = ApplicationState.RETURNED
    elif second:
        passed = given.verdict is Verdict.PASSED
        application.state = ApplicationState.ADMITTED if passed else ApplicationState.REJECTED
        application.bonus_granted = granted if passed else []
    else:
        application.state = ApplicationState.FIRST_REVIEWED
        application.bonus_granted = granted if given.verdict is Verdict.PASSED else []
    return rules.review(actor, application, stage, given.verdict, reason)


def _stage(rules: _Rules, application: Application) -> ReviewStage:
    state = application.state
    if state is ApplicationState.SUBMITTED or is_overdue(state, rules.batch):
        return ReviewStage.FIRST
    if state is ApplicationState.FIRST_REVIEWED:
        return ReviewStage.SECOND
    raise Refused(
        msg(
            "报名 %(number)s 现为“%(state)s”，不在待审查之列，请刷新页面后核对。",
            number=application.number,
            state=APPLICATION_STATES[state],
        )
    )


def _refuse_same(actor: Actor, application: Application, first: EligibilityReview) -> None:
    if first.user_id == actor.user_id:
        raise Refused(
            msg(
                "报名 %(number)s 已由%(by)s于 %(on)s 初审，复审须由另一人办理，请转给同事。",
                number=application.number,
                by=first.by,
                on=clock.office_time(first.at).date(),
            )
        )


def _refuse_silence(
    application: Application, first: EligibilityReview | None, verdict: Verdict, eligible: bool | None
) -> None:
    """Refuse a verdict without a reason where it needs one."""
    if verdict is Verdict.RETURNED:
        raise Refused(msg("退回补正须写明需要补正什么。"), field="reason")
    if verdict is Verdict.FAILED:
        raise Refused(msg("审查不合格须写明理由。"), field="reason")
    if first is not None and first.verdict is not verdict:
        raise Refused(
            msg(
                "报名 %(number)s 初审为“%(first)s”，复审意见与之不同，请写明理由。",
                number=application.number,
                first=VERDICTS[first.verdict],
            ),
            field="reason",
        )
    if eligible is False:
        raise Refused(
            msg("按公告条件比对，报名 %(number)s 不符合条件；仍认定合格的，请写明理由。", number=application.number),
            field="reason",
        )


def _checked(rules: _Rules, application: Application, given: Finding) -> dict[str, bool]:
    """What is known of the conditions in words then."""
    codes = [one.code for one in in_words(rules.edition, application.groups)]
    unknown = [code for code in given.checked if code not in codes]
    if unknown:
        raise Refused(msg("本批公告没有“%(code)s”这一条件，请刷新页面。", code=unknown[0]), field="checked")
    if given.verdict is Verdict.PASSED:
        return {code: given.checked.get(code, True) for code in codes}
    return {**application.checked, **given.checked}


def _granted(rules: _Rules, application: Application, given: Finding, *, settled: bool) -> list[str]:
    """The bonus items granted then; ``settled``: the first reviewer has looked at them."""
    if given.bonus is None:
        return list(application.bonus_granted if settled else application.bonus)
    known = {item.code: item.name for item in bonus_items(rules.edition, given.bonus)}
    for code in given.bonus:
        if code not in known:
            raise Refused(msg("本批公告没有“%(code)s”这一加分项，请核对。", code=code), field="bonus")
        if code not in application.bonus:
            raise Refused(
                msg(
                    "报名 %(number)s 没有申报“%(item)s”加分，不能认定。",
                    number=application.number,
                    item=known[code],
                ),
                field="bonus",
            )
    return [code for code in application.bonus if code in given.bonus]


def _refuse_doubtful(
    rules: _Rules,
    applications: Iterable[Application],
    firsts: Mapping[int, EligibilityReview],
    given: Finding,
) -> None:
    """Refuse what may not pass in bulk, naming it by number and by cause."""
    doubts: dict[str, list[str]] = defaultdict(list)
    for one in applications:
        first = firsts.get(one.id)
        if advice_on(rules.edition, one, rules.on, _checked(rules, one, given)).eligible is not True:
            doubts["advice"].append(one.number)
        elif one.state is ApplicationState.SUBMITTED and one.bonus and given.bonus is None:
            doubts["bonus"].append(one.number)
        elif one.state is ApplicationState.FIRST_REVIEWED and first and first.verdict is not Verdict.PASSED:
            doubts["first"].append(one.number)
    for why, numbers in doubts.items():
        raise Refused(
            replace(_DOUBTS[why], values={"numbers": _named(numbers)}),
            field="ids",
        )


_DOUBTS = {
    "advice": msg("条件比对结果不是“符合”的须逐人审查：%(numbers)s。"),
    "bonus": msg("申报了加分的须逐人审查认定：%(numbers)s。"),
    "first": msg("初审不合格的须逐人复审：%(numbers)s。"),
}


def _named(numbers: Collection[str]) -> str:
    listed = "、".join(list(numbers)[:MOST_NAMED])
    return listed if len(numbers) <= MOST_NAMED else f"{listed}…（{len(numbers)}）"
