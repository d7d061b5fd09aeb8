"""What is known of one person: service, posts, rungs, appraisals, certificates, discipline, honours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from careerpath.policy.codes import Certificate, Education, Grade, Political, Post
from careerpath.policy.reading import Table
from careerpath.policy.talent_pool.spans import Span
from careerpath.words import msg


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post for a time; ``role`` is its title and party role as the file says them."""

    post: Post
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class HeldRung:
    """A rung of the ladder for a time."""

    rung: str
    span: Span


@dataclass(frozen=True, slots=True)
class Honour:
    """An honour of a level that the edition names, such as ``province``."""

    level: str
    on: date


@dataclass(frozen=True, slots=True)
class Person:
    """What the conditions ask of one person; ``None`` or empty is not known.

    ``disciplines`` are the terms of measures, open ones of cases that are not closed. ``checked``: what a person found
    of conditions in words, by code. ``appraisals_complete``: whether years without an entry are known to have none.
    """

    born_on: date | None = None
    political: Political | None = None
    education: Education | None = None
    service: tuple[Span, ...] = ()
    posts: tuple[HeldPost, ...] = ()
    rungs: tuple[HeldRung, ...] = ()
    appraisals: Mapping[int, Grade] = field(default_factory=dict)
    certificate: Certificate | None = None
    disciplines: tuple[Span, ...] = ()
    honours: tuple[Honour, ...] = ()
    checked: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, table: Table) -> "Person":
        """A person from plain values, strictly; whoever asks for more keys of the table calls ``end``."""
        return cls(
            born_on=table.optional_day("born_on"),
            political=table.code("political", Political) if table.has("political") else None,
            education=table.code("education", Education) if table.has("education") else None,
            service=_spans(table, "service"),
            posts=tuple(_post(item) for item in table.tables("posts")),
            rungs=tuple(_rung(item) for item in table.tables("rungs")),
            appraisals=_appraisals(table.optional_table("appraisals")),
            certificate=table.code("certificate", Certificate) if table.has("certificate") else None,
            disciplines=_spans(table, "disciplines"),
            honours=tuple(_honour(item) for item in table.tables("honours")),
            checked=_flags(table.optional_table("checked")),
        )


def read_span(table: Table) -> Span:
    """``starts_on`` and, if it is over, ``ends_on``."""
    starts_on, ends_on = table.day("starts_on"), table.optional_day("ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise table.refusal("ends_on", msg("早于 starts_on，请改正先后。"))
    return Span(starts_on, ends_on)


def _spans(table: Table, key: str) -> tuple[Span, ...]:
    found = []
    for item in table.tables(key):
        found.append(read_span(item))
        item.end()
    return tuple(found)


def _post(table: Table) -> HeldPost:
    held = HeldPost(table.code("post", Post), table.text("role", ""), read_span(table))
    table.end()
    return held


def _rung(table: Table) -> HeldRung:
    held = HeldRung(table.text("rung"), read_span(table))
    table.end()
    return held


def _honour(table: Table) -> Honour:
    honour = Honour(table.text("level"), table.day("on"))
    table.end()
    return honour


def _appraisals(table: Table | None) -> dict[int, Grade]:
    if table is None:
        return {}
    found: dict[int, Grade] = {}
    for key in table.values:
        if not (len(key) == 4 and key.isascii() and key.isdigit()):
            raise table.refusal(key, msg("应为四位数的年度，例如 2025，请改正。"))
        found[int(key)] = table.code(key, Grade)
    table.end()
    return found


def _flags(table: Table | None) -> dict[str, bool]:
    if table is None:
        return {}
    found = {key: table.flag(key) for key in table.values}
    table.end()
    return found
