"""What is known of the people of a batch: what they applied with, and what they scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from careerpath.policy.codes import Education, Political
from careerpath.policy.reading import Table
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.words import msg


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the conditions ask of one applicant; ``None`` or empty is not known.

    ``checked``: what a person found of each condition in words, by its code.
    """

    born_on: date | None = None
    education: Education | None = None
    political: Political | None = None
    household: str = ""
    experience_months: int | None = None
    groups: tuple[str, ...] = ()
    checked: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, table: Table, edition: RecruitmentEdition) -> "Applicant":
        """An applicant from a table that may have more keys; whoever asks for those calls ``end``."""
        return cls(
            born_on=table.optional_day("born_on"),
            education=table.code("education", Education) if table.has("education") else None,
            political=table.code("political", Political) if table.has("political") else None,
            household=table.text("household", ""),
            experience_months=table.whole("experience_months", 0, 900) if table.has("experience_months") else None,
            groups=table.texts("groups"),
            checked=_read_checked(table.optional_table("checked"), edition),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of one position.

    ``written`` or, where the exam has papers, ``papers`` by code; ``interview`` or the scores of the ``judges``.
    ``shortlisted`` is the list as it was published, where it was; ``decided_order`` is what people decided between
    candidates whom no rule tells apart, 1 before 2. ``places`` are those of the position.
    """

    id: str
    position: str = ""
    written: Decimal | None = None
    papers: Mapping[str, Decimal] = field(default_factory=dict)
    interview: Decimal | None = None
    judges: tuple[Decimal, ...] = ()
    bonus: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    absent_written: bool = False
    absent_interview: bool = False
    withdrawn: bool = False
    shortlisted: bool | None = None
    decided_order: int | None = None
    places: int | None = None
    applicant: Applicant | None = None

    @property
    def interviewed(self) -> bool:
        """Whether the interview has left any trace."""
        return self.interview is not None or bool(self.judges) or self.absent_interview

    @classmethod
    def read(cls, table: Table, edition: RecruitmentEdition) -> "Candidate":
        """A candidate from plain JSON values, strictly: scores out of range are refused with their place."""
        applicant = Applicant.read(table, edition)
        interview = edition.interview
        usual = edition.positions[0].code if len(edition.positions) == 1 else ""
        candidate = cls(
            id=table.text("id"),
            position=table.text("position", usual),
            written=table.optional_number("written", 0, edition.written.maximum, decimals=edition.written.decimals),
            papers=_read_papers(table.optional_table("papers"), edition),
            interview=table.optional_number("interview", 0, interview.maximum, decimals=interview.decimals),
            judges=_read_judges(table, edition),
            bonus=table.texts("bonus"),
            groups=applicant.groups,
            absent_written=table.flag("absent_written", False),
            absent_interview=table.flag("absent_interview", False),
            withdrawn=table.flag("withdrawn", False),
            shortlisted=table.flag("shortlisted") if table.has("shortlisted") else None,
            decided_order=table.whole("decided_order", 1, 10000) if table.has("decided_order") else None,
            places=table.whole("places", 1, 10000) if table.has("places") else None,
            applicant=applicant if applicant != Applicant(groups=applicant.groups) else None,
        )
        table.end()
        return candidate


def _read_checked(table: Table | None, edition: RecruitmentEdition) -> dict[str, bool]:
    if table is None:
        return {}
    codes = dict.fromkeys(condition.code for condition in edition.conditions)
    found = {code: table.flag(code) for code in codes if table.has(code)}
    table.end()
    return found


def _read_papers(table: Table | None, edition: RecruitmentEdition) -> dict[str, Decimal]:
    if table is None:
        return {}
    decimals = edition.written.decimals
    found = {
        paper.code: table.number(paper.code, 0, paper.maximum, decimals=decimals)
        for paper in edition.written.papers
        if table.has(paper.code)
    }
    table.end()
    return found


def _read_judges(table: Table, edition: RecruitmentEdition) -> tuple[Decimal, ...]:
    if not table.has("judges"):
        return ()
    items = table.values["judges"]
    if not isinstance(items, list | tuple):
        raise table.refusal("judges", msg("应为考官评分的列表，例如 [80, 82.5, 79]，请改写。"))
    named = {str(number): item for number, item in enumerate(items, start=1)}
    inner = Table(named, table.file, table.at("judges"))
    rule = edition.interview
    return tuple(inner.number(number, 0, rule.maximum, decimals=rule.decimals) for number in named)
