"""Names that come into a call: from the street or the district, until the last day of nominations."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import LONGEST_REASON, read_reason
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import check_length
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.operations.steps import check_state, read_text
from careerpath.honours.queries.concerns import concerns_of, is_grave
from careerpath.honours.queries.reach import near_call
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_MERITS = 4000
LONGEST_NOMINATOR = 120
MOST_AT_ONCE = 500
WITHDRAWABLE = (CallState.NOMINATION, CallState.REVIEW, CallState.NOTICE)
ON_THE_LIST = (NomineeState.NOMINATED, NomineeState.CHOSEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineeChange:
    """What is said of a nominee. ``reason``: why they are nominated although the file tells against it."""

    merits: str
    nominated_by: str = ""
    """Empty: the home unit."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineeGiven(NomineeChange):
    """Somebody nominated."""

    employee_id: int


@operation(Permission.HONOUR_NOMINATE)
def nominate_for_honour(actor: Actor, call_id: int, given: NomineeGiven) -> int:
    """Nominate one person in an announced call; gives the nominee's id.

    Refuses after the last day, who has left or serves elsewhere, a name that stands there already, and a nomination
    without a reason where the file tells against it (``queries.concerns``). A withdrawn name may come in again.
    """
    return nominate_many_for_honour(actor, call_id, [given])[0]


@operation(Permission.HONOUR_NOMINATE)
def nominate_many_for_honour(actor: Actor, call_id: int, rows: Sequence[NomineeGiven]) -> list[int]:
    """Nominate several, all or none; gives the nominees' ids in the order of ``rows``. Eight queries, however many.

    The field of a refusal begins with the id of the person: ``12.merits``; for a single row it is the field alone.
    """
    call = near_call(actor, call_id, Permission.HONOUR_NOMINATE, lock=True)
    check_state(call, CallState.NOMINATION)
    if clock.today() > call.closes_on:
        raise Refused(msg("“%(name)s”已于 %(day)s 截止推荐。", name=call.name, day=call.closes_on))
    if not 0 < len(rows) <= MOST_AT_ONCE:
        raise Refused(msg("一次推荐 1 至 %(most)s 人，请调整。", most=MOST_AT_ONCE), field="employee")
    ids = [row.employee_id for row in rows]
    query = visible(actor, Employee, Permission.HONOUR_NOMINATE).where(Employee.id.in_(ids))
    people = {one.id: one for one in db.session.scalars(query)}
    if len(people) != len(set(ids)):
        raise NotFound
    entering = _Entering.of(call, ids)
    nominees = []
    for row in rows:
        try:
            nominees.append(entering.enter(people[row.employee_id], row))
        except Refused as refused:
            if len(rows) == 1:
                raise
            name = people[row.employee_id].name
            message = msg("%(name)s：%(why)s", name=name, why=refused.message)
            raise Refused(message, field=f"{row.employee_id}.{refused.field or ''}") from refused
    session_add(*nominees)
    return [one.id for one in nominees]


@operation(Permission.HONOUR_NOMINATE)
def change_nominee(actor: Actor, nominee_id: int, given: NomineeChange, version: int) -> None:
    """Change what is said of a nominee while nominations are open. ``Conflict`` where somebody else was first."""
    nominee = fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_NOMINATE, lock=True)
    call = db.session.get_one(HonourCall, nominee.call_id)
    check_state(call, CallState.NOMINATION)
    if nominee.state is not NomineeState.NOMINATED:
        raise Refused(msg("此人已撤回推荐，不能再修改。"))
    if nominee.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("这条推荐刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(nominee, name) for name in typed},
        )
    grave = is_grave(concerns_of(call, [nominee.employee_id], clock.today())[nominee.employee_id])
    _describe(nominee, given, grave=grave)


@operation(Permission.HONOUR_NOMINATE)
def withdraw_nominee(actor: Actor, nominee_id: int, reason: str) -> None:
    """Take a name back for a reason that stays, until the names go up or the honour is granted."""
    nominee = fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_NOMINATE, lock=True)
    check_state(db.session.get_one(HonourCall, nominee.call_id, with_for_update=True), *WITHDRAWABLE)
    if nominee.state not in ON_THE_LIST:
        raise Refused(msg("此人已不在推荐名单中，无需撤回。"))
    nominee.reason = read_reason(reason)
    nominee.state, nominee.rank = NomineeState.WITHDRAWN, None


@dataclass(slots=True)
class _Entering:
    """One call, and everything about the people who come into it, read at once."""

    call: HonourCall
    area: str
    homes: dict[int, Home]
    grave: dict[int, bool]
    kept: dict[int, HonourNominee]

    @classmethod
    def of(cls, call: HonourCall, ids: Sequence[int]) -> "_Entering":
        today = clock.today()
        concerns = concerns_of(call, ids, today)
        query = select(HonourNominee).where(HonourNominee.call_id == call.id, HonourNominee.employee_id.in_(ids))
        return cls(
            call=call,
            area=db.session.scalars(select(Unit.path).where(Unit.id == call.unit_id)).one(),
            homes=homes_of(ids, today),
            grave={one: is_grave(found) for one, found in concerns.items()},
            kept={one.employee_id: one for one in db.session.scalars(query.with_for_update())},
        )

    def enter(self, employee: Employee, given: NomineeChange) -> HonourNominee:
        """The nominee, new or taken up again."""
        home = self.homes[employee.id]
        if not home.in_service:
            raise Refused(msg("“%(name)s”已经离职，不能推荐。", name=employee.name), field="employee")
        if not home.unit_path.startswith(self.area):
            raise Refused(msg("“%(name)s”不在评选范围内任职，不能推荐。", name=employee.name), field="employee")
        nominee = self.kept.get(employee.id)
        if nominee is None:
            nominee = HonourNominee(call_id=self.call.id, employee_id=employee.id)
        elif nominee.state is not NomineeState.WITHDRAWN:
            raise Refused(msg("“%(name)s”已在推荐名单中。", name=employee.name), field="employee")
        nominee.unit_id, nominee.home_name = home.unit_id, home.name
        nominee.nominated_on = clock.today()
        nominee.state, nominee.rank, nominee.votes = NomineeState.NOMINATED, None, None
        _describe(nominee, given, grave=self.grave[employee.id], home=home.place)
        self.kept[employee.id] = nominee
        return nominee


def _describe(nominee: HonourNominee, given: NomineeChange, *, grave: bool, home: str = "") -> None:
    merits = read_text(given.merits, "merits", LONGEST_MERITS, msg("请填写主要事迹。"))
    by = " ".join(given.nominated_by.split()) or nominee.nominated_by or home
    check_length(by, LONGEST_NOMINATOR, "nominated_by", msg("推荐单位"))
    reason = " ".join(given.reason.split())
    check_length(reason, LONGEST_REASON, "reason", msg("情况说明"))
    if grave and not reason:
        raise Refused(msg("档案中有需要说明的情况，仍要推荐的请写明理由。"), field="reason")
    nominee.merits, nominee.nominated_by, nominee.reason = merits, by, reason
