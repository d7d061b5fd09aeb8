"""Operations of the demo's talent pool: many of the office's own held together in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.talent_pool.operations.appointments import ElectionGiven, appoint_promotions, record_elections
from careerpath.talent_pool.operations.cadre import CadreGiven, keep_cadre_sheet
from careerpath.talent_pool.operations.channels import apply_to_channel
from careerpath.talent_pool.operations.development import TaskGiven, add_task, finish_task
from careerpath.talent_pool.operations.nominations import nominate_colleague, nominate_oneself
from careerpath.talent_pool.operations.promotions import PromotionGiven, propose_promotion, submit_promotion


@dataclass(frozen=True, slots=True)
class OwnNomination:
    """Somebody who puts themselves forward in a selection, for a unit."""

    actor: Actor
    selection_id: int
    statement: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class PeersNomination:
    """Somebody who puts a colleague forward in a selection with the names of others."""

    actor: Actor
    selection_id: int
    employee_number: str
    statement: str
    supporters: int


@operation(Permission.OWN_NOMINATE)
def nominate_themselves(actor: Actor, given: Sequence[OwnNomination]) -> list[int]:
    """Let many people put themselves forward; gives the ids in order."""
    return [nominate_oneself(one.actor, one.selection_id, one.statement, one.unit_id) for one in given]


@operation(Permission.OWN_NOMINATE)
def nominate_colleagues(actor: Actor, given: Sequence[PeersNomination]) -> list[int]:
    """Let many people put colleagues forward; gives the ids in order."""
    return [
        nominate_colleague(one.actor, one.selection_id, one.employee_number, one.statement, one.supporters)
        for one in given
    ]


@operation(Permission.OWN_NOMINATE)
def apply_themselves(actor: Actor, given: Sequence[tuple[Actor, int]]) -> list[int]:
    """Let many people apply, each to a targeted recruitment by its id; gives the ids in order."""
    return [apply_to_channel(own, channel_id) for own, channel_id in given]


@operation(Permission.POOL_NOMINATE)
def add_tasks(actor: Actor, given: Sequence[tuple[int, TaskGiven]]) -> list[int]:
    """Give many reserves something to do; gives the ids in order."""
    return [add_task(actor, entry_id, task) for entry_id, task in given]


@operation(Permission.POOL_NOMINATE)
def finish_tasks(actor: Actor, given: Sequence[tuple[int, date, str]]) -> None:
    """Record of many tasks when they were done and what came of them."""
    for task_id, done_on, result in given:
        finish_task(actor, task_id, done_on, result)


@operation(Permission.POOL_NOMINATE)
def propose_promotions(actor: Actor, given: Sequence[tuple[PromotionGiven, str]]) -> list[int]:
    """Propose many people and submit those with an opinion; gives the ids in order."""
    ids = []
    for proposal, opinion in given:
        promotion_id = propose_promotion(actor, proposal)
        if opinion:
            submit_promotion(actor, promotion_id, opinion)
        ids.append(promotion_id)
    return ids


@operation(Permission.POOL_DECIDE)
def take_up_posts(actor: Actor, appointed: Sequence[int], elected: Mapping[int, ElectionGiven], on: date) -> None:
    """Appoint the ones and record the elections of the others, all from one day on."""
    if appointed:
        appoint_promotions(actor, appointed, on)
    if elected:
        record_elections(actor, elected)


@operation(Permission.EMPLOYEE_EDIT)
def keep_cadre_sheets(actor: Actor, given: Sequence[tuple[int, CadreGiven]]) -> None:
    """Keep the further particulars of many people who had none."""
    for employee_id, particulars in given:
        keep_cadre_sheet(actor, employee_id, particulars, 0)
