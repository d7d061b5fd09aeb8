"""``careerpath report``: the annual report of a unit to a file."""

from pathlib import Path

import click

from careerpath.access.permissions import Permission
from careerpath.access.scope import find_unit
from careerpath.annual_reports.documents.plain import plain_report
from careerpath.annual_reports.queries.papers import Kind, report_for, written
from careerpath.cli.context import acting, application, as_json, as_user, print_json, tell
from careerpath.words import msg


@click.group()
def report() -> None:
    """Reports of a unit."""


@report.command()
@click.option("--unit", required=True, metavar="CODE", help="A city, district or street.")
@click.option("--year", required=True, type=click.IntRange(2000, 2100), help="The year it is about.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A .pdf, .xlsx or .json file.")
@as_user
@as_json
def annual(unit: str, year: int, output: Path | None, user: str, json_wanted: bool) -> None:
    """The annual report: as it is kept where there is one, otherwise counted now and marked as a draft."""
    if output is None and not json_wanted:
        raise click.UsageError("-o FILE.pdf, .xlsx or .json, or --json, is needed.")
    kinds = {f".{kind}": kind for kind in Kind}
    if output is not None and output.suffix not in kinds:
        raise click.UsageError("-o needs a file that ends in .pdf, .xlsx or .json.")
    with application():
        actor = acting(user)
        found = report_for(actor, find_unit(actor, unit, Permission.REPORT_VIEW).id, year)
        if output is not None:
            part = output.with_name(f"{output.name}.part")
            try:
                part.write_bytes(written(found, kinds[output.suffix])[1])
                part.replace(output)
            finally:
                part.unlink(missing_ok=True)
            tell(msg("已写入 %(file)s", file=str(output)))
        if json_wanted:
            print_json(plain_report(found))
