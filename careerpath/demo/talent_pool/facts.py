"""Whom the rules admit on a day, as the files say: asked of all of the plan's people at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.demo.office import Office
from careerpath.demo.people import Person
from careerpath.policy.codes import Post as Level
from careerpath.policy.talent_pool import Eligibility, TalentPoolEdition, check_gate
from careerpath.talent_pool.models import PoolEntry, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.queries.facts import persons


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those whom a gate admits on a day, and those whom it does not with what is missing, in order of the plan."""

    admitted: tuple[Person, ...]
    refused: tuple[tuple[Person, str], ...]


def candidates(
    office: Office, edition: TalentPoolEdition, gate: str, on: date, *, beginners: bool = False
) -> Candidates:
    """Who could stand on a day: in service until today, no secretary, not in the pool for the rung yet.

    ``beginners``: only those who hold no post above staff, and who stand in no open selection.
    """
    town = office.town
    rung = edition.gate(gate).rung
    pool = set(
        db.session.scalars(select(PoolEntry.employee_id).where(PoolEntry.rung == rung, PoolEntry.left_on.is_(None)))
    )
    if beginners:
        pool |= _standing()
    people = [
        person
        for person in town.people
        if person.key in office.files
        and office.files[person.key] not in pool
        and person.level_on(on) is not Level.CHIEF
        and not (beginners and (person.level is not Level.STAFF or person.compound_on))
        and (town.is_small or person.post in town.main)
    ]
    found = checked(office, edition, gate, people, on)
    admitted = tuple(person for person in people if found[person.key].eligible)
    refused = tuple((person, found[person.key].missing[0]) for person in people if found[person.key].eligible is False)
    return Candidates(admitted, refused)


def checked(
    office: Office, edition: TalentPoolEdition, gate: str, people: Collection[Person], on: date
) -> dict[int, Eligibility]:
    """What the rules say of people at a gate on a day, by the key of the plan."""
    facts = persons([office.files[person.key] for person in people], edition)
    return {person.key: check_gate(edition, gate, facts[office.files[person.key]], on) for person in people}


def _standing() -> set[int]:
    """The files of everybody who stands in a selection that is under way."""
    over = (SelectionState.CONCLUDED, SelectionState.CANCELLED)
    query = (
        select(SelectionEntrant.employee_id)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .where(Selection.state.not_in(over))
    )
    return set(db.session.scalars(query))
