"""Forms of applicants, from records to PDF: one set with care, or many filled over one laid-out page."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below
from careerpath.core.db import db
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.typefaces import fonts
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.recruitment.people import ApplicationPrinter, HiringPrinter
from careerpath.printing.documents.recruitment.tickets import TicketPrinter
from careerpath.printing.queries.recruitment import applicants, exam, hiring
from careerpath.printing.queries.wording import foot_of
from careerpath.recruitment.models import Application, ApplicationState, Appointment, Examinee, RecruitmentPosition
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.words import Message, NotFound, Refused, msg

APPLICATION, TICKET, HIRING = "application-form", "admission-ticket", "hiring-form"

LEFT_OUT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
"""Applications whose forms are not printed with all others."""

NO_TICKET = msg("该报名人员还没有准考证号和考场座位，不能打印准考证。")
NOT_APPOINTED = msg("该报名人员还没有办理聘用，不能打印录用登记表。")

_own = threading.local()


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of applicants: its name, whom of some applications it can be printed for, and how."""

    name: Message
    printer: type[ApplicationPrinter] | type[HiringPrinter] | type[TicketPrinter]
    forms: Callable[..., Sequence[Any]]
    """(actor, ids, full) to the forms, in the order of printing."""
    lacking: Message
    """Why there is none for somebody in the actor's reach."""


def _application_forms(actor: Actor, ids: Sequence[int], full: bool) -> Sequence[Any]:
    return applicants.application_forms(actor, applicants.applied(actor, ids), full=full)


def _tickets(actor: Actor, ids: Sequence[int], full: bool) -> Sequence[Any]:
    return exam.tickets(actor, exam.seated(actor, ids))


def _hiring_forms(actor: Actor, ids: Sequence[int], full: bool) -> Sequence[Any]:
    return hiring.hiring_forms(actor, hiring.hired(actor, ids), full=full)


FORMS: dict[str, Kind] = {
    APPLICATION: Kind(msg("报名登记表"), ApplicationPrinter, _application_forms, msg("没有可以打印的人员。")),
    TICKET: Kind(msg("准考证"), TicketPrinter, _tickets, NO_TICKET),
    HIRING: Kind(msg("录用登记表"), HiringPrinter, _hiring_forms, NOT_APPOINTED),
}


def form_pdf(actor: Actor, code: str, application_id: int, *, full: bool = False) -> tuple[str, bytes]:
    """One person's form as PDF, with a name for the file; ``NotFound``, or ``Refused`` where it is too early."""
    if not applicants.applied(actor, [application_id]):
        raise NotFound
    found = FORMS[code].forms(actor, [application_id], full)
    if not found:
        raise Refused(FORMS[code].lacking)
    return f"{found[0].name}{FORMS[code].name}.pdf", _printer(code, found[0].title).render_with_weasyprint(found[0])


def own_ticket_pdf(application_id: int, printed_by: str) -> tuple[str, bytes]:
    """The ticket of an applicant who has shown the code for it; ``Refused`` without a seat and after giving up."""
    seat = exam.own_seat(application_id)
    if seat is None or seat.applied.application.state is not ApplicationState.ADMITTED:
        raise Refused(msg("准考证尚未开放打印，请在公告规定的时间再来。"))
    foot = foot_of(Actor.nobody())
    ticket = exam.ticket(seat, Foot(printed_by=printed_by, printed_at=foot.printed_at))
    return f"{ticket.name}准考证.pdf", _printer(TICKET, ticket.title).render_with_weasyprint(ticket)


def fill_forms(actor: Actor, code: str, ids: Sequence[int], target: Path | IO[bytes], *, full: bool = False) -> int:
    """The forms of some applications into one PDF, tickets two on each sheet; gives how many people.

    Raises ``Refused`` where nobody is left.
    """
    found = FORMS[code].forms(actor, ids, full)
    if not found:
        raise Refused(msg("没有可以打印的人员。"))
    printer, title = _printer(code, found[0].title), f"{found[0].title}"
    if isinstance(printer, TicketPrinter):
        printer.fill_two_on_each(found, target, title=f"{title}准考证")
    else:
        printer.fill_many(found, target, title=title)
    return len(found)


def overflowing(actor: Actor, code: str, ids: Sequence[int]) -> list[tuple[Any, list[Any]]]:
    """The forms whose text would continue on an attached page, each with those cells."""
    found = FORMS[code].forms(actor, ids, False)
    if not found:
        return []
    return [(found[place], cells) for place, cells in _printer(code, found[0].title).preflight_many(found)]


def form_ids(actor: Actor, code: str, batch_id: int, *, numbers: Sequence[str] = (), path: str = "") -> list[int]:
    """The applications of a batch for whom a form can be printed, in its order, as far as the actor may see them.

    ``numbers`` are of applications or exam numbers; given, they alone are looked for, withdrawn ones too.
    """
    near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    query = select(Application.id).where(Application.batch_id == batch_id, applicants.in_reach(actor))
    if code == APPLICATION:
        query = query.join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        order: tuple[Any, ...] = (RecruitmentPosition.code, Application.number)
    elif code == TICKET:
        query, order = query.join(Examinee, Examinee.application_id == Application.id), (Examinee.exam_number,)
    else:
        query, order = query.join(Appointment, Appointment.application_id == Application.id), (Application.number,)
    if numbers:
        seats = select(Examinee.application_id).where(Examinee.exam_number.in_(numbers))
        query = query.where(Application.number.in_(numbers) | Application.id.in_(seats))
    else:
        query = query.where(Application.state.not_in(LEFT_OUT))
    if path:
        query = query.where(below(Application.unit_id, path))
    return list(db.session.scalars(query.order_by(*order)))


def _printer(code: str, title: str) -> FormPrinter[Any]:
    """The printer of this thread for a form and title: the blank form is laid out once and kept."""
    kept: dict[tuple[int, str, str], FormPrinter[Any]] = _own.__dict__.setdefault("printers", {})
    key = id(current_app.extensions["careerpath.settings"]), code, title
    if key not in kept:
        if len(kept) > 5:
            kept.clear()
        kept[key] = FORMS[code].printer(current_app.jinja_env, fonts(), title=title)
    return kept[key]
