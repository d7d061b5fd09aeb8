"""What of a class or of a call for honours can be printed now, and for how many."""

from dataclasses import dataclass

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.honours.models import CallState
from careerpath.honours.queries.calls import CallHead, call_head
from careerpath.printing.queries.growth.classes import certified_ids
from careerpath.printing.queries.growth.honours import SHOWN, nominee_ids
from careerpath.training.models import ClassState
from careerpath.training.queries.classes import ClassHead, class_head


@dataclass(frozen=True, slots=True)
class ClassPapers:
    """A class, whether the reader's units hold it, and how many certificates there are."""

    head: ClassHead
    planned: bool
    cancelled: bool
    closed: bool
    held: bool
    certified: int


def class_page(actor: Actor, class_id: int) -> ClassPapers:
    """What of a class the actor may print; ``NotFound`` for one that they do not meet."""
    head = class_head(actor, class_id)
    state = head.record.state
    return ClassPapers(
        head,
        state is ClassState.PLANNED,
        state is ClassState.CANCELLED,
        state is ClassState.CLOSED,
        actor.can(Permission.TRAINING_VIEW, head.unit_path),
        len(certified_ids(actor, class_id)) if state is ClassState.CLOSED else 0,
    )


@dataclass(frozen=True, slots=True)
class CallPapers:
    """A call, which announcements are ready for the reader, and how many people are nominated."""

    head: CallHead
    planned: bool
    cancelled: bool
    publicity: bool
    decision: bool
    nominated: int


def call_page(actor: Actor, call_id: int) -> CallPapers:
    """What of a call the actor may print; ``NotFound`` for one that they do not meet."""
    head = call_head(actor, call_id)
    call = head.record
    decides = actor.can(Permission.HONOUR_DECIDE, head.unit_path)
    return CallPapers(
        head,
        call.state is CallState.PLANNED,
        call.state is CallState.CANCELLED,
        decides and call.state in SHOWN | {CallState.REVIEW},
        decides and call.state in SHOWN and not call.outside,
        len(nominee_ids(actor, call_id)),
    )
