"""The rule of rotations on plain data: a planned one, what is due on a day, whose turn it is, who suits a host."""

from typing import Any

from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.rotation.edition import RotationEdition
from careerpath.policy.rotation.planning import Candidate, Opening, Wish, suit
from careerpath.policy.rotation.stays import (
    Stay,
    Weight,
    check_stay,
    kind_named,
    overdue_by,
    reports_due,
    turn_of,
)


def try_rotation(edition: RotationEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"eligible", "missing", "warnings", "reports", "overdue"}, "because": […]}`` of one rotation.

    ``missing`` are the findings that refuse it, ``warnings`` the others. With ``joined_on`` instead of ``stay`` the
    result is ``{"due", "since"}``: whether it is somebody's turn. With a ``host`` it is ``{"eligible", "points"}``: how
    well the host suits a ``candidate`` of a plan for a ``kind`` from ``starts_on`` on.
    """
    table = Table.of(facts, file)
    if table.has("host"):
        return _planned(edition, table)
    if table.has("joined_on"):
        joined_on, asked_on = table.day("joined_on"), table.day("on")
        stays = [_stay(item) for item in table.tables("others")]
        table.end()
        due = turn_of(edition, joined_on, stays, asked_on)
        if due is None:
            return {"result": None, "because": []}
        return {"result": {"due": due.is_due, "since": plain(due.since)}, "because": [due.reason.as_json()]}
    stay = _stay(table.table("stay"))
    others = [_stay(item) for item in table.tables("others")]
    on = table.optional_day("on")
    table.end()
    found = check_stay(edition, stay, others)
    refusing = [one.code for one in found if one.weight is Weight.REFUSES]
    result = {
        "eligible": not refusing,
        "missing": refusing,
        "warnings": [one.code for one in found if one.weight is Weight.WARNS],
        "reports": [plain(day) for day in reports_due(edition, stay)],
        "overdue": overdue_by(stay, on) if on is not None else 0,
    }
    return {"result": result, "because": [one.reason.as_json() for one in found]}


def _planned(edition: RotationEdition, table: Table) -> dict[str, Any]:
    kind, starts_on = table.text("kind"), table.day("starts_on")
    kind_named(edition, kind)
    asked, offered = table.table("candidate"), table.table("host")
    table.end()
    stays = [_stay(item) for item in asked.tables("others")]
    candidate = Candidate(
        id=1,
        wish=_wish(asked.table("wish")) if asked.has("wish") else None,
        turn=turn_of(edition, asked.day("joined_on"), stays, starts_on),
        gaps=frozenset(asked.texts("gaps")),
    )
    asked.end()
    opening = Opening(
        id=offered.whole("id", 0, 10**6, 0),
        kinds=frozenset(offered.texts("kinds")),
        lines=frozenset(offered.texts("lines")),
    )
    offered.end()
    found = suit(edition, kind, starts_on, candidate, opening)
    result = {"eligible": found is not None, "points": plain(found.points) if found else None}
    return {"result": result, "because": [reason.as_json() for reason in found.reasons] if found else []}


def _wish(table: Table) -> Wish:
    wish = Wish(
        kind=table.text("kind", ""),
        host_id=table.whole("host", 0, 10**6) if table.has("host") else None,
        lines=frozenset(table.texts("lines")),
        earliest_on=table.optional_day("earliest_on"),
    )
    table.end()
    return wish


def _stay(table: Table) -> Stay:
    stay = Stay(
        kind=table.text("kind"),
        starts_on=table.day("starts_on"),
        ends_on=table.day("ends_on"),
        returned_on=table.optional_day("returned_on"),
        first_end=table.optional_day("first_end"),
    )
    table.end()
    return stay
