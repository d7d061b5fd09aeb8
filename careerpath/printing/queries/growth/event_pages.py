"""What of a class or of a call for honours can be printed now, and for how many."""

from dataclasses import dataclass

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.honours.models import CallState
from careerpath.honours.queries.reach import near_call
from careerpath.printing.queries.growth.classes import certified_ids
from careerpath.printing.queries.growth.honours import SHOWN, nominee_ids
from careerpath.training.models import ClassState
from careerpath.training.queries.reach import near_class


@dataclass(frozen=True, slots=True)
class ClassPapers:
    """A class, whether the reader's units hold it, and how many certificates there are."""

    id: int
    name: str
    planned: bool
    cancelled: bool
    closed: bool
    held: bool
    certified: int


def class_page(actor: Actor, class_id: int) -> ClassPapers:
    """What of a class the actor may print. Three queries; ``NotFound`` for one that they do not meet."""
    found = near_class(actor, class_id, Permission.TRAINING_VIEW)
    path = db.session.get_one(Unit, found.unit_id).path
    closed = found.state is ClassState.CLOSED
    return ClassPapers(
        found.id,
        found.name,
        found.state is ClassState.PLANNED,
        found.state is ClassState.CANCELLED,
        closed,
        actor.can(Permission.TRAINING_VIEW, path),
        len(certified_ids(actor, found.id)) if closed else 0,
    )


@dataclass(frozen=True, slots=True)
class CallPapers:
    """A call, which announcements are ready for the reader, and how many people are nominated."""

    id: int
    name: str
    planned: bool
    cancelled: bool
    publicity: bool
    decision: bool
    nominated: int


def call_page(actor: Actor, call_id: int) -> CallPapers:
    """What of a call the actor may print. Four queries; ``NotFound`` for one that they do not meet."""
    call = near_call(actor, call_id, Permission.HONOUR_VIEW)
    decides = actor.can(Permission.HONOUR_DECIDE, db.session.get_one(Unit, call.unit_id).path)
    return CallPapers(
        call.id,
        call.name,
        call.state is CallState.PLANNED,
        call.state is CallState.CANCELLED,
        decides and call.state in SHOWN | {CallState.REVIEW},
        decides and call.state in SHOWN and not call.outside,
        len(nominee_ids(actor, call.id)),
    )
