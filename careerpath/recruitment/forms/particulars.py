"""What an application says of a person, as typed by a clerk or by the candidate: whole, or one part at a time."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from careerpath.core.web.fields import day_field, text_field, word_choices
from careerpath.core.web.language import lazy, say
from careerpath.employees.forms.fields import code_field
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.models import Source
from careerpath.employees.operations.details import MOST_MILITARY_MONTHS
from careerpath.policy.codes import Certificate, Education, Ethnic, Marital, Political
from careerpath.policy.reason import show
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.forms.rows import Row, RowedForm, RowsField
from careerpath.recruitment.operations.particulars import (
    MOST_EXPERIENCE_MONTHS,
    MOST_RELATIVES,
    MOST_RESUME_LINES,
    Particulars,
    Relative,
    ResumeLine,
)
from careerpath.words import msg

NONE = msg("无")
NOT_CHOSEN = msg("请选择")
DEGREES = {"2": msg("博士"), "3": msg("硕士"), "4": msg("学士")}
"""GB/T 6864 by its first digit, which is all that a form asks for."""
STUDY_MODES = {"yes": msg("全日制"), "no": msg("在职")}


def _mode(kept: object) -> str:
    return "yes" if kept in (True, "yes") else "no"


def _first_digit(kept: object) -> str:
    return str(kept or "")[:1]


class ResumeRow(Row):
    """A line of the résumé."""

    told = ("starts_on", "ends_on", "text")
    starts_on = day_field("开始年月", month_alone=True)
    ends_on = day_field("结束年月（至今的不填）", month_alone=True)
    text = text_field("学校或单位、专业或职务", 200)

    def validate_starts_on(self, field: Any) -> None:
        """A line that says anything begins some time."""
        if not field.data and not field.errors and not self.is_empty():
            raise ValidationError(say(msg("请填写这一时段的开始年月。")))

    def given(self) -> ResumeLine:
        """The line for the particulars."""
        return ResumeLine(starts_on=self.starts_on.data, ends_on=self.ends_on.data, text=self.text.data or "")


class RelativeRow(Row):
    """A member of the family."""

    told = ("relation", "name", "born_on", "work")
    relation = text_field("称谓", 20)
    name = text_field("姓名", 64)
    born_on = day_field("出生年月", month_alone=True)
    political = code_field("政治面貌", Political, default=Political.MASSES.value)
    work = text_field("工作单位及职务", 120)

    def given(self) -> Relative:
        """The member for the particulars."""
        return Relative(
            relation=self.relation.data or "",
            name=self.name.data or "",
            born_on=self.born_on.data,
            political=self.political.data,
            work=self.work.data or "",
        )


class PersonalPart:
    """Who applies."""

    name = text_field("姓名", 64, "请填写姓名。")
    identity = text_field("身份证号码", 40)
    phone = text_field("联系电话", 30, "请填写联系电话。", render_kw={"inputmode": "tel", "autocomplete": "tel"})
    ethnic = code_field("民族", Ethnic, default=Ethnic.HAN.value)
    marital = code_field("婚姻状况", Marital, default=Marital.UNSTATED.value)
    political = code_field("政治面貌", Political, default=Political.MASSES.value)
    political_since = day_field("加入党派（团）时间", month_alone=True)
    native_place = text_field("籍贯", 80, description=lazy("如：山东费县"))
    household_place = text_field(
        "户口所在地", 120, description=lazy("按户口簿填写到街道，如：山东省临沂市费县费城街道")
    )
    address = text_field("现居住地址", 120)

    def personal(self) -> dict[str, Any]:
        """The values of this part."""
        return {
            **{name: getattr(self, name).data or "" for name in ("name", "identity", "phone", "native_place")},
            **{name: getattr(self, name).data or "" for name in ("household_place", "address")},
            **{name: getattr(self, name).data for name in ("ethnic", "marital", "political", "political_since")},
        }


class StudyPart:
    """Study, certificate and work."""

    education = code_field("最高学历", Education, NOT_CHOSEN)
    full_time = RadioField(lazy("学习形式"), choices=word_choices(STUDY_MODES), default="yes", coerce=_mode)
    degree = SelectField(
        lazy("学位"), choices=word_choices(DEGREES, NONE), coerce=_first_digit, validators=[Optional()]
    )
    school = text_field("毕业院校", 80)
    major = text_field("专业", 80)
    graduated_on = day_field("毕业时间", month_alone=True, description=lazy("尚未毕业的填预计毕业时间"))
    certificate = code_field("社会工作者职业资格证书", Certificate, NONE)
    certificate_number = text_field("证书编号", 40)
    certified_on = day_field("取得时间", month_alone=True)
    source = SelectField(lazy("人员来源"), choices=word_choices(SOURCES), default=Source.OTHER.value)
    joined_work_on = day_field("参加工作时间", month_alone=True)
    experience_months = IntegerField(
        lazy("公告要求的工作经历（月）"),
        validators=[Optional(), NumberRange(0, MOST_EXPERIENCE_MONTHS, lazy("请填写 %(min)s 至 %(max)s 的整月数。"))],
        description=lazy("如担任网格员累计多少个月；公告没有要求的不填"),
    )
    military_months = IntegerField(
        lazy("服役月数"),
        validators=[Optional(), NumberRange(0, MOST_MILITARY_MONTHS, lazy("请填写 %(min)s 至 %(max)s 的整月数。"))],
        description=lazy("退役军人填写"),
    )

    def study(self) -> dict[str, Any]:
        """The values of this part."""
        texts = ("education", "degree", "school", "major", "certificate", "certificate_number")
        plain = ("graduated_on", "certified_on", "joined_work_on", "experience_months")
        return {
            **{name: getattr(self, name).data or "" for name in texts},
            **{name: getattr(self, name).data for name in plain},
            "full_time": self.full_time.data == "yes",
            "source": Source(self.source.data),
            "military_months": self.military_months.data or 0,
        }


class HistoryPart:
    """Résumé, family, rewards."""

    resume = RowsField(ResumeRow, lazy("个人简历（从高中或中专填起）"), MOST_RESUME_LINES)
    family = RowsField(RelativeRow, lazy("家庭成员及主要社会关系"), MOST_RELATIVES)
    rewards = text_field("奖励或处分情况", 400)

    def history(self) -> dict[str, Any]:
        """The values of this part."""
        return {
            "resume": tuple(row.given() for row in self.resume.filled()),
            "family": tuple(row.given() for row in self.family.filled()),
            "rewards": self.rewards.data or "",
        }


class GroupsPart:
    """The position, the groups that somebody belongs to, and what they ask extra points for."""

    position_id = SelectField(
        lazy("报考岗位"), coerce=int, choices=[], validators=[InputRequired(lazy("请选择报考岗位。"))]
    )
    accepts_transfer = BooleanField(lazy("服从岗位调剂"))
    groups = SelectMultipleField(
        lazy("报考类别"), choices=[], validators=[Optional()], description=lazy("符合的都勾选，并在材料中上传证明")
    )
    bonus = SelectMultipleField(
        lazy("申请加分"), choices=[], validators=[Optional()], description=lazy("符合的都勾选；是否加分由资格审查决定")
    )

    def groups_and_bonus(self) -> dict[str, Any]:
        """The values of this part, without the position."""
        return {
            "groups": tuple(self.groups.data or ()),
            "bonus": tuple(self.bonus.data or ()),
            "accepts_transfer": bool(self.accepts_transfer.data),
        }

    def offer(self, edition: RecruitmentEdition, positions: list[tuple[int, str]]) -> None:
        """Offer the positions, groups and extra points of a batch."""
        self.position_id.choices = [SelectChoice(position_id, name) for position_id, name in positions]
        self.groups.choices = [SelectChoice(group.code, group.name) for group in edition.groups]
        items = edition.bonus.items if edition.bonus else ()
        self.bonus.choices = [
            SelectChoice(item.code, say(msg("%(name)s（%(points)s 分）", name=item.name, points=show(item.points))))
            for item in items
        ]


class ParticularsForm(PersonalPart, StudyPart, HistoryPart, GroupsPart, RowedForm):
    """All parts at once, as an office enters an application; ``offer`` says between what it chooses."""

    version = IntegerField(validators=[Optional()])

    def given(self) -> Particulars:
        """The particulars for ``enter_application`` or ``change_application``."""
        return Particulars(**self.personal(), **self.study(), **self.history(), **self.groups_and_bonus())


class OwnPersonalForm(PersonalPart, RowedForm):
    """The candidate's first step."""

    def given(self, kept: Particulars) -> Particulars:
        """The particulars with this part as typed; an empty identity stays as it is."""
        return replace(kept, **self.personal())


class OwnStudyForm(StudyPart, RowedForm):
    """The candidate's second step."""

    def given(self, kept: Particulars) -> Particulars:
        """The particulars with this part as typed."""
        return replace(kept, **self.study())


class OwnHistoryForm(HistoryPart, RowedForm):
    """The candidate's third step."""

    def given(self, kept: Particulars) -> Particulars:
        """The particulars with this part as typed."""
        return replace(kept, **self.history())


class OwnGroupsForm(GroupsPart, RowedForm):
    """The candidate's fourth step."""

    def given(self, kept: Particulars) -> Particulars:
        """The particulars with this part as typed."""
        return replace(kept, **self.groups_and_bonus())
