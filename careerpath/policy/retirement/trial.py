"""The retirement rule on plain data: one person in, the day of retirement and reasons out."""

from typing import Any

from careerpath.policy.codes import Post, Sex
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.retirement.edition import RetirementEdition
from careerpath.policy.retirement.retiring import RetirementFacts, retirement


def try_retirement(edition: RetirementEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"retires_on", "age": {"years", "months"}}, "because": […]}`` for one person.

    The facts are those of ``RetirementFacts``; both keys are ``null`` where sex or, for a woman, post is missing, and
    the reason then says so.
    """
    table = Table.of(facts, file)
    read = RetirementFacts(
        born_on=table.day("born_on"),
        sex=table.code("sex", Sex),
        post=table.code("post", Post) if table.has("post") else None,
    )
    table.end()
    found = retirement(edition, read)
    age = None if found.age is None else {"years": found.age.years, "months": found.age.months}
    result = {"retires_on": plain(found.retires_on), "age": age}
    return {"result": result, "because": [reason.as_json() for reason in found.reasons]}
