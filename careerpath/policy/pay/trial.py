"""The pay rule on plain data: facts of one person in, level, components and reasons out."""

from typing import Any

from careerpath.policy.pay.edition import PaidEvery, PayEdition
from careerpath.policy.pay.facts import PayFacts
from careerpath.policy.pay.paying import pay
from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.words import msg


def try_pay(edition: PayEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"tier", "level", "components", "basic", "performance", "monthly"}, "because": […]}``.

    Keys that the scheme does not have are left out; a performance part that is not paid monthly adds ``period`` and
    ``period_months``, and a person whose facts do not suffice has ``missing`` instead of amounts.
    """
    read = PayFacts.from_plain(facts, file)
    _check_other(edition, read, file)
    found = pay(edition, read)
    result: dict[str, Any] = {}
    if found.standing.tier is not None:
        result["tier"] = found.standing.tier
    if found.standing.level is not None:
        result["level"] = found.standing.level
    if found.missing:
        result["missing"] = [str(message) for message in found.missing]
    else:
        result["components"] = {one.code: plain(one.amount) for one in found.items}
        result["basic"] = plain(found.basic)
        if edition.has_performance:
            result["performance"] = plain(found.performance)
        result["monthly"] = plain(found.monthly)
        if edition.has_performance and edition.performance.paid is not PaidEvery.MONTH:
            result |= {"period": plain(found.period), "period_months": found.period_months}
    return {"result": result, "because": [reason.as_json() for reason in found.reasons]}


def _check_other(edition: PayEdition, facts: PayFacts, file: str) -> None:
    table = Table.of(facts.other, file, "other")
    for one in edition.facts:
        if table.has(one.code) and table.text(one.code) not in one.values:
            known = "、".join(one.values)
            problem = msg("的代码“%(value)s”不存在，请改用：%(known)s。", value=table.text(one.code), known=known)
            raise table.refusal(one.code, problem)
    table.end()
