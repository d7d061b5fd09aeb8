"""The papers of changes of level at the terminal: 工资变动审批表 and 审批名册."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import click

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.cli.context import tell
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.pay.models import PlacementRound
from careerpath.pay.queries.papers import change_papers, paper_ids, paper_places
from careerpath.printing.queries import pay_changes as queries
from careerpath.words import Refused, msg

FORM, LIST = "pay-change-form", "pay-change-list"
CHANGE_FORMS = frozenset({FORM, LIST})
"""The forms that this command prints."""


def print_changes(
    actor: Actor, form: str, unit: Unit | None, year: int | None, people: Sequence[str], output: Path | None
) -> None:
    """Print the changes that begin in a year (all where none is told), or the list of a street's newest round.

    Without ``output`` nothing is printed: everybody whose text would not fit is named.
    """
    if form == LIST:
        _list(actor, unit, output)
        return
    ids = paper_ids(actor, path=unit.path if unit else "", numbers=people, year=year)
    if not ids:
        raise Refused(msg("没有可以打印的人员。请核对单位、年度和编号。"))
    if output is None:
        _check(actor, ids)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        if output.suffix == ".zip":
            with zipfile.ZipFile(part, "w") as archive:
                for number, place in enumerate(paper_places(ids), start=1):
                    content = BytesIO()
                    queries.fill_changes(actor, change_papers(actor, place["ids"]), content)
                    archive.writestr(f"{number:03d} {place['name']}.pdf", content.getvalue())
        else:
            queries.fill_changes(actor, change_papers(actor, ids), part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=len(ids), file=str(output)))


def _list(actor: Actor, unit: Unit | None, output: Path | None) -> None:
    if unit is None or output is None:
        raise click.UsageError(f"{LIST} needs --unit, the street, and -o.")
    rounds = visible(actor, PlacementRound, Permission.PAY_VIEW).where(PlacementRound.unit_id == unit.id)
    newest = db.session.scalars(rounds.order_by(PlacementRound.id.desc()).limit(1)).one_or_none()
    if newest is None:
        raise Refused(msg("%(unit)s还没有套级晋级批次。", unit=unit.short_name))
    make = queries.changes_xlsx if output.suffix == ".xlsx" else queries.changes_pdf
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(make(actor, newest.id)[1])
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))


def _check(actor: Actor, ids: list[int]) -> None:
    count = 0
    for paper, cells in queries.overflowing_changes(actor, change_papers(actor, ids)):
        count += 1
        for cell in cells:
            words = msg(
                "%(name)s（%(unit)s）：%(cell)s续 %(over)s 字",
                name=paper.name,
                unit=paper.community,
                cell=cell.label,
                over=cell.over,
            )
            click.echo(say(words))
    if count:
        raise Refused(msg("%(count)s 人的文字放不下，将续在附页上。", count=count))
    tell(msg("%(count)s 人的文字都能印在一页内。", count=len(ids)))
