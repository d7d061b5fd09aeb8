"""The insurance rule on plain data: facts of one person and month in, contributions and reasons out."""

from typing import Any

from careerpath.policy.insurance.contributions import InsuranceFacts, contributions
from careerpath.policy.insurance.edition import MOST, InsuranceEdition
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.words import msg


def try_insurance(edition: InsuranceEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"base", "items": {code: {"employer", "employee"}}, "employer", "employee"}, "because": […]}``.

    The facts are those of ``InsuranceFacts``. Amounts are ``null`` and ``items`` empty where the wage is missing, and
    the reasons then say which.
    """
    table = Table.of(facts, file)
    read = InsuranceFacts(
        on=table.day("on"),
        monthly=table.optional_number("monthly", 0, MOST, decimals=2),
        declared_base=table.optional_number("declared_base", 0, MOST, decimals=2),
        exempt=_read_exempt(table),
    )
    table.end()
    found = contributions(edition, read)
    result = {
        "base": plain(found.base),
        "items": {
            item.code: {"employer": plain(item.employer), "employee": plain(item.employee)} for item in found.items
        },
        "employer": plain(found.employer),
        "employee": plain(found.employee),
    }
    return {"result": result, "because": [reason.as_json() for reason in found.reasons]}


def _read_exempt(table: Table) -> tuple[str, ...]:
    if not table.has("exempt"):
        return ()
    codes = table.values["exempt"]
    if not isinstance(codes, list | tuple) or not all(isinstance(code, str) for code in codes):
        raise table.refusal("exempt", msg('应为险种代码的列表，例如 ["injury"]，请改写。'))
    return tuple(codes)
