"""The list of all editions: shipped, adopted, drafts and withdrawn, and where each stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.policy.catalogue import RULES, shipped
from careerpath.policy.edition import EditionHead
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.words import Message, msg


class Standing(StrEnum):
    """Where an edition stands on a day."""

    CURRENT = "current"
    COMING = "coming"
    REPLACED = "replaced"
    """A later one of the same place holds."""
    COVERED = "covered"
    """A shipped one under whose key a local one was adopted."""
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


STANDING_NAMES: dict[Standing, Message] = {
    Standing.CURRENT: msg("现行"),
    Standing.COMING: msg("将施行"),
    Standing.REPLACED: msg("已被替代"),
    Standing.COVERED: msg("已被本地版本替代"),
    Standing.DRAFT: msg("草案"),
    Standing.WITHDRAWN: msg("已停用"),
}


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in a list. ``edition_id`` is None for one that came with the program.

    ``next_on`` is the day on which the next edition of the place takes over, where one does.
    """

    rule: str
    key: str
    title: str
    place: str
    effective_from: date
    document: str
    source: str
    example: bool
    edition_id: int | None
    state: EditionState
    standing: Standing = Standing.REPLACED
    next_on: date | None = None

    @property
    def rule_name(self) -> Message:
        """The name of the rule."""
        return RULES[self.rule].name

    @property
    def standing_name(self) -> Message:
        """Where it stands, in words; with the day where one matters."""
        if self.standing is Standing.COMING:
            return msg("将于 %(day)s 施行", day=self.effective_from)
        return STANDING_NAMES[self.standing]

    @property
    def token(self) -> str:
        """What stands for the edition in an address where shipped and stored ones are chosen alike."""
        return f"{self.rule}.{self.key}" if self.edition_id is None else str(self.edition_id)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The editions of one rule."""

    rule: str
    name: Message
    lines: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The list: chapters by rule, the number of editions, and the choices of the filters."""

    on: date
    chapters: tuple[Chapter, ...]
    total: int
    places: tuple[str, ...]
    rules: tuple[tuple[str, Message], ...]

    @property
    def place_choices(self) -> list[tuple[str, str]]:
        """The places as a filter's choices."""
        return [(place, place) for place in self.places]


def book(actor: Actor, on: date, rule: str = "", place: str = "", *, in_force_only: bool = False) -> Book:
    """All editions the actor may see, as they stand ``on`` a day; with ``in_force_only`` those that held then."""
    every = [line for lines in lines_by_rule(actor, on, *RULES).values() for line in lines]
    chosen = [
        line
        for line in every
        if (not rule or line.rule == rule)
        and (not place or line.place == place)
        and (not in_force_only or line.standing is Standing.CURRENT)
    ]
    chapters = [Chapter(name, RULES[name].name, tuple(line for line in chosen if line.rule == name)) for name in RULES]
    return Book(
        on,
        tuple(chapter for chapter in chapters if chapter.lines),
        len(chosen),
        tuple(dict.fromkeys(sorted(line.place for line in every))),
        tuple((name, entry.name) for name, entry in RULES.items()),
    )


def sees_drafts(actor: Actor) -> bool:
    """Whether drafts are shown to an actor: those who keep the rules, and those who reckon what a draft would cost."""
    return actor.has(Permission.RULES_EDIT) or actor.has(Permission.PAY_SIMULATE)


def lines_by_rule(actor: Actor, on: date, *rules: str) -> dict[str, list[EditionLine]]:
    """The editions of some rules that the actor may see: by place, newest first. One query, however many rules."""
    stored = _stored(rules)
    if not sees_drafts(actor):
        stored = [line for line in stored if line.state is not EditionState.DRAFT]
    return {rule: _lines(rule, [line for line in stored if line.rule == rule], on) for rule in rules}


def lines_of(actor: Actor, rule: str, on: date) -> list[EditionLine]:
    """The editions of one rule that the actor may see: by place, newest first."""
    return lines_by_rule(actor, on, rule)[rule]


def _lines(rule: str, stored: list[EditionLine], on: date) -> list[EditionLine]:
    adopted = {line.key for line in stored if line.state is EditionState.ADOPTED}
    supplied = [_line(edition.head) for edition in shipped(rule)]
    stood = [*_standing([line for line in stored if line.state is EditionState.ADOPTED], supplied, adopted, on)]
    stood += [
        replace(line, standing=Standing(line.state.value)) for line in stored if line.state is not EditionState.ADOPTED
    ]
    newest = sorted(stood, key=lambda line: (line.effective_from, line.key), reverse=True)
    return sorted(newest, key=lambda line: line.place)


def line_of(actor: Actor, rule: str, on: date, *, key: str = "", edition_id: int | None = None) -> EditionLine | None:
    """One edition's line: a stored one by its id, a shipped one by its key."""
    for line in lines_of(actor, rule, on):
        if line.edition_id == edition_id and (edition_id is not None or line.key == key):
            return line
    return None


def _standing(
    adopted: list[EditionLine], supplied: list[EditionLine], taken: set[str], on: date
) -> Iterable[EditionLine]:
    counting = [*adopted, *(line for line in supplied if line.key not in taken)]
    yield from (replace(line, standing=Standing.COVERED) for line in supplied if line.key in taken)
    for line in counting:
        later = [each.effective_from for each in counting if each.place == line.place]
        next_on = min((day for day in later if day > line.effective_from), default=None)
        standing = Standing.CURRENT if next_on is None or next_on > on else Standing.REPLACED
        yield replace(line, standing=Standing.COMING if line.effective_from > on else standing, next_on=next_on)


def _stored(rules: tuple[str, ...]) -> list[EditionLine]:
    head = StoredEdition.content["head"]
    rows = db.session.execute(
        select(
            StoredEdition.rule,
            StoredEdition.id,
            StoredEdition.key,
            StoredEdition.title,
            StoredEdition.place,
            StoredEdition.effective_from,
            StoredEdition.state,
            head["document"].as_string(),
            head["source"].as_string(),
            head["example"].as_boolean(),
        )
        .where(StoredEdition.rule.in_(rules))
        .order_by(StoredEdition.id)
    ).all()
    return [
        EditionLine(rule, key, title, place, day, document, source, bool(example), edition_id, state)
        for rule, edition_id, key, title, place, day, state, document, source, example in rows
    ]


def _line(head: EditionHead) -> EditionLine:
    return EditionLine(
        head.rule,
        head.key,
        head.title,
        head.place,
        head.effective_from,
        head.document,
        head.source,
        head.example,
        None,
        EditionState.ADOPTED,
    )
