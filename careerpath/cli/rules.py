"""``careerpath rules``: the editions of each rule, and trying a rule on facts without a database."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from careerpath.cli.context import acting, application, as_json, as_user, print_json, tell
from careerpath.cli.editions import edition_in, text_in
from careerpath.core import clock
from careerpath.policy.catalogue import RULES, rule_named, shipped
from careerpath.policy.edition import Edition, to_plain
from careerpath.policy.trial import try_rule
from careerpath.rulebook.operations import import_edition, is_workbook, toml_of
from careerpath.rulebook.queries import edition_on, every_edition
from careerpath.rulebook.queries.compared import compare_editions
from careerpath.rulebook.sheets import write_workbook
from careerpath.words import Message, Refused, msg

a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
a_day = click.DateTime(formats=["%Y-%m-%d"])


@click.group("rules")
def rules() -> None:
    """Editions of the rules: list, show, check, import, compare, try, and the workbook to fill in."""


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
    """Whether a file (TOML or a workbook) is a sound edition; says where it is not."""
    edition = edition_in(file)
    tell(msg("%(file)s 是有效的版本：%(title)s。", file=file.name, title=edition.head.title))


@rules.command("import")
@click.argument("file", type=a_file)
@as_user
def import_rules(file: Path, user: str) -> None:
    """Bring an edition (TOML or a workbook) into this installation and adopt it.

    It wins over a shipped one of the same key.
    """
    with application():
        text = toml_of(edition_in(file)) if is_workbook(file.name) else text_in(file)
        import_edition(acting(user), text, file.name)
        tell(msg("%(file)s 已导入。", file=file.name))


@rules.command()
@click.argument("rule")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook.")
@click.option("--edition", metavar="FILE|KEY", help="Filled with this edition: a file, or the key of a shipped one.")
def template(rule: str, output: Path, edition: str | None) -> None:
    """The workbook of a rule, with drop-downs; empty, or filled with an edition."""
    rule_named(rule)
    chosen = _named(edition, rule) if edition else None
    if chosen is not None and chosen.head.rule != rule:
        raise Refused(msg("“%(title)s”不是规则 %(rule)s 的版本，请另选。", title=chosen.head.title, rule=rule))
    write_workbook(chosen, rule, output)
    tell(msg("已写入 %(file)s。", file=output))


@rules.command()
@click.argument("old")
@click.argument("new")
@as_json
def compare(old: str, new: str, json_wanted: bool) -> None:
    """What differs between two editions of a rule, each a file or the key of a shipped one (or RULE.KEY)."""
    found = compare_editions(_named(old), _named(new))
    if json_wanted:
        print_json(
            {
                "old": {"key": found.old.key, "title": found.old.title},
                "new": {"key": found.new.key, "title": found.new.title},
                "changes": [
                    {
                        "part": str(part.title),
                        "path": change.path,
                        "kind": change.kind,
                        "row": _words(change.row),
                        "item": _words(change.column),
                        "old": _words(change.old),
                        "new": _words(change.new),
                        "difference": _words(change.difference),
                    }
                    for part in found.parts
                    for change in part.changes
                ],
            }
        )
        return
    for part in found.parts:
        click.echo(str(part.title))
        for change in part.changes:
            place = " ".join(str(each) for each in (change.row, change.column) if each is not None)
            difference = f"（{change.difference}）" if change.difference is not None else ""
            click.echo(f"  {place}：{_words(change.old) or '—'} → {_words(change.new) or '—'}{difference}")
    if not found.parts:
        tell(msg("两个版本完全相同。"))


@rules.command("try")
@click.argument("rule")
@click.option("--facts", required=True, type=a_file, help="JSON: the facts, under the names of docs/rules.md.")
@click.option("--edition", type=a_file, help="TOML or a workbook: the edition to try.")
@click.option("--on", type=a_day, help="The shipped edition in force on this day; today where nothing is given.")
@click.option("--place", default="", help="The place whose edition is meant.")
@click.option("--installed", is_flag=True, help="Choose among the editions of this installation's database.")
@as_json
def try_(rule: str, facts: Path, edition: Path | None, on: Any, place: str, installed: bool, json_wanted: bool) -> None:
    """What a rule makes of facts, and why."""
    rule_named(rule)
    chosen = edition_in(edition) if edition else _chosen(rule, _day(on), place, installed)
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


def _words(message: Message | None) -> str | None:
    return None if message is None else str(message)


def _named(name: str, rule: str = "") -> Edition:
    """An edition by the name of a file, or by the key of a shipped one; ``RULE.KEY`` where two rules share a key."""
    if Path(name).is_file():
        return edition_in(Path(name))
    known = [edition for each in ([rule] if rule else RULES) for edition in shipped(each)]
    found = [edition for edition in known if name in (edition.head.key, f"{edition.head.rule}.{edition.head.key}")]
    if len(found) > 1:
        names = "、".join(f"{edition.head.rule}.{edition.head.key}" for edition in found)
        raise Refused(msg("编号 %(key)s 不止一个版本，请写成：%(names)s。", key=name, names=names))
    if not found:
        raise Refused(msg("没有文件“%(name)s”，也没有编号为它的版本。用 careerpath rules list 查看编号。", name=name))
    return found[0]


def _facts(path: Path) -> object:
    try:
        return json.loads(text_in(path), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Refused(
            msg(
                "%(file)s 第 %(line)s 行第 %(column)s 列不是有效的 JSON，请改正。",
                file=path.name,
                line=error.lineno,
                column=error.colno,
            )
        ) from error


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
