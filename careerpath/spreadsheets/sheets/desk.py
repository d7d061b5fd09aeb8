"""What every kind of sheet does, and what comes of comparing a file with what stands."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core.sheets import Column, Fault, Limits, ReadResult, Row, SheetSpec, Workbook
from careerpath.jobs.models import kept, told
from careerpath.spreadsheets.models import About
from careerpath.words import Message, Refused, Unmet, msg

MOST_ROWS = 20_000
"""So many rows one import takes: more are several files."""

LIMITS = Limits(rows=MOST_ROWS)


class RowState(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: what stands and what would stand, as they are shown; ``old`` is empty in a new row."""

    key: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CellWrong:
    """What is wrong in a cell, or in the whole row where ``key`` is empty."""

    key: str
    title: str
    message: Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row. ``number`` is its number in Excel, ``code`` and ``label`` name the person or unit."""

    number: int
    state: RowState
    code: str
    label: str
    changes: tuple[CellChange, ...] = ()
    wrongs: tuple[CellWrong, ...] = ()

    def as_json(self) -> list[Any]:
        """Plain values."""
        changes = [[change.key, change.title, change.old, change.new] for change in self.changes]
        wrongs = [[wrong.key, wrong.title, kept(wrong.message)] for wrong in self.wrongs]
        return [self.number, self.state.value, self.code, self.label, changes, wrongs]

    @classmethod
    def from_json(cls, plain: list[Any]) -> "Outcome":
        """What ``as_json`` gave."""
        number, state, code, label, changes, wrongs = plain
        return cls(
            number,
            RowState(state),
            code,
            label,
            tuple(CellChange(*change) for change in changes),
            tuple(CellWrong(key, title, told(message)) for key, title, message in wrongs),
        )


class RowFault(Refused):
    """A row that cannot be written after all; ``number`` is its number in Excel."""

    def __init__(self, number: int, label: str, why: Unmet) -> None:
        super().__init__(
            msg("第 %(row)s 行“%(label)s”：%(fault)s", row=number, label=label, fault=why.message),
            field=why.field,
        )
        self.number = number


def _nothing(_: Actor) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole file compared. ``write`` does what the outcomes say, within a running operation; never with wrong rows.

    ``write`` raises ``RowFault`` where a row cannot be written after all.
    """

    outcomes: Sequence[Outcome]
    notes: tuple[Message, ...] = ()
    write: Callable[[Actor], None] = _nothing

    @property
    def counts(self) -> dict[RowState, int]:
        """Rows by what they would do."""
        counted = Counter(outcome.state for outcome in self.outcomes)
        return {state: counted[state] for state in RowState}

    @property
    def digest(self) -> str:
        """Equal for comparisons that say the same of every cell."""
        plain = [outcome.as_json() for outcome in self.outcomes]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()

    def faults(self) -> Iterator[Fault]:
        """What is wrong, for the marks in the person's own workbook."""
        for outcome in self.outcomes:
            for wrong in outcome.wrongs:
                yield outcome.number, wrong.key or None, wrong.message


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a sheet is asked for. ``unit_id`` includes the units below it; ``filters`` are those of the list."""

    unit_id: int | None = None
    on: date | None = None
    year: int | None = None
    batch_id: int | None = None
    selection_id: int | None = None
    channel_id: int | None = None
    class_id: int | None = None
    call_id: int | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    reveal: bool = False
    """With full identity numbers; the permission and the reason are asked for before."""
    contact: bool = True
    """With full telephone numbers and addresses: not in files that are kept for a while."""

    @property
    def about(self) -> About:
        """The year or the one thing that is asked for."""
        return About(
            self.year,
            self.batch_id,
            selection_id=self.selection_id,
            channel_id=self.channel_id,
            class_id=self.class_id,
            call_id=self.call_id,
        )


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into an exported workbook. ``pieces`` are ids of records, so many at a time that a piece is quick."""

    spec: SheetSpec
    title: str
    notes: tuple[Message, ...]
    pieces: Sequence[Sequence[int]]
    rows: Callable[[Sequence[int]], Iterable[Mapping[str, object]]]
    line: str = ""
    """What the file says it is about, above its headings; Chinese in every language, so that it is read again."""

    @property
    def count(self) -> int:
        """How many rows there will be."""
        return sum(map(len, self.pieces))


class Desk(ABC):
    """One kind of sheet."""

    @abstractmethod
    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns. Where nothing is said of what it is about, those that are always there."""

    def about_in(self, actor: Actor, workbook: Workbook, about: About) -> About:
        """What a file is about: as it says itself, else as was said."""
        return about

    def line(self, actor: Actor, about: About) -> str:
        """What a file of this kind says above its headings, so that it is known again; mostly nothing."""
        return ""

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """Words of drop-downs that are known only now."""
        return {}

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """What the rows would do to what stands now. Raises ``Refused`` where such sheets only go out."""
        raise Refused(msg("这种表格只能导出，不能导入。"))

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Why what was written then cannot be taken back any more, beside what the records themselves tell."""
        return None

    @abstractmethod
    def export(self, actor: Actor, wish: Wish) -> Export:
        """What goes out."""


class Findings:
    """What comes together about one row before its outcome is known."""

    def __init__(self, row: Row, spec: SheetSpec) -> None:
        self.row, self.spec = row, spec
        self.wrongs: dict[str, Message] = {key: fault.message for key, fault in row.faults.items()}

    def add(self, key: str, message: Message) -> None:
        """Note a fault; the first of a cell stays. The empty key is the whole row."""
        self.wrongs.setdefault(key, message)

    def outcome(self, state: RowState, code: str, label: str, changes: Sequence[CellChange] = ()) -> Outcome:
        """The outcome: wrong where there is any fault."""
        wrongs = tuple(CellWrong(key, self._title(key), message) for key, message in self.wrongs.items())
        return Outcome(self.row.number, RowState.WRONG if wrongs else state, code, label, tuple(changes), wrongs)

    def _title(self, key: str) -> str:
        return self.spec.column(key).title if key else ""


def shown(column: Column, value: object) -> str:
    """A value as a person reads it in the preview."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%Y-%m}" if column.reader.number_format == "yyyy.mm" else value.isoformat()
    found = column.reader.show(value)
    return "" if found is None else str(found)
