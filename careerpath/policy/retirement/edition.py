"""An edition of the retirement ages: the statutory age by line, and its gradual delay by month of birth."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.codes import Post
from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.employment import add_months
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "retirement"
YEAR = 12
"""Months of a year of age."""


class Line(StrEnum):
    """The lines of the statutory age: men, women in cadre-type posts, other women."""

    MEN = "men"
    WOMEN_CADRE = "women_cadre"
    WOMEN_OTHER = "women_other"


class LastDay(StrEnum):
    """The last day of service: the end of the month in which the age is reached, or the very day it is reached."""

    MONTH_END = "month_end"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Age:
    """An age in full years and further months, 0 to 11."""

    years: int
    months: int

    @property
    def total(self) -> int:
        """The age in months."""
        return self.years * YEAR + self.months

    @classmethod
    def of(cls, months: int) -> "Age":
        """The age of so many months."""
        return cls(*divmod(months, YEAR))


@dataclass(frozen=True, slots=True)
class Ladder:
    """A gradual delay: births from ``born_from`` on retire one month later for every ``every_months`` months of birth.

    ``final`` is the age at which the ladder ends; whoever is born on ``final_from`` or later has it. Both days are the
    first of a month.
    """

    born_from: date
    every_months: int
    final: Age
    final_from: date


@dataclass(frozen=True, slots=True)
class LineRule:
    """The age of one line; without a ladder it is ``start`` for everybody."""

    code: Line
    name: str
    start: Age
    ladder: Ladder | None
    citation: Citation

    def age_of(self, born_on: date) -> Age:
        """The statutory age of somebody born on a day."""
        if self.ladder is None or born_on < self.ladder.born_from:
            return self.start
        steps = _months_between(self.ladder.born_from, born_on) // self.ladder.every_months + 1
        return Age.of(min(self.start.total + steps, self.ladder.final.total))


@dataclass(frozen=True, slots=True)
class WomenLine:
    """The line that women in each post follow."""

    chief: Line
    deputy: Line
    staff: Line
    citation: Citation

    def of(self, post: Post) -> Line:
        """The line of one post."""
        return {Post.CHIEF: self.chief, Post.DEPUTY: self.deputy, Post.STAFF: self.staff}[post]


@dataclass(frozen=True, slots=True)
class Service:
    """Which day is the last day of service."""

    last_day: LastDay
    citation: Citation


@dataclass(frozen=True, slots=True)
class RetirementEdition:
    """The retirement ages of one place from one day on."""

    head: EditionHead
    lines: tuple[LineRule, ...]
    women_line: WomenLine
    service: Service

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "RetirementEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        edition = cls(
            head=head,
            lines=tuple(_read_line(line, head) for line in top.tables("lines")),
            women_line=_read_women_line(top.table("women_line"), head),
            service=_read_service(top.table("service"), head),
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "RetirementEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def line(self, code: Line) -> LineRule:
        """The rule of one line."""
        return next(line for line in self.lines if line.code is code)

    def _check(self, top: Table) -> None:
        codes = [line.code for line in self.lines]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                raise top.refusal(f"lines[{number}].code", msg("“%(code)s”重复，请删去其中一项。", code=code.value))
        for code in Line:
            if code not in codes:
                raise top.refusal("lines", msg("缺少代码为“%(code)s”的一项，请补上。", code=code.value))


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month


def _read_line(table: Table, head: EditionHead) -> LineRule:
    code = table.code("code", Line)
    name = table.text("name")
    start = _read_age(table.table("start"))
    ladder = table.optional_table("ladder")
    line = LineRule(code, name, start, _read_ladder(ladder, start) if ladder else None, read_citation(table, head))
    table.end()
    return line


def _read_age(table: Table) -> Age:
    age = Age(years=table.whole("years", 40, 80), months=table.whole("months", 0, YEAR - 1, 0))
    table.end()
    return age


def _read_ladder(table: Table, start: Age) -> Ladder:
    ladder = Ladder(
        born_from=_read_month(table, "born_from"),
        every_months=table.whole("every_months", 1, 60),
        final=_read_age(table.table("final")),
        final_from=_read_month(table, "final_from"),
    )
    table.end()
    delay = ladder.final.total - start.total
    if delay < 1:
        raise table.refusal("final", msg("应高于原退休年龄 start，请改正。"))
    computed = add_months(ladder.born_from, (delay - 1) * ladder.every_months)
    if ladder.final_from != computed:
        raise table.refusal(
            "final_from",
            msg(
                "为 %(found)s，而自 %(born_from)s 起每 %(every)s 个月延迟 1 个月，应为 %(computed)s，请核对各项。",
                found=ladder.final_from,
                born_from=ladder.born_from,
                every=ladder.every_months,
                computed=computed,
            ),
        )
    return ladder


def _read_month(table: Table, key: str) -> date:
    day = table.day(key)
    if day.day != 1:
        raise table.refusal(key, msg("为 %(day)s，应为某月 1 日，请改正。", day=day))
    return day


def _read_women_line(table: Table, head: EditionHead) -> WomenLine:
    lines = WomenLine(
        chief=_read_women(table, Post.CHIEF),
        deputy=_read_women(table, Post.DEPUTY),
        staff=_read_women(table, Post.STAFF),
        citation=read_citation(table, head),
    )
    table.end()
    return lines


def _read_women(table: Table, post: Post) -> Line:
    line = table.code(post.value, Line)
    if line is Line.MEN:
        raise table.refusal(post.value, msg("应为 women_cadre 或 women_other，请改正。"))
    return line


def _read_service(table: Table, head: EditionHead) -> Service:
    service = Service(table.code("last_day", LastDay), read_citation(table, head))
    table.end()
    return service
