"""What the papers of a change of level say, read from the proposals in two queries however many there are."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.core.db import db
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.queries.editions import scheme_of
from careerpath.pay.queries.proposals import ItemLine, item_lines
from careerpath.pay.queries.rounds import level_words
from careerpath.policy.codes import Sex
from careerpath.policy.edition import EditionHead
from careerpath.policy.pay import CAUSES, Cause, PayEdition, Way
from careerpath.words import NotFound

Home, Street = aliased(Unit), aliased(Unit)

OF_THE_LEVEL = frozenset({Way.LEVEL_TABLE, Way.COEFFICIENT, Way.PER_LEVEL})
"""Ways of finding an amount that look at the level: the paper names it beside the amount."""

RULES_OF = {
    Cause.TENURE: ("tenure", "uncounted"),
    Cause.EDUCATION: ("education",),
    Cause.CERTIFICATE: ("certificate",),
    Cause.EARLY: ("early",),
}
"""The reasons that tell of a cause by itself; for all others the whole way to the level is told."""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One component of a paper; ``levelled`` ones are paid by the level."""

    line: ItemLine
    levelled: bool


@dataclass(frozen=True, slots=True)
class ChangePaper:
    """One change of level as its papers tell it. Signers and days are empty until there are any."""

    proposal_id: int
    number: str
    unit_id: int
    community: str
    place: str
    name: str
    file_number: str
    sex: str
    born_on: date
    joined_work_on: date | None
    joined_on: date
    title: str
    head: EditionHead
    items: tuple[PaperItem, ...]
    before: str
    before_since: date | None
    before_monthly: Decimal | None
    after: str
    after_monthly: Decimal
    starts_on: date
    cause: str
    reason: str
    documents: str
    backdated: bool
    street_opinion: str
    street_by: str
    street_on: date | None
    district_opinion: str
    decided_by: str
    decided_on: date | None
    document: str
    check_code: str

    @property
    def unofficial(self) -> bool:
        """Whether the amounts were made up."""
        return self.head.example


def paper_ids(
    actor: Actor, *, round_id: int | None = None, path: str = "", numbers: Sequence[str] = (), year: int | None = None
) -> list[int]:
    """The proposals that the actor may print, in roster order; withheld ones are left out.

    Of a round, of the units below ``path``, of the people with these file numbers, that begin in a year.
    """
    one = PlacementProposal
    query = select(one.id).where(within(actor, one.unit_id, Permission.PAY_VIEW), one.state != ProposalState.WITHHELD)
    if round_id is not None:
        query = query.where(one.round_id == round_id)
    if path:
        query = query.where(below(one.unit_id, path))
    if numbers:
        query = query.where(one.employee_id.in_(select(Employee.id).where(Employee.number.in_(numbers))))
    if year is not None:
        query = query.where(one.starts_on >= date(year, 1, 1), one.starts_on <= date(year, 12, 31))
    return list(db.session.scalars(query.order_by(one.round_id, one.roster_order)))


def paper_places(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The same ids by community, in roster order: ``{"name": …, "ids": […]}``."""
    rows = db.session.execute(
        select(PlacementProposal.id, PlacementProposal.unit_id, Home.short_name)
        .join(Home, Home.id == PlacementProposal.unit_id)
        .where(PlacementProposal.id.in_(ids))
        .order_by(PlacementProposal.round_id, PlacementProposal.roster_order)
    )
    found: dict[int, dict[str, Any]] = {}
    for proposal_id, unit_id, name in rows:
        found.setdefault(unit_id, {"name": name, "ids": []})["ids"].append(proposal_id)
    return list(found.values())


def change_papers(actor: Actor, ids: Sequence[int]) -> list[ChangePaper]:
    """The papers of some proposals in roster order, as far as the actor may see them."""
    query = _papers().where(
        PlacementProposal.id.in_(ids), within(actor, PlacementProposal.unit_id, Permission.PAY_VIEW)
    )
    rows = db.session.execute(query.order_by(PlacementProposal.round_id, PlacementProposal.roster_order)).all()
    schemes: dict[int, PayEdition] = {}
    found = []
    for one, person, round_, home, street in rows:
        edition = schemes.get(round_.id) or schemes.setdefault(round_.id, scheme_of(round_.edition))
        found.append(_paper(one, person, round_, home, street, edition))
    return found


def change_check(actor: Actor, number: str) -> tuple[int, str]:
    """The proposal behind the number at a paper's foot and the code it would carry now, or ``NotFound``."""
    prefix, _, rest = number.strip().partition("-")
    proposal_id = whole_number(rest.rpartition("-")[2].lstrip("0")) if prefix == PREFIX else None
    query = _papers().where(
        PlacementProposal.id == (proposal_id or 0), within(actor, PlacementProposal.unit_id, Permission.PAY_VIEW)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    one, person = row[0], row[1]
    if _number(one, row[2]) != number.strip():
        raise NotFound
    return one.id, _code(one, person)


PREFIX = "GZ"
"""How the numbers of these papers begin."""


def _papers() -> Select[PlacementProposal, Employee, PlacementRound, str, str]:
    return (
        select(PlacementProposal, Employee, PlacementRound, Home.short_name, Street.short_name)
        .join(PlacementRound, PlacementRound.id == PlacementProposal.round_id)
        .join(Employee, Employee.id == PlacementProposal.employee_id)
        .join(Home, Home.id == PlacementProposal.unit_id)
        .join(Street, Street.id == PlacementRound.unit_id)
    )


def _paper(
    one: PlacementProposal, person: Employee, round_: PlacementRound, home: str, street: str, edition: PayEdition
) -> ChangePaper:
    levelled = {component.name for component in edition.components if component.way in OF_THE_LEVEL}
    before, after = level_words(one.before_tier, one.before_level), level_words(one.after_tier, one.after_level)
    decided = one.state is ProposalState.APPROVED
    sent = one.state in (ProposalState.SUBMITTED, ProposalState.APPROVED)
    done_on = one.decided_on or round_.generated_at.date()
    return ChangePaper(
        proposal_id=one.id,
        number=_number(one, round_),
        unit_id=one.unit_id,
        community=home,
        place=home if home == street else f"{street}{home}",
        name=person.name,
        file_number=person.number,
        sex=next((each.zh for each in Sex if each.value == person.sex), ""),
        born_on=person.born_on,
        joined_work_on=person.joined_work_on,
        joined_on=person.joined_community_on,
        title=one.title,
        head=edition.head,
        items=tuple(PaperItem(line, line.name in levelled) for line in item_lines(one.before_items, one.after_items)),
        before="" if before is None else str(before),
        before_since=one.before_since,
        before_monthly=one.before_monthly,
        after=str(after),
        after_monthly=one.after_monthly,
        starts_on=one.starts_on,
        cause=str(CAUSES[one.cause]),
        reason=_reason(one),
        documents="；".join(dict.fromkeys(reason["document"] for reason in _told(one) if reason["document"])),
        backdated=one.starts_on < done_on.replace(day=1),
        street_opinion=one.note if sent else "",
        street_by=one.street_by if sent else "",
        street_on=one.street_on if sent else None,
        district_opinion=one.comment if decided else "",
        decided_by=one.decided_by if decided else "",
        decided_on=one.decided_on if decided else None,
        document=one.document,
        check_code=_code(one, person),
    )


def _told(one: PlacementProposal) -> list[Mapping[str, Any]]:
    wanted = RULES_OF.get(one.cause)
    found = [each for each in one.because if wanted and each["rule"].rsplit(".", 1)[-1] in wanted]
    return found or list(one.because)


def _reason(one: PlacementProposal) -> str:
    return f"{CAUSES[one.cause]}：" + "".join(each["text"] for each in _told(one))


def _number(one: PlacementProposal, round_: PlacementRound) -> str:
    return f"{PREFIX}-{round_.on.year}-{one.id:06d}"


def _code(one: PlacementProposal, person: Employee) -> str:
    """Another one as soon as anything that the paper decides has changed."""
    said = (person.number, one.state.value, one.before_level, one.after_tier, one.after_level, one.starts_on)
    more = (one.before_monthly, one.after_monthly, one.note, one.comment, one.document)
    key = str(current_app.config["SECRET_KEY"]).encode()
    text = "\n".join(str(each) for each in (PREFIX, one.id, *said, *more))
    digest = hmac.new(key, text.encode(), hashlib.sha256).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
