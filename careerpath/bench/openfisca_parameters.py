"""The numbers of the editions as parameters by date, in the plain form that OpenFisca-core reads. Money is in cents."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import PayEdition
from careerpath.policy.pay.ladder import EarlyStep, EducationRule, Ladder, TenureStep
from careerpath.policy.pay.pieces import Component

POSTS = ("staff", "deputy", "chief")
FIRST_GRADES = 2004
PARTS = 1_000_000
"""Rates are in millionths."""


def parameters_of(edition: PayEdition, insurance: Iterable[InsuranceEdition]) -> dict[str, Any]:
    """One tree for the pay edition, with the insurance editions dated beside each other."""
    since = edition.head.effective_from.isoformat()
    ladder, probation = edition.ladder, edition.probation
    if ladder is None or probation is None or not (ladder.tenure and ladder.education and ladder.early):
        raise ValueError(edition.head.key)
    parts = {one.code: one for one in edition.components}
    tree: dict[str, Any] = {
        "basic": _cents(parts["basic"].amount),
        "post": _looked_up(parts["post"], "post"),
        "reward": _looked_up(parts["reward"], "post"),
        "qualification": _looked_up(parts["qualification"], "certificate"),
        "step": _steps(edition, ladder),
        "probation": int(probation.share * 100),
        **_climbing(ladder, ladder.tenure, ladder.education, ladder.early),
    }
    found = _dated(tree, since)
    found["insurance"] = _together([_insurance(one) for one in insurance])
    return found


def _climbing(ladder: Ladder, tenure: TenureStep, education: EducationRule, early: EarlyStep) -> dict[str, Any]:
    return {
        "levels": ladder.levels,
        "lowest": {one.post.value: one.lowest for one in ladder.ranges},
        "highest": {one.post.value: one.highest for one in ladder.ranges},
        "tenure": {"every_years": tenure.every_years},
        "early": {"successive": early.successive, "at_most": early.at_most, "levels": early.levels},
        "education": {
            one.height.value: {
                "both_levels": one.both_levels,
                "both_years": one.both_years,
                "one_levels": one.one_levels,
                "one_years": one.one_years,
            }
            for one in education.grants
        },
    }


def _looked_up(component: Component, fact: str) -> dict[str, int]:
    return {value: _cents(row.amount) for row in component.rows for value in row.when.codes[fact]}


def _steps(edition: PayEdition, ladder: Ladder) -> dict[str, dict[str, int]]:
    table = edition.table("step")
    return {
        one.post.value: {f"l{level}": _cents(table.at(one.tier, level)) for level in range(one.lowest, one.highest + 1)}
        for one in ladder.ranges
    }


def _insurance(edition: InsuranceEdition) -> dict[str, Any]:
    items = {}
    for item in edition.items:
        lowest, highest = item.limits(edition.base.limits)
        items[item.code] = {
            "floor": _cents(lowest),
            "ceiling": _cents(highest),
            "employer": int(item.employer_rate * PARTS),
            "employee": int(item.employee_rate * PARTS),
            "rounded_to": _cents(item.unit),
        }
    return _dated({"rounded_to": _cents(edition.base.unit), "items": items}, edition.head.effective_from.isoformat())


def _cents(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)) * 100)


def _dated(tree: dict[str, Any], since: str) -> dict[str, Any]:
    return {
        name: _dated(value, since) if isinstance(value, dict) else {"values": {since: {"value": value}}}
        for name, value in tree.items()
    }


def _together(trees: list[dict[str, Any]]) -> dict[str, Any]:
    """Dated trees of the same shape as one."""
    found: dict[str, Any] = {}
    for name in trees[0]:
        inner = [tree[name] for tree in trees]
        found[name] = (
            {key: value for one in inner for key, value in one.items()} if _is_dates(inner[0]) else _together(inner)
        )
    return found


def _is_dates(tree: dict[str, Any]) -> bool:
    return any(key[:1].isdigit() for key in tree)
