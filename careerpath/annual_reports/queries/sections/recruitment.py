"""招聘录用: batches that were concluded, who was appointed, by which channel and from where."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.sections.building import SectionSpec, Sentence
from careerpath.employees.models import Employee
from careerpath.recruitment.models import Appointment, RecruitmentBatch
from careerpath.words import msg


def _appointed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Appointment.id,
            Appointment.employee_id,
            Appointment.unit_id,
            Appointment.starts_on.label("on"),
            Employee.name,
            RecruitmentBatch.name.label("detail"),
        )
        .join(Employee, Employee.id == Appointment.employee_id)
        .join(RecruitmentBatch, RecruitmentBatch.id == Appointment.batch_id)
        .where(scope.inside(Appointment.unit_id), Appointment.starts_on <= on)
    )


APPOINTED = Listing("recruited", msg("招聘录用人数"), Permission.RECRUITMENT_VIEW, _appointed, detail=msg("招聘批次"))

SECTION = SectionSpec(
    code="recruitment",
    title=msg("招聘录用"),
    permission=Permission.RECRUITMENT_VIEW,
    listings=(APPOINTED,),
    sentences=(
        Sentence(
            "本年招聘录用社区工作者{招聘录用人数}人，比上年{招聘录用人数·增减}，累计招聘录用{招聘录用人数·累计}人。",
            needs=("recruited",),
            otherwise="本年未开展社区工作者招聘。",
        ),
    ),
    annexes=("recruited",),
)
