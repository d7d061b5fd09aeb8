"""Levels of people: one person's page, one's own, and the calendar of steps."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.sheets.writing import write_table
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.pay.queries import calendar as calendars
from careerpath.pay.queries.changed_posts import changed_posts as posts_changed
from careerpath.pay.queries.levels import level_page, own_level_page
from careerpath.pay.sheets.steps import STEP_COLUMNS, step_rows
from careerpath.pay.views.room import blueprint
from careerpath.words import Message, NotFound, Refused, msg

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/employees/<int:employee_id>")
@needs(Permission.PAY_VIEW)
def person_level(employee_id: int) -> ResponseReturnValue:
    """One person's level and pay on a day."""
    on, typed, problem = _day()
    page = level_page(current_actor(), employee_id, on)
    shown = render_template("pay/level.html", page=page, own=False, typed=typed, problem=problem)
    return shown, 422 if problem else 200


@blueprint.get("/own/level")
@needs(Permission.OWN_FILE_VIEW)
def own_level() -> ResponseReturnValue:
    """One's own level and pay on a day; an account without a file is told what to do."""
    on, typed, problem = _day()
    try:
        page = own_level_page(current_actor(), on)
    except NotFound:
        return render_template("employees/no-file.html")
    shown = render_template("pay/level.html", page=page, own=True, typed=typed, problem=problem)
    return shown, 422 if problem else 200


@blueprint.get("/changed-posts")
@needs(Permission.PAY_VIEW)
def changed_posts() -> ResponseReturnValue:
    """Whose post has changed since they were placed."""
    page = posts_changed(current_actor(), after=request.args.get("after"), before=request.args.get("before"))
    return render_template("pay/changed-posts.html", page=page, today=clock.today())


@blueprint.get("/calendar")
@needs(Permission.PAY_VIEW)
def calendar() -> ResponseReturnValue:
    """When the next levels are due, month by month."""
    unit_id, year = _wanted()
    choices = [(each, str(each)) for each in range(clock.today().year, clock.today().year + 6)]
    shown = {"year": year, "year_choices": choices}
    try:
        page = calendars.calendar_page(
            current_actor(), unit_id, year, after=request.args.get("after"), before=request.args.get("before")
        )
    except Refused as refusal:
        return render_template("pay/calendar.html", page=None, problem=refusal, **shown), 422
    return render_template("pay/calendar.html", page=page, problem=None, **shown)


@blueprint.get("/calendar.xlsx")
@needs(Permission.PAY_VIEW)
def calendar_xlsx() -> ResponseReturnValue:
    """The same as a workbook, all people at once."""
    unit_id, year = _wanted()
    try:
        edition, lines, too_many = calendars.calendar_lines(current_actor(), unit_id, year)
        if too_many:
            raise Refused(msg("人数超过 %(most)s 人，请按街道分别导出。", most=calendars.MOST_PEOPLE))
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("pay.calendar", year=year))
    target = BytesIO()
    example = "（示例数据，非官方）" if edition.head.example else ""
    note = f"依据：{edition.head.title}{example}　自 {calendars.looked_at(year)} 起推算"
    title = f"{year}年晋级日历"
    write_table(target, STEP_COLUMNS, step_rows(lines), title=title, notes=(note,))
    answer = Response(target.getvalue(), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}.xlsx')}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted() -> tuple[int | None, int]:
    """The unit and the year in the address; the coming year where none is told."""
    today = clock.today()
    year = whole_number(request.args.get("year", "")) or (today.year + 1 if today.month > 6 else today.year)
    year = min(max(year, today.year), today.year + 10)
    unit_id = whole_number(request.args.get("unit_id", ""))
    typed = request.args.get("unit", "").strip()[:64]
    # Without script nothing was chosen from the list: the name alone was sent.
    if unit_id is None and typed:
        unit_id = calendars.unit_called(current_actor(), typed)
    return unit_id, year


def _day() -> tuple[date, str, Message | None]:
    typed = request.args.get("on", "").strip()[:20]
    on = read_day(typed) if typed else clock.today()
    if on is None:
        problem = msg("“%(text)s”不是有效日期，请按年、月、日填写，例如 2019-03-05 或 2019.3.5。", text=typed)
        return clock.today(), typed, problem
    return on, typed, None
