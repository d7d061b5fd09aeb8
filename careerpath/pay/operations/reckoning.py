"""One street's register: everybody's line from what is known now, and what earlier months still owe them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select

from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayLine, PayReasons, PayRegister, PayRun
from careerpath.pay.operations.rounds import POST_ORDER
from careerpath.pay.queries.differences import Owed, first_confirmed, owed
from careerpath.pay.queries.facts import Home, Worker
from careerpath.pay.queries.membership import people_of
from careerpath.pay.queries.reckoning import (
    EMPLOYEE,
    EMPLOYER,
    PAY,
    ZERO,
    Reckoned,
    kept_facts,
    kept_insurance,
    kept_items,
    reckon,
    shared_digest,
    sign_of,
)
from careerpath.pay.queries.rules import Rules
from careerpath.policy.pay import last_of

SUMS = ("gross", "back_pay", "deducted", "payable", "employer")
Row = dict[str, Any]


@dataclass(eq=False)
class Books:
    """What the registers of one run share while they are reckoned: the rules, and reasons kept already by digest."""

    rules: Rules
    reasons: dict[str, int] = field(default_factory=dict)


def fill_register(run: PayRun, register: PayRegister, books: Books) -> int:
    """Write a register anew, its lines and the differences that are paid with it; gives the number of people."""
    people = _people(run, register)
    _clear(run, register, [worker.employee_id for worker, _ in people])
    late = owed([worker for worker, _ in people], run.month)
    lines: list[Row] = []
    differences: list[Row] = []
    for worker, home in sorted(people, key=_place_in_roster):
        mine = late.get(worker.employee_id, [])
        if not worker.served_in(run.month, last_of(run.month)) and not mine:
            continue
        found = reckon(worker, run.month, books.rules)
        lines.append(_line(run, register, worker, home, found, mine, books) | {"roster_order": len(lines) + 1})
        differences += [_difference(run, home, one) for one in mine]
    if lines:
        db.session.execute(insert(PayLine), lines)
    if differences:
        db.session.execute(insert(PayDifference), differences)
    register.people, register.lacking = len(lines), sum(bool(line["missing"]) for line in lines)
    for column in SUMS:
        setattr(register, column, sum((line[column] for line in lines), ZERO))
    return len(lines)


def stale_count(run: PayRun, register: PayRegister, books: Books) -> int:
    """How many people of a register would come out differently now."""
    kept = db.session.execute(select(PayLine.employee_id, PayLine.digest).where(PayLine.register_id == register.id))
    signs = {row.employee_id: row.digest for row in kept}
    people = [worker for worker, _ in _people(run, register)]
    late = owed(people, run.month)
    due = _due(run, [*signs, *late])
    changed = len(set(signs) - {worker.employee_id for worker in people})
    for worker in people:
        mine = {(one.month, one.side, one.code): one.now - one.was for one in late.get(worker.employee_id, [])}
        if not worker.served_in(run.month, last_of(run.month)) and not mine and worker.employee_id not in signs:
            continue
        same = signs.get(worker.employee_id) == sign_of(worker, run.month, books.rules)
        changed += not (same and mine == due.get(worker.employee_id, {}))
    return changed


def _people(run: PayRun, register: PayRegister) -> list[tuple[Worker, Home]]:
    return people_of(run, register, first_confirmed() or run.month)


def _place_in_roster(pair: tuple[Worker, Home]) -> tuple[str, int, str]:
    worker, home = pair
    return home.unit_code, POST_ORDER.get(home.post, 9), worker.number


def _clear(run: PayRun, register: PayRegister, ids: Sequence[int]) -> None:
    """Take the old lines away, and the differences of everybody who was or will be in this register.

    A person who moved between two streets of the run may still have the old line in the other register: it goes too,
    and that register is reckoned anew with the whole run before anything can be confirmed.
    """
    registers = select(PayRegister.id).where(PayRegister.run_id == run.id)
    before = select(PayLine.employee_id).where(PayLine.register_id == register.id)
    gone = {*ids, *db.session.scalars(before)}
    of_run = PayDifference.run_id == run.id
    db.session.execute(delete(PayLine).where(PayLine.register_id == register.id))
    for some in _batches(sorted(gone)):
        db.session.execute(delete(PayLine).where(PayLine.register_id.in_(registers), PayLine.employee_id.in_(some)))
        db.session.execute(delete(PayDifference).where(of_run, PayDifference.employee_id.in_(some)))


def _batches(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def _shared(run: PayRun, found: Reckoned, books: Books) -> int | None:
    if found.missing or not found.month.served:
        return None
    sign, values = shared_digest(found.shared_reasons)
    if sign not in books.reasons:
        known = select(PayReasons.id).where(PayReasons.run_id == run.id, PayReasons.digest == sign)
        new = insert(PayReasons).values(run_id=run.id, digest=sign, because=values).returning(PayReasons.id)
        books.reasons[sign] = db.session.scalar(known) or db.session.execute(new).scalar_one()
    return books.reasons[sign]


def _line(
    run: PayRun, register: PayRegister, worker: Worker, home: Home, found: Reckoned, mine: Sequence[Owed], books: Books
) -> Row:
    late: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in mine:
        late[one.side] += one.now - one.was
    deducted, employer = found.employee + late[EMPLOYEE], found.employer + late[EMPLOYER]
    standing = found.month.pay.standing
    return {
        "register_id": register.id,
        "employee_id": worker.employee_id,
        "month": run.month,
        "unit_id": home.unit_id,
        "number": worker.number,
        "name": worker.name,
        "post": home.post,
        "title": home.title,
        "tier": standing.tier,
        "level": standing.level,
        "served": found.month.served,
        "facts": kept_facts(found),
        "items": kept_items(found),
        "insurance": kept_insurance(found),
        "gross": found.gross,
        "back_pay": late[PAY],
        "deducted": deducted,
        "payable": found.gross + late[PAY] - deducted,
        "employer": employer,
        "reasons_id": _shared(run, found, books),
        "because": found.own_reasons,
        "digest": sign_of(worker, run.month, books.rules),
        "missing": [str(message) for message in found.missing],
    }


def _difference(run: PayRun, home: Home, one: Owed) -> Row:
    return {
        "run_id": run.id,
        "employee_id": one.employee_id,
        "unit_id": home.unit_id,
        "month": one.month,
        "side": one.side,
        "code": one.code,
        "name": one.name,
        "was": one.was,
        "now": one.now,
        "because": one.because,
    }


def _due(run: PayRun, ids: Sequence[int]) -> Mapping[int, dict[tuple[date, str, str], Decimal]]:
    one = PayDifference
    found: dict[int, dict[tuple[date, str, str], Decimal]] = defaultdict(dict)
    query = select(one.employee_id, one.month, one.side, one.code, one.was, one.now).where(one.run_id == run.id)
    for some in _batches(sorted(set(ids))):
        for employee_id, month, side, code, was, now in db.session.execute(query.where(one.employee_id.in_(some))):
            found[employee_id][month, side, code] = now - was
    return found
