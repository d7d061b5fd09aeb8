"""A file opened for change: what stands on its first page, telephone and address in full."""

from careerpath.access.actor import Actor
from careerpath.employees.operations.details import Details, details_of
from careerpath.employees.queries.person import PersonHead, person_head
from careerpath.words import NotFound


def editable_head(actor: Actor, employee_id: int) -> PersonHead:
    """The head of a file that the actor may change, or ``NotFound``."""
    head = person_head(actor, employee_id)
    if not head.may_edit:
        raise NotFound
    return head


def editable(actor: Actor, employee_id: int) -> tuple[PersonHead, Details]:
    """Head and first page of a file that the actor may change, or ``NotFound``."""
    head = editable_head(actor, employee_id)
    return head, details_of(head.record)
