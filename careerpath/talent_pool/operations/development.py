"""What a reserve is developed by: tasks with a day, and the yearly review."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import DevelopmentTask, PoolEntry, PoolReview, Readiness, TaskKind
from careerpath.talent_pool.operations.pool import EntryRefused, check_potential, living_entry
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_TASK = 200
LONGEST_RESULT = 200
LONGEST_OPINION = 2000


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """Something that a reserve is to do until a day, that day included."""

    kind: TaskKind
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PoolReviewGiven:
    """The result of a yearly review; ``potential`` is points from 0 to 100, none where it was not assessed."""

    on: date
    passed: bool
    potential: Decimal | None
    readiness: Readiness
    opinion: str = ""


@operation(Permission.POOL_NOMINATE)
def add_task(actor: Actor, entry_id: int, given: TaskGiven) -> int:
    """Give a reserve something to do; gives the task's id."""
    entry = living_entry(actor, entry_id, Permission.POOL_NOMINATE)
    task = DevelopmentTask(entry_id=entry.id, kind=given.kind, text=_text(given), due_on=given.due_on)
    _check_due(entry, given)
    session_add(task)
    return task.id


@operation(Permission.POOL_NOMINATE)
def change_task(actor: Actor, task_id: int, given: TaskGiven, version: int) -> None:
    """Change a task that is not done. Raises ``Conflict`` when ``version`` is no longer the present one."""
    task, entry = _task(actor, task_id)
    if task.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("这项培养任务刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(task, name) for name in typed},
        )
    _check_open(task)
    _check_due(entry, given)
    task.kind, task.text, task.due_on = given.kind, _text(given), given.due_on


@operation(Permission.POOL_NOMINATE)
def finish_task(actor: Actor, task_id: int, done_on: date, result: str) -> None:
    """Record that a task is done, when, and what came of it."""
    task, entry = _task(actor, task_id)
    _check_open(task)
    if done_on > clock.today():
        raise Refused(msg("完成日期 %(on)s 晚于今天，请核对。", on=done_on), field="done_on")
    if done_on < entry.entered_on:
        raise Refused(msg("完成日期早于入库日期 %(entered)s，请核对。", entered=entry.entered_on), field="done_on")
    said = " ".join(result.split())
    if not said:
        raise Refused(msg("请写明完成情况。"), field="result")
    if len(said) > LONGEST_RESULT:
        raise Refused(msg("完成情况最多 %(most)s 字，请缩短。", most=LONGEST_RESULT), field="result")
    task.done_on, task.result = done_on, said


@operation(Permission.POOL_NOMINATE)
def reopen_task(actor: Actor, task_id: int) -> None:
    """Take back that a task is done."""
    task, _ = _task(actor, task_id)
    if task.done_on is None:
        raise Refused(msg("这项培养任务尚未登记完成。"))
    task.done_on, task.result = None, ""


@operation(Permission.POOL_NOMINATE)
def drop_task(actor: Actor, task_id: int) -> None:
    """Remove a task that nobody has done."""
    task, _ = _task(actor, task_id)
    _check_open(task)
    db.session.delete(task)


@operation(Permission.POOL_NOMINATE)
def review_reserve(actor: Actor, entry_id: int, given: PoolReviewGiven) -> int:
    """Keep a yearly review; gives its id. The latest one sets potential and readiness of the entry."""
    entry = living_entry(actor, entry_id, Permission.POOL_NOMINATE)
    review = _review(actor, entry, given, _reviews([entry.id]).get(entry.id, []))
    session_add(review)
    return review.id


@operation(Permission.POOL_NOMINATE)
def review_reserves(actor: Actor, rows: Sequence[tuple[int, PoolReviewGiven]]) -> int:
    """Keep the reviews of many entries, all or none; gives how many. Three queries for any number.

    Raises ``EntryRefused`` for the first that cannot be, ``NotFound`` for an entry that is not the actor's.
    """
    wanted = {entry_id for entry_id, _ in rows}
    query = visible(actor, PoolEntry, Permission.POOL_NOMINATE).where(PoolEntry.id.in_(wanted)).with_for_update()
    entries = {entry.id: entry for entry in db.session.scalars(query)}
    known = _reviews(wanted)
    people = {entry.employee_id for entry in entries.values()}
    named = db.session.execute(select(Employee.id, Employee.name).where(Employee.id.in_(people)))
    names = {employee_id: name for employee_id, name in named}
    made = []
    for number, (entry_id, given) in enumerate(rows):
        if entry_id not in entries:
            raise NotFound
        entry, earlier = entries[entry_id], known.setdefault(entry_id, [])
        try:
            if entry.left_on is not None:
                raise Refused(msg("已于 %(left)s 出库，不能再评估。", left=entry.left_on))
            made.append(_review(actor, entry, given, earlier))
        except Refused as refused:
            raise EntryRefused(number, names[entry.employee_id], refused) from refused
        earlier.append(made[-1])
    session_add(*made)
    return len(made)


@operation(Permission.POOL_NOMINATE)
def withdraw_review(actor: Actor, review_id: int) -> None:
    """Take back a review entered by mistake; potential and readiness are those of the one before, if there is one."""
    query = (
        select(PoolReview, PoolEntry)
        .join(PoolEntry, PoolEntry.id == PoolReview.entry_id)
        .where(PoolReview.id == review_id, within(actor, PoolEntry.unit_id, Permission.POOL_NOMINATE))
        .with_for_update(of=PoolEntry)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    review, entry = found
    _check_living(entry)
    others = [one for one in _reviews([entry.id])[entry.id] if one is not review]
    if others and all(one.on < review.on for one in others):
        last = max(others, key=lambda one: one.on)
        entry.readiness = last.readiness
        entry.potential = last.potential if last.potential is not None else entry.potential
    elif not others:
        entry.potential = None
    db.session.delete(review)


def _task(actor: Actor, task_id: int) -> tuple[DevelopmentTask, PoolEntry]:
    """A task of somebody in the pool, locked with the entry; ``NotFound`` for one that is not the actor's."""
    query = (
        select(DevelopmentTask, PoolEntry)
        .join(PoolEntry, PoolEntry.id == DevelopmentTask.entry_id)
        .where(DevelopmentTask.id == task_id, within(actor, PoolEntry.unit_id, Permission.POOL_NOMINATE))
        .with_for_update()
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    _check_living(found[1])
    return found[0], found[1]


def _check_living(entry: PoolEntry) -> None:
    if entry.left_on is not None:
        raise Refused(msg("此人已于 %(left)s 出库，这项业务只能为在库人员办理。", left=entry.left_on))


def _check_open(task: DevelopmentTask) -> None:
    if task.done_on is not None:
        raise Refused(msg("这项培养任务已于 %(done)s 完成，如登记有误请先撤回完成情况。", done=task.done_on))


def _check_due(entry: PoolEntry, given: TaskGiven) -> None:
    if given.due_on < entry.entered_on:
        raise Refused(msg("完成期限早于入库日期 %(entered)s，请核对。", entered=entry.entered_on), field="due_on")


def _text(given: TaskGiven) -> str:
    text = " ".join(given.text.split())
    if not text:
        raise Refused(msg("请写明培养任务的内容。"), field="text")
    if len(text) > LONGEST_TASK:
        raise Refused(msg("任务内容最多 %(most)s 字，请缩短。", most=LONGEST_TASK), field="text")
    return text


def _reviews(entry_ids: Sequence[int] | set[int]) -> dict[int, list[PoolReview]]:
    found: dict[int, list[PoolReview]] = {}
    for review in db.session.scalars(select(PoolReview).where(PoolReview.entry_id.in_(entry_ids))):
        found.setdefault(review.entry_id, []).append(review)
    return found


def _review(actor: Actor, entry: PoolEntry, given: PoolReviewGiven, earlier: Sequence[PoolReview]) -> PoolReview:
    if given.on > clock.today():
        raise Refused(msg("评估日期 %(on)s 晚于今天，请核对。", on=given.on), field="on")
    if given.on < entry.entered_on:
        raise Refused(msg("评估日期早于入库日期 %(entered)s，请核对。", entered=entry.entered_on), field="on")
    if any(one.on == given.on for one in earlier):
        raise Refused(msg("%(on)s 已有一次评估，如有错误请先撤销。", on=given.on), field="on")
    check_potential(given.potential)
    opinion = given.opinion.strip()
    if not given.passed and not opinion:
        raise Refused(msg("评估不合格的，请写明意见。"), field="opinion")
    if len(opinion) > LONGEST_OPINION:
        raise Refused(msg("评估意见最多 %(most)s 字，请缩短。", most=LONGEST_OPINION), field="opinion")
    if all(one.on < given.on for one in earlier):
        entry.readiness = given.readiness
        entry.potential = given.potential if given.potential is not None else entry.potential
    return PoolReview(
        entry_id=entry.id,
        on=given.on,
        passed=given.passed,
        potential=given.potential,
        readiness=given.readiness,
        opinion=opinion,
        by=actor.display_name,
        at=clock.now(),
    )
