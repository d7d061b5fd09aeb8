"""Every rule can be tried on plain data, without a database: facts in, result and reasons out."""

from typing import Any

from careerpath.policy.catalogue import rule_named
from careerpath.policy.edition import Edition
from careerpath.words import Refused, msg


def try_rule(rule: str, facts: object, edition: Edition, file: str = "facts") -> dict[str, Any]:
    """The answer of one rule: ``{"result": …, "because": [{"rule", "document", "input", "value", "text"}, …]}``.

    ``facts`` are plain JSON values, read strictly; ``file`` is named in refusals. For rules about lists the facts are a
    list and the result is a list in rank order.
    """
    named = rule_named(rule)
    if edition.head.rule != rule:
        raise Refused(
            msg(
                "“%(title)s”是规则 %(found)s 的版本，不能用于 %(rule)s，请换一个版本。",
                title=edition.head.title,
                found=edition.head.rule,
                rule=rule,
            ),
            field="edition",
        )
    return named.answer(edition, facts, file)
