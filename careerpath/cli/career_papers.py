"""``careerpath print career-file``: the career files of people by their numbers, or of everybody of a unit."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.career_file.queries.papers import careers_pdf
from careerpath.cli.context import tell
from careerpath.core import clock
from careerpath.employees.queries.as_of import AsOf
from careerpath.words import Refused, msg

CAREER_FILE = "career-file"


def print_careers(
    actor: Actor, unit: Unit | None, on: date | None, numbers: Sequence[str], output: Path | None
) -> None:
    """Print career files as of a day, by default today, into one PDF; of some people, or of everybody of a unit."""
    if output is None:
        raise click.UsageError(f"{CAREER_FILE} needs -o.")
    if unit is None and not numbers:
        raise click.UsageError(f"{CAREER_FILE} needs --person or --unit.")
    today = clock.today()
    if on is not None and on > today:
        raise Refused(msg("日期 %(on)s 尚未到来，请填写今天或以前的日期。", on=on))
    count, content = careers_pdf(actor, numbers, unit.path if unit is not None else "", AsOf(on or today))
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=count, file=str(output)))
