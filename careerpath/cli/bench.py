"""``careerpath bench``: figures of this machine, each beside a yardstick, on invented people in a folder of its own."""

import os
import tempfile
from dataclasses import asdict

import click
from flask_migrate import upgrade as migrate_up

from careerpath.app import create_app
from careerpath.bench.catalogue import BENCHES
from careerpath.bench.figures import Figure
from careerpath.cli.context import as_json, print_json, tell
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.language import in_language
from careerpath.demo.build import build_demo
from careerpath.demo.marks import Mark
from careerpath.demo.places import PLACES
from careerpath.settings import load_settings
from careerpath.words import msg


@click.command("bench")
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)))
@click.option(
    "--employees", type=click.IntRange(20, 1_000_000), help="How many people. Usual: 5000 for pages, 100000 for pay."
)
@as_json
def bench(names: tuple[str, ...], employees: int | None, json_wanted: bool) -> None:
    """Measure NAMES (all of them where none is given). Touches no installation."""
    with tempfile.TemporaryDirectory(prefix="careerpath-bench-") as folder:
        environ = {**os.environ, "CAREERPATH_INSTANCE": folder, "CAREERPATH_DEMO": "1"}
        environ.pop("CAREERPATH_DATABASE", None)
        app = create_app(load_settings(environ, demo=True))
        app.config["WTF_CSRF_ENABLED"] = False
        found: dict[str, list[Figure]] = {}
        with app.app_context(), in_language("zh"):
            chosen = {name: BENCHES[name] for name in names or BENCHES}
            stored = max((employees or one.people for one in chosen.values() if one.stored), default=0)
            if stored:
                tell(msg("正在为测量建立 %(count)s 人的临时数据。", count=stored))
                migrate_up()
                build_demo(Mark(PLACES["feixian"], stored, 1), tell)
            for name, one in chosen.items():
                found[name] = list(one.work(app, employees or one.people))
            db.session.remove()
            db.engine.dispose()
    if json_wanted:
        print_json({name: [asdict(figure) for figure in figures] for name, figures in found.items()})
        return
    click.echo(f"{clock.today()}  {os.cpu_count()} processors")
    for name, figures in found.items():
        click.echo(name)
        for figure in figures:
            beside = f"  [{figure.yardstick}]" if figure.yardstick else ""
            click.echo(f"  {figure.name:<70} {figure.value:>12} {figure.unit}{beside}")
