"""The finders of deadlines, one query each, and all of them together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
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


def _contracts(actor: Actor, span: Span) -> Any:
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
    return query.where(Contract.ends_on.between(span.first, span.last), ~renewed)


def _probations(actor: Actor, span: Span) -> Any:
    query = _people(actor, Permission.EMPLOYEE_VIEW, Contract.probation_ends_on).join(
        Contract, and_(Contract.employee_id == Employee.id, Contract.superseded_at.is_(None))
    )
    # Who was kept on has passed: nothing is left to do, so nothing is late.
    return query.where(Contract.probation_ends_on.between(max(span.first, clock.today()), span.last))


def _certificates(actor: Actor, span: Span) -> Any:
    query = _people(actor, Permission.EMPLOYEE_VIEW, Certificate.registered_until).join(
        Certificate, and_(Certificate.employee_id == Employee.id, Certificate.superseded_at.is_(None))
    )
    return query.where(Certificate.registered_until.between(span.first, span.last))


def contracts(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Contracts that end, where no later one was signed."""
    for row in db.session.execute(_contracts(actor, span)):
        yield _deadline(row, DeadlineKind.CONTRACT, "contracts")


def probations(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Probations that are still to end."""
    for row in db.session.execute(_probations(actor, span)):
        yield _deadline(row, DeadlineKind.PROBATION, "contracts")


def certificates(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Registrations of certificates that run out."""
    for row in db.session.execute(_certificates(actor, span)):
        yield _deadline(row, DeadlineKind.CERTIFICATE, "studies")


def retirements(actor: Actor, span: Span) -> Iterator[Deadline]:
    """People whose last day of service comes, by the ages of retirement and in the posts of today."""
    today = clock.today()
    edition = retirement_or_none(today)
    query = (
        _people(actor, Permission.EMPLOYEE_VIEW, Employee.born_on)
        .add_columns(Employee.sex, Posting.post)
        .join(Posting, and_(*main_posting_on(today)))
        .where(Employee.born_on <= add_months(span.last, -12 * YOUNGEST_RETIRING))
    )
    for row in db.session.execute(query):
        employee_id, name, unit, path, born_on, sex, post = row
        day = retires_on(edition, born_on, sex, post)
        if day is not None and span.first <= day <= span.last:
            yield _deadline((employee_id, name, unit, path, day), DeadlineKind.RETIREMENT, "")


def _rotations(actor: Actor, span: Span) -> Any:
    return (
        select(
            Rotation.id,
            Rotation.person_name,
            Employee.name,
            Unit.short_name,
            Unit.path,
            Rotation.ends_on.label("day"),
            Host.name,
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


def rotations(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Returns of those who are away, and those that are late."""
    for rotation_id, outside, name, unit, path, day, host in db.session.execute(_rotations(actor, span)):
        what = msg("%(host)s锻炼期满，应返回", host=host)
        url = url_for("rotations.rotation", rotation_id=rotation_id)
        yield Deadline(day, DeadlineKind.ROTATION, name or outside, unit, path, what, url)


def _pairings(actor: Actor, span: Span) -> Any:
    return (
        select(Pairing.id, Employee.name, Unit.short_name, Unit.path, Pairing.ends_on.label("day"), Mentor.name)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(
            within(actor, Pairing.unit_id, Permission.MENTORING_VIEW),
            Pairing.state == PairingState.AGREED,
            Pairing.ends_on.between(span.first, span.last),
        )
    )


def pairings(actor: Actor, span: Span) -> Iterator[Deadline]:
    """Pairings whose term ends."""
    for pairing_id, name, unit, path, day, mentor in db.session.execute(_pairings(actor, span)):
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


COUNTED: Mapping[DeadlineKind, Callable[[Actor, Span], Any]] = {
    DeadlineKind.CONTRACT: _contracts,
    DeadlineKind.PROBATION: _probations,
    DeadlineKind.CERTIFICATE: _certificates,
    DeadlineKind.ROTATION: _rotations,
    DeadlineKind.PAIRING: _pairings,
}
"""Those that the database counts; ages of retirement are reckoned person by person."""


def deadline_counts(actor: Actor, span: Span, today: date) -> dict[DeadlineKind, tuple[int, int]]:
    """What ``counts`` says of the days within a span, counted in the database. Two queries and the rule of ages."""
    parts = []
    for kind, days in COUNTED.items():
        if actor.has(FINDERS[kind][0]):
            one = days(actor, span).subquery()
            late = func.coalesce(func.sum(case((one.c.day < today, 1), else_=0)), 0)
            parts.append(select(literal(kind.value), late, func.count()).select_from(one))
    found = {DeadlineKind(kind): (late, every - late) for kind, late, every in db.session.execute(union_all(*parts))}
    found |= counts(list(retirements(actor, span)), today)
    return {kind: found[kind] for kind in DeadlineKind if any(found.get(kind, ()))}


def counts(found: list[Deadline], today: date) -> dict[DeadlineKind, tuple[int, int]]:
    """By kind: how many have passed, and how many are ahead."""
    late = Counter(one.kind for one in found if one.on < today)
    ahead = Counter(one.kind for one in found if one.on >= today)
    return {kind: (late[kind], ahead[kind]) for kind in DeadlineKind if late[kind] or ahead[kind]}


def _people(actor: Actor, permission: Permission, day: Any) -> Any:
    """People in service whom the actor may see, with a day of something that is joined to them."""
    serving: ColumnElement[bool] = Employee.left_on.is_(None)
    return (
        select(Employee.id, Employee.name, Unit.short_name, Unit.path, day.label("day"))
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
