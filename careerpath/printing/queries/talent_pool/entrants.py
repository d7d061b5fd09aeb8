"""What 后备人才推荐表 and 竞岗报名表 say of entrants, read in a fixed number of queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import place_names
from careerpath.policy import codes
from careerpath.printing.documents.talent_pool.reserves import RESUME_WIDTH, ReserveForm
from careerpath.printing.documents.talent_pool.resume import hung_lines
from careerpath.printing.queries.wording import foot_of
from careerpath.talent_pool.models import EntrantState, Nomination, Selection, SelectionEntrant
from careerpath.talent_pool.queries.biography import Biography, biographies, code_word
from careerpath.talent_pool.queries.cadre import portrait
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.talent_pool.queries.words import ENTRANT_STATES, NOMINATIONS

RECOMMENDED, ENTERED = "TJ", "JB"
"""What the numbers of 后备人才推荐表 and of 竞岗报名表 begin with."""

TITLES = {RECOMMENDED: "推荐表", ENTERED: "报名表"}


@dataclass(frozen=True, slots=True)
class Entered:
    """An entrant with the selection and the path of the unit they stand for."""

    entrant: SelectionEntrant
    selection: Selection
    path: str


def of_entrants(actor: Actor) -> Select[SelectionEntrant, Selection, str]:
    """Entrants of the actor's units with their selections, by unit and number."""
    return (
        select(SelectionEntrant, Selection, Unit.path)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .where(within(actor, SelectionEntrant.unit_id, Permission.POOL_VIEW))
        .order_by(Unit.code, Employee.number)
    )


def entered(actor: Actor, ids: Sequence[int]) -> list[Entered]:
    """Some entrants as far as the actor may see them, by unit and number."""
    return [Entered(*row) for row in db.session.execute(of_entrants(actor).where(SelectionEntrant.id.in_(ids)))]


def reserve_forms(actor: Actor, found: Sequence[Entered], prefix: str, *, photos: bool = True) -> list[ReserveForm]:
    """The forms of some entrants. Eleven queries, and one look into the file store for each photograph."""
    lives = biographies([one.entrant.employee_id for one in found], clock.today())
    places = place_names(one.path for one in found)
    forms = []
    for one in found:
        life = lives[one.entrant.employee_id]
        number = f"{prefix}-{one.selection.year}-{one.entrant.id:06d}"
        form = _form(one, life, places[one.path], prefix, number)
        foot = foot_of(actor, number, wording.code_over(number, wording.said_by(form.cells())))
        forms.append(replace(form, photo=portrait(life.employee) if photos else b"", foot=foot))
    return forms


def _form(one: Entered, life: Biography, place: str, prefix: str, number: str) -> ReserveForm:
    entrant, person = one.entrant, life.employee
    edition = rules_of(one.selection)
    judged = entrant.state in (EntrantState.ADMITTED, EntrantState.REJECTED)
    return ReserveForm(
        title=f"{one.selection.name}{TITLES[prefix]}",
        unit=place.partition(" ")[0],
        number=number,
        name=person.name,
        sex=code_word(codes.Sex, person.sex),
        birth_month=wording.month_of(person.born_on),
        ethnic=code_word(codes.Ethnic, person.ethnic),
        native_place=person.native_place,
        political=code_word(codes.Political, person.political),
        joined_party=party_words(life.joined_party),
        joined_work=wording.month_of(person.joined_work_on),
        joined_community=wording.month_of(person.joined_community_on),
        full_time_degree=life.full_time.words,
        full_time_school=life.full_time.school,
        in_service_degree=life.in_service.words,
        in_service_school=life.in_service.school,
        certificate=code_word(codes.Certificate, person.highest_certificate) or "无",
        present_post=life.present_post,
        post_since=wording.month_of(life.post_since),
        target=edition.gate(one.selection.gate).name,
        target_unit=place.replace(" ", ""),
        nomination=_nomination(entrant),
        nominated_by=entrant.nominated_by or ("本人" if entrant.nomination is Nomination.SELF else ""),
        resume=tuple(hung_lines(((line.starts_on, line.ends_on, line.text) for line in life.resume), RESUME_WIDTH)),
        appraisals=life.appraisals,
        rewards=life.rewards,
        statement=entrant.statement,
        conditions="".join(_sentence(str(item.get("text", ""))) for item in entrant.eligibility) if judged else "",
        finding=f"{ENTRANT_STATES[entrant.state]}。{_sentence(entrant.review_reason)}" if judged else "",
        reviewed_by=entrant.reviewed_by if judged else "",
        reviewed_on=wording.day_of(entrant.reviewed_on) if judged else "",
        remark="本人已退出竞岗。" if entrant.state is EntrantState.WITHDRAWN else "",
    )


def party_words(joined: str) -> str:
    """入党时间 as forms write it: 201106 is 2011.06; words stay."""
    return f"{joined[:4]}.{joined[4:]}" if joined.isdigit() else joined


def _nomination(entrant: SelectionEntrant) -> str:
    words = str(NOMINATIONS[entrant.nomination])
    return f"{words}（{entrant.supporters}人联名）" if entrant.supporters else words


def _sentence(text: str) -> str:
    said = text.strip()
    return said if not said or said[-1] in "。！？；" else f"{said}。"
