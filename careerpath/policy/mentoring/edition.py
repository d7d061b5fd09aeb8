"""An edition of the rules of mentoring (导师帮带): who may be a mentor, for how many, how long, and who suits whom."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "mentoring"


@dataclass(frozen=True, slots=True)
class MentorKind:
    """A kind of mentor and how many people one of them may have at once.

    ``outside``: people who have no file here, such as cadres of agencies.
    """

    code: str
    name: str
    cap: int
    outside: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Term:
    """How long a pairing lasts in months, how often it is reviewed, and after how many days without a log it stalls."""

    months: int
    review_every: int
    stalled_after: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class MentoringGrade:
    """A grade of the evaluation at the end, best first; ``passes`` if the mentoring counts as completed."""

    code: str
    name: str
    passes: bool


class Chain(StrEnum):
    """What is made of a mentor to whom the mentee answers: sought, avoided, forbidden, or all the same."""

    PREFER = "prefer"
    AVOID = "avoid"
    FORBID = "forbid"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Matching:
    """What weighs how much when a pairing is proposed; the weights add up to 1.

    ``farthest`` is the distance in steps of the unit tree at which nearness is worth nothing; with ``forbid_beyond``
    nobody farther is proposed. With ``needs_expertise`` a mentor must hold one thing at least that is wanted.
    """

    expertise: Decimal
    nearness: Decimal
    balance: Decimal
    chain: Chain
    chain_weight: Decimal
    farthest: int
    forbid_beyond: bool
    needs_expertise: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class MentoringEdition:
    """Kinds of mentors, the term, the grades, and what weighs in matching."""

    head: EditionHead
    mentors: tuple[MentorKind, ...]
    term: Term
    grades: tuple[MentoringGrade, ...]
    matching: Matching | None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "MentoringEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        matching = top.optional_table("matching")
        edition = cls(
            head=head,
            mentors=tuple(_read_mentor(item, head) for item in top.tables("mentors")),
            term=_read_term(top.table("term"), head),
            grades=tuple(_read_grade(item) for item in top.tables("grades")),
            matching=_read_matching(matching, head) if matching else None,
        )
        top.end()
        if not edition.mentors:
            raise top.refusal("mentors", msg("请至少写明一类导师。"))
        for key, codes in (
            ("mentors", [one.code for one in edition.mentors]),
            ("grades", [one.code for one in edition.grades]),
        ):
            for number, code in enumerate(codes, start=1):
                if code in codes[: number - 1]:
                    raise top.refusal(f"{key}[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "MentoringEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def mentor_kind(self, code: str) -> MentorKind | None:
        """The kind of mentor with this code."""
        return next((kind for kind in self.mentors if kind.code == code), None)


def _read_mentor(table: Table, head: EditionHead) -> MentorKind:
    kind = MentorKind(
        table.text("code"),
        table.text("name"),
        table.whole("cap", 1, 50),
        table.flag("outside", False),
        read_citation(table, head),
    )
    table.end()
    return kind


def _read_term(table: Table, head: EditionHead) -> Term:
    term = Term(
        months=table.whole("months", 1, 120),
        review_every=table.whole("review_every", 1, 120),
        stalled_after=table.whole("stalled_after", 1, 1000),
        citation=read_citation(table, head),
    )
    table.end()
    if term.review_every > term.months:
        raise table.refusal("review_every", msg("大于 months，请改正。"))
    return term


def _read_grade(table: Table) -> MentoringGrade:
    grade = MentoringGrade(table.text("code"), table.text("name"), table.flag("passes"))
    table.end()
    return grade


def _read_matching(table: Table, head: EditionHead) -> Matching:
    chain = table.code("chain", Chain, Chain.IGNORE)
    matching = Matching(
        expertise=table.number("expertise", 0, 1),
        nearness=table.number("nearness", 0, 1),
        balance=table.number("balance", 0, 1),
        chain=chain,
        chain_weight=table.number("chain_weight", 0, 1, default=Decimal(0)),
        farthest=table.whole("farthest", 1, 20),
        forbid_beyond=table.flag("forbid_beyond", False),
        needs_expertise=table.flag("needs_expertise", False),
        citation=read_citation(table, head),
    )
    table.end()
    if matching.expertise + matching.nearness + matching.balance + matching.chain_weight != 1:
        raise table.refusal("expertise", msg("各项权重合计应为 1，请改正。"))
    if (chain in (Chain.PREFER, Chain.AVOID)) != bool(matching.chain_weight):
        raise table.refusal("chain_weight", msg("只在 chain 为 prefer 或 avoid 时填写，并且大于 0，请改正。"))
    return matching
