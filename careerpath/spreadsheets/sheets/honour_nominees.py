"""The people of a call for honours: nominations in, and out with what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.operations.nominations import (
    NomineeChange,
    NomineeGiven,
    change_nominee,
    nominate_many_for_honour,
)
from careerpath.honours.operations.steps import check_state
from careerpath.honours.queries.calls import CallHead, call_head
from careerpath.honours.queries.concerns import concerns_of, is_grave
from careerpath.honours.queries.nominees import RANK, shown_state
from careerpath.honours.queries.reach import near_call
from careerpath.honours.queries.words import CALL_STATES
from careerpath.honours.sheets.nominees import NOMINEES_SPEC
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.queries.calls import call_named
from careerpath.spreadsheets.sheets.batches import change
from careerpath.spreadsheets.sheets.desk import (
    Comparison,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
)
from careerpath.spreadsheets.sheets.numbered import people_of, person_of, pieces_of
from careerpath.spreadsheets.sheets.one_thing import OneThingDesk
from careerpath.words import Message, Refused, Unmet, msg

FIELDS = ("nominated_by", "merits", "reason")


class NomineesDesk(OneThingDesk):
    """The people of a call, which the file names above the headings."""

    key, field, thing = "call_id", "call", msg("评选")

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return NOMINEES_SPEC

    def met(self, actor: Actor, about: About) -> HonourCall:
        """The one that was chosen, or ``NotFound``."""
        return _met(actor, about.call_id)

    def named(self, actor: Actor, name: str) -> HonourCall:
        """The one of a name. Raises ``Refused``."""
        return call_named(actor, name, Permission.HONOUR_NOMINATE)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the number of the person. Four queries, and one for each 500 rows."""
        call = near_call(actor, about.call_id or 0, Permission.HONOUR_NOMINATE)
        check_state(call, CallState.NOMINATION)
        if clock.today() > call.closes_on:
            raise Refused(msg("“%(name)s”已于 %(day)s 截止推荐。", name=call.name, day=call.closes_on), field="call")
        people = people_of(actor, read, Permission.HONOUR_NOMINATE)
        kept = select(HonourNominee).where(HonourNominee.call_id == call.id)
        concerns = concerns_of(call, [one.id for one in people.values()], clock.today())
        comparing = _Comparing(
            call,
            spec,
            people,
            {one.employee_id: one for one in db.session.scalars(kept)},
            {one for one, found in concerns.items() if is_grave(found)},
        )
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Nominations are not taken from under a call that is being judged, or over."""
        call = db.session.get(HonourCall, about.call_id)
        if call is None or call.state is CallState.NOMINATION:
            return None
        message = "“%(name)s”已进入“%(state)s”阶段，这次导入不能再撤销。"
        return msg(message, name=call.name, state=CALL_STATES[call.state])

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those whom the actor may see."""
        if wish.call_id is None:
            raise Refused(msg("请选择评选。"), field="call")
        head, nominee = call_head(actor, wish.call_id), HonourNominee
        conditions = [nominee.call_id == head.id, within(actor, nominee.unit_id, Permission.HONOUR_VIEW)]
        if wish.unit_id is not None:
            path = fetch_unit(actor, wish.unit_id, Permission.HONOUR_VIEW).path
            conditions.append(below(nominee.unit_id, path))
        order = (nominee.id,) if head.masked else (RANK, nominee.id)
        ids = db.session.scalars(select(nominee.id).where(*conditions).order_by(*order)).all()
        if not ids:
            raise Refused(msg("“%(name)s”没有可以导出的人选。", name=head.record.name), field="call")

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return _export_rows(head, piece)

        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        title = f"{head.record.name}人选"
        return Export(NOMINEES_SPEC, title, notes, pieces_of(ids), rows, self.line(actor, wish.about))


def _met(actor: Actor, call_id: int | None) -> HonourCall:
    return near_call(actor, call_id or 0, Permission.HONOUR_VIEW)


def _export_rows(head: CallHead, piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(HonourNominee, Employee.number, Employee.name)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .where(HonourNominee.id.in_(piece))
    )
    found = {record.id: (record, number, name) for record, number, name in db.session.execute(query)}
    for one in piece:
        record, number, name = found[one]
        yield {
            "number": number,
            "name": name,
            "home": record.home_name,
            "nominated_by": record.nominated_by,
            "merits": record.merits,
            "reason": None if head.masked else record.reason or None,
            "nominated_on": record.nominated_on,
            "state": shown_state(record, head.masked),
            "rank": None if head.masked else record.rank,
            "votes": None if head.masked else record.votes,
        }


@dataclass(slots=True)
class _Comparing:
    """Rows held against the nominees there are."""

    call: HonourCall
    spec: SheetSpec
    people: dict[str, Employee]
    kept: Mapping[int, HonourNominee]
    grave: set[int]
    """People whose file asks for a reason."""
    given: dict[int, tuple[Row, NomineeGiven]] = field(default_factory=dict)
    """New ones by person."""
    changed: list[tuple[Row, HonourNominee, NomineeChange]] = field(default_factory=list)

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings = Findings(row, self.spec)
        number = str(row.values.get("number") or "")
        person = person_of(row, findings, self.people)
        if person is None:
            return findings.outcome(RowState.WRONG, number, number)
        nominee = self.kept.get(person.id)
        standing = nominee if nominee is not None and nominee.state is not NomineeState.WITHDRAWN else None
        before = {key: getattr(standing, key) if standing is not None else "" for key in FIELDS}
        after = {key: str(row.values.get(key) or before[key]) for key in FIELDS}
        different = [key for key in FIELDS if after[key] != before[key]]
        if standing is not None and not different:
            return findings.outcome(RowState.UNCHANGED, number, person.name)
        if not after["merits"]:
            findings.add("merits", msg("请填写主要事迹。"))
        if person.id in self.grave and not after["reason"]:
            findings.add("reason", msg("档案中有需要说明的情况，仍要推荐的请写明理由。"))
        if standing is None:
            self.given[person.id] = row, NomineeGiven(employee_id=person.id, **after)
        else:
            self.changed.append((row, standing, NomineeChange(**after)))
        changes = [change(self.spec.column(key), before[key] or None, after[key]) for key in different]
        state = RowState.NEW if standing is None else RowState.CHANGED
        return findings.outcome(state, number, person.name, changes)

    def write(self, actor: Actor) -> None:
        """Nominate all, and keep what is said anew of those who stand there."""
        rows = list(self.given.values())
        if rows:
            try:
                nominate_many_for_honour(actor, self.call.id, [given for _, given in rows])
            except Refused as refused:
                at = whole_number((refused.field or "").partition(".")[0])
                row = self.given[at][0] if at in self.given else rows[0][0] if len(rows) == 1 else None
                if row is None:
                    raise
                raise RowFault(row.number, str(row.values.get("name") or ""), refused) from refused
        for row, nominee, given in self.changed:
            try:
                change_nominee(actor, nominee.id, given, nominee.version)
            except Unmet as unmet:
                raise RowFault(row.number, str(row.values.get("name") or ""), unmet) from unmet
