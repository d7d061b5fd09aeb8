"""What a month pays for earlier ones: the list of 补发 and 扣回, person by person; and who changed since last month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.pay.models import PayDifference, PayLine, PayRegister, PayRun
from careerpath.pay.queries.reckoning import EMPLOYEE, EMPLOYER, PAY, ZERO
from careerpath.pay.queries.said import Said, said_reason
from careerpath.policy.employment import add_months

ROWS = 100


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One item of one earlier month of one person."""

    id: int
    line_id: int
    number: str
    name: str
    unit_name: str
    month: date
    side: str
    item: str
    was: Decimal
    now: Decimal
    because: Sequence[Said]

    @property
    def amount(self) -> Decimal:
        """What is paid more, or less."""
        return self.now - self.was


@dataclass(frozen=True, slots=True)
class OwedSums:
    """What a month pays and takes back for earlier ones, by side."""

    people: int
    sums: Mapping[str, tuple[Decimal, Decimal]]
    """By side: paid more, and taken back (below zero)."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One person beside the month before; ``was`` or ``now`` is empty for who came or went."""

    id: int
    line_id: int | None
    number: str
    name: str
    unit_name: str
    was: Decimal | None
    now: Decimal | None
    was_grade: tuple[int | None, int | None]
    now_grade: tuple[int | None, int | None]

    @property
    def amount(self) -> Decimal:
        """The difference in yuan a month."""
        return (self.now or ZERO) - (self.was or ZERO)


@dataclass(frozen=True, slots=True)
class Compared:
    """A month beside the one before: counts, sums, and one page of who changed."""

    before: date
    came: int
    went: int
    changed: int
    was: Decimal
    now: Decimal
    page: Page[ChangeRow]


def owed_rows(
    actor: Actor, run_id: int, side: str = "", after: str | None = None, before: str | None = None
) -> Page[OwedRow]:
    """The differences of a month in the actor's reach, in the order of the registers."""
    page = keyset_page(
        _owed(actor, run_id, side),
        [SortKey(PayDifference.id)],
        lambda row: (row[0].id,),
        after=after,
        before=before,
        size=ROWS,
    )
    return Page([_owed_row(row) for row in page.rows], page.total, page.after, page.before)


def all_owed(actor: Actor, run_id: int) -> Iterator[OwedRow]:
    """All differences of a month, for its workbook."""
    for row in db.session.execute(_owed(actor, run_id, "").order_by(PayDifference.id)):
        yield _owed_row(row)


def owed_sums(actor: Actor, run_id: int) -> OwedSums:
    """The sums of the differences of a month in the actor's reach."""
    one = PayDifference
    rows = db.session.execute(
        select(one.employee_id, one.side, one.was, one.now).where(
            one.run_id == run_id, within(actor, one.unit_id, Permission.PAY_VIEW)
        )
    ).all()
    found = {}
    for side in (PAY, EMPLOYEE, EMPLOYER):
        amounts = [row.now - row.was for row in rows if row.side == side]
        more = sum((amount for amount in amounts if amount > 0), ZERO)
        found[side] = more, sum(amounts, ZERO) - more
    return OwedSums(len({row.employee_id for row in rows}), found)


def compared(
    actor: Actor, run_id: int, month: date, path: str, after: str | None = None, before: str | None = None
) -> Compared:
    """Whose pay of a month differs from that of the month before, without what is paid for earlier months."""
    earlier = add_months(month, -1)
    now, was = aliased(PayLine), aliased(PayLine)
    both = _both(actor, run_id, month, path, earlier, now, was)
    differ = or_(now.id.is_(None), was.id.is_(None), now.gross != was.gross)
    counts: Any = db.session.execute(
        both.with_only_columns(
            func.sum(case((was.id.is_(None), 1), else_=0)),
            func.sum(case((now.id.is_(None), 1), else_=0)),
            func.sum(case((and_(now.id.is_not(None), was.id.is_not(None), now.gross != was.gross), 1), else_=0)),
            func.sum(was.gross),
            func.sum(now.gross),
        )
    ).one()
    person = func.coalesce(now.employee_id, was.employee_id)
    query: Any = both.where(differ).with_only_columns(person.label("person"), now, was, Unit.short_name)
    page = keyset_page(query, [SortKey(person)], lambda row: (row.person,), after=after, before=before)
    came, went, changed = (int(value or 0) for value in counts[:3])
    was_sum, now_sum = (Decimal(value or 0) for value in counts[3:])
    rows = Page([_change(row) for row in page.rows], page.total, page.after, page.before)
    return Compared(earlier, came, went, changed, was_sum, now_sum, rows)


def _owed(actor: Actor, run_id: int, side: str) -> Any:
    line = (
        select(PayLine.id, PayLine.employee_id, PayLine.number, PayLine.name)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .where(PayRegister.run_id == run_id)
        .subquery()
    )
    query = (
        select(PayDifference, line.c.id, line.c.number, line.c.name, Unit.short_name)
        .join(line, line.c.employee_id == PayDifference.employee_id)
        .join(Unit, Unit.id == PayDifference.unit_id)
        .where(PayDifference.run_id == run_id, within(actor, PayDifference.unit_id, Permission.PAY_VIEW))
    )
    return query.where(PayDifference.side == side) if side else query


def _owed_row(row: Any) -> OwedRow:
    one: PayDifference = row[0]
    because = [said_reason(reason) for reason in one.because]
    return OwedRow(one.id, row[1], row[2], row[3], row[4], one.month, one.side, one.name, one.was, one.now, because)


def _both(
    actor: Actor, run_id: int, month: date, path: str, earlier: date, now: type[PayLine], was: type[PayLine]
) -> Any:
    """Everybody of a month or of the one before, with both lines where there are both."""
    reach = within(actor, PayLine.unit_id, Permission.PAY_VIEW)
    of_run = (
        select(PayLine.employee_id)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .where(PayRegister.run_id == run_id, reach, PayLine.served > 0)
    )
    of_before = (
        select(PayLine.employee_id)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .join(Unit, Unit.id == PayLine.unit_id)
        .where(
            PayLine.month == earlier,
            PayRun.confirmed_at.is_not(None),
            Unit.path.startswith(path, autoescape=True),
            reach,
            PayLine.served > 0,
        )
    )
    people = of_run.union(of_before).subquery()
    confirmed = (
        select(PayLine.id)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .where(PayLine.month == earlier, PayRun.confirmed_at.is_not(None), reach)
    )
    mine = select(PayLine.id).join(PayRegister, PayRegister.id == PayLine.register_id)
    mine = mine.where(PayRegister.run_id == run_id, reach)
    return (
        select(now)
        .select_from(people)
        .outerjoin(now, and_(now.employee_id == people.c.employee_id, now.month == month, now.id.in_(mine)))
        .outerjoin(was, and_(was.employee_id == people.c.employee_id, was.month == earlier, was.id.in_(confirmed)))
        .join(Unit, Unit.id == func.coalesce(now.unit_id, was.unit_id))
    )


def _change(row: Any) -> ChangeRow:
    now: PayLine | None = row[1]
    was: PayLine | None = row[2]
    who = now or was
    if who is None:
        # The outer join gives nobody without a line of one of the two months.
        raise LookupError("a change without a line")
    return ChangeRow(
        row.person,
        None if now is None else now.id,
        who.number,
        who.name,
        row[3],
        None if was is None else was.gross,
        None if now is None else now.gross,
        (None, None) if was is None else (was.tier, was.level),
        (None, None) if now is None else (now.tier, now.level),
    )
