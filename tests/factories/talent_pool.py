"""Selections of any state, entrants, reserves, promotions and channels, written down directly for what comes after."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.policy.edition import to_plain
from careerpath.talent_pool.models import (
    ChannelCandidate,
    ChannelRound,
    ChannelState,
    DevelopmentTask,
    EntrantState,
    Nomination,
    PoolEntry,
    Promotion,
    PromotionState,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
    StagePoints,
    TaskKind,
)
from careerpath.talent_pool.queries.rules import rules_named

RULES = "feixian-pool-2016"
CHANNEL_RULES = "jixi-2021"
NOW = datetime(2025, 12, 1, 8, tzinfo=UTC)
_serials = count(1)


def make_selection(unit: Unit, state: SelectionState = SelectionState.NOMINATION, **changes: Any) -> Selection:
    """A selection of a district for secretaries' reserves; beyond planning its rules are frozen."""
    serial = next(_serials)
    planned = state is SelectionState.PLANNED
    given: dict[str, Any] = {
        "name": f"2025年后备人才竞岗（{serial}）",
        "year": 2025,
        "gate": "reserve_secretary",
        "edition_key": RULES,
        "document": "" if planned else "费社工发〔2025〕21号",
        "reckoned_on": date(2025, 12, 1),
        "announced_on": None if planned else date(2025, 12, 1),
        "closes_on": date(2025, 12, 10),
        "held_on": date(2025, 12, 20),
    }
    edition = None if planned else to_plain(rules_named(changes.get("edition_key", RULES)))
    with writing() as session:
        selection = Selection(unit_id=unit.id, state=state, edition=edition, **(given | changes))
        session.add(selection)
    return selection


def make_places(selection: Selection, unit: Unit, places: int = 1) -> SelectionPlaces:
    """Places for a community."""
    with writing() as session:
        record = SelectionPlaces(selection_id=selection.id, unit_id=unit.id, places=places)
        session.add(record)
    return record


def make_entrant(
    selection: Selection, employee: Employee, unit: Unit, state: EntrantState = EntrantState.ADMITTED, **changes: Any
) -> SelectionEntrant:
    """Somebody nominated by the street for a unit's reserve."""
    given: dict[str, Any] = {
        "home_name": "费城街道 东关社区 社区工作者",
        "nomination": Nomination.ORGANISATION,
        "nominated_by": "费城街道党工委",
        "statement": "工作踏实，群众认可。",
        "nominated_on": date(2025, 12, 2),
    }
    with writing() as session:
        entrant = SelectionEntrant(
            selection_id=selection.id, employee_id=employee.id, unit_id=unit.id, state=state, **(given | changes)
        )
        session.add(entrant)
    return entrant


def make_points(entrant: SelectionEntrant, stage: str, points: str) -> StagePoints:
    """The points of a stage."""
    with writing() as session:
        record = StagePoints(entrant_id=entrant.id, stage=stage, points=Decimal(points), by="区级经办", at=NOW)
        session.add(record)
    return record


def make_entry(employee: Employee, unit: Unit, **changes: Any) -> PoolEntry:
    """Somebody in the pool as a secretary's reserve of a community."""
    given: dict[str, Any] = {"rung": "secretary", "edition_key": RULES, "entered_on": date(2024, 12, 1)}
    with writing() as session:
        entry = PoolEntry(employee_id=employee.id, unit_id=unit.id, **(given | changes))
        session.add(entry)
    return entry


def make_task(entry: PoolEntry, **changes: Any) -> DevelopmentTask:
    """Something that a reserve is to do."""
    given: dict[str, Any] = {"kind": TaskKind.PRACTICE, "text": "牵头老旧小区改造协商", "due_on": date(2026, 6, 30)}
    with writing() as session:
        task = DevelopmentTask(entry_id=entry.id, **(given | changes))
        session.add(task)
    return task


def make_promotion(
    employee: Employee, unit: Unit, state: PromotionState = PromotionState.PROPOSED, **changes: Any
) -> Promotion:
    """Somebody proposed as the secretary of a community."""
    given: dict[str, Any] = {
        "rung": "secretary",
        "edition": to_plain(rules_named(RULES)),
        "post": "chief",
        "title": "社区党组织书记",
        "party_role": "党组织书记",
        "former_post": "费城街道 东关社区 社区工作者",
        "reason": "工作需要。",
        "proposed_on": date(2025, 12, 1),
    }
    with writing() as session:
        promotion = Promotion(employee_id=employee.id, unit_id=unit.id, state=state, **(given | changes))
        session.add(promotion)
    return promotion


def make_channel(unit: Unit, state: ChannelState = ChannelState.OPEN, **changes: Any) -> ChannelRound:
    """A targeted recruitment of a district."""
    serial = next(_serials)
    planned = state is ChannelState.PLANNED
    given: dict[str, Any] = {
        "name": f"2025年面向社区工作者招聘事业编制人员（{serial}）",
        "year": 2025,
        "gate": "institution",
        "edition_key": CHANNEL_RULES,
        "document": "" if planned else "人社发〔2025〕3号",
        "places": 2,
        "reckoned_on": date(2025, 12, 1),
        "closes_on": date(2025, 12, 10),
    }
    edition = None if planned else to_plain(rules_named(changes.get("edition_key", CHANNEL_RULES)))
    with writing() as session:
        channel = ChannelRound(unit_id=unit.id, state=state, edition=edition, **(given | changes))
        session.add(channel)
    return channel


def make_channel_candidate(channel: ChannelRound, employee: Employee, unit: Unit, **changes: Any) -> ChannelCandidate:
    """Somebody in a targeted recruitment."""
    given: dict[str, Any] = {"home_name": "费城街道 东关社区 社区党组织书记"}
    with writing() as session:
        candidate = ChannelCandidate(
            channel_id=channel.id, employee_id=employee.id, unit_id=unit.id, **(given | changes)
        )
        session.add(candidate)
    return candidate
