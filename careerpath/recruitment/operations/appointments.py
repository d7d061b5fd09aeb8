"""The appointment: what was applied with becomes a personnel file, and nothing is typed again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.identity import without_identity
from careerpath.employees.operations.people import RowRefused, register_employees
from careerpath.employees.operations.removal import remove_file
from careerpath.pay.operations.newcomers import propose_first_levels, withdraw_first_level
from careerpath.recruitment.models import Application, Appointment, BatchState, RecruitmentBatch
from careerpath.recruitment.operations.filing import bring_back, keep_papers, known_files, new_file
from careerpath.recruitment.operations.steps import batch_in
from careerpath.recruitment.queries.standing import Standing, general_objections, standings
from careerpath.recruitment.queries.terms import Terms
from careerpath.words import NotFound, Refused, Unmet, msg

AHEAD = timedelta(days=366)
LONGEST_TITLE = 60
LONGEST_DOCUMENT = 120
LONGEST_REASON = 200
SHOWN = 5


@operation(Permission.RECRUITMENT_DECIDE)
def appoint_one(actor: Actor, application_id: int, given: Terms) -> int:
    """Appoint one person; gives the id of their personnel file. See ``appoint_many``."""
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    return _appoint(actor, application.batch_id, [application_id], given)[0]


@operation(Permission.RECRUITMENT_DECIDE)
def appoint_many(actor: Actor, batch_id: int, application_ids: Sequence[int], given: Terms) -> list[int]:
    """Appoint people of a batch, all or none; gives the ids of their personnel files in order.

    Everybody's own notice has run out, nothing brought forward against them or the batch is unanswered. Who is new gets
    a file from the application; who has left gets their former file back; who serves already takes the new post in it.
    The first level is proposed to the district at once, where the place has levels. Labour law warns
    (``queries.terms``), it never blocks.
    """
    return _appoint(actor, batch_id, application_ids, given)


@operation(Permission.RECRUITMENT_DECIDE)
def cancel_appointment(actor: Actor, application_id: int, reason: str) -> None:
    """Undo an appointment entered by mistake, before the first working day: the file and the proposed level go.

    The person is to be appointed again afterwards. Refuses who had a file before, whose history can't be told apart
    from the appointment any more, and a file that something else hangs on.
    """
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_DECIDE)
    batch_in(actor, application.batch_id, Permission.RECRUITMENT_DECIDE, BatchState.NOTICE)
    if not reason.strip():
        raise Refused(msg("请写明撤销聘用的理由。"), field="reason")
    query = select(Appointment).where(Appointment.application_id == application.id).with_for_update()
    appointment = db.session.scalars(query).one_or_none()
    if appointment is None:
        raise Refused(msg("%(name)s尚未聘用。", name=application.name))
    if appointment.starts_on <= clock.today():
        raise Refused(msg("%(name)s已于 %(on)s 上岗，请办理离职。", name=application.name, on=appointment.starts_on))
    employee = db.session.get_one(Employee, appointment.employee_id)
    if employee.joined_community_on != appointment.starts_on:
        raise Refused(msg("%(name)s原来就有人员档案，聘用已记入其任职经历，请在档案中更正。", name=application.name))
    audit.note(without_identity(reason.strip()[:LONGEST_REASON]))
    db.session.delete(appointment)
    db.session.flush()
    withdraw_first_level(actor, employee.id)
    remove_file(actor, employee.id)


def _appoint(actor: Actor, batch_id: int, application_ids: Sequence[int], given: Terms) -> list[int]:
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_DECIDE, BatchState.NOTICE)
    ids = list(dict.fromkeys(application_ids))
    if not ids:
        raise Refused(msg("请先勾选人员。"))
    terms = replace(given, title=given.title.strip(), document=given.document.strip())
    _check_terms(terms)
    on_list = {one.id: one for one in standings(batch.id, lock=True)}
    if any(number not in on_list for number in ids):
        raise NotFound
    chosen = [on_list[number] for number in ids]
    _refuse_unready(batch, chosen, terms.starts_on)
    employees = _files(actor, batch, chosen, terms)
    rounds = _first_levels(actor, chosen, employees, terms.starts_on)
    session_add(
        *(
            Appointment(
                batch_id=batch.id,
                application_id=one.id,
                employee_id=employee_id,
                unit_id=one.row.position.unit_id,
                starts_on=terms.starts_on,
                contract_ends_on=terms.contract_ends_on,
                probation_ends_on=terms.probation_ends_on,
                document=terms.document,
                round_id=rounds.get(employee_id),
                by=actor.display_name,
                at=clock.now(),
            )
            for one, employee_id in zip(chosen, employees, strict=True)
        )
    )
    return employees


def _check_terms(terms: Terms) -> None:
    if terms.starts_on > clock.today() + AHEAD:
        raise Refused(msg("上岗日期 %(on)s 在一年之后，请核对。", on=terms.starts_on), field="starts_on")
    if terms.contract_ends_on is not None and terms.contract_ends_on <= terms.starts_on:
        raise Refused(msg("合同期满日期应晚于上岗日期。"), field="contract_ends_on")
    probation = terms.probation_ends_on
    if probation is not None and probation < terms.starts_on:
        raise Refused(msg("试用期结束日期早于上岗日期。"), field="probation_ends_on")
    if probation is not None and terms.contract_ends_on is not None and probation > terms.contract_ends_on:
        raise Refused(msg("试用期结束日期晚于合同期满日期。"), field="probation_ends_on")
    if len(terms.title) > LONGEST_TITLE:
        raise Refused(msg("职务名称最多 %(most)s 字。", most=LONGEST_TITLE), field="title")
    if len(terms.document) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 字。", most=LONGEST_DOCUMENT), field="document")


def _refuse_unready(batch: RecruitmentBatch, chosen: Sequence[Standing], starts_on: date) -> None:
    general, today = general_objections(batch.id), clock.today()
    unready: list[str] = []
    for one in chosen:
        name = one.row.application.name
        if one.appointment is not None:
            raise Refused(msg("%(name)s已于 %(on)s 聘用，请刷新页面。", name=name, on=one.appointment.starts_on))
        if not one.proposed:
            raise Refused(msg("%(name)s不是拟聘用人员，不能聘用。", name=name))
        why = one.lacking(today, general)
        if why:
            unready.append(f"{name}（{'、'.join(map(str, why))}）")
    if unready:
        names = "；".join(unready[:SHOWN]) + ("等" if len(unready) > SHOWN else "")
        raise Refused(msg("有 %(count)s 人还不能聘用：%(names)s。", count=len(unready), names=names))
    latest = max(one.row.line.notice_ends_on or starts_on for one in chosen)
    if starts_on <= latest:
        raise Refused(msg("上岗日期应在公示结束（%(ends)s）之后。", ends=latest), field="starts_on")


def _files(actor: Actor, batch: RecruitmentBatch, chosen: Sequence[Standing], terms: Terms) -> list[int]:
    """The personnel file of each, opened, taken up again or moved to the new post."""
    known = known_files([one.row.application for one in chosen])
    fresh = [one for one in chosen if one.row.application.identity_index not in known]
    try:
        made = register_employees(actor, [new_file(batch, one.row, terms) for one in fresh]) if fresh else []
    except RowRefused as refused:
        raise _named(fresh[refused.row], refused.why) from refused
    files = {one.id: employee_id for one, employee_id in zip(fresh, made, strict=True)}
    for one in chosen:
        employee = known.get(one.row.application.identity_index)
        if employee is not None:
            try:
                bring_back(actor, employee, batch, one.row, terms)
            except Unmet as unmet:
                raise _named(one, unmet) from unmet
            files[one.id] = employee.id
    keep_papers([(one.row, files[one.id]) for one in chosen], {one.id for one in fresh}, terms)
    return [files[one.id] for one in chosen]


def _named(one: Standing, why: Unmet) -> Refused:
    return Refused(msg("%(name)s：%(why)s", name=one.row.application.name, why=why.message), field=why.field)


def _first_levels(
    actor: Actor, chosen: Sequence[Standing], employees: Sequence[int], starts_on: date
) -> Mapping[int, int]:
    """The round in which each file's first level is proposed; files without one are left out."""
    streets = _streets({one.row.position.unit_id for one in chosen})
    people: dict[int, list[int]] = defaultdict(list)
    for one, employee_id in zip(chosen, employees, strict=True):
        street = streets.get(one.row.position.unit_id)
        if street is not None:
            people[street].append(employee_id)
    rounds: dict[int, int] = {}
    for street, ids in sorted(people.items()):
        round_id = propose_first_levels(actor, street, ids, starts_on)
        if round_id is not None:
            rounds |= dict.fromkeys(ids, round_id)
    return rounds


def _streets(unit_ids: set[int]) -> dict[int, int]:
    """The street or town of each unit."""
    paths = {unit.id: unit.path for unit in db.session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}
    above = {unit_id: [int(number) for number in path.strip("/").split("/")] for unit_id, path in paths.items()}
    every = {number for numbers in above.values() for number in numbers}
    streets = set(db.session.scalars(select(Unit.id).where(Unit.id.in_(every), Unit.kind.in_(STREET_KINDS))))
    return {unit_id: number for unit_id, numbers in above.items() for number in reversed(numbers) if number in streets}
