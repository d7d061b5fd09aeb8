"""What exam and interview came to: who was hired by which institution, and whose service ended with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState
from careerpath.talent_pool.operations.channels.steps import channel_in
from careerpath.words import NotFound, Refused, msg

LEFT_REASON = "聘用为事业编制人员"
"""What the file keeps as the reason of leaving."""

SETTLED = (ChannelResult.HIRED, ChannelResult.NOT_HIRED)
TAKING_PART = (ChannelResult.ADMITTED, *SETTLED)
LONGEST_INSTITUTION = 80
LONGEST_NOTE = 200
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOutcome:
    """The result of one person: ``HIRED`` with institution and day, ``NOT_HIRED``, or ``ADMITTED`` to take it back.

    ``total`` and ``rank`` as the recruiting body published them. ``left_service``: the service as a community worker
    ends on the eve of ``hired_on``.
    """

    result: ChannelResult
    total: Decimal | None = None
    rank: int | None = None
    hired_by: str = ""
    hired_on: date | None = None
    left_service: bool = False
    note: str = ""


@operation(Permission.POOL_DECIDE)
def record_channel_result(actor: Actor, candidate_id: int, given: ChannelOutcome) -> None:
    """Record what became of somebody admitted; with ``left_service`` the file says so from the same moment."""
    candidate = fetch(actor, ChannelCandidate, candidate_id, Permission.POOL_DECIDE)
    channel = channel_in(actor, candidate.channel_id, Permission.POOL_DECIDE, ChannelState.RESULTS)
    _Results.of(channel, {candidate.employee_id}).record(actor, candidate, given)


@operation(Permission.POOL_DECIDE)
def record_channel_results(actor: Actor, channel_id: int, rows: Mapping[int, ChannelOutcome]) -> int:
    """Record the results of many by candidate, all or none; gives how many changed.

    Raises ``Refused`` that names the person, its field beginning with the id of the candidate.
    """
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.RESULTS)
    query = visible(actor, ChannelCandidate, Permission.POOL_DECIDE).where(
        ChannelCandidate.channel_id == channel.id, ChannelCandidate.id.in_(sorted(rows))
    )
    found = {one.id: one for one in db.session.scalars(query.with_for_update())}
    if len(found) != len(rows):
        raise NotFound
    results = _Results.of(channel, {one.employee_id for one in found.values()})
    changed = 0
    for candidate_id, given in rows.items():
        candidate = found[candidate_id]
        try:
            changed += results.record(actor, candidate, given)
        except Refused as refused:
            name = results.people[candidate.employee_id].name
            message = msg("%(name)s：%(why)s", name=name, why=refused.message)
            raise Refused(message, field=f"{candidate_id}.{refused.field}") from refused
    return changed


@dataclass(slots=True)
class _Results:
    channel: ChannelRound
    people: dict[int, Employee]
    hired: int
    """How many are hired so far."""

    @classmethod
    def of(cls, channel: ChannelRound, employee_ids: set[int]) -> "_Results":
        people = db.session.scalars(select(Employee).where(Employee.id.in_(sorted(employee_ids))))
        hired = select(func.count()).select_from(ChannelCandidate).where(
            ChannelCandidate.channel_id == channel.id, ChannelCandidate.result == ChannelResult.HIRED
        )  # fmt: skip
        return cls(channel, {one.id: one for one in people}, db.session.scalar(hired) or 0)

    def record(self, actor: Actor, candidate: ChannelCandidate, given: ChannelOutcome) -> bool:
        """Record one result; gives whether anything changed."""
        values = {
            "result": given.result,
            "total": given.total,
            "rank": given.rank,
            "hired_by": " ".join(given.hired_by.split()),
            "hired_on": given.hired_on,
            "left_service": given.left_service,
            "note": " ".join(given.note.split()),
        }
        if all(getattr(candidate, name) == value for name, value in values.items()):
            return False
        check_outcome(candidate, given, self.channel)
        employee = self.people[candidate.employee_id]
        if candidate.left_service and employee.left_on is not None:
            _refuse_other_leaving(candidate, given, employee)
        self.hired += (given.result is ChannelResult.HIRED) - (candidate.result is ChannelResult.HIRED)
        if self.hired > self.channel.places:
            raise Refused(
                msg("招聘 %(places)s 人，聘用人数已满，不能再登记聘用。", places=self.channel.places), field="result"
            )
        if given.left_service and not candidate.left_service:
            _leave(actor, employee, given)
        for name, value in values.items():
            setattr(candidate, name, value)
        return True


def check_outcome(candidate: ChannelCandidate, given: ChannelOutcome, channel: ChannelRound) -> None:
    """Refuse what cannot be recorded of somebody, as far as it can be told without counting places."""
    if candidate.result not in TAKING_PART:
        raise Refused(msg("此人没有通过资格审查，不登记结果。"))
    if given.result not in TAKING_PART:
        raise Refused(msg("结果应为聘用、未聘用或尚无结果，请重新选择。"), field="result")
    if given.total is not None and not 0 <= given.total <= MOST_POINTS:
        raise Refused(msg("总成绩应在 0 至 %(most)s 之间，请改正。", most=MOST_POINTS), field="total")
    if given.rank is not None and given.rank < 1:
        raise Refused(msg("名次应为正整数，请改正。"), field="rank")
    if len(given.note.strip()) > LONGEST_NOTE:
        raise Refused(msg("说明最多 %(most)s 个字，请缩短。", most=LONGEST_NOTE), field="note")
    if len(given.hired_by.strip()) > LONGEST_INSTITUTION:
        raise Refused(msg("聘用单位最多 %(most)s 个字，请缩短。", most=LONGEST_INSTITUTION), field="hired_by")
    if given.result is ChannelResult.HIRED:
        if not given.hired_by.strip():
            raise Refused(msg("请填写聘用单位。"), field="hired_by")
        if given.hired_on is None:
            raise Refused(msg("请填写聘用日期。"), field="hired_on")
        if given.hired_on <= channel.closes_on:
            raise Refused(msg("聘用日期应晚于报名截止日 %(day)s，请核对。", day=channel.closes_on), field="hired_on")
    elif given.hired_by.strip() or given.hired_on is not None or given.left_service:
        raise Refused(msg("没有聘用的不填写聘用单位、聘用日期和离职，请核对。"), field="result")


def _refuse_other_leaving(candidate: ChannelCandidate, given: ChannelOutcome, employee: Employee) -> None:
    stays = given.left_service and given.result is candidate.result and given.hired_on == candidate.hired_on
    if not stays:
        raise Refused(
            msg("因聘用已于 %(left)s 办理离职，要更改结果请先在人员档案恢复在职。", left=employee.left_on),
            field="result",
        )


def _leave(actor: Actor, employee: Employee, given: ChannelOutcome) -> None:
    """End the service on the eve of the new post; who has left by then already needs nothing more."""
    if given.hired_on is None:
        return
    eve = given.hired_on - timedelta(days=1)
    if employee.left_on is None:
        end_service(actor, employee.id, EndOfService(left_on=eve, reason=LEFT_REASON))
