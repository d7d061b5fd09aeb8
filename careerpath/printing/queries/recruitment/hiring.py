"""What 录用登记表 says of those who were appointed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.foot import amount
from careerpath.employees.models import Employee
from careerpath.pay.queries.papers import ChangePaper, change_papers, paper_ids
from careerpath.policy.codes import Post
from careerpath.printing.documents.recruitment.people import HiringForm
from careerpath.printing.queries.recruitment.applicants import (
    Applied,
    in_reach,
    of_applications,
    opened_person,
    person_of,
)
from careerpath.printing.queries.recruitment.photos import photo_of
from careerpath.printing.queries.wording import code_name, foot_of
from careerpath.recruitment.models import Application, Appointment
from careerpath.recruitment.queries.words import CHANNEL_NAMES

PREFIX = "LY"
"""What the numbers of 录用登记表 begin with."""

TITLE = "社区工作者录用登记表"


@dataclass(frozen=True, slots=True)
class Hired:
    """An appointed applicant."""

    applied: Applied
    appointment: Appointment
    file_number: str


def hired(actor: Actor, ids: Sequence[int]) -> list[Hired]:
    """The appointed among some applications, as far as the actor may see them."""
    query = (
        of_applications(Appointment, Employee.number)
        .join(Appointment, Appointment.application_id == Application.id)
        .join(Employee, Employee.id == Appointment.employee_id)
        .where(Application.id.in_(ids), in_reach(actor))
    )
    return [Hired(Applied(*row[:5]), *row[5:]) for row in db.session.execute(query)]


def hiring_forms(actor: Actor, found: Sequence[Hired], *, full: bool = False, photos: bool = True) -> list[HiringForm]:
    """The forms of some appointed people. ``full``: with the whole identity number, telephone and address."""
    pay = _first_levels(actor, found)
    forms = []
    for one in found:
        application = one.applied.application
        form = _form(one, pay.get(one.file_number, ""))
        number = f"{PREFIX}-{one.applied.batch.year}-{application.id:06d}"
        foot = foot_of(actor, number, wording.code_over(number, wording.said_by(form.cells())))
        person = opened_person(form.person, application) if full else form.person
        photo = photo_of(application) if photos else b""
        forms.append(replace(form, person=replace(person, photo=photo), foot=foot))
    return forms


def appointed_ids(batch_id: int) -> list[int]:
    """The applications of a batch that led to an appointment."""
    return list(db.session.scalars(select(Appointment.application_id).where(Appointment.batch_id == batch_id)))


def _form(one: Hired, pay: str) -> HiringForm:
    applied, appointment = one.applied, one.appointment
    rank = code_name(Post, applied.position.post)
    document = f"聘用文号：{appointment.document}。" if appointment.document else ""
    return HiringForm(
        title=TITLE,
        unit=applied.street,
        number=one.file_number,
        applied_on=wording.office_day(applied.application.submitted_at),
        person=person_of(applied.application),
        contract=_contract(appointment),
        community=applied.unit.short_name,
        starts_on=wording.point_day(appointment.starts_on),
        post=f"{applied.position.title}（{rank}）" if rank else applied.position.title,
        pay=pay,
        channel=f"{CHANNEL_NAMES[applied.position.channel]}　{applied.batch.name}",
        remark=document,
    )


def _contract(appointment: Appointment) -> str:
    starts, ends = wording.day_of(appointment.starts_on), wording.day_of(appointment.contract_ends_on)
    words = f"固定期限劳动合同，自{starts}至{ends}" if ends else f"无固定期限劳动合同，自{starts}起"
    trial = wording.day_of(appointment.probation_ends_on)
    return f"{words}，{f'试用期至{trial}' if trial else '无试用期'}。"


def _first_levels(actor: Actor, found: Sequence[Hired]) -> dict[str, str]:
    """The first levels that were proposed for people, by file number, for those who may see pay."""
    if not actor.has(Permission.PAY_VIEW):
        return {}
    rounds = {one.appointment.round_id for one in found} - {None}
    ids = [paper for round_id in sorted(filter(None, rounds)) for paper in paper_ids(actor, round_id=round_id)]
    return {paper.file_number: _level(paper) for paper in change_papers(actor, ids)} if ids else {}


def _level(paper: ChangePaper) -> str:
    state = "已批准" if paper.decided_on else "待批准"
    example = "，示例数据" if paper.unofficial else ""
    starts = wording.day_of(paper.starts_on)
    return f"{paper.after}，月工资 {amount(paper.after_monthly)} 元，自{starts}起执行（{state}{example}）。"
