"""What a file of units would do to the tree: new, changed, moved, and what is wrong with it. Values only."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from careerpath.policy.codes import UnitKind
from careerpath.words import Message, Refused, msg

BEFORE_RECORDS = date(1949, 10, 1)
"""The day from which a unit is taken to exist when nobody said: before every posting."""

MOST_FAULTS = 200

_K = UnitKind
_STREETS = frozenset({_K.STREET, _K.TOWN, _K.TOWNSHIP})
_GROUND = frozenset({_K.COMMUNITY, _K.VILLAGE})

PARENT_KINDS: Mapping[UnitKind, frozenset[UnitKind]] = {
    _K.CITY: frozenset(),
    _K.DISTRICT: frozenset({_K.CITY}),
    _K.STREET: frozenset({_K.CITY, _K.DISTRICT}),
    _K.TOWN: frozenset({_K.CITY, _K.DISTRICT}),
    _K.TOWNSHIP: frozenset({_K.CITY, _K.DISTRICT}),
    _K.COMMUNITY: _STREETS,
    _K.VILLAGE: _STREETS,
    _K.COMPOUND: _GROUND,
    _K.GRID: _GROUND | {_K.COMPOUND},
    _K.DEPARTMENT: _STREETS | {_K.CITY, _K.DISTRICT},
    _K.AGENCY: _STREETS | {_K.CITY, _K.DISTRICT},
}
"""Below which kinds a kind may stand."""

ROOT_KINDS = frozenset({_K.CITY, _K.DISTRICT})
"""The kinds that may stand at the top: an installation serves a city, or one district."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file gives it. An empty optional value leaves what is known; ``row`` is its number in the file."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str = ""
    households: int | None = None
    residents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that is there already; ``path`` is empty for one that the file brings."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str
    households: int | None
    residents: int | None
    starts_on: date
    ends_on: date | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one row; ``column`` is the field of ``UnitRow``."""

    row: int
    column: str
    message: Message


class WrongRows(Refused):
    """Rows that may not be loaded; ``faults`` names at most ``MOST_FAULTS`` of them, in the order of the file."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        first = faults[0]
        super().__init__(
            msg(
                "有 %(count)s 处错误，没有写入任何数据。第 %(row)s 行：%(fault)s",
                count=len(faults),
                row=first.row,
                fault=first.message,
            )
        )
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: new units by level from the top, changed ones (the moved among them from the top down)."""

    new: tuple[tuple[Standing, ...], ...]
    changed: tuple[Standing, ...]
    unchanged: int


def make_plan(rows: Sequence[UnitRow], standing: Mapping[str, Standing]) -> Plan:
    """Compare a file with the tree. Raises ``WrongRows`` when the tree that comes out would not hold together."""
    faults: list[RowFault] = []
    after = dict(standing)
    number: dict[str, int] = {}
    for place, row in enumerate(rows):
        at = row.row or place + 2
        if row.code in number:
            faults.append(
                RowFault(at, "code", msg("编码 %(code)s 与第 %(row)s 行重复。", code=row.code, row=number[row.code]))
            )
            continue
        number[row.code] = at
        after[row.code] = _merged(row, standing.get(row.code))
    for code, at in number.items():
        faults += (RowFault(at, column, message) for column, message in _row_faults(after[code], after))
    faults += _circles(number, after)
    if not faults:
        faults += _left_open(number, standing, after)
    if faults:
        raise WrongRows(faults)
    depth = _depths(number, after)
    ordered = sorted(number, key=lambda code: depth[code])
    levels: dict[int, list[Standing]] = {}
    for code in ordered:
        if code not in standing:
            levels.setdefault(depth[code], []).append(after[code])
    changed = tuple(after[code] for code in ordered if code in standing and after[code] != standing[code])
    new = tuple(tuple(level) for _, level in sorted(levels.items()))
    return Plan(new, changed, len(number) - len(changed) - sum(map(len, new)))


def place_faults(unit: Standing, parent: Standing | None) -> Iterator[tuple[str, Message]]:
    """What is wrong with a unit in its place: column and message."""
    if not re.fullmatch(r"[0-9A-Za-z-]{1,20}", unit.code):
        yield "code", msg("单位编码应为 1 到 20 位数字或字母，现为“%(code)s”。", code=unit.code)
    if not 0 < len(unit.name) <= 80:
        yield "name", msg("单位名称应为 1 到 80 个字。")
    if parent is None:
        if unit.kind not in ROOT_KINDS:
            yield "parent_code", msg("%(kind)s必须有上级单位，请填写上级编码。", kind=kind_name(unit.kind))
    elif parent.kind not in PARENT_KINDS[unit.kind]:
        yield (
            "kind",
            msg(
                "%(kind)s不能设在%(parent_kind)s“%(parent)s”之下，请核对类别和上级编码。",
                kind=kind_name(unit.kind),
                parent_kind=kind_name(parent.kind),
                parent=parent.name,
            ),
        )
    if unit.ends_on is not None and unit.ends_on < unit.starts_on:
        yield "ends_on", msg("撤销日期早于设立日期，请核对。")
    if parent is not None and parent.ends_on is not None and (unit.ends_on is None or unit.ends_on > parent.ends_on):
        yield (
            "parent_code",
            msg("上级单位“%(parent)s”已于 %(day)s 撤销。", parent=parent.name, day=parent.ends_on.isoformat()),
        )
    for column, figure in (("households", unit.households), ("residents", unit.residents)):
        if figure is not None and not 0 <= figure < 100_000_000:
            yield column, msg("户数和人口数应为不小于零的整数。")


def kind_name(kind: UnitKind) -> Message:
    """The name of a kind of unit."""
    return KIND_NAMES[kind]


KIND_NAMES: Mapping[UnitKind, Message] = {
    _K.CITY: msg("市"),
    _K.DISTRICT: msg("区县"),
    _K.STREET: msg("街道"),
    _K.TOWN: msg("镇"),
    _K.TOWNSHIP: msg("乡"),
    _K.COMMUNITY: msg("社区"),
    _K.VILLAGE: msg("村"),
    _K.COMPOUND: msg("小区"),
    _K.GRID: msg("网格"),
    _K.DEPARTMENT: msg("街道部门"),
    _K.AGENCY: msg("机关"),
}


def _merged(row: UnitRow, old: Standing | None) -> Standing:
    if old is None:
        old = Standing(row.code, row.name, row.kind, row.parent_code, None, None, BEFORE_RECORDS, None)
    return replace(
        old,
        name=row.name,
        kind=row.kind,
        parent_code=row.parent_code,
        households=old.households if row.households is None else row.households,
        residents=old.residents if row.residents is None else row.residents,
        starts_on=row.starts_on or old.starts_on,
        ends_on=row.ends_on or old.ends_on,
    )


def _row_faults(unit: Standing, after: Mapping[str, Standing]) -> Iterator[tuple[str, Message]]:
    parent = after.get(unit.parent_code) if unit.parent_code else None
    if unit.parent_code and parent is None:
        yield "parent_code", msg("没有编码为 %(code)s 的上级单位，请先加入它或改正编码。", code=unit.parent_code)
        return
    yield from place_faults(unit, parent)


def _circles(number: Mapping[str, int], after: Mapping[str, Standing]) -> Iterator[RowFault]:
    safe: set[str] = set()
    for code, at in number.items():
        seen: dict[str, None] = {}
        here = code
        while here and here in after and here not in safe and here not in seen:
            seen[here] = None
            here = after[here].parent_code
        if here in seen:
            if here == code:
                ring = " → ".join([*seen, here])
                yield RowFault(at, "parent_code", msg("上下级关系成环：%(ring)s。", ring=ring))
        else:
            safe.update(seen)


def _left_open(
    number: Mapping[str, int], standing: Mapping[str, Standing], after: Mapping[str, Standing]
) -> Iterator[RowFault]:
    """Units that end, or become another kind, while units below them that the file does not name stay as they are."""
    touched = {code for code in number if code in standing and after[code] != standing[code]}
    for code, unit in standing.items():
        if code in number or unit.parent_code not in touched:
            continue
        parent = after[unit.parent_code]
        for _, message in place_faults(unit, parent):
            yield RowFault(
                number[parent.code],
                "code",
                msg("下级单位“%(unit)s”（%(code)s）与此不符：%(fault)s", unit=unit.name, code=code, fault=message),
            )


def _depths(number: Mapping[str, int], after: Mapping[str, Standing]) -> dict[str, int]:
    depths: dict[str, int] = {"": 0}
    for code in number:
        chain: list[str] = []
        here = code
        while here not in depths:
            chain.append(here)
            here = after[here].parent_code
        for place, below in enumerate(reversed(chain), depths[here] + 1):
            depths[below] = place
    return depths
