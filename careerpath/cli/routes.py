"""``careerpath routes``: every endpoint with the permission it asks for."""

import click
from flask import Flask

from careerpath.access.permissions import Permission
from careerpath.cli.context import application, as_json, print_json

Route = dict[str, str | list[str]]


@click.command("routes")
@as_json
def routes(json_wanted: bool) -> None:
    """Every endpoint: address, methods, permission or "open"."""
    with application() as app:
        found = routes_of(app)
    if json_wanted:
        print_json(found)
        return
    for route in found:
        click.echo(f"{route['rule']}  {','.join(route['methods'])}  {route['permission']}")


def routes_of(app: Flask) -> list[Route]:
    """All addresses of the program in order; static files are open."""
    found: list[Route] = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "__permission__", Permission.OPEN)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found.append({"rule": rule.rule, "endpoint": rule.endpoint, "methods": methods, "permission": str(permission)})
    return found
