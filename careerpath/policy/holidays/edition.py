"""An edition of the public holidays: one year's arrangement, with the days off and the weekend days worked instead."""

from dataclasses import dataclass
from datetime import date

from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "holidays"
LONGEST = 31
"""Days beyond which the end of a holiday is taken for a mistake of typing."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday from its first to its last day off, both included."""

    name: str
    starts_on: date
    ends_on: date
    citation: Citation


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """A weekend day on which people work instead."""

    on: date


@dataclass(frozen=True, slots=True)
class HolidayEdition:
    """The arrangement of one calendar year.

    Days outside the year may stand in it: the arrangement of a year can begin on the eve of 1 January.
    """

    head: EditionHead
    year: int
    holidays: tuple[Holiday, ...]
    worked: tuple[WorkedDay, ...]

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "HolidayEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        edition = cls(
            head=head,
            year=top.whole("year", 1999, 2100),
            holidays=tuple(_read_holiday(item, head) for item in top.tables("holidays")),
            worked=tuple(_read_day(item) for item in top.tables("worked")),
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "HolidayEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def _check(self, top: Table) -> None:
        first, last = date(self.year - 1, 12, 1), date(self.year + 1, 1, 31)
        for number, holiday in enumerate(self.holidays, start=1):
            at = f"holidays[{number}]"
            _near(top, f"{at}.starts_on", holiday.starts_on, first, last)
            for other in self.holidays[: number - 1]:
                if holiday.starts_on <= other.ends_on and other.starts_on <= holiday.ends_on:
                    raise top.refusal(f"{at}.starts_on", msg("与“%(name)s”的日期重叠，请改正。", name=other.name))
        worked = [one.on for one in self.worked]
        for number, day in enumerate(worked, start=1):
            at = f"worked[{number}].on"
            _near(top, at, day, first, last)
            if any(holiday.starts_on <= day <= holiday.ends_on for holiday in self.holidays):
                raise top.refusal(at, msg("%(day)s 已列为放假，不能又上班，请改正。", day=day))
            if day in worked[: number - 1]:
                raise top.refusal(at, msg("%(day)s 重复，请删去。", day=day))


def _near(top: Table, at: str, day: date, first: date, last: date) -> None:
    if not first <= day <= last:
        raise top.refusal(at, msg("%(day)s 不在 %(first)s 至 %(last)s 之间，请核对。", day=day, first=first, last=last))


def _read_holiday(table: Table, head: EditionHead) -> Holiday:
    holiday = Holiday(table.text("name"), table.day("starts_on"), table.day("ends_on"), read_citation(table, head))
    table.end()
    if not 0 <= (holiday.ends_on - holiday.starts_on).days < LONGEST:
        raise table.refusal("ends_on", msg("应不早于 starts_on，且一次放假不超过 %(most)s 天，请改正。", most=LONGEST))
    return holiday


def _read_day(table: Table) -> WorkedDay:
    day = WorkedDay(table.day("on"))
    table.end()
    return day


def newest(editions: tuple[HolidayEdition, ...]) -> tuple[HolidayEdition, ...]:
    """Of several editions of one year the one that came last, by year."""
    years: dict[int, HolidayEdition] = {}
    for edition in sorted(editions, key=lambda one: (one.head.effective_from, one.head.key)):
        years[edition.year] = edition
    return tuple(years[year] for year in sorted(years))
