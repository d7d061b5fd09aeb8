"""The rule of targets on plain data: figures in, each target with what is lacking and why out."""

from typing import Any

from careerpath.policy.reading import Table
from careerpath.policy.reason import plain
from careerpath.policy.targets.edition import TargetsEdition
from careerpath.policy.targets.judging import Figure, judge
from careerpath.words import msg

MOST = 100_000_000


def try_targets(edition: TargetsEdition, facts: object, file: str) -> dict[str, Any]:
    """``{"result": {"targets": [{"code", "value", "met", "lacking", "over"}]}, "because": […]}``.

    The facts are ``figures``: for each ``code`` a ``count`` and, where something is divided, the ``whole``.
    """
    table = Table.of(facts, file)
    found = []
    for item in table.tables("figures"):
        target = edition.target(item.text("code"))
        if target is None:
            known = "、".join(one.code for one in edition.targets)
            raise item.refusal("code", msg("没有这项目标，请改用：%(known)s。", known=known))
        figure = Figure(item.whole("count", 0, MOST), item.whole("whole", 0, MOST) if item.has("whole") else None)
        item.end()
        found.append(judge(edition, target, figure))
    table.end()
    targets = [
        {
            "code": one.target.code,
            "value": plain(one.value),
            "met": one.met,
            "lacking": one.lacking,
            "over": one.over,
        }
        for one in found
    ]
    return {"result": {"targets": targets}, "because": [one.reason.as_json() for one in found]}
