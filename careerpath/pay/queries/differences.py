"""What confirmed months still owe: each is reckoned anew from what is known now, and compared with what was paid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayLine, PayRegister, PayRun
from careerpath.pay.queries.changes import changes
from careerpath.pay.queries.facts import Worker
from careerpath.pay.queries.membership import home_in
from careerpath.pay.queries.reckoning import PAY, ZERO, Reckoned, paid_items, reckon, sign_of
from careerpath.pay.queries.rules import Rules, rules_on
from careerpath.policy.pay import last_of

Key = tuple[str, str]
Place = tuple[int, date]
"""A person's month."""

AT_ONCE = 500
"""So many people one query asks for by id."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One item of one earlier month: what was paid for it so far, and what it should be."""

    employee_id: int
    month: date
    side: str
    code: str
    name: str
    was: Decimal
    now: Decimal
    because: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Past:
    """A confirmed month of some units, with the rules of that month as known now."""

    month: date
    paths: tuple[str, ...]
    rules: Rules


def owed(workers: Sequence[Worker], before: date) -> dict[int, list[Owed]]:
    """What each of some people is owed (or owes) for confirmed months before ``before``; nothing for most.

    A month is reckoned anew only where something that it rests on has changed. A month whose facts do not suffice
    any more is left as it was paid.
    """
    past = _confirmed(before)
    if not past or not workers:
        return {}
    ids = [worker.employee_id for worker in workers]
    signs = _signs(ids, before)
    extra = _paid_since(ids, before)
    touched = [
        (worker, month)
        for worker in workers
        for month in past
        if _is_touched(worker, month, signs.get((worker.employee_id, month.month)), extra)
    ]
    lines = _lines({worker.employee_id for worker, _ in touched}, {month.month for _, month in touched})
    found: dict[int, list[Owed]] = defaultdict(list)
    for worker, month in touched:
        place = worker.employee_id, month.month
        rows = _of_month(worker, month, lines.get(place), extra.get(place, {}))
        if rows:
            found[worker.employee_id] += rows
    return dict(found)


def first_confirmed() -> date | None:
    """The first month that was ever confirmed here: nobody is owed anything for an earlier one."""
    return db.session.scalar(select(PayRun.month).where(PayRun.confirmed_at.is_not(None)).order_by(PayRun.month))


def _is_touched(worker: Worker, past: _Past, sign: str | None, extra: Mapping[Place, object]) -> bool:
    """Whether a month must be looked at: what it rests on changed, or something was paid for it later."""
    if (worker.employee_id, past.month) in extra:
        return True
    if sign is None:
        if not worker.served_in(past.month, last_of(past.month)):
            return False
        home = home_in(worker, past.month)
        return home is not None and home.unit_path.startswith(past.paths)
    return sign != sign_of(worker, past.month, past.rules)


def _of_month(
    worker: Worker, past: _Past, line: PayLine | None, extra: Mapping[Key, tuple[str, Decimal]]
) -> list[Owed]:
    now = reckon(worker, past.month, past.rules)
    if now.missing:
        return []
    right = now.items()
    was = {} if line is None else paid_items(list(line.items), list(line.insurance))
    for key, (name, more) in extra.items():
        was[key] = was[key][0] if key in was else name, was.get(key, (name, ZERO))[1] + more
    why = changes(line, now, past.rules, paid_later=bool(extra))
    rows = []
    for key in (*right, *(key for key in was if key not in right)):
        name = (right.get(key) or was[key])[0]
        due, paid = right.get(key, (name, ZERO))[1], was.get(key, (name, ZERO))[1]
        if due != paid:
            because = [*why, *_reasons(now, key)]
            rows.append(Owed(worker.employee_id, past.month, *key, name, paid, due, because))
    return rows


def _reasons(now: Reckoned, key: Key) -> list[dict[str, Any]]:
    side, code = key
    wanted = f"pay.component.{code}" if side == PAY else f"insurance.{code}"
    found = [one.as_json() for one in (*now.month.reasons, *now.insurance_reasons) if one.rule == wanted]
    levels = [one for one in now.own_reasons if side == PAY]
    shares = ("pay.probation", "pay.withheld", "pay.partial", "pay.period")
    return found + levels + [one.as_json() for one in now.month.reasons if side == PAY and one.rule in shares]


def _confirmed(before: date) -> list[_Past]:
    rows = db.session.execute(
        select(PayRun.month, Unit.path)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.confirmed_at.is_not(None), PayRun.month < before)
        .order_by(PayRun.month)
    )
    paths: dict[date, list[str]] = defaultdict(list)
    for month, path in rows:
        paths[month].append(path)
    return [_Past(month, tuple(where), rules_on(month)) for month, where in paths.items()]


def _of_confirmed(query: Any, ids: Iterable[int]) -> Iterable[Any]:
    confirmed = (
        query.join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .where(PayRun.confirmed_at.is_not(None))
    )
    for some in _batches(ids):
        yield from db.session.execute(confirmed.where(PayLine.employee_id.in_(some)))


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    every = sorted(ids)
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]


def _signs(ids: Sequence[int], before: date) -> dict[Place, str]:
    query = select(PayLine.employee_id, PayLine.month, PayLine.digest).where(PayLine.month < before)
    return {(row[0], row[1]): row[2] for row in _of_confirmed(query, ids)}


def _lines(ids: Iterable[int], months: Iterable[date]) -> dict[Place, PayLine]:
    rows = _of_confirmed(select(PayLine).where(PayLine.month.in_(sorted(months))), ids)
    return {(line.employee_id, line.month): line for (line,) in rows}


def _paid_since(ids: Sequence[int], before: date) -> dict[Place, dict[Key, tuple[str, Decimal]]]:
    one = PayDifference
    query = (
        select(one.employee_id, one.month, one.side, one.code, one.name, one.was, one.now)
        .join(PayRun, PayRun.id == one.run_id)
        .where(one.month < before, PayRun.confirmed_at.is_not(None))
    )
    found: dict[Place, dict[Key, tuple[str, Decimal]]] = defaultdict(dict)
    for some in _batches(ids):
        for employee_id, month, side, code, name, was, now in db.session.execute(
            query.where(one.employee_id.in_(some))
        ):
            known = found[employee_id, month].get((side, code), (name, ZERO))[1]
            found[employee_id, month][side, code] = name, known + now - was
    return found
