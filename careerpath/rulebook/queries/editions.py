"""Which editions of a rule there are here, and which one is in force on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.catalogue import rule_named, shipped
from careerpath.policy.edition import Edition, in_force
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.words import Refused, msg

Ed = TypeVar("Ed", bound=Edition)

NATIONAL = "全国"


def editions(rule: str, read: Callable[[Mapping[str, Any]], Ed], supplied: tuple[Ed, ...]) -> tuple[Ed, ...]:
    """All editions of a rule: those adopted here, and the shipped ones they do not replace; oldest first."""
    rows = db.session.scalars(
        select(StoredEdition.content).where(StoredEdition.rule == rule, StoredEdition.state == EditionState.ADOPTED)
    ).all()
    stored = tuple(read(content) for content in rows)
    taken = {edition.head.key for edition in stored}
    every = (*stored, *(edition for edition in supplied if edition.head.key not in taken))
    return tuple(sorted(every, key=lambda edition: (edition.head.effective_from, edition.head.key)))


def edition_on(known: tuple[Ed, ...], on: date, place: str) -> Ed:
    """The edition in force on a day at a place: its own, else that of the nearest place above it, else the only one.

    费县 follows its own, 大连市中山区 follows 大连市, and a national edition (全国) serves whoever has none nearer.
    """
    above = [edition.head.place for edition in known if place.startswith(edition.head.place)]
    nearest = max(above, key=len, default="")
    here = tuple(edition for edition in known if edition.head.place == nearest) if nearest else ()
    national = tuple(edition for edition in known if edition.head.place == NATIONAL)
    return in_force(here or national or known, on, nearest if here else "")


def edition_named(known: tuple[Ed, ...], key: str) -> Ed:
    """One edition by its key."""
    for edition in known:
        if edition.head.key == key:
            return edition
    raise Refused(msg("没有编号为“%(key)s”的办法版本，请从列表中选择。", key=key), field="edition")


def every_edition(rule: str) -> tuple[Edition, ...]:
    """All editions of a rule here, whichever rule it is."""
    read = rule_named(rule).read
    return editions(rule, lambda content: read(content, rule), shipped(rule))
