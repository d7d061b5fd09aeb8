"""The rule of rotations on plain data: a planned one, what is due on a day, or whose turn it is."""

from typing import Any

from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.rotation.edition import RotationEdition
from careerpath.policy.rotation.stays import Stay, Weight, check_stay, overdue_by, reports_due, turn_of


def try_rotation(edition: RotationEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"eligible", "missing", "warnings", "reports", "overdue"}, "because": […]}`` of one rotation.

    ``missing`` are the findings that refuse it, ``warnings`` the others. With ``joined_on`` instead of ``stay`` the
    result is ``{"due", "since"}``: whether it is somebody's turn.
    """
    table = Table.of(facts, file)
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
