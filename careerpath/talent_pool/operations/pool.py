"""Who enters the pool, how ready they are, and who leaves it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import fetch, fetch_unit, visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.talent_pool.models import (
    Leaving,
    PoolEntry,
    PoolProposal,
    ProposalState,
    Proposed,
    Readiness,
    Selection,
)
from careerpath.talent_pool.queries.rules import frozen_rules, rules_on
from careerpath.talent_pool.queries.words import READINESS
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_DOCUMENT = 120
LONGEST_REMARK = 400
LONGEST_REASON = 200
MOST_POTENTIAL = Decimal(100)


@dataclass(frozen=True, slots=True)
class PoolEntryGiven:
    """Who becomes a reserve for which rung at which community; ``potential`` is points from 0 to 100."""

    employee_id: int
    unit_id: int
    rung: str
    entered_on: date
    document: str = ""
    readiness: Readiness = Readiness.SOON
    potential: Decimal | None = None
    remark: str = ""
    selection_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What of an entry may be set right: whose reserve, since when, by which document."""

    unit_id: int
    entered_on: date
    document: str
    remark: str


@dataclass(frozen=True, slots=True)
class LeavingGiven:
    """Why somebody leaves the pool; ``left_on`` is the last day in it."""

    leaving: Leaving
    left_on: date
    reason: str = ""
    document: str = ""


class EntryRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given. ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@operation(Permission.POOL_DECIDE)
def enter_pool(actor: Actor, given: PoolEntryGiven) -> int:
    """Take somebody into the pool; gives the entry's id.

    Refuses who is not in service on the day, and who is a reserve for the same rung already. What the daily look at
    the rules proposed for the person and the rung is settled by it.
    """
    try:
        return _enter(actor, [given])[0]
    except EntryRefused as refused:
        raise refused.why from None


@operation(Permission.POOL_DECIDE)
def enter_many(actor: Actor, rows: Sequence[PoolEntryGiven]) -> list[int]:
    """Take many people into the pool, all or none; gives the ids in order. A handful of queries for any number.

    Raises ``EntryRefused`` for the first that cannot be.
    """
    return _enter(actor, rows)


@operation(Permission.POOL_DECIDE)
def change_entry(actor: Actor, entry_id: int, given: EntryChange, version: int) -> None:
    """Set right what was entered. Raises ``Conflict`` when ``version`` is no longer the present one."""
    entry = fetch(actor, PoolEntry, entry_id, Permission.POOL_DECIDE, lock=True)
    check_version(entry, given, version)
    employee = db.session.get_one(Employee, entry.employee_id)
    if given.unit_id != entry.unit_id:
        check_place(fetch_unit(actor, given.unit_id, Permission.POOL_DECIDE))
    check_texts(given.document, given.remark)
    check_day(employee, given.entered_on)
    if entry.left_on is not None and given.entered_on > entry.left_on:
        raise Refused(msg("入库日期晚于出库日期 %(left)s，请核对。", left=entry.left_on), field="entered_on")
    others = select(PoolEntry).where(
        PoolEntry.employee_id == entry.employee_id, PoolEntry.rung == entry.rung, PoolEntry.id != entry.id
    )
    for other in db.session.scalars(others):
        if (other.left_on is None or other.left_on >= given.entered_on) and (
            entry.left_on is None or entry.left_on >= other.entered_on
        ):
            raise Refused(
                msg("与 %(entered)s 入库的另一段在库时间重叠，请核对。", entered=other.entered_on), field="entered_on"
            )
    entry.unit_id, entry.entered_on = given.unit_id, given.entered_on
    entry.document, entry.remark = given.document.strip(), given.remark.strip()


@operation(Permission.POOL_NOMINATE)
def set_readiness(actor: Actor, entry_id: int, readiness: Readiness, remark: str, version: int) -> None:
    """Say how soon somebody could take the post. Raises ``Conflict`` when ``version`` is no longer the present one."""
    entry = living_entry(actor, entry_id, Permission.POOL_NOMINATE)
    if entry.version != version:
        raise Conflict(
            msg("这条在库记录刚刚被其他人修改，请核对后重新提交。"),
            typed={"readiness": READINESS[readiness], "remark": remark},
            current={"readiness": READINESS[entry.readiness], "remark": entry.remark},
        )
    check_texts("", remark)
    entry.readiness, entry.remark = readiness, remark.strip()


@operation(Permission.POOL_DECIDE)
def leave_pool(actor: Actor, entry_id: int, given: LeavingGiven) -> None:
    """Let somebody leave the pool; open proposals for them to leave are settled by it."""
    entry = living_entry(actor, entry_id, Permission.POOL_DECIDE)
    if given.left_on > clock.today():
        raise Refused(msg("出库日期 %(on)s 晚于今天，请核对。", on=given.left_on), field="left_on")
    if given.left_on < entry.entered_on:
        raise Refused(msg("出库日期早于入库日期 %(entered)s，请核对。", entered=entry.entered_on), field="left_on")
    reason = " ".join(given.reason.split())
    if not reason and given.leaving in {Leaving.OTHER, Leaving.REFUSAL}:
        raise Refused(msg("请写明出库的原因，如本人书面申请的日期。"), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(msg("原因最多 %(most)s 字，请缩短。", most=LONGEST_REASON), field="reason")
    check_texts(given.document, "")
    entry.left_on, entry.leaving = given.left_on, given.leaving
    entry.left_reason, entry.left_document = reason, given.document.strip()
    for proposal in _open_proposals(entry):
        same = proposal.ground == given.leaving.value
        _settle(actor, proposal, ProposalState.ACCEPTED if same else ProposalState.LAPSED)


@operation(Permission.POOL_DECIDE)
def undo_leaving(actor: Actor, entry_id: int) -> None:
    """Take back a leaving that was entered by mistake; proposals that it settled wait again."""
    entry = fetch(actor, PoolEntry, entry_id, Permission.POOL_DECIDE, lock=True)
    if entry.left_on is None:
        raise Refused(msg("此人仍在库，没有可撤销的出库记录。"))
    employee = db.session.get_one(Employee, entry.employee_id)
    if employee.left_on is not None and employee.left_on < clock.today():
        raise Refused(msg("%(name)s已于 %(left)s 离职，不能恢复在库。", name=employee.name, left=employee.left_on))
    later = select(PoolEntry.entered_on).where(
        PoolEntry.employee_id == entry.employee_id,
        PoolEntry.rung == entry.rung,
        PoolEntry.id != entry.id,
        PoolEntry.entered_on > entry.left_on,
    )
    again = db.session.scalars(later).first()
    if again is not None:
        raise Refused(msg("此人已于 %(again)s 重新入库，不能撤销这次出库。", again=again))
    query = select(PoolProposal).where(
        PoolProposal.entry_id == entry.id,
        PoolProposal.proposed == Proposed.EXIT,
        PoolProposal.state.in_((ProposalState.ACCEPTED, ProposalState.LAPSED)),
        PoolProposal.decided_on >= entry.left_on,
    )
    for proposal in db.session.scalars(query):
        proposal.state, proposal.decided_on, proposal.decided_by = ProposalState.OPEN, None, ""
    entry.left_on, entry.leaving = None, None
    entry.left_reason, entry.left_document = "", ""


def living_entry(actor: Actor, entry_id: int, permission: Permission) -> PoolEntry:
    """An entry of somebody who is in the pool, locked until the commit. Refuses who has left."""
    entry = fetch(actor, PoolEntry, entry_id, permission, lock=True)
    if entry.left_on is not None:
        raise Refused(msg("此人已于 %(left)s 出库，这项业务只能为在库人员办理。", left=entry.left_on))
    return entry


def check_version(entry: PoolEntry, given: EntryChange, version: int) -> None:
    """Refuse to overwrite what somebody else changed first."""
    if entry.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("这条在库记录刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(entry, name) for name in typed},
        )


def check_potential(potential: Decimal | None) -> None:
    """Points of potential lie between 0 and 100 with two decimals at most."""
    if potential is None:
        return
    if not 0 <= potential <= MOST_POTENTIAL or potential != potential.quantize(Decimal("0.01")):
        raise Refused(msg("潜力评分应为 0 至 100 分，最多两位小数，请改正。"), field="potential")


@dataclass(slots=True)
class _Entering:
    """What stands before many people enter: files, units, entries, selections and proposals, each read once."""

    actor: Actor
    employees: dict[int, Employee]
    units: dict[int, Unit]
    selections: dict[int, Selection]
    held: dict[tuple[int, str], list[PoolEntry]]
    proposals: dict[tuple[int, str], list[PoolProposal]]
    editions: dict[date | int, TalentPoolEdition] = field(default_factory=dict)

    def entry(self, given: PoolEntryGiven) -> PoolEntry:
        """The record of one row, checked."""
        employee = self.employees.get(given.employee_id)
        unit = self.units.get(given.unit_id)
        if employee is None or unit is None:
            raise NotFound
        edition = self._edition(given)
        if given.rung not in {rung.code for rung in edition.rungs}:
            raise Refused(msg("“%(title)s”中没有这一台阶，请重新选择。", title=edition.head.title), field="rung")
        check_place(unit)
        check_day(employee, given.entered_on)
        check_texts(given.document, given.remark)
        check_potential(given.potential)
        for other in self.held.get((given.employee_id, given.rung), ()):
            if other.left_on is None or other.left_on >= given.entered_on:
                raise Refused(
                    msg(
                        "已是%(rung)s后备人选（%(entered)s 入库），不能重复入库。",
                        rung=edition.rung(given.rung).name,
                        entered=other.entered_on,
                    ),
                    field="employee_id",
                )
        entry = PoolEntry(
            employee_id=given.employee_id,
            unit_id=given.unit_id,
            rung=given.rung,
            edition_key=edition.head.key,
            entered_on=given.entered_on,
            selection_id=given.selection_id,
            document=given.document.strip(),
            readiness=given.readiness,
            potential=given.potential,
            remark=given.remark.strip(),
        )
        self.held.setdefault((given.employee_id, given.rung), []).append(entry)
        for proposal in self.proposals.pop((given.employee_id, given.rung), ()):
            _settle(self.actor, proposal, ProposalState.ACCEPTED)
        return entry

    def _edition(self, given: PoolEntryGiven) -> TalentPoolEdition:
        key: date | int = given.entered_on if given.selection_id is None else given.selection_id
        if key not in self.editions:
            if given.selection_id is None:
                self.editions[key] = rules_on(given.entered_on)
            else:
                selection = self.selections.get(given.selection_id)
                if selection is None:
                    raise NotFound
                self.editions[key] = frozen_rules(selection.edition, selection.edition_key)
        return self.editions[key]


def _enter(actor: Actor, rows: Sequence[PoolEntryGiven]) -> list[int]:
    entering = _entering(actor, rows)
    made = []
    for number, given in enumerate(rows):
        try:
            made.append(entering.entry(given))
        except Refused as refused:
            raise EntryRefused(number, entering.employees[given.employee_id].name, refused) from refused
    session_add(*made)
    return [entry.id for entry in made]


def _entering(actor: Actor, rows: Sequence[PoolEntryGiven]) -> _Entering:
    people = {row.employee_id for row in rows}
    allowed = Permission.POOL_DECIDE
    files = visible(actor, Employee, allowed).where(Employee.id.in_(people)).with_for_update()
    employees = {employee.id: employee for employee in db.session.scalars(files)}
    places = select(Unit).where(Unit.id.in_({row.unit_id for row in rows}), within(actor, Unit.id, allowed))
    units = {unit.id: unit for unit in db.session.scalars(places)}
    chosen = {row.selection_id for row in rows if row.selection_id is not None}
    selections: dict[int, Selection] = {}
    if chosen:
        rounds = visible(actor, Selection, allowed).where(Selection.id.in_(chosen))
        selections = {selection.id: selection for selection in db.session.scalars(rounds)}
    held: dict[tuple[int, str], list[PoolEntry]] = {}
    for entry in db.session.scalars(select(PoolEntry).where(PoolEntry.employee_id.in_(people))):
        held.setdefault((entry.employee_id, entry.rung), []).append(entry)
    proposals: dict[tuple[int, str], list[PoolProposal]] = {}
    waiting = select(PoolProposal).where(
        PoolProposal.employee_id.in_(people),
        PoolProposal.proposed == Proposed.ENTRY,
        PoolProposal.state == ProposalState.OPEN,
    )
    for proposal in db.session.scalars(waiting):
        proposals.setdefault((proposal.employee_id, proposal.rung), []).append(proposal)
    return _Entering(actor, employees, units, selections, held, proposals)


def check_place(unit: Unit) -> None:
    """Only communities and villages have reserves."""
    if unit.kind not in COMMUNITY_KINDS:
        raise Refused(msg("“%(unit)s”不是社区或村，请选择后备人选所在的社区。", unit=unit.short_name), field="unit_id")


def check_day(employee: Employee, entered_on: date) -> None:
    """Somebody enters on a day of their service that is not to come."""
    if entered_on > clock.today():
        raise Refused(msg("入库日期 %(on)s 晚于今天，请核对。", on=entered_on), field="entered_on")
    if entered_on < employee.joined_community_on:
        joined = employee.joined_community_on
        raise Refused(msg("入库日期早于进社区工作日期 %(joined)s，请核对。", joined=joined), field="entered_on")
    if employee.left_on is not None and employee.left_on < entered_on:
        raise Refused(msg("此人已于 %(left)s 离职，不能入库。", left=employee.left_on), field="employee_id")


def check_texts(document: str, remark: str) -> None:
    """Number of the document and remark fit where they are kept."""
    if len(document.strip()) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 字，请缩短。", most=LONGEST_DOCUMENT), field="document")
    if len(remark.strip()) > LONGEST_REMARK:
        raise Refused(msg("备注最多 %(most)s 字，请缩短。", most=LONGEST_REMARK), field="remark")


def _open_proposals(entry: PoolEntry) -> Sequence[PoolProposal]:
    query = select(PoolProposal).where(
        PoolProposal.entry_id == entry.id,
        PoolProposal.proposed == Proposed.EXIT,
        PoolProposal.state == ProposalState.OPEN,
    )
    return db.session.scalars(query).all()


def _settle(actor: Actor, proposal: PoolProposal, state: ProposalState) -> None:
    proposal.state, proposal.decided_on, proposal.decided_by = state, clock.today(), actor.display_name
