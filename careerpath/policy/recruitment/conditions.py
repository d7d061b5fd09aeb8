"""Who may apply and with what: the conditions, groups and documents of a notice, and how each is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.codes import Education, Political
from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.words import msg


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of applicant for whom something else holds: graduates, veterans, holders of a certificate."""

    code: str
    name: str


class ConditionKind(StrEnum):
    """What a condition looks at; ``checked`` is a sentence that a person judges."""

    EDUCATION = "education"
    POLITICAL = "political"
    AGE = "age"
    HOUSEHOLD = "household"
    EXPERIENCE = "experience"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. Those with the same ``code`` are alternatives: one that holds is enough.

    ``group`` limits it to applicants of that group; empty, it is for everybody. Ages are birthdays looked at on
    ``reckoned_on``, else on the day asked about: with ``oldest_inclusive`` somebody whose birthday of that age falls on
    that very day is still in. ``born_from`` and ``born_until`` are dates of birth; ``months`` is experience at least.
    """

    code: str
    name: str
    kind: ConditionKind
    group: str
    education: Education | None
    political: tuple[Political, ...]
    youngest: int | None
    youngest_inclusive: bool | None
    oldest: int | None
    oldest_inclusive: bool | None
    reckoned_on: date | None
    born_from: date | None
    born_from_inclusive: bool | None
    born_until: date | None
    born_until_inclusive: bool | None
    places: tuple[str, ...]
    """Beginnings of the household's place: names or division codes."""
    months: int | None
    months_inclusive: bool | None
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Document:
    """A document that an applicant hands in; ``group`` limits it to applicants of that group."""

    code: str
    name: str
    required: bool
    original: bool
    """Whether the original is shown when the copy is handed in."""
    group: str
    citation: Citation


LIMITS = ("youngest", "oldest", "born_from", "born_until")
OWN_KEYS: Mapping[ConditionKind, tuple[str, ...]] = {
    ConditionKind.EDUCATION: ("education",),
    ConditionKind.POLITICAL: ("political",),
    ConditionKind.AGE: LIMITS,
    ConditionKind.HOUSEHOLD: ("places",),
    ConditionKind.EXPERIENCE: ("months",),
    ConditionKind.CHECKED: ("text",),
}
"""The keys of which a condition of a kind needs at least one, and which no other kind may have."""


def read_group(table: Table) -> Group:
    """One item of ``[[groups]]``."""
    group = Group(table.text("code"), table.text("name"))
    table.end()
    return group


def read_condition(table: Table, head: EditionHead) -> Condition:
    """One item of ``[[conditions]]``: the keys of its kind and no other, an inclusive flag beside each limit."""
    condition = Condition(
        code=table.text("code"),
        name=table.text("name"),
        kind=table.code("kind", ConditionKind),
        group=table.text("group", ""),
        education=table.code("education", Education) if table.has("education") else None,
        political=table.codes("political", Political),
        youngest=_years(table, "youngest"),
        youngest_inclusive=table.inclusive("youngest"),
        oldest=_years(table, "oldest"),
        oldest_inclusive=table.inclusive("oldest"),
        reckoned_on=table.optional_day("reckoned_on"),
        born_from=table.optional_day("born_from"),
        born_from_inclusive=table.inclusive("born_from"),
        born_until=table.optional_day("born_until"),
        born_until_inclusive=table.inclusive("born_until"),
        places=table.texts("places"),
        months=table.whole("months", 0, 600) if table.has("months") else None,
        months_inclusive=table.inclusive("months"),
        text=table.text("text", ""),
        citation=read_citation(table, head),
    )
    table.end()
    _check_condition(table, condition)
    return condition


def read_document(table: Table, head: EditionHead) -> Document:
    """One item of ``[[documents]]``."""
    document = Document(
        code=table.text("code"),
        name=table.text("name"),
        required=table.flag("required", True),
        original=table.flag("original", False),
        group=table.text("group", ""),
        citation=read_citation(table, head),
    )
    table.end()
    return document


def _years(table: Table, key: str) -> int | None:
    return table.whole(key, 14, 80) if table.has(key) else None


def _check_condition(table: Table, condition: Condition) -> None:
    given = {key for keys in OWN_KEYS.values() for key in keys if getattr(condition, key) not in (None, "", ())}
    own = OWN_KEYS[condition.kind]
    if not given & set(own):
        raise table.refusal(own[0], msg("缺少这一项，本类条件需要填写：%(keys)s。", keys="、".join(own)))
    # A free sentence may explain any kind of condition.
    for key in sorted(given - set(own) - {"text"}):
        raise table.refusal(key, msg("不属于 %(kind)s 类条件，请删去或另列一条。", kind=condition.kind.value))
    if condition.reckoned_on is not None and condition.youngest is None and condition.oldest is None:
        raise table.refusal("reckoned_on", msg("只能与 youngest 或 oldest 一起填写，请补上或删去。"))
    if condition.youngest is not None and condition.oldest is not None and condition.youngest > condition.oldest:
        raise table.refusal("youngest", msg("大于 oldest，请改正。"))
    if condition.born_from and condition.born_until and condition.born_from > condition.born_until:
        raise table.refusal("born_from", msg("晚于 born_until，请改正先后。"))
