"""The courses of the demo: what city, district and streets teach, and for whom."""

from dataclasses import dataclass
from decimal import Decimal

from careerpath.demo.office import Office
from careerpath.demo.texts.training import OUTLINES
from careerpath.policy.training import Tier
from careerpath.skills.codes import SkillLevel, UsualLine
from careerpath.training.operations.courses import CourseGiven, keep_course

HOURS_A_DAY = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """What a street teaches in a class of one day; those with a level end with a test and count as a skill."""

    name: str
    lines: tuple[UsualLine, ...]
    teaches: SkillLevel | None = None


SECRETARIES, EVERYBODY, ENTRANTS, KEY = "secretaries", "everybody", "entrants", "key"
COURSES = {
    SECRETARIES: ("社区党组织书记履职能力培训", Tier.DISTRICT, 5, "党建引领"),
    EVERYBODY: ("社区工作者全员轮训", Tier.DISTRICT, 2, "基层治理"),
    ENTRANTS: ("新进社区工作者岗前培训", Tier.DISTRICT, 3, "岗前培训"),
    KEY: ("全市社区骨干示范培训", Tier.CITY, 5, "骨干培训"),
}
"""Name, tier, days and category of the courses that the district keeps."""
THEMES = (
    Theme("党建引领网格治理专题培训", (UsualLine.PARTY, UsualLine.GRID)),
    Theme("矛盾调解与群众工作专题培训", (UsualLine.MEDIATION,)),
    Theme("安全生产与应急处置专题培训", (UsualLine.SAFETY,)),
    Theme("民生保障政策专题培训", (UsualLine.RELIEF, UsualLine.ELDERLY)),
    Theme("物业治理与环境整治专题培训", (UsualLine.PROPERTY, UsualLine.ENVIRONMENT)),
)
"""The streets take them in turns, one a year."""
MORE_THEMES = (
    Theme("就业社保经办实训", (UsualLine.EMPLOYMENT,), SkillLevel.ABLE),
    Theme("社会救助经办实训", (UsualLine.RELIEF,), SkillLevel.ABLE),
    Theme("人民调解员实训", (UsualLine.MEDIATION,), SkillLevel.ABLE),
    Theme("助残助老服务实训", (UsualLine.ELDERLY, UsualLine.DISABLED), SkillLevel.ABLE),
    Theme("妇女儿童和健康服务实训", (UsualLine.CHILDREN, UsualLine.HEALTH), SkillLevel.ABLE),
    Theme("退役军人服务实训", (UsualLine.VETERANS,), SkillLevel.ABLE),
    Theme("文体活动策划实训", (UsualLine.CULTURE,), SkillLevel.ABLE),
)
"""Classes for a few people of a street that make up for what its communities lack."""


def keep_district_course(office: Office, key: str) -> int:
    """One of the district's courses; gives its id."""
    name, tier, days, category = COURSES[key]
    given = CourseGiven(
        name=name,
        tier=tier,
        hours=Decimal(days * HOURS_A_DAY),
        days=Decimal(days),
        category=category,
        outline=OUTLINES[key],
    )
    return keep_course(office.staff["district"], office.units[office.town.place.district], given)


def keep_street_course(office: Office, street: str, theme: Theme) -> int:
    """A street's course of one day; gives its id."""
    given = CourseGiven(
        name=theme.name,
        tier=Tier.STREET,
        hours=Decimal(HOURS_A_DAY),
        category="业务实训" if theme.teaches else "专题培训",
        lines=tuple(line.value for line in theme.lines),
        teaches=theme.teaches.value if theme.teaches else "",
    )
    return keep_course(office.clerks[street], office.units[street], given)
