"""The papers of one person for a post: 干部任免审批表 and the cover of what is kept of the look into them."""

import threading
from dataclasses import replace
from datetime import date

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import place_names
from careerpath.policy.employment import age_on
from careerpath.printing.documents.talent_pool.cadre import CadreForm, CadrePrinter, CadreRelative
from careerpath.printing.documents.talent_pool.covers import BackgroundCover, render_cover
from careerpath.printing.documents.talent_pool.resume import hung_lines
from careerpath.printing.queries.talent_pool.entrants import party_words
from careerpath.printing.queries.wording import foot_of
from careerpath.talent_pool.models import Promotion
from careerpath.talent_pool.queries.biography import biographies, joined_post, post_at
from careerpath.talent_pool.queries.cadre import cadre_form
from careerpath.talent_pool.sheets.lrmx import LrmxPerson
from careerpath.talent_pool.sheets.resume import read_resume

FILE, PROMOTED, COVER = "RM", "RT", "KC"
"""What the numbers begin with: 干部任免审批表 of a file, that of a promotion, and 考察材料封面."""

RESUME_WIDTH = 31.0
"""Em of a line of the résumé on the front."""

_own = threading.local()


def appointment_form(
    actor: Actor, employee_id: int, promotion_id: int | None = None, *, photo: bool = True
) -> CadreForm:
    """What the form of a person says, with number and code at its foot; ``NotFound`` like ``cadre_form``."""
    said = cadre_form(actor, employee_id, promotion_id, photo=photo)
    kind, record_id = (FILE, employee_id) if promotion_id is None else (PROMOTED, promotion_id)
    form = _of_file(said)
    # The day of printing changes the ages alone: a paper is checked by what it says beside them.
    lasting = replace(form, birth_month="", family=(), filled_by="", photo=b"")
    number = f"{kind}-{clock.today().year}-{record_id:06d}"
    code = wording.code_over(f"{kind}-{record_id:06d}", wording.said_by(lasting.cells()))
    return replace(form, foot=foot_of(actor, number, code))


def appointment_pdf(actor: Actor, employee_id: int, promotion_id: int | None = None) -> tuple[str, bytes]:
    """干部任免审批表 as PDF, with a name for the file."""
    form = appointment_form(actor, employee_id, promotion_id)
    return f"{form.name}干部任免审批表.pdf", _printer().render_with_weasyprint(form)


def promoted_employee(actor: Actor, promotion_id: int) -> int:
    """Whom a promotion is about, or ``NotFound``."""
    return fetch(actor, Promotion, promotion_id, Permission.POOL_VIEW).employee_id


def background_cover(actor: Actor, promotion_id: int) -> BackgroundCover:
    """The cover of the papers about somebody proposed for a post."""
    promotion = fetch(actor, Promotion, promotion_id, Permission.POOL_VIEW)
    life = biographies([promotion.employee_id], clock.today())[promotion.employee_id]
    unit = db.session.get_one(Unit, promotion.unit_id)
    place = place_names([unit.path])[unit.path]
    cover = BackgroundCover(
        unit=place.partition(" ")[0],
        year=str(promotion.proposed_on.year),
        name=life.employee.name,
        present_post=joined_post(promotion.former_post) or life.present_post,
        proposed_post=post_at(place, promotion.title),
    )
    number = f"{COVER}-{promotion.proposed_on.year}-{promotion.id:06d}"
    return replace(cover, foot=foot_of(actor, number, wording.code_over(number, cover.said())))


def cover_pdf(actor: Actor, promotion_id: int) -> tuple[str, bytes]:
    """考察材料封面 as PDF, with a name for the file."""
    cover = background_cover(actor, promotion_id)
    return f"{cover.name}考察材料封面.pdf", render_cover(current_app.jinja_env, fonts(), cover)


def overflowing_cells(actor: Actor, employee_id: int, promotion_id: int | None = None) -> tuple[str, list[str]]:
    """Whose form it is, and the cells that would continue on an attached page."""
    form = appointment_form(actor, employee_id, promotion_id, photo=False)
    return form.name, [one.label for one in _printer().preflight(form)]


def employee_numbered(actor: Actor, number: str) -> int | None:
    """The person with a file number among those whose files the actor keeps."""
    found = db.session.query(Employee.id).filter(Employee.number == number).one_or_none()
    return fetch(actor, Employee, found[0], Permission.EMPLOYEE_EDIT).id if found else None


def _of_file(said: LrmxPerson) -> CadreForm:
    on = said.age_on or clock.today()
    lines = ((one.starts_on, one.ends_on, one.text) for one in read_resume(said.resume))
    return CadreForm(
        name=said.name,
        sex=said.sex,
        birth_month=f"{wording.month_of(said.born_on)}\n（{age_on(said.born_on, on)}岁）" if said.born_on else "",
        ethnic=said.ethnic,
        native_place=said.native_place,
        birth_place=said.birth_place,
        joined_party=party_words(said.joined_party),
        joined_work=wording.month_of(said.joined_work_on),
        health=said.health,
        technical_post=said.technical_post,
        speciality=said.speciality,
        full_time_degree="　".join(part for part in (said.full_time_education, said.full_time_degree) if part),
        full_time_school=said.full_time_school,
        in_service_degree="　".join(part for part in (said.in_service_education, said.in_service_degree) if part),
        in_service_school=said.in_service_school,
        present_post=said.present_post,
        proposed_post=said.proposed_post,
        relieved_post=said.relieved_post,
        resume=tuple(hung_lines(lines, RESUME_WIDTH)),
        rewards=said.rewards,
        appraisals=said.appraisals,
        reason=said.reason,
        family=tuple(
            CadreRelative(
                relation=one.relation, name=one.name, age=_age(one.born_on, on), political=one.political, work=one.work
            )
            for one in said.family
        ),
        submitted_by=said.submitted_by,
        filled_by=said.filled_by,
        photo=said.photo,
    )


def _age(born_on: date | None, on: date) -> str:
    return str(age_on(born_on, on)) if born_on else ""


def _printer() -> CadrePrinter:
    """The printer of this thread: the blank form is laid out once and kept."""
    settings = current_app.extensions["careerpath.settings"]
    kept: dict[int, CadrePrinter] = _own.__dict__.setdefault("printers", {})
    if id(settings) not in kept:
        kept.clear()
        kept[id(settings)] = CadrePrinter(current_app.jinja_env, fonts())
    return kept[id(settings)]
