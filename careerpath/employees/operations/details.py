"""The first page of a file: what it is given as, how it is read and checked, sealed and opened."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.vault import vault
from careerpath.employees.models import Channel, Employee, Source
from careerpath.employees.operations.facts import check_length, checked_code
from careerpath.employees.operations.identity import (
    Identity,
    initials_of,
    mask_phone,
    read_identity,
    read_name,
    read_phone,
)
from careerpath.employees.queries.sealed import opened, sealed
from careerpath.policy.codes import Ethnic, Marital, Political
from careerpath.policy.codes.people import PARTY
from careerpath.policy.employment import age_on, law_on
from careerpath.words import Refused, msg

OLDEST = 100
"""Full years beyond which a birth date is taken for a mistake of typing."""

MOST_MILITARY_MONTHS = 600
"""The longest military service that is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The first page. In a change, an empty identity or number and a phone or address of ``None`` stay as they are."""

    name: str
    joined_community_on: date
    identity: str = ""
    number: str = ""
    phone: str | None = None
    address: str | None = None
    ethnic: str = Ethnic.HAN.value
    native_place: str = ""
    marital: str = Marital.UNSTATED.value
    household_place: str = ""
    political: str = Political.MASSES.value
    political_since: date | None = None
    political_full_since: date | None = None
    joined_work_on: date | None = None
    channel: Channel = Channel.EARLIER
    source: Source = Source.OTHER
    batch: str = ""
    military_months: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A first page that was read and found sound; ``identity`` is None where it stays as it is."""

    details: Details
    identity: Identity | None


def read_details(given: Details, on: date, kept: Employee | None = None) -> Read:
    """Read and check a first page; ``kept`` is the file that it changes. Raises ``Refused`` with the field."""
    name = read_name(given.name)
    identity = read_identity(given.identity) if given.identity.strip() or kept is None else None
    details = replace(
        given,
        name=name,
        number=given.number.strip(),
        phone=None if given.phone is None else read_phone(given.phone),
        address=None if given.address is None else given.address.strip(),
        native_place=given.native_place.strip(),
        household_place=given.household_place.strip(),
        batch=given.batch.strip(),
    )
    checked_code(Ethnic, details.ethnic, "ethnic", msg("民族"))
    checked_code(Marital, details.marital, "marital", msg("婚姻状况"))
    checked_code(Political, details.political, "political", msg("政治面貌"))
    check_length(details.native_place, 80, "native_place", msg("籍贯"))
    check_length(details.household_place, 120, "household_place", msg("户口所在地"))
    check_length(details.batch, 40, "batch", msg("招聘批次"))
    check_length(details.address or "", 120, "address", msg("家庭地址"))
    check_military(details.military_months)
    if identity is not None:
        born_on = identity.born_on
    elif kept is not None:
        born_on = kept.born_on
    else:
        raise Refused(msg("请填写身份证号码。"), field="identity")
    _check_dates(details, born_on, on)
    return Read(details, identity)


def apply_details(employee: Employee, read: Read) -> None:
    """Write a first page to its record; identity, telephone and address are sealed for this record alone."""
    details = read.details
    employee.name = details.name
    employee.initials = initials_of(details.name)
    for name in (
        "ethnic", "native_place", "marital", "household_place", "political", "political_since",
        "political_full_since", "joined_work_on", "joined_community_on", "channel", "source", "batch",
        "military_months",
    ):  # fmt: skip
        setattr(employee, name, getattr(details, name))
    if read.identity is not None:
        identity = read.identity
        employee.identity_sealed = sealed(identity.number, "identity", employee.uid)
        employee.identity_index = vault().index(identity.number)
        employee.identity_masked = identity.masked
        employee.sex, employee.born_on = identity.sex.value, identity.born_on
    if details.phone is not None:
        employee.phone_masked = mask_phone(details.phone)
        employee.phone_sealed = sealed(details.phone, "phone", employee.uid)
    if details.address is not None:
        employee.address_sealed = sealed(details.address, "address", employee.uid)


def details_of(employee: Employee) -> Details:
    """The first page as it would be given, with telephone and address opened and without the identity number."""
    return Details(
        name=employee.name,
        joined_community_on=employee.joined_community_on,
        number=employee.number,
        phone=opened(employee.phone_sealed, "phone", employee.uid),
        address=opened(employee.address_sealed, "address", employee.uid),
        ethnic=employee.ethnic,
        native_place=employee.native_place,
        marital=employee.marital,
        household_place=employee.household_place,
        political=employee.political,
        political_since=employee.political_since,
        political_full_since=employee.political_full_since,
        joined_work_on=employee.joined_work_on,
        channel=employee.channel,
        source=employee.source,
        batch=employee.batch,
        military_months=employee.military_months,
    )


def check_identity_free(actor: Actor, number: str) -> None:
    """Refuse an identity number that has a file; names that file only to those who may see it."""
    row = db.session.execute(
        select(Employee.name, Employee.number, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(Employee.identity_index == vault().index(number))
    ).one_or_none()
    if row is None:
        return
    if actor.can(Permission.EMPLOYEE_VIEW, row.path):
        raise Refused(
            msg(
                "该身份证号码已有档案：%(name)s（%(number)s，%(unit)s），请在原档案上办理，不要重复登记。",
                name=row.name,
                number=row.number,
                unit=row.short_name,
            ),
            field="identity",
        )
    raise Refused(msg("该身份证号码已在其他单位登记，请联系区级主管部门办理调动。"), field="identity")


def check_military(months: int) -> None:
    """Refuse a military service that nobody has served."""
    if not 0 <= months <= MOST_MILITARY_MONTHS:
        message = msg("服役月数应为 0 至 %(most)s 的整月数，请核对。", most=MOST_MILITARY_MONTHS)
        raise Refused(message, field="military_months")


def check_birth(born_on: date, on: date) -> None:
    """Refuse a date of birth that nobody who works today can have."""
    if born_on > on or age_on(born_on, on) > OLDEST:
        raise Refused(msg("由身份证号码得出的出生日期 %(born)s 不合常理，请核对。", born=born_on), field="identity")


def check_work_age(field: str, day: date | None, born_on: date, on: date) -> None:
    """Refuse a day of work below the age from which the law allows it."""
    law = law_on(on)
    if day is not None and age_on(born_on, day) < law.work_age:
        raise Refused(
            msg(
                "%(day)s 时未满 %(age)s 周岁（出生日期 %(born)s），依据《%(document)s》不得用工，请核对日期。",
                day=day,
                age=law.work_age,
                born=born_on,
                document=law.work_document,
            ),
            field=field,
        )


def check_membership(political: str, since: date | None, born_on: date, on: date) -> None:
    """Refuse a day of joining a party or the League that contradicts the person's life."""
    law = law_on(on)
    if since is not None and since < born_on:
        raise Refused(msg("加入党派（团）的日期早于出生日期，请核对。"), field="political_since")
    if since is not None and since > on:
        raise Refused(msg("加入党派（团）的日期晚于今天，请核对。"), field="political_since")
    if political in PARTY and since is not None and age_on(born_on, since) < law.party_age:
        raise Refused(
            msg(
                "入党日期 %(since)s 时未满 %(age)s 周岁（%(document)s），请核对。",
                since=since,
                age=law.party_age,
                document=law.party_document,
            ),
            field="political_since",
        )


def _check_dates(details: Details, born_on: date, on: date) -> None:
    check_birth(born_on, on)
    check_work_age("joined_community_on", details.joined_community_on, born_on, on)
    check_work_age("joined_work_on", details.joined_work_on, born_on, on)
    check_membership(details.political, details.political_since, born_on, on)
    since, full = details.political_since, details.political_full_since
    if full is not None and details.political != Political.PARTY_MEMBER:
        raise Refused(msg("只有中共党员才填写转正日期，请核对政治面貌。"), field="political_full_since")
    if full is not None and since is not None and full < since:
        raise Refused(msg("转正日期早于入党日期，请核对。"), field="political_full_since")
