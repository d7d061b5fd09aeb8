"""The people of a targeted recruitment: the list, one of them with every condition, and one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, near, visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.talent_pool import Condition, ConditionKind, Eligibility
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState
from careerpath.talent_pool.queries.channel_advice import KEPT, Prospect, advice_on, prospect_of, rules_of
from careerpath.talent_pool.queries.channels import Act, ChannelHead, channel_with_head
from careerpath.talent_pool.queries.words import CHANNEL_RESULTS
from careerpath.words import Message

RESULT_KINDS = {
    ChannelResult.APPLIED: "warning",
    ChannelResult.ADMITTED: "primary",
    ChannelResult.REJECTED: "danger",
    ChannelResult.HIRED: "success",
}
"""Colours of the pills; the others have none."""


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate in the list."""

    record: ChannelCandidate
    name: str
    number: str
    advice: Eligibility | None
    """What the rule says now; none once a review has kept it."""
    prospect: Prospect

    @property
    def result_word(self) -> Message:
        """Where they stand."""
        return CHANNEL_RESULTS[self.record.result]

    @property
    def result_kind(self) -> str:
        """The colour of that."""
        return RESULT_KINDS.get(self.record.result, "")


def candidate_lines(
    actor: Actor,
    channel: ChannelRound,
    *,
    result: ChannelResult | None = None,
    q: str = "",
    after: str | None = None,
    before: str | None = None,
) -> Page[CandidateLine]:
    """The candidates of a channel whom the actor may see, in the order they came in. Two queries, and six for facts."""
    query: Any = (
        visible(actor, ChannelCandidate, Permission.POOL_VIEW)
        .join(Employee, Employee.id == ChannelCandidate.employee_id)
        .where(ChannelCandidate.channel_id == channel.id)
        .add_columns(Employee.name, Employee.number)
    )
    if result is not None:
        query = query.where(ChannelCandidate.result == result)
    if q.strip():
        query = query.where(matches(q))
    keys = (SortKey(ChannelCandidate.id),)
    page = keyset_page(query, keys, lambda row: (row[0].id,), after=after, before=before)
    fresh = [row[0].employee_id for row in page.rows if row[0].reviewed_on is None]
    advice = advice_on(channel, fresh) if fresh else {}
    lines = []
    for record, name, number in page.rows:
        found = advice.get(record.employee_id)
        prospect = prospect_of(found, channel.reckoned_on) if found is not None else KEPT[record.eligible]
        lines.append(CandidateLine(record, name, number, found, prospect))
    return Page(lines, page.total, page.after, page.before)


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One candidate with the head of the channel."""

    head: ChannelHead
    record: ChannelCandidate
    name: str
    number: str
    line: CandidateLine
    advice: Eligibility
    """What the rule says of the person now, on the channel's day of reckoning."""
    conditions: Sequence[Condition]
    """The conditions in words that a person judges."""

    @property
    def may_review(self) -> bool:
        """Whether the actor may admit or reject them now."""
        return Act.REVIEW in self.head.may and self.record.result is not ChannelResult.WITHDRAWN

    @property
    def may_record(self) -> bool:
        """Whether the actor may record a result now."""
        passed = (ChannelResult.ADMITTED, ChannelResult.HIRED, ChannelResult.NOT_HIRED)
        return Act.RECORD in self.head.may and self.record.result in passed

    @property
    def may_withdraw(self) -> bool:
        """Whether the actor may take the name out now."""
        return Act.ADD in self.head.may and self.record.result is not ChannelResult.WITHDRAWN


def candidate_page(actor: Actor, candidate_id: int, permission: Permission = Permission.POOL_VIEW) -> CandidatePage:
    """One candidate of the actor's units, or ``NotFound``. Five queries, and six for facts."""
    record = fetch(actor, ChannelCandidate, candidate_id, permission)
    channel, head = channel_with_head(actor, record.channel_id, permission)
    person = db.session.get_one(Employee, record.employee_id)
    advice = advice_on(channel, [person.id], record.checked)[person.id]
    conditions = [
        one for one in head.edition.conditions if one.gate == channel.gate and one.kind is ConditionKind.CHECKED
    ]
    prospect = prospect_of(advice, channel.reckoned_on) if record.reviewed_on is None else KEPT[record.eligible]
    line = CandidateLine(record, person.name, person.number, advice, prospect)
    return CandidatePage(head, record, person.name, person.number, line, advice, conditions)


@dataclass(frozen=True, slots=True)
class Prospective:
    """Somebody who could be put in: what the rule says of them before they are."""

    employee_id: int
    name: str
    number: str
    advice: Eligibility
    prospect: Prospect


def prospective(actor: Actor, channel: ChannelRound, employee_id: int) -> Prospective:
    """What the rule says of one person of the actor's units, or ``NotFound``."""
    person = fetch(actor, Employee, employee_id, Permission.POOL_NOMINATE)
    advice = advice_on(channel, [person.id])[person.id]
    return Prospective(person.id, person.name, person.number, advice, prospect_of(advice, channel.reckoned_on))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A channel of the actor's district with people whose review, or whose result, is still open."""

    id: int
    name: str
    state: ChannelState
    closes_on: date
    count: int


def channels_waiting(actor: Actor) -> list[Waiting]:
    """The channels in which the actor has somebody to review or a result to record. One query."""
    open_cases = or_(
        and_(ChannelRound.state == ChannelState.OPEN, ChannelCandidate.result == ChannelResult.APPLIED),
        and_(ChannelRound.state == ChannelState.RESULTS, ChannelCandidate.result == ChannelResult.ADMITTED),
    )
    query = (
        select(ChannelRound.id, ChannelRound.name, ChannelRound.state, ChannelRound.closes_on, func.count())
        .join(ChannelCandidate, ChannelCandidate.channel_id == ChannelRound.id)
        .where(within(actor, ChannelRound.unit_id, Permission.POOL_DECIDE), open_cases)
        .group_by(ChannelRound.id, ChannelRound.name, ChannelRound.state, ChannelRound.closes_on)
        .order_by(ChannelRound.closes_on, ChannelRound.id)
    )
    return [Waiting(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class OwnChannel:
    """A channel as a worker sees it: what it is, whether they are in it, and what the rule says of them."""

    channel: ChannelRound
    gate: str
    advice: Eligibility
    prospect: Prospect
    record: ChannelCandidate | None
    open: bool
    """Whether names still come in."""

    @property
    def result_word(self) -> Message | None:
        """Where the own name stands."""
        return CHANNEL_RESULTS[self.record.result] if self.record is not None else None

    @property
    def may_apply(self) -> bool:
        """Whether the worker may put themselves in."""
        return self.open and (self.record is None or self.record.result is ChannelResult.WITHDRAWN)

    @property
    def may_withdraw(self) -> bool:
        """Whether the worker may take themselves out."""
        there = self.record is not None and self.record.result is not ChannelResult.WITHDRAWN
        return there and self.channel.state is ChannelState.OPEN


def own_channels(actor: Actor) -> tuple[OwnChannel, ...] | None:
    """The channels of the actor's district that are open, and those that they are in, newest first.

    None for an account without a file.
    """
    person = own_employee(actor)
    if person is None:
        return None
    query = select(ChannelCandidate).where(ChannelCandidate.employee_id == person.id)
    own: Mapping[int, ChannelCandidate] = {one.channel_id: one for one in db.session.scalars(query)}
    channels = db.session.scalars(
        select(ChannelRound)
        .where(
            near(actor, ChannelRound.unit_id, Permission.OWN_NOMINATE),
            (ChannelRound.state == ChannelState.OPEN) | ChannelRound.id.in_(sorted(own)),
        )
        .order_by(ChannelRound.id.desc())
    )
    today, found = clock.today(), []
    for channel in channels:
        record = own.get(channel.id)
        advice = advice_on(channel, [person.id], record.checked if record is not None else None)[person.id]
        is_open = channel.state is ChannelState.OPEN and today <= channel.closes_on
        gate = rules_of(channel).gate(channel.gate).name
        found.append(OwnChannel(channel, gate, advice, prospect_of(advice, channel.reckoned_on), record, is_open))
    return tuple(found)
