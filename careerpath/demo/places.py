"""The places of the demo: the real tree of units, invented figures of households, and where people serve."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from careerpath.access.models import STREET_KINDS
from careerpath.access.operations.unit_names import short_name
from careerpath.access.operations.units import UnitRow
from careerpath.demo.chance import Chance, share_out
from careerpath.policy.codes import UnitKind
from careerpath.settings import PACKAGE

PEOPLE_PER_PLACE = 5
MAIN_PLACES = 52
"""Per cent of the places that the street in the foreground has at most."""
MAIN_PEOPLE = 117
"""Its communities are larger than the villages elsewhere: people in per cent of its share of places, at most …"""
MOST_PEOPLE = 60
"""… this share of all people."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a demo is about: a district, and what is written of the people there."""

    key: str
    name: str
    """As the top of every page names it."""
    rules: str
    """Name of the place whose editions of the rules apply."""
    file: str
    district: str
    """Code of the district whose people are kept."""
    division: str
    """Six digits of a division that is assigned to nobody, for identity numbers."""
    natives: tuple[str, ...]
    schools: tuple[str, ...]
    colleges: tuple[str, ...]
    document: str
    """How the place's documents are numbered."""
    recruitment: str
    """Key of the edition by which people are recruited."""
    talent_pool: str
    """Key of the edition of the reserve pool and the ladder."""
    channel: str
    """Key of the edition by which posts of institutions are filled."""
    household: str
    """How the household register of the district begins."""
    certified: Decimal | None = None
    """The share of the people in service who hold the national certificate, where the place reports it."""


FEIXIAN = Place(
    key="feixian",
    name="费县",
    rules="费县",
    file="divisions-371325.csv",
    district="371325",
    division="371399",
    natives=("山东费县",) * 12 + ("山东平邑", "山东沂南", "山东兰陵", "山东蒙阴", "山东泗水", "山东邹城", "江苏东海"),
    schools=(
        "临沂大学",
        "山东师范大学",
        "聊城大学",
        "曲阜师范大学",
        "济南大学",
        "青岛农业大学",
        "鲁东大学",
        "潍坊学院",
    ),
    colleges=("临沂职业学院", "山东经贸职业学院", "山东商业职业技术学院", "日照职业技术学院", "潍坊职业学院"),
    document="费社工发",
    recruitment="feixian-2016",
    talent_pool="feixian-pool-2016",
    channel="jixi-2021",
    household="山东省临沂市费县",
)
DALIAN = Place(
    key="dalian",
    name="大连市中山区",
    rules="大连市",
    file="divisions-2102.csv",
    district="210202",
    division="210299",
    natives=("辽宁大连",) * 10 + ("辽宁庄河", "辽宁瓦房店", "辽宁营口", "辽宁丹东", "山东文登", "山东福山", "吉林通化"),
    schools=("辽宁师范大学", "大连大学", "大连海洋大学", "东北财经大学", "大连民族大学", "沈阳师范大学", "渤海大学"),
    colleges=(
        "大连职业技术学院",
        "辽宁师范高等专科学校",
        "辽宁轻工职业学院",
        "营口职业技术学院",
        "大连枫叶职业技术学院",
    ),
    document="中社工发",
    recruitment="dalian-zhongshan-2017",
    talent_pool="dalian-pool",
    channel="dalian-pool",
    household="辽宁省大连市中山区",
    certified=Decimal("0.394"),
)
PLACES = {place.key: place for place in (FEIXIAN, DALIAN)}


@dataclass(frozen=True, eq=False)
class Post:
    """One unit where people serve, with how many."""

    row: UnitRow
    street: UnitRow
    people: int

    @cached_property
    def name(self) -> str:
        """As offices say it."""
        return short_name(self.row.name)

    @property
    def is_community(self) -> bool:
        """A community, not a village."""
        return self.row.kind is UnitKind.COMMUNITY


@dataclass(slots=True)
class _Street:
    row: UnitRow
    below: list[UnitRow] = field(default_factory=list)

    @property
    def communities(self) -> int:
        return sum(row.kind is UnitKind.COMMUNITY for row in self.below)


def unit_rows(place: Place, seed: int) -> list[UnitRow]:
    """The units of a place as they stand in the shipped file, with invented figures of households and residents."""
    with (PACKAGE / "access" / "data" / place.file).open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    return [_unit_row(row, seed) for row in given]


def _unit_row(row: dict[str, str], seed: int) -> UnitRow:
    kind = UnitKind(row["kind"])
    households = residents = None
    chance = Chance.of(seed, "unit", row["code"])
    if kind is UnitKind.COMMUNITY:
        households = round(chance.triangular(520, 2900, 1150))
    elif kind is UnitKind.VILLAGE:
        households = round(chance.triangular(130, 720, 290))
    if households is not None:
        residents = round(households * chance.uniform(2.35, 3.05))
    return UnitRow(row["code"], row["name"], kind, row["parent"], households, residents)


def workplaces(place: Place, rows: Sequence[UnitRow], people: int) -> list[Post]:
    """Where ``people`` serve, in the order of codes; the first street has the most communities and most people.

    Communities come before villages, and more villages are manned where there are more people than communities need.
    """
    streets = _streets(place, rows)
    main, others = streets[0], streets[1:]
    wanted = max(5, round(people / PEOPLE_PER_PLACE))
    in_main = min(len(main.below), max(wanted * MAIN_PLACES // 100, wanted - sum(len(s.below) for s in others)))
    if len(others) < 2:
        in_main = wanted
    chosen = [(row, main.row) for row in main.below[:in_main]]
    elsewhere = _round_robin(others, wanted - in_main)
    share = min(MOST_PEOPLE, MAIN_PEOPLE * len(chosen) // (len(chosen) + len(elsewhere))) if elsewhere else 100
    at_main = people * share // 100
    posts = [*_manned(chosen, at_main), *_manned(elsewhere, people - at_main)]
    return sorted(posts, key=lambda post: (post.street.code != main.row.code, post.row.code))


def _streets(place: Place, rows: Sequence[UnitRow]) -> list[_Street]:
    streets = {row.code: _Street(row) for row in rows if row.parent_code == place.district and row.kind in STREET_KINDS}
    for row in rows:
        if row.parent_code in streets:
            streets[row.parent_code].below.append(row)
    for street in streets.values():
        street.below.sort(key=lambda row: (row.kind is not UnitKind.COMMUNITY, row.code))
    return sorted(streets.values(), key=lambda street: (-street.communities, street.row.code))


def _round_robin(streets: Sequence[_Street], wanted: int) -> list[tuple[UnitRow, UnitRow]]:
    """One unit of each street after the other until there are enough."""
    turns = max((len(street.below) for street in streets), default=0)
    found = [
        (street.below[turn], street.row) for turn in range(turns) for street in streets if turn < len(street.below)
    ]
    return found[:wanted]


def _manned(units: Sequence[tuple[UnitRow, UnitRow]], people: int) -> list[Post]:
    parts = share_people([row for row, _ in units], people)
    return [Post(row, street, count) for (row, street), count in zip(units, parts, strict=True)]


def share_people(units: Sequence[UnitRow], people: int) -> list[int]:
    """How many serve at each unit, by its households, at least three where there are enough."""
    return share_out(people, [float(row.households or 1) for row in units], least=3)
