"""One edition as its page shows it: head, parts in words with their grounds, text, and what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.catalogue import RULES, read_plain, shipped
from careerpath.policy.edition import Basis, Edition, EditionHead, parse_toml, shipped_texts, to_plain
from careerpath.policy.shapes import Block, Column, Grid, Row, blocks_of, grids_of, row_names, shape_of, shown
from careerpath.policy.shapes.shape import BASES
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.queries.book import EditionLine, line_of, sees_drafts
from careerpath.rulebook.sheets import has_levels
from careerpath.words import Message, NotFound, msg

Path = tuple[str, ...]
CITATION = "citation"
YEAR_DAY = ("month", "day", "following_year")
WIDE = 9
"""A table of more columns is told in sentences: nobody reads it across."""

BASIS_KINDS = {Basis.PUBLISHED: "success", Basis.CUSTOMARY: "", Basis.READING: "warning"}


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of a number: clause, how certain it is and how that is marked, its own document if it has one."""

    clause: str
    basis: Message
    kind: str
    document: str


@dataclass(frozen=True, slots=True)
class Line:
    """One named value."""

    label: Message
    value: Message
    ground: Ground | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a table: its cells in the order of the columns, ``None`` where there is nothing."""

    name: Message | None
    cells: tuple[Message | None, ...]
    ground: Ground | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table, or the matrix of one owner; ``corner`` is what the first column names where it names the rows."""

    title: Message | None
    corner: Message | None
    columns: tuple[Message, ...]
    numeric: tuple[bool, ...]
    rows: tuple[ShownRow, ...]
    matrix: bool = False

    @property
    def grounded(self) -> bool:
        """Whether some row has a ground of its own."""
        return any(row.ground for row in self.rows)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part: named values, or tables."""

    title: Message
    anchor: str
    lines: tuple[Line, ...] = ()
    tables: tuple[ShownTable, ...] = ()

    @property
    def grounded(self) -> bool:
        """Whether some line has a ground of its own."""
        return any(line.ground for line in self.lines)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a stored edition, when, and by whom."""

    at: datetime
    what: Message
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditionPage:
    """All that the page of an edition shows."""

    line: EditionLine
    head: EditionHead
    parts: tuple[ShownPart, ...]
    text: str
    events: tuple[Event, ...]
    has_levels: bool


def stored_edition(actor: Actor, edition_id: int) -> StoredEdition:
    """A stored edition, or ``NotFound``; a draft is not for everybody."""
    stored = db.session.get(StoredEdition, edition_id)
    if stored is None or (stored.state is EditionState.DRAFT and not sees_drafts(actor)):
        raise NotFound
    return stored


def supplied_edition(rule: str, key: str) -> Edition:
    """An edition that came with the program, or ``NotFound``."""
    for edition in shipped(rule) if rule in RULES else ():
        if edition.head.key == key:
            return edition
    raise NotFound


def supplied_text(edition: Edition) -> str:
    """The TOML of an edition that came with the program."""
    head = edition.head
    texts = shipped_texts(head.rule).items()
    return next(text for file, text in texts if parse_toml(text, file)["head"]["key"] == head.key)


def chosen_edition(actor: Actor, token: str) -> Edition:
    """An edition by what stands for it in an address: the id of a stored one, ``rule.key`` of a shipped one."""
    if token.isdecimal() and len(token) < 10:
        stored = stored_edition(actor, int(token))
        return read_plain(stored.content, stored.key)
    rule, _, key = token.partition(".")
    return supplied_edition(rule, key)


def stored_page(actor: Actor, edition_id: int) -> EditionPage:
    """The page of a stored edition."""
    stored = stored_edition(actor, edition_id)
    line = line_of(actor, stored.rule, clock.today(), edition_id=edition_id)
    if line is None:
        raise NotFound
    edition = read_plain(stored.content, stored.key)
    return EditionPage(
        line, edition.head, shown_parts(edition), stored.source_text, _events(stored), has_levels(edition)
    )


def supplied_page(actor: Actor, rule: str, key: str) -> EditionPage:
    """The page of an edition that came with the program."""
    edition = supplied_edition(rule, key)
    line = line_of(actor, rule, clock.today(), key=key)
    if line is None:
        raise NotFound
    return EditionPage(line, edition.head, shown_parts(edition), supplied_text(edition), (), has_levels(edition))


def shown_parts(edition: Edition) -> tuple[ShownPart, ...]:
    """Every part of an edition in words; its head is shown elsewhere."""
    blocks = blocks_of(shape_of(edition.head.rule), to_plain(edition))
    names = row_names(blocks)
    shown_blocks = [_part(number, block, names) for number, block in enumerate(blocks)]
    return tuple(part for part in shown_blocks if part.lines or part.tables)


def _part(number: int, block: Block, names: Mapping[str, Message]) -> ShownPart:
    title, anchor = block.part.title, f"part-{number}"
    if not block.part.table:
        lines = tuple(_lines(block, block.rows[0])) if block.rows else ()
        return ShownPart(msg("总则") if number == 0 else title, anchor, lines)
    grids = grids_of(block)
    tables = [_matrix(grid, names) for grid in grids] if grids else [_table(block, names)]
    return ShownPart(title, anchor, tables=tuple(tables))


def _matrix(grid: Grid, names: Mapping[str, Message]) -> ShownTable:
    rows = []
    for line, word in grid.lines.items():
        values = [grid.cells.get((line, column)) for column in grid.columns]
        cells = tuple(None if value is None else shown(grid.value.value, value) for value in values)
        rows.append(ShownRow(word, cells, None))
    columns, numeric = tuple(grid.columns.values()), (True,) * len(grid.columns)
    return ShownTable(names.get(grid.owner), grid.corner, columns, numeric, tuple(rows), matrix=True)


def _table(block: Block, names: Mapping[str, Message]) -> ShownTable:
    part = block.part
    columns = [column for column in block.columns if CITATION not in column.path]
    corner = part.key_title or (None if part.owner is None else part.owner.title)
    rows = []
    for row in block.rows:
        cells = tuple(
            shown(column.value, row.cells[column.path]) if column.path in row.cells else None for column in columns
        )
        name = None
        if part.key_title is not None:
            name = names[row.at]
        elif part.owner is not None:
            name = names.get(row.at.rpartition(".")[0])
        rows.append(ShownRow(name, cells, _nearest(_grounds(row), columns[0].path if columns else ())))
    if len(columns) > WIDE:
        return _told(block, names, columns)
    numeric = tuple(column.value.kind.is_number for column in columns)
    return ShownTable(None, corner, tuple(column.label for column in columns), numeric, tuple(rows))


def _told(block: Block, names: Mapping[str, Message], columns: list[Column]) -> ShownTable:
    """A table of many columns of which each row fills a few: what a row holds, in one sentence."""
    rows = []
    for row in block.rows:
        held = [column for column in columns if column.path in row.cells and column.path != ("name",)]
        values: dict[str, object] = {}
        for number, column in enumerate(held):
            values |= {f"label{number}": column.label, f"value{number}": shown(column.value, row.cells[column.path])}
        sentence = Message("；".join(f"%(label{n})s %(value{n})s" for n in range(len(held))), values)
        rows.append(ShownRow(names[row.at], (sentence,), _nearest(_grounds(row), columns[0].path)))
    return ShownTable(None, block.part.title, (msg("内容"),), (False,), tuple(rows))


def _lines(block: Block, row: Row) -> list[Line]:
    grounds = _grounds(row)
    lines, told = [], set()
    for column in block.columns:
        if CITATION in column.path or column.path[:1] == ("head",) or column.path not in row.cells:
            continue
        prefix = _prefix(grounds, column.path)
        told.add(prefix)
        label, value = column.label, shown(column.value, row.cells[column.path])
        outer = label.values.get("outer")
        if column.path[-1] in YEAR_DAY and isinstance(outer, Message):
            if column.path[-1] != YEAR_DAY[0]:
                continue
            label, value = outer, _year_day([row.cells.get((*column.path[:-1], key)) for key in YEAR_DAY])
        lines.append(Line(label, value, grounds.get(prefix or ())))
    for prefix, ground in grounds.items():
        if prefix not in told:
            lines.append(Line(_label(block.columns, prefix), Message("—"), ground))
    return lines


def _year_day(given: list[Any]) -> Message:
    month, day, following = given
    if following:
        return msg("次年 %(month)s 月 %(day)s 日", month=month, day=day)
    return msg("%(month)s 月 %(day)s 日", month=month, day=day)


def _label(columns: tuple[Column, ...], prefix: Path) -> Message:
    """What people call the table whose ground stands alone."""
    found = next(column for column in columns if column.path[: len(prefix) + 1] == (*prefix, CITATION))
    outer = found.label.values.get("outer")
    return outer if isinstance(outer, Message) else msg("依据")


def _grounds(row: Row) -> dict[Path, Ground]:
    """The grounds in a row, by the keys of the table that each belongs to."""
    given: dict[Path, dict[str, Any]] = {}
    for path, value in row.cells.items():
        if len(path) > 1 and path[-2] == CITATION:
            given.setdefault(path[:-2], {})[path[-1]] = value
    return {prefix: _ground(values) for prefix, values in given.items()}


def _ground(values: Mapping[str, Any]) -> Ground:
    basis = values.get("basis", "")
    known = Basis(basis) if basis in set(Basis) else None
    word = BASES.get(str(basis), Message(""))
    return Ground(
        str(values.get("clause", "")), word, BASIS_KINDS[known] if known else "", str(values.get("document", ""))
    )


def _prefix(grounds: Mapping[Path, Ground], path: Path) -> Path | None:
    fitting = [prefix for prefix in grounds if path[: len(prefix)] == prefix]
    return max(fitting, key=len) if fitting else None


def _nearest(grounds: Mapping[Path, Ground], path: Path) -> Ground | None:
    prefix = _prefix(grounds, path)
    return None if prefix is None else grounds[prefix]


def _events(stored: StoredEdition) -> tuple[Event, ...]:
    events = [Event(stored.added_at, msg("%(who)s 导入", who=stored.added_by), stored.file_name)]
    if stored.adopted_at is not None:
        events.append(Event(stored.adopted_at, msg("%(who)s 采用", who=stored.adopted_by)))
    if stored.withdrawn_at is not None:
        who = msg("%(who)s 停用", who=stored.withdrawn_by)
        events.append(Event(stored.withdrawn_at, who, stored.withdrawn_reason))
    return tuple(reversed(events))
