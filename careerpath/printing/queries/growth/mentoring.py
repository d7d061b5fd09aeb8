"""导师帮带协议书, 期满评价表, 聘书 and 记录册, read in a fixed number of queries however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import Select, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.queries.serving import own_employee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.queries.reach import in_district
from careerpath.mentoring.queries.rules import frozen_rules, rules_or_none
from careerpath.policy import mentoring as policy
from careerpath.policy.mentoring import MentoringEdition, reviews_due
from careerpath.policy.reason import show
from careerpath.printing.documents.growth.certificates import Certificate
from careerpath.printing.documents.growth.log_book import BLANKS, LogBook, LogEntry, ReviewEntry, render_book
from careerpath.printing.documents.growth.mentoring import MentorAgreement, MentoringEvaluation
from careerpath.printing.queries.growth.feet import foot_form, foot_paper, number_of
from careerpath.printing.queries.growth.people import Face, Offices, faces_of, offices_of, span_of
from careerpath.skills.queries.lines import lines_of_many
from careerpath.talent_pool.queries.biography import joined_post
from careerpath.words import NotFound

AGREEMENT, EVALUATION, BOOK, LETTER = "XY", "BP", "BJ", "PS"
"""What the numbers of 协议书, 评价表, 记录册 and 聘书 begin with."""


@dataclass(frozen=True, slots=True)
class Paired:
    """A pairing with its mentor, the path of the mentee's unit and everything that papers say around it."""

    pairing: Pairing
    mentor: Mentor
    face: Face
    offices: Offices
    names: Mapping[str, str]
    edition: MentoringEdition

    def lines(self, codes: Iterable[str]) -> str:
        """Some lines of work by their names."""
        return "、".join(self.names.get(code, code) for code in codes)

    def grade(self, code: str) -> str:
        """A grade by its name in the edition that the pairing froze."""
        return next((grade.name for grade in self.edition.grades if grade.code == code), code)

    @property
    def kind(self) -> str:
        """The kind of the mentor by its name."""
        kind = self.edition.mentor_kind(self.mentor.kind)
        return kind.name if kind else self.mentor.kind

    @property
    def term(self) -> str:
        """From the first to the last day, with the day on which it ended before its time."""
        said = span_of(self.pairing.starts_on, self.pairing.ends_on)
        ended = self.pairing.ended_on
        return f"{said}（{wording.day_of(ended)}提前结束）" if ended else said


def paired(actor: Actor, pairing_ids: Collection[int], *, own: bool = False) -> list[Paired]:
    """Some pairings as far as the actor may see them, by unit and number; those they take part in with ``own``.

    Four queries.
    """
    query = (
        (_of_oneself(actor) if own else visible(actor, Pairing, Permission.MENTORING_VIEW))
        .add_columns(Mentor, Unit.path)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(Pairing.id.in_(pairing_ids), Pairing.state != PairingState.DROPPED)
        .order_by(Unit.code, Pairing.number)
    )
    found = [(pairing, mentor, path) for pairing, mentor, path in db.session.execute(query)]
    faces = faces_of(pairing.employee_id for pairing, _, _ in found)
    paths = {path for _, _, path in found}
    offices, names = offices_of(paths), names_at(paths)
    return [
        Paired(pairing, mentor, faces[pairing.employee_id], offices[path], names[path], frozen_rules(pairing.edition))
        for pairing, mentor, path in found
    ]


def _of_oneself(actor: Actor) -> Select[Any]:
    person = own_employee(actor)
    if person is None:
        raise NotFound
    return select(Pairing).where(or_(Pairing.employee_id == person.id, Mentor.employee_id == person.id))


def names_at(paths: Collection[str]) -> dict[str, dict[str, str]]:
    """The names of all lines of work by code, at some units by path. One query."""
    return {
        path: {line.code: line.name for line in lines} for path, lines in lines_of_many(paths, retired=True).items()
    }


def own_agreements(actor: Actor, pairing_ids: Collection[int]) -> list[MentorAgreement]:
    """The agreements of some pairings in which the actor takes part. Five queries."""
    return agreements(actor, pairing_ids, own=True)


def agreements(actor: Actor, pairing_ids: Collection[int], *, own: bool = False) -> list[MentorAgreement]:
    """The agreements of some pairings. Four queries."""
    forms = []
    for one in paired(actor, pairing_ids, own=own):
        pairing = one.pairing
        form = MentorAgreement(
            number=pairing.number,
            mentor_name=one.mentor.name,
            mentor_kind=one.kind,
            mentor_post=joined_post(one.mentor.post),
            expertise=one.lines(one.mentor.expertise),
            name=one.face.name,
            sex=one.face.sex,
            birth_month=one.face.birth_month,
            political=one.face.political,
            home=joined_post(pairing.home_name),
            wanted=one.lines(pairing.wanted),
            term=span_of(pairing.starts_on, pairing.ends_on),
            goals=pairing.goals,
            plan=pairing.plan,
            assessment=pairing.assessment or _assessment(one.edition),
            witness=one.offices.nearest,
        )
        forms.append(foot_form(actor, form, number_of(AGREEMENT, pairing.starts_on.year, pairing.id)))
    return forms


def evaluations(actor: Actor, pairing_ids: Collection[int]) -> list[MentoringEvaluation]:
    """The evaluations of some pairings; what was not entered is left to the pen. Six queries."""
    found = paired(actor, pairing_ids)
    logs, reviews = _by_pairing(MentoringLog, found), _by_pairing(MentoringReview, found)
    return [_evaluation(actor, one, logs[one.pairing.id], reviews[one.pairing.id]) for one in found]


def log_book(actor: Actor, pairing_id: int) -> LogBook:
    """The book of one pairing, with empty places while it runs. ``NotFound`` for one the actor may not see."""
    found = paired(actor, [pairing_id])
    if not found:
        raise NotFound
    one = found[0]
    logs, reviews = _by_pairing(MentoringLog, found)[pairing_id], _by_pairing(MentoringReview, found)[pairing_id]
    pairing = one.pairing
    runs = pairing.state is PairingState.AGREED and clock.today() <= pairing.ends_on
    book = LogBook(
        number=pairing.number,
        unit=one.offices.nearest,
        mentor_name=one.mentor.name,
        mentor_post=joined_post(one.mentor.post),
        name=one.face.name,
        home=joined_post(pairing.home_name),
        term=one.term,
        wanted=one.lines(pairing.wanted),
        goals=pairing.goals,
        entries=tuple(
            LogEntry(on=wording.day_of(log.on), hours=show(log.hours), topic=log.topic, text=log.text, by=log.by)
            for log in logs
        ),
        reviews=tuple(
            ReviewEntry(on=wording.day_of(held.on), progress=held.progress, opinion=held.opinion, by=held.by)
            for held in reviews
        ),
        total=_counted(logs),
        blanks=BLANKS if runs else 0,
    )
    return foot_paper(actor, book, number_of(BOOK, pairing.starts_on.year, pairing.id))


def log_book_pdf(actor: Actor, pairing_id: int) -> tuple[str, bytes]:
    """导师帮带记录册 as PDF, with a name for the file."""
    book = log_book(actor, pairing_id)
    return f"{book.name}导师帮带记录册.pdf", render_book(current_app.jinja_env, fonts(), book)


def letters(actor: Actor, mentor_ids: Collection[int]) -> list[Certificate]:
    """The letters of appointment of some mentors of the actor's district, by number. Three queries."""
    query = (
        select(Mentor, Unit.path)
        .join(Unit, Unit.id == Mentor.unit_id)
        .where(Mentor.id.in_(mentor_ids), in_district(actor, Mentor.unit_id, Permission.MENTORING_VIEW))
        .order_by(Mentor.number, Mentor.id)
    )
    found = [(mentor, path) for mentor, path in db.session.execute(query)]
    offices = offices_of(path for _, path in found)
    edition = rules_or_none(clock.today())
    forms = []
    for mentor, path in found:
        kind = edition.mentor_kind(mentor.kind) if edition else None
        form = Certificate(
            number=mentor.number,
            name=mentor.name,
            text=f"兹聘请您为{offices[path].district_short}社区工作者帮带导师"
            f"{f'（{kind.name}）' if kind else ''}，聘期{_tenure(mentor)}。",
            closing="特发此证。",
            issuer=offices[path].nearest,
            on=wording.day_of(mentor.starts_on),
        )
        forms.append(foot_form(actor, form, number_of(LETTER, mentor.starts_on.year, mentor.id)))
    return forms


def _evaluation(
    actor: Actor, one: Paired, logs: Sequence[MentoringLog], reviews: Sequence[MentoringReview]
) -> MentoringEvaluation:
    pairing = one.pairing
    span = policy.Pairing(pairing.starts_on, pairing.ended_on or pairing.ends_on)
    due = len(reviews_due(one.edition, span))
    form = MentoringEvaluation(
        number=pairing.number,
        mentor_name=one.mentor.name,
        mentor_post=joined_post(one.mentor.post),
        name=one.face.name,
        home=joined_post(pairing.home_name),
        term=one.term,
        wanted=one.lines(pairing.wanted),
        logs=_counted(logs).removesuffix("。") or "没有记录",
        held=f"应评估{due}次，已评估{len(reviews)}次",
        goals=pairing.goals,
        reviews="\n".join(
            f"{wording.day_of(held.on)}：{held.progress}{f'建议：{held.opinion}' if held.opinion else ''}".replace(
                "\n", ""
            )
            for held in reviews
        ),
        mentee_grade=one.grade(pairing.mentee_grade),
        mentee_opinion=pairing.mentee_opinion,
        mentor_grade=one.grade(pairing.mentor_grade),
        mentor_opinion=pairing.mentor_opinion,
        unit_opinion=pairing.unit_opinion,
        completed_on=wording.day_of(pairing.completed_on),
        witness=one.offices.nearest,
    )
    return foot_form(actor, form, number_of(EVALUATION, pairing.starts_on.year, pairing.id))


def _by_pairing(model: type[Any], found: Sequence[Paired]) -> dict[int, list[Any]]:
    query = select(model).where(model.pairing_id.in_([one.pairing.id for one in found]))
    kept: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(model.on, model.id)):
        kept[row.pairing_id].append(row)
    return kept


def _counted(logs: Sequence[MentoringLog]) -> str:
    hours = sum((log.hours for log in logs), Decimal(0))
    return f"共{len(logs)}次，{show(hours)}学时。" if logs else ""


def _assessment(edition: MentoringEdition) -> str:
    grades = "、".join(grade.name for grade in edition.grades)
    return (
        f"帮带期间每{edition.term.review_every}个月评估一次；期满由导师和帮带对象互相评价，"
        f"等次分为{grades}，由见证单位审核确认。"
    )


def _tenure(mentor: Mentor) -> str:
    starts = wording.day_of(mentor.starts_on)
    return f"自{starts}至{wording.day_of(mentor.ends_on)}" if mentor.ends_on else f"自{starts}起"
