"""``careerpath serve``: the web program on this machine."""

import click
from waitress import serve as waitress_serve

from careerpath.cli.context import application, tell
from careerpath.words import msg


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages."""
    with application() as app:
        tell(msg("正在 http://%(host)s:%(port)s 提供服务，按 Ctrl+C 停止。", host=host, port=port))
        waitress_serve(app, host=host, port=port, threads=8, connection_limit=1000, ident="")
