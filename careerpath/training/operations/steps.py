"""Steps that all files of this room take: a class in the right state, texts and reasons that are sound."""

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import own_employee
from careerpath.training.models import ClassState, TrainingClass
from careerpath.training.queries.words import CLASS_STATES
from careerpath.words import Refused, msg


def class_in(actor: Actor, class_id: int, *states: ClassState) -> TrainingClass:
    """A class that the actor holds, locked until the commit. Raises ``Refused`` in another state than these."""
    found = fetch(actor, TrainingClass, class_id, Permission.TRAINING_HOLD, lock=True)
    check_state(found, *states)
    return found


def check_state(training_class: TrainingClass, *states: ClassState) -> None:
    """Refuse what may not be done to a class where it stands."""
    if training_class.state not in states:
        raise Refused(
            msg(
                "“%(name)s”现为“%(state)s”，这项业务只能在“%(wanted)s”时办理。",
                name=training_class.name,
                state=CLASS_STATES[training_class.state],
                wanted="、".join(str(CLASS_STATES[state]) for state in states),
            )
        )


def read_text(text: str, most: int, field: str, *, lines: bool = False) -> str:
    """A text without spaces to spare, of ``most`` signs; ``lines`` keeps its line breaks."""
    text = text.strip() if lines else " ".join(text.split())
    if len(text) > most:
        raise Refused(msg("最多 %(most)s 个字，请缩短。", most=most), field=field)
    return text


def own_file(actor: Actor) -> Employee:
    """The file of the person to whom the account belongs; refused without one."""
    employee = own_employee(actor)
    if employee is None:
        raise Refused(msg("您的账号没有关联人员档案，请联系街道关联后再办理。"))
    return employee
