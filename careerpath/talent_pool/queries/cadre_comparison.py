"""A .lrmx held against the personnel file: what differs, and what of it can be taken over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.vault import vault
from careerpath.employees.models import Employee
from careerpath.employees.operations.contents import read_photo
from careerpath.policy import codes
from careerpath.policy.codes.code import read_code
from careerpath.talent_pool.queries.biography import code_word
from careerpath.talent_pool.queries.cadre import cadre_form
from careerpath.talent_pool.sheets.lrmx import LINE_END, LrmxPerson, LrmxRelative, read_lrmx
from careerpath.talent_pool.sheets.resume import read_resume
from careerpath.words import Message, Refused, msg


class Taken(StrEnum):
    """What can be taken over from a file."""

    ETHNIC = "ethnic"
    NATIVE_PLACE = "native_place"
    BIRTH_PLACE = "birth_place"
    JOINED_PARTY = "joined_party"
    JOINED_WORK = "joined_work_on"
    HEALTH = "health"
    TECHNICAL_POST = "technical_post"
    SPECIALITY = "speciality"
    REWARDS = "rewards"
    RESUME = "resume"
    FAMILY = "family"
    PHOTO = "photo"


TITLES: Mapping[str, Message] = {
    Taken.ETHNIC: msg("民族"),
    Taken.NATIVE_PLACE: msg("籍贯"),
    Taken.BIRTH_PLACE: msg("出生地"),
    Taken.JOINED_PARTY: msg("入党时间"),
    Taken.JOINED_WORK: msg("参加工作时间"),
    Taken.HEALTH: msg("健康状况"),
    Taken.TECHNICAL_POST: msg("专业技术职务"),
    Taken.SPECIALITY: msg("熟悉专业有何专长"),
    Taken.REWARDS: msg("奖惩情况"),
    Taken.RESUME: msg("简历"),
    Taken.FAMILY: msg("家庭主要成员"),
    Taken.PHOTO: msg("照片"),
    "full_time_education": msg("全日制教育学历"),
    "full_time_degree": msg("全日制教育学位"),
    "in_service_education": msg("在职教育学历"),
    "in_service_degree": msg("在职教育学位"),
    "present_post": msg("现任职务"),
    "appraisals": msg("年度考核结果"),
}
"""Everything that is compared. Education, posts and appraisals are facts of their own and are only shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing: what our file says, and what the other one does, line by line."""

    code: str
    title: Message
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    same: bool
    takeable: bool
    """Differs, and can be taken over: there is something to take."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file held against that of one person."""

    employee_id: int
    name: str
    differences: tuple[Difference, ...]

    @property
    def takeable(self) -> frozenset[str]:
        """What can be taken over."""
        return frozenset(one.code for one in self.differences if one.takeable)


def compare_lrmx(actor: Actor, employee_id: int, body: bytes) -> Comparison:
    """Hold a file against the actor's person; ``Refused`` for a file that cannot be read or is somebody else's."""
    theirs = lrmx_of_person(actor, employee_id, body)
    ours = cadre_form(actor, employee_id)
    return Comparison(employee_id, ours.name, tuple(_difference(code, ours, theirs) for code in TITLES))


def lrmx_of_person(actor: Actor, employee_id: int, body: bytes) -> LrmxPerson:
    """What a file says of the actor's person. Raises ``Refused`` for one that is another person's.

    The identity number must agree; in a file without one the name, the sex and the month of birth.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    theirs = read_lrmx(body)
    if plain_name(theirs.name) != plain_name(employee.name):
        raise Refused(
            msg("文件中的姓名与“%(name)s”不一致，不是同一人的任免审批表，请核对。", name=employee.name), field="file"
        )
    number = theirs.identity.replace(" ", "").upper()
    agrees = (
        vault().index(number) == employee.identity_index
        if number
        else (theirs.born_on == employee.born_on.replace(day=1) and theirs.sex == code_word(codes.Sex, employee.sex))
    )
    if not agrees:
        told = (
            msg("文件中的身份证号码与“%(name)s”的档案不一致，不是同一人，请核对。", name=employee.name)
            if number
            else msg("文件中的性别或出生年月与“%(name)s”的档案不一致，不能认定为同一人，请核对。", name=employee.name)
        )
        raise Refused(told, field="file")
    read_resume(theirs.resume)
    if theirs.photo:
        read_photo(theirs.photo)
    return theirs


def plain_name(name: str) -> str:
    """A name without the blanks that forms put into short ones: 张　三 is 张三."""
    return "".join(name.split())


def party_month(text: str) -> date | None:
    """The month of joining the party that a file names, if it names one."""
    return date(int(text[:4]), int(text[4:]), 1) if text.isdigit() else None


def _difference(code: str, ours: LrmxPerson, theirs: LrmxPerson) -> Difference:
    mine, other = (SHOWN.get(code, _plain)(code, person) for person in (ours, theirs))
    same = not theirs.photo or theirs.photo == ours.photo if code == Taken.PHOTO else mine == other
    takeable = code in set(Taken) and not same and bool(other)
    if code == Taken.JOINED_PARTY:
        takeable = takeable and party_month(theirs.joined_party) is not None and bool(ours.joined_party.isdigit())
    if code == Taken.ETHNIC:
        takeable = takeable and read_code(codes.Ethnic, theirs.ethnic) is not None
    return Difference(code, TITLES[code], mine, other, same, takeable)


def _plain(code: str, person: LrmxPerson) -> tuple[str, ...]:
    text: str = getattr(person, code)
    return tuple(line for line in text.split(LINE_END) if line)


def _month(on: date | None) -> str:
    return f"{on:%Y.%m}" if on else ""


def _lines(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in found if line)


def _resume(_: str, person: LrmxPerson) -> tuple[str, ...]:
    return tuple(f"{_month(one.starts_on)}—{_month(one.ends_on)} {one.text}" for one in read_resume(person.resume))


def _relative(one: LrmxRelative) -> str:
    return " ".join(part for part in (one.relation, one.name, _month(one.born_on), one.political, one.work) if part)


def _ethnic(_: str, person: LrmxPerson) -> tuple[str, ...]:
    known = read_code(codes.Ethnic, person.ethnic)
    return _lines([known.zh if known is not None else person.ethnic])


def _party(_: str, person: LrmxPerson) -> tuple[str, ...]:
    month = party_month(person.joined_party)
    return _lines([_month(month) or person.joined_party])


SHOWN: Mapping[str, Callable[[str, LrmxPerson], tuple[str, ...]]] = {
    Taken.ETHNIC: _ethnic,
    Taken.JOINED_WORK: lambda _, person: _lines([_month(person.joined_work_on)]),
    Taken.JOINED_PARTY: _party,
    Taken.RESUME: _resume,
    Taken.FAMILY: lambda _, person: tuple(_relative(one) for one in person.family),
    Taken.PHOTO: lambda _, person: (f"{len(person.photo) // 1024 + 1} KB",) if person.photo else (),
}
"""How what is no plain text is shown."""
