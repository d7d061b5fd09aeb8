"""Courses of a city, a district or a street: what is taught, at which tier, for how many hours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.policy.training import Tier
from careerpath.skills.codes import SkillLevel
from careerpath.skills.queries.lines import lines_of
from careerpath.training.models import Course
from careerpath.training.operations.steps import read_text
from careerpath.words import Conflict, Refused, msg

LONGEST_NAME = 80
LONGEST_CATEGORY = 40
LONGEST_OUTLINE = 4000
MOST_HOURS = 1000
MOST_DAYS = 366
MOST_LINES = 30

_OF_STREETS = (Tier.STREET, Tier.COMMUNITY)
_ABOVE = (Tier.PROVINCE, Tier.STATE)
TIERS: Mapping[UnitKind, tuple[Tier, ...]] = {
    **dict.fromkeys(STREET_KINDS, _OF_STREETS),
    UnitKind.DISTRICT: (Tier.DISTRICT, Tier.CITY, *_ABOVE),
    UnitKind.CITY: (Tier.CITY, *_ABOVE),
}
"""The tiers whose courses a kind of unit keeps, its own first.

A district also enters what city, province and state held: nobody above it need have an account here.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseGiven:
    """What is typed of a course; ``lines`` are codes of lines of work, ``teaches`` a ``SkillLevel`` or empty."""

    name: str
    tier: Tier
    hours: Decimal
    days: Decimal | None = None
    category: str = ""
    lines: tuple[str, ...] = ()
    teaches: str = ""
    outline: str = ""


@operation(Permission.TRAINING_HOLD)
def keep_course(actor: Actor, unit_id: int, given: CourseGiven) -> int:
    """Enter a course of a unit; gives its id. Refuses a name that is taken and a tier that is not the unit's."""
    unit = fetch_unit(actor, unit_id, Permission.TRAINING_HOLD, lock=True)
    course = Course(unit_id=unit.id, **_values(unit, given))
    session_add(course)
    return course.id


@operation(Permission.TRAINING_HOLD)
def change_course(actor: Actor, course_id: int, given: CourseGiven, version: int) -> None:
    """Change a course; classes that are planned already keep their tier, hours and days."""
    course = fetch(actor, Course, course_id, Permission.TRAINING_HOLD, lock=True)
    if course.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("“%(name)s”刚刚被其他人修改，请核对后重新提交。", name=course.name),
            typed=typed,
            current={name: getattr(course, name) for name in typed},
        )
    values = _values(fetch_unit(actor, course.unit_id, Permission.TRAINING_HOLD), given, course)
    for name, value in values.items():
        setattr(course, name, value)


@operation(Permission.TRAINING_HOLD)
def retire_course(actor: Actor, course_id: int) -> None:
    """No longer offer a course for new classes."""
    fetch(actor, Course, course_id, Permission.TRAINING_HOLD, lock=True).active = False


@operation(Permission.TRAINING_HOLD)
def restore_course(actor: Actor, course_id: int) -> None:
    """Offer a course again."""
    fetch(actor, Course, course_id, Permission.TRAINING_HOLD, lock=True).active = True


def _values(unit: Unit, given: CourseGiven, course: Course | None = None) -> dict[str, object]:
    name = read_text(given.name, LONGEST_NAME, "name")
    if not name:
        raise Refused(msg("请填写课程名称。"), field="name")
    _check_name(unit, name, course)
    tiers = TIERS.get(unit.kind, ())
    if not tiers:
        raise Refused(msg("课程由市、区（县）或街道建立，请选择街道及以上的单位。"), field="unit_id")
    if given.tier not in tiers:
        raise Refused(
            msg(
                "%(unit)s可以建立的课程层级为%(tiers)s，请改正。",
                unit=unit.short_name,
                tiers="、".join(tier.zh for tier in tiers),
            ),
            field="tier",
        )
    check_amount(given.hours, MOST_HOURS, "hours")
    if given.hours == 0 and not given.days:
        raise Refused(msg("请填写学时，或按天计算的天数。"), field="hours")
    if given.days is not None:
        check_amount(given.days, MOST_DAYS, "days")
    lines = tuple(dict.fromkeys(given.lines))
    if len(lines) > MOST_LINES:
        raise Refused(msg("业务条线最多 %(most)s 项，请减少。", most=MOST_LINES), field="lines")
    _check_lines(unit, lines)
    if given.teaches and given.teaches not in set(SkillLevel):
        raise Refused(msg("没有“%(code)s”这一技能等级，请重新选择。", code=given.teaches), field="teaches")
    if given.teaches and not lines:
        raise Refused(msg("结业后登记技能的，请选择课程对应的业务条线。"), field="lines")
    return {
        "name": name,
        "tier": given.tier,
        "category": read_text(given.category, LONGEST_CATEGORY, "category"),
        "hours": given.hours,
        # No days at all is said by leaving them out: the rules then count the hours.
        "days": given.days or None,
        "lines": list(lines),
        "teaches": given.teaches,
        "outline": read_text(given.outline, LONGEST_OUTLINE, "outline", lines=True),
    }


def _check_lines(unit: Unit, codes: Sequence[str]) -> None:
    known = {line.code for line in lines_of(unit.path, retired=True)} if codes else set()
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise Refused(
            msg("区（县）没有“%(code)s”这一业务条线，请从列表中选择。", code="、".join(unknown)), field="lines"
        )


def check_amount(amount: Decimal, most: int, field: str) -> None:
    """Refuse hours or days that are negative, too many, or finer than hundredths."""
    if not 0 <= amount <= most or amount != amount.quantize(Decimal("0.01")):
        raise Refused(msg("应为 0 至 %(most)s 的数字，最多两位小数。", most=most), field=field)


def _check_name(unit: Unit, name: str, course: Course | None) -> None:
    taken = select(Course.id).where(Course.unit_id == unit.id, Course.name == name)
    if course is not None:
        taken = taken.where(Course.id != course.id)
    if db.session.scalar(taken) is not None:
        raise Refused(
            msg("%(unit)s已有名为“%(name)s”的课程，请换一个名称。", unit=unit.short_name, name=name), field="name"
        )
