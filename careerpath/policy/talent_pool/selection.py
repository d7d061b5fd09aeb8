"""A selection (竞岗): stage by stage, who goes on, and the order of those who are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from careerpath.policy.reason import Reason, show
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.words import Message, Refused, msg

CENT = Decimal("0.01")


class Outcome(StrEnum):
    """What became of an entrant. ``waiting``: points of a stage are still to come; ``tie``: people decide."""

    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    OUT = "out"
    TIE = "tie"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entrant:
    """One entrant: points by stage; ``decided_order`` is what people decided between those who are level."""

    id: str
    points: Mapping[str, Decimal] = field(default_factory=dict)
    withdrawn: bool = False
    decided_order: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: ``stage`` is the last one that the entrant took part in; rank from 1, shared if level."""

    id: str
    stage: str
    total: Decimal | None
    rank: int | None
    outcome: Outcome
    reasons: tuple[Reason, ...]


def select(edition: TalentPoolEdition, entrants: Sequence[Entrant], places: int) -> tuple[Line, ...]:
    """The result of a selection for so many places, in rank order; those who are out stand behind.

    At each stage who is below its line is out, then the best go on: ratio × places, all who are level with the last.
    Stages without anybody's points have not been held. Raises ``Refused`` for points beyond a stage's maximum.
    """
    _refuse(edition, entrants, places)
    reasons: dict[str, list[Reason]] = {one.id: [] for one in entrants}
    at: dict[str, str] = dict.fromkeys(reasons, "")
    gone: dict[str, Outcome] = {one.id: Outcome.WITHDRAWN for one in entrants if one.withdrawn}
    left = [one for one in entrants if not one.withdrawn]
    held = [stage for stage in edition.stages if any(stage.code in one.points for one in left)]
    for stage in held:
        present = [one for one in left if stage.code in one.points]
        if len(present) < len(left):
            break
        staying = _through(edition, stage, present, places, reasons)
        for one in present:
            at[one.id] = stage.code
            if one not in staying:
                gone[one.id] = Outcome.OUT
        left = staying
    finished = len(held) == len(edition.stages) and all(
        stage.code in one.points for one in left for stage in edition.stages
    )
    lines = _ranked(edition, left, places, at, reasons) if finished else [
        Line(one.id, at[one.id], None, None, Outcome.WAITING, tuple(reasons[one.id])) for one in left
    ]  # fmt: skip
    rest = [one for one in entrants if one.id in gone]
    return (*lines, *(Line(one.id, at[one.id], None, None, gone[one.id], tuple(reasons[one.id])) for one in rest))


def _refuse(edition: TalentPoolEdition, entrants: Sequence[Entrant], places: int) -> None:
    stages = {stage.code: stage for stage in edition.stages}
    if places < 1:
        raise Refused(msg("名额至少为 1，请改正。"), field="places")
    if len({one.id for one in entrants}) < len(entrants):
        raise Refused(msg("有人出现两次，请删去重复的一行。"), field="id")
    for one in entrants:
        for code, points in one.points.items():
            stage = stages.get(code)
            if stage is None:
                known = "、".join(stages) or "—"
                raise Refused(msg("没有“%(code)s”这一环节，请改用：%(known)s。", code=code, known=known), field=code)
            if not 0 <= points <= stage.maximum:
                raise Refused(
                    msg("%(id)s 的%(stage)s成绩 %(points)s 不在 0 至 %(most)s 之间，请核对。", id=one.id,
                        stage=stage.name, points=show(points), most=show(stage.maximum)),
                    field=code,
                )  # fmt: skip


def _through(
    edition: TalentPoolEdition,
    stage: SelectionStage,
    present: Sequence[Entrant],
    places: int,
    reasons: Mapping[str, list[Reason]],
) -> list[Entrant]:
    passed = [one for one in present if stage.line is None or one.points[stage.code] >= stage.line]
    wanted = None if stage.ratio is None else int((stage.ratio * places).to_integral_value(ROUND_CEILING))
    ordered = sorted((one.points[stage.code] for one in passed), reverse=True)
    lowest = ordered[wanted - 1] if wanted is not None and wanted < len(ordered) else None
    staying = [one for one in passed if lowest is None or one.points[stage.code] >= lowest]
    for one in present:
        points = one.points[stage.code]
        told = {"stage": stage.name, "points": show(points)}
        if one not in passed:
            words = msg(
                "%(stage)s %(points)s 分，低于 %(line)s 分，不再参加后续环节。", **told, line=show(stage.line or 0)
            )
        elif one not in staying:
            words = msg("%(stage)s %(points)s 分，前 %(wanted)s 名以外，不再参加后续环节。", **told, wanted=wanted)
        elif wanted is None:
            words = msg("%(stage)s %(points)s 分。", **told)
        else:
            words = msg("%(stage)s %(points)s 分，取前 %(wanted)s 名（并列同取）。", **told, wanted=wanted)
        used = {"id": one.id, "stage": stage.code, "points": points, "wanted": wanted, "line": stage.line}
        reasons[one.id].append(_because(edition, stage, used, one in staying, words))
    return staying


def _because(
    edition: TalentPoolEdition, stage: SelectionStage, used: Mapping[str, object], value: object, words: Message
) -> Reason:
    return edition.head.because("selection", stage.citation, used, value, words)


def _ranked(
    edition: TalentPoolEdition,
    left: Sequence[Entrant],
    places: int,
    at: Mapping[str, str],
    reasons: Mapping[str, list[Reason]],
) -> list[Line]:
    totals = {one.id: _total(edition, one) for one in left}
    keys = {one.id: (-totals[one.id], one.decided_order or 0) for one in left}
    ordered = sorted(left, key=lambda one: (keys[one.id], one.id))
    lines = []
    for one in ordered:
        rank = 1 + sum(keys[other.id] < keys[one.id] for other in left)
        level = sum(keys[other.id] == keys[one.id] for other in left)
        if rank + level - 1 <= places:
            outcome = Outcome.SELECTED
        else:
            outcome = Outcome.TIE if rank <= places else Outcome.NOT_SELECTED
        total = totals[one.id] if edition.stages else None
        told = {"rank": rank, "places": places}
        if total is None:
            words = msg("第 %(rank)s 名，选拔 %(places)s 人。", **told)
        else:
            words = msg("总分 %(total)s，第 %(rank)s 名，选拔 %(places)s 人。", total=show(total), **told)
        used = {"id": one.id, "total": total, "rank": rank, "places": places}
        ground = edition.stages[-1].citation if edition.stages else edition.head.ground
        reasons[one.id].append(edition.head.because("selection", ground, used, outcome, words))
        lines.append(Line(one.id, at[one.id], total, rank, outcome, tuple(reasons[one.id])))
    return lines


def _total(edition: TalentPoolEdition, one: Entrant) -> Decimal:
    """Each stage as a share of its maximum, weighted, out of 100; without weights the points of the last stage.

    Without any stage everybody is level, and people decide the order.
    """
    if not edition.stages:
        return Decimal(0)
    if not any(stage.weight for stage in edition.stages):
        return one.points[edition.stages[-1].code].quantize(CENT)
    exact = sum((one.points[stage.code] / stage.maximum * 100 * stage.weight for stage in edition.stages), Decimal(0))
    return exact.quantize(CENT, ROUND_HALF_UP)
