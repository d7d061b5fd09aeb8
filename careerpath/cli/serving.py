"""``careerpath serve`` and ``careerpath worker``: the pages and the background work on this machine."""

from collections.abc import Callable
from socket import socket

import click
from alembic.script import ScriptDirectory
from flask import Flask
from waitress import create_server

from careerpath.cli.context import application, tell
from careerpath.cli.database import current_revision
from careerpath.cli.processes import listen, supervise
from careerpath.core.db import db
from careerpath.demo.accounts import show_accounts
from careerpath.words import Refused, msg
from careerpath.worker import Worker

THREADS = 8
CONNECTIONS = 1000
"""Open connections a process bears: slow clients on a town's lines keep theirs for long."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Background work is done elsewhere, by careerpath worker.")
def serve(host: str, port: int, processes: int, no_worker: bool) -> None:
    """Serve the pages, with a background worker beside them, until Ctrl+C."""
    with application() as app:
        demand_schema(app)
        show_accounts(app)
        serve_pages(app, host, port, processes=processes, with_worker=not no_worker)


@click.command()
def worker() -> None:
    """Do background work until Ctrl+C. Several workers may run, also on several machines."""
    with application() as app:
        demand_schema(app)
        tell(msg("后台任务进程已启动，按 Ctrl+C 停止。"))
        Worker(app).run()


def serve_pages(app: Flask, host: str, port: int, *, processes: int = 1, with_worker: bool = True) -> None:
    """Serve a program's pages until somebody asks to stop; then every process has ended. Needs the program's context.

    Raises ``Refused`` when the port is taken or a process cannot start.
    """
    with listen(host, port) as door:
        works: dict[str, Callable[[], None]] = {
            f"web-{number}": lambda: _serve_web(app, door) for number in range(1, processes + 1)
        }
        if with_worker:
            works["worker"] = Worker(app).run
        # Connections made so far are not for the child processes to share.
        db.session.remove()
        db.engine.dispose()
        tell(msg("正在 http://%(host)s:%(port)s 提供服务，按 Ctrl+C 停止。", host=host, port=port))
        supervise(works)


def demand_schema(app: Flask) -> None:
    """Raise ``Refused`` when the database is not at the program's newest revision."""
    newest = ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config()).get_current_head()
    present = current_revision()
    if present != newest:
        text = "数据库结构的版本是 %(present)s，程序需要 %(newest)s。请先运行 careerpath db upgrade。"
        raise Refused(msg(text, present=present or "base", newest=newest))


def _serve_web(app: Flask, door: socket) -> None:
    create_server(app, sockets=[door], threads=THREADS, connection_limit=CONNECTIONS, ident="").run()
