"""The parts that pay is made of: components, each with its own way of finding its amount, and level tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.pay.ladder import Ladder
from careerpath.policy.pay.matching import Declared, Given, When, read_when, uncovered
from careerpath.policy.reading import Table
from careerpath.words import msg

CENT = Decimal("0.01")
MOST_MONEY = 1000000
"""Yuan a month: above it an amount is a slip of the pen."""


class Part(StrEnum):
    """Which part of the pay a component belongs to."""

    BASIC = "basic"
    PERFORMANCE = "performance"


class Way(StrEnum):
    """How a component finds its amount."""

    FIXED = "fixed"
    """``amount``."""
    LOOKUP = "lookup"
    """The first of ``rows`` that holds."""
    LEVEL_TABLE = "level_table"
    """The value of ``table`` at the person's tier and level."""
    COEFFICIENT = "coefficient"
    """``base`` × the value of ``table`` × ``share``."""
    PER_LEVEL = "per_level"
    """``first`` + ``step`` × (level − 1)."""
    PER_YEAR = "per_year"
    """``each`` × full counted years, at most ``most_years``."""


@dataclass(frozen=True, slots=True)
class LevelTable:
    """Amounts or coefficients by tier and level; ``values`` by ``(tier, level)``, tier 0 where there are no tiers."""

    code: str
    name: str
    values: Mapping[tuple[int, int], Decimal]
    rows: tuple[tuple[int, int, Decimal], ...]
    citation: Citation

    def at(self, tier: int | None, level: int) -> Decimal | None:
        """The value at a level: of the tier, or of the ladder where the table has no tiers."""
        found = self.values.get((tier or 0, level))
        return self.values.get((0, level)) if found is None else found


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a look-up: the amount where its conditions hold."""

    when: When
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Component:
    """One named part of the pay: yuan a month.

    Without ``when`` holding, the component is zero. ``otherwise`` is the amount where no row of a look-up holds.
    ``year_start``: years are counted on the 31 December before, not on the day.
    """

    code: str
    name: str
    part: Part
    way: Way
    when: When
    amount: Decimal | None
    rows: tuple[Row, ...]
    otherwise: Decimal | None
    table: str
    base: Decimal | None
    share: Decimal | None
    first: Decimal | None
    step: Decimal | None
    each: Decimal | None
    most_years: int | None
    year_start: bool
    citation: Citation


def read_table(table: Table, head: EditionHead) -> LevelTable:
    """One ``[[tables]]``: ``rows`` of tier, level and value, or ``values`` of levels 1, 2, 3 … in order."""
    code, name = table.text("code"), table.text("name")
    rows: list[tuple[int, int, Decimal]] = []
    for row in table.tables("rows"):
        tier = row.whole("tier", 1, 99) if row.has("tier") else 0
        rows.append((tier, row.whole("level", 1, 200), row.number("value", 0, MOST_MONEY)))
        row.end()
    if table.has("values"):
        if rows:
            raise table.refusal("values", msg("与 %(other)s 只填其一。", other="rows"))
        items = table.values["values"]
        if not isinstance(items, list | tuple):
            raise table.refusal("values", msg("应为列表，写在 [ ] 或 [[ ]] 中。"))
        inner = Table({str(n): item for n, item in enumerate(items, start=1)}, table.file, table.at("values"))
        rows = [(0, int(n), inner.number(n, 0, MOST_MONEY)) for n in inner.values]
    values: dict[tuple[int, int], Decimal] = {}
    for number, (tier, level, value) in enumerate(rows, start=1):
        if (tier, level) in values:
            raise table.refusal(
                f"rows[{number}]", msg("第 %(tier)s 档 %(level)s 级重复，请改正。", tier=tier or "—", level=level)
            )
        values[tier, level] = value
    if not values:
        raise table.refusal("rows", msg("缺少这一项，请补上。"))
    found = LevelTable(code, name, values, tuple(rows), read_citation(table, head))
    table.end()
    return found


def read_component(
    table: Table,
    head: EditionHead,
    ladder: Ladder | None,
    tables: Mapping[str, LevelTable],
    declared: tuple[Declared, ...],
) -> Component:
    """One ``[[components]]``; every level and every combination of facts it can meet must have an amount."""
    way = table.code("way", Way)
    component = Component(
        code=table.text("code"),
        name=table.text("name"),
        part=table.code("part", Part, Part.BASIC),
        way=way,
        when=read_when(table.optional_table("when"), declared),
        amount=_money(table, "amount") if way is Way.FIXED else None,
        rows=_read_rows(table, declared) if way is Way.LOOKUP else (),
        otherwise=_money(table, "otherwise") if way is Way.LOOKUP and table.has("otherwise") else None,
        table=table.text("table") if way in (Way.LEVEL_TABLE, Way.COEFFICIENT) else "",
        base=_money(table, "base") if way is Way.COEFFICIENT else None,
        share=table.number("share", 0, 1, default=Decimal(1)) if way is Way.COEFFICIENT else None,
        first=_money(table, "first") if way is Way.PER_LEVEL else None,
        step=_money(table, "step") if way is Way.PER_LEVEL else None,
        each=_money(table, "each") if way is Way.PER_YEAR else None,
        most_years=table.whole("most_years", 1, 60) if way is Way.PER_YEAR and table.has("most_years") else None,
        year_start=table.flag("year_start", False) if way is Way.PER_YEAR else False,
        citation=read_citation(table, head),
    )
    table.end()
    _check(table, component, ladder, tables, declared)
    return component


def _money(table: Table, key: str) -> Decimal:
    return table.number(key, 0, MOST_MONEY, decimals=2)


def _read_rows(table: Table, declared: tuple[Declared, ...]) -> tuple[Row, ...]:
    rows = []
    for row in table.tables("rows"):
        rows.append(Row(read_when(row.table("when"), declared), _money(row, "amount")))
        row.end()
    if not rows:
        raise table.refusal("rows", msg("缺少这一项，请补上。"))
    return tuple(rows)


def _check(
    table: Table,
    component: Component,
    ladder: Ladder | None,
    tables: Mapping[str, LevelTable],
    declared: tuple[Declared, ...],
) -> None:
    by_level = component.way in (Way.LEVEL_TABLE, Way.COEFFICIENT, Way.PER_LEVEL)
    if by_level and ladder is None:
        raise table.refusal("way", msg("按等级计算，但办法没有 [ladder]，请补上等级。"))
    if component.table:
        chosen = tables.get(component.table)
        if chosen is None:
            raise table.refusal(
                "table",
                msg("的代码“%(value)s”不存在，请改用：%(known)s。", value=component.table, known="、".join(tables)),
            )
        if ladder is not None:
            _check_levels(table, chosen, ladder)
        if component.way is Way.LEVEL_TABLE and any(value != value.quantize(CENT) for value in chosen.values.values()):
            raise table.refusal("table", msg("金额表“%(table)s”的数最多两位小数，请改正。", table=chosen.name))
    _check_conditions(table, "when", component.when, ladder)
    for number, row in enumerate(component.rows, start=1):
        _check_conditions(table, f"rows[{number}].when", row.when, ladder)
        if row.when in [earlier.when for earlier in component.rows[: number - 1]]:
            raise table.refusal(f"rows[{number}].when", msg("与前面一行条件相同，请改正或删去。"))
    if component.rows and component.otherwise is None:
        most = {"level": ladder.levels, "tier": max((t.tier for t in ladder.tiers), default=1)} if ladder else {}
        conditions = [row.when for row in component.rows]

        def possible(given: Given) -> bool:
            return component.when.fits(given) and (ladder is None or _is_reachable(ladder, given))

        gap = uncovered(conditions, declared, most, possible)
        if gap is not None:
            raise table.refusal(
                "rows", msg("没有一行适用于 %(gap)s，请补一行或写 otherwise（其余情形的金额）。", gap=gap)
            )


def _check_conditions(table: Table, key: str, when: When, ladder: Ladder | None) -> None:
    """A condition on a level or tier that nobody can have would never hold."""
    for name, highest in (
        ("level", 0 if ladder is None else ladder.levels),
        ("tier", 0 if ladder is None else max((one.tier for one in ladder.tiers), default=0)),
    ):
        limits = when.numbers.get(name)
        if limits is None:
            continue
        if not highest:
            problem = (
                msg("办法不分档，不能以档为条件。") if ladder else msg("按等级计算，但办法没有 [ladder]，请补上等级。")
            )
            raise table.refusal(f"{key}.{name}", problem)
        if max(limits.low or 1, limits.high or 1) > highest:
            raise table.refusal(f"{key}.{name}", msg("最高只到 %(highest)s，请改正。", highest=highest))


def _is_reachable(ladder: Ladder, given: Given) -> bool:
    """Whether a person can have this post, tier and level together, as far as they are given."""
    return any(
        given.get("post", one.post.value) == one.post.value
        and given.get("level", level) == level
        and given.get("tier", tier) == tier
        for one in ladder.ranges
        for level in range(one.lowest, one.highest + 1)
        if (tier := ladder.tier_of(one.post, level)) is not None or "tier" not in given
    )


def _check_levels(table: Table, chosen: LevelTable, ladder: Ladder) -> None:
    for tier, level in ladder.reachable():
        if chosen.at(tier, level) is None:
            where = msg("%(level)s 级", level=level)
            if tier is not None:
                where = msg("第 %(tier)s 档 %(level)s 级", tier=tier, level=level)
            raise table.refusal(
                "table", msg("金额表“%(table)s”缺少%(where)s的数，请补上。", table=chosen.name, where=where)
            )
    pairs = set(ladder.reachable())
    for tier, level, _ in chosen.rows:
        if tier and (tier, level) not in pairs:
            raise table.refusal(
                "table",
                msg(
                    "金额表“%(table)s”的第 %(tier)s 档 %(level)s 级不在任何职务的范围内，请删去或改正范围。",
                    table=chosen.name,
                    tier=tier,
                    level=level,
                ),
            )
        if level > ladder.levels:
            raise table.refusal(
                "table",
                msg(
                    "金额表“%(table)s”有 %(level)s 级，而等级只到 %(last)s 级。",
                    table=chosen.name,
                    level=level,
                    last=ladder.levels,
                ),
            )
