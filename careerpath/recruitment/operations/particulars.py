"""What an application says of a person: how it is given, read and checked, written to its record and read back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from careerpath.core.vault import vault
from careerpath.employees.models import Source
from careerpath.employees.operations.details import check_birth, check_membership, check_military, check_work_age
from careerpath.employees.operations.facts import (
    Life,
    NewCertificate,
    NewEducation,
    check_fact,
    check_length,
    checked_code,
)
from careerpath.employees.operations.identity import (
    Identity,
    initials_of,
    mask_phone,
    read_identity,
    read_name,
    read_phone,
    without_identity,
)
from careerpath.employees.operations.lines import NewCareerLine, NewFamilyMember, check_line
from careerpath.policy.codes import Certificate, Ethnic, Marital, Political
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import Application
from careerpath.recruitment.queries.sealed import opened, sealed
from careerpath.words import Message, Refused, msg

ResumeLine = NewCareerLine
Relative = NewFamilyMember
"""A line of the résumé and a member of the family are given as in a personnel file, into which they may be copied."""

MOST_RESUME_LINES = 30
MOST_RELATIVES = 15
MOST_EXPERIENCE_MONTHS = 600

OWN_NAMES = {"level": "education", "grade": "certificate", "obtained_on": "certified_on"}
"""What the fields of a personnel file are called in an application."""

PLAIN = (
    "name", "ethnic", "native_place", "marital", "household_place", "political", "political_since", "education",
    "degree", "full_time", "school", "major", "graduated_on", "joined_work_on", "experience_months", "military_months",
    "certificate", "certificate_number", "certified_on", "source", "accepts_transfer", "rewards",
)  # fmt: skip
"""What is kept as it is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an application says. In a change, an empty identity and a phone or address of ``None`` stay as they are.

    ``groups`` and ``bonus`` are codes of the batch's rules; ``experience_months`` of ``None`` is not known.
    """

    name: str
    identity: str = ""
    phone: str | None = ""
    address: str | None = ""
    ethnic: str = Ethnic.HAN.value
    native_place: str = ""
    marital: str = Marital.UNSTATED.value
    household_place: str = ""
    political: str = Political.MASSES.value
    political_since: date | None = None
    education: str = ""
    degree: str = ""
    full_time: bool = True
    school: str = ""
    major: str = ""
    graduated_on: date | None = None
    joined_work_on: date | None = None
    experience_months: int | None = None
    military_months: int = 0
    certificate: str = ""
    certificate_number: str = ""
    certified_on: date | None = None
    source: Source = Source.OTHER
    groups: tuple[str, ...] = ()
    bonus: tuple[str, ...] = ()
    accepts_transfer: bool = False
    resume: tuple[ResumeLine, ...] = ()
    family: tuple[Relative, ...] = ()
    rewards: str = ""


@dataclass(frozen=True, slots=True)
class ReadParticulars:
    """Particulars that were read and found sound; ``identity`` is None where it stays as it is."""

    given: Particulars
    identity: Identity | None


def check_particulars(
    edition: RecruitmentEdition, given: Particulars, on: date, kept: Application | None = None
) -> ReadParticulars:
    """Read and check what was given; ``kept`` is the application that it changes.

    What a condition asks for is advice and not looked at here. Raises ``Refused`` with the field; a fault in a row of
    the résumé or of the family names the row.
    """
    name = read_name(given.name)
    identity = read_identity(given.identity) if given.identity.strip() or kept is None else None
    read = replace(
        given,
        name=name,
        phone=None if given.phone is None else read_phone(given.phone),
        address=None if given.address is None else given.address.strip(),
        native_place=given.native_place.strip(),
        household_place=given.household_place.strip(),
        school=given.school.strip(),
        major=given.major.strip(),
        certificate_number=given.certificate_number.strip(),
        rewards=without_identity(given.rewards.strip()),
        groups=_known(given.groups, [one.code for one in edition.groups], "groups", msg("报考类别")),
        bonus=_known(given.bonus, _bonus_codes(edition), "bonus", msg("加分项")),
    )
    born_on = identity.born_on if identity else kept.born_on if kept else None
    if born_on is None:
        raise Refused(msg("请填写身份证号码。"), field="identity")
    if identity is not None:
        check_birth(born_on, on)
    _check_person(read, born_on, on)
    _check_study(read, Life(born_on, on), on)
    _check_rows(read.resume, MOST_RESUME_LINES, "resume", msg("简历"), on)
    _check_rows(read.family, MOST_RELATIVES, "family", msg("家庭成员"), on)
    return ReadParticulars(read, identity)


def apply_particulars(application: Application, read: ReadParticulars) -> None:
    """Write particulars to their record; identity, telephone and address are sealed for this record alone."""
    given, uid = read.given, application.uid
    for name in PLAIN:
        setattr(application, name, getattr(given, name))
    application.initials = initials_of(given.name)
    application.groups, application.bonus = list(given.groups), list(given.bonus)
    application.resume = [_plain(line) for line in given.resume]
    application.family = [_plain(line) for line in given.family]
    if read.identity is not None:
        identity = read.identity
        application.identity_sealed = sealed(identity.number, "identity", uid)
        application.identity_index = vault().index(identity.number)
        application.identity_masked = identity.masked
        application.sex, application.born_on = identity.sex.value, identity.born_on
    if given.phone is not None:
        application.phone_masked = mask_phone(given.phone)
        application.phone_sealed = sealed(given.phone, "phone", uid)
    if given.address is not None:
        application.address_sealed = sealed(given.address, "address", uid)


def particulars_of(application: Application) -> Particulars:
    """Particulars as they would be given, with telephone and address opened and without the identity number."""
    return Particulars(
        **{name: getattr(application, name) for name in PLAIN},
        phone=opened(application.phone_sealed, "phone", application.uid),
        address=opened(application.address_sealed, "address", application.uid),
        groups=tuple(application.groups),
        bonus=tuple(application.bonus),
        resume=resume_of(application.resume),
        family=family_of(application.family),
    )


def resume_of(kept: Iterable[Any]) -> tuple[ResumeLine, ...]:
    """The lines of a résumé as an application keeps them."""
    return tuple(
        ResumeLine(starts_on=date.fromisoformat(row["starts_on"]), ends_on=_day(row["ends_on"]), text=row["text"])
        for row in kept
    )


def family_of(kept: Iterable[Any]) -> tuple[Relative, ...]:
    """The members of a family as an application keeps them."""
    return tuple(Relative(**{**row, "born_on": _day(row["born_on"])}) for row in kept)


def _check_person(read: Particulars, born_on: date, on: date) -> None:
    checked_code(Ethnic, read.ethnic, "ethnic", msg("民族"))
    checked_code(Marital, read.marital, "marital", msg("婚姻状况"))
    checked_code(Political, read.political, "political", msg("政治面貌"))
    check_length(read.native_place, 80, "native_place", msg("籍贯"))
    check_length(read.household_place, 120, "household_place", msg("户口所在地"))
    check_length(read.address or "", 120, "address", msg("家庭地址"))
    check_length(read.rewards, 400, "rewards", msg("奖励或处分情况"))
    check_membership(read.political, read.political_since, born_on, on)
    check_military(read.military_months)
    if read.joined_work_on is not None and read.joined_work_on > on:
        raise Refused(msg("参加工作时间晚于今天，请核对；尚未参加工作的不填。"), field="joined_work_on")
    check_work_age("joined_work_on", read.joined_work_on, born_on, on)
    months = read.experience_months
    if months is not None and not 0 <= months <= MOST_EXPERIENCE_MONTHS:
        message = msg("工作经历应为 0 至 %(most)s 的整月数，请核对。", most=MOST_EXPERIENCE_MONTHS)
        raise Refused(message, field="experience_months")


def _check_study(read: Particulars, life: Life, on: date) -> None:
    if read.education:
        _check_as_in_a_file(
            NewEducation(
                level=read.education,
                degree=read.degree,
                full_time=read.full_time,
                school=read.school,
                major=read.major,
                graduated_on=read.graduated_on,
            ),
            life,
            on,
        )
    elif read.degree or read.school or read.major or read.graduated_on:
        raise Refused(msg("填写了毕业院校、专业、学位或毕业时间，请同时选择学历。"), field="education")
    if not read.certificate:
        if read.certificate_number or read.certified_on:
            raise Refused(msg("填写了证书编号或取得时间，请同时选择证书等级。"), field="certificate")
        return
    if read.certified_on is not None:
        certificate = NewCertificate(
            grade=read.certificate, certificate_number=read.certificate_number, obtained_on=read.certified_on
        )
        _check_as_in_a_file(certificate, life, on)
        return
    checked_code(Certificate, read.certificate, "certificate", msg("证书等级"))
    check_length(read.certificate_number, 40, "certificate_number", msg("证书编号"))


def _check_as_in_a_file(fact: NewEducation | NewCertificate, life: Life, on: date) -> None:
    try:
        check_fact(fact, life, on)
    except Refused as refused:
        raise Refused(refused.message, field=OWN_NAMES.get(refused.field or "", refused.field)) from refused


def _check_rows(rows: Sequence[ResumeLine | Relative], most: int, field: str, what: Message, on: date) -> None:
    if len(rows) > most:
        message = msg(
            "%(what)s有 %(count)s 行，最多 %(most)s 行，请合并或删减。", what=what, count=len(rows), most=most
        )
        raise Refused(message, field=field)
    for place, row in enumerate(rows, start=1):
        try:
            check_line(row, on)
        except Refused as refused:
            message = msg("%(what)s第 %(row)s 行：%(why)s", what=what, row=place, why=refused.message)
            raise Refused(message, field=field) from refused


def _known(codes: Iterable[str], known: Sequence[str], field: str, what: Message) -> tuple[str, ...]:
    """The codes without repetition, in the order of the rules."""
    wanted = list(codes)
    for code in wanted:
        if code not in known:
            message = msg(
                "%(what)s“%(code)s”不在本批次的规则中，应为：%(known)s。",
                what=what,
                code=code,
                known="、".join(known) or "—",
            )
            raise Refused(message, field=field)
    return tuple(code for code in known if code in wanted)


def _bonus_codes(edition: RecruitmentEdition) -> list[str]:
    return [item.code for item in edition.bonus.items] if edition.bonus else []


def _plain(row: ResumeLine | Relative) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else without_identity(value) if value else value
        for name, value in asdict(row).items()
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
