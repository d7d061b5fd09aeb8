"""The training rule on plain data: one person and year in, what is met and missing out; or a unit's rate."""

from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.policy.codes import Post
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.training.edition import Tier, TrainingEdition
from careerpath.policy.training.needs import Attended, Trainee, needs_of, rate_of

MOST_HOURS = 1000
MOST_PEOPLE = 10_000_000


def try_training(edition: TrainingEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"eligible", "missing", "needs"}, "because": […]}`` for one person's year.

    ``eligible`` says whether everything asked for is met, ``missing`` which requirements are not. With ``trained`` and
    ``serving`` the result is ``{"share", "met"}``, the rate of a unit.
    """
    table = Table.of(facts, file)
    if table.has("serving"):
        trained, serving = table.whole("trained", 0, MOST_PEOPLE), table.whole("serving", 0, MOST_PEOPLE)
        table.end()
        rate = rate_of(edition, trained, serving)
        if rate is None:
            return {"result": None, "because": []}
        return {"result": {"share": plain(rate.share), "met": rate.is_met}, "because": [rate.reason.as_json()]}
    year, on = table.whole("year", 1990, 2100), table.optional_day("on")
    trainee = Trainee(
        joined_on=table.day("joined_on"),
        left_on=table.optional_day("left_on"),
        posts=tuple(_post(item) for item in table.tables("posts")),
        attended=tuple(_course(item) for item in table.tables("attended")),
    )
    table.end()
    needs = needs_of(edition, trainee, year, on or date(year, 12, 31))
    result = {
        "eligible": all(need.is_met for need in needs),
        "missing": [need.code for need in needs if not need.is_met],
        "needs": [
            {"code": need.code, "days": plain(need.days), "wanted": plain(need.wanted), "by": plain(need.by)}
            for need in needs
        ],
    }
    return {"result": result, "because": [need.reason.as_json() for need in needs]}


def _post(table: Table) -> tuple[Post, date, date | None]:
    held = table.code("post", Post), table.day("starts_on"), table.optional_day("ends_on")
    table.end()
    return held


def _course(table: Table) -> Attended:
    course = Attended(
        on=table.day("on"),
        tier=table.code("tier", Tier),
        hours=table.optional_number("hours", 0, MOST_HOURS, decimals=1) or Decimal(0),
        days=table.optional_number("days", 0, 366, decimals=1),
    )
    table.end()
    return course
