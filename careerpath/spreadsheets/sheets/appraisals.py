"""The annual appraisal: a street's scores, proposed grades and opinions in and out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit
from careerpath.appraisals.models import Appraisal
from careerpath.appraisals.operations.reckoning import CLOSED
from careerpath.appraisals.operations.street import RowEntry, fill_rows
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.sheets import (
    Line,
    appraisal_spec,
    changed_cells,
    export_row,
    lines,
    street_cells,
    year_of,
)
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.appraisal_steps import may_edit
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Desk,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
    shown,
)
from careerpath.words import Unmet, msg

PIECE = 500


class AppraisalsDesk(Desk):
    """A street's year."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns of the edition with which the year was opened."""
        return appraisal_spec(year_of(actor, about.year, Permission.APPRAISAL_VIEW))

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number among the records that the actor may fill; then cell by cell. Three queries."""
        found = year_of(actor, about.year, Permission.APPRAISAL_FILL)
        edition = edition_of(found)
        known = {line.number: line for line in lines(actor, found, Permission.APPRAISAL_FILL)}
        entries: list[tuple[Row, Line, RowEntry]] = []
        first: dict[str, int] = {}
        outcomes = []
        for row in read.rows:
            findings = Findings(row, spec)
            number = str(row.values.get("number") or "")
            earlier = first.setdefault(number, row.number)
            if number and earlier != row.number:
                findings.add("number", msg("编号与第 %(row)s 行相同。请只保留一行。", row=earlier))
            outcome, entry = _outcome(row, findings, known.get(number), edition, spec)
            outcomes.append(outcome)
            if entry is not None:
                entries.append((row, known[number], entry))
        return Comparison(outcomes, read.notes, lambda writer: _write(writer, entries))

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The records that the actor may print, of a unit's part of the tree."""
        year = year_of(actor, wish.year, Permission.APPRAISAL_PRINT)
        edition = edition_of(year)
        more, where = [], ""
        if wish.unit_id is not None:
            unit: Unit = fetch_unit(actor, wish.unit_id, Permission.APPRAISAL_PRINT)
            more, where = [below(Appraisal.unit_id, unit.path)], unit.short_name
        ids = [line.record.id for line in lines(actor, year, Permission.APPRAISAL_PRINT, *more)]

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            for line in lines(actor, year, Permission.APPRAISAL_PRINT, Appraisal.id.in_(piece)):
                yield export_row(line, edition)

        pieces = [ids[start : start + PIECE] for start in range(0, len(ids), PIECE)]
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        return Export(appraisal_spec(year), f"{where}{year.year}年度考核", notes, pieces, rows)


def _outcome(
    row: Row, findings: Findings, line: Line | None, edition: AppraisalEdition, spec: SheetSpec
) -> tuple[Outcome, RowEntry | None]:
    number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
    if line is None:
        if number:
            message = "本年度考核中没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。"
            findings.add("number", msg(message, number=number))
        return findings.outcome(RowState.WRONG, number, name), None
    if name and name != line.name:
        findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=line.name))
    current = street_cells(line.record, edition)
    typed = changed_cells(row.values, current)
    if typed and not may_edit(line.record.state):
        findings.add(next(iter(typed)), CLOSED[line.record.state])
    changes = [_change(spec, key, current[key], value) for key, value in typed.items()]
    outcome = findings.outcome(RowState.CHANGED if changes else RowState.UNCHANGED, number, line.name, changes)
    entry = RowEntry(line.record.version, typed) if outcome.state is RowState.CHANGED else None
    return outcome, entry


def _change(spec: SheetSpec, key: str, old: Any, new: Any) -> CellChange:
    column = spec.column(key)
    return CellChange(key, column.title, shown(column, old), shown(column, new))


def _write(actor: Actor, entries: Sequence[tuple[Row, Line, RowEntry]]) -> None:
    for row, line, entry in entries:
        try:
            fill_rows(actor, line.record.street_appraisal_id, {line.record.id: entry})
        except Unmet as unmet:
            raise RowFault(row.number, line.name, unmet) from unmet
