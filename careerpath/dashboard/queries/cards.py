"""The cards of the start page: how things stand, below what waits to be done."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.dashboard.queries.card import Card, CardLine
from careerpath.dashboard.queries.deadlines.deadline import KIND_WORDS, Span
from careerpath.dashboard.queries.deadlines.finding import deadline_counts
from careerpath.dashboard.queries.own_card import own_cards
from careerpath.employees.models import Employee
from careerpath.pay.queries.runs import run_lines
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.words import msg

AHEAD = 30
"""Days ahead that the card of deadlines tells."""

MOST_MONTHS = 4


def cards(actor: Actor) -> tuple[Card, ...]:
    """The cards of an actor. Five statements at the most."""
    return tuple(_cards(actor))


def _cards(actor: Actor) -> Iterator[Card]:
    if actor.has(Permission.OWN_FILE_VIEW) and actor.user_id is not None:
        yield from own_cards(actor.user_id, clock.today())
    if actor.has(Permission.EMPLOYEE_VIEW):
        yield _team(actor)
        yield _deadlines(actor)
    elif actor.has(Permission.PAY_VIEW):
        yield _months(actor)


def _team(actor: Actor) -> Card:
    """People in service and in the pool. One statement."""
    today = clock.today()
    serving = (
        select(func.count())
        .select_from(Employee)
        .where(
            within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW),
            Employee.joined_community_on <= today,
            or_(Employee.left_on.is_(None), Employee.left_on >= today),
        )
    )
    year = serving.where(Employee.joined_community_on >= today.replace(month=1, day=1))
    pool = select(func.count(PoolEntry.employee_id.distinct())).where(
        within(actor, PoolEntry.unit_id, Permission.POOL_VIEW), *in_pool_on(today)
    )
    people, new, reserves = db.session.execute(
        select(serving.scalar_subquery(), year.scalar_subquery(), pool.scalar_subquery())
    ).one()
    lines = [
        CardLine(msg("在职人数"), msg("%(count)s 人", count=people), url_for("employees.people")),
        CardLine(msg("今年进入"), msg("%(count)s 人", count=new), url_for("employees.people", sort="-joined")),
    ]
    if actor.has(Permission.POOL_VIEW):
        lines.append(CardLine(msg("在库后备"), msg("%(count)s 人", count=reserves), url_for("talent_pool.entries")))
    lines.append(CardLine(msg("建设目标"), msg("查看"), url_for("figures.targets")))
    lines.append(CardLine(msg("档案核查"), msg("查看"), url_for("employees.file_checks")))
    return Card(msg("队伍概况"), tuple(lines), url_for("dashboard.overview"), msg("队伍总览"))


def _deadlines(actor: Actor) -> Card:
    today = clock.today()
    span = Span.around(today, AHEAD)
    lines = tuple(
        CardLine(
            KIND_WORDS[kind],
            msg("%(count)s 项", count=ahead),
            url_for("dashboard.coming", kind=kind.value, days=AHEAD),
            msg("过期 %(count)s", count=late) if late else None,
        )
        for kind, (late, ahead) in deadline_counts(actor, span, today).items()
    )
    return Card(
        msg("%(days)s 天内到期", days=AHEAD),
        lines,
        url_for("dashboard.coming", days=AHEAD),
        msg("期限提醒"),
        msg("没有到期的事项。"),
    )


def _months(actor: Actor) -> Card:
    lines = tuple(
        CardLine(
            msg("%(month)s %(unit)s", month=f"{one.month:%Y-%m}", unit=one.unit_name),
            one.state.word,
            url_for("pay.run", run_id=one.id),
        )
        for one in run_lines(actor).rows[:MOST_MONTHS]
    )
    return Card(msg("工资发放"), lines, url_for("pay.runs"), msg("全部月份"), msg("还没有核算过的月份。"))
