"""The conditions of a gate: of the pool, of a rung of the ladder, or of a channel into institution posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.codes import Certificate, Education, Grade, Political, Post
from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.words import msg


class ConditionKind(StrEnum):
    """What a condition looks at; ``checked`` is one that a person judges."""

    POLITICAL = "political"
    AGE = "age"
    EDUCATION = "education"
    SERVICE = "service"
    POST = "post"
    RUNG = "rung"
    APPRAISALS = "appraisals"
    CERTIFICATE = "certificate"
    DISCIPLINE = "discipline"
    CHECKED = "checked"


class Count(StrEnum):
    """How months in posts are counted: without a day between and until now, or added up."""

    CONSECUTIVE = "consecutive"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the gate with this code. Those with the same ``code`` are alternatives: one is enough.

    ``oldest`` is a birthday looked at on ``reckoned_on``, else on the day asked about; with ``oldest_inclusive``
    somebody whose birthday of that age falls on that very day is still in. ``months`` are full ones at least, complete
    on the day of the same number; without ``months_inclusive`` they must be complete on the day before.
    """

    gate: str
    code: str
    name: str
    kind: ConditionKind
    political: tuple[Political, ...]
    oldest: int | None
    oldest_inclusive: bool | None
    reckoned_on: date | None
    education: Education | None
    months: int | None
    months_inclusive: bool | None
    posts: tuple[Post, ...]
    roles: tuple[str, ...]
    """Words of which one stands in the title or the party role: 社区党组织书记."""
    count: Count
    rung: str
    years: int | None
    """How many of the last appraisals are looked at; people of no grade are passed over."""
    grades: tuple[Grade, ...]
    excellent: int
    """How many of these are 优秀 at least."""
    certificate: Certificate | None
    text: str
    citation: Citation


OWN_KEYS: Mapping[ConditionKind, tuple[str, ...]] = {
    ConditionKind.POLITICAL: ("political",),
    ConditionKind.AGE: ("oldest",),
    ConditionKind.EDUCATION: ("education",),
    ConditionKind.SERVICE: ("months",),
    ConditionKind.POST: ("months", "posts", "roles"),
    ConditionKind.RUNG: ("rung",),
    ConditionKind.APPRAISALS: ("years", "grades"),
    ConditionKind.CERTIFICATE: ("certificate",),
    ConditionKind.DISCIPLINE: (),
    ConditionKind.CHECKED: ("text",),
}
"""The keys that a condition of a kind may have; of these it needs the first, where there is one."""
MORE_KEYS: Mapping[ConditionKind, tuple[str, ...]] = {
    ConditionKind.RUNG: ("months",),
    ConditionKind.APPRAISALS: ("excellent",),
}
"""Keys that it may have besides."""


def read_condition(table: Table, head: EditionHead) -> Condition:
    """One item of ``[[conditions]]``: the keys of its kind and no other, an inclusive flag beside each limit."""
    condition = Condition(
        gate=table.text("gate"),
        code=table.text("code"),
        name=table.text("name"),
        kind=table.code("kind", ConditionKind),
        political=table.codes("political", Political),
        oldest=table.whole("oldest", 18, 80) if table.has("oldest") else None,
        oldest_inclusive=table.inclusive("oldest"),
        reckoned_on=table.optional_day("reckoned_on"),
        education=table.code("education", Education) if table.has("education") else None,
        months=table.whole("months", 1, 600) if table.has("months") else None,
        months_inclusive=table.inclusive("months"),
        posts=table.codes("posts", Post),
        roles=table.texts("roles"),
        count=table.code("count", Count, Count.TOTAL),
        rung=table.text("rung", ""),
        years=table.whole("years", 1, 10) if table.has("years") else None,
        grades=table.codes("grades", Grade),
        excellent=table.whole("excellent", 0, 10, 0),
        certificate=table.code("certificate", Certificate) if table.has("certificate") else None,
        text=table.text("text", ""),
        citation=read_citation(table, head),
    )
    table.end()
    _check(table, condition)
    return condition


def _check(table: Table, condition: Condition) -> None:
    own = OWN_KEYS[condition.kind]
    known = {key for keys in (*OWN_KEYS.values(), *MORE_KEYS.values()) for key in keys}
    given = {key for key in known if getattr(condition, key) not in (None, "", (), 0)}
    if own and own[0] not in given:
        raise table.refusal(own[0], msg("缺少这一项，本类条件需要填写：%(keys)s。", keys="、".join(own)))
    if condition.kind is ConditionKind.POST and not condition.posts and not condition.roles:
        raise table.refusal("posts", msg("请用 posts 或 roles 写明计算哪些职务的任职时间。"))
    # A free sentence may explain any kind of condition.
    for key in sorted(given - {*own, *MORE_KEYS.get(condition.kind, ()), "text"}):
        raise table.refusal(key, msg("不属于 %(kind)s 类条件，请删去或另列一条。", kind=condition.kind.value))
    if condition.reckoned_on is not None and condition.oldest is None:
        raise table.refusal("reckoned_on", msg("只能与 oldest 一起填写，请补上或删去。"))
    if condition.excellent > (condition.years or 0):
        raise table.refusal("excellent", msg("不能多于 years，请改正。"))
