"""Requests by the person of a file to correct it, and the office's answers."""

from dataclasses import dataclass

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import CorrectionRequest, CorrectionState
from careerpath.employees.operations.facts import check_length
from careerpath.employees.operations.identity import without_identity
from careerpath.employees.queries.serving import own_employee
from careerpath.words import NotFound, Refused, msg

MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What is wrong, and what it should say."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a request was followed, with a word to the person."""

    accepted: bool
    answer: str


@operation(Permission.OWN_FILE_VIEW)
def ask_correction(actor: Actor, given: NewCorrection) -> int:
    """Ask the office to correct one's own file; gives the id of the request."""
    employee = own_employee(actor)
    if employee is None:
        raise NotFound
    if not given.field.strip():
        raise Refused(msg("请选择要更正的内容。"), field="field")
    if not given.text.strip():
        raise Refused(msg("请写明哪里不对、应当是什么。"), field="text")
    check_length(given.field, 40, "field", msg("更正内容"))
    check_length(given.text, 400, "text", msg("更正说明"))
    if without_identity(given.text) != given.text:
        raise Refused(msg("请不要在这里填写身份证号码；号码有误的，请携带证件到街道办理。"), field="text")
    count = db.session.scalar(
        select(func.count()).where(
            CorrectionRequest.employee_id == employee.id, CorrectionRequest.state == CorrectionState.OPEN
        )
    )
    if (count or 0) >= MOST_OPEN:
        raise Refused(msg("您有 %(count)s 条更正申请尚未处理，请等待街道答复。", count=count))
    request = CorrectionRequest(
        employee_id=employee.id,
        unit_id=employee.unit_id,
        field=given.field.strip(),
        text=given.text.strip(),
        state=CorrectionState.OPEN,
        asked_at=clock.now(),
    )
    session_add(request)
    return request.id


@operation(Permission.EMPLOYEE_EDIT)
def answer_correction(actor: Actor, request_id: int, given: Answer) -> None:
    """Answer a request. The correction itself is made on the file; declining needs a word of explanation."""
    request = fetch(actor, CorrectionRequest, request_id, Permission.EMPLOYEE_EDIT, lock=True)
    if request.state is not CorrectionState.OPEN:
        raise Refused(msg("这条申请已由 %(name)s 答复。", name=request.answered_by))
    if not given.accepted and not given.answer.strip():
        raise Refused(msg("不予更正的，请写明理由。"), field="answer")
    check_length(given.answer, 400, "answer", msg("答复"))
    request.state = CorrectionState.ACCEPTED if given.accepted else CorrectionState.DECLINED
    request.answer = given.answer.strip()
    request.answered_at = clock.now()
    request.answered_by = actor.display_name
