"""What is open about somebody today, and the days that are coming: each with the page where it is seen to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.career_file.queries.facts import CERTIFICATE, CONTRACT, REQUEST, TASK, FileFacts, GradeRow
from careerpath.career_file.queries.lines import Line, LineKind
from careerpath.career_file.queries.standing import Training
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.file_checks import OWN_CHECKS, Weight, checks
from careerpath.mentoring.queries.standing import Standing as Pairing
from careerpath.policy.pay import NextStep
from careerpath.policy.reason import show
from careerpath.rotations.queries.standing import Standing as Rotation
from careerpath.words import Message, msg

AHEAD = timedelta(days=400)
"""How far ahead days that are coming are told."""

TO_DO: Mapping[LineKind, tuple[str, Mapping[str, bool]]] = {
    LineKind.MENTORING: (
        "mentoring.own_mentoring",
        {Pairing.STALLED: True, Pairing.REVIEW_DUE: True, Pairing.TO_EVALUATE: False},
    ),
    LineKind.ROTATION: ("rotations.own_rotation", {Rotation.OVERDUE: True, Rotation.TO_EVALUATE: False}),
}
"""The page of one's own, and how a record stands with which something is to be done: late already, or not yet."""

ENDINGS: Mapping[LineKind, Message] = {
    LineKind.ROTATION: msg("轮岗锻炼期满"),
    LineKind.HONOUR: msg("任期届满"),
    LineKind.MENTORING: msg("帮带期满"),
}
"""What the last day of a line is called."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is open; ``values`` is what the address of its page takes."""

    title: Message
    detail: Message
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)
    due_on: date | None = None
    late: bool = False
    verb: Message | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that is coming."""

    on: date
    title: Message
    note: Message


def waiting_of(
    actor: Actor,
    person: Employee,
    path: str,
    facts: FileFacts,
    grades: Iterable[GradeRow],
    lines: Iterable[Line],
    training: Training | None,
    on: date,
    *,
    own: bool,
) -> tuple[Waiting, ...]:
    """What is open about a person, for one reader; of one's own the page of one's own. One query."""
    found = [
        *_appraisals(grades, own),
        *_tasks(actor, facts, on, own),
        *_records(lines, own),
        *_training(person, training, own),
        *_requests(actor, facts, own),
        *_checks(actor, person, path, on, own),
    ]
    return tuple(sorted(found, key=lambda one: (not one.late, one.due_on or date.max)))


def coming_of(facts: FileFacts, lines: Iterable[Line], step: NextStep | None, on: date) -> tuple[Coming, ...]:
    """The days that are coming within ``AHEAD``, soonest first."""
    found = []
    if step is not None and step.starts_on is not None:
        found.append(Coming(step.starts_on, msg("晋升 %(level)s 级", level=step.level), _conditions(step)))
    contracts = [row for row in facts.of(CONTRACT) if row.on is not None and row.on <= on]
    for row in contracts[-1:]:
        if row.ends_on is not None:
            found.append(Coming(row.ends_on, msg("劳动合同到期"), Message("")))
        if row.also_on is not None:
            found.append(Coming(row.also_on, msg("试用期满"), Message("")))
    for row in facts.of(CERTIFICATE):
        if row.ends_on is not None:
            found.append(Coming(row.ends_on, msg("证书登记到期"), Message("")))
    for line in lines:
        if line.kind in ENDINGS and line.ends_on is not None:
            found.append(Coming(line.ends_on, ENDINGS[line.kind], line.title))
    return tuple(sorted((one for one in found if on <= one.on <= on + AHEAD), key=lambda one: one.on))


def _conditions(step: NextStep) -> Message:
    """Nothing is promised: what the day depends on is told by the level's own page."""
    return msg("按现有情况推算") if step.conditions else Message("")


def _appraisals(grades: Iterable[GradeRow], own: bool) -> Iterator[Waiting]:
    for row in grades:
        endpoint = "appraisals.own" if own else "appraisals.record"
        values = {"appraisal_id": row.id}
        if row.editable and not row.has_summary:
            title = (
                msg("写 %(year)s 年度个人总结", year=row.year)
                if own
                else msg("%(year)s 年度个人总结未写", year=row.year)
            )
            verb = msg("开始写") if own else None
            yield Waiting(title, Message(""), endpoint, values, row.summary_due_on, verb=verb)
        elif row.decided and not row.signed_off:
            title = msg("签署 %(year)s 年度考核结果", year=row.year)
            yield Waiting(title, Message(""), endpoint, values, verb=msg("签署") if own else None)


def _tasks(actor: Actor, facts: FileFacts, on: date, own: bool) -> Iterator[Waiting]:
    for row in facts.of(TASK):
        if row.closed_on is not None or row.on is None:
            continue
        if own or actor.can(Permission.POOL_VIEW, row.path):
            endpoint, values = (
                ("talent_pool.own_ladder", {}) if own else ("talent_pool.entry", {"pool_entry_id": row.id})
            )
            title = msg("培养任务：%(text)s", text=row.name)
            yield Waiting(title, Message(""), endpoint, values, row.on, row.on < on)


def _records(lines: Iterable[Line], own: bool) -> Iterator[Waiting]:
    for line in lines:
        page, late = TO_DO.get(line.kind, ("", {}))
        if line.standing in late:
            endpoint, values = (page, {}) if own else (line.endpoint, line.ids)
            yield Waiting(line.title, line.state, endpoint, values, late=late[line.standing])


def _training(person: Employee, training: Training | None, own: bool) -> Iterator[Waiting]:
    for need in training.lacking if training is not None else ():
        title = msg("%(need)s还差 %(days)s 天", need=need.name, days=show(need.wanted - need.days))
        values: dict[str, object] = {} if own else {"q": person.number}
        yield Waiting(title, Message(""), "training.own_training" if own else "training.needs", values, need.by)


def _requests(actor: Actor, facts: FileFacts, own: bool) -> Iterator[Waiting]:
    for row in facts.of(REQUEST):
        title = msg("更正申请：%(subject)s", subject=row.name)
        if own:
            yield Waiting(title, msg("等待街道答复"), "own_file.tab", {"name": "corrections"}, verb=msg("查看"))
        elif actor.can(Permission.EMPLOYEE_EDIT, row.path):
            yield Waiting(title, Message(row.more), "corrections.answer", {"request_id": row.id}, verb=msg("答复"))


def _checks(actor: Actor, person: Employee, path: str, on: date, own: bool) -> Iterator[Waiting]:
    """The looks at a file that this one fails; the person is told what is missing, not what may be wrong."""
    looks = [one for one in OWN_CHECKS if one.weight is Weight.MISSING] if own else checks(actor)
    looks = [one for one in looks if own or actor.can(one.permission, path)]
    columns = [one.condition(on).label(one.code) for one in looks]
    row = db.session.execute(select(*columns).select_from(Employee).where(Employee.id == person.id)).one()
    for look, fails in zip(looks, row, strict=True):
        if not fails:
            continue
        if own:
            values: dict[str, object] = {"name": "corrections"}
            yield Waiting(
                look.title, msg("请联系街道补登，或提出更正申请"), "own_file.tab", values, verb=msg("申请更正")
            )
            continue
        values = {"employee_id": person.id, **({"tab": look.tab} if look.tab else {})}
        endpoint = "employees.person_tab" if look.tab else look.endpoint
        late = look.weight is Weight.WRONG
        yield Waiting(look.title, look.why, endpoint, values, late=late, verb=msg("核对"))
