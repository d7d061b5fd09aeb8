"""An edition of the headcount norms of one place, and how it is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.headcount.parts import (
    Band,
    Bands,
    Combination,
    CombinationRule,
    Figure,
    Fixed,
    Kinds,
    Limits,
    Part,
    Per,
    Place,
    RoundingRule,
    SecondmentRule,
    Span,
    Stage,
    UnitsRule,
    Way,
)
from careerpath.policy.reading import Table
from careerpath.policy.rounding import Rounding
from careerpath.words import msg

RULE = "headcount"
MOST = 100_000_000
"""No unit has more households or residents."""
MOST_PEOPLE = 10_000
"""No norm names more community workers for one unit."""


@dataclass(frozen=True, slots=True)
class HeadcountEdition:
    """The headcount norms of one place from one day on.

    ``combination`` is ``None`` where no unit has several parts, ``rounding`` where no part is a quotient.
    """

    head: EditionHead
    units: UnitsRule
    parts: tuple[Part, ...]
    combination: CombinationRule | None
    rounding: RoundingRule | None
    limits: tuple[Limits, ...]
    secondment: SecondmentRule

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "HeadcountEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        combination, rounding = top.optional_table("combination"), top.optional_table("rounding")
        edition = cls(
            head=head,
            units=_read_units(top.table("units"), head),
            parts=tuple(_read_part(part, head) for part in top.tables("parts")),
            combination=_read_combination(combination, head) if combination else None,
            rounding=_read_rounding(rounding, head) if rounding else None,
            limits=tuple(_read_limits(limits, head) for limits in top.tables("limits")),
            secondment=_read_secondment(top.table("secondment"), head),
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "HeadcountEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def parts_for(self, kind: UnitKind) -> tuple[Part, ...]:
        """The parts that a kind of unit has; none where the edition is not meant for it."""
        if kind not in self.units.kinds:
            return ()
        return tuple(part for part in self.parts if not part.kinds or kind in part.kinds)

    def limits_for(self, kind: UnitKind) -> Limits | None:
        """Floor and cap of a kind of unit, where it has them."""
        return next((limits for limits in self.limits if not limits.kinds or kind in limits.kinds), None)

    def _check(self, top: Table) -> None:
        codes = [part.code for part in self.parts]
        for number, part in enumerate(self.parts, start=1):
            if part.code in codes[: number - 1]:
                raise top.refusal(f"parts[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=part.code))
            self._check_kinds(top, f"parts[{number}].kinds", part.kinds)
        for number, limits in enumerate(self.limits, start=1):
            self._check_kinds(top, f"limits[{number}].kinds", limits.kinds)
        for kind in self.units.kinds:
            self._check_kind(top, kind)
        if self.rounding is None and any(isinstance(part, Per) for part in self.parts):
            raise top.refusal("rounding", msg("缺少这一项，按户数或人数折算的员额需要它，请补上。"))

    def _check_kinds(self, top: Table, key: str, kinds: Kinds) -> None:
        for kind in kinds:
            if kind not in self.units.kinds:
                raise top.refusal(key, msg("含有“%(kind)s”，而 units.kinds 中没有，请补上或删去。", kind=kind.value))

    def _check_kind(self, top: Table, kind: UnitKind) -> None:
        parts = self.parts_for(kind)
        if not parts:
            raise top.refusal("parts", msg("没有适用于“%(kind)s”的一项，请补上。", kind=kind.value))
        if len(parts) > 1 and self.combination is None:
            raise top.refusal(
                "combination",
                msg("缺少这一项：“%(kind)s”有多项标准，请写明取高（greatest）或相加（sum）。", kind=kind.value),
            )
        held = [n for n, one in enumerate(self.limits, start=1) if not one.kinds or kind in one.kinds]
        if len(held) > 1:
            raise top.refusal(
                f"limits[{held[1]}]",
                msg("与第 %(first)s 项都适用于“%(kind)s”，请只留一项。", first=held[0], kind=kind.value),
            )


def _read_kinds(table: Table) -> Kinds:
    kinds = table.codes("kinds", UnitKind)
    for number, kind in enumerate(kinds):
        if kind in kinds[:number]:
            raise table.refusal("kinds", msg("中“%(kind)s”重复，请删去其中一项。", kind=kind.value))
    return kinds


def _read_units(table: Table, head: EditionHead) -> UnitsRule:
    units = UnitsRule(kinds=_read_kinds(table), citation=read_citation(table, head))
    table.end()
    if not units.kinds:
        raise table.refusal("kinds", msg('至少要有一类单位，例如 ["community"]，请补上。'))
    return units


def _read_part(table: Table, head: EditionHead) -> Part:
    code, name, kinds = _read_code(table), table.text("name"), _read_kinds(table)
    way = table.code("way", Way)
    part = {Way.PER: _read_per, Way.BANDS: _read_bands, Way.FIXED: _read_fixed}[way](
        table, code, name, kinds, read_citation(table, head)
    )
    table.end()
    return part


def _read_code(table: Table) -> str:
    code = table.text("code")
    if not re.fullmatch(r"[a-z][a-z_]{0,39}", code):
        raise table.refusal(
            "code", msg("为“%(code)s”，应为小写英文字母（可用下划线），例如 households，请改正。", code=code)
        )
    return code


def _read_per(table: Table, code: str, name: str, kinds: Kinds, citation: Citation) -> Part:
    return Per(
        code=code,
        name=name,
        kinds=kinds,
        of=table.code("of", Figure),
        count=table.number("count", 0, MOST_PEOPLE, decimals=2),
        per=table.whole("per", 1, MOST),
        citation=citation,
    )


def _read_bands(table: Table, code: str, name: str, kinds: Kinds, citation: Citation) -> Part:
    return Bands(
        code=code,
        name=name,
        kinds=kinds,
        of=table.code("of", Figure),
        bands=_read_steps(table, table.tables("bands")),
        citation=citation,
    )


def _read_fixed(table: Table, code: str, name: str, kinds: Kinds, citation: Citation) -> Part:
    count = table.number("count", 0, MOST_PEOPLE, decimals=0)
    return Fixed(code=code, name=name, kinds=kinds, count=count, citation=citation)


def _read_steps(owner: Table, tables: Sequence[Table]) -> tuple[Band, ...]:
    """The bands of a step table, refused at the first one that leaves a gap, overlaps, or asks for fewer people."""
    if not tables:
        raise owner.refusal("bands", msg("至少要有一档，请补上。"))
    bands: list[Band] = []
    expected = 0
    for number, table in enumerate(tables, start=1):
        band = Band(range=_read_span(table), count=table.whole("count", 0, MOST_PEOPLE))
        table.end()
        _check_start(table, band.range.low or 0, expected)
        if bands and band.count < bands[-1].count:
            raise table.refusal(
                "count",
                msg("为 %(count)s，少于上一档的 %(before)s，请核对。", count=band.count, before=bands[-1].count),
            )
        if (band.range.high is None) != (number == len(tables)):
            raise table.refusal("range.high", msg("只有最后一档不设上限，其余各档都要填写，请改正。"))
        bands.append(band)
        expected = 0 if band.range.high is None else band.range.high + 1
    return tuple(bands)


def _check_start(table: Table, low: int, expected: int) -> None:
    if low > expected:
        raise table.refusal(
            "range.low",
            msg(
                "为 %(low)s，%(first)s 至 %(last)s 不在任何一档，应从 %(first)s 起，请改正。",
                low=low,
                first=expected,
                last=low - 1,
            ),
        )
    if low < expected:
        raise table.refusal(
            "range.low",
            msg("为 %(low)s，与上一档重叠，应从 %(first)s 起，请改正。", low=low, first=expected),
        )


def _read_span(table: Table) -> Span:
    inner = table.table("range")
    span = Span(
        low=inner.whole("low", 0, MOST) if inner.has("low") else None,
        high=inner.whole("high", 0, MOST) if inner.has("high") else None,
    )
    inner.end()
    if span.high is not None and span.high < (span.low or 0):
        raise inner.refusal("high", msg("小于 low，请改正起止。"))
    return span


def _read_combination(table: Table, head: EditionHead) -> CombinationRule:
    rule = CombinationRule(table.code("way", Combination), read_citation(table, head))
    table.end()
    return rule


def _read_rounding(table: Table, head: EditionHead) -> RoundingRule:
    rule = RoundingRule(
        mode=table.code("mode", Rounding),
        stage=table.code("stage", Stage, Stage.TOTAL),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_limits(table: Table, head: EditionHead) -> Limits:
    limits = Limits(
        kinds=_read_kinds(table),
        floor=table.whole("floor", 0, MOST_PEOPLE) if table.has("floor") else None,
        cap=table.whole("cap", 0, MOST_PEOPLE) if table.has("cap") else None,
        citation=read_citation(table, head),
    )
    table.end()
    if limits.floor is None and limits.cap is None:
        raise table.refusal("floor", msg("与 cap 至少填写一项。"))
    if limits.floor is not None and limits.cap is not None and limits.floor > limits.cap:
        raise table.refusal(
            "floor", msg("为 %(floor)s，高于上限 %(cap)s，请改正。", floor=limits.floor, cap=limits.cap)
        )
    return limits


def _read_secondment(table: Table, head: EditionHead) -> SecondmentRule:
    rule = SecondmentRule(table.code("counted_at", Place), read_citation(table, head))
    table.end()
    return rule
