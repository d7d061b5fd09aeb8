"""干部任免审批表 of one person, from the file, the further particulars and, where there is one, the promotion."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageOps

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import place_names
from careerpath.employees.queries.sealed import kept_file, opened
from careerpath.policy import codes
from careerpath.talent_pool.models import CadreSheet, Promotion
from careerpath.talent_pool.queries.biography import Biography, biographies, code_word, post_at
from careerpath.talent_pool.sheets.lrmx import LrmxPerson, LrmxRelative
from careerpath.talent_pool.sheets.resume import ResumeLine, resume_text
from careerpath.words import Message, NotFound, msg

PHOTO_SIZE = (376, 460)
"""Width and height of the portrait in pixels."""

PHOTO_QUALITY = 85
MONTHS_APART = 1
"""The next time of a résumé begins in the month in which the one before ends, or in the month after."""


@dataclass(frozen=True, slots=True)
class CadrePage:
    """The form of a person as its page shows it. ``form`` has no identity number and no photo."""

    employee_id: int
    number: str
    name: str
    unit_name: str
    has_photo: bool
    form: LrmxPerson
    resume: tuple[ResumeLine, ...]
    sheet: CadreSheet | None
    version: int
    """Of the further particulars; 0 while there are none."""
    lacking: tuple[Message, ...]
    may_reveal: bool


def cadre_form(
    actor: Actor, employee_id: int, promotion_id: int | None = None, *, full: bool = False, photo: bool = True
) -> LrmxPerson:
    """What the form of a person says; with a promotion what is proposed, and why.

    ``full``: with the identity number, which somebody must have given a reason for. Raises ``NotFound`` for a person or
    a promotion that is not the actor's, and for a promotion of somebody else.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    promotion = _promotion(actor, employee_id, promotion_id) if promotion_id is not None else None
    return _form(actor, _biography(employee), promotion, full=full, photo=photo)


def cadre_page(actor: Actor, employee_id: int) -> CadrePage:
    """The form of a person with what it lacks."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    life = _biography(employee)
    unit = db.session.get_one(Unit, employee.unit_id)
    return CadrePage(
        employee_id=employee.id,
        number=employee.number,
        name=employee.name,
        unit_name=unit.short_name,
        has_photo=bool(employee.photo_key),
        form=_form(actor, life, None, full=False, photo=False),
        resume=life.resume,
        sheet=life.sheet,
        version=life.sheet.version if life.sheet else 0,
        lacking=tuple(_lacking(life)),
        may_reveal=actor.can(Permission.IDENTITY_REVEAL, unit.path),
    )


def portrait(employee: Employee) -> bytes:
    """The photo as the form has it, a JPEG; empty where there is none, or the store has lost it."""
    if not employee.photo_key:
        return b""
    try:
        body = kept_file(employee.photo_key, employee.uid)
    except FileNotFoundError:
        return b""
    with Image.open(BytesIO(body), formats=("JPEG", "PNG")) as kept:
        cut = ImageOps.fit(kept.convert("RGB"), PHOTO_SIZE, centering=(0.5, 0.4))
    target = BytesIO()
    cut.save(target, "JPEG", quality=PHOTO_QUALITY)
    return target.getvalue()


def gaps(resume: tuple[ResumeLine, ...]) -> list[tuple[date, date]]:
    """Where a résumé leaves months out: the end of one time and the beginning of the next."""
    found = []
    for before, after in pairwise(resume):
        if before.ends_on is None:
            continue
        apart = (after.starts_on.year - before.ends_on.year) * 12 + after.starts_on.month - before.ends_on.month
        if apart > MONTHS_APART:
            found.append((before.ends_on, after.starts_on))
    return found


def _biography(employee: Employee) -> Biography:
    return biographies([employee.id], clock.today())[employee.id]


def _promotion(actor: Actor, employee_id: int, promotion_id: int) -> Promotion:
    promotion = fetch(actor, Promotion, promotion_id, Permission.POOL_VIEW)
    if promotion.employee_id != employee_id:
        raise NotFound
    return promotion


def _form(actor: Actor, life: Biography, promotion: Promotion | None, *, full: bool, photo: bool) -> LrmxPerson:
    one, sheet, today = life.employee, life.sheet, clock.today()
    technical = sheet.technical_post if sheet else ""
    return LrmxPerson(
        name=one.name,
        sex=code_word(codes.Sex, one.sex),
        born_on=one.born_on.replace(day=1),
        ethnic=code_word(codes.Ethnic, one.ethnic),
        native_place=one.native_place,
        birth_place=sheet.birth_place if sheet else "",
        joined_party=life.joined_party,
        joined_work_on=one.joined_work_on.replace(day=1) if one.joined_work_on else None,
        health=sheet.health if sheet else "",
        technical_post=technical or code_word(codes.Certificate, one.highest_certificate),
        speciality=sheet.speciality if sheet else "",
        full_time_education=life.full_time.education,
        full_time_degree=life.full_time.degree,
        full_time_school=life.full_time.school,
        in_service_education=life.in_service.education,
        in_service_degree=life.in_service.degree,
        in_service_school=life.in_service.school,
        present_post=life.present_post,
        proposed_post=_proposed(promotion) if promotion else "",
        relieved_post=promotion.relieved_of if promotion else "",
        resume=resume_text(life.resume),
        rewards=life.rewards,
        appraisals=life.appraisals,
        reason=promotion.reason if promotion else "",
        family=tuple(
            LrmxRelative(
                relation=relative.relation,
                name=relative.name,
                born_on=relative.born_on.replace(day=1) if relative.born_on else None,
                political=code_word(codes.Political, relative.political),
                work=relative.work,
            )
            for relative in life.family
        ),
        submitted_by=_street(promotion.unit_id if promotion else one.unit_id),
        age_on=today,
        filled_on=today,
        filled_by=actor.display_name,
        identity=opened(one.identity_sealed, "identity", one.uid) if full else "",
        photo=portrait(one) if photo else b"",
    )


def _proposed(promotion: Promotion) -> str:
    path = db.session.get_one(Unit, promotion.unit_id).path
    return post_at(place_names([path])[path], promotion.title)


def _street(unit_id: int) -> str:
    """The street or town of a unit."""
    path = db.session.get_one(Unit, unit_id).path
    return place_names([path])[path].partition(" ")[0]


def _lacking(life: Biography) -> list[Message]:
    one, sheet = life.employee, life.sheet
    wanted = (
        (one.photo_key, msg("没有照片")),
        (one.native_place, msg("未填籍贯")),
        (sheet and sheet.birth_place, msg("未填出生地")),
        (sheet and sheet.health, msg("未填健康状况")),
        (one.joined_work_on, msg("未填参加工作时间")),
        (life.full_time.education or life.in_service.education, msg("没有学历记录")),
        (life.family, msg("未填家庭成员")),
        (life.appraisals, msg("没有年度考核结果")),
        (one.political not in codes.people.PARTY or one.political_since, msg("未填入党时间")),
    )
    found = [message for value, message in wanted if not value]
    found += [
        msg("简历 %(ends)s 至 %(starts)s 不连续", ends=f"{ends:%Y.%m}", starts=f"{starts:%Y.%m}")
        for ends, starts in gaps(life.resume)
    ]
    return found
