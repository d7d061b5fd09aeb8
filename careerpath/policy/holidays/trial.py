"""The public holidays on plain data: the working days between two days of one year."""

from typing import Any

from careerpath.policy.holidays.calendar import WorkCalendar
from careerpath.policy.holidays.edition import HolidayEdition
from careerpath.policy.reading import Table
from careerpath.words import msg


def try_holidays(edition: HolidayEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"working_days", "unknown"}, "because": […]}`` of the days ``first`` to ``last``, both included.

    ``unknown`` are years that the edition is not about: there weekends alone count out.
    """
    table = Table.of(facts, file)
    first, last = table.day("first"), table.day("last")
    table.end()
    if last < first:
        raise table.refusal("last", msg("早于 first，请改正先后。"))
    calendar = WorkCalendar.of([edition])
    count = calendar.count(first, last)
    off = [holiday for holiday in edition.holidays if holiday.starts_on <= last and first <= holiday.ends_on]
    reasons = [
        edition.head.because(
            "off", holiday.citation, {"starts_on": holiday.starts_on, "ends_on": holiday.ends_on}, holiday.name,
            msg("%(name)s %(starts)s 至 %(ends)s 放假。", name=holiday.name, starts=holiday.starts_on,
                ends=holiday.ends_on),
        )
        for holiday in off
    ]  # fmt: skip
    reasons += [
        edition.head.because("worked", edition.head.ground, {"on": day.on}, True, msg("%(day)s 调休上班。", day=day.on))
        for day in edition.worked
        if first <= day.on <= last
    ]
    return {
        "result": {"working_days": count, "unknown": list(calendar.unknown(first, last))},
        "because": [reason.as_json() for reason in reasons],
    }
