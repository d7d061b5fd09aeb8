"""``careerpath rules``: the editions of each rule, and trying a rule on facts without a database."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from careerpath.cli.context import acting, application, as_json, as_user, print_json, tell
from careerpath.core import clock
from careerpath.policy.catalogue import RULES, read_toml, rule_named, shipped
from careerpath.policy.edition import Edition, to_plain
from careerpath.policy.trial import try_rule
from careerpath.rulebook.operations import import_edition
from careerpath.rulebook.queries import edition_on, every_edition
from careerpath.words import Refused, msg

a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
a_day = click.DateTime(formats=["%Y-%m-%d"])


@click.group("rules")
def rules() -> None:
    """Editions of the rules: list, show, check, import, try."""


@rules.command("list")
@as_json
def list_rules(json_wanted: bool) -> None:
    """All editions that come with the program, oldest first."""
    lines = [_line(edition) for rule in RULES for edition in shipped(rule)]
    if json_wanted:
        print_json(lines)
        return
    for line in lines:
        mark = "  示例" if line["example"] else ""
        click.echo(f"{line['rule']}  {line['effective_from']}  {line['key']}  {line['title']}{mark}")


@rules.command()
@click.argument("rule")
@click.option("--on", type=a_day, help="The day; today where it is not given.")
@click.option("--place", default="", help="The place whose edition is meant.")
@as_json
def show(rule: str, on: Any, place: str, json_wanted: bool) -> None:
    """The edition of a rule in force on a day."""
    edition = edition_on(shipped(rule), _day(on), place)
    if json_wanted:
        print_json(to_plain(edition))
        return
    for name, value in _line(edition).items():
        click.echo(f"{name}: {value}")


@rules.command()
@click.argument("file", type=a_file)
def check(file: Path) -> None:
    """Whether a file is a sound edition; says where it is not."""
    edition = read_toml(_text(file), file.name)
    tell(msg("%(file)s 是有效的版本：%(title)s。", file=file.name, title=edition.head.title))


@rules.command("import")
@click.argument("file", type=a_file)
@as_user
def import_rules(file: Path, user: str) -> None:
    """Bring an edition into this installation; it wins over a shipped one of the same key."""
    with application():
        import_edition(acting(user), _text(file), file.name)
        tell(msg("%(file)s 已导入。", file=file.name))


@rules.command("try")
@click.argument("rule")
@click.option("--facts", required=True, type=a_file, help="JSON: the facts, under the names of docs/rules.md.")
@click.option("--edition", type=a_file, help="TOML: the edition to try.")
@click.option("--on", type=a_day, help="The shipped edition in force on this day; today where nothing is given.")
@click.option("--place", default="", help="The place whose edition is meant.")
@click.option("--installed", is_flag=True, help="Choose among the editions of this installation's database.")
@as_json
def try_(rule: str, facts: Path, edition: Path | None, on: Any, place: str, installed: bool, json_wanted: bool) -> None:
    """What a rule makes of facts, and why."""
    rule_named(rule)
    chosen = read_toml(_text(edition), edition.name) if edition else _chosen(rule, _day(on), place, installed)
    answer = try_rule(rule, _facts(facts), chosen, facts.name)
    if json_wanted:
        print_json(answer)
        return
    print_json(answer["result"])
    for reason in answer["because"]:
        click.echo(f"- {reason.get('text', '')}（{reason['document']}）")


def _chosen(rule: str, on: date, place: str, installed: bool) -> Edition:
    if not installed:
        return edition_on(shipped(rule), on, place)
    with application() as app:
        return edition_on(every_edition(rule), on, place or app.extensions["careerpath.settings"].place)


def _facts(path: Path) -> object:
    try:
        return json.loads(_text(path), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Refused(
            msg(
                "%(file)s 第 %(line)s 行第 %(column)s 列不是有效的 JSON，请改正。",
                file=path.name,
                line=error.lineno,
                column=error.colno,
            )
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(msg("%(file)s 不是 UTF-8 文本，请另存为 UTF-8 后重试。", file=path.name)) from error


def _day(on: Any) -> date:
    return on.date() if on else clock.today()


def _line(edition: Edition) -> dict[str, Any]:
    head = edition.head
    return {
        "rule": head.rule,
        "key": head.key,
        "title": head.title,
        "place": head.place,
        "effective_from": head.effective_from.isoformat(),
        "document": head.document,
        "source": head.source,
        "example": head.example,
    }
