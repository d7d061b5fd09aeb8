"""Two editions of a rule side by side."""

from dataclasses import dataclass
from datetime import date

from careerpath.access.actor import Actor
from careerpath.policy.catalogue import RULES
from careerpath.policy.edition import Edition, EditionHead, to_plain
from careerpath.policy.shapes import PartChanges, compare, shape_of
from careerpath.rulebook.queries.book import EditionLine, lines_by_rule
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition to choose for a comparison."""

    token: str
    text: Message


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions and what differs, by part."""

    old: EditionHead
    new: EditionHead
    parts: tuple[PartChanges, ...]

    @property
    def count(self) -> int:
        """The number of differences."""
        return sum(len(part.changes) for part in self.parts)


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """What differs from one edition to another; refuses editions of two rules."""
    if old.head.rule != new.head.rule:
        raise Refused(
            msg(
                "“%(old)s”与“%(new)s”不是同一规则的版本，无法比较，请重新选择。",
                old=old.head.title,
                new=new.head.title,
            ),
            field="new",
        )
    parts = compare(shape_of(old.head.rule), to_plain(old), to_plain(new))
    return Comparison(old.head, new.head, parts)


def choices(actor: Actor, on: date) -> list[tuple[Message, list[Choice]]]:
    """The editions that can be compared, by rule."""
    lines = lines_by_rule(actor, on, *RULES)
    return [(entry.name, [_choice(line) for line in lines[rule]]) for rule, entry in RULES.items()]


def _choice(line: EditionLine) -> Choice:
    text = msg(
        "%(place)s %(day)s %(title)s（%(standing)s）",
        place=line.place,
        day=line.effective_from,
        title=line.title,
        standing=line.standing_name,
    )
    return Choice(line.token, text)
