"""The rule of mentoring on plain data: how well two suit each other and if there is a place; how a pairing goes."""

from datetime import date
from typing import Any

from careerpath.policy.mentoring.edition import MentoringEdition
from careerpath.policy.mentoring.fitting import Mentee, Mentor, fit, free_places
from careerpath.policy.mentoring.pairing import Pairing, reviews_due, reviews_missing, stalled
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain


def try_mentoring(edition: MentoringEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"eligible", "points", "places"}, "because": […]}`` for a ``mentee`` and a ``mentor``.

    With ``pairing`` and ``on`` the result is ``{"reviews", "missing", "stalled"}``: the days of the reviews, those that
    were not held, and the days without a log where they are too many.
    """
    table = Table.of(facts, file)
    if table.has("pairing"):
        pairing, on = _pairing(table.table("pairing")), table.day("on")
        table.end()
        stall = stalled(edition, pairing, on)
        result = {
            "reviews": [plain(day) for day in reviews_due(edition, pairing)],
            "missing": [plain(day) for day in reviews_missing(edition, pairing, on)],
            "stalled": stall.days if stall else 0,
        }
        return {"result": result, "because": [stall.reason.as_json()] if stall else []}
    mentee, mentor = _mentee(table.table("mentee")), _mentor(table.table("mentor"))
    table.end()
    places, found = free_places(edition, mentor), fit(edition, mentee, mentor)
    points = plain(found.points) if found else None
    return {
        "result": {"eligible": found is not None and places > 0, "points": points, "places": places},
        "because": [reason.as_json() for reason in found.reasons] if found else [],
    }


def _mentee(table: Table) -> Mentee:
    mentee = Mentee(0, table.text("unit_path"), frozenset(table.texts("wanted")))
    table.end()
    return mentee


def _mentor(table: Table) -> Mentor:
    mentor = Mentor(
        id=1,
        kind=table.text("kind"),
        unit_path=table.text("unit_path"),
        held=frozenset(table.texts("held")),
        mentees=table.whole("mentees", 0, 1000, 0),
        commands=table.text("commands", ""),
        cap=table.whole("cap", 1, 50) if table.has("cap") else None,
    )
    table.end()
    return mentor


def _pairing(table: Table) -> Pairing:
    pairing = Pairing(
        starts_on=table.day("starts_on"),
        ends_on=table.day("ends_on"),
        logs=_days(table, "logs"),
        reviews=_days(table, "reviews"),
    )
    table.end()
    return pairing


def _days(table: Table, key: str) -> tuple[date, ...]:
    found = []
    for item in table.tables(key):
        found.append(item.day("on"))
        item.end()
    return tuple(found)
