"""The applications of a batch as the offices see them: the list with its filters, counts by state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.advice import (
    FACTS,
    STANDING_KINDS,
    STANDINGS,
    Standing,
    codes_in,
    paper_codes,
    reckoned_on,
    standing_of,
    words_met,
)
from careerpath.recruitment.queries.reviewing import first_reviewer, first_verdict, is_overdue, waiting_for
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import APPLICATION_STATES, ENTRIES
from careerpath.words import Message

STATE_KINDS: Mapping[ApplicationState, str] = {
    ApplicationState.SUBMITTED: "primary",
    ApplicationState.RETURNED: "warning",
    ApplicationState.FIRST_REVIEWED: "primary",
    ApplicationState.ADMITTED: "success",
    ApplicationState.REJECTED: "danger",
}

SORTS: Mapping[str, tuple[SortKey, ...]] = {
    "number": (SortKey(Application.number),),
    "-number": (SortKey(Application.number, descending=True),),
    "name": (SortKey(Application.initials), SortKey(Application.name), SortKey(Application.id)),
    "-name": tuple(SortKey(key, descending=True) for key in (Application.initials, Application.name, Application.id)),
}


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What of a batch's applications is wanted; empty means everything."""

    q: str = ""
    """Part of the name, pinyin initials, or the number."""
    position: str = ""
    """The code of a position, or part of its title."""
    unit: str = ""
    """Part of the name of a street or a community, or its code."""
    state: ApplicationState | None = None
    entry: Entry | None = None
    group: str = ""
    advice: Standing | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self != ApplicationFilter()

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "ApplicationFilter":
        """The filter in an address; what cannot be read is left out."""
        state, entry, advice = args.get("state", ""), args.get("entry", ""), args.get("advice", "")
        return cls(
            q=args.get("q", "").strip()[:64],
            position=args.get("position", "").strip()[:60],
            unit=args.get("unit", "").strip()[:64],
            state=ApplicationState(state) if state in set(ApplicationState) else None,
            entry=Entry(entry) if entry in set(Entry) else None,
            group=args.get("group", "")[:40],
            advice=Standing(advice) if advice in set(Standing) else None,
        )


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One line of the list.

    ``ready``: the reader may take it together with others. Nothing about it needs a second thought, or it was sent
    back and can no longer be completed.
    """

    id: int
    number: str
    name: str
    sex: str
    education: str
    position: str
    unit_name: str
    groups: tuple[str, ...]
    bonus: int
    entry: Message
    state: ApplicationState
    state_word: Message
    state_kind: str
    standing: Standing
    ready: bool

    @property
    def standing_word(self) -> Message:
        """The advice in one word."""
        return STANDINGS[self.standing]

    @property
    def standing_kind(self) -> str:
        """The colour of that word."""
        return STANDING_KINDS[self.standing]


def application_lines(
    actor: Actor,
    batch: RecruitmentBatch,
    wanted: ApplicationFilter,
    sort: str = "number",
    *,
    after: str | None = None,
    before: str | None = None,
) -> Page[ApplicationRow]:
    """One page of the applications of a batch that the actor may see, without drafts.

    Two queries; one more where the advice is a filter: it is worked out for all who remain under the others.
    """
    keys = SORTS.get(sort, SORTS["number"])
    conditions = _conditions(actor, batch, wanted)
    if wanted.advice is not None:
        conditions.append(Application.id.in_(_advised(batch, wanted.advice, conditions)))
    marks = [key.column.label(f"key{place}") for place, key in enumerate(keys)]
    query = (
        select(
            Application.id,
            Application.number,
            Application.name,
            Application.sex,
            Application.state,
            Application.bonus,
            *FACTS,
            RecruitmentPosition.code.label("position_code"),
            RecruitmentPosition.title.label("position_title"),
            Unit.short_name.label("unit_name"),
            Unit.path.label("unit_path"),
            paper_codes().label("paper_codes"),
            first_reviewer().label("first_by"),
            first_verdict().label("first_verdict"),
            *marks,
        )
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .join(Unit, Unit.id == Application.unit_id)
        .where(*conditions)
    )
    size = len(keys)
    page = keyset_page(query, keys, lambda row: list(row)[-size:], after=after, before=before)
    rows = [_row(actor, batch, row) for row in page.rows]
    return Page(rows, page.total, page.after, page.before)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications stand where; ``mine`` wait for a look that the reader may take."""

    by_state: Mapping[ApplicationState, int]
    mine: int

    def of(self, *states: ApplicationState) -> int:
        """How many stand in one of these states."""
        return sum(self.by_state.get(state, 0) for state in states)


def state_counts(actor: Actor, batch: RecruitmentBatch) -> Counts:
    """How many applications that the actor may see stand where, drafts left out. One query."""
    taking = batch.state is BatchState.PUBLISHED
    rows = db.session.execute(
        select(Application.state, func.count(), func.count().filter(waiting_for(actor)))
        .where(
            Application.batch_id == batch.id,
            Application.state != ApplicationState.DRAFT,
            within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(Application.state)
    ).all()
    return Counts({row[0]: row[1] for row in rows}, sum(row[2] for row in rows) if taking else 0)


def positions_of(actor: Actor, batch_id: int, permission: Permission) -> list[tuple[int, str]]:
    """The positions of a batch at the actor's units, for a choice: id, and code with unit. One query."""
    rows = db.session.execute(
        select(RecruitmentPosition.id, RecruitmentPosition.code, Unit.short_name, RecruitmentPosition.title)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .where(RecruitmentPosition.batch_id == batch_id, within(actor, RecruitmentPosition.unit_id, permission))
        .order_by(RecruitmentPosition.code)
    )
    return [(row.id, f"{row.code} {row.short_name} {row.title}") for row in rows]


def _conditions(actor: Actor, batch: RecruitmentBatch, wanted: ApplicationFilter) -> list[ColumnElement[bool]]:
    found = [
        Application.batch_id == batch.id,
        Application.state != ApplicationState.DRAFT,
        within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
    ]
    if wanted.q:
        found.append(_matches(wanted.q))
    if wanted.position:
        named = or_(
            RecruitmentPosition.code == wanted.position,
            RecruitmentPosition.title.contains(wanted.position, autoescape=True),
        )
        found.append(Application.position_id.in_(select(RecruitmentPosition.id).where(named)))
    if wanted.unit:
        top, own = aliased(Unit), aliased(Unit)
        meant = or_(top.name.contains(wanted.unit, autoescape=True), top.code == wanted.unit)
        below = select(own.id).join(top, own.path.like(top.path.concat("%"))).where(meant)
        found.append(Application.unit_id.in_(below))
    if wanted.state is not None:
        found.append(Application.state == wanted.state)
    if wanted.entry is not None:
        found.append(Application.entry == wanted.entry)
    if wanted.group:
        found.append(cast(Application.groups, String).contains(f'"{wanted.group}"', autoescape=True))
    return found


def _matches(q: str) -> ColumnElement[bool]:
    return or_(
        Application.name.contains(q, autoescape=True),
        Application.initials.startswith(q.lower(), autoescape=True),
        Application.number.endswith(q, autoescape=True),
        Application.number.startswith(q, autoescape=True),
    )


def _advised(batch: RecruitmentBatch, advice: Standing, conditions: list[ColumnElement[bool]]) -> list[int]:
    rows = db.session.execute(
        select(Application.id, *FACTS, paper_codes().label("paper_codes")).where(*conditions)
    ).all()
    edition, on = rules_of(batch), reckoned_on(batch)
    return [row.id for row in rows if standing_of(edition, row, codes_in(row.paper_codes), on) is advice]


def _row(actor: Actor, batch: RecruitmentBatch, row: Any) -> ApplicationRow:
    edition, on, codes = rules_of(batch), reckoned_on(batch), codes_in(row.paper_codes)
    all_met = standing_of(edition, row, codes, on, words_met(edition, row.groups))
    standing = standing_of(edition, row, codes, on)
    return ApplicationRow(
        id=row.id,
        number=row.number,
        name=row.name,
        sex=row.sex,
        education=row.education,
        position=f"{row.position_code} {row.position_title}",
        unit_name=row.unit_name,
        groups=tuple(edition.group_name(code) for code in row.groups),
        bonus=len(row.bonus),
        entry=ENTRIES[row.entry],
        state=row.state,
        state_word=APPLICATION_STATES[row.state],
        state_kind=STATE_KINDS.get(row.state, ""),
        standing=standing,
        ready=_is_ready(actor, batch, row, all_met),
    )


def _is_ready(actor: Actor, batch: RecruitmentBatch, row: Any, standing: Standing) -> bool:
    """Whether the operation that takes many at once takes it from this actor, all conditions in words being met."""
    may = batch.state is BatchState.PUBLISHED and actor.can(Permission.RECRUITMENT_REVIEW, row.unit_path)
    if may and is_overdue(row.state, batch):
        return True
    if not may or standing is not Standing.ELIGIBLE:
        return False
    if row.state is ApplicationState.SUBMITTED:
        return not row.bonus
    passed = row.first_verdict == "passed"
    return row.state is ApplicationState.FIRST_REVIEWED and passed and row.first_by != (actor.user_id or 0)
