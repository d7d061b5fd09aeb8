"""What deserves a look before somebody is nominated or chosen: told from the facts of the file, never decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from careerpath.core.db import db
from careerpath.employees.models import Discipline, Employee, Honour
from careerpath.honours.models import HonourCall
from careerpath.policy.employment import age_on
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing about a person. ``grave``: whoever nominates or chooses them all the same gives a reason."""

    message: Message
    grave: bool


def concerns_of(call: HonourCall, employee_ids: Iterable[int], on: date) -> dict[int, tuple[Concern, ...]]:
    """What deserves a look about some people, by id: measures in force, open cases, years of service, the same honour.

    ``on`` is the day that measures are held against; years are counted to the last day of nominations. Two queries.
    """
    ids = sorted(set(employee_ids))
    found: dict[int, list[Concern]] = defaultdict(list)
    held = and_(
        Honour.employee_id == Employee.id,
        Honour.superseded_at.is_(None),
        Honour.kind == call.kind,
        Honour.level == call.level,
        Honour.title == call.title,
        Honour.granted_on <= on,
    )
    people = (
        select(Employee.id, Employee.joined_community_on, func.max(Honour.granted_on))
        .outerjoin(Honour, held)
        .where(Employee.id.in_(ids))
        .group_by(Employee.id, Employee.joined_community_on)
    )
    honoured: dict[int, Concern] = {}
    for employee_id, since, granted_on in db.session.execute(people):
        years = max(age_on(since, call.closes_on), 0)
        if years < call.least_years:
            message = msg(
                "到 %(on)s 在社区工作满 %(years)s 年，评选条件为满 %(wanted)s 年。",
                on=call.closes_on,
                years=years,
                wanted=call.least_years,
            )
            found[employee_id].append(Concern(message, True))
        if granted_on is not None:
            message = msg("%(on)s 已获“%(title)s”。", on=granted_on, title=call.title)
            honoured[employee_id] = Concern(message, False)
    measures = select(Discipline).where(
        Discipline.employee_id.in_(ids),
        Discipline.superseded_at.is_(None),
        or_(Discipline.opened_on <= on, Discipline.starts_on <= on),
    )
    for one in db.session.scalars(measures):
        message_of = _measure(one, on)
        if message_of is not None:
            found[one.employee_id].append(Concern(message_of, True))
    for employee_id, concern in honoured.items():
        found[employee_id].append(concern)
    return {employee_id: tuple(found.get(employee_id, ())) for employee_id in ids}


def is_grave(concerns: Iterable[Concern]) -> bool:
    """Whether any of them asks for a reason."""
    return any(one.grave for one in concerns)


def _measure(one: Discipline, on: date) -> Message | None:
    """The measure that is in force, or the case that is open; a case with a measure decided is no longer open."""
    if one.measure and one.starts_on is not None:
        if not one.starts_on <= on <= (one.ends_on or date.max):
            return None
        if one.ends_on is None:
            return msg("受%(measure)s，自 %(starts)s 起，没有登记期满日期。", measure=one.measure, starts=one.starts_on)
        return msg("受%(measure)s，影响期到 %(ends)s。", measure=one.measure, ends=one.ends_on)
    if one.opened_on is not None and one.opened_on <= on <= (one.closed_on or date.max):
        return msg("%(on)s 立案，尚未结案。", on=one.opened_on)
    return None
