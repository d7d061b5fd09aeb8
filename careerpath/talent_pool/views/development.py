"""Tasks and yearly reviews of a reserve."""

from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.talent_pool.forms.pool import DoneForm, ReviewForm, TaskForm
from careerpath.talent_pool.operations import development as operations
from careerpath.talent_pool.queries.entry import entry_head, review_head, task_head
from careerpath.talent_pool.views.entries import ENTRY, act, form_page
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import msg

TASK = "/tasks/<int:task_id>"


@blueprint.route(f"{ENTRY}/tasks/new", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def new_task(pool_entry_id: int) -> ResponseReturnValue:
    """Give a reserve something to do."""
    actor, form = current_actor(), TaskForm()
    head = entry_head(actor, pool_entry_id, Permission.POOL_NOMINATE)
    return form_page(
        head,
        form,
        msg("添加培养任务"),
        lambda: operations.add_task(actor, pool_entry_id, form.given()),
        msg("培养任务已添加。"),
    )


@blueprint.route(TASK, methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def edit_task(task_id: int) -> ResponseReturnValue:
    """Change a task that is not done."""
    actor, form = current_actor(), TaskForm()
    task, head = task_head(actor, task_id)
    if not form.is_submitted():
        form.show(task)
    return form_page(
        head,
        form,
        msg("修改培养任务"),
        lambda: operations.change_task(actor, task_id, form.given(), form.seen()),
        msg("培养任务已修改。"),
    )


@blueprint.route(f"{TASK}/finish", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def finish_task(task_id: int) -> ResponseReturnValue:
    """Record that a task is done."""
    actor, form = current_actor(), DoneForm()
    task, head = task_head(actor, task_id)
    if not form.is_submitted():
        form.done_on.data = clock.today()
    return form_page(
        head,
        form,
        msg("登记完成情况"),
        lambda: operations.finish_task(actor, task_id, form.done_on.data, form.result.data),
        msg("完成情况已登记。"),
        msg("%(text)s，%(due)s 前完成", text=task.text, due=task.due_on),
    )


@blueprint.post(f"{TASK}/reopen")
@needs(Permission.POOL_NOMINATE)
def reopen_task(task_id: int) -> ResponseReturnValue:
    """Take back that a task is done."""
    actor = current_actor()
    _, head = task_head(actor, task_id)
    return act(head.record.id, lambda: operations.reopen_task(actor, task_id), msg("完成情况已撤回。"))


@blueprint.post(f"{TASK}/drop")
@needs(Permission.POOL_NOMINATE)
def drop_task(task_id: int) -> ResponseReturnValue:
    """Remove a task that is not done."""
    actor = current_actor()
    _, head = task_head(actor, task_id)
    return act(head.record.id, lambda: operations.drop_task(actor, task_id), msg("培养任务已撤销。"))


@blueprint.route(f"{ENTRY}/reviews/new", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def new_review(pool_entry_id: int) -> ResponseReturnValue:
    """Keep a yearly review."""
    actor, form = current_actor(), ReviewForm()
    head = entry_head(actor, pool_entry_id, Permission.POOL_NOMINATE)
    if not form.is_submitted():
        form.on.data = clock.today()
        form.readiness.data, form.potential.data = head.record.readiness.value, head.record.potential
    return form_page(
        head,
        form,
        msg("年度评估"),
        lambda: operations.review_reserve(actor, pool_entry_id, form.given()),
        msg("评估结果已保存。"),
        msg("评估后成熟程度和潜力评分随之更新；不合格的须写明意见，并列入出库建议。"),
    )


@blueprint.post("/reviews/<int:pool_review_id>/withdraw")
@needs(Permission.POOL_NOMINATE)
def withdraw_review(pool_review_id: int) -> ResponseReturnValue:
    """Take a review back."""
    actor = current_actor()
    head = review_head(actor, pool_review_id)
    return act(head.record.id, lambda: operations.withdraw_review(actor, pool_review_id), msg("评估已撤销。"))
