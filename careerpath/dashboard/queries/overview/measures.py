"""The columns of an overview: vacancies, every target in force, complete files; each cell with the list behind it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from flask import url_for

from careerpath.dashboard.queries.overview.parts import Division
from careerpath.figures.queries.behind import list_behind
from careerpath.figures.queries.targets import Counted, add_figures
from careerpath.policy.codes import UnitKind
from careerpath.policy.reason import percent
from careerpath.policy.targets import Each, Figure, Measure, Target, TargetsEdition, judge
from careerpath.recruitment.queries.staffing import StaffingLine
from careerpath.recruitment.queries.vacancies import StaffingSum, sum_of
from careerpath.words import Message, msg

VACANCY, COMPLETE = "vacancy", "complete"


class Standing(StrEnum):
    """How a part stands: to what is to be reached, and where it misses that, to the whole."""

    MET = "met"
    NEAR = "near"
    FAR = "far"
    UNKNOWN = "unknown"


STANDINGS: Mapping[Standing, Message] = {
    Standing.MET: msg("已达到"),
    Standing.NEAR: msg("未达到，不差于总体"),
    Standing.FAR: msg("未达到，差于总体"),
    Standing.UNKNOWN: msg("没有数据"),
}
SIGNS: Mapping[Standing, str] = {Standing.MET: "✔", Standing.NEAR: "▲", Standing.FAR: "◆", Standing.UNKNOWN: "○"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. ``share`` is what parts are compared by, none where nothing can be said; ``url`` the list behind."""

    words: Message | str
    share: Decimal | None
    standing: Standing
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One measure over all parts, by their ids, and over the whole. ``title`` is that of the target where it is one."""

    code: str
    title: Message | str
    short: Message | str
    cells: Mapping[int, Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before it is compared with the whole; less of it is better where ``falling``."""

    words: Message | str
    share: Decimal | None
    met: bool | None
    falling: bool = False


STEP = Decimal("0.001")
NOTHING = _Found("—", None, None)

SHORT: Mapping[Measure, Message] = {
    Measure.YOUNG_CADRES: msg("年轻干部"),
    Measure.RESERVES: msg("后备人才"),
    Measure.HOUSEHOLDS_PER_WORKER: msg("服务户数"),
    Measure.TRAINING_SHARE: msg("培训率"),
    Measure.CERTIFICATE_SHARE: msg("持证率"),
    Measure.EDUCATION_SHARE: msg("学历达标率"),
}


def vacancy_column(division: Division, lines: Iterable[StaffingLine], on: date | None) -> Column:
    """Vacancies of the quota; reached where there are none."""
    by_unit = {line.unit_id: line for line in lines}
    parts = {
        part_id: _vacant(sum_of(by_unit[one] for one in ids)) for part_id, ids in division.gathered(by_unit).items()
    }
    whole = _vacant(sum_of(by_unit.values()))
    streets = {line.street_id for line in by_unit.values()}

    def url(part_id: int) -> str:
        if part_id in by_unit:
            return url_for("recruitment.unit_headcount", unit_id=part_id, on=on)
        street = part_id if part_id in streets else None
        return url_for("recruitment.headcount", street=street, by=None if street else "street", on=on)

    return _column(VACANCY, (msg("员额空编"), msg("空编")), parts, whole, url, whole.share)


def target_columns(division: Division, counted: Counted, on: date | None) -> list[Column]:
    """One column for each target in force: of communities how many reach it, else the share of the part."""
    edition = counted.edition
    return [] if edition is None else [_target(edition, one, division, counted, on) for one in counted.targets]


def complete_column(division: Division, complete: Mapping[int, tuple[int, int]]) -> Column:
    """People whose files lack nothing."""

    def found(ids: Iterable[int]) -> _Found:
        pairs = [complete[one] for one in ids]
        whole, count = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        return _share(count, whole, count == whole)

    parts = {part_id: found(ids) for part_id, ids in division.gathered(complete).items()}
    title, whole = msg("档案完整度"), found(complete)

    def url(part_id: int) -> str:
        return url_for("employees.file_checks", unit_id=part_id)

    return _column(COMPLETE, (title, title), parts, whole, url, whole.share)


def _vacant(total: StaffingSum) -> _Found:
    if not total.quota:
        return NOTHING
    share = Decimal(total.vacant) / total.quota
    words = msg("空 %(vacant)s 名（%(share)s）", vacant=total.vacant, share=_cut(share))
    return _Found(words, share, total.vacant == 0, falling=True)


def _target(edition: TargetsEdition, target: Target, division: Division, counted: Counted, on: date | None) -> Column:
    figures = counted.figures(target)
    if target.each is Each.COMMUNITY:
        figures = {one: figure for one, figure in figures.items() if counted.places[one].kind is UnitKind.COMMUNITY}

    def found(ids: Iterable[int], *, alone: bool) -> _Found:
        known = [figures[one] for one in ids]
        if not known:
            return NOTHING
        if target.each is Each.COMMUNITY and not alone:
            return _communities(edition, target, known)
        return _judged(edition, target, add_figures(known))

    parts = {part_id: found(ids, alone=part_id in figures) for part_id, ids in division.gathered(figures).items()}
    titles = (target.name, SHORT[target.measure])
    whole = found(figures, alone=False)
    mean = _mean(figures) if target.each is Each.COMMUNITY and any(one in figures for one in parts) else whole.share
    return _column(target.code, titles, parts, whole, lambda one: list_behind(target, one, on), mean)


def _mean(figures: Mapping[int, Figure]) -> Decimal | None:
    """What a single community is compared with: the ratio of all of them, or the people that one has on average."""
    whole = sum(figure.whole or 0 for figure in figures.values())
    divided = any(figure.whole is not None for figure in figures.values())
    by = whole if divided else len(figures)
    return Decimal(sum(figure.count for figure in figures.values())) / by if by else None


def _communities(edition: TargetsEdition, target: Target, figures: Iterable[Figure]) -> _Found:
    judged = [judge(edition, target, figure).met for figure in figures]
    known = [met for met in judged if met is not None]
    if not known:
        return NOTHING
    met = sum(known)
    words = msg("%(met)s/%(all)s 个社区", met=met, all=len(known))
    return _Found(words, Decimal(met) / len(known), met == len(known))


def _judged(edition: TargetsEdition, target: Target, figure: Figure) -> _Found:
    if target.measure.is_share:
        if not figure.whole:
            return NOTHING
        return _share(figure.count, figure.whole, judge(edition, target, figure).met)
    judged = judge(edition, target, figure)
    if judged.met is None or judged.value is None:
        return NOTHING
    falling = target.measure is Measure.HOUSEHOLDS_PER_WORKER
    words = msg("%(count)s 户", count=judged.value) if falling else msg("%(count)s 人", count=figure.count)
    return _Found(words, judged.value, judged.met, falling)


def _share(count: int, whole: int, met: bool | None) -> _Found:
    if not whole:
        return NOTHING
    return _Found(_cut(Decimal(count) / whole), Decimal(count) / whole, met)


def _cut(share: Decimal) -> str:
    # Cut off, as the rule does it: what misses 95% never reads as 95%.
    return percent(share.quantize(STEP, ROUND_DOWN))


def _column(
    code: str,
    titles: tuple[Message | str, Message | str],
    parts: Mapping[int, _Found],
    whole: _Found,
    url: Callable[[int], str],
    mean: Decimal | None,
) -> Column:
    cells = {one: Cell(found.words, found.share, _stands(found, mean), url(one)) for one, found in parts.items()}
    return Column(code, *titles, cells, Cell(whole.words, whole.share, _stands(whole, whole.share)))


def _stands(found: _Found, mean: Decimal | None) -> Standing:
    """How a figure stands: what misses the target is held against ``mean``, that of the whole."""
    if found.met is None and found.share is None:
        return Standing.UNKNOWN
    if found.met:
        return Standing.MET
    if found.share is None or mean is None:
        return Standing.FAR
    better = found.share <= mean if found.falling else found.share >= mean
    return Standing.NEAR if better else Standing.FAR
