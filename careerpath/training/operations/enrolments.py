"""Who takes part in a class: by hand, by themselves, out again; who waits moves up."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.training.models import (
    ClassSignIn,
    ClassState,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    TrainingClass,
)
from careerpath.training.operations.steps import check_state, own_file
from careerpath.training.queries.audience import is_meant, people_meant
from careerpath.training.queries.reach import near_class
from careerpath.words import NotFound, Refused, msg

MOST_AT_ONCE = 2000
OPEN_STATES = (ClassState.PLANNED, ClassState.OPEN)


@operation(Permission.TRAINING_HOLD)
def enrol_people(actor: Actor, class_id: int, employee_ids: Sequence[int]) -> int:
    """Send people of one's units to a class that one meets, all or none; gives how many are new.

    Who is in it already is passed over, who withdrew is in it again. Once it is full they wait in their order. Refuses
    who has left, or serves outside the unit that holds the class.
    """
    found = near_class(actor, class_id, Permission.TRAINING_HOLD, lock=True)
    check_state(found, *OPEN_STATES)
    wanted = list(dict.fromkeys(employee_ids))
    if not wanted:
        raise Refused(msg("请先选择人员。"), field="ids")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(msg("一次最多办理 %(most)s 人，请分批勾选。", most=MOST_AT_ONCE), field="ids")
    query = visible(actor, Employee, Permission.TRAINING_HOLD).where(Employee.id.in_(wanted))
    people = {one.id: one for one in db.session.scalars(query)}
    if len(people) != len(wanted):
        raise NotFound
    return enter(found, [people[one] for one in wanted], EnrolmentWay.HAND)


@operation(Permission.TRAINING_HOLD)
def enrol_by_rule(actor: Actor, class_id: int) -> int:
    """Call everybody of one's units whom a class that one meets is for; gives how many are new.

    Refuses a class whose audience says nothing: everybody is meant only where somebody ticked them.
    """
    found = near_class(actor, class_id, Permission.TRAINING_HOLD, lock=True)
    check_state(found, *OPEN_STATES)
    if not found.audience:
        raise Refused(msg("本班没有设定参训对象，请先修改班次，或逐人选派。"))
    people = people_meant(actor, found)
    return enter(found, people, EnrolmentWay.RULE) if people else 0


@operation(Permission.OWN_GROWTH)
def enrol_oneself(actor: Actor, class_id: int) -> None:
    """Put oneself into an open class of one's street, district or city, while names come in."""
    found = near_class(actor, class_id, Permission.OWN_GROWTH, lock=True)
    check_state(found, ClassState.OPEN)
    if found.enrol_until is None:
        raise Refused(msg("“%(name)s”由单位选派，不接受本人报名。", name=found.name))
    if clock.today() > found.enrol_until:
        raise Refused(msg("“%(name)s”已于 %(day)s 截止报名。", name=found.name, day=found.enrol_until))
    employee = own_file(actor)
    if not is_meant(found, employee.id, clock.today()):
        raise Refused(msg("您不在“%(name)s”的参训对象范围内，如需参训请联系街道选派。", name=found.name))
    if not enter(found, [employee], EnrolmentWay.SELF):
        raise Refused(msg("您已在“%(name)s”的名单中。", name=found.name))


@operation(Permission.TRAINING_HOLD)
def withdraw_enrolment(actor: Actor, enrolment_id: int, reason: str) -> None:
    """Take somebody of one's units out of a class for a reason; who waits longest moves up."""
    enrolment = fetch(actor, Enrolment, enrolment_id, Permission.TRAINING_HOLD, lock=True)
    found = db.session.get_one(TrainingClass, enrolment.class_id, with_for_update=True)
    check_state(found, *OPEN_STATES)
    _withdraw(found, enrolment, read_reason(reason))


@operation(Permission.OWN_GROWTH)
def withdraw_oneself_from_class(actor: Actor, class_id: int, reason: str) -> None:
    """Take oneself out of a class before its first day."""
    found = near_class(actor, class_id, Permission.OWN_GROWTH, lock=True)
    check_state(found, ClassState.OPEN)
    enrolment = own_enrolment(actor, found.id)
    if clock.today() >= found.starts_on:
        raise Refused(msg("“%(name)s”已开班，请假或退出请联系举办单位。", name=found.name))
    _withdraw(found, enrolment, read_reason(reason))


def own_enrolment(actor: Actor, class_id: int) -> Enrolment:
    """The actor's own place in a class, locked, or ``NotFound``."""
    query = select(Enrolment).where(Enrolment.class_id == class_id, Enrolment.employee_id == own_file(actor).id)
    enrolment = db.session.scalars(query.with_for_update()).one_or_none()
    if enrolment is None:
        raise NotFound
    return enrolment


def enter(found: TrainingClass, people: Sequence[Employee], way: EnrolmentWay) -> int:
    """Let people into a class that is locked; gives how many are new. Five queries, however many people."""
    homes = homes_of((one.id for one in people), clock.today())
    area = db.session.scalars(select(Unit.path).where(Unit.id == found.unit_id)).one()
    kept = _kept(found, (one.id for one in people))
    free = _free(found)
    new, count = [], 0
    for employee in people:
        enrolment, home = kept.get(employee.id), homes[employee.id]
        if enrolment is not None and enrolment.state is not EnrolmentState.WITHDRAWN:
            continue
        _check_home(employee, home, area)
        if enrolment is None:
            enrolment = Enrolment(class_id=found.id, employee_id=employee.id)
            new.append(enrolment)
        enrolment.unit_id, enrolment.way, enrolment.note = home.unit_id, way, ""
        is_free = free is None or free > 0
        enrolment.state = EnrolmentState.ENROLLED if is_free else EnrolmentState.WAITING
        free = free - 1 if free is not None else None
        count += 1
    if new:
        session_add(*new)
    return count


def _check_home(employee: Employee, home: Home, area: str) -> None:
    if not home.in_service:
        raise Refused(msg("“%(name)s”已经离职，不能参训。", name=employee.name), field="ids")
    if not home.unit_path.startswith(area):
        raise Refused(msg("“%(name)s”不在举办单位的范围内，不能参训。", name=employee.name), field="ids")


def _kept(found: TrainingClass, employee_ids: Iterable[int]) -> dict[int, Enrolment]:
    query = select(Enrolment).where(Enrolment.class_id == found.id, Enrolment.employee_id.in_(list(employee_ids)))
    return {one.employee_id: one for one in db.session.scalars(query.with_for_update())}


def _free(found: TrainingClass) -> int | None:
    """How many places are free; ``None`` where nobody counts them."""
    if found.capacity is None:
        return None
    query = select(func.count()).select_from(Enrolment).where(
        Enrolment.class_id == found.id, Enrolment.state == EnrolmentState.ENROLLED
    )  # fmt: skip
    return found.capacity - (db.session.scalar(query) or 0)


def _withdraw(found: TrainingClass, enrolment: Enrolment, reason: str) -> None:
    if enrolment.state is EnrolmentState.WITHDRAWN:
        raise Refused(msg("已经退出，无需重复办理。"))
    signed = select(ClassSignIn.id).where(ClassSignIn.enrolment_id == enrolment.id).limit(1)
    if db.session.scalar(signed) is not None:
        raise Refused(msg("已经签到，不能退出；缺课的，办结时只计已签到的学时。"))
    enrolment.state, enrolment.note = EnrolmentState.WITHDRAWN, reason
    db.session.flush()
    free = _free(found)
    query = select(Enrolment).where(Enrolment.class_id == found.id, Enrolment.state == EnrolmentState.WAITING)
    if free is None or free > 0:
        waiting = db.session.scalars(query.order_by(Enrolment.id).limit(free).with_for_update())
        for first in waiting:
            first.state = EnrolmentState.ENROLLED
