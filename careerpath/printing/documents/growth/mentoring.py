"""导师帮带协议书 and 帮带期满评价表: what they say of one pairing, and their printers."""

from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.growth.cells import form_cells

AGREEMENT, EVALUATION = "print/mentor-agreement.html", "print/mentoring-evaluation.html"

AGREEMENT_TITLE = "导师帮带协议书"
EVALUATION_TITLE = "导师帮带期满评价表"

MENTOR_DUTIES = (
    "传授政策法规、群众工作方法和业务经验，帮助帮带对象制定帮带计划并督促落实；",
    "定期谈心谈话、现场指导，及时填写帮带记录，按时参加帮带评估；",
    "关心帮带对象的思想和成长，期满时如实作出评价。",
)
MENTEE_DUTIES = (
    "尊重导师，虚心学习，按帮带计划完成学习任务和实践任务；",
    "主动向导师汇报思想、工作和学习情况，遇到困难及时请教；",
    "期满时总结收获，如实评价导师的帮带工作。",
)
"""What either side promises as is usual; what a place wants beside it stands under the plan of the pairing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorAgreement:
    """What one agreement says, as texts; both sign it by hand and the unit that saw it seals it."""

    number: str
    mentor_name: str
    mentor_kind: str
    mentor_post: str
    expertise: str
    name: str
    sex: str = ""
    birth_month: str = ""
    political: str = ""
    home: str = ""
    wanted: str = ""
    term: str = ""
    goals: str = ""
    plan: str = ""
    assessment: str = ""
    witness: str = ""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the agreement and of its attached pages by name."""
        values = form_cells(self, f"编号：{self.number}　　帮带对象：{self.name}")
        return {**values, "number": f"编号：{self.number}", "witness": f"见证单位：{self.witness}（盖章）"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringEvaluation:
    """What one evaluation at the end says, as texts. Opinions that were not entered wait for the pen."""

    number: str
    mentor_name: str
    mentor_post: str
    name: str
    home: str
    term: str
    wanted: str = ""
    logs: str = ""
    """How many talks, visits and tasks were entered, and how many hours they took."""
    held: str = ""
    """How many of the reviews that were due were held."""
    goals: str = ""
    reviews: str = ""
    mentee_grade: str = ""
    mentee_opinion: str = ""
    mentor_grade: str = ""
    mentor_opinion: str = ""
    unit_opinion: str = ""
    completed_on: str = ""
    witness: str = ""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        values = form_cells(self, f"编号：{self.number}　　帮带对象：{self.name}")
        return {**values, "number": f"协议编号：{self.number}", "witness": f"见证单位：{self.witness}"}


class AgreementPrinter(FormPrinter[MentorAgreement]):
    """Prints agreements."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = AGREEMENT_TITLE) -> None:
        words = {"mentor_duties": MENTOR_DUTIES, "mentee_duties": MENTEE_DUTIES}
        super().__init__(templates, fonts, AGREEMENT, title=title, words=words)


class EvaluationPrinter(FormPrinter[MentoringEvaluation]):
    """Prints evaluations of pairings that are over."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = EVALUATION_TITLE) -> None:
        super().__init__(templates, fonts, EVALUATION, title=title)
