"""How well a mentor suits somebody, with the reasons: the proposals of a matching are made of these."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from careerpath.policy.mentoring.edition import Chain, Matching, MentoringEdition, MentorKind
from careerpath.policy.reason import Reason, show
from careerpath.words import Message, Refused, msg

POINTS = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Mentee:
    """Somebody who is to be mentored: what they want to learn, and the path of their unit, such as ``1/2/3/``."""

    id: int
    unit_path: str
    wanted: frozenset[str] = field(default_factory=frozenset)
    former: frozenset[int] = field(default_factory=frozenset)
    """Mentors whom they had before or must not be given."""


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who mentors: what they can teach, how many they have already, and whom they command.

    ``unit_path`` is that of the unit where they serve; ``commands`` that of the unit whose people answer to them,
    empty for nobody. ``cap`` is how many they agreed to take at most, none for the cap of their kind.
    """

    id: int
    kind: str
    unit_path: str
    held: frozenset[str] = field(default_factory=frozenset)
    mentees: int = 0
    commands: str = ""
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two suit each other: points out of 100 with one decimal, and why."""

    points: Decimal
    reasons: tuple[Reason, ...]


def kind_of(edition: MentoringEdition, mentor: Mentor) -> MentorKind:
    """The kind of a mentor. Raises ``Refused`` with the known ones."""
    kind = edition.mentor_kind(mentor.kind)
    if kind is None:
        known = "、".join(one.code for one in edition.mentors)
        raise Refused(msg("没有“%(code)s”这类导师，请改用：%(known)s。", code=mentor.kind, known=known), field="kind")
    return kind


def cap_of(edition: MentoringEdition, mentor: Mentor) -> int:
    """How many people a mentor takes at most: their own cap, or that of their kind."""
    return kind_of(edition, mentor).cap if mentor.cap is None else mentor.cap


def free_places(edition: MentoringEdition, mentor: Mentor) -> int:
    """How many more people a mentor may take; 0 where the cap is reached or was overridden."""
    return max(cap_of(edition, mentor) - mentor.mentees, 0)


def distance(one: str, other: str) -> int:
    """Steps between two units of the tree: 0 in the same unit, 2 between two communities of one street."""
    first, second = one.strip("/").split("/"), other.strip("/").split("/")
    common = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        common += 1
    return len(first) + len(second) - 2 * common


Part = tuple[str, Decimal, Decimal, Message]
"""Name, how much of it there is from 0 to 1, its weight, and the words."""


def fit(edition: MentoringEdition, mentee: Mentee, mentor: Mentor) -> Fit | None:
    """How well a mentor suits somebody; ``None`` where the rules forbid it or nothing is said of matching.

    Whether the mentor has a place left is not looked at here: that is for whoever shares out the places.
    """
    rule, parts = edition.matching, _parts(edition, mentee, mentor)
    if rule is None or parts is None:
        return None
    return Fit(_total(parts), tuple(_reason(edition, rule, *part) for part in parts))


def points_of(edition: MentoringEdition, mentee: Mentee, mentor: Mentor) -> Decimal | None:
    """The points of ``fit`` alone: for the many pairs of a matching that nobody will read reasons of."""
    parts = _parts(edition, mentee, mentor)
    return None if parts is None else _total(parts)


def _parts(edition: MentoringEdition, mentee: Mentee, mentor: Mentor) -> list[Part] | None:
    rule = edition.matching
    if rule is None or mentor.id in mentee.former:
        return None
    commanded = bool(mentor.commands) and mentee.unit_path.startswith(mentor.commands)
    steps = distance(mentee.unit_path, mentor.unit_path)
    shared = mentee.wanted & mentor.held
    if commanded and rule.chain is Chain.FORBID:
        return None
    if rule.needs_expertise and mentee.wanted and not shared:
        return None
    if rule.forbid_beyond and steps > rule.farthest:
        return None
    parts = [_expertise(rule, mentee, shared), _nearness(rule, steps), _balance(edition, rule, mentor)]
    if rule.chain_weight:
        parts.append(_chain(rule, commanded))
    return parts


def _total(parts: list[Part]) -> Decimal:
    total = sum((share * weight for _, share, weight, _ in parts), Decimal(0)) * POINTS
    return total.quantize(TENTH, ROUND_HALF_UP)


def _expertise(rule: Matching, mentee: Mentee, shared: frozenset[str]) -> Part:
    if not mentee.wanted:
        return "expertise", Decimal("0.5"), rule.expertise, msg("未写明想学的业务")
    share = Decimal(len(shared)) / len(mentee.wanted)
    if not shared:
        return "expertise", share, rule.expertise, msg("导师专长与想学的业务没有相同的")
    words = msg("想学 %(wanted)s 项，导师有专长 %(shared)s 项：%(names)s", wanted=len(mentee.wanted),
                shared=len(shared), names="、".join(sorted(shared)))  # fmt: skip
    return "expertise", share, rule.expertise, words


def _nearness(rule: Matching, steps: int) -> Part:
    share = max(1 - Decimal(steps) / rule.farthest, Decimal(0))
    words = msg("在同一单位") if steps == 0 else msg("单位相隔 %(steps)s 级", steps=steps)
    return "nearness", share, rule.nearness, words


def _balance(edition: MentoringEdition, rule: Matching, mentor: Mentor) -> Part:
    cap = cap_of(edition, mentor)
    share = max(1 - Decimal(mentor.mentees) / cap, Decimal(0))
    words = msg("导师现带 %(count)s 人，最多 %(cap)s 人", count=mentor.mentees, cap=cap)
    return "balance", share, rule.balance, words


def _chain(rule: Matching, commanded: bool) -> Part:
    wanted = commanded if rule.chain is Chain.PREFER else not commanded
    words = msg("是直接领导") if commanded else msg("不是直接领导")
    return "chain", Decimal(int(wanted)), rule.chain_weight, words


def _reason(
    edition: MentoringEdition, rule: Matching, name: str, share: Decimal, weight: Decimal, words: Message
) -> Reason:
    points = (share * weight * POINTS).quantize(TENTH, ROUND_HALF_UP)
    most = show((weight * POINTS).quantize(TENTH))
    sentence = msg("%(words)s：%(points)s 分（满分 %(most)s 分）。", words=words, points=show(points), most=most)
    return edition.head.because("matching", rule.citation, {name: share, "weight": weight}, points, sentence)
