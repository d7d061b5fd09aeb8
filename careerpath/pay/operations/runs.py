"""The month: a run is opened, reckoned street by street, and confirmed; then nothing of it changes any more."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayLine, PayReasons, PayRegister, PayRun
from careerpath.pay.operations.reckoning import Books, fill_register, stale_count
from careerpath.pay.queries.differences import first_confirmed
from careerpath.pay.queries.membership import offices_needed
from careerpath.pay.queries.rules import frozen, rules_of, rules_on
from careerpath.policy.codes import UnitKind
from careerpath.policy.employment import add_months
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class NewRun:
    """Which month of which unit is run. ``month`` is any day of it."""

    unit_id: int
    month: date


@operation(Permission.PAY_RUN)
def open_run(actor: Actor, given: NewRun) -> int:
    """Open a month: freeze the editions in force, make a register for each street; gives the id of the run.

    Refuses a month that is already run here, above or below, one that begins later than next month, and a unit
    without anybody to pay.
    """
    unit = fetch_unit(actor, given.unit_id, Permission.PAY_RUN)
    month = given.month.replace(day=1)
    if unit.kind not in STREET_KINDS and unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("工资按区（县）或街道（乡镇）核算，请选择这样的单位。"), field="unit")
    _hold_chain(unit)
    _check_month(unit, month)
    if not offices_needed(unit, min(first_confirmed() or month, month), month):
        raise Refused(msg("%(unit)s本月没有在岗人员。", unit=unit.short_name), field="unit")
    run = PayRun(unit_id=unit.id, month=month, **frozen(rules_on(month)))
    session_add(run)
    _make_registers(run)
    return run.id


@operation(Permission.PAY_RUN)
def prepare_run(actor: Actor, run_id: int) -> list[int]:
    """Make a draft ready to be reckoned anew: a register for every street with people; gives the ids of all.

    Until ``finish_reckoning`` the run cannot be confirmed.
    """
    run = _draft(actor, run_id)
    run.computed_at, run.computed_by = None, ""
    _make_registers(run)
    return [register.id for register in _registers(run)]


@operation(Permission.PAY_RUN)
def reckon_register(actor: Actor, register_id: int) -> int:
    """Reckon one street of a run anew from what is known now; gives the number of people. Twice changes nothing."""
    register = fetch(actor, PayRegister, register_id, Permission.PAY_RUN, lock=True)
    run = _draft(actor, register.run_id)
    # The sums of another register may no longer be right: only the whole run reckoned can be confirmed.
    run.computed_at, run.computed_by = None, ""
    return fill_register(run, register, Books(rules_of(run)))


@operation(Permission.PAY_RUN)
def finish_reckoning(actor: Actor, run_id: int) -> None:
    """Note that every street of a run has been reckoned: only then can it be confirmed."""
    _finish(actor, _draft(actor, run_id))


@operation(Permission.PAY_RUN)
def reckon_run(actor: Actor, run_id: int) -> int:
    """Reckon all streets of a run at once; gives the number of people."""
    run = _draft(actor, run_id)
    _make_registers(run)
    books = Books(rules_of(run))
    people = sum(fill_register(run, register, books) for register in _registers(run))
    _finish(actor, run)
    return people


@operation(Permission.PAY_RUN)
def confirm_run(actor: Actor, run_id: int, without_lacking: bool = False) -> None:
    """Confirm a run: it is paid by its registers, and never rewritten.

    Refuses a run that is not reckoned, one whose facts or rules have changed since, and people whose facts do not
    suffice unless ``without_lacking``: they are then left out, and what they are due comes as a difference later.
    """
    run = _draft(actor, run_id)
    if run.computed_at is None:
        raise Refused(msg("还没有计算完毕，请先计算。"))
    # Two runs confirmed at the same moment must not both pay the same difference of an earlier month.
    _hold_chain(db.session.get_one(Unit, run.unit_id))
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


def _hold_chain(unit: Unit) -> None:
    """Hold a unit and all above it, from the top: what concerns units below each other waits its turn."""
    chain = [int(part) for part in unit.path.split("/") if part]
    db.session.execute(select(Unit.id).where(Unit.id.in_(chain)).order_by(Unit.path).with_for_update())


def _check_month(unit: Unit, month: date) -> None:
    if month > add_months(clock.today().replace(day=1), 1):
        raise Refused(msg("%(month)s 还没有到，最早可以提前一个月核算。", month=f"{month:%Y-%m}"), field="month")
    above = [int(part) for part in unit.path.split("/") if part]
    standing = db.session.execute(
        select(Unit.short_name)
        .join(PayRun, PayRun.unit_id == Unit.id)
        .where(PayRun.month == month, or_(Unit.id.in_(above), Unit.path.startswith(unit.path, autoescape=True)))
    ).first()
    if standing is not None:
        raise Refused(
            msg("%(unit)s %(month)s 的工资已经开始核算，不能重复。", unit=standing[0], month=f"{month:%Y-%m}"),
            field="month",
        )


def _draft(actor: Actor, run_id: int) -> PayRun:
    run = fetch(actor, PayRun, run_id, Permission.PAY_RUN, lock=True)
    if run.confirmed_at is not None:
        raise Refused(
            msg("%(month)s 的工资已经确认，不再改动；后来的变化在下一个月补发或扣回。", month=f"{run.month:%Y-%m}")
        )
    return run


def _registers(run: PayRun) -> list[PayRegister]:
    query = select(PayRegister).where(PayRegister.run_id == run.id).order_by(PayRegister.id)
    return list(db.session.scalars(query.with_for_update()))


def _make_registers(run: PayRun) -> None:
    """A register for every street that has people of the month, or people whom confirmed months may owe."""
    known = set(db.session.scalars(select(PayRegister.unit_id).where(PayRegister.run_id == run.id)))
    since = min(first_confirmed() or run.month, run.month)
    needed = offices_needed(db.session.get_one(Unit, run.unit_id), since, run.month)
    session_add(*(PayRegister(run_id=run.id, unit_id=one, month=run.month) for one in sorted(needed - known)))


def _finish(actor: Actor, run: PayRun) -> None:
    used = select(PayLine.reasons_id).join(PayRegister, PayRegister.id == PayLine.register_id)
    used = used.where(PayRegister.run_id == run.id, PayLine.reasons_id.is_not(None))
    db.session.execute(delete(PayReasons).where(PayReasons.run_id == run.id, PayReasons.id.not_in(used)))
    run.computed_at, run.computed_by = clock.now(), actor.display_name


def _refuse_stale(run: PayRun, registers: list[PayRegister]) -> None:
    """Refuse a run that would come out differently now: what is confirmed must be what the files say."""
    rules = rules_of(run)
    if rules.sign != rules_on(run.month).sign:
        raise Refused(msg("计算之后有新的办法生效，请撤回本月、重新开始核算。"))
    since = min(first_confirmed() or run.month, run.month)
    needed = offices_needed(db.session.get_one(Unit, run.unit_id), since, run.month)
    books = Books(rules)
    changed = len(needed - {register.unit_id for register in registers})
    changed += sum(stale_count(run, register, books) for register in registers)
    if changed:
        raise Refused(msg("计算之后有 %(count)s 人的资料有变动，请重新计算后再确认。", count=changed))
