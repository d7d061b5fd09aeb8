"""The notice and the appointments of a batch: who is ready, what the others lack, what was brought forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import Application, Objection, RecruitmentBatch
from careerpath.recruitment.queries.batches import BatchHead, head_of
from careerpath.recruitment.queries.final import reserve_until
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.standing import Standing, objections_of, standings
from careerpath.recruitment.queries.terms import Terms, usual_terms
from careerpath.rulebook.queries.notices import usual_last_day
from careerpath.words import Message, NotFound, msg

ONE_DAY = timedelta(days=1)
FURTHEST = 366
"""Days from today beyond which a first working day is not offered."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to be appointed, or was."""

    standing: Standing
    unit_name: str
    lacking: tuple[Message, ...]
    warnings: tuple[Message, ...]
    """What the application says that a personnel file cannot take as it is."""

    @property
    def id(self) -> int:
        """The application."""
        return self.standing.id

    @property
    def name(self) -> str:
        """The name."""
        return self.standing.row.application.name

    @property
    def number(self) -> str:
        """The number under which lists name the person."""
        return self.standing.row.number

    @property
    def ready(self) -> bool:
        """Whether the person may be appointed now."""
        return not self.lacking


@dataclass(frozen=True, slots=True)
class AppointmentsPage:
    """A batch from the notice on."""

    edition: RecruitmentEdition
    unnamed: tuple[Person, ...]
    """Proposed and not named to the public yet."""
    waiting: tuple[Person, ...]
    """Named and not appointed yet."""
    appointed: tuple[Person, ...]
    objections: tuple[tuple[Objection, str], ...]
    """Each with the name of whom it is about; empty for the batch."""
    people: tuple[tuple[int, str], ...]
    """Everybody whom an objection may be about."""
    usual: Terms
    warnings: tuple[Message, ...]
    notice_days: tuple[date, date]
    """The usual first and last day of a notice that begins tomorrow."""
    reserve_until: date | None

    @property
    def ready(self) -> list[Person]:
        """Those who may be appointed now."""
        return [one for one in self.waiting if one.ready]

    @property
    def unchecked(self) -> list[Person]:
        """Those who cannot be named to the public because a check is missing."""
        return [one for one in self.unnamed if one.standing.unchecked()]


def appointments_page(actor: Actor, batch: RecruitmentBatch) -> AppointmentsPage:
    """A batch from the notice on, for positions of the actor's units. Five queries."""
    today = clock.today()
    edition, told = rules_of(batch), objections_of(batch.id)
    every = standings(batch.id, told=told)
    units = {
        unit.id: unit
        for unit in db.session.scalars(select(Unit).where(Unit.id.in_({one.row.position.unit_id for one in every})))
    }
    seen = [one for one in every if actor.can(Permission.RECRUITMENT_VIEW, units[one.row.position.unit_id].path)]
    general = [one for one in told if one.application_id is None]
    people = [
        Person(
            one,
            units[one.row.position.unit_id].short_name,
            one.lacking(today, general) if one.waiting else (),
            _warnings(one),
        )
        for one in seen
        if one.proposed or one.appointment is not None
    ]
    starts_on = _usual_start(people, today)
    usual, warnings = usual_terms(edition, starts_on)
    tomorrow = today + ONE_DAY
    days = edition.notice.working_days if edition.notice is not None else 1
    names = {one.id: one.row.application.name for one in seen}
    return AppointmentsPage(
        edition=edition,
        unnamed=tuple(one for one in people if one.standing.waiting and one.standing.row.line.notice_ends_on is None),
        waiting=tuple(one for one in people if one.standing.waiting and one.standing.row.line.notice_ends_on),
        appointed=tuple(one for one in people if one.standing.appointment is not None),
        objections=tuple(
            (one, names.get(one.application_id or 0, ""))
            for one in told
            if one.application_id is None or one.application_id in names
        ),
        people=tuple((one.id, one.name) for one in people),
        usual=usual,
        warnings=warnings,
        notice_days=(tomorrow, usual_last_day(tomorrow, days)),
        reserve_until=reserve_until(batch, [one.row for one in every]),
    )


def check_rows(actor: Actor, batch: RecruitmentBatch) -> list[Person]:
    """Those whose checks are recorded: proposed or failed, of the actor's units, not appointed. Five queries."""
    every = standings(batch.id)
    units = {
        unit.id: unit
        for unit in db.session.scalars(select(Unit).where(Unit.id.in_({one.row.position.unit_id for one in every})))
    }
    return [
        Person(one, units[one.row.position.unit_id].short_name, (), ())
        for one in every
        if (one.waiting or (one.appointment is None and any(not check.passed for check in one.checks)))
        and actor.can(Permission.RECRUITMENT_VIEW, units[one.row.position.unit_id].path)
    ]


def _usual_start(people: Sequence[Person], today: date) -> date:
    """The first of the month after the last notice, or after today."""
    ends = [one.standing.row.line.notice_ends_on for one in people if one.standing.waiting]
    last = max([today, *(day for day in ends if day is not None)])
    return (last.replace(day=1) + timedelta(days=32)).replace(day=1)


def _warnings(one: Standing) -> tuple[Message, ...]:
    application = one.row.application
    if application.certificate and application.certified_on is None:
        return (msg("职业资格证书缺少取得日期，聘用后请在档案中补登"),)
    return ()


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One objection, with the name of whom it is about; empty for the batch."""

    head: BatchHead
    objection: Objection
    about: str


def objection_page(actor: Actor, objection_id: int) -> ObjectionPage:
    """One objection of a batch whose lists the actor decides, or ``NotFound``. Five queries."""
    row: Any = db.session.execute(
        select(Objection, Application.name)
        .outerjoin(Application, Application.id == Objection.application_id)
        .where(Objection.id == objection_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    batch = fetch(actor, RecruitmentBatch, row[0].batch_id, Permission.RECRUITMENT_DECIDE)
    return ObjectionPage(head_of(actor, batch), row[0], row[1] or "")


def start_in(text: str) -> date | None:
    """A first working day in an address, near enough to be meant."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if abs((found - clock.today()).days) <= FURTHEST else None
