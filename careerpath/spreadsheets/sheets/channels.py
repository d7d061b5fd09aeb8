"""The people of targeted recruitments: out with the reasons of the rule, in with the results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
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
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState, ChannelStep
from careerpath.talent_pool.operations.channels import ChannelOutcome, record_channel_results
from careerpath.talent_pool.operations.channels.results import check_outcome
from careerpath.talent_pool.operations.channels.steps import check_state
from careerpath.talent_pool.queries.channel_advice import PROSPECTS, advice_on, prospect_of
from careerpath.talent_pool.queries.channel_reach import near_channel
from careerpath.talent_pool.queries.words import CHANNEL_RESULTS
from careerpath.talent_pool.sheets.channels import CANDIDATES_SPEC
from careerpath.words import Message, Refused, msg

PIECE = 500
FIELDS = ("result", "total", "rank", "hired_by", "hired_on", "left_service", "note")
OF_HIRING = ("hired_by", "hired_on", "left_service")
SETTLED = (ChannelResult.HIRED, ChannelResult.NOT_HIRED)


class CandidatesDesk(Desk):
    """The people of targeted recruitments."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return CANDIDATES_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the name of the recruitment and the number of the person. One query for each 500 rows."""
        comparing = _Comparing(_standing(actor, [str(row.values.get("number") or "") for row in read.rows]), spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Results are not taken from under a recruitment that was concluded or cancelled since."""
        ended = (ChannelState.CONCLUDED, ChannelState.CANCELLED)
        query = (
            select(ChannelRound.name)
            .join(ChannelStep, ChannelStep.channel_id == ChannelRound.id)
            .where(
                within(actor, ChannelRound.unit_id, Permission.POOL_DECIDE),
                ChannelStep.at > written_at,
                ChannelStep.state.in_(ended),
                ChannelRound.state.in_(ended),
            )
        )
        name = db.session.scalars(query.limit(1)).first()
        return None if name is None else msg("导入之后“%(name)s”已经办结或取消，这次导入不能再撤销。", name=name)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those whom the actor may see, of one recruitment where the wish names it."""
        candidate = ChannelCandidate
        conditions = [within(actor, candidate.unit_id, Permission.POOL_VIEW)]
        title = "定向招聘人选"
        if wish.unit_id is not None:
            conditions.append(below(candidate.unit_id, fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW).path))
        channel_id = whole_number(wish.filters.get("channel", ""))
        if channel_id is not None:
            channel = near_channel(actor, channel_id, Permission.POOL_VIEW)
            conditions.append(candidate.channel_id == channel.id)
            title = f"{channel.name}人选"
        ids = db.session.scalars(
            select(candidate.id).where(*conditions).order_by(candidate.channel_id, candidate.id)
        ).all()
        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        return Export(CANDIDATES_SPEC, title, (msg("共 %(count)s 人。", count=len(ids)),), pieces, _export_rows)


def _export_rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(ChannelCandidate, ChannelRound, Employee.number, Employee.name)
        .join(ChannelRound, ChannelRound.id == ChannelCandidate.channel_id)
        .join(Employee, Employee.id == ChannelCandidate.employee_id)
        .where(ChannelCandidate.id.in_(piece))
        .order_by(ChannelCandidate.channel_id, ChannelCandidate.id)
    )
    found = db.session.execute(query).all()
    fresh: dict[int, list[int]] = {}
    channels = {channel.id: channel for _, channel, _, _ in found}
    for record, channel, _, _ in found:
        if record.reviewed_on is None:
            fresh.setdefault(channel.id, []).append(record.employee_id)
    advice = {channel_id: advice_on(channels[channel_id], people) for channel_id, people in fresh.items()}
    for record, channel, number, name in found:
        row: dict[str, object] = {
            "channel": channel.name,
            "number": number,
            "name": name,
            "home": record.home_name,
            "state": str(CHANNEL_RESULTS[record.result]),
            **{key: getattr(record, key) or None for key in ("rank", "hired_by", "hired_on", "note")},
            "total": record.total,
            "result": record.result.value if record.result in SETTLED else None,
            "left_service": record.left_service if record.result is ChannelResult.HIRED else None,
        }
        if record.reviewed_on is None:
            told = advice[channel.id][record.employee_id]
            row["advice"] = str(PROSPECTS[prospect_of(told, channel.reckoned_on)])
            row["reasons"] = " ".join(str(reason.message) for reason in told.reasons)
        else:
            row["advice"] = {True: "符合", False: "不符合", None: "资料不全"}[record.eligible]
            row["reasons"] = " ".join(reason["text"] for reason in record.eligibility)
        yield row


@dataclass(frozen=True, slots=True)
class _Known:
    """A candidate with what the file of results is held against."""

    record: ChannelCandidate
    channel: ChannelRound
    name: str


def _standing(actor: Actor, numbers: Sequence[str]) -> dict[tuple[str, str], _Known]:
    """The candidates whose results the actor records, by recruitment and number."""
    found = {}
    for at in range(0, len(numbers), PIECE):
        query = (
            select(ChannelCandidate, ChannelRound, Employee.number, Employee.name)
            .join(ChannelRound, ChannelRound.id == ChannelCandidate.channel_id)
            .join(Employee, Employee.id == ChannelCandidate.employee_id)
            .where(
                Employee.number.in_(numbers[at : at + PIECE]),
                within(actor, ChannelRound.unit_id, Permission.POOL_DECIDE),
            )
            .order_by(ChannelRound.id)
        )
        for record, channel, number, name in db.session.execute(query):
            found[channel.name, number] = _Known(record, channel, name)
    return found


@dataclass(slots=True)
class _Comparing:
    """Rows held against the candidates there are."""

    known: Mapping[tuple[str, str], _Known]
    spec: SheetSpec
    given: dict[int, dict[int, ChannelOutcome]] = field(default_factory=dict)
    """By recruitment and candidate."""
    rows: dict[int, Row] = field(default_factory=dict)

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        name, number = (str(row.values.get(key) or "") for key in ("channel", "number"))
        findings, found = Findings(row, self.spec), self.known.get((name, number))
        if found is None:
            if name and number:
                message = "“%(channel)s”的名单中没有编号为 %(number)s 的人员。请核对定向招聘名称和编号。"
                findings.add("number", msg(message, channel=name, number=number[:24]))
            return findings.outcome(RowState.WRONG, number, str(row.values.get("name") or ""))
        record = found.record
        if row.values.get("name") not in (None, "", found.name):
            findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=found.name))
        if record.id in self.rows:
            message = "与第 %(row)s 行是同一人。请只保留一行。"
            findings.add("number", msg(message, row=self.rows[record.id].number))
        before = {key: getattr(record, key) for key in FIELDS}
        after = _merged(before, {key: row.values.get(key) for key in FIELDS})
        changed = [key for key in FIELDS if after[key] != before[key]]
        if not changed:
            return findings.outcome(RowState.UNCHANGED, number, found.name)
        given = ChannelOutcome(**after)
        try:
            check_state(found.channel, ChannelState.RESULTS)
            check_outcome(record, given, found.channel)
        except Refused as refusal:
            findings.add(refusal.field or "", refusal.message)
        if not findings.wrongs:
            self.given.setdefault(found.channel.id, {})[record.id] = given
            self.rows[record.id] = row
        changes = [self._change(key, before[key], after[key]) for key in changed]
        return findings.outcome(RowState.CHANGED, number, found.name, changes)

    def write(self, actor: Actor) -> None:
        """Record all results."""
        for channel_id, rows in self.given.items():
            try:
                record_channel_results(actor, channel_id, rows)
            except Refused as refused:
                at = whole_number((refused.field or "").partition(".")[0])
                if at not in self.rows:
                    raise
                raise RowFault(self.rows[at].number, "", refused) from refused

    def _change(self, key: str, old: object, new: object) -> CellChange:
        column = self.spec.column(key)
        return CellChange(key, column.title, shown(column, _plain(old)), shown(column, _plain(new)))


def _merged(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What stands after a row; a blank cell says nothing, and who is not hired has no institution."""
    told = {key: value for key, value in said.items() if value is not None}
    after = {**before, **told}
    after["result"] = ChannelResult(str(after["result"]))
    if after["result"] is not ChannelResult.HIRED and "result" in told:
        empty = {"hired_by": "", "hired_on": None, "left_service": False}
        after |= {key: empty[key] for key in OF_HIRING if key not in told}
    return after


def _plain(value: object) -> object:
    if isinstance(value, ChannelResult):
        return value.value if value in SETTLED else None
    return None if value == "" else value
