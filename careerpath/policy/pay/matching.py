"""Conditions on a person's standing: which rows of a table hold for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from careerpath.policy.codes import Certificate, Post
from careerpath.policy.pay.standing import NUMBERS, Standing
from careerpath.policy.reading import Table
from careerpath.words import msg

YES_NO = ("yes", "no")
NO_CERTIFICATE = "none"
KNOWN_FACTS: Mapping[str, tuple[str, ...]] = {
    "post": tuple(post.value for post in Post),
    "certificate": (*(one.value for one in Certificate), NO_CERTIFICATE),
    "education": ("doctor", "master", "bachelor", "college", "secondary", "lower"),
    "degree": ("doctor", "master", "bachelor", "none"),
    "dual_head": YES_NO,
    "elected": YES_NO,
}
"""Facts with their values, which every scheme may ask for; numbers are ``standing.NUMBERS``."""

MOST_COMBINATIONS = 20000

Given = Mapping[str, str | int]
"""Facts by name."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact that an edition declares itself: its values by name, and how a unit's code tells it."""

    code: str
    name: str
    values: Mapping[str, str]
    """Value to its Chinese word."""
    units: Mapping[str, str]
    """Beginning of a unit code to a value; the longest beginning wins."""
    usual: str
    """The value where no beginning fits; empty where the fact must then be told."""

    def of_unit(self, unit_code: str) -> str:
        """The value for a unit, empty where nothing tells it."""
        fitting = [start for start in self.units if unit_code.startswith(start)]
        return self.units[max(fitting, key=len)] if fitting else self.usual


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from ``low`` to ``high``, both included; an open end is ``None``."""

    low: int | None
    high: int | None

    def holds(self, number: int) -> bool:
        """Whether the number lies between."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


@dataclass(frozen=True, slots=True)
class When:
    """All conditions must hold. ``codes``: allowed values by fact; ``numbers``: limits by fact."""

    codes: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, Between]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts that are looked at."""
        return (*self.codes, *self.numbers)

    def holds(self, standing: Standing) -> bool:
        """Whether a person fits; a fact that is not known does not fit."""
        return all(standing.code(name) in allowed for name, allowed in self.codes.items()) and all(
            (number := standing.number(name)) is not None and limits.holds(number)
            for name, limits in self.numbers.items()
        )

    def fits(self, given: Given) -> bool:
        """Whether facts by name fit; what is not given is not looked at."""
        return all(given.get(name, allowed[0]) in allowed for name, allowed in self.codes.items()) and all(
            name not in given or limits.holds(int(given[name])) for name, limits in self.numbers.items()
        )


ALWAYS = When({}, {})


def read_declared(table: Table) -> Declared:
    """One ``[[facts]]`` of an edition."""
    code = table.text("code")
    if code in KNOWN_FACTS or code in NUMBERS:
        raise table.refusal("code", msg("“%(code)s”是系统已有的事实，请改用别的代码。", code=code))
    name = table.text("name")
    inner = table.table("values")
    values = {key: inner.text(key) for key in inner.values}
    if not values:
        raise table.refusal("values", msg("缺少这一项，请补上。"))
    units: dict[str, str] = {}
    rows = table.optional_table("units")
    if rows is not None:
        for start in rows.values:
            units[start] = _known_value(rows, start, values)
    usual = _known_value(table, "usual", values) if table.has("usual") else ""
    table.end()
    return Declared(code, name, values, units, usual)


def _known_value(table: Table, key: str, values: Mapping[str, str]) -> str:
    value = table.text(key)
    if value not in values:
        raise table.refusal(
            key, msg("的代码“%(value)s”不存在，请改用：%(known)s。", value=value, known="、".join(values))
        )
    return value


def read_when(table: Table | None, declared: tuple[Declared, ...]) -> When:
    """Conditions: ``{post = "chief", certificate = ["junior", "senior"], years = {low = 3, high = 5}}``."""
    if table is None:
        return ALWAYS
    known = dict(KNOWN_FACTS) | {fact.code: tuple(fact.values) for fact in declared}
    codes: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, Between] = {}
    for name in table.values:
        if name in NUMBERS:
            numbers[name] = _between(table, name)
        elif name in known:
            codes[name] = _allowed(table, name, known[name])
        else:
            raise table.refusal(
                name,
                msg("没有名为“%(name)s”的事实，请改用：%(known)s。", name=name, known="、".join([*known, *NUMBERS])),
            )
    return When(codes, numbers)


def _allowed(table: Table, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    value = table.values[name]
    # true and false read as yes and no.
    items = value if isinstance(value, list | tuple) else [value]
    texts = [YES_NO[0] if item is True else YES_NO[1] if item is False else item for item in items]
    for text in texts:
        if text not in known:
            raise table.refusal(
                name, msg("的代码“%(value)s”不存在，请改用：%(known)s。", value=text, known="、".join(known))
            )
    if not texts:
        raise table.refusal(name, msg("缺少这一项，请补上。"))
    return tuple(str(text) for text in texts)


def _between(table: Table, name: str) -> Between:
    value = table.values[name]
    if isinstance(value, Mapping):
        inner = table.table(name)
        low = inner.whole("low", 0, 999) if inner.has("low") else None
        high = inner.whole("high", 0, 999) if inner.has("high") else None
        inner.end()
        if low is None and high is None:
            raise table.refusal(name, msg("low 和 high 至少填写一项。"))
        if low is not None and high is not None and high < low:
            raise inner.refusal("high", msg("小于 low，请改正起止。"))
        return Between(low, high)
    number = table.whole(name, 0, 999)
    return Between(number, number)


def uncovered(
    rows: list[When], declared: tuple[Declared, ...], most: Mapping[str, int], possible: Callable[[Given], bool]
) -> str | None:
    """A combination of facts that no row covers, as ``post=chief，level=3``; ``None`` where all are covered.

    ``most``: the highest value of each number that is looked at, such as the levels of the ladder. ``possible``:
    whether a person can have a combination at all.
    """
    names = list(dict.fromkeys(name for row in rows for name in row.facts))
    known = dict(KNOWN_FACTS) | {fact.code: tuple(fact.values) for fact in declared}
    choices: list[list[str | int]] = []
    for name in names:
        choices.append(list(known[name]) if name in known else _borders(rows, name, most.get(name, 60)))
    size = 1
    for one in choices:
        size *= len(one)
    if size > MOST_COMBINATIONS:
        return "…"
    for combination in product(*choices):
        given = dict(zip(names, combination, strict=True))
        if possible(given) and not any(row.fits(given) for row in rows):
            return "，".join(f"{name}={value}" for name, value in given.items()) or "…"
    return None


def _borders(rows: list[When], name: str, most: int) -> list[str | int]:
    lowest = 0 if name == "years" else 1
    found = {lowest, most}
    for row in rows:
        limits = row.numbers.get(name)
        if limits is not None:
            found |= {edge for low in (limits.low,) if low is not None for edge in (low - 1, low)}
            found |= {edge for high in (limits.high,) if high is not None for edge in (high, high + 1)}
    return [number for number in sorted(found) if lowest <= number <= most]
