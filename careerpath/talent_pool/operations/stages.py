"""The stages of a selection (民主推荐, 竞岗演讲, 面谈 …): points and tallies, and the end of the stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.policy.reason import show
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState, StagePoints
from careerpath.talent_pool.operations.steps import move_on, selection_in
from careerpath.talent_pool.queries.ranking import lacking, stage_named, standings, taking_part
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Conflict, NotFound, Refused, msg

CENT = Decimal("0.01")
MOST_VOTES = 100_000
TALLY = ("points", "votes_for", "votes_cast")


@dataclass(frozen=True, slots=True)
class PointsGiven:
    """What one entrant came to in a stage: points, or of a vote the tally, from which the points follow.

    Without anything what stands is taken back. ``version`` is that of what was looked at, 0 where nothing stood;
    ``None`` overwrites whatever stands.
    """

    points: Decimal | None = None
    votes_for: int | None = None
    votes_cast: int | None = None
    version: int | None = None


@operation(Permission.POOL_DECIDE)
def put_points(actor: Actor, selection_id: int, stage: str, points: Mapping[int, PointsGiven]) -> int:
    """Keep what entrants came to in a stage, all or none, by their ids; gives how many changed.

    Of a vote the points are votes for ÷ votes cast × the stage's maximum, two decimals. Raises ``Refused`` with
    ``<id>:<column>`` as field for whoever does not take part in the stage and for points beyond it, ``Conflict``
    where somebody else was first, ``NotFound`` for an id that is not of this selection.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.STAGES)
    edition = rules_of(selection)
    held = stage_named(edition, stage)
    _refuse_early(selection)
    units = _units_of(actor, selection, points)
    found = standings(selection, lock=True, unit_ids=units) if points else ()
    placed = {one.entrant.id: one for unit in found for one in unit.placed}
    part = frozenset(key for unit in found for key in taking_part(edition, unit, held))
    made: list[StagePoints] = []
    changed = 0
    for key, given in points.items():
        kept = placed[key].kept.get(held.code) if key in placed else None
        value = _value(key, held, given)
        _refuse_stale(kept, given)
        if _same(kept, value, given):
            continue
        if key not in part:
            _refuse_absent(key, held, placed[key].entrant.state if key in placed else None, value)
        changed += 1
        if value is None:
            db.session.delete(kept)
            continue
        if kept is None:
            kept = StagePoints(entrant_id=key, stage=held.code)
            made.append(kept)
        kept.points, kept.votes_for, kept.votes_cast = value, given.votes_for, given.votes_cast
        kept.by, kept.at = actor.display_name, clock.now()
    session_add(*made)
    return changed


@operation(Permission.POOL_DECIDE)
def finish_stages(actor: Actor, selection_id: int) -> None:
    """End the stages, so that the district may decide. Refuses while points of anybody who takes part are missing."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.STAGES)
    _refuse_early(selection)
    missing = lacking(rules_of(selection), standings(selection))
    if missing:
        stage, count = missing[0]
        raise Refused(
            msg("“%(stage)s”环节还有 %(count)s 人没有成绩，请录全后再结束测评。", stage=stage.name, count=count)
        )
    move_on(actor, selection, SelectionState.DECISION)


@operation(Permission.POOL_DECIDE)
def reopen_stages(actor: Actor, selection_id: int, reason: str) -> None:
    """Go back to the stages to set points right, until the district has decided; orders decided so far are dropped."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.DECISION)
    why = read_reason(reason)
    if selection.decided_on is not None:
        raise Refused(msg("竞岗结果已于 %(on)s 研究确定，请先撤销结果再退回测评。", on=selection.decided_on))
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.decided_order.is_not(None)
    )
    for entrant in db.session.scalars(query.with_for_update()):
        entrant.decided_order = None
    move_on(actor, selection, SelectionState.STAGES, why)


def vote_points(stage: SelectionStage, votes_for: int, votes_cast: int) -> Decimal:
    """What a tally is worth in a stage: its share of the votes cast, of the maximum, two decimals."""
    return (Decimal(votes_for) / Decimal(votes_cast) * stage.maximum).quantize(CENT, ROUND_HALF_UP)


def _refuse_early(selection: Selection) -> None:
    if selection.held_on is not None and clock.today() < selection.held_on:
        raise Refused(msg("测评定于 %(on)s 开始，当天起才能录入；提前的请先调整日程。", on=selection.held_on))


def _units_of(actor: Actor, selection: Selection, points: Mapping[int, PointsGiven]) -> set[int]:
    query = visible(actor, SelectionEntrant, Permission.POOL_DECIDE).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.id.in_(sorted(points))
    )
    found = {one.id: one.unit_id for one in db.session.scalars(query)}
    if len(found) < len(points):
        raise NotFound
    return set(found.values())


def _value(key: int, stage: SelectionStage, given: PointsGiven) -> Decimal | None:
    """The points as they are kept."""
    if (given.votes_for is None) != (given.votes_cast is None):
        missing = "votes_for" if given.votes_for is None else "votes_cast"
        raise Refused(msg("得票数和投票人数请同时填写。"), field=f"{key}:{missing}")
    value = given.points
    if given.votes_for is not None and given.votes_cast is not None:
        if not 0 < given.votes_cast <= MOST_VOTES:
            raise Refused(
                msg("投票人数应为 1 至 %(most)s 的整数，请核对。", most=MOST_VOTES), field=f"{key}:votes_cast"
            )
        if not 0 <= given.votes_for <= given.votes_cast:
            raise Refused(
                msg("得票 %(votes)s 应在 0 至投票人数 %(cast)s 之间，请核对。", votes=given.votes_for,
                    cast=given.votes_cast),
                field=f"{key}:votes_for",
            )  # fmt: skip
        counted = vote_points(stage, given.votes_for, given.votes_cast)
        if value is not None and value != counted:
            raise Refused(
                msg("得分 %(points)s 与得票折算的 %(counted)s 不一致，请核对或只填得票。", points=show(value),
                    counted=show(counted)),
                field=f"{key}:points",
            )  # fmt: skip
        return counted
    if value is None:
        return None
    if not value.is_finite() or not 0 <= value <= stage.maximum:
        raise Refused(
            msg("“%(stage)s”成绩应在 0 至 %(most)s 分之间，请改正。", stage=stage.name, most=show(stage.maximum)),
            field=f"{key}:points",
        )
    if value != value.quantize(CENT):
        raise Refused(msg("成绩最多两位小数，请改正。"), field=f"{key}:points")
    return value


def _refuse_stale(kept: StagePoints | None, given: PointsGiven) -> None:
    if given.version is None or given.version == (0 if kept is None else kept.version):
        return
    raise Conflict(
        msg("这一行刚刚被其他人修改，请核对后重新填写。"),
        typed={name: getattr(given, name) for name in TALLY},
        current={name: None if kept is None else getattr(kept, name) for name in TALLY},
    )


def _same(kept: StagePoints | None, value: Decimal | None, given: PointsGiven) -> bool:
    if kept is None or value is None:
        return kept is None and value is None
    return (kept.points, kept.votes_for, kept.votes_cast) == (value, given.votes_for, given.votes_cast)


def _refuse_absent(key: int, stage: SelectionStage, state: EntrantState | None, value: Decimal | None) -> None:
    """Refuse points for somebody who is not in the stage; taking back what stands is always possible."""
    if value is None:
        return
    if state is EntrantState.WITHDRAWN:
        raise Refused(msg("此人已退出竞岗，不能录入成绩。"), field=f"{key}:points")
    if state is not EntrantState.ADMITTED:
        raise Refused(msg("此人没有通过资格审查，不能录入成绩。"), field=f"{key}:points")
    raise Refused(
        msg("此人没有进入“%(stage)s”，或者本单位前面环节的成绩还没有录全。", stage=stage.name), field=f"{key}:points"
    )
