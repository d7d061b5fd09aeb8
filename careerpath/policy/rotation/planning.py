"""How well a host suits somebody in the next round, with the reasons: the proposals of a plan are made of these."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from careerpath.policy.reason import Reason, show
from careerpath.policy.rotation.edition import Planning, RotationEdition
from careerpath.policy.rotation.stays import Due
from careerpath.words import Message, msg

POINTS = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like: a kind by its code (empty for any), a host, lines of work, not before a day."""

    kind: str = ""
    host_id: int | None = None
    lines: frozenset[str] = field(default_factory=frozenset)
    earliest_on: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be sent: the open wish, whether it is their turn, and what their unit lacks and they cannot do.

    ``turn`` is empty where the edition asks nothing of the kind.
    """

    id: int
    wish: Wish | None = None
    turn: Due | None = None
    gaps: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Opening:
    """A host that takes people: kinds of rotation by code (none for all), and what can be learnt there."""

    id: int
    kinds: frozenset[str] = field(default_factory=frozenset)
    lines: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Suit:
    """How well a host suits somebody: points out of 100 with one decimal, and why."""

    points: Decimal
    reasons: tuple[Reason, ...]


def suit(edition: RotationEdition, kind: str, starts_on: date, candidate: Candidate, opening: Opening) -> Suit | None:
    """How well a host suits somebody for one kind from a day on; ``None`` where it may not be proposed.

    That is where the host does not take the kind, the person asked not to go so early, or nothing is said of planning.
    Whether a place is free, and what else the person does then, is not looked at here.
    """
    rule = edition.planning
    if rule is None or (opening.kinds and kind not in opening.kinds):
        return None
    wish = candidate.wish if candidate.wish is not None and candidate.wish.kind in ("", kind) else None
    if wish is not None and wish.earliest_on is not None and wish.earliest_on > starts_on:
        return None
    parts = (_wished(rule, wish, opening), _turn(rule, candidate.turn), _gap(rule, candidate.gaps & opening.lines,
             min(len(candidate.gaps), len(opening.lines))))  # fmt: skip
    total = sum((share * weight for _, share, weight, _ in parts), Decimal(0)) * POINTS
    return Suit(total.quantize(TENTH, ROUND_HALF_UP), tuple(_reason(edition, rule, *part) for part in parts))


Part = tuple[str, Decimal, Decimal, Message]
"""Name, how much of it there is from 0 to 1, its weight, and the words."""


def _wished(rule: Planning, wish: Wish | None, opening: Opening) -> Part:
    if wish is None:
        return "wish", Decimal(0), rule.wish, msg("没有提出意愿")
    if wish.host_id is not None:
        if wish.host_id == opening.id:
            return "wish", Decimal(1), rule.wish, msg("本人希望去这里")
        return "wish", Decimal(0), rule.wish, msg("本人希望去别的单位")
    if not wish.lines:
        return "wish", Decimal(1), rule.wish, msg("本人提出意愿，不限单位")
    shared = wish.lines & opening.lines
    if not shared:
        return "wish", Decimal(0), rule.wish, msg("本人想学的业务这里学不到")
    words = msg("本人想学 %(wanted)s 项，这里可学 %(shared)s 项：%(names)s", wanted=len(wish.lines),
                shared=len(shared), names="、".join(sorted(shared)))  # fmt: skip
    return "wish", Decimal(len(shared)) / len(wish.lines), rule.wish, words


def _turn(rule: Planning, turn: Due | None) -> Part:
    if turn is None:
        return "turn", Decimal(0), rule.turn, msg("办法没有规定轮岗周期")
    if not turn.is_due:
        return "turn", Decimal(0), rule.turn, msg("%(since)s 起才轮到", since=turn.since)
    return "turn", Decimal(1), rule.turn, msg("%(since)s 起应安排", since=turn.since)


def _gap(rule: Planning, shared: frozenset[str], most: int) -> Part:
    if not shared:
        return "gap", Decimal(0), rule.gap, msg("这里学不到本社区缺人的业务")
    words = msg(
        "本社区缺人的业务这里可学 %(shared)s 项：%(names)s", shared=len(shared), names="、".join(sorted(shared))
    )
    return "gap", Decimal(len(shared)) / most, rule.gap, words


def _reason(
    edition: RotationEdition, rule: Planning, name: str, share: Decimal, weight: Decimal, words: Message
) -> Reason:
    points = (share * weight * POINTS).quantize(TENTH, ROUND_HALF_UP)
    most = show((weight * POINTS).quantize(TENTH))
    sentence = msg("%(words)s：%(points)s 分（满分 %(most)s 分）。", words=words, points=show(points), most=most)
    return edition.head.because("planning", rule.citation, {name: share, "weight": weight}, points, sentence)
