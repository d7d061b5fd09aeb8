"""The month: a run is opened, reckoned street by street, and confirmed; then nothing of it changes any more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayLine, PayReasons, PayRegister, PayRun
from careerpath.pay.operations.rounds import POST_ORDER
from careerpath.pay.queries.differences import Owed, edition_day, owed
from careerpath.pay.queries.editions import insurance_of, insurance_on, keeping, scheme_of, scheme_on
from careerpath.pay.queries.facts import Home, Worker, workers_named, workers_of
from careerpath.pay.queries.reckoning import (
    EMPLOYEE,
    EMPLOYER,
    PAY,
    ZERO,
    Reckoned,
    digest_of,
    kept_facts,
    kept_insurance,
    kept_items,
    reckon,
    shared_digest,
)
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.pay import last_of
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class NewRun:
    """Which month of which unit is run. ``month`` is any day of it."""

    unit_id: int
    month: date


@operation(Permission.PAY_RUN)
def open_run(actor: Actor, given: NewRun) -> int:
    """Open a month: freeze the editions in force, make a register for each street; gives the id of the run.

    Refuses a month that is already run here, above or below, and one that begins later than next month.
    """
    unit = fetch_unit(actor, given.unit_id, Permission.PAY_RUN, lock=True)
    month = given.month.replace(day=1)
    if unit.kind not in STREET_KINDS and unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("工资按区（县）或街道（乡镇）核算，请选择这样的单位。"), field="unit")
    _check_month(unit, month)
    day = edition_day(month)
    run = PayRun(
        unit_id=unit.id,
        month=month,
        pay_edition=to_plain(scheme_on(day)),
        insurance_edition=to_plain(insurance_on(day)),
    )
    session_add(run)
    homes = {home.unit_id for worker in workers_of(unit.path, month, last_of(month)) for home in worker.homes}
    offices = sorted(set(_offices(unit, homes).values()))
    if not offices:
        raise Refused(msg("%(unit)s本月没有在岗人员。", unit=unit.short_name), field="unit")
    session_add(*(PayRegister(run_id=run.id, unit_id=office, month=month) for office in offices))
    return run.id


@operation(Permission.PAY_RUN)
def reckon_register(actor: Actor, register_id: int) -> int:
    """Reckon one street of a run anew from what is known now; gives the number of people. Twice changes nothing."""
    register = fetch(actor, PayRegister, register_id, Permission.PAY_RUN, lock=True)
    run = _draft(actor, register.run_id)
    return _reckon(run, register)


@operation(Permission.PAY_RUN)
def finish_reckoning(actor: Actor, run_id: int) -> None:
    """Note that every street of a run has been reckoned: only then can it be confirmed."""
    run = _draft(actor, run_id)
    run.computed_at, run.computed_by = clock.now(), actor.display_name


@operation(Permission.PAY_RUN)
def reckon_run(actor: Actor, run_id: int) -> int:
    """Reckon all streets of a run at once; gives the number of people."""
    run = _draft(actor, run_id)
    people = sum(_reckon(run, register) for register in _registers(run))
    run.computed_at, run.computed_by = clock.now(), actor.display_name
    return people


@operation(Permission.PAY_RUN)
def confirm_run(actor: Actor, run_id: int, without_lacking: bool = False) -> None:
    """Confirm a run: it is paid by its registers, and never rewritten.

    Refuses a run that is not reckoned, one whose facts have changed since, and people whose facts do not suffice
    unless ``without_lacking``: they are then left out, and what they are due comes as a difference later.
    """
    run = _draft(actor, run_id)
    if run.computed_at is None:
        raise Refused(msg("还没有计算完毕，请先计算。"))
    registers = _registers(run)
    lacking = sum(register.lacking for register in registers)
    if lacking and not without_lacking:
        raise Refused(
            msg(
                "还有 %(count)s 人资料不全，本月不能发放。请补齐后重新计算，或勾选“资料不全的人员本月不发”。",
                count=lacking,
            ),
            field="without_lacking",
        )
    _refuse_stale(run, registers)
    run.confirmed_at, run.confirmed_by = clock.now(), actor.display_name


@operation(Permission.PAY_RUN)
def drop_run(actor: Actor, run_id: int) -> None:
    """Take back a run that is not confirmed, with its registers."""
    run = _draft(actor, run_id)
    ids = select(PayRegister.id).where(PayRegister.run_id == run.id)
    db.session.execute(delete(PayLine).where(PayLine.register_id.in_(ids)))
    db.session.execute(delete(PayDifference).where(PayDifference.run_id == run.id))
    db.session.execute(delete(PayReasons).where(PayReasons.run_id == run.id))
    db.session.execute(delete(PayRegister).where(PayRegister.run_id == run.id))
    db.session.delete(run)


def _check_month(unit: Unit, month: date) -> None:
    today = clock.today()
    if month > date(today.year + today.month // 12, today.month % 12 + 1, 1):
        raise Refused(msg("%(month)s 还没有到，最早可以提前一个月核算。", month=month.strftime("%Y-%m")), field="month")
    above = [int(part) for part in unit.path.split("/") if part]
    standing = db.session.execute(
        select(Unit.short_name, PayRun.unit_id)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.month == month, (PayRun.unit_id.in_(above)) | Unit.path.startswith(unit.path, autoescape=True))
    ).first()
    if standing is not None:
        raise Refused(
            msg("%(unit)s %(month)s 的工资已经开始核算，不能重复。", unit=standing[0], month=month.strftime("%Y-%m")),
            field="month",
        )


def _draft(actor: Actor, run_id: int) -> PayRun:
    run = fetch(actor, PayRun, run_id, Permission.PAY_RUN, lock=True)
    if run.confirmed_at is not None:
        raise Refused(
            msg(
                "%(month)s 的工资已经确认，不再改动；后来的变化在下一个月补发或扣回。",
                month=run.month.strftime("%Y-%m"),
            )
        )
    return run


def _registers(run: PayRun) -> list[PayRegister]:
    query = select(PayRegister).where(PayRegister.run_id == run.id).order_by(PayRegister.id)
    return list(db.session.scalars(query.with_for_update()))


def _offices(unit: Unit, unit_ids: set[int]) -> dict[int, int]:
    """The street of each unit, or the run's own unit for people who serve at none."""
    paths = db.session.execute(
        select(Unit.id, Unit.path, Unit.kind).where(Unit.path.startswith(unit.path, autoescape=True))
    )
    rows = {row.id: row for row in paths}
    found = {}
    for unit_id in unit_ids & set(rows):
        steps = [int(part) for part in rows[unit_id].path.split("/") if part]
        found[unit_id] = next(
            (step for step in reversed(steps) if step in rows and rows[step].kind in STREET_KINDS), unit.id
        )
    return found


def _people(run: PayRun, register: PayRegister) -> list[tuple[Worker, Home]]:
    """Who belongs to a register: those whose home at the end of their month lies there, and former people of it."""
    unit = db.session.get_one(Unit, run.unit_id)
    office = db.session.get_one(Unit, register.unit_id)
    last = last_of(run.month)
    path = unit.path if office.id == unit.id else office.path
    found = []
    for worker in workers_of(path, run.month, last):
        home = worker.home_on(min(last, worker.left_on or last)) or worker.homes[-1]
        if home.unit_path.startswith(path):
            found.append((worker, home))
    if office.id == unit.id and unit.kind not in STREET_KINDS:
        mine = _offices(unit, {home.unit_id for _, home in found})
        found = [(worker, home) for worker, home in found if mine.get(home.unit_id) == unit.id]
    return found + [(worker, worker.homes[-1]) for worker in _gone(register, run.month)]


def _gone(register: PayRegister, month: date) -> list[Worker]:
    """People this street paid before who are no longer in service: late facts may still owe them."""
    before = (
        select(PayLine.employee_id)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .where(PayRegister.unit_id == register.unit_id, PayLine.month < month)
        .distinct()
    )
    ids = list(db.session.scalars(before))
    return [one for one in workers_named(ids, month) if one.left_on is not None and one.left_on < month and one.homes]


def _reckon(run: PayRun, register: PayRegister) -> int:
    edition, insurance = scheme_of(run.pay_edition), insurance_of(run.insurance_edition)
    people = _people(run, register)
    _clear(run, register, [worker.employee_id for worker, _ in people])
    late = owed([worker for worker, _ in people], run.month)
    of = keeping(edition)
    reasons: dict[str, PayReasons] = {}
    lines: list[PayLine] = []
    differences: list[PayDifference] = []
    ordered = sorted(people, key=lambda p: (p[1].unit_code, POST_ORDER.get(p[1].post, 9), p[0].number))
    for worker, home in ordered:
        found = reckon(worker, run.month, edition, insurance, of)
        mine = late.get(worker.employee_id, [])
        if not found.month.served and not mine:
            continue
        shared = _shared(run, found, reasons)
        sign = digest_of(found, edition.head.key, insurance.head.key)
        lines.append(_line(register, worker, home, found, mine, shared, sign, len(lines) + 1))
        differences += [_difference(run, home, one) for one in mine]
    session_add(*lines, *differences)
    _sum(register, lines)
    return len(lines)


def _clear(run: PayRun, register: PayRegister, ids: Sequence[int]) -> None:
    db.session.execute(delete(PayLine).where(PayLine.register_id == register.id))
    db.session.execute(delete(PayDifference).where(PayDifference.run_id == run.id, PayDifference.employee_id.in_(ids)))


def _shared(run: PayRun, found: Reckoned, kept: dict[str, PayReasons]) -> int | None:
    if found.missing or not found.month.served:
        return None
    sign, values = shared_digest(found.shared_reasons)
    if sign not in kept:
        query = select(PayReasons).where(PayReasons.run_id == run.id, PayReasons.digest == sign)
        standing = db.session.scalars(query).one_or_none()
        if standing is None:
            standing = PayReasons(run_id=run.id, digest=sign, because=values)
            session_add(standing)
        kept[sign] = standing
    return kept[sign].id


def _line(
    register: PayRegister,
    worker: Worker,
    home: Home,
    found: Reckoned,
    mine: Sequence[Owed],
    reasons_id: int | None,
    sign: str,
    order: int,
) -> PayLine:
    late: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in mine:
        late[one.side] += one.now - one.was
    deducted, employer = found.employee + late[EMPLOYEE], found.employer + late[EMPLOYER]
    standing = found.month.pay.standing
    return PayLine(
        register_id=register.id,
        employee_id=worker.employee_id,
        month=register.month,
        unit_id=home.unit_id,
        roster_order=order,
        number=worker.number,
        name=worker.name,
        post=home.post,
        title=home.title,
        tier=standing.tier,
        level=standing.level,
        served=found.month.served,
        facts=kept_facts(found),
        items=kept_items(found),
        insurance=kept_insurance(found),
        gross=found.gross,
        back_pay=late[PAY],
        deducted=deducted,
        payable=found.gross + late[PAY] - deducted,
        employer=employer,
        reasons_id=reasons_id,
        because=found.own_reasons,
        digest=sign,
        missing=[str(message) for message in found.missing],
    )


def _difference(run: PayRun, home: Home, one: Owed) -> PayDifference:
    return PayDifference(
        run_id=run.id,
        employee_id=one.employee_id,
        unit_id=home.unit_id,
        month=one.month,
        side=one.side,
        code=one.code,
        name=one.name,
        was=one.was,
        now=one.now,
        because=one.because,
    )


def _sum(register: PayRegister, lines: Sequence[PayLine]) -> None:
    register.people, register.lacking = len(lines), sum(bool(line.missing) for line in lines)
    for column in ("gross", "back_pay", "deducted", "payable", "employer"):
        setattr(register, column, sum((getattr(line, column) for line in lines), ZERO))


def _refuse_stale(run: PayRun, registers: Sequence[PayRegister]) -> None:
    """Refuse a run that would come out differently now: what is confirmed must be what the files say."""
    edition, insurance = scheme_of(run.pay_edition), insurance_of(run.insurance_edition)
    day = edition_day(run.month)
    if (edition.head.key, insurance.head.key) != (scheme_on(day).head.key, insurance_on(day).head.key):
        raise Refused(msg("计算之后有新的办法生效，请撤回本月、重新开始核算。"))
    of = keeping(edition)
    for register in registers:
        signs = dict(
            db.session.execute(
                select(PayLine.employee_id, PayLine.digest).where(PayLine.register_id == register.id)
            ).tuples()
        )
        people = _people(run, register)
        late = owed([worker for worker, _ in people], run.month)
        due = _due(run, [worker.employee_id for worker, _ in people])
        changed = 0
        for worker, _ in people:
            found = reckon(worker, run.month, edition, insurance, of)
            mine = {(o.month, o.side, o.code): o.now - o.was for o in late.get(worker.employee_id, [])}
            if not found.month.served and not mine and worker.employee_id not in signs:
                continue
            same = signs.get(worker.employee_id) == digest_of(found, edition.head.key, insurance.head.key)
            changed += not (same and mine == due.get(worker.employee_id, {}))
        if changed or set(signs) - {worker.employee_id for worker, _ in people}:
            raise Refused(msg("计算之后有 %(count)s 人的资料有变动，请重新计算后再确认。", count=max(changed, 1)))


def _due(run: PayRun, ids: Sequence[int]) -> dict[int, dict[tuple[date, str, str], Decimal]]:
    found: dict[int, dict[tuple[date, str, str], Decimal]] = defaultdict(dict)
    for one in db.session.scalars(
        select(PayDifference).where(PayDifference.run_id == run.id, PayDifference.employee_id.in_(ids))
    ):
        found[one.employee_id][one.month, one.side, one.code] = one.now - one.was
    return found
