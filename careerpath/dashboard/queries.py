"""What waits for whom, and the menu by the work of each role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import request, url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.appraisals.queries import years as appraisal_years
from careerpath.appraisals.queries.records import own_lines
from careerpath.employees.queries.corrections import waiting_count
from careerpath.policy.appraisal_steps import State, may_edit
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, with the page where it is done."""

    title: Message
    detail: Message
    url: str
    due: Message | None = None
    late: bool = False
    verb: Message | None = None


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu."""

    title: Message
    url: str
    icon: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A titled part of the menu."""

    title: Message
    items: tuple[MenuItem, ...]


Line = tuple[Message, str, str, Permission]

MENU: tuple[tuple[Message, tuple[Line, ...]], ...] = (
    (
        msg("待办"),
        (
            (msg("我的任务"), "dashboard.home", "check2-square", Permission.SIGNED_IN),
            (msg("我的考核"), "appraisals.own_years", "clipboard-check", Permission.OWN_FILE_VIEW),
            (msg("后台任务"), "jobs.index", "clock-history", Permission.SIGNED_IN),
        ),
    ),
    (
        msg("人员"),
        (
            (msg("社区工作者"), "employees.people", "people", Permission.EMPLOYEE_VIEW),
            (msg("更正申请"), "corrections.waiting", "journal-text", Permission.EMPLOYEE_EDIT),
            (msg("我的档案"), "own_file.overview", "person", Permission.OWN_FILE_VIEW),
        ),
    ),
    (
        msg("考核与薪酬"),
        (
            (msg("年度考核"), "appraisals.years", "clipboard-check", Permission.APPRAISAL_VIEW),
            (msg("规则库"), "rulebook.book", "book", Permission.RULES_VIEW),
        ),
    ),
    (
        msg("文表"),
        (
            (msg("打印"), "printing.index", "printer", Permission.APPRAISAL_PRINT),
            (msg("导入导出"), "spreadsheets.hub", "table", Permission.SHEET_USE),
        ),
    ),
    (
        msg("单位与权限"),
        (
            (msg("单位"), "units.tree", "diagram-3", Permission.UNIT_VIEW),
            (msg("账号"), "accounts.overview", "people", Permission.USER_VIEW),
            (msg("角色与授权"), "roles.roles_overview", "shield-check", Permission.USER_VIEW),
            (msg("审计记录"), "trail.overview", "clock-history", Permission.AUDIT_VIEW),
        ),
    ),
)
"""Group title, then for each line: title, endpoint, icon, the permission that shows it."""


def menu(actor: Actor) -> tuple[MenuGroup, ...]:
    """The menu of an actor: only what they may open, the longest matching address marked as the present one."""
    lines = [
        (title, name, url_for(endpoint), icon)
        for title, group in MENU
        for name, endpoint, icon, permission in group
        if actor.has(permission)
    ]
    here = max((url for _, _, url, _ in lines if _inside(request.path, url)), key=len, default="")
    groups = []
    for title, _ in MENU:
        items = tuple(MenuItem(n, url, icon, current=url == here) for t, n, url, icon in lines if t is title)
        if items:
            groups.append(MenuGroup(title, items))
    return tuple(groups)


def account_menu() -> tuple[MenuItem, ...]:
    """Further lines of the panel of one's own account."""
    return (MenuItem(msg("我的登录"), url_for("own.sign_ins"), "clock-history"),)


def tasks(actor: Actor) -> tuple[Task, ...]:
    """What waits for this actor, most urgent first."""
    return tuple(task for find in FINDERS for task in find(actor))


def _own_tasks(actor: Actor) -> Iterator[Task]:
    if not actor.has(Permission.OWN_FILE_VIEW):
        return
    for line in own_lines(actor):
        url = url_for("appraisals.own", appraisal_id=line.id)
        if may_edit(line.state) and not line.has_summary:
            title = msg("写 %(year)s 年度个人总结", year=line.year)
            due = msg("%(day)s 前", day=line.summary_due_on)
            yield Task(title, msg("写好后街道才能提交考核"), url, due, verb=msg("开始写"))
        elif line.state is State.DECIDED and not line.signed_off:
            yield Task(msg("签署 %(year)s 年度考核结果", year=line.year), msg("查看结果并签署本人意见"), url)


def _appraisal_tasks(actor: Actor) -> Iterator[Task]:
    if not actor.has(Permission.APPRAISAL_VIEW):
        return
    current = appraisal_years.current_year(actor)
    if current is None:
        return
    page = appraisal_years.year_page(actor, current.id)
    for street in page.streets:
        if actor.has(Permission.APPRAISAL_FILL) and street.waiting:
            yield Task(
                msg("填报 %(unit)s %(year)s 年度考核", unit=street.unit_name, year=page.year),
                msg(
                    "%(all)s 人，已填 %(filled)s 人，退回 %(returned)s 人",
                    all=street.expected,
                    filled=street.filled,
                    returned=street.returned,
                ),
                url_for("appraisals.street", street_id=street.part_id),
                msg("%(day)s 前提交", day=page.street_due_on),
                verb=msg("填报"),
            )
        if actor.has(Permission.APPRAISAL_DECIDE) and street.submitted:
            yield Task(
                msg("审定 %(unit)s %(year)s 年度考核", unit=street.unit_name, year=page.year),
                msg("待审定 %(count)s 人", count=street.submitted),
                url_for("appraisals.decide", street_id=street.part_id),
                msg("%(day)s 前审定", day=page.district_due_on),
                verb=msg("审定"),
            )
    left = sum(street.expected - street.opinions for street in page.streets)
    if left and actor.has(Permission.APPRAISAL_OPINION) and not actor.has(Permission.APPRAISAL_FILL):
        yield Task(
            msg("填写 %(year)s 年度社区意见", year=page.year),
            msg("还有 %(count)s 人没有社区意见", count=left),
            url_for("appraisals.opinions", year_id=page.id),
            msg("%(day)s 前", day=page.community_due_on),
            verb=msg("填写"),
        )
    missing = [street.unit_name for street in page.streets if street.waiting]
    if missing and actor.has(Permission.APPRAISAL_PLAN):
        yield Task(
            msg("%(year)s 年度考核：%(count)s 个街道（镇）未提交", year=page.year, count=len(missing)),
            msg("未提交：%(names)s", names="、".join(missing[:6]) + ("等" if len(missing) > 6 else "")),
            url_for("appraisals.year", year_id=page.id),
            msg("%(day)s 前提交", day=page.street_due_on),
            verb=msg("查看"),
        )


def _correction_tasks(actor: Actor) -> Iterator[Task]:
    if not actor.has(Permission.EMPLOYEE_EDIT):
        return
    count = waiting_count(actor)
    if count:
        yield Task(
            msg("信息更正申请"),
            msg("%(count)s 份待处理", count=count),
            url_for("corrections.waiting"),
            verb=msg("处理"),
        )


FINDERS: tuple[Callable[[Actor], Iterator[Task]], ...] = (_own_tasks, _appraisal_tasks, _correction_tasks)


def _inside(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))
