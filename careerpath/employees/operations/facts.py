"""Dated facts of a file: what they are given as, what contradicts what, and how one supersedes another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from careerpath.employees import models
from careerpath.employees.models import Fact
from careerpath.policy.codes import (
    REPRESENTATION,
    Certificate,
    Code,
    Education,
    HonourKind,
    HonourLevel,
    Post,
    degree_level,
)
from careerpath.words import Message, Refused, msg

TITLES: Mapping[str, str] = {Post.CHIEF: "社区党组织书记", Post.DEPUTY: "社区党组织副书记", Post.STAFF: "社区工作者"}
"""What is printed for a post where nothing else is given."""

DAYS_OF_YEAR = 366
EARLIEST_YEAR = 1949


class FactKind(StrEnum):
    """The kinds of dated facts."""

    POSTING = "posting"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    CONTRACT = "contract"
    DISCIPLINE = "discipline"
    ABSENCE = "absence"
    HONOUR = "honour"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosting:
    """A post at a unit, both days included; without a title the usual one of the post."""

    unit_id: int
    post: str
    starts_on: date
    title: str = ""
    ends_on: date | None = None
    elected: bool = False
    party_role: str = ""
    dual_head: bool = False
    main: bool = True
    duties: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEducation:
    """A course of study: GB/T 4658 level of the diploma, GB/T 6864 code of the degree or nothing."""

    level: str
    degree: str = ""
    full_time: bool = True
    school: str = ""
    major: str = ""
    graduated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """``junior``, ``intermediate`` or ``senior``."""

    grade: str
    obtained_on: date
    registered_on: date | None = None
    registered_until: date | None = None
    certificate_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContract:
    """A labour contract; without an end for one of no fixed term, without a probation where there is none."""

    starts_on: date
    ends_on: date | None = None
    probation_ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDiscipline:
    """A case (``opened_on``, ``closed_on``), a measure with its term, or both."""

    measure: str = ""
    document: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """Days of absence in one calendar year, at most two decimals."""

    year: int
    sick_days: Decimal = Decimal(0)
    personal_days: Decimal = Decimal(0)
    unexcused_days: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHonour:
    """An honour of ``HonourKind`` granted at ``HonourLevel``; without a title that of its kind and level.

    ``ends_on`` is the last day of a mandate's term: a delegate or deputy needs one, no other honour has one.
    """

    kind: str
    level: str
    granted_on: date
    ends_on: date | None = None
    title: str = ""
    granted_by: str = ""
    document: str = ""


NewFact = NewPosting | NewEducation | NewCertificate | NewContract | NewDiscipline | NewAbsence | NewHonour

MODELS: Mapping[FactKind, type[Any]] = {
    FactKind.POSTING: models.Posting,
    FactKind.EDUCATION: models.Education,
    FactKind.CERTIFICATE: models.Certificate,
    FactKind.CONTRACT: models.Contract,
    FactKind.DISCIPLINE: models.Discipline,
    FactKind.ABSENCE: models.Absence,
    FactKind.HONOUR: models.Honour,
}

GIVEN: Mapping[FactKind, type[Any]] = {
    FactKind.POSTING: NewPosting,
    FactKind.EDUCATION: NewEducation,
    FactKind.CERTIFICATE: NewCertificate,
    FactKind.CONTRACT: NewContract,
    FactKind.DISCIPLINE: NewDiscipline,
    FactKind.ABSENCE: NewAbsence,
    FactKind.HONOUR: NewHonour,
}

KINDS: Mapping[type[Any], FactKind] = {given: kind for kind, given in GIVEN.items()}


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a person against which facts are held."""

    born_on: date
    joined_on: date
    left_on: date | None = None


def given_of(record: Fact) -> Any:
    """A kept fact as what it would be given as: to show it in a form, or to supersede it with one thing changed."""
    kind = FactKind(type(record).__name__.lower())
    return GIVEN[kind](**{item.name: getattr(record, item.name) for item in fields(GIVEN[kind])})


def record_of(given: NewFact, employee_id: int, known_at: Any) -> Any:
    """The record that keeps a fact."""
    values = asdict(given)
    if isinstance(given, NewPosting) and not given.title:
        values["title"] = TITLES[given.post]
    if isinstance(given, NewHonour):
        values["title"] = title_of(given)
    return MODELS[KINDS[type(given)]](employee_id=employee_id, known_at=known_at, **values)


def title_of(given: NewHonour) -> str:
    """The title of an honour: without one that of its level and kind, such as 区县级党代表."""
    return given.title or HonourLevel(given.level).zh + HonourKind(given.kind).zh


C = TypeVar("C", bound=Code)


def checked_code(table: type[C], value: str, field: str, what: Message) -> C:
    """The entry of a code table. Raises ``Refused`` naming the codes there are."""
    for entry in table:
        if entry.value == value:
            return entry
    known = "、".join(f"{entry.value} {entry.zh}" for entry in table)
    raise Refused(
        msg("%(what)s代码“%(value)s”不存在，应为：%(known)s。", what=what, value=value, known=known), field=field
    )


def check_length(value: str, most: int, field: str, what: Message) -> None:
    """Refuse a text that is too long for its place."""
    if len(value) > most:
        raise Refused(
            msg("%(what)s有 %(count)s 个字，最多 %(most)s 个，请缩短。", what=what, count=len(value), most=most),
            field=field,
        )


def check_fact(given: NewFact, life: Life, on: date) -> None:
    """Refuse a fact that contradicts itself or the person's life. ``on`` is today; overlaps are not looked at here."""
    match given:
        case NewPosting():
            _check_posting(given, life)
        case NewEducation():
            _check_education(given, life)
        case NewCertificate():
            _check_certificate(given, life, on)
        case NewContract():
            _check_contract(given)
        case NewDiscipline():
            _check_discipline(given)
        case NewAbsence():
            _check_absence(given, on)
        case NewHonour():
            _check_honour(given, life, on)


def check_overlap(given: NewPosting, others: Iterable[NewPosting]) -> None:
    """Refuse a second main posting on the same day."""
    if not given.main:
        return
    for other in others:
        if other.main and _meet(given, other):
            until = other.ends_on or msg("今")
            raise Refused(
                msg(
                    "主要任职时间重叠：%(starts)s 至 %(ends)s 已任“%(title)s”。请先结束原任职，或将本条改为兼任。",
                    starts=other.starts_on,
                    ends=until,
                    title=other.title or TITLES[other.post],
                ),
                field="starts_on",
            )


def check_absences(years: Sequence[int]) -> None:
    """Refuse two totals of one year."""
    twice = next((year for year in years if years.count(year) > 1), None)
    if twice is not None:
        raise Refused(msg("%(year)s 年的请假合计已经登记，请在原记录上更正。", year=twice), field="year")


def _meet(one: NewPosting, other: NewPosting) -> bool:
    one_first = one.ends_on is not None and one.ends_on < other.starts_on
    other_first = other.ends_on is not None and other.ends_on < one.starts_on
    return not one_first and not other_first


def _in_order(first: date | None, last: date | None, field: str, message: Message) -> None:
    if first is not None and last is not None and last < first:
        raise Refused(message, field=field)


def _check_posting(given: NewPosting, life: Life) -> None:
    checked_code(Post, given.post, "post", msg("岗位层级"))
    check_length(given.title, 60, "title", msg("职务名称"))
    check_length(given.party_role, 40, "party_role", msg("党内职务"))
    check_length(given.duties, 200, "duties", msg("分管工作"))
    _in_order(
        given.starts_on,
        given.ends_on,
        "ends_on",
        msg("任职结束日期 %(ends)s 早于开始日期 %(starts)s，请核对。", ends=given.ends_on, starts=given.starts_on),
    )
    if given.starts_on < life.joined_on:
        raise Refused(
            msg(
                "任职开始日期 %(starts)s 早于进社区工作日期 %(joined)s，请核对其中一项。",
                starts=given.starts_on,
                joined=life.joined_on,
            ),
            field="starts_on",
        )
    if life.left_on is not None and (given.ends_on is None or given.ends_on > life.left_on):
        raise Refused(msg("此人已于 %(left)s 离职，任职结束日期不得晚于这一天。", left=life.left_on), field="ends_on")


def _check_education(given: NewEducation, life: Life) -> None:
    checked_code(Education, given.level, "level", msg("学历"))
    if given.degree and degree_level(given.degree) is None:
        raise Refused(
            msg("学位代码“%(value)s”不存在，应为 2 博士、3 硕士、4 学士或相应的三位代码。", value=given.degree),
            field="degree",
        )
    check_length(given.school, 80, "school", msg("毕业院校"))
    check_length(given.major, 80, "major", msg("专业"))
    _in_order(life.born_on, given.graduated_on, "graduated_on", msg("毕业日期早于出生日期，请核对。"))


def _check_certificate(given: NewCertificate, life: Life, on: date) -> None:
    checked_code(Certificate, given.grade, "grade", msg("证书等级"))
    check_length(given.certificate_number, 40, "certificate_number", msg("证书编号"))
    _in_order(life.born_on, given.obtained_on, "obtained_on", msg("取得证书的日期早于出生日期，请核对。"))
    _in_order(given.obtained_on, on, "obtained_on", msg("取得证书的日期晚于今天，请核对。"))
    _in_order(given.obtained_on, given.registered_on, "registered_on", msg("登记日期早于取得日期，请核对。"))
    if given.registered_until is not None and given.registered_on is None:
        raise Refused(msg("填写登记有效期的，请同时填写登记日期。"), field="registered_on")
    _in_order(given.registered_on, given.registered_until, "registered_until", msg("登记有效期早于登记日期，请核对。"))


def _check_contract(given: NewContract) -> None:
    _in_order(given.starts_on, given.ends_on, "ends_on", msg("合同结束日期早于开始日期，请核对。"))
    _in_order(
        given.starts_on, given.probation_ends_on, "probation_ends_on", msg("试用期结束日期早于合同开始日期，请核对。")
    )
    _in_order(
        given.probation_ends_on, given.ends_on, "probation_ends_on", msg("试用期结束日期晚于合同结束日期，请核对。")
    )


def _check_discipline(given: NewDiscipline) -> None:
    check_length(given.measure, 60, "measure", msg("处分或处理"))
    check_length(given.document, 120, "document", msg("文号"))
    if not given.measure and given.opened_on is None:
        raise Refused(msg("请填写处分名称，或填写立案日期。"), field="measure")
    if given.measure and given.starts_on is None:
        raise Refused(msg("请填写“%(measure)s”的起始日期。", measure=given.measure), field="starts_on")
    if not given.measure and given.starts_on is not None:
        raise Refused(msg("填写了处分期，请同时填写处分名称。"), field="measure")
    _in_order(given.opened_on, given.closed_on, "closed_on", msg("结案日期早于立案日期，请核对。"))
    _in_order(given.starts_on, given.ends_on, "ends_on", msg("处分结束日期早于起始日期，请核对。"))


def _check_absence(given: NewAbsence, on: date) -> None:
    if not EARLIEST_YEAR <= given.year <= on.year:
        raise Refused(
            msg("年份 %(year)s 应在 %(first)s 至 %(last)s 之间。", year=given.year, first=EARLIEST_YEAR, last=on.year),
            field="year",
        )
    for field in ("sick_days", "personal_days", "unexcused_days"):
        days: Decimal = getattr(given, field)
        if not days.is_finite() or days < 0 or days > DAYS_OF_YEAR or days * 100 % 1:
            raise Refused(msg("请假天数应为 0 至 366 之间的数，最多两位小数。"), field=field)
    if given.sick_days + given.personal_days + given.unexcused_days > DAYS_OF_YEAR:
        raise Refused(msg("病假、事假、旷工合计超过全年天数，请核对。"), field="sick_days")


def _check_honour(given: NewHonour, life: Life, on: date) -> None:
    kind = checked_code(HonourKind, given.kind, "kind", msg("荣誉类别"))
    checked_code(HonourLevel, given.level, "level", msg("荣誉级别"))
    check_length(given.title, 80, "title", msg("荣誉名称"))
    check_length(given.granted_by, 80, "granted_by", msg("授予单位"))
    check_length(given.document, 120, "document", msg("文号"))
    if kind is HonourKind.OTHER and not given.title:
        raise Refused(msg("其他荣誉请填写荣誉名称。"), field="title")
    _in_order(life.born_on, given.granted_on, "granted_on", msg("授予日期早于出生日期，请核对。"))
    _in_order(given.granted_on, on, "granted_on", msg("授予日期晚于今天，请核对。"))
    if kind in REPRESENTATION and given.ends_on is None:
        raise Refused(msg("%(kind)s有任期，请填写任期结束日期。", kind=kind), field="ends_on")
    if kind not in REPRESENTATION and given.ends_on is not None:
        raise Refused(msg("%(kind)s没有任期，请删去任期结束日期。", kind=kind), field="ends_on")
    _in_order(given.granted_on, given.ends_on, "ends_on", msg("任期结束日期早于开始日期，请核对。"))
