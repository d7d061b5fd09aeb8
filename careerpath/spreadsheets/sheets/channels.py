"""The people of a targeted recruitment: out with the reasons of the rule, in with the results."""

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
from careerpath.spreadsheets.queries.channels import channel_named
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
    shown,
)
from careerpath.spreadsheets.sheets.one_thing import OneThingDesk
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState
from careerpath.talent_pool.operations.channels import ChannelOutcome, record_channel_results
from careerpath.talent_pool.operations.channels.results import check_outcome
from careerpath.talent_pool.operations.channels.steps import check_state
from careerpath.talent_pool.queries.channel_advice import KEPT, PROSPECTS, advice_on, prospect_of
from careerpath.talent_pool.queries.channel_reach import near_channel
from careerpath.talent_pool.queries.words import CHANNEL_RESULTS, CHANNEL_STATES
from careerpath.talent_pool.sheets.channels import CANDIDATES_SPEC
from careerpath.words import Message, Refused, msg

PIECE = 500
FIELDS = ("result", "total", "rank", "hired_by", "hired_on", "left_service", "note")
OF_HIRING = ("hired_by", "hired_on", "left_service")
SETTLED = (ChannelResult.HIRED, ChannelResult.NOT_HIRED)


class CandidatesDesk(OneThingDesk):
    """The people of a targeted recruitment, which the file names above the headings."""

    key, field, thing = "channel_id", "channel", msg("定向招聘")

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return CANDIDATES_SPEC

    def met(self, actor: Actor, about: About) -> ChannelRound:
        """The one that was chosen, or ``NotFound``."""
        return _met(actor, about.channel_id)

    def named(self, actor: Actor, name: str) -> ChannelRound:
        """The one of a name. Raises ``Refused``."""
        return channel_named(actor, name, Permission.POOL_DECIDE)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the number of the person. Three queries."""
        channel = near_channel(actor, about.channel_id or 0, Permission.POOL_DECIDE)
        check_state(channel, ChannelState.RESULTS)
        comparing = _Comparing(channel, _standing(channel), spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Results are not taken from under a recruitment that was concluded or cancelled since."""
        channel = db.session.get(ChannelRound, about.channel_id)
        if channel is None or channel.state is ChannelState.RESULTS:
            return None
        message = "“%(name)s”已进入“%(state)s”阶段，这次导入不能再撤销。"
        return msg(message, name=channel.name, state=CHANNEL_STATES[channel.state])

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those whom the actor may see."""
        if wish.channel_id is None:
            raise Refused(msg("请选择定向招聘。"), field="channel")
        channel, candidate = _met(actor, wish.channel_id), ChannelCandidate
        conditions = [candidate.channel_id == channel.id, within(actor, candidate.unit_id, Permission.POOL_VIEW)]
        if wish.unit_id is not None:
            path = fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW).path
            conditions.append(below(candidate.unit_id, path))
        ids = db.session.scalars(select(candidate.id).where(*conditions).order_by(candidate.id)).all()
        if not ids:
            raise Refused(msg("“%(name)s”没有可以导出的人选。", name=channel.name), field="channel")

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return _export_rows(channel, piece)

        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        return Export(CANDIDATES_SPEC, f"{channel.name}人选", notes, pieces, rows, self.line(actor, wish.about))


def _met(actor: Actor, channel_id: int | None) -> ChannelRound:
    return near_channel(actor, channel_id or 0, Permission.POOL_VIEW)


def _export_rows(channel: ChannelRound, piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(ChannelCandidate, Employee.number, Employee.name)
        .join(Employee, Employee.id == ChannelCandidate.employee_id)
        .where(ChannelCandidate.id.in_(piece))
        .order_by(ChannelCandidate.id)
    )
    found = db.session.execute(query).all()
    fresh = [record.employee_id for record, _, _ in found if record.reviewed_on is None]
    advice = advice_on(channel, fresh) if fresh else {}
    for record, number, name in found:
        row: dict[str, object] = {
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
            told = advice[record.employee_id]
            row["advice"] = str(PROSPECTS[prospect_of(told, channel.reckoned_on)])
            row["reasons"] = " ".join(str(reason.message) for reason in told.reasons)
        else:
            row["advice"] = str(PROSPECTS[KEPT[record.eligible]])
            row["reasons"] = " ".join(reason["text"] for reason in record.eligibility)
        yield row


def _standing(channel: ChannelRound) -> dict[str, tuple[ChannelCandidate, str]]:
    """The candidates and their names by number."""
    query = (
        select(Employee.number, ChannelCandidate, Employee.name)
        .join(ChannelCandidate, ChannelCandidate.employee_id == Employee.id)
        .where(ChannelCandidate.channel_id == channel.id)
    )
    return {number: (record, name) for number, record, name in db.session.execute(query)}


@dataclass(slots=True)
class _Comparing:
    """Rows held against the candidates there are."""

    channel: ChannelRound
    known: Mapping[str, tuple[ChannelCandidate, str]]
    spec: SheetSpec
    given: dict[int, ChannelOutcome] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        number, name = (str(row.values.get(key) or "") for key in ("number", "name"))
        findings, found = Findings(row, self.spec), self.known.get(number)
        if found is None:
            if number:
                message = "本次定向招聘的名单中没有编号为 %(number)s 的人员。请核对编号。"
                findings.add("number", msg(message, number=number[:24]))
            return findings.outcome(RowState.WRONG, number, name)
        record, known_as = found
        if name not in ("", known_as):
            findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=known_as))
        before = {key: getattr(record, key) for key in FIELDS}
        after = _merged(before, {key: row.values.get(key) for key in FIELDS})
        changed = [key for key in FIELDS if after[key] != before[key]]
        if not changed:
            return findings.outcome(RowState.UNCHANGED, number, known_as)
        given = ChannelOutcome(**after)
        try:
            check_outcome(record, given, self.channel)
        except Refused as refusal:
            findings.add(refusal.field or "", refusal.message)
        if not findings.wrongs:
            self.given[record.id], self.rows[record.id] = given, row
        changes = [self._change(key, before[key], after[key]) for key in changed]
        return findings.outcome(RowState.CHANGED, number, known_as, changes)

    def write(self, actor: Actor) -> None:
        """Record all results."""
        try:
            record_channel_results(actor, self.channel.id, self.given)
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
