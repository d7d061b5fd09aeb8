"""A selection as a whole: planned, announced with its rules frozen, moved in its days, cancelled."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.talent_pool.parts import Purpose
from careerpath.talent_pool.models import Selection, SelectionPlaces, SelectionState, SelectionStep
from careerpath.talent_pool.operations.steps import move_on, selection_in
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import Conflict, Message, Refused, msg

MOST_PLACES = 99
MOST_UNITS = 2000
LONGEST_REMARK = 4000
LENGTHS: Mapping[str, tuple[Message, int]] = {
    "name": (msg("竞岗名称"), 60),
    "contact": (msg("咨询方式"), 120),
    "remark": (msg("公告的其他内容"), LONGEST_REMARK),
}
OPEN_STATES = (
    SelectionState.NOMINATION,
    SelectionState.STAGES,
    SelectionState.DECISION,
    SelectionState.NOTICE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPlan:
    """What the district decides when it plans a selection; ``gate`` is one into the pool, of the edition named."""

    name: str
    year: int
    edition_key: str
    gate: str
    reckoned_on: date
    closes_on: date
    """The last day of nominations, included."""
    held_on: date | None = None
    """The day on which the stages begin."""
    contact: str = ""
    remark: str = ""


@operation(Permission.POOL_DECIDE)
def plan_selection(actor: Actor, unit_id: int, given: SelectionPlan, places: Mapping[int, int]) -> int:
    """Plan a selection of a district; gives its id. ``places``: how many reserves are selected, by unit id.

    Places may follow later, before the announcement. Refuses a name that is taken and days out of order.
    """
    unit = fetch_unit(actor, unit_id, Permission.POOL_DECIDE, lock=True)
    if unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("竞岗由区（县）组织，请选择区（县）级单位。"), field="unit_id")
    _check_plan(unit.id, given)
    selection = Selection(unit_id=unit.id, **_kept(given))
    session_add(selection)
    _put_places(selection, unit, places)
    move_on(actor, selection, SelectionState.PLANNED)
    return selection.id


@operation(Permission.POOL_DECIDE)
def change_selection(
    actor: Actor, selection_id: int, given: SelectionPlan, places: Mapping[int, int] | None, version: int
) -> None:
    """Change what is planned; ``places`` of ``None`` stay as they are.

    Refused once the selection is announced; ``Conflict`` where somebody else was first.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.PLANNED)
    _check_version(selection, asdict(given), version)
    _check_plan(selection.unit_id, given, selection)
    for name, value in _kept(given).items():
        setattr(selection, name, value)
    if places is not None:
        _put_places(selection, fetch_unit(actor, selection.unit_id, Permission.POOL_DECIDE), places)


@operation(Permission.POOL_DECIDE)
def put_places(actor: Actor, selection_id: int, places: Mapping[int, int]) -> int:
    """Replace the places of a planned selection, by unit id; gives their sum. Units with 0 have none."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.PLANNED)
    return _put_places(selection, fetch_unit(actor, selection.unit_id, Permission.POOL_DECIDE), places)


@operation(Permission.POOL_DECIDE)
def drop_selection(actor: Actor, selection_id: int) -> None:
    """Take a planned selection back, with its places. What has been announced is cancelled instead."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.PLANNED)
    steps = select(SelectionStep).where(SelectionStep.selection_id == selection.id)
    for record in (*_places(selection.id).values(), *db.session.scalars(steps)):
        db.session.delete(record)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(selection)


@operation(Permission.POOL_DECIDE)
def announce_selection(actor: Actor, selection_id: int, document: str, announced_on: date) -> None:
    """Announce a selection: the rules are frozen as the rulebook has them now, and nominations come in.

    Needs places, a gate into the pool, stages in the edition and a last day of nominations that has not passed.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.PLANNED)
    document = " ".join(document.split())
    if not document:
        raise Refused(msg("请填写竞岗公告的文号或编号，公示和名册都要引用。"), field="document")
    if len(document) > 120:
        raise Refused(msg("文号最多 %(most)s 个字，请缩短。", most=120), field="document")
    if announced_on > selection.closes_on:
        raise Refused(
            msg("公告日期 %(day)s 晚于推荐报名截止日 %(last)s，请改正。", day=announced_on, last=selection.closes_on),
            field="announced_on",
        )
    if announced_on > clock.today():
        raise Refused(msg("公告日期 %(day)s 还没有到，请在公告当日办理。", day=announced_on), field="announced_on")
    if selection.closes_on < clock.today():
        raise Refused(
            msg("推荐报名截止日 %(day)s 已过，公告后无人可以报名，请先修改日程。", day=selection.closes_on),
            field="closes_on",
        )
    if not _places(selection.id):
        raise Refused(msg("还没有分配名额，请先确定各社区选拔几名后备。"))
    edition = rules_named(selection.edition_key)
    _check_gate(edition, selection.gate)
    if not edition.stages:
        raise Refused(
            msg("“%(title)s”没有规定竞岗环节，不能用于竞岗，请换用规则。", title=edition.head.title),
            field="edition_key",
        )
    selection.document, selection.announced_on = document, announced_on
    selection.edition = to_plain(edition)
    move_on(actor, selection, SelectionState.NOMINATION)


@operation(Permission.POOL_DECIDE)
def change_selection_days(actor: Actor, selection_id: int, closes_on: date, held_on: date | None, reason: str) -> None:
    """Move days of an announced selection, with a reason that stays. Nominations are only ever open for longer."""
    selection = selection_in(
        actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOMINATION, SelectionState.STAGES
    )
    reason = read_reason(reason)
    if (closes_on, held_on) == (selection.closes_on, selection.held_on):
        raise Refused(msg("日程没有变化，无需调整。"))
    if closes_on != selection.closes_on and selection.state is not SelectionState.NOMINATION:
        raise Refused(msg("推荐报名已经结束，截止日不能再调整。"), field="closes_on")
    if closes_on < selection.closes_on:
        raise Refused(
            msg("推荐报名截止日只能推后，不能早于公告的 %(day)s。", day=selection.closes_on), field="closes_on"
        )
    if held_on is None and selection.held_on is not None:
        raise Refused(msg("公告的测评日期不能删去，请填写改期后的日期。"), field="held_on")
    _check_held(closes_on, held_on)
    selection.closes_on, selection.held_on = closes_on, held_on
    move_on(actor, selection, selection.state, reason)


@operation(Permission.POOL_DECIDE)
def cancel_selection(actor: Actor, selection_id: int, reason: str) -> None:
    """Cancel a selection that has been announced and is not concluded; what was entered stays to be read."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, *OPEN_STATES)
    selection.concluded_on = clock.today()
    move_on(actor, selection, SelectionState.CANCELLED, read_reason(reason))


def _kept(given: SelectionPlan) -> dict[str, object]:
    kept: dict[str, object] = asdict(given)
    return kept | {"name": given.name.strip(), "contact": given.contact.strip(), "remark": given.remark.strip()}


def _check_plan(unit_id: int, given: SelectionPlan, selection: Selection | None = None) -> None:
    if not given.name.strip():
        raise Refused(msg("请填写竞岗名称，如 2026年后备人才竞岗。"), field="name")
    for field, (title, most) in LENGTHS.items():
        if len(getattr(given, field)) > most:
            raise Refused(msg("%(what)s最多 %(most)s 个字，请缩短。", what=title, most=most), field=field)
    taken = select(Selection.id).where(Selection.unit_id == unit_id, Selection.name == given.name.strip())
    if selection is not None:
        taken = taken.where(Selection.id != selection.id)
    if db.session.scalar(taken) is not None:
        raise Refused(msg("已有名为“%(name)s”的竞岗，请换一个名称。", name=given.name.strip()), field="name")
    if not 2000 <= given.year <= 2100:
        raise Refused(msg("年度应在 2000 至 2100 之间，请改正。"), field="year")
    _check_gate(rules_named(given.edition_key), given.gate)
    _check_held(given.closes_on, given.held_on)


def _check_gate(edition: TalentPoolEdition, code: str) -> None:
    gate = edition.gate(code)
    if gate.purpose is not Purpose.POOL:
        raise Refused(msg("“%(gate)s”不是后备人选的资格条件，不能用于竞岗，请另选。", gate=gate.name), field="gate")


def _check_held(closes_on: date, held_on: date | None) -> None:
    if held_on is not None and held_on <= closes_on:
        raise Refused(
            msg("测评开始日 %(held)s 应在推荐报名截止日 %(closes)s 之后，请改正。", held=held_on, closes=closes_on),
            field="held_on",
        )


def _check_version(selection: Selection, typed: Mapping[str, object], version: int) -> None:
    if selection.version != version:
        raise Conflict(
            msg("这次竞岗刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(selection, name, None) for name in typed},
        )


def _places(selection_id: int) -> dict[int, SelectionPlaces]:
    query = select(SelectionPlaces).where(SelectionPlaces.selection_id == selection_id)
    return {one.unit_id: one for one in db.session.scalars(query)}


def _put_places(selection: Selection, district: Unit, places: Mapping[int, int]) -> int:
    """Make the places exactly these; what stays as it is, is not written."""
    wanted = {unit_id: count for unit_id, count in places.items() if count != 0}
    if len(wanted) > MOST_UNITS:
        raise Refused(msg("一次竞岗最多 %(most)s 个单位，请分开组织。", most=MOST_UNITS), field="places")
    names = _units(district, wanted)
    if set(wanted) - set(names):
        raise Refused(msg("名额只分配给本区（县）未撤销的社区和村，请刷新页面后重新填写。"), field="places")
    for unit_id, count in wanted.items():
        if not 1 <= count <= MOST_PLACES:
            raise Refused(
                msg("“%(unit)s”的名额应为 0 至 %(most)s，请改正。", unit=names[unit_id], most=MOST_PLACES),
                field=f"places-{unit_id}",
            )
    kept = _places(selection.id)
    for unit_id, record in kept.items():
        if unit_id not in wanted:
            db.session.delete(record)
        elif record.places != wanted[unit_id]:
            record.places = wanted[unit_id]
    fresh = [
        SelectionPlaces(selection_id=selection.id, unit_id=unit_id, places=count)
        for unit_id, count in wanted.items()
        if unit_id not in kept
    ]
    if fresh:
        session_add(*fresh)
    return sum(wanted.values())


def _units(district: Unit, wanted: Mapping[int, int]) -> dict[int, str]:
    """The names of those communities and villages of the district that are not closed, by id."""
    query = select(Unit.id, Unit.short_name).where(
        Unit.id.in_(wanted),
        Unit.path.startswith(district.path, autoescape=True),
        Unit.kind.in_(COMMUNITY_KINDS),
        or_(Unit.ends_on.is_(None), Unit.ends_on >= clock.today()),
    )
    return {unit_id: name for unit_id, name in db.session.execute(query)}
