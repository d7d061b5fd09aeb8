"""Who does which lines of work, and the agencies and departments that know them best."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from careerpath.demo.chance import Chance
from careerpath.demo.files import YEAR_DAYS, duties_of
from careerpath.demo.people import Person, Town
from careerpath.policy.codes import Post as Level
from careerpath.skills.codes import UsualLine

OF_DUTIES: Mapping[str, tuple[UsualLine, ...]] = {
    "网格": (UsualLine.GRID,),
    "综治": (UsualLine.MEDIATION, UsualLine.SAFETY),
    "民政": (UsualLine.RELIEF, UsualLine.ELDERLY),
    "党建": (UsualLine.PARTY,),
    "劳动保障": (UsualLine.EMPLOYMENT,),
    "计生": (UsualLine.CHILDREN, UsualLine.HEALTH),
    "环境": (UsualLine.ENVIRONMENT, UsualLine.PROPERTY),
    "安全": (UsualLine.SAFETY,),
    "退役军人": (UsualLine.VETERANS,),
    "文体": (UsualLine.CULTURE,),
    "残联": (UsualLine.DISABLED,),
}
"""The lines of work by the word with which duties begin."""
OF_SECRETARIES = (UsualLine.PARTY, UsualLine.MEDIATION, UsualLine.PROPERTY)
OF_COMPOUNDS = (UsualLine.PARTY, UsualLine.PROPERTY)
EXPERIENCED = 8
"""From so many years of service somebody can teach what they do."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the district or a department of a street, the lines that are learnt there, and posts in it."""

    name: str
    lines: tuple[UsualLine, ...]
    posts: tuple[str, ...]


AGENCIES = (
    Agency("委组织部", (UsualLine.PARTY,), ("组织科科长", "干部科副科长", "党员教育中心副主任")),
    Agency("委社会工作部", (UsualLine.PARTY, UsualLine.GRID), ("社区工作者队伍建设科科长", "基层治理科科长", "副科长")),
    Agency("民政局", (UsualLine.RELIEF, UsualLine.ELDERLY, UsualLine.CHILDREN), ("基层政权股股长", "社会救助股股长")),
    Agency("信访局", (UsualLine.MEDIATION,), ("办信股股长", "督查股副股长")),
    Agency("应急管理局", (UsualLine.SAFETY,), ("防汛抗旱股股长", "安全生产基础股股长")),
    Agency("人力资源和社会保障局", (UsualLine.EMPLOYMENT,), ("就业促进股股长", "居民养老保险中心主任")),
    Agency("住房和城乡建设局", (UsualLine.PROPERTY,), ("物业管理股股长", "城市更新股副股长")),
    Agency("行政审批服务局", (UsualLine.RELIEF, UsualLine.EMPLOYMENT), ("便民服务股股长",)),
    Agency("卫生健康局", (UsualLine.HEALTH,), ("基层卫生股股长",)),
    Agency("退役军人事务局", (UsualLine.VETERANS,), ("服务中心主任",)),
    Agency("综合行政执法局", (UsualLine.ENVIRONMENT,), ("市容管理中队队长",)),
    Agency("残疾人联合会", (UsualLine.DISABLED,), ("康复部部长",)),
    Agency("妇女联合会", (UsualLine.CHILDREN,), ("权益部部长",)),
    Agency("文化和旅游局", (UsualLine.CULTURE,), ("公共文化股股长",)),
)
DEPARTMENTS = (
    Agency("党建工作办公室", (UsualLine.PARTY, UsualLine.GRID), ()),
    Agency("便民服务中心", (UsualLine.RELIEF, UsualLine.EMPLOYMENT, UsualLine.DISABLED), ()),
    Agency("综合治理中心", (UsualLine.MEDIATION, UsualLine.SAFETY), ()),
    Agency("物业管理服务中心", (UsualLine.PROPERTY, UsualLine.ENVIRONMENT), ()),
)


def agency_name(town: Town, agency: Agency) -> str:
    """An agency with the district's name before it: 费县县委组织部, 费县民政局."""
    name = town.place.name
    between = "县" if agency.name.startswith("委") and name.endswith("县") else ""
    return f"{name}{between}{agency.name}"


@lru_cache(maxsize=4096)
def _by_duties(duties: str) -> tuple[UsualLine, ...]:
    return next((lines for word, lines in OF_DUTIES.items() if duties.startswith(word)), (UsualLine.GRID,))


def lines_of_person(town: Town, person: Person, on: date) -> tuple[UsualLine, ...]:
    """What somebody does day by day."""
    found = _by_duties(duties_of(town, person))
    if person.level_on(on) is not Level.STAFF:
        found = (*OF_SECRETARIES, *found)
    elif person.compound_on is not None and person.compound_on <= on:
        found = (*OF_COMPOUNDS, *found)
    return tuple(dict.fromkeys(found))


def wanted_lines(town: Town, person: Person, chance: Chance, on: date, count: int = 2) -> tuple[UsualLine, ...]:
    """What somebody is to learn: what heads must know first, then lines that they do not do yet."""
    done = lines_of_person(town, person, on)
    head = [line for line in OF_SECRETARIES if line not in done]
    others = [line for line in UsualLine if line not in done and line not in head]
    return (chance.choice(head or others), *chance.sample(others, count - 1))


def years_of(person: Person, on: date) -> float:
    """Years of service on a day."""
    return (on - person.joined_on).days / YEAR_DAYS


def serves(person: Person, on: date) -> bool:
    """Whether somebody is in service on a day."""
    return person.joined_on <= on and (person.left_on is None or person.left_on >= on)


def months_after(first: date, last: date, day: int) -> list[date]:
    """One day of each month from ``first`` to ``last``."""
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(date(year, month, day))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [one for one in found if first <= one <= last]
