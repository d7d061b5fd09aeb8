"""The rule of the pool and the ladder on plain data: a person or the entrants of a selection in, advice out."""

from typing import Any

from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.eligibility import Eligibility, check_gate
from careerpath.policy.talent_pool.facts import Person
from careerpath.policy.talent_pool.pool import Entry, cell_of, next_review, propose_exits, standing_of
from careerpath.policy.talent_pool.selection import Entrant, Line, select
from careerpath.policy.talent_pool.succession import endings
from careerpath.words import msg

MOST_POINTS = 1000
MOST_RESERVES = 1000


def try_talent_pool(edition: TalentPoolEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": …, "because": […]}`` for what the facts ask.

    With ``gate``, ``on`` and a ``person``: ``{"eligible", "missing", "to_check", "eligible_on", "items"}``. With
    ``entry``, ``on`` and a ``person``: ``{"exits", "next_review"}``. With ``entrants`` and ``places``: the list of a
    selection. With ``reserves``: ``{"standing", "by"}``. With ``rung`` and ``on``: ``{"ending", "ends_on", "months",
    "over"}``. With ``potential``, ``on`` and a ``person``: the cell.
    """
    table = Table.of(facts, file)
    if table.has("entrants"):
        return _try_selection(edition, table)
    if table.has("reserves"):
        return _try_standard(edition, table)
    if table.has("rung"):
        return _try_ending(edition, table)
    on = table.day("on")
    inner = table.table("person")
    person = Person.read(inner)
    inner.end()
    if table.has("entry"):
        entry = _entry(table.table("entry"), edition)
        table.end()
        exits = propose_exits(edition, person, entry, on)
        result = {
            "exits": [{"kind": one.kind.value, "since": plain(one.since)} for one in exits],
            "next_review": plain(next_review(edition, entry)),
        }
        return {"result": result, "because": [one.reason.as_json() for one in exits]}
    if table.has("potential"):
        potential = table.number("potential", 0, 100, decimals=2)
        table.end()
        cell = cell_of(edition, person.appraisals, potential, on)
        if cell is None:
            return {"result": None, "because": []}
        found = {"performance": cell.performance.value, "potential": cell.potential.value, "points": plain(cell.points)}
        return {"result": found, "because": [cell.reason.as_json()]}
    gate = table.text("gate")
    table.end()
    return _eligibility(check_gate(edition, gate, person, on))


def _eligibility(found: Eligibility) -> dict[str, Any]:
    items = [
        {"code": item.code, "holds": item.holds, "met_on": plain(item.met_on), "until": plain(item.until)}
        for item in found.items
    ]
    result = {
        "eligible": found.eligible,
        "missing": list(found.missing),
        "to_check": list(found.to_check),
        "eligible_on": plain(found.eligible_on),
        "items": items,
    }
    return {"result": result, "because": [reason.as_json() for reason in found.reasons]}


def _entry(table: Table, edition: TalentPoolEdition) -> Entry:
    rung, entered_on = _rung(table, edition), table.day("entered_on")
    reviews = {}
    for item in table.tables("reviews"):
        reviews[item.day("on")] = item.flag("passed")
        item.end()
    table.end()
    return Entry(rung, entered_on, reviews)


def _rung(table: Table, edition: TalentPoolEdition) -> str:
    rung, known = table.text("rung"), [one.code for one in edition.rungs]
    if rung not in known:
        raise table.refusal("rung", msg("没有“%(code)s”，请改用：%(known)s。", code=rung, known="、".join(known)))
    return rung


def _try_ending(edition: TalentPoolEdition, table: Table) -> dict[str, Any]:
    rung, on, retires_on = _rung(table, edition), table.day("on"), table.optional_day("retires_on")
    table.end()
    found = endings(edition, rung, retires_on, on)
    if not found:
        return {"result": None, "because": []}
    first = found[0]
    result = {"ending": first.kind.value, "ends_on": plain(first.on), "months": first.months, "over": first.over}
    return {"result": result, "because": [one.reason.as_json() for one in found]}


def _try_selection(edition: TalentPoolEdition, table: Table) -> dict[str, Any]:
    entrants = [_entrant(item) for item in table.tables("entrants")]
    places = table.whole("places", 1, 10000)
    table.end()
    lines = select(edition, entrants, places)
    reasons = [reason.as_json() for line in lines for reason in line.reasons]
    return {"result": [_line(line) for line in lines], "because": reasons}


def _entrant(table: Table) -> Entrant:
    inner = table.optional_table("points")
    points = {} if inner is None else {key: inner.number(key, 0, MOST_POINTS, decimals=2) for key in inner.values}
    entrant = Entrant(
        table.text("id"),
        points,
        table.flag("withdrawn", False),
        table.whole("decided_order", 1, 10000) if table.has("decided_order") else None,
    )
    table.end()
    return entrant


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "stage": line.stage,
        "total": plain(line.total),
        "rank": line.rank,
        "outcome": line.outcome.value,
    }


def _try_standard(edition: TalentPoolEdition, table: Table) -> dict[str, Any]:
    reserves = table.whole("reserves", 0, MOST_RESERVES)
    table.end()
    found = standing_of(edition, reserves)
    if found is None:
        return {"result": None, "because": []}
    return {"result": {"standing": found.standing.value, "by": found.by}, "because": [found.reason.as_json()]}
