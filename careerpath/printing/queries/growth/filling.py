"""Forms of growth that are printed for one or for many: one set with care, or many over one laid-out page."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from flask import current_app
from sqlalchemy import Select, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.queries.reach import in_district
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.growth.certificates import (
    COURSE_TITLE,
    LETTER_TITLE,
    CourseCertificatePrinter,
    LetterPrinter,
)
from careerpath.printing.documents.growth.honours import HonourFormPrinter
from careerpath.printing.documents.growth.mentoring import (
    AGREEMENT_TITLE,
    EVALUATION_TITLE,
    AgreementPrinter,
    EvaluationPrinter,
)
from careerpath.printing.documents.growth.rotations import TITLE as ROTATION_TITLE
from careerpath.printing.documents.growth.rotations import RotationFormPrinter
from careerpath.printing.queries.growth import classes, honours, mentoring, rotations
from careerpath.rotations.models import Rotation, RotationState
from careerpath.rotations.queries.reach import met_rotations
from careerpath.words import Message, NotFound, Refused, msg

AGREEMENT, EVALUATION, LETTER = "mentor-agreement", "mentoring-evaluation", "mentor-letter"
ROTATION, CERTIFICATE, HONOUR = "rotation-form", "class-certificate", "honour-form"

NOBODY = msg("没有可以打印的人员。")

_own = threading.local()


@dataclass(frozen=True, slots=True)
class Kind:
    """A form: its name, its title where that is always the same, who prints it, and how records become forms."""

    name: Message
    title: str
    printer: Callable[..., FormPrinter[Any]]
    forms: Callable[[Actor, Collection[int]], Sequence[Any]]


FORMS: Mapping[str, Kind] = {
    AGREEMENT: Kind(msg("导师帮带协议书"), AGREEMENT_TITLE, AgreementPrinter, mentoring.agreements),
    EVALUATION: Kind(msg("帮带期满评价表"), EVALUATION_TITLE, EvaluationPrinter, mentoring.evaluations),
    LETTER: Kind(msg("导师聘书"), LETTER_TITLE, LetterPrinter, mentoring.letters),
    ROTATION: Kind(msg("挂职（轮岗）鉴定表"), ROTATION_TITLE, RotationFormPrinter, rotations.rotation_forms),
    CERTIFICATE: Kind(msg("结业证书"), COURSE_TITLE, CourseCertificatePrinter, classes.certificates),
    HONOUR: Kind(msg("推荐审批表"), "", HonourFormPrinter, honours.honour_forms),
}

OWN_FORMS: Mapping[str, Callable[[Actor, Collection[int]], Sequence[Any]]] = {
    AGREEMENT: mentoring.own_agreements,
    CERTIFICATE: classes.own_certificates,
}
"""What people print for themselves."""

OF_MENTORING = (AGREEMENT, EVALUATION, LETTER)
"""The forms that are printed for all of a unit and a year in one go; so is the form of rotations."""


def form_pdf(actor: Actor, code: str, record_id: int) -> tuple[str, bytes]:
    """One form as PDF, with a name for the file; ``NotFound`` where the record is not the actor's or has none."""
    return _one_pdf(code, FORMS[code].forms(actor, [record_id]))


def own_form_pdf(actor: Actor, code: str, record_id: int) -> tuple[str, bytes]:
    """One's own agreement or certificate as PDF, with a name for the file; ``NotFound`` where it is not one's own."""
    return _one_pdf(code, OWN_FORMS[code](actor, [record_id]))


def _one_pdf(code: str, found: Sequence[Any]) -> tuple[str, bytes]:
    if not found:
        raise NotFound
    form = found[0]
    return f"{form.name}{FORMS[code].name}.pdf", _printer(code, form).render_with_weasyprint(form)


def fill_forms(actor: Actor, code: str, ids: Collection[int], target: Path | IO[bytes]) -> int:
    """The forms of some records into one PDF; gives how many. ``Refused`` where nobody is left."""
    found = FORMS[code].forms(actor, ids)
    if not found:
        raise Refused(NOBODY)
    _printer(code, found[0]).fill_many(found, target, title=_title(code, found[0]))
    return len(found)


def overflowing(actor: Actor, code: str, ids: Collection[int]) -> list[tuple[str, list[str]]]:
    """Whose text would continue on an attached page, each with the labels of those cells."""
    found = FORMS[code].forms(actor, ids)
    if not found:
        return []
    named = _printer(code, found[0]).preflight_many(found)
    return [(found[place].name, [cell.label for cell in cells]) for place, cells in named]


def unit_ids(actor: Actor, code: str, path: str, year: int | None = None, numbers: Sequence[str] = ()) -> list[int]:
    """The records of a unit and below whose form belongs to a year, by default this one, in the order of printing.

    Agreements and letters belong to the year in which they begin, evaluations to that in which they end: of
    mentoring only those that have ended by today. ``numbers`` are of personnel files.
    """
    on = clock.today()
    query = _of_mentors(actor) if code == LETTER else _of_rotations(actor) if code == ROTATION else _of_pairings(actor)
    at = {LETTER: Mentor.unit_id, ROTATION: Rotation.unit_id}.get(code, Pairing.unit_id)
    query = query.where(below(at, path), *_of_year(code, year or on.year, on))
    if numbers:
        query = query.where(Employee.number.in_(numbers))
    return list(db.session.scalars(query))


def _of_pairings(actor: Actor) -> Select[int]:
    return (
        visible(actor, Pairing, Permission.MENTORING_VIEW)
        .with_only_columns(Pairing.id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .where(Pairing.state != PairingState.DROPPED)
        .order_by(Unit.code, Pairing.number)
    )


def _of_mentors(actor: Actor) -> Select[int]:
    return (
        select(Mentor.id)
        .outerjoin(Employee, Employee.id == Mentor.employee_id)
        .where(in_district(actor, Mentor.unit_id, Permission.MENTORING_VIEW))
        .order_by(Mentor.number, Mentor.id)
    )


def _of_rotations(actor: Actor) -> Select[int]:
    return (
        met_rotations(actor, Permission.ROTATION_VIEW)
        .with_only_columns(Rotation.id)
        .join(Unit, Unit.id == Rotation.unit_id)
        .outerjoin(Employee, Employee.id == Rotation.employee_id)
        .where(Rotation.state.not_in((RotationState.PROPOSED, RotationState.CANCELLED)))
        .order_by(Unit.code, Rotation.starts_on, Rotation.id)
    )


def _of_year(code: str, year: int, on: date) -> list[Any]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if code == AGREEMENT:
        return [Pairing.starts_on.between(first, last)]
    if code == LETTER:
        return [Mentor.starts_on.between(first, last)]
    if code == ROTATION:
        return [func.coalesce(Rotation.returned_on, Rotation.ends_on).between(first, last)]
    ended = func.coalesce(Pairing.ended_on, Pairing.ends_on)
    return [ended.between(first, last), or_(ended <= on, Pairing.state == PairingState.COMPLETED)]


def _title(code: str, form: Any) -> str:
    return FORMS[code].title or str(form.title)


def _printer(code: str, form: Any) -> FormPrinter[Any]:
    """The printer of this thread for a form and title: the blank form is laid out once and kept."""
    kept: dict[tuple[int, str, str], FormPrinter[Any]] = _own.__dict__.setdefault("printers", {})
    key = id(current_app.extensions["careerpath.settings"]), code, _title(code, form)
    if key not in kept:
        if len(kept) > 8:
            kept.clear()
        kept[key] = FORMS[code].printer(current_app.jinja_env, fonts(), title=key[2])
    return kept[key]
