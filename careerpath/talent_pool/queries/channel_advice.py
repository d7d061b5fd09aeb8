"""What the rule says of people at the gate of a channel: one by one, and of everybody of the district with days."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.homes import homes_of
from careerpath.policy.employment import add_months
from careerpath.policy.talent_pool import ConditionKind, Eligibility, Item, TalentPoolEdition, check_gate
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.rules import frozen_rules
from careerpath.words import Message, msg

ALMOST_MONTHS = 12
"""Who meets everything within so many months after the day of reckoning is almost there."""


class Prospect(StrEnum):
    """How somebody stands to the conditions, in the order of the list."""

    ELIGIBLE = "eligible"
    ALMOST = "almost"
    UNKNOWN = "unknown"
    """A fact that would decide is missing in the file."""
    NOT = "not"


PROSPECTS: dict[Prospect, Message] = {
    Prospect.ELIGIBLE: msg("符合"),
    Prospect.ALMOST: msg("一年内可符合"),
    Prospect.UNKNOWN: msg("资料不全"),
    Prospect.NOT: msg("不符合"),
}
PROSPECT_KINDS: dict[Prospect, str] = {
    Prospect.ELIGIBLE: "success",
    Prospect.ALMOST: "primary",
    Prospect.UNKNOWN: "warning",
    Prospect.NOT: "",
}
KEPT: dict[bool | None, Prospect] = {True: Prospect.ELIGIBLE, False: Prospect.NOT, None: Prospect.UNKNOWN}
"""How somebody stood by what a review kept of the advice."""

_ORDER = tuple(Prospect)


def rules_of(channel: ChannelRound) -> TalentPoolEdition:
    """The rules of a channel: frozen once it is announced."""
    return frozen_rules(channel.edition, channel.edition_key)


def advice_on(
    channel: ChannelRound,
    employee_ids: Iterable[int] | Select[int],
    checked: Mapping[str, bool] | None = None,
) -> dict[int, Eligibility]:
    """The advice on some people on the channel's day of reckoning, by id; a query of ids does as well. Six queries."""
    edition = rules_of(channel)
    return {
        employee_id: check_gate(edition, channel.gate, replace(one, checked=checked or {}), channel.reckoned_on)
        for employee_id, one in persons(employee_ids, edition).items()
    }


def names_of(employee_ids: Iterable[int]) -> dict[int, str]:
    """The names of some people by id, whoever asks. One query."""
    query = select(Employee.id, Employee.name).where(Employee.id.in_(sorted(set(employee_ids))))
    return {employee_id: name for employee_id, name in db.session.execute(query)}


def prospect_of(advice: Eligibility, on: date) -> Prospect:
    """How somebody stands, by the advice on a day of reckoning."""
    if advice.eligible is not False:
        return Prospect.ELIGIBLE if advice.eligible else Prospect.UNKNOWN
    day = advice.eligible_on
    return Prospect.ALMOST if day is not None and day <= add_months(on, ALMOST_MONTHS) else Prospect.NOT


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One person of the district against the conditions."""

    employee_id: int
    name: str
    number: str
    home: str
    prospect: Prospect
    advice: Eligibility
    candidate_id: int | None
    """Their entry in the channel, if they are in it."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The checklist."""
        return self.advice.items

    @property
    def eligible_on(self) -> date | None:
        """The day on which everything that only needs time is met, or was for who is eligible."""
        if self.prospect is not Prospect.ELIGIBLE:
            return self.advice.eligible_on
        return max((item.met_on for item in self.advice.items if item.met_on is not None), default=None)


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """The district against the conditions of a channel."""

    page: Page[AdviceLine]
    counts: Mapping[Prospect, int]
    """Of those who ever held such a post."""
    others: int
    """People in service who never held a post that the conditions ask for: they are not listed."""


def advice_page(
    actor: Actor,
    channel: ChannelRound,
    *,
    prospect: Prospect | None = None,
    q: str = "",
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> AdvicePage:
    """Everybody in service below the channel's district whom the actor may see, the eligible first.

    Those almost there follow by the day on which they are. Eleven queries, however many people.
    """
    found = _Found.of(actor, channel)
    total = db.session.scalar(select(func.count()).select_from(found.serving.subquery())) or 0
    text = q.strip().casefold()
    wanted = [
        one
        for one in found.order
        if (prospect is None or found.standing[one] is prospect)
        and (not text or text in found.people[one].name.casefold() or found.people[one].number.casefold() == text)
    ]
    cut = listed_page(wanted, found.key, after=after, before=before, size=size)
    page = Page(found.lines(channel, cut.rows), cut.total, cut.after, cut.before)
    return AdvicePage(page, Counter(found.standing.values()), total - len(found.people))


def advice_lines(actor: Actor, channel: ChannelRound) -> list[AdviceLine]:
    """All of them in the same order. Ten queries, however many people."""
    found = _Found.of(actor, channel)
    return found.lines(channel, found.order)


@dataclass(frozen=True, slots=True)
class _Found:
    """The people of a district who ever held a post that the conditions count, against these."""

    serving: Select[int]
    """Everybody in service there."""
    people: Mapping[int, Any]
    advice: Mapping[int, Eligibility]
    standing: Mapping[int, Prospect]
    order: Sequence[int]

    @classmethod
    def of(cls, actor: Actor, channel: ChannelRound) -> "_Found":
        listed, serving = _asked(actor, channel)
        columns = (Employee.id, Employee.name, Employee.number)
        people = {row.id: row for row in db.session.execute(listed.with_only_columns(*columns))}
        advice = advice_on(channel, listed)
        standing = {one: prospect_of(advice[one], channel.reckoned_on) for one in people}
        found = cls(serving, people, advice, standing, [])
        return replace(found, order=sorted(people, key=found.key))

    def key(self, employee_id: int) -> str:
        """Somebody's place in the list: by prospect, then by the day on which they are eligible, then by number."""
        day = self.advice[employee_id].eligible_on or ""
        return f"{_ORDER.index(self.standing[employee_id])} {day} {self.people[employee_id].number}"

    def lines(self, channel: ChannelRound, ids: Sequence[int]) -> list[AdviceLine]:
        """The lines of some of them, in this order."""
        homes, inside = homes_of(ids, clock.today()), _inside(channel, ids)
        return [
            AdviceLine(
                employee_id=one,
                name=self.people[one].name,
                number=self.people[one].number,
                home=homes[one].name,
                prospect=self.standing[one],
                advice=self.advice[one],
                candidate_id=inside.get(one),
            )
            for one in ids
        ]


def _asked(actor: Actor, channel: ChannelRound) -> tuple[Select[int], Select[int]]:
    """The ids of those to be listed, and of everybody in service there."""
    today = clock.today()
    area = db.session.get_one(Unit, channel.unit_id).path
    serving = select(Employee.id).where(
        within(actor, Employee.unit_id, Permission.POOL_VIEW),
        below(Employee.unit_id, area),
        or_(Employee.left_on.is_(None), Employee.left_on >= today),
        Employee.joined_community_on <= today,
    )
    held = _held_posts(rules_of(channel), channel.gate)
    if held is None:
        return serving, serving
    posts = select(Posting.employee_id).where(Posting.superseded_at.is_(None), held)
    return serving.where(Employee.id.in_(posts)), serving


def _held_posts(edition: TalentPoolEdition, gate: str) -> ColumnElement[bool] | None:
    """The filter "a post that some condition of the gate counts"; ``None`` where there is no such condition."""
    rules = [one for one in edition.conditions if one.gate == gate and one.kind is ConditionKind.POST]
    if not rules or any(not one.posts for one in rules):
        return None
    return Posting.post.in_(sorted({post.value for one in rules for post in one.posts}))


def _inside(channel: ChannelRound, ids: Sequence[int]) -> dict[int, int]:
    query = select(ChannelCandidate.employee_id, ChannelCandidate.id).where(
        ChannelCandidate.channel_id == channel.id,
        ChannelCandidate.employee_id.in_(ids),
        ChannelCandidate.result != ChannelResult.WITHDRAWN,
    )
    return {employee_id: candidate_id for employee_id, candidate_id in db.session.execute(query)}
