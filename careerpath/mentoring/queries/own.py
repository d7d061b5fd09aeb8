"""One's own pairings: my mentors and my mentees, what was noted and what waits for me."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import own_employee
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing, PairingState
from careerpath.mentoring.queries.pairing import PairingHead, head_of
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.mentoring.queries.standing import LIVING, Stand, stand_of_row, with_days
from careerpath.skills.queries.lines import lines_of_many
from careerpath.words import NotFound

MOST_PAIRINGS = 20
MOST_LOGS = 5


@dataclass(frozen=True, slots=True)
class OwnPairing:
    """A pairing as one of the two meets it. ``grade`` is what I said of the other, ``said`` what the other said of me.

    What the other said is shown once the pairing is completed.
    """

    id: int
    as_mentor: bool
    name: str
    """Of the other."""
    post: str
    phone: str
    starts_on: date
    ends_on: date
    goals: str
    plan: str
    wanted: tuple[str, ...]
    stand: Stand
    logs: tuple[MentoringLog, ...]
    open: bool
    may_evaluate: bool
    grade: str
    said: str
    opinion: str

    @property
    def living(self) -> bool:
        """Whether it asks for something."""
        return self.stand.standing in LIVING


@dataclass(frozen=True, slots=True)
class OwnMentoring:
    """All of it; ``has_file`` tells whether the account belongs to a person of the register."""

    has_file: bool
    mentors: tuple[OwnPairing, ...]
    mentees: tuple[OwnPairing, ...]
    past: tuple[OwnPairing, ...]


def own_mentoring(actor: Actor) -> OwnMentoring:
    """The actor's pairings, newest first. Four queries."""
    own, today = own_employee(actor), clock.today()
    if own is None:
        return OwnMentoring(False, (), (), ())
    query = (
        with_days(today)
        .add_columns(Pairing, Mentor, Employee.name, Unit.path)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(or_(Pairing.employee_id == own.id, Mentor.employee_id == own.id), Pairing.state != PairingState.DROPPED)
        .order_by(Pairing.starts_on.desc(), Pairing.id.desc())
        .limit(MOST_PAIRINGS)
    )
    rows = db.session.execute(query).all()
    logs: dict[int, list[MentoringLog]] = {}
    last = select(MentoringLog).where(MentoringLog.pairing_id.in_([row.pairing_id for row in rows]))
    for log in db.session.scalars(last.order_by(MentoringLog.on.desc(), MentoringLog.id.desc())):
        logs.setdefault(log.pairing_id, []).append(log)
    lines = lines_of_many({row.path for row in rows}, retired=True)
    names = {path: {line.code: line.name for line in found} for path, found in lines.items()}
    found = []
    for row in rows:
        pairing, mentor = row.Pairing, row.Mentor
        found.append(
            _own(pairing, mentor, row.name, own.id, stand_of_row(row, today), logs.get(pairing.id, []),
                 names[row.path], today)
        )  # fmt: skip
    return OwnMentoring(
        True,
        tuple(one for one in found if one.living and not one.as_mentor),
        tuple(one for one in found if one.living and one.as_mentor),
        tuple(one for one in found if not one.living),
    )


def own_head(actor: Actor, pairing_id: int) -> tuple[PairingHead, bool]:
    """A pairing in which the actor takes part, and whether as its mentor; ``NotFound`` for others. Three queries."""
    own = own_employee(actor)
    if own is None:
        raise NotFound
    query = (
        select(Pairing, Mentor.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(Pairing.id == pairing_id, or_(Pairing.employee_id == own.id, Mentor.employee_id == own.id))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return head_of(found[0]), found[1] == own.id


def own_log_head(actor: Actor, log_id: int) -> tuple[MentoringLog, PairingHead]:
    """A log of a pairing in which the actor takes part. Four queries."""
    log = db.session.get(MentoringLog, log_id)
    if log is None:
        raise NotFound
    return log, own_head(actor, log.pairing_id)[0]


def _own(
    pairing: Pairing,
    mentor: Mentor,
    mentee_name: str,
    own_id: int,
    stand: Stand,
    logs: list[MentoringLog],
    lines: dict[str, str],
    today: date,
) -> OwnPairing:
    as_mentor = mentor.employee_id == own_id
    grades = {grade.code: grade.name for grade in frozen_rules(pairing.edition).grades}
    over = pairing.state is PairingState.COMPLETED
    mine, theirs = pairing.mentor_grade, pairing.mentee_grade
    opinion = pairing.mentee_opinion
    if as_mentor:
        mine, theirs, opinion = theirs, mine, pairing.mentor_opinion
    return OwnPairing(
        id=pairing.id,
        as_mentor=as_mentor,
        name=mentee_name if as_mentor else mentor.name,
        post=pairing.home_name if as_mentor else mentor.post,
        phone="" if as_mentor else mentor.phone,
        starts_on=pairing.starts_on,
        ends_on=pairing.ended_on or pairing.ends_on,
        goals=pairing.goals,
        plan=pairing.plan,
        wanted=tuple(lines.get(code, code) for code in pairing.wanted),
        stand=stand,
        logs=tuple(logs[:MOST_LOGS]),
        open=pairing.state is PairingState.AGREED and pairing.starts_on <= today,
        may_evaluate=pairing.state is PairingState.AGREED and today >= pairing.ends_on,
        grade=grades.get(mine, mine),
        said=grades.get(theirs, theirs) if over else "",
        opinion=opinion if over else "",
    )
