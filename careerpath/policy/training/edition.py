"""An edition of the training requirements: who needs how many days of which tiers, by when."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.codes import Post
from careerpath.policy.codes.code import Code
from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "training"
MOST_DAYS = 366
HALF = Decimal("0.5")


class Tier(Code):
    """Who holds a course, lowest first: 街道 抓专题, 区 抓全员, 市 抓骨干, and above."""

    COMMUNITY = "community", "社区级", "community level"
    STREET = "street", "街道级", "street level"
    DISTRICT = "district", "区县级", "district level"
    CITY = "city", "市级", "city level"
    PROVINCE = "province", "省级", "province level"
    STATE = "state", "国家级", "state level"

    @property
    def rank(self) -> int:
        """Its place from the lowest."""
        return list(Tier).index(self)


class Period(StrEnum):
    """What is looked at: a calendar year of service, or the time before the first working day."""

    YEAR = "year"
    BEFORE_START = "before_start"


@dataclass(frozen=True, slots=True)
class Requirement:
    """So many days of courses at ``lowest`` tier or above, of people in one of ``posts`` (none named: everybody).

    ``full_year_only``: whoever served only a part of the year is left out. ``window`` are the days before the first
    working day that count with ``before_start``, that day itself not included.
    """

    code: str
    name: str
    period: Period
    posts: tuple[Post, ...]
    lowest: Tier
    days: Decimal
    full_year_only: bool
    window: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Target:
    """The share of people in service who are to be trained at least once in the year."""

    share: Decimal
    lowest: Tier
    least_hours: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True)
class TrainingEdition:
    """Requirements of people, and the target of a unit; ``hours_per_day`` turns hours into days."""

    head: EditionHead
    hours_per_day: Decimal
    requirements: tuple[Requirement, ...]
    target: Target | None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "TrainingEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        target = top.optional_table("target")
        edition = cls(
            head=head,
            hours_per_day=top.number("hours_per_day", 1, 24, decimals=1),
            requirements=tuple(_read_requirement(item, head) for item in top.tables("requirements")),
            target=_read_target(target, head) if target else None,
        )
        top.end()
        codes = [one.code for one in edition.requirements]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                raise top.refusal(f"requirements[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "TrainingEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)


def _read_requirement(table: Table, head: EditionHead) -> Requirement:
    requirement = Requirement(
        code=table.text("code"),
        name=table.text("name"),
        period=table.code("period", Period),
        posts=table.codes("posts", Post),
        lowest=table.code("lowest", Tier, Tier.COMMUNITY),
        days=table.number("days", HALF, MOST_DAYS, decimals=1),
        full_year_only=table.flag("full_year_only", False),
        window=table.whole("window", 1, 366) if table.has("window") else None,
        citation=read_citation(table, head),
    )
    table.end()
    before = requirement.period is Period.BEFORE_START
    if before and requirement.window is None:
        raise table.refusal("window", msg("缺少这一项：请写明上岗前多少天内的培训计入。"))
    if not before and requirement.window is not None:
        raise table.refusal("window", msg("只用于上岗前培训，请删去。"))
    if before and (requirement.posts or requirement.full_year_only):
        raise table.refusal("posts", msg("上岗前培训对所有新进人员一样，不写职务和全年，请删去。"))
    return requirement


def _read_target(table: Table, head: EditionHead) -> Target:
    target = Target(
        share=table.number("share", 0, 1, decimals=4),
        lowest=table.code("lowest", Tier, Tier.COMMUNITY),
        least_hours=table.number("least_hours", 0, 1000, decimals=1),
        citation=read_citation(table, head),
    )
    table.end()
    return target
