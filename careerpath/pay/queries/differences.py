"""What confirmed months still owe: each is reckoned anew from what is known now, and compared with what was paid."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayLine, PayRegister, PayRun
from careerpath.pay.queries.editions import insurance_on, keeping, scheme_on
from careerpath.pay.queries.facts import Worker
from careerpath.pay.queries.reckoning import ZERO, AmountsOf, digest_of, paid_items, reckon
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import PayEdition, last_of

Key = tuple[str, str]


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
    """A confirmed month of some unit."""

    run_id: int
    month: date
    path: str
    edition: PayEdition
    insurance: InsuranceEdition
    of: AmountsOf


@dataclass(frozen=True, slots=True)
class _Paid:
    digest: str
    items: Mapping[Key, tuple[str, Decimal]]


def owed(workers: Sequence[Worker], before: date) -> dict[int, list[Owed]]:
    """What each of some people is owed (or owes) for confirmed months before ``before``; nothing for most.

    A month is reckoned anew only where something that it rests on has changed. A month whose facts do not suffice
    any more is left as it was paid.
    """
    past = _confirmed(before)
    if not past or not workers:
        return {}
    ids = [worker.employee_id for worker in workers]
    lines = _lines(ids, before)
    extra = _paid_since(ids, before)
    found: dict[int, list[Owed]] = {}
    for worker in workers:
        mine: list[Owed] = []
        for month in past:
            mine += _of_month(worker, month, lines.get((worker.employee_id, month.month)), extra)
        if mine:
            found[worker.employee_id] = mine
    return found


def _of_month(
    worker: Worker,
    past: _Past,
    paid: _Paid | None,
    extra: Mapping[tuple[int, date], Mapping[Key, Decimal]],
) -> list[Owed]:
    last = last_of(past.month)
    if paid is None:
        home = worker.home_on(min(last, worker.left_on or last))
        if worker.joined_on > last or home is None or not home.unit_path.startswith(past.path):
            return []
    now = reckon(worker, past.month, past.edition, past.insurance, past.of)
    sign = digest_of(now, past.edition.head.key, past.insurance.head.key)
    untouched = paid is not None and sign == paid.digest and (worker.employee_id, past.month) not in extra
    if untouched or now.missing:
        return []
    right = now.items()
    was: dict[Key, tuple[str, Decimal]] = dict(paid.items) if paid is not None else {}
    for key, more in extra.get((worker.employee_id, past.month), {}).items():
        name, amount = was.get(key, (right[key][0] if key in right else key[1], ZERO))
        was[key] = name, amount + more
    reasons = {one.rule.rsplit(".", 1)[-1]: one for one in (*now.month.reasons, *now.insurance_reasons)}
    rows = []
    for key in (*right, *(key for key in was if key not in right)):
        side, code = key
        name, amount = right.get(key, (was.get(key, (code, ZERO))[0], ZERO))
        before = was.get(key, (name, ZERO))[1]
        if amount != before:
            because = [reasons[code].as_json()] if code in reasons else []
            because += [one.as_json() for one in now.month.reasons if ".level." in one.rule]
            rows.append(Owed(worker.employee_id, past.month, side, code, name, before, amount, because))
    return rows


def _confirmed(before: date) -> list[_Past]:
    rows = db.session.execute(
        select(PayRun.id, PayRun.month, Unit.path)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.confirmed_at.is_not(None), PayRun.month < before)
        .order_by(PayRun.month)
    )
    keepers: dict[str, tuple[PayEdition, AmountsOf]] = {}
    found = []
    for run_id, month, path in rows:
        edition = scheme_on(edition_day(month))
        kept, of = keepers.setdefault(edition.head.key, (edition, keeping(edition)))
        found.append(_Past(run_id, month, path, kept, insurance_on(edition_day(month)), of))
    return found


def edition_day(month: date) -> date:
    """The day whose editions rule a month: its last, so that an edition of the month's first day holds for it whole."""
    return last_of(month)


def _lines(ids: Sequence[int], before: date) -> dict[tuple[int, date], _Paid]:
    rows = db.session.execute(
        select(PayLine.employee_id, PayLine.month, PayLine.digest, PayLine.items, PayLine.insurance)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .where(PayLine.employee_id.in_(ids), PayLine.month < before, PayRun.confirmed_at.is_not(None))
    )
    return {(row[0], row[1]): _Paid(row[2], paid_items(row[3], row[4])) for row in rows}


def _paid_since(ids: Sequence[int], before: date) -> dict[tuple[int, date], dict[Key, Decimal]]:
    rows = db.session.execute(
        select(
            PayDifference.employee_id,
            PayDifference.month,
            PayDifference.side,
            PayDifference.code,
            PayDifference.was,
            PayDifference.now,
        )
        .join(PayRun, PayRun.id == PayDifference.run_id)
        .where(PayDifference.employee_id.in_(ids), PayDifference.month < before, PayRun.confirmed_at.is_not(None))
    )
    found: dict[tuple[int, date], dict[Key, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for employee_id, month, side, code, was, now in rows:
        found[employee_id, month][side, code] += now - was
    return found
