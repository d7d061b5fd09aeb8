"""The looks at a file: what may be missing in it, and what cannot be as it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.employees.models import CareerLine, Certificate, Contract, Employee, Posting
from careerpath.employees.queries.narrowing import years_between
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import Political
from careerpath.words import Message, NotFound, msg

ADULT, WORKING, PROBATION = 18, 16, 1
"""Full years: the youngest age of a party member and of a worker, and the time on probation."""

DATED = (Political.PARTY_MEMBER, Political.PROBATIONARY_MEMBER, Political.LEAGUE_MEMBER)
MEMBERS = (Political.PARTY_MEMBER.value, Political.PROBATIONARY_MEMBER.value)


class Weight(StrEnum):
    """Whether something is missing, or cannot be as it stands."""

    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One look at a file. ``condition`` holds for people in service whose file fails.

    It is mended at ``endpoint``, which takes ``employee_id``; with ``tab`` at that tab of the file.
    """

    code: str
    title: Message
    why: Message
    weight: Weight
    condition: Callable[[date], ColumnElement[bool]]
    endpoint: str = "employees.person"
    tab: str = ""
    permission: Permission = Permission.EMPLOYEE_VIEW
    """Who may see it."""


MORE_CHECKS = "careerpath.employees.checks"
"""The key of the program's checks that upper rooms add."""


def _no_contract(on: date) -> ColumnElement[bool]:
    return ~exists().where(
        Contract.employee_id == Employee.id,
        Contract.superseded_at.is_(None),
        Contract.starts_on <= on,
        or_(Contract.ends_on.is_(None), Contract.ends_on >= on),
    )


def _two_main_posts(_: date) -> ColumnElement[bool]:
    one, other = aliased(Posting), aliased(Posting)
    held = [one.superseded_at.is_(None), other.superseded_at.is_(None), one.main.is_(True), other.main.is_(True)]
    return exists().where(
        one.employee_id == Employee.id,
        other.employee_id == Employee.id,
        one.id < other.id,
        *held,
        or_(one.ends_on.is_(None), one.ends_on >= other.starts_on),
        or_(other.ends_on.is_(None), other.ends_on >= one.starts_on),
    )


def _registration_over(on: date) -> ColumnElement[bool]:
    return exists().where(
        Certificate.employee_id == Employee.id, Certificate.superseded_at.is_(None), Certificate.registered_until < on
    )


def _twin(_: date) -> ColumnElement[bool]:
    twin = aliased(Employee)
    return exists().where(
        twin.id != Employee.id,
        twin.name == Employee.name,
        twin.born_on == Employee.born_on,
        or_(twin.left_on.is_(None), twin.left_on >= Employee.joined_community_on),
    )


OWN_CHECKS: tuple[FileCheck, ...] = (
    FileCheck(
        "no_posting",
        msg("缺现任职务"),
        msg("在职，但没有现任主要职务，考核、工资和统计都找不到此人。"),
        Weight.MISSING,
        lambda on: ~exists().where(*main_posting_on(on)),
        tab="postings",
    ),
    FileCheck(
        "no_contract",
        msg("缺劳动合同"),
        msg("没有有效的劳动合同，或合同已经到期未续签。"),
        Weight.MISSING,
        _no_contract,
        tab="contracts",
    ),
    FileCheck(
        "no_education",
        msg("缺学历"),
        msg("没有登记学历，资格条件无法核对。"),
        Weight.MISSING,
        lambda _: Employee.highest_education == "",
        tab="studies",
    ),
    FileCheck(
        "no_party_day",
        msg("缺入党（团）时间"),
        msg("政治面貌为党员、预备党员或团员，没有填写加入时间。"),
        Weight.MISSING,
        lambda _: and_(Employee.political.in_([one.value for one in DATED]), Employee.political_since.is_(None)),
    ),
    FileCheck(
        "no_work_day",
        msg("缺参加工作时间"),
        msg("套级和任免审批表要用参加工作时间。"),
        Weight.MISSING,
        lambda _: Employee.joined_work_on.is_(None),
    ),
    FileCheck(
        "no_phone", msg("缺联系电话"), msg("没有登记手机号码。"), Weight.MISSING, lambda _: Employee.phone_masked == ""
    ),
    FileCheck(
        "no_photo",
        msg("缺照片"),
        msg("登记表和审批表要印照片。"),
        Weight.MISSING,
        lambda _: Employee.photo_key == "",
        tab="papers",
    ),
    FileCheck(
        "no_career",
        msg("缺简历"),
        msg("没有填写简历，任免审批表无法生成。"),
        Weight.MISSING,
        lambda _: ~exists().where(CareerLine.employee_id == Employee.id),
        tab="background",
    ),
    FileCheck(
        "two_main_posts",
        msg("主要任职重叠"),
        msg("同一时间有两个主要任职。"),
        Weight.WRONG,
        _two_main_posts,
        tab="postings",
    ),
    FileCheck(
        "post_before_joining",
        msg("任职早于进社区时间"),
        msg("最早的任职早于进社区工作时间。"),
        Weight.WRONG,
        lambda _: exists().where(
            Posting.employee_id == Employee.id,
            Posting.superseded_at.is_(None),
            Posting.starts_on < Employee.joined_community_on,
        ),
        tab="postings",
    ),
    FileCheck(
        "party_too_young",
        msg("入党时未满18岁"),
        msg("入党时间与出生日期对不上。"),
        Weight.WRONG,
        lambda _: and_(
            Employee.political.in_(MEMBERS), years_between(Employee.born_on, Employee.political_since) < ADULT * 10000
        ),
    ),
    FileCheck(
        "full_too_early",
        msg("转正距入党不满一年"),
        msg("预备期为一年，转正时间与入党时间对不上。"),
        Weight.WRONG,
        lambda _: years_between(Employee.political_since, Employee.political_full_since) < PROBATION * 10000,
    ),
    FileCheck(
        "work_too_young",
        msg("参加工作时未满16岁"),
        msg("参加工作时间与出生日期对不上。"),
        Weight.WRONG,
        lambda _: years_between(Employee.born_on, Employee.joined_work_on) < WORKING * 10000,
    ),
    FileCheck(
        "community_before_work",
        msg("进社区早于参加工作"),
        msg("进社区时间早于参加工作时间。"),
        Weight.WRONG,
        lambda _: Employee.joined_community_on < Employee.joined_work_on,
    ),
    FileCheck(
        "certificate_too_young",
        msg("取得证书时未满18岁"),
        msg("取得证书的时间与出生日期对不上。"),
        Weight.WRONG,
        lambda _: exists().where(
            Certificate.employee_id == Employee.id,
            Certificate.superseded_at.is_(None),
            years_between(Employee.born_on, Certificate.obtained_on) < ADULT * 10000,
        ),
        tab="studies",
    ),
    FileCheck(
        "registration_over",
        msg("证书登记已过期"),
        msg("证书的登记有效期已过，没有再登记。"),
        Weight.WRONG,
        _registration_over,
        tab="studies",
    ),
    FileCheck(
        "twin", msg("疑似重复登记"), msg("另有一份在职档案姓名和出生日期相同，请核对是否同一人。"), Weight.WRONG, _twin
    ),
)


def checks(actor: Actor) -> tuple[FileCheck, ...]:
    """Those of the file itself, and those of upper rooms that the actor may see: what is missing first."""
    known: tuple[FileCheck, ...] = (*OWN_CHECKS, *current_app.extensions.get(MORE_CHECKS, ()))
    found = [one for one in known if actor.has(one.permission)]
    return tuple(sorted(found, key=lambda one: one.weight is Weight.WRONG))


def check_named(actor: Actor, code: str) -> FileCheck:
    """The check with this code, or ``NotFound``."""
    for one in checks(actor):
        if one.code == code:
            return one
    raise NotFound
