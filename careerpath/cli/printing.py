"""``careerpath print``: forms to a file, through the same queries as the pages."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import click

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import find_unit
from careerpath.appraisals.queries.papers import newest_year, papers, part_of, places, roster
from careerpath.cli.career_papers import CAREER_FILE, print_careers
from careerpath.cli.context import acting, application, tell
from careerpath.cli.growth_papers import GROWTH_FORMS, print_growth
from careerpath.cli.pay_changes import CHANGE_FORMS, print_changes
from careerpath.cli.pay_papers import MONTH_FORMS, print_month
from careerpath.cli.pool_papers import POOL_FORMS, print_pool
from careerpath.cli.recruitment_papers import RECRUITMENT_FORMS, STAGES, print_recruitment
from careerpath.core.web.language import say
from careerpath.printing.catalogue import FORMS
from careerpath.printing.queries import appraisals as queries
from careerpath.words import Refused, msg


@click.command("print")
@click.argument("form", required=False)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A .pdf, .zip or .xlsx file.")
@click.option("--as", "user", metavar="USER", help="The acting account; its roles and units apply.")
@click.option("--unit", metavar="CODE", help="Only the people of this unit and below.")
@click.option("--year", type=int, help="The appraisal year; the newest where it is not given.")
@click.option("--month", type=click.DateTime(formats=["%Y-%m"]), help="Of pay: the month; by default the latest.")
@click.option("--batch", metavar="NAME", help="Of recruitment: the batch by name or id; by default the newest.")
@click.option("--stage", type=click.Choice(list(STAGES)), help="Of score-list: which scores; by default the newest.")
@click.option("--selection", metavar="NAME", help="Of the pool: the selection by name or id; by default the newest.")
@click.option("--promotion", type=int, multiple=True, metavar="ID", help="Of the pool: the promotion by id.")
@click.option(
    "--pairing", metavar="ID", help="Of mentoring: the pairing by id; without it everybody of --unit, --year."
)
@click.option("--mentor", metavar="ID", help="Of mentoring: the mentor by id.")
@click.option("--rotation", metavar="ID", help="Of rotations: the rotation by id.")
@click.option(
    "--class", "training_class", metavar="NAME", help="Of training: the class by name or id; the newest else."
)
@click.option("--call", metavar="NAME", help="Of honours: the call by name or id; by default the newest.")
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), help="Of rosters, career-file: the day; today else.")
@click.option("--person", multiple=True, metavar="NUMBER", help="Only this file number; of recruitment, of applicants.")
@click.option("--check", is_flag=True, help="Print nothing; name everybody whose text would not fit. Exit 1 if any.")
@click.option("--list", "list_wanted", is_flag=True, help="The forms there are.")
def print_forms(
    form: str | None,
    output: Path | None,
    user: str | None,
    unit: str | None,
    year: int | None,
    month: datetime | None,
    batch: str | None,
    stage: str | None,
    selection: str | None,
    promotion: tuple[int, ...],
    pairing: str | None,
    mentor: str | None,
    rotation: str | None,
    training_class: str | None,
    call: str | None,
    on: datetime | None,
    person: tuple[str, ...],
    check: bool,
    list_wanted: bool,
) -> None:
    """Print FORM for the people of a unit: one PDF, or a zip with one file per community."""
    if list_wanted:
        for known in FORMS:
            click.echo(f"{known.code}  {known.name}")
        return
    if form is None or user is None or (output is None and not check):
        raise click.UsageError("FORM, --as and -o (or --check) are needed; --list shows the forms.")
    if form not in {known.code for known in FORMS}:
        raise Refused(
            msg("没有名为“%(form)s”的表单，可用：%(known)s。", form=form, known="、".join(f.code for f in FORMS))
        )
    with application():
        actor = acting(user)
        chosen = find_unit(actor, unit, Permission.UNIT_VIEW) if unit else None
        if form == CAREER_FILE:
            print_careers(actor, chosen, on.date() if on else None, person, None if check else output)
            return
        if form in RECRUITMENT_FORMS:
            print_recruitment(actor, form, batch, chosen, person, stage, None if check else output)
            return
        if form in POOL_FORMS:
            print_pool(actor, form, selection, promotion, chosen, person, None if check else output)
            return
        if form in GROWTH_FORMS:
            record = pairing or mentor or rotation or training_class or call
            print_growth(
                actor, form, record, chosen, year, on.date() if on else None, person, None if check else output
            )
            return
        if form in MONTH_FORMS:
            if output is None:
                raise click.UsageError(f"{form} needs -o.")
            print_month(actor, form, chosen, month.date() if month else None, person, output)
            return
        if form in CHANGE_FORMS:
            print_changes(actor, form, chosen, year, person, None if check else output)
            return
        wanted = year or newest_year(actor)
        if form == "appraisal-summary":
            _summary(actor, chosen, wanted, output)
            return
        ids = roster(actor, year=wanted, path=chosen.path if chosen else "", numbers=person)
        if not ids:
            raise Refused(msg("没有可以打印的人员。请核对单位、年度和编号。"))
        if check:
            _check(actor, ids)
        elif output is not None:
            _forms(actor, ids, output)


def _summary(actor: Actor, unit: Unit | None, year: int, output: Path | None) -> None:
    if unit is None or output is None:
        raise click.UsageError("appraisal-summary needs --unit, the street, and -o.")
    part = part_of(actor, year, unit.id)
    make = queries.summary_xlsx if output.suffix == ".xlsx" else queries.summary_pdf
    _write(output, make(actor, part)[1])


def _check(actor: Actor, ids: list[int]) -> None:
    found = papers(actor, ids)
    count = 0
    for place, cells in queries.printer().preflight_many(paper.form for paper in found):
        count += 1
        for cell in cells:
            words = msg(
                "%(name)s（%(unit)s）：%(cell)s续 %(over)s 字",
                name=found[place].person,
                unit=found[place].community,
                cell=cell.label,
                over=cell.over,
            )
            click.echo(say(words))
    if count:
        raise Refused(msg("%(count)s 人的文字放不下，将续在附页上。", count=count))
    tell(msg("%(count)s 人的文字都能印在一页内。", count=len(ids)))


def _forms(actor: Actor, ids: list[int], output: Path) -> None:
    printer = queries.printer()
    part = output.with_name(f"{output.name}.part")
    try:
        if output.suffix == ".zip":
            with zipfile.ZipFile(part, "w") as archive:
                for number, place in enumerate(places(ids), start=1):
                    content = BytesIO()
                    printer.fill_many((paper.form for paper in papers(actor, place["ids"])), content)
                    archive.writestr(f"{number:03d} {place['name']}.pdf", content.getvalue())
        else:
            printer.fill_many((paper.form for paper in papers(actor, ids)), part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=len(ids), file=str(output)))


def _write(output: Path, content: bytes) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))
