"""Editions as files: the text, the workbook, the empty workbook of a rule."""

import io

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.policy.catalogue import RULES, read_plain
from careerpath.policy.edition import Edition
from careerpath.rulebook.queries.pages import chosen_edition, stored_edition, supplied_edition, supplied_text
from careerpath.rulebook.sheets import write_levels, write_workbook
from careerpath.rulebook.views.room import EDITION, RULE, blueprint
from careerpath.words import msg

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(f"{EDITION}/source")
@needs(Permission.RULES_VIEW)
def source(edition_id: int) -> ResponseReturnValue:
    """The text of a stored edition."""
    stored = stored_edition(current_actor(), edition_id)
    return _text(stored.source_text, f"{stored.rule}-{stored.key}.toml")


@blueprint.get(f"{EDITION}/workbook")
@needs(Permission.RULES_VIEW)
def workbook(edition_id: int) -> ResponseReturnValue:
    """A stored edition as a workbook."""
    stored = stored_edition(current_actor(), edition_id)
    return _workbook(read_plain(stored.content, stored.key), stored.rule)


@blueprint.get(f"/rules/shipped/{RULE}/source")
@needs(Permission.RULES_VIEW)
def supplied_source(rule: str) -> ResponseReturnValue:
    """The text of an edition that came with the program."""
    key = request.args.get("key", "")
    if not key:
        return redirect(url_for("rulebook.book", rule=rule))
    edition = supplied_edition(rule, key)
    return _text(supplied_text(edition), f"{rule}-{edition.head.key}.toml")


@blueprint.get(f"/rules/shipped/{RULE}/workbook")
@needs(Permission.RULES_VIEW)
def supplied_workbook(rule: str) -> ResponseReturnValue:
    """An edition that came with the program as a workbook; without a key the empty form."""
    key = request.args.get("key", "")
    return _workbook(supplied_edition(rule, key) if key else None, rule)


@blueprint.get("/rules/level-table.xlsx")
@needs(Permission.RULES_EDIT)
def level_table() -> ResponseReturnValue:
    """The level tables of an edition by themselves, to fill in."""
    token = request.args.get("base", "")[:120]
    if not token:
        return redirect(url_for("rulebook.book"))
    edition, target = chosen_edition(current_actor(), token), io.BytesIO()
    write_levels(edition, target)
    return _file(target.getvalue(), f"{say(msg('等级表'))}-{edition.head.title}.xlsx", XLSX)


def _workbook(edition: Edition | None, rule: str) -> ResponseReturnValue:
    target = io.BytesIO()
    write_workbook(edition, rule, target, say=say)
    title = edition.head.title if edition else f"{say(RULES[rule].name)}-{say(msg('模板'))}"
    return _file(target.getvalue(), f"{title}.xlsx", XLSX)


def _text(text: str, name: str) -> ResponseReturnValue:
    return _file(text.encode(), name, "application/toml")


def _file(content: bytes, name: str, kind: str) -> ResponseReturnValue:
    answer = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer
