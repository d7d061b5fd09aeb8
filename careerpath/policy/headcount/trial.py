"""The headcount rule on plain data: the figures of one unit in, its quota and reasons out."""

from typing import Any

from careerpath.policy.codes import UnitKind
from careerpath.policy.headcount.edition import MOST, HeadcountEdition
from careerpath.policy.headcount.quota import HeadcountFacts, headcount
from careerpath.policy.headcount.vacancy import Staffing, vacancy
from careerpath.policy.reading import Table


def try_headcount(edition: HeadcountEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"quota"}, "because": […]}``; with the people of the unit also ``actual``, ``vacancy``, ``excess``.

    The facts are those of ``HeadcountFacts`` and, under ``staff``, of ``Staffing``. A unit is a community unless the
    facts say otherwise. ``quota`` is ``null`` where a figure is missing or the edition does not apply.
    """
    table = Table.of(facts, file)
    read = HeadcountFacts(
        unit_kind=table.code("unit_kind", UnitKind, UnitKind.COMMUNITY),
        households=_read_figure(table, "households"),
        residents=_read_figure(table, "residents"),
    )
    staff = table.optional_table("staff")
    staffing = _read_staff(staff) if staff else None
    table.end()
    found = headcount(edition, read)
    result: dict[str, int | None] = {"quota": found.quota}
    reasons = found.reasons
    if staffing is not None:
        filled = vacancy(edition, found.quota, staffing)
        result |= {"actual": filled.actual, "vacancy": filled.vacant, "excess": filled.excess}
        reasons += filled.reasons
    return {"result": result, "because": [reason.as_json() for reason in reasons]}


def _read_figure(table: Table, key: str) -> int | None:
    return table.whole(key, 0, MOST) if table.has(key) else None


def _read_staff(table: Table) -> Staffing:
    staffing = Staffing(
        serving=table.whole("serving", 0, MOST),
        seconded_away=table.whole("seconded_away", 0, MOST, 0),
        seconded_here=table.whole("seconded_here", 0, MOST, 0),
    )
    table.end()
    return staffing
