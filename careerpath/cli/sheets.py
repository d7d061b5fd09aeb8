"""``careerpath import``, ``export`` and ``template``: tables in and out, through the same checks as the pages."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import find_unit
from careerpath.cli.context import acting, application, as_json, print_json, tell
from careerpath.core.sheets import write_template
from careerpath.core.web.language import say
from careerpath.spreadsheets.catalogue import CODES, SHEETS, exportable, importable, sheet_named
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.operations.exports import find_export, make_workbook, permit_export
from careerpath.spreadsheets.operations.imports import (
    Upload,
    begin_import,
    compare_file,
    confirm_import,
    discard_import,
)
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.batches import batch_named
from careerpath.spreadsheets.queries.calls import call_named
from careerpath.spreadsheets.queries.channels import channel_named
from careerpath.spreadsheets.queries.classes import class_named
from careerpath.spreadsheets.queries.imports import import_view, kept_outcomes
from careerpath.spreadsheets.queries.selections import selection_named
from careerpath.spreadsheets.sheets.desk import Outcome, RowState, Wish
from careerpath.words import Message, Refused, Unmet, msg

SHOWN_FAULTS = 20

YEAR = click.option("--year", type=click.IntRange(1949, 2100), help="The year it is about; by default the latest.")
BATCH = click.option("--batch", metavar="NAME", help="The recruitment batch it is about, by its name or number.")
SELECTION = click.option("--selection", metavar="NAME", help="The selection it is about, by its name or number.")
CHANNEL = click.option("--channel", metavar="NAME", help="The targeted recruitment it is about, by name or number.")
CALL = click.option("--call", metavar="NAME", help="The call for honours it is about, by its name or number.")
CLASS = click.option("--class", "class_", metavar="NAME", help="The class it is about, by its name or number.")
OPTIONAL_USER = click.option("--as", "user", metavar="USER", help="The acting account; its roles and units apply.")


@click.command("import")
@click.argument("sheet", required=False)
@click.argument("file", required=False, metavar="FILE|ID")
@OPTIONAL_USER
@YEAR
@BATCH
@SELECTION
@CHANNEL
@CLASS
@CALL
@click.option("--turn", type=click.IntRange(1, 2), help="Which of two entries of written scores the file is.")
@click.option("--dry-run", is_flag=True, help="Compare only; nothing is written.")
@click.option("--list", "list_wanted", is_flag=True, help="The sheets there are.")
@as_json
def bring(
    sheet: str | None,
    file: str | None,
    user: str | None,
    year: int | None,
    batch: str | None,
    selection: str | None,
    channel: str | None,
    class_: str | None,
    call: str | None,
    turn: int | None,
    dry_run: bool,
    list_wanted: bool,
    json_wanted: bool,
) -> None:
    """Bring a table in, all or nothing: careerpath import SHEET FILE --as USER; or import undo ID --as USER.

    The JSON document: sheet, file, id (null when nothing was kept), written, new, changed, unchanged, wrong, and
    faults, each with row, column (the key), title and message.
    """
    with application():
        if list_wanted:
            _list(json_wanted)
            return
        if sheet is None or file is None or user is None:
            raise click.UsageError("import needs SHEET, FILE and --as USER; see --list for the sheets.")
        actor = acting(user)
        if sheet == "undo":
            _undo(actor, file, json_wanted)
            return
        about = replace(
            _about(
                actor,
                importable(actor, _known(sheet)).import_permission,
                year,
                batch,
                selection,
                channel,
                class_,
                call,
            ),
            turn=turn,
        )
        path = Path(file)
        if not path.is_file():
            raise Refused(msg("没有找到文件 %(file)s。", file=file))
        _bring(actor, sheet, Upload(path.name, path.read_bytes()), about, dry_run, json_wanted)


@click.command("export")
@click.argument("sheet")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook.")
@click.option("--as", "user", required=True, metavar="USER", help="The acting account; its roles and units apply.")
@click.option("--unit", metavar="CODE", help="Only this unit and what lies below it.")
@YEAR
@BATCH
@SELECTION
@CHANNEL
@CLASS
@CALL
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As on this day.")
@click.option("--reason", default="", help="With full identity numbers, for this reason; it stays in the trail.")
@as_json
def hand_out(
    sheet: str,
    output: Path,
    user: str,
    unit: str | None,
    year: int | None,
    batch: str | None,
    selection: str | None,
    channel: str | None,
    class_: str | None,
    call: str | None,
    on: datetime | None,
    reason: str,
    json_wanted: bool,
) -> None:
    """Take a table out as an Excel workbook that comes back in as unchanged."""
    _known(sheet)
    with application():
        actor = acting(user)
        permission = exportable(actor, sheet).export_permission
        about = _about(actor, permission, year, batch, selection, channel, class_, call)
        unit_id = find_unit(actor, unit, permission).id if unit else None
        wish = Wish(
            unit_id=unit_id,
            on=_day(on),
            year=about.year,
            batch_id=about.batch_id,
            selection_id=about.selection_id,
            channel_id=about.channel_id,
            class_id=about.class_id,
            call_id=about.call_id,
            reveal=bool(reason),
        )
        find_export(actor, sheet, wish)
        permit_export(actor, sheet, wish, reason)
        made = make_workbook(find_export(actor, sheet, wish))
        _save(output, made.content)
        if json_wanted:
            print_json({"sheet": sheet, "file": str(output), "rows": made.count})
        else:
            tell(msg("已导出 %(count)s 行到 %(file)s。", count=made.count, file=output))


@click.command("template")
@click.argument("sheet")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook.")
@OPTIONAL_USER
@YEAR
@BATCH
@SELECTION
@CHANNEL
@CLASS
@CALL
def template(
    sheet: str,
    output: Path,
    user: str | None,
    year: int | None,
    batch: str | None,
    selection: str | None,
    channel: str | None,
    class_: str | None,
    call: str | None,
) -> None:
    """An empty workbook with drop-downs; with --as also with the account's units, and for sheets of its own year."""
    _known(sheet)
    with application():
        actor = acting(user) if user else Actor.nobody()
        found = importable(actor, sheet) if user else sheet_named(sheet)
        if found.out_only:
            raise Refused(msg("“%(sheet)s”只能导出，没有模板。", sheet=found.title))
        about = _about(actor, found.import_permission, year, batch, selection, channel, class_, call)
        desk, target = found.desk, io.BytesIO()
        line = desk.line(actor, about)
        write_template(target, desk.spec(actor, about), desk.lists(actor, about), say=say, line=line)
        _save(output, target.getvalue())
        tell(msg("模板已写入 %(file)s。", file=output))


def _bring(actor: Actor, sheet: str, given: Upload, about: About, dry_run: bool, json_wanted: bool) -> None:
    import_id: int | None = None
    if dry_run:
        outcomes: Sequence[Outcome] = compare_file(actor, sheet, given, about).outcomes
    else:
        import_id = begin_import(actor, sheet, given, about)
        outcomes = kept_outcomes(actor, import_id)
    counts = {state: sum(each.state is state for each in outcomes) for state in RowState}
    wrong = counts[RowState.WRONG]
    written = False
    if import_id is not None and not wrong and (counts[RowState.NEW] or counts[RowState.CHANGED]):
        try:
            confirm_import(actor, import_id)
        except Unmet:
            discard_import(actor, import_id)
            raise
        written = True
    elif import_id is not None:
        discard_import(actor, import_id)
        import_id = None
    if json_wanted:
        print_json(_as_json(sheet, given.name, import_id, written, counts, outcomes))
    if wrong:
        raise Refused(Message(_first_faults(outcomes)))
    if not json_wanted:
        _tell_counts(import_id, written, counts)


def _as_json(
    sheet: str,
    file: str,
    import_id: int | None,
    written: bool,
    counts: dict[RowState, int],
    outcomes: Sequence[Outcome],
) -> dict[str, Any]:
    faults = [
        {"row": each.number, "column": wrong.key, "title": wrong.title, "message": say(wrong.message)}
        for each in outcomes
        for wrong in each.wrongs
    ]
    head = {"sheet": sheet, "file": file, "id": import_id, "written": written}
    return head | {state.value: count for state, count in counts.items()} | {"faults": faults}


def _first_faults(outcomes: Sequence[Outcome]) -> str:
    wrongs = [(each, wrong) for each in outcomes for wrong in each.wrongs]
    lines = [
        say(
            msg(
                "第 %(row)s 行“%(column)s”：%(fault)s",
                row=each.number,
                column=wrong.title or msg("整行"),
                fault=wrong.message,
            )
        )
        for each, wrong in wrongs[:SHOWN_FAULTS]
    ]
    head = say(msg("有 %(count)s 处错误，没有写入任何数据。", count=len(wrongs)))
    if len(wrongs) > SHOWN_FAULTS:
        lines.append(say(msg("其余 %(count)s 处略。", count=len(wrongs) - SHOWN_FAULTS)))
    return "\n".join([head, *lines])


def _tell_counts(import_id: int | None, written: bool, counts: dict[RowState, int]) -> None:
    tell(
        msg(
            "新增 %(new)s，修改 %(changed)s，不变 %(unchanged)s。",
            new=counts[RowState.NEW],
            changed=counts[RowState.CHANGED],
            unchanged=counts[RowState.UNCHANGED],
        )
    )
    if written:
        tell(msg("已写入，导入编号 %(id)s；撤销：careerpath import undo %(id)s --as USER", id=import_id))
    else:
        tell(msg("没有写入任何数据。"))


def _undo(actor: Actor, number: str, json_wanted: bool) -> None:
    if not number.isdecimal():
        raise Refused(msg("导入编号应为数字，现为“%(number)s”。", number=number))
    import_id = int(number)
    count = undo_import(actor, import_id)
    if json_wanted:
        print_json({"id": import_id, "state": import_view(actor, import_id).state.value, "records": count})
    else:
        tell(msg("已撤销，恢复 %(count)s 条记录。", count=count))


def _list(json_wanted: bool) -> None:
    if json_wanted:
        print_json([{"sheet": sheet.code, "title": say(sheet.title), "about": say(sheet.about)} for sheet in SHEETS])
        return
    for sheet in SHEETS:
        click.echo(f"{sheet.code}\t{say(sheet.title)}\t{say(sheet.about)}")


def _about(
    actor: Actor,
    permission: Permission,
    year: int | None,
    batch: str | None,
    selection: str | None,
    channel: str | None,
    class_: str | None,
    call: str | None,
) -> About:
    return About(
        year=year,
        batch_id=None if batch is None else batch_named(actor, batch, permission).id,
        selection_id=None if selection is None else selection_named(actor, selection, permission).id,
        channel_id=None if channel is None else channel_named(actor, channel, permission).id,
        class_id=None if class_ is None else class_named(actor, class_, permission).id,
        call_id=None if call is None else call_named(actor, call, permission).id,
    )


def _known(sheet: str) -> str:
    if sheet not in CODES:
        raise Refused(msg("没有“%(code)s”这种表格，现有：%(codes)s。", code=sheet, codes="、".join(CODES)))
    return sheet


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused(msg("无法写入文件 %(file)s：%(why)s。", file=path, why=error.strerror or "")) from error
