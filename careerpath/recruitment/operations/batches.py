"""A batch as a whole: planned, published with its rules frozen, moved in its days, cancelled, concluded."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import and_, exists, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.recruitment import Outcome, RecruitmentEdition, Stage
from careerpath.recruitment.models import (
    Application,
    Appointment,
    BatchState,
    BatchStep,
    Departure,
    ListLine,
    Objection,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.positions import check_groups
from careerpath.recruitment.operations.steps import batch_in, check_state, move_on
from careerpath.recruitment.queries.rules import rules_named
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Conflict, Message, Refused, msg

MOST_MONTHS = 60
"""The longest that particulars of unsuccessful applicants may be kept."""

LONGEST_REASON = 200
LENGTHS: Mapping[str, tuple[Message, int]] = {
    "name": (msg("批次名称"), 40),
    "title": (msg("公告标题"), 120),
    "written_time": (msg("笔试时间"), 40),
    "contact": (msg("咨询方式"), 120),
}
DAYS: Mapping[str, Message] = {
    "announced_on": msg("公告发布日"),
    "opens_on": msg("报名开始日"),
    "closes_on": msg("报名截止日"),
    "written_on": msg("笔试日期"),
    "interview_on": msg("面试日期"),
}
"""The days of a batch in the order in which they follow each other."""

SAME_DAY = frozenset({("announced_on", "opens_on"), ("opens_on", "closes_on")})
"""Pairs of days of which the second may be the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What the district decides when it plans a batch; days may be left open until publication."""

    name: str
    title: str
    year: int
    edition_key: str
    vacancies_on: date
    announced_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    """The last day of applications, included."""
    written_on: date | None = None
    written_time: str = ""
    interview_on: date | None = None
    public: bool = True
    keep_months: int = 6
    contact: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDays:
    """The days of a published batch as they are to be from now on, and why."""

    closes_on: date
    written_on: date | None
    written_time: str
    interview_on: date | None
    reason: str


@operation(Permission.RECRUITMENT_PLAN)
def plan_batch(actor: Actor, unit_id: int, given: BatchPlan) -> int:
    """Plan a batch of a district; gives its id. Refuses a name that is taken and days out of order."""
    unit = fetch_unit(actor, unit_id, Permission.RECRUITMENT_PLAN, lock=True)
    if unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("招聘批次由区（县）拟定，请选择区（县）级单位。"), field="unit_id")
    _check_plan(unit, given)
    batch = RecruitmentBatch(unit_id=unit.id, **asdict(given))
    session_add(batch)
    move_on(actor, batch, BatchState.PLANNED)
    return batch.id


@operation(Permission.RECRUITMENT_PLAN)
def change_plan(actor: Actor, batch_id: int, given: BatchPlan, version: int) -> None:
    """Change what is planned. Refused once the rules are frozen; ``Conflict`` where somebody else was first."""
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_PLAN, lock=True)
    _check_unfrozen(batch)
    _check_version(batch, given, version)
    unit = fetch_unit(actor, batch.unit_id, Permission.RECRUITMENT_PLAN)
    _check_plan(unit, given, batch)
    check_groups(rules_named(given.edition_key), positions_of(batch))
    for name, value in asdict(given).items():
        setattr(batch, name, value)


@operation(Permission.RECRUITMENT_PLAN)
def drop_batch(actor: Actor, batch_id: int) -> None:
    """Take a planned batch back, with its positions. What has been published is cancelled instead."""
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_PLAN, BatchState.PLANNED)
    steps = db.session.scalars(select(BatchStep).where(BatchStep.batch_id == batch.id))
    for record in (*positions_of(batch), *steps):
        db.session.delete(record)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(batch)


@operation(Permission.RECRUITMENT_PLAN)
def publish_batch(actor: Actor, batch_id: int, document: str) -> tuple[Message, ...]:
    """Publish the notice: the rules are frozen as the rulebook has them now, and applications come in.

    Needs positions and days in order. Gives what labour law forbids in the contracts that the rules provide for.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_PLAN, BatchState.PLANNED)
    document = document.strip()
    if not document:
        raise Refused(msg("请填写公告的文号或编号，公告和各项名单都要引用。"), field="document")
    if len(document) > 120:
        raise Refused(msg("文号最多 %(most)s 个字，请缩短。", most=120), field="document")
    edition = rules_named(batch.edition_key)
    check_publishable(batch, positions_of(batch), edition, clock.today())
    batch.document = document
    batch.edition = to_plain(edition)
    move_on(actor, batch, BatchState.PUBLISHED)
    return edition.warnings(begins_about(batch))


@operation(Permission.RECRUITMENT_PLAN)
def change_days(actor: Actor, batch_id: int, given: NewDays, version: int) -> None:
    """Move days of a published batch, with a reason that stays. The last day of applications only moves back.

    Raises ``Conflict`` where somebody else was first.
    """
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_PLAN, lock=True)
    check_state(batch, BatchState.PUBLISHED, BatchState.EXAM, BatchState.INTERVIEW)
    _check_version(batch, given, version)
    reason = _reason(given.reason)
    moved = {name: value for name, value in asdict(given).items() if name != "reason" and value != getattr(batch, name)}
    if not moved:
        raise Refused(msg("日程没有变化，无需调整。"))
    _check_moved(batch, moved)
    _check_length("written_time", given.written_time)
    days = {"announced_on": batch.announced_on, "opens_on": batch.opens_on} | asdict(given)
    _check_order(days)
    for name, value in moved.items():
        setattr(batch, name, value)
    move_on(actor, batch, batch.state, reason)


@operation(Permission.RECRUITMENT_PLAN)
def cancel_batch(actor: Actor, batch_id: int, reason: str) -> None:
    """Cancel a batch that has not come to the public notice; applications stay until they are purged."""
    batch = batch_in(
        actor,
        batch_id,
        Permission.RECRUITMENT_PLAN,
        BatchState.PLANNED,
        BatchState.PUBLISHED,
        BatchState.EXAM,
        BatchState.INTERVIEW,
        BatchState.CHECKS,
    )
    batch.concluded_on = clock.today()
    move_on(actor, batch, BatchState.CANCELLED, _reason(reason))


@operation(Permission.RECRUITMENT_PLAN)
def conclude_batch(actor: Actor, batch_id: int) -> None:
    """Conclude a batch. Refuses while somebody proposed is neither appointed nor gone, or an objection waits."""
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_PLAN, BatchState.NOTICE)
    waiting = list(
        db.session.scalars(
            select(Application.name)
            .join(ListLine, and_(ListLine.application_id == Application.id, ListLine.stage == Stage.FINAL))
            .where(
                ListLine.batch_id == batch.id,
                ListLine.outcome == Outcome.PROPOSED,
                ~exists().where(Appointment.application_id == Application.id),
                ~exists().where(Departure.application_id == Application.id),
            )
            .order_by(ListLine.id)
        )
    )
    if waiting:
        raise Refused(
            msg(
                "还有 %(count)s 名拟聘用人员（%(names)s）没有办理聘用，也没有登记放弃或不合格，请先办理。",
                count=len(waiting),
                names="、".join(waiting[:3]) + ("等" if len(waiting) > 3 else ""),
            )
        )
    objections = select(Objection.id).where(Objection.batch_id == batch.id, Objection.answered_on.is_(None)).limit(1)
    if db.session.scalar(objections) is not None:
        raise Refused(msg("还有公示异议没有答复，请先核实答复。"))
    batch.concluded_on = clock.today()
    move_on(actor, batch, BatchState.CONCLUDED)


@operation(Permission.RECRUITMENT_PLAN)
def reopen_batch(actor: Actor, batch_id: int, reason: str) -> None:
    """Take a concluded batch up again, as for a late substitution. Refused once its applicants are purged."""
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_PLAN, BatchState.CONCLUDED)
    if batch.purged_on is not None:
        raise Refused(msg("未聘用人员的个人信息已于 %(on)s 按期清除，本批次不能再恢复办理。", on=batch.purged_on))
    batch.concluded_on = None
    move_on(actor, batch, BatchState.NOTICE, _reason(reason))


def positions_of(batch: RecruitmentBatch) -> Sequence[RecruitmentPosition]:
    """The positions of a batch in the order of their codes."""
    query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == batch.id)
    return db.session.scalars(query.order_by(RecruitmentPosition.code, RecruitmentPosition.id)).all()


def begins_about(batch: RecruitmentBatch) -> date:
    """About when the contracts begin: what labour law is asked for before anybody is appointed."""
    return batch.interview_on or batch.written_on or batch.closes_on or batch.vacancies_on


def check_publishable(
    batch: RecruitmentBatch, positions: Sequence[RecruitmentPosition], edition: RecruitmentEdition, on: date
) -> None:
    """Refuse what cannot be published on a day: without positions, without days, or after the last day."""
    if not positions:
        raise Refused(msg("还没有岗位，请先从空编社区确定岗位和人数。"))
    check_groups(edition, positions)
    needed = ["announced_on", "opens_on", "closes_on"]
    if any(position.channel in EXAM_CHANNELS for position in positions):
        needed.append("written_on")
    missing = [DAYS[name] for name in needed if getattr(batch, name) is None]
    if missing:
        raise Refused(msg("日程还缺：%(days)s。请先补齐再发布。", days="、".join(str(day) for day in missing)))
    _check_order({name: getattr(batch, name) for name in DAYS})
    if batch.closes_on is not None and batch.closes_on < on:
        raise Refused(
            msg("报名截止日 %(day)s 已过，发布后无人可以报名，请调整日程。", day=batch.closes_on), field="closes_on"
        )


def _check_plan(unit: Unit, given: BatchPlan, batch: RecruitmentBatch | None = None) -> None:
    for name, (title, _) in LENGTHS.items():
        if name in ("name", "title") and not getattr(given, name).strip():
            raise Refused(msg("请填写%(what)s。", what=title), field=name)
        _check_length(name, getattr(given, name))
    taken = select(RecruitmentBatch.id).where(
        RecruitmentBatch.unit_id == unit.id, RecruitmentBatch.name == given.name.strip()
    )
    if batch is not None:
        taken = taken.where(RecruitmentBatch.id != batch.id)
    if db.session.scalar(taken) is not None:
        raise Refused(
            msg("%(unit)s已有名为“%(name)s”的批次，请换一个名称。", unit=unit.short_name, name=given.name), field="name"
        )
    if not 2000 <= given.year <= 2100:
        raise Refused(msg("年度应在 2000 至 2100 之间，请改正。"), field="year")
    if not 1 <= given.keep_months <= MOST_MONTHS:
        raise Refused(
            msg("未聘用人员信息的保存期应为 1 至 %(most)s 个月，请改正。", most=MOST_MONTHS), field="keep_months"
        )
    rules_named(given.edition_key)
    _check_order(asdict(given))


def _check_length(name: str, text: str) -> None:
    title, most = LENGTHS[name]
    if len(text) > most:
        raise Refused(msg("%(what)s最多 %(most)s 个字，请缩短。", what=title, most=most), field=name)


def _check_order(days: Mapping[str, object]) -> None:
    given = [(name, day) for name in DAYS if isinstance(day := days.get(name), date)]
    for (first, before), (second, after) in pairwise(given):
        if after < before or (after == before and (first, second) not in SAME_DAY):
            raise Refused(
                msg(
                    "%(second)s %(after)s 应在%(first)s %(before)s 之后，请改正先后。",
                    second=DAYS[second],
                    after=after,
                    first=DAYS[first],
                    before=before,
                ),
                field=second,
            )


def _check_unfrozen(batch: RecruitmentBatch) -> None:
    if batch.state is not BatchState.PLANNED:
        raise Refused(
            msg(
                "“%(name)s”的公告已经发布（%(document)s），规则和岗位按公告冻结，不能再修改；"
                "日期可以在说明原因后调整，规则有误的只能取消本批次后重新发布。",
                name=batch.name,
                document=batch.document,
            )
        )


def _check_version(batch: RecruitmentBatch, given: BatchPlan | NewDays, version: int) -> None:
    if batch.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("批次刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(batch, name, None) for name in typed},
        )


def _check_moved(batch: RecruitmentBatch, moved: Mapping[str, object]) -> None:
    closes_on = moved.get("closes_on")
    if isinstance(closes_on, date):
        if batch.state is not BatchState.PUBLISHED:
            raise Refused(msg("资格审查已经结束，报名截止日不能再调整。"), field="closes_on")
        if batch.closes_on is not None and closes_on < batch.closes_on:
            raise Refused(msg("报名截止日只能推后，不能早于公告的 %(day)s。", day=batch.closes_on), field="closes_on")
    if batch.written_on is not None and "written_on" in moved and moved["written_on"] is None:
        raise Refused(msg("公告的笔试日期不能删去，请填写改期后的日期。"), field="written_on")
    if batch.state is BatchState.INTERVIEW:
        for name in ("written_on", "written_time"):
            if name in moved:
                raise Refused(msg("笔试已经结束，日期和时间不能再调整。"), field=name)


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(msg("请写明原因，它会记入办理过程。"), field="reason")
    if len(text) > LONGEST_REASON:
        raise Refused(msg("原因最多 %(most)s 个字，请缩短。", most=LONGEST_REASON), field="reason")
    return text
