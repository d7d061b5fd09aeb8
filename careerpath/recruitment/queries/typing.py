"""Written scores while they are typed: the rows of one entry, and where the two entries differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import Attendance, BatchState, Examinee, RecruitmentBatch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import SETTLED, TURN_WORDS, Paper, Typings, differs, papers_of, typings_of


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One answer sheet as one of the two typed it."""

    number: str
    points: tuple[Decimal | None, ...]
    """In the order of the papers."""

    @property
    def full(self) -> bool:
        """Whether every paper is typed."""
        return None not in self.points


@dataclass(frozen=True, slots=True)
class TypingPage:
    """The rows of one entry by secret number, so that their order tells nothing about seats or names."""

    turn: int
    papers: tuple[Paper, ...]
    rows: tuple[TypedRow, ...]
    filled: int
    expected: int
    before: str | None
    after: str | None
    """The numbers with which the pages before and after this one begin; ``before`` is empty for the first."""
    open: bool
    by: tuple[str, ...]

    @property
    def word(self) -> str:
        """The turn as addresses name it."""
        return TURN_WORDS[self.turn]


PAGE = 100


def typing_page(batch: RecruitmentBatch, turn: int, start: str = "") -> TypingPage:
    """A hundred answer sheets from a secret number on, with what was typed in this turn alone: two queries."""
    papers = papers_of(rules_of(batch))
    query = (
        select(Examinee.id, Examinee.secret_number)
        .where(Examinee.batch_id == batch.id, Examinee.attendance == Attendance.PRESENT)
        .order_by(Examinee.secret_number)
    )
    typings = typings_of(batch.id)
    people = [(number, typings.get(key, {})) for key, number in db.session.execute(query)]
    rows = [TypedRow(number, tuple(_points(typed, paper, turn) for paper in papers)) for number, typed in people]
    first = next((place for place, row in enumerate(rows) if row.number >= start), len(rows)) if start else 0
    last = first + PAGE
    return TypingPage(
        turn=turn,
        papers=papers,
        rows=tuple(rows[first:last]),
        filled=sum(row.full for row in rows),
        expected=len(rows),
        before=None if first == 0 else rows[max(0, first - PAGE)].number if first > PAGE else "",
        after=rows[last].number if last < len(rows) else None,
        open=batch.state is BatchState.EXAM,
        by=tuple(dict.fromkeys(name for _, typed in people for name in _typists(typed, turn))),
    )


@dataclass(frozen=True, slots=True)
class SavedRow:
    """What a page with script is told after a row was saved: the row's state and the sum line."""

    state: str
    filled: int
    expected: int
    counted_at: datetime

    def as_json(self, at: str) -> dict[str, Any]:
        """For the page."""
        return {
            "version": 1,
            "shown": {},
            "state": self.state,
            "summary": {"filled": self.filled, "expected": self.expected},
            "counted_at": self.counted_at.timestamp(),
            "saved_at": at,
        }


def row_as_saved(actor: Actor, batch_id: int, turn: int, number: str) -> SavedRow:
    """One row as it now stands."""
    counted_at = clock.now()
    db.session.expire_all()
    page = typing_page(fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE), turn, number)
    points = next((row.points for row in page.rows if row.number == number), ())
    state = "saved" if None not in points else "incomplete" if any(one is not None for one in points) else "empty"
    return SavedRow(state, page.filled, page.expected, counted_at)


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper that was typed twice and not alike, and what settled it."""

    number: str
    paper: Paper
    first: Decimal
    first_by: str
    second: Decimal
    second_by: str
    settled: Decimal | None
    settled_by: str
    settled_at: datetime | None


def differences(batch: RecruitmentBatch) -> tuple[Difference, ...]:
    """All papers that were typed twice and not alike, those not settled first, by secret number: two queries."""
    papers = {paper.code: paper for paper in papers_of(rules_of(batch))}
    query = select(Examinee.id, Examinee.secret_number).where(
        Examinee.batch_id == batch.id, Examinee.attendance == Attendance.PRESENT
    )
    numbers = dict(db.session.execute(query).all())
    found = []
    for key, by_paper in typings_of(batch.id).items():
        for code, typed in by_paper.items():
            if key in numbers and code in papers and differs(typed):
                third = typed.get(SETTLED)
                found.append(
                    Difference(
                        number=numbers[key],
                        paper=papers[code],
                        first=typed[1].points,
                        first_by=typed[1].by,
                        second=typed[2].points,
                        second_by=typed[2].by,
                        settled=third.points if third else None,
                        settled_by=third.by if third else "",
                        settled_at=third.at if third else None,
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.settled is not None, one.number, one.paper.code)))


def _points(typed: Typings, paper: Paper, turn: int) -> Decimal | None:
    found = typed.get(paper.code, {}).get(turn)
    return None if found is None else found.points


def _typists(typed: Typings, turn: int) -> Sequence[str]:
    return [turns[turn].by for turns in typed.values() if turn in turns]
