"""What the printed papers of an appraisal say: plain strings, ready to be set into their cells."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

#: Where a day is still to be written by hand.
EMPTY_DATE = "年　　月　　日"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalForm:
    """The cells of one 年度考核登记表 (DOMAIN.md §3). Everything is text as it will stand on paper; empty is empty.

    ``title`` and ``year`` make the head; ``ballots`` and ``scores`` are whole lines in the words of the edition; dates
    stand as ``2025年12月18日``. ``number``, ``printed_by``, ``printed_at`` and ``check_code`` make the foot.
    """

    title: str = "社区工作者年度考核登记表"
    year: str = ""
    name: str = ""
    sex: str = ""
    birth_month: str = ""
    ethnic: str = ""
    political: str = ""
    education: str = ""
    qualification: str = ""
    post_since: str = ""
    unit_and_post: str = ""
    duties: str = ""
    summary: str = ""
    summary_signer: str = ""
    summary_date: str = ""
    training: str = ""
    ballots: str = ""
    satisfaction: str = ""
    scores: str = ""
    community_opinion: str = ""
    community_signer: str = ""
    community_date: str = ""
    street_opinion: str = ""
    street_grade: str = ""
    street_date: str = ""
    district_decision: str = ""
    district_grade: str = ""
    district_date: str = ""
    own_opinion: str = ""
    own_signer: str = ""
    own_date: str = ""
    explanation: str = ""
    number: str = ""
    printed_by: str = ""
    printed_at: str = ""
    check_code: str = ""

    @classmethod
    def blank(cls, *, year: str, grades: Sequence[str], title: str = "社区工作者年度考核登记表") -> Self:
        """An empty form to be written by hand, with the grades of the edition where ballots are counted."""
        return cls(title=title, year=year, ballots="　".join(f"{grade}　　　票" for grade in grades))

    def cells(self) -> dict[str, str]:
        """Every cell of the form and of its attached pages by name, with the lines that are put together here."""
        values: dict[str, str] = {field.name: getattr(self, field.name) for field in fields(self)}
        values["year_line"] = f"（{self.year or '　　　　'}年度）"
        heading = (("姓名：", self.name), ("编号：", self.number))
        values["continued_heading"] = "　　".join(word + value for word, value in heading if value)
        foot = (
            ("编号 ", self.number),
            ("打印 ", " ".join(part for part in (self.printed_by, self.printed_at) if part)),
            ("核验码 ", self.check_code),
        )
        values["foot"] = "　　".join(word + value for word, value in foot if value)
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One person's line in a 考核情况汇总表; ``number`` is its place in the list."""

    number: str
    community: str
    name: str
    sex: str
    post: str
    score: str
    proposed_grade: str
    decided_grade: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTotal:
    """How many people have a grade; ``share`` as text, like ``15.4%``."""

    grade: str
    count: str
    share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalSummary:
    """The 考核情况汇总表 of one street: head, lines, sums per grade, and who made it when."""

    title: str
    unit: str
    year: str
    rows: tuple[SummaryRow, ...]
    totals: tuple[GradeTotal, ...]
    quota_line: str
    prepared_by: str
    prepared_on: str
    number: str = ""
    printed_by: str = ""
    printed_at: str = ""
    check_code: str = ""
