"""What people type about promotions: the proposal, opinions, approval, notice, appointment, election."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.core.web.paths import whole_number
from careerpath.policy.codes import Post
from careerpath.policy.talent_pool import Condition, Rung
from careerpath.talent_pool.operations.appointments import ElectionGiven
from careerpath.talent_pool.operations.promotion_steps import LONGEST_DOCUMENT, LONGEST_OPINION
from careerpath.talent_pool.operations.promotions import LONGEST_REASON, PromotionGiven
from careerpath.words import Named, Refused, msg

TOO_LONG = lazy("最多 %(max)d 个字，请缩短。")
YES, NO = "yes", "no"
MAIN, BESIDE = "main", "beside"


class PromotionForm(OfficeForm):
    """The post for which somebody is proposed; the person and the rung were chosen before."""

    version = HiddenField()
    employee = HiddenField()
    rung = HiddenField()
    entry = HiddenField()
    unit = text_field("拟任单位", 80, "请填写拟任单位。")
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    post = SelectField(lazy("岗位层级"), validators=[InputRequired(lazy("请选择岗位层级。"))])
    title = text_field("拟任职务", 60)
    party_role = text_field("党内职务", 40)
    dual_head = BooleanField(lazy("书记、主任一肩挑"))
    holds = RadioField(
        lazy("任职方式"),
        choices=word_choices({MAIN: msg("改任（免去现任主要职务）"), BESIDE: msg("兼任（保留现任主要职务）")}),
        default=MAIN,
        validators=[InputRequired(lazy("请选择任职方式。"))],
    )
    relieved_of = text_field("拟免职务", 120)
    reason = TextAreaField(
        lazy("任免理由"),
        validators=[InputRequired(lazy("请填写任免理由。")), Length(max=LONGEST_REASON, message=TOO_LONG)],
    )
    conditions: Sequence[str] = ()

    def offer(self, rung: Rung) -> None:
        """The posts that stand on the rung; all where the rule names roles alone."""
        posts: Iterable[Named] = rung.posts or Post
        self.post.choices = [(post.value, post.zh) for post in posts if isinstance(post, Post)]

    def usual(self, rung: Rung, unit_id: int, title: str) -> None:
        """What usually stands there before anybody has typed; ``title`` is the present one."""
        self.unit_id.data = unit_id
        self.post.data = (rung.posts or (Post.STAFF,))[0].value
        self.title.data = rung.roles[0] if rung.roles else rung.name if rung.elected else ""
        self.party_role.data = rung.roles[0] if rung.roles else ""
        self.holds.data = MAIN if rung.posts else BESIDE
        self.relieved_of.data = title if rung.posts else ""

    def show(self, given: PromotionGiven, version: int) -> None:
        """Fill the form with what is proposed."""
        for name in ("unit_id", "post", "title", "party_role", "dual_head", "relieved_of", "reason"):
            self._fields[name].data = getattr(given, name)
        self.holds.data = MAIN if given.main else BESIDE
        self.version.data = str(version)
        for code, holds in given.checked.items():
            if code in self.conditions:
                self[f"checked-{code}"].data = YES if holds else NO

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        return whole_number(self.version.data or "") or 0

    def given(self, employee_id: int, rung: str, entry_id: int | None) -> PromotionGiven:
        """The proposal. Raises ``Refused`` beside the unit where none was chosen."""
        if self.unit_id.data is None:
            raise Refused(msg("没有找到唯一的“%(unit)s”，请从列表中选择拟任单位。", unit=self.unit.data), field="unit")
        judged = {code: self[f"checked-{code}"].data for code in self.conditions}
        return PromotionGiven(
            employee_id=employee_id,
            unit_id=int(self.unit_id.data),
            rung=rung,
            post=self.post.data,
            title=self.title.data or "",
            party_role=self.party_role.data or "",
            dual_head=bool(self.dual_head.data),
            main=self.holds.data == MAIN,
            relieved_of=self.relieved_of.data or "",
            reason=self.reason.data or "",
            checked={code: value == YES for code, value in judged.items() if value in (YES, NO)},
            entry_id=entry_id,
        )


def promotion_form(conditions: Iterable[Condition]) -> type[PromotionForm]:
    """The form for a rung with these conditions in words."""
    judged = tuple(conditions)
    fields: dict[str, Any] = {"conditions": tuple(one.code for one in judged)}
    for one in judged:
        fields[f"checked-{one.code}"] = RadioField(
            f"{one.name}：{one.text}",
            choices=word_choices({YES: msg("符合"), NO: msg("不符合")}),
            validators=[Optional()],
        )
    return type("PromotionFormOfRung", (PromotionForm,), fields)


def _opinion(label: str, most: int = LONGEST_OPINION) -> TextAreaField:
    return TextAreaField(lazy(label), validators=[Optional(), Length(max=most, message=TOO_LONG)])


class SubmitForm(OfficeForm):
    """The street's opinion."""

    opinion = _opinion("街道（乡镇）党组织意见")


class OpinionForm(OfficeForm):
    """What is lacking, to the street."""

    opinion = TextAreaField(
        lazy("退回意见"),
        validators=[InputRequired(lazy("请写明需要补充或修改的内容。")), Length(max=LONGEST_OPINION, message=TOO_LONG)],
    )


class EndingForm(OfficeForm):
    """Why a promotion ends here."""

    reason = TextAreaField(
        lazy("理由"),
        validators=[InputRequired(lazy("请填写理由。")), Length(max=LONGEST_OPINION, message=TOO_LONG)],
    )


class ApprovalForm(OfficeForm):
    """The document of approval, its day and the opinion."""

    document = text_field("批准文号或会议纪要", LONGEST_DOCUMENT, "请填写文号或会议纪要名称。")
    on = day_field("批准日期", "请填写批准日期。")
    opinion = _opinion("区级审批意见")


class NoticeForm(OfficeForm):
    """From which day to which day."""

    starts_on = day_field("公示开始", "请填写公示开始日期。")
    ends_on = day_field("公示结束（含当日）", "请填写公示结束日期。")


class AppointForm(OfficeForm):
    """The first day in the post."""

    starts_on = day_field("任职日期", "请填写任职日期。")


class ElectionForm(OfficeForm):
    """The result of an election as its report says."""

    result = RadioField(
        lazy("选举结果"),
        choices=word_choices({YES: msg("当选"), NO: msg("未当选")}),
        validators=[InputRequired(lazy("请选择选举结果。"))],
    )
    held_on = day_field("选举日期", "请填写选举日期。")
    votes_for = IntegerField(lazy("得票数"), validators=[Optional()])
    votes_cast = IntegerField(lazy("投票总数"), validators=[Optional()])
    document = text_field("选举结果报告（文号或名称）", LONGEST_DOCUMENT, "请填写选举结果报告的文号或名称。")
    starts_on = day_field("任职日期")

    def given(self) -> ElectionGiven:
        """The result."""
        return ElectionGiven(
            elected=self.result.data == YES,
            held_on=self.held_on.data,
            votes_for=self.votes_for.data,
            votes_cast=self.votes_cast.data,
            document=self.document.data or "",
            starts_on=self.starts_on.data,
        )


class ElectionsForm(OfficeForm):
    """What the candidates of one election have in common; results and votes stand in their rows."""

    held_on = day_field("选举日期", "请填写选举日期。")
    document = text_field("选举结果报告（文号或名称）", LONGEST_DOCUMENT, "请填写选举结果报告的文号或名称。")
    starts_on = day_field("任职日期")

    def given(self, elected: bool, votes_for: int | None, votes_cast: int | None) -> ElectionGiven:
        """The result of one candidate."""
        return ElectionGiven(
            elected=elected,
            held_on=self.held_on.data,
            votes_for=votes_for,
            votes_cast=votes_cast,
            document=self.document.data or "",
            starts_on=self.starts_on.data,
        )


def read_votes(text: str, name: str) -> int | None:
    """A number of votes in a row; nothing where nothing was typed. Raises ``Refused`` for what is no number."""
    typed = text.strip()
    if not typed:
        return None
    number = whole_number(typed)
    if number is None:
        raise Refused(msg("%(name)s的票数“%(text)s”不是整数，请改正。", name=name, text=typed[:20]))
    return number
