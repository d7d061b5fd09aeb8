"""``careerpath demo``: a database of invented people, built once, and the pages on it."""

import os

import click
from click.core import ParameterSource
from flask_migrate import downgrade as migrate_down
from flask_migrate import upgrade as migrate_up

from careerpath.cli.context import application, tell
from careerpath.cli.database import current_revision
from careerpath.cli.serving import serve_pages
from careerpath.core.db import db
from careerpath.demo.accounts import PASSWORD, show_accounts
from careerpath.demo.build import build_demo
from careerpath.demo.marks import Mark, find_mark, is_blank
from careerpath.demo.people import STANDARD
from careerpath.demo.places import PLACES
from careerpath.words import Refused, msg


@click.command()
@click.option("--place", type=click.Choice(list(PLACES)), default="feixian", show_default=True, help="Whose units.")
@click.option("--employees", type=click.IntRange(20, 100_000), default=STANDARD, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people.")
@click.option("--fresh", is_flag=True, help="Remove the demo that is there and build anew.")
@click.option("--no-serve", is_flag=True, help="Stop once the data is there.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.pass_context
def demo(
    context: click.Context,
    place: str,
    employees: int,
    seed: int,
    fresh: bool,
    no_serve: bool,
    host: str,
    port: int,
) -> None:
    """Build the demo data where there is none yet, and serve the pages."""
    wanted = Mark(PLACES[place], employees, seed)
    chosen = [name for name in ("place", "employees", "seed") if _was_typed(context, name)]
    # Child processes and later commands of this console run in demo mode as well.
    os.environ["CAREERPATH_DEMO"] = "1"
    with application(demo=True):
        mark = prepare(wanted, chosen, fresh=fresh)
    if no_serve:
        return
    os.environ.setdefault("CAREERPATH_PLACE", mark.place.name)
    with application(demo=True) as app:
        show_accounts(app)
        tell(msg("演示账号及密码列在登录页，密码均为 %(password)s。", password=PASSWORD))
        serve_pages(app, host, port)


def prepare(wanted: Mark, chosen: list[str], *, fresh: bool = False) -> Mark:
    """See to it that the database is a complete demo with the present schema; gives its mark.

    Keeps what is there. ``chosen`` names what was asked for expressly: a demo that differs in it is only replaced
    with ``fresh``. Raises ``Refused`` before anything is touched for a database that was never a demo.
    """
    present = _present_mark()
    if present is not None and present.complete and not fresh:
        _refuse_other(wanted, present, chosen)
        migrate_up()
        tell(
            msg(
                "已有演示数据：%(place)s，%(count)s 人，保持不变。如需重建，请加 --fresh。",
                place=present.place.name,
                count=present.employees,
            )
        )
        return present
    if present is not None:
        tell(msg("正在清除原有演示数据。"))
        migrate_down(revision="base")
    migrate_up()
    build_demo(wanted, tell)
    tell(msg("演示数据已建成：%(place)s，%(count)s 人。", place=wanted.place.name, count=wanted.employees))
    return wanted


def _present_mark() -> Mark | None:
    """The mark of the demo that is there, ``None`` for an empty database; everything else is refused."""
    if not current_revision():
        return None
    mark, blank = find_mark(), is_blank()
    # PostgreSQL does not drop a table that an open transaction has read.
    db.session.remove()
    if mark is None and not blank:
        raise Refused(
            msg("这个数据库不是演示库且已有数据，不能在此建立演示数据。请把设置 CAREERPATH_DATABASE 指向另一个库。")
        )
    return mark


def _refuse_other(wanted: Mark, present: Mark, chosen: list[str]) -> None:
    if all(getattr(wanted, name) == getattr(present, name) for name in chosen):
        return
    raise Refused(
        msg(
            "数据库中已有%(place)s的演示数据（%(count)s 人，种子 %(seed)s），与本次要求不同。如需重建，请加 --fresh。",
            place=present.place.name,
            count=present.employees,
            seed=present.seed,
        )
    )


def _was_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not ParameterSource.DEFAULT
