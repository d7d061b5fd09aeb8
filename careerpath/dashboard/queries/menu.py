"""The menu by the work of each role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request, url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.words import Message, msg


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
            (msg("我的成长档案"), "career_file.own_career", "person", Permission.OWN_FILE_VIEW),
            (msg("我的考核"), "appraisals.own_years", "clipboard-check", Permission.OWN_FILE_VIEW),
            (msg("我的等级"), "pay.own_level", "bar-chart", Permission.OWN_FILE_VIEW),
            (msg("我的工资"), "pay.own", "cash-coin", Permission.OWN_FILE_VIEW),
            (msg("我的成长"), "talent_pool.own_ladder", "bar-chart", Permission.OWN_FILE_VIEW),
            (msg("竞岗报名"), "talent_pool.open_selections", "person-plus", Permission.OWN_NOMINATE),
            (msg("事业编报名"), "talent_pool.own_channels", "arrow-left-right", Permission.OWN_NOMINATE),
            (msg("我的帮带"), "mentoring.own_mentoring", "people", Permission.OWN_GROWTH),
            (msg("我的锻炼"), "rotations.own_rotation", "arrow-left-right", Permission.OWN_GROWTH),
            (msg("我的培训"), "training.own_training", "book", Permission.OWN_GROWTH),
            (msg("期限提醒"), "dashboard.coming", "calendar", Permission.EMPLOYEE_VIEW),
            (msg("后台任务"), "jobs.index", "clock-history", Permission.SIGNED_IN),
        ),
    ),
    (
        msg("人员"),
        (
            (msg("队伍总览"), "dashboard.overview", "diagram-3", Permission.EMPLOYEE_VIEW),
            (msg("社区工作者"), "employees.people", "people", Permission.EMPLOYEE_VIEW),
            (msg("人员统计"), "figures.people", "bar-chart", Permission.EMPLOYEE_VIEW),
            (msg("建设目标"), "figures.targets", "clipboard-check", Permission.EMPLOYEE_VIEW),
            (msg("档案核查"), "employees.file_checks", "clipboard-check", Permission.EMPLOYEE_VIEW),
            (msg("更正申请"), "corrections.waiting", "journal-text", Permission.EMPLOYEE_EDIT),
            (msg("我的档案"), "own_file.overview", "person", Permission.OWN_FILE_VIEW),
        ),
    ),
    (
        msg("招聘"),
        (
            (msg("招聘批次"), "recruitment.batches", "person-plus", Permission.RECRUITMENT_VIEW),
            (msg("员额空编"), "recruitment.headcount", "building", Permission.RECRUITMENT_VIEW),
        ),
    ),
    (
        msg("后备培养"),
        (
            (msg("后备库"), "talent_pool.pool", "people", Permission.POOL_VIEW),
            (msg("竞岗选拔"), "talent_pool.selections", "clipboard-check", Permission.POOL_VIEW),
            (msg("晋升任用"), "talent_pool.promotions", "award", Permission.POOL_VIEW),
            (msg("梯队储备"), "talent_pool.succession", "bar-chart", Permission.POOL_VIEW),
            (msg("事业编通道"), "talent_pool.channels", "arrow-left-right", Permission.POOL_VIEW),
            (msg("成长台阶"), "talent_pool.ladder", "bar-chart", Permission.POOL_VIEW),
            (msg("九宫格"), "talent_pool.nine_grid", "table", Permission.POOL_VIEW),
        ),
    ),
    (
        msg("培养锻炼"),
        (
            (msg("导师帮带"), "mentoring.mentors", "people", Permission.MENTORING_VIEW),
            (msg("导师匹配"), "mentoring.matchings", "arrow-left-right", Permission.MENTORING_VIEW),
            (msg("轮岗锻炼"), "rotations.rotations", "arrow-left-right", Permission.ROTATION_VIEW),
            (msg("轮岗计划"), "rotations.plans", "calendar", Permission.ROTATION_VIEW),
            (msg("教育培训"), "training.classes", "book", Permission.TRAINING_VIEW),
            (msg("培训达标"), "training.needs", "check2-square", Permission.TRAINING_VIEW),
            (msg("职业资格与学历"), "training.studies", "file-text", Permission.TRAINING_VIEW),
            (msg("业务技能"), "skills.cover", "table", Permission.SKILL_VIEW),
            (msg("评选表彰"), "honours.calls", "award", Permission.HONOUR_VIEW),
        ),
    ),
    (
        msg("考核与薪酬"),
        (
            (msg("年度考核"), "appraisals.years", "clipboard-check", Permission.APPRAISAL_VIEW),
            (msg("套级晋级"), "pay.rounds", "bar-chart", Permission.PAY_VIEW),
            (msg("晋级日历"), "pay.calendar", "calendar", Permission.PAY_VIEW),
            (msg("工资发放"), "pay.runs", "cash-coin", Permission.PAY_VIEW),
            (msg("规则库"), "rulebook.book", "book", Permission.RULES_VIEW),
        ),
    ),
    (
        msg("文表"),
        (
            (msg("打印"), "printing.index", "printer", Permission.APPRAISAL_PRINT),
            (msg("导入导出"), "spreadsheets.hub", "table", Permission.SHEET_USE),
            (msg("年度报告"), "annual_reports.reports", "file-text", Permission.REPORT_VIEW),
        ),
    ),
    (
        msg("单位与权限"),
        (
            (msg("单位"), "units.tree", "diagram-3", Permission.UNIT_VIEW),
            (msg("账号"), "accounts.overview", "people", Permission.USER_VIEW),
            (msg("角色与授权"), "roles.roles_overview", "shield-check", Permission.USER_VIEW),
            (msg("邮件提醒"), "reminders.sending", "bell", Permission.USER_VIEW),
            (msg("审计记录"), "trail.overview", "clock-history", Permission.AUDIT_VIEW),
        ),
    ),
)
"""Group title, then for each line: title, endpoint, icon, the permission that shows it."""

ELSEWHERE: Mapping[str, str] = {
    "/training/overview": "/training/needs",
    "/training/tries": "/training/studies",
    "/training/degree-studies": "/training/studies",
    "/training/registrations": "/training/studies",
    "/training/certificates": "/training/studies",
    "/own/growth": "/my-file",
    "/talent-pool/entrants": "/talent-pool/selections",
}
"""Pages whose address does not begin with that of the line that they belong to."""


TITLES: Mapping[str, Message] = {endpoint: title for _, group in MENU for title, endpoint, _, _ in group}
"""What each line of the menu is called, by its endpoint."""


def lines_of(actor: Actor) -> dict[str, str]:
    """The lines of an actor's menu: endpoints by their addresses."""
    return {
        url_for(endpoint): endpoint
        for _, group in MENU
        for _, endpoint, _, permission in group
        if actor.has(permission)
    }


def line_at(lines: Mapping[str, str], path: str) -> str:
    """The endpoint of the line under which a page stands; the start page's where there is none."""
    return lines.get(_nearest(lines, path), "dashboard.home")


def menu(actor: Actor) -> tuple[MenuGroup, ...]:
    """The menu of an actor: only what they may open, the longest matching address marked as the present one."""
    lines = [
        (title, name, url_for(endpoint), icon)
        for title, group in MENU
        for name, endpoint, icon, permission in group
        if actor.has(permission)
    ]
    here = _nearest((url for _, _, url, _ in lines), request.path)
    groups = []
    for title, _ in MENU:
        items = tuple(MenuItem(n, url, icon, current=url == here) for t, n, url, icon in lines if t is title)
        if items:
            groups.append(MenuGroup(title, items))
    return tuple(groups)


def account_menu() -> tuple[MenuItem, ...]:
    """Further lines of the panel of one's own account."""
    return (
        MenuItem(msg("我的提醒"), url_for("reminders.told"), "bell"),
        MenuItem(msg("提醒设置"), url_for("reminders.settings"), "gear"),
        MenuItem(msg("我的登录"), url_for("own.sign_ins"), "clock-history"),
    )


def _nearest(urls: Iterable[str], path: str) -> str:
    """The longest of the addresses that a page stands under; empty where there is none."""
    path = next((line for outside, line in ELSEWHERE.items() if _inside(path, outside)), path)
    return max((url for url in urls if _inside(path, url)), key=len, default="")


def _inside(path: str, url: str) -> bool:
    # An address may carry the day as of which pages are shown.
    url = url.partition("?")[0]
    return path == url or (url != "/" and path.startswith(f"{url.rstrip('/')}/"))
