"""The web program: settings in, a Flask application out."""

from typing import Any

from flask import Flask, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import text

from careerpath.access import audit
from careerpath.access.guard import Denied
from careerpath.access.permissions import ROLE_NAMES, Permission
from careerpath.access.queries.trail_words import ACCESS_WORDS, RoomWords, TrailWords
from careerpath.access.session import DUE_OF_ACCOUNT, current_actor, current_due, init_sessions, needs
from careerpath.access.tabs import UnitLink
from careerpath.access.views import BLUEPRINTS as ACCESS
from careerpath.annual_reports import models as report_models
from careerpath.annual_reports.queries.papers import PREFIX as ANNUAL_REPORT
from careerpath.annual_reports.queries.papers import report_check
from careerpath.annual_reports.queries.trail_words import REPORT_WORDS
from careerpath.annual_reports.views import BLUEPRINTS as ANNUAL_REPORTS
from careerpath.appraisals import models as appraisal_models
from careerpath.appraisals.queries.trail_words import APPRAISAL_WORDS
from careerpath.appraisals.views import blueprint as appraisal_pages
from careerpath.career_file.queries.papers import PREFIX as CAREER_FILE
from careerpath.career_file.queries.papers import career_check
from careerpath.career_file.views import BLUEPRINTS as CAREER_PAGES
from careerpath.core.db import db, engine_options
from careerpath.core.files import FileStore, files
from careerpath.core.queue import open_queue
from careerpath.core.vault import Vault
from careerpath.core.web.as_of import init_days
from careerpath.core.web.errors import EXPLANATIONS, answer, init_errors
from careerpath.core.web.headers import init_headers
from careerpath.core.web.language import init_language
from careerpath.core.web.paths import init_paths
from careerpath.dashboard import models as reminder_models
from careerpath.dashboard import queries as dashboard
from careerpath.dashboard.queries.reminders import due_of_account
from careerpath.dashboard.queries.trail_words import REMINDER_WORDS
from careerpath.dashboard.views import BLUEPRINTS as DASHBOARD
from careerpath.employees import models as employee_models
from careerpath.employees.forms import words as employee_words
from careerpath.employees.queries.file_checks import MORE_CHECKS
from careerpath.employees.views import BLUEPRINTS as EMPLOYEES
from careerpath.employees.views.room import FileTab
from careerpath.figures.views import BLUEPRINTS as FIGURES
from careerpath.honours import models as honour_models
from careerpath.honours.queries.trail_words import HONOUR_WORDS
from careerpath.honours.views import BLUEPRINTS as HONOURS
from careerpath.jobs import models as job_models
from careerpath.jobs.queries import JOB_WORDS
from careerpath.jobs.views import blueprint as job_pages
from careerpath.mentoring import models as mentoring_models
from careerpath.mentoring.queries.trail_words import MENTORING_WORDS
from careerpath.mentoring.views import BLUEPRINTS as MENTORING
from careerpath.pay import models as pay_models
from careerpath.pay.queries.file_checks import PAY_CHECKS
from careerpath.pay.queries.trail_words import PAY_WORDS
from careerpath.pay.views import blueprint as pay_pages
from careerpath.printing.views import blueprint as printing_pages
from careerpath.printing.views.room import MORE_PAPERS, PaperCheck
from careerpath.recruitment import models as recruitment_models
from careerpath.recruitment.queries.trail_words import RECRUITMENT_WORDS
from careerpath.recruitment.views import BLUEPRINTS as RECRUITMENT
from careerpath.rotations import models as rotation_models
from careerpath.rotations.queries.trail_words import ROTATION_WORDS
from careerpath.rotations.views import BLUEPRINTS as ROTATIONS
from careerpath.rulebook import models as rulebook_models
from careerpath.rulebook.queries.trail_words import RULEBOOK_WORDS
from careerpath.rulebook.views import blueprint as rule_pages
from careerpath.settings import Settings, resource_folder
from careerpath.skills import models as skill_models
from careerpath.skills.queries.trail_words import SKILL_WORDS
from careerpath.skills.views import BLUEPRINTS as SKILLS
from careerpath.skills.views.room import GapHelp
from careerpath.spreadsheets import models as import_models
from careerpath.spreadsheets.queries.trail_words import SHEET_WORDS
from careerpath.spreadsheets.views import blueprint as sheet_pages
from careerpath.talent_pool import models as pool_models
from careerpath.talent_pool.queries.trail_words import TALENT_POOL_WORDS
from careerpath.talent_pool.views import BLUEPRINTS as TALENT_POOL
from careerpath.training import models as training_models
from careerpath.training.queries.trail_words import TRAINING_WORDS
from careerpath.training.views import BLUEPRINTS as TRAINING
from careerpath.words import msg

MODELS = (
    appraisal_models,
    employee_models,
    import_models,
    job_models,
    pay_models,
    pool_models,
    recruitment_models,
    rulebook_models,
    honour_models,
    mentoring_models,
    rotation_models,
    skill_models,
    training_models,
    report_models,
    reminder_models,
)
"""Every room with tables, so that a migration sees them all."""

TRAIL_WORDS = TrailWords(
    (
        ACCESS_WORDS,
        RoomWords(employee_words.OPERATION_NAMES, employee_words.TABLE_NAMES, employee_words.COLUMN_NAMES),
        RoomWords({}, employee_words.HONOUR_TABLE, employee_words.HONOUR_COLUMNS, employee_words.HONOUR_VALUES),
        APPRAISAL_WORDS,
        JOB_WORDS,
        SHEET_WORDS,
        RULEBOOK_WORDS,
        PAY_WORDS,
        RECRUITMENT_WORDS,
        TALENT_POOL_WORDS,
        SKILL_WORDS,
        MENTORING_WORDS,
        ROTATION_WORDS,
        TRAINING_WORDS,
        HONOUR_WORDS,
        REPORT_WORDS,
        REMINDER_WORDS,
        RoomWords(
            operations={
                "order_forms": msg("提交打印任务"),
                "begin_demo": msg("开始生成演示数据"),
                "finish_demo": msg("演示数据生成完毕"),
                "open_accounts": msg("批量新建账号"),
                "grant_roles": msg("批量授予角色"),
                "open_files": msg("批量登记人员档案"),
                "keep_files": msg("批量登记档案变动"),
                "link_accounts": msg("批量关联账号"),
                "declare_bases": msg("批量登记缴费基数"),
                "write_summaries": msg("批量填写个人总结"),
                "write_opinions": msg("批量填写社区意见"),
                "confirm_results": msg("批量签署考核结果"),
                "set_photos": msg("批量保存报名照片"),
                "recheck_candidates": msg("批量资格复审"),
                "record_directs": msg("批量登记补选转隶结果"),
                "record_departures": msg("批量登记放弃"),
                "add_lines": msg("批量登记简历和家庭成员"),
                "complete_files": msg("补全新聘人员档案"),
                "nominate_themselves": msg("批量个人自荐"),
                "nominate_colleagues": msg("批量群众推荐"),
                "apply_themselves": msg("批量报名定向招聘"),
                "add_tasks": msg("批量布置培养任务"),
                "finish_tasks": msg("批量登记培养任务完成"),
                "propose_promotions": msg("批量提出晋升任用"),
                "take_up_posts": msg("批量登记任职"),
                "keep_cadre_sheets": msg("批量登记任免审批表信息"),
                "rate_classes": msg("批量评课"),
                "write_own_logs": msg("批量填写本人帮带记录"),
                "evaluate_each_other": msg("批量填写帮带互评"),
                "complete_pairings": msg("批量办结帮带"),
                "write_own_reports": msg("批量填写本人锻炼报告"),
                "write_reports": msg("批量登记锻炼报告"),
                "return_rotations": msg("批量登记返回"),
                "summarise_own_rotations": msg("批量填写本人锻炼总结"),
                "evaluate_rotations": msg("批量鉴定"),
                "wish_themselves": msg("批量提出轮岗意愿"),
            },
            tables={
                "number_series": msg("编号序列"),
                "job_chunk": msg("后台任务的部分"),
                "chore": msg("日常维护"),
            },
        ),
    )
)
"""What each room calls its operations, tables and columns in the audit trail."""

BLUEPRINTS = (
    *ACCESS,
    *EMPLOYEES,
    *RECRUITMENT,
    *TALENT_POOL,
    *MENTORING,
    *ROTATIONS,
    *TRAINING,
    *SKILLS,
    *HONOURS,
    *FIGURES,
    *ANNUAL_REPORTS,
    *CAREER_PAGES,
    *DASHBOARD,
    appraisal_pages,
    job_pages,
    pay_pages,
    printing_pages,
    rule_pages,
    sheet_pages,
)

RULE_TRIALS = {"pay": "pay.what_if", "appraisal": "appraisals.edition_trial"}
"""By rule: the address, given ``edition_id``, that shows who would change; one that does not exist is not offered."""

FILE_TABS = (
    FileTab(msg("成长档案"), "career_file.career", "career_file.own_career", Permission.EMPLOYEE_VIEW),
    FileTab(msg("等级工资"), "pay.person_level", "pay.own_level", Permission.PAY_VIEW),
    FileTab(msg("成长台阶"), "talent_pool.person_ladder", "talent_pool.own_ladder", Permission.POOL_VIEW),
    FileTab(msg("培养经历"), "career_file.growth", "career_file.own_growth", Permission.EMPLOYEE_VIEW),
    FileTab(msg("任免审批表"), "talent_pool.cadre_sheet", "", Permission.EMPLOYEE_EDIT),
)
"""Pages of upper rooms that stand among the tabs of a personnel file."""

UNIT_LINKS = (UnitLink(msg("借出借入"), "rotations.unit_exchange", Permission.ROTATION_VIEW),)
"""Pages of upper rooms about a unit, linked from its own page."""

GAP_HELPS = (
    GapHelp(msg("培训班"), "training.classes", "line", Permission.TRAINING_VIEW),
    GapHelp(msg("有此专长的导师"), "mentoring.mentors", "line", Permission.MENTORING_VIEW),
    GapHelp(msg("可去跟岗的单位"), "rotations.hosts", "line", Permission.ROTATION_VIEW),
)
"""Where a community finds help for a line of work that too few can do."""

PAPERS = {
    ANNUAL_REPORT: PaperCheck("annual_reports.report", "report_id", report_check),
    CAREER_FILE: PaperCheck("career_file.career", "employee_id", career_check),
}
"""Papers of rooms beside printing that its page can check, by the prefix of their numbers."""


def create_app(settings: Settings) -> Flask:
    """The program with these settings: extensions, rooms, headers, errors, health."""
    app = Flask("careerpath", template_folder=str(resource_folder("templates")), instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        SESSION_COOKIE_NAME="careerpath",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["careerpath.trail_words"] = TRAIL_WORDS
    app.extensions["careerpath.rulebook.trials"] = RULE_TRIALS
    app.extensions["careerpath.employees.tabs"] = FILE_TABS
    app.extensions[MORE_CHECKS] = PAY_CHECKS
    app.extensions["careerpath.access.unit_links"] = UNIT_LINKS
    app.extensions[DUE_OF_ACCOUNT] = due_of_account
    app.extensions["careerpath.skills.gap_helps"] = GAP_HELPS
    app.extensions[MORE_PAPERS] = PAPERS
    equip(app, settings)
    init_paths(app)
    db.init_app(app)
    Migrate(app, db, directory=str(resource_folder("migrations")), render_as_batch=True)
    CSRFProtect(app)
    Bootstrap5(app)
    init_headers(app, secure=settings.secure_cookies)
    init_language(app, settings.locale)
    init_days(app)
    init_errors(app)
    init_sessions(app)
    app.register_error_handler(Denied, lambda error: answer(403, EXPLANATIONS[403]))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _init_page_frame(app)
    _init_health(app)
    return app


def equip(app: Flask, settings: Settings) -> None:
    """Give a program the folder, the key, the files and the queue of an installation."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    app.extensions["careerpath.settings"] = settings
    app.extensions["careerpath.vault"] = Vault.from_key(settings.data_key)
    app.extensions["careerpath.files"] = FileStore(settings.files)
    app.extensions["careerpath.queue"] = open_queue(settings.queue)


def _init_page_frame(app: Flask) -> None:
    @app.before_request
    def note_origin() -> None:
        audit.origin.set(audit.Origin("web", request.remote_addr or "", g.request_number))

    @app.context_processor
    def frame() -> dict[str, Any]:
        settings: Settings = app.extensions["careerpath.settings"]
        actor = current_actor()
        known = actor.user_id is not None
        return {
            "actor": actor if known else None,
            "actor_roles": [ROLE_NAMES[role] for role in sorted(actor.roles)],
            "menu": dashboard.menu(actor) if known else (),
            "account_menu": dashboard.account_menu() if known else (),
            "due_today": current_due(),
            "place": settings.place,
            "search_url": url_for("employees.search") if actor.has(Permission.EMPLOYEE_VIEW) else None,
            "demo_mode": settings.demo,
            "Permission": Permission,
        }


def _init_health(app: Flask) -> None:
    @app.get("/healthz")
    @needs(Permission.OPEN)
    def alive() -> ResponseReturnValue:
        return jsonify({"alive": True})

    @app.get("/readyz")
    @needs(Permission.OPEN)
    def ready() -> ResponseReturnValue:
        checks = {
            "database": lambda: db.session.execute(text("SELECT 1")).scalar() == 1,
            "files": lambda: files().works(),
            "queue": lambda: app.extensions["careerpath.queue"].pending_count() >= 0,
        }
        found = {name: _holds(check) for name, check in checks.items()}
        return jsonify(found), 200 if all(found.values()) else 503


def _holds(check: Any) -> bool:
    try:
        return bool(check())
    except Exception:
        return False
