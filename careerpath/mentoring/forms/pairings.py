"""Forms of pairings: agreeing, changing, ending, completing."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerpath.core.web.fields import day_field, text_field
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.mentoring.forms.fields import VersionedForm, choices_of_lines, lines_field, long_field
from careerpath.mentoring.models import Pairing
from careerpath.mentoring.operations.evaluations import EvaluationGiven
from careerpath.mentoring.operations.pairings import PairingChange, PairingGiven
from careerpath.mentoring.operations.texts import LONGEST_NUMBER, LONGEST_REASON
from careerpath.policy.mentoring import MentoringEdition


class PairingForm(OfficeForm):
    """A new agreement of two who were chosen already."""

    number = text_field("协议编号", LONGEST_NUMBER, "请填写协议编号。")
    starts_on = day_field("开始日期", "请填写开始日期。")
    ends_on = day_field("期满日期", description=lazy("含当日；留空按办法规定的期限"))
    wanted = lines_field("学习业务", "帮带对象要学的业务，可多选")
    goals = long_field("帮带目标", "请写明帮带目标。", description="期满时要达到什么，尽量可以检验")
    plan = long_field("内容与计划", description="每月做什么，由谁做")
    assessment = long_field("考核办法")
    cap_reason = text_field("超额结对的理由", LONGEST_REASON, description=lazy("导师已满员时填写"))

    def offer(self, lines: Sequence[tuple[str, str]]) -> None:
        """The lines of work of the district."""
        choices_of_lines(self.wanted, lines)

    def given(self, mentor_id: int, employee_id: int) -> PairingGiven:
        """The agreement."""
        return PairingGiven(
            mentor_id=mentor_id,
            employee_id=employee_id,
            number=self.number.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            wanted=tuple(self.wanted.data or ()),
            goals=self.goals.data or "",
            plan=self.plan.data or "",
            assessment=self.assessment.data or "",
            cap_reason=self.cap_reason.data or "",
        )


class PairingChangeForm(VersionedForm):
    """What of an agreement may be changed while it runs."""

    ends_on = day_field("期满日期", "请填写期满日期。", description=lazy("含当日"))
    wanted = lines_field("学习业务")
    goals = long_field("帮带目标", "请写明帮带目标。")
    plan = long_field("内容与计划")
    assessment = long_field("考核办法")
    cap_reason = text_field("超额结对的理由", LONGEST_REASON, description=lazy("延长后导师满员时填写"))

    def show(self, pairing: Pairing) -> None:
        """Fill the form with what stands."""
        for name in ("ends_on", "wanted", "goals", "plan", "assessment", "cap_reason"):
            self._fields[name].data = getattr(pairing, name)
        self.version.data = str(pairing.version)

    def given(self) -> PairingChange:
        """The change."""
        return PairingChange(
            goals=self.goals.data or "",
            plan=self.plan.data or "",
            assessment=self.assessment.data or "",
            wanted=tuple(self.wanted.data or ()),
            ends_on=self.ends_on.data,
            cap_reason=self.cap_reason.data or "",
        )


class EvaluationForm(OfficeForm):
    """What one says of the other."""

    grade = SelectField(lazy("评价等次"), validators=[InputRequired(lazy("请选择评价等次。"))])
    opinion = long_field("评语", description="评价为不合格的须写明理由")

    def offer(self, edition: MentoringEdition) -> None:
        """The grades of the rule that the pairing froze."""
        self.grade.choices = [SelectChoice(grade.code, grade.name) for grade in edition.grades]

    def given(self) -> EvaluationGiven:
        """The evaluation."""
        return EvaluationGiven(self.grade.data, self.opinion.data or "")


class CompletionForm(OfficeForm):
    """The witnessing unit's word at the end."""

    on = day_field("办结日期", "请填写办结日期。")
    opinion = long_field("见证单位意见", description="季度评估不齐的须在此说明情况")
