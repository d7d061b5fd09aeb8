"""The finders of deadlines, one query each, and all of them together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.dashboard.queries.deadlines.deadline import Deadline, DeadlineKind, Span
from careerpath.employees.models import Certificate, Contract, Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.policy.employment import add_months
from careerpath.rotations.models import Host, Rotation, RotationState
from careerpath.talent_pool.queries.retirement import retirement_or_none, retires_on
from careerpath.words import msg

YOUNGEST_RETIRING = 49
"""Nobody below this age retires, under whichever edition: who is younger is not looked at."""

Finder = Callable[[Actor, Span], Iterator[Deadline]]


def contracts(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Contracts that end, where no later one was signed."""
    later = aliased(Contract)
    renewed = exists().where(
        later.employee_id == Contract.employee_id,
        later.superseded_at.is_(None),
        later.starts_on > Contract.starts_on,
        or_(later.ends_on.is_(None), later.ends_on > Contract.ends_on),
    )
    query = _people(actor, Permission.EMPLOYEE_VIEW, Contract.ends_on).join(
        Contract, and_(Contract.employee_id == Employee.id, Contract.superseded_at.is_(None))
    )
    for row in db.session.execute(query.where(Contract.ends_on.between(span.first, span.last), ~renewed)):
        yield _deadline(row, DeadlineKind.CONTRACT, "contracts")


def probations(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Probations that end."""
    query = _people(actor, Permission.EMPLOYEE_VIEW, Contract.probation_ends_on).join(
        Contract, and_(Contract.employee_id == Employee.id, Contract.superseded_at.is_(None))
    )
    for row in db.session.execute(query.where(Contract.probation_ends_on.between(span.first, span.last))):
        yield _deadline(row, DeadlineKind.PROBATION, "contracts")


def certificates(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Registrations of certificates that run out."""
    query = _people(actor, Permission.EMPLOYEE_VIEW, Certificate.registered_until).join(
        Certificate, and_(Certificate.employee_id == Employee.id, Certificate.superseded_at.is_(None))
    )
    for row in db.session.execute(query.where(Certificate.registered_until.between(span.first, span.last))):
        yield _deadline(row, DeadlineKind.CERTIFICATE, "studies")


def retirements(actor: Actor, span: Span) -> Iterator[Deadline]:
    """People whose last day of service comes by the edition of the ages of retirement in force."""
    edition = retirement_or_none(span.first)
    query = (
        _people(actor, Permission.EMPLOYEE_VIEW, Employee.born_on)
        .add_columns(Employee.sex, Posting.post)
        .join(Posting, and_(*main_posting_on(span.first)))
        .where(Employee.born_on <= add_months(span.last, -12 * YOUNGEST_RETIRING))
    )
    for row in db.session.execute(query):
        employee_id, name, unit, path, born_on, sex, post = row
        day = retires_on(edition, born_on, sex, post)
        if day is not None and span.first <= day <= span.last:
            yield _deadline((employee_id, name, unit, path, day), DeadlineKind.RETIREMENT, "")


def rotations(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Returns of those who are away, and those that are late."""
    query = (
        select(
            Rotation.id, Rotation.person_name, Employee.name, Unit.short_name, Unit.path, Rotation.ends_on, Host.name
        )
        .join(Unit, Unit.id == Rotation.unit_id)
        .join(Host, Host.id == Rotation.host_id)
        .outerjoin(Employee, Employee.id == Rotation.employee_id)
        .where(
            within(actor, Rotation.unit_id, Permission.ROTATION_VIEW),
            Rotation.state == RotationState.APPROVED,
            Rotation.ends_on.between(span.first, span.last),
        )
    )
    for rotation_id, outside, name, unit, path, day, host in db.session.execute(query):
        what = msg("%(host)s锻炼期满，应返回", host=host)
        url = url_for("rotations.rotation", rotation_id=rotation_id)
        yield Deadline(day, DeadlineKind.ROTATION, name or outside, unit, path, what, url)


def pairings(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Pairings whose term ends."""
    query = (
        select(Pairing.id, Employee.name, Unit.short_name, Unit.path, Pairing.ends_on, Mentor.name)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(
            within(actor, Pairing.unit_id, Permission.MENTORING_VIEW),
            Pairing.state == PairingState.AGREED,
            Pairing.ends_on.between(span.first, span.last),
        )
    )
    for pairing_id, name, unit, path, day, mentor in db.session.execute(query):
        what = msg("与导师%(mentor)s帮带期满，双方评价", mentor=mentor)
        url = url_for("mentoring.pairing", pairing_id=pairing_id)
        yield Deadline(day, DeadlineKind.PAIRING, name, unit, path, what, url)


FINDERS: Mapping[DeadlineKind, tuple[Permission, Finder]] = {
    DeadlineKind.CONTRACT: (Permission.EMPLOYEE_VIEW, contracts),
    DeadlineKind.PROBATION: (Permission.EMPLOYEE_VIEW, probations),
    DeadlineKind.RETIREMENT: (Permission.EMPLOYEE_VIEW, retirements),
    DeadlineKind.CERTIFICATE: (Permission.EMPLOYEE_VIEW, certificates),
    DeadlineKind.ROTATION: (Permission.ROTATION_VIEW, rotations),
    DeadlineKind.PAIRING: (Permission.MENTORING_VIEW, pairings),
}
"""By kind: who may see it, and where it is found."""

WHAT = {
    DeadlineKind.CONTRACT: msg("劳动合同到期，续签或者终止"),
    DeadlineKind.PROBATION: msg("试用期满，办理转正"),
    DeadlineKind.RETIREMENT: msg("达到法定退休年龄"),
    DeadlineKind.CERTIFICATE: msg("证书登记有效期满，办理再登记"),
}


def deadlines(actor: Actor, span: Span, kind: DeadlineKind | None = None, path: str = "") -> list[Deadline]:
    """The days within a span, earliest first; one kind alone, or below the unit at a path. One query for each kind."""
    found = [
        one
        for each, (permission, find) in FINDERS.items()
        if kind in (None, each) and actor.has(permission)
        for one in find(actor, span)
        if one.path.startswith(path)
    ]
    return sorted(found, key=lambda one: (one.on, one.kind, one.unit, one.name))


def counts(found: list[Deadline], today: date) -> dict[DeadlineKind, tuple[int, int]]:
    """By kind: how many have passed, and how many are ahead."""
    late = Counter(one.kind for one in found if one.on < today)
    ahead = Counter(one.kind for one in found if one.on >= today)
    return {kind: (late[kind], ahead[kind]) for kind in DeadlineKind if late[kind] or ahead[kind]}


def _people(actor: Actor, permission: Permission, day: Any) -> Any:
    """People in service whom the actor may see, with a day of something that is joined to them."""
    serving: ColumnElement[bool] = Employee.left_on.is_(None)
    return (
        select(Employee.id, Employee.name, Unit.short_name, Unit.path, day)
        .select_from(Employee)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(within(actor, Employee.unit_id, permission), serving)
    )


def _deadline(row: Any, kind: DeadlineKind, tab: str) -> Deadline:
    employee_id, name, unit, path, day = row
    if tab:
        url = url_for("employees.person_tab", employee_id=employee_id, tab=tab)
    else:
        url = url_for("employees.person", employee_id=employee_id)
    return Deadline(day, kind, name, unit, path, WHAT[kind], url)
