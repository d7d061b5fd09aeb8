"""The list's filters, the first page of a file, a new file, the end of service."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from careerpath.core import clock
from careerpath.core.web.as_of import THEN
from careerpath.core.web.fields import OfficeDateField, day_field, text_field, word_choices
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import lazy
from careerpath.employees.forms.facts import PostingForm, chosen_unit
from careerpath.employees.forms.fields import code_choices, code_field
from careerpath.employees.forms.words import CHANNELS, SOURCES, STATUSES
from careerpath.employees.models import Channel, Source
from careerpath.employees.operations.details import MOST_MILITARY_MONTHS, Details
from careerpath.employees.operations.facts import NewContract, NewEducation, NewPosting
from careerpath.employees.operations.people import EndOfService, NewEmployee
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.narrowing import EVERYBODY, Narrowing
from careerpath.employees.queries.people import NONE, SORTS, PeopleFilters
from careerpath.policy.codes import Certificate, Education, Ethnic, Marital, Political, Post, Sex
from careerpath.words import msg

ALL = msg("全部")
MORE = ("sex", "source", "ages", "service")
KNOWN = {"": msg("按现有档案"), THEN: msg("按当时所知")}
"""What a list of an earlier day is made of: all that is known now, or what was known at the end of that day."""


class PeopleFilterForm(FlaskForm):  # type: ignore[misc]
    """The filters of the list, in the address; what cannot be understood is left out."""

    class Meta:
        """Reading a list changes nothing."""

        csrf = False

    q = StringField(lazy("姓名、拼音首字母、编号"))
    unit = StringField(lazy("单位"))
    unit_id = IntegerField(widget=HiddenField.widget)
    post = SelectField(lazy("岗位"), choices=code_choices(Post, ALL))
    political = SelectField(lazy("政治面貌"), choices=code_choices(Political, ALL))
    education = SelectField(
        lazy("学历"), choices=lambda: [*code_choices(Education, ALL)(), *word_choices({NONE: msg("未填写")})()]
    )
    certificate = SelectField(
        lazy("证书"), choices=lambda: [*code_choices(Certificate, ALL)(), *word_choices({NONE: msg("无证书")})()]
    )
    channel = SelectField(lazy("进入方式"), choices=word_choices(CHANNELS, ALL))
    status = SelectField(lazy("状态"), choices=word_choices(STATUSES), default="serving")
    sex = SelectField(lazy("性别"), choices=code_choices(Sex, ALL))
    ages = StringField(lazy("年龄"))
    service = StringField(lazy("社区工龄"))
    source = SelectField(lazy("人员来源"), choices=word_choices(SOURCES, ALL))
    on = OfficeDateField(lazy("截至日期"))
    known = SelectField(lazy("口径"), choices=word_choices(KNOWN))
    sort = SelectField(choices=list(SORTS), default="number")

    @classmethod
    def of_request(cls) -> "PeopleFilterForm":
        """The form of this address."""
        form = cls(request.args)
        form.validate()
        return form

    def given(self) -> PeopleFilters:
        """The filters for ``people_list``."""
        return PeopleFilters(
            q=self._sound("q", "")[:64],
            unit=self._sound("unit", "")[:80],
            unit_id=None if self.unit.data else self._sound("unit_id", None),
            post=self._sound("post", ""),
            political=self._sound("political", ""),
            education=self._sound("education", ""),
            certificate=self._sound("certificate", ""),
            status=self._sound("status", "serving"),
            channel=self._sound("channel", ""),
            more=Narrowing(**{name: self._sound(name, "")[:12] for name in MORE}),
        )

    def more_open(self) -> bool:
        """Whether the further filters are in use."""
        return self.given().more != EVERYBODY

    def as_of(self) -> AsOf | None:
        """The earlier day that is asked for; none for today, and for days that cannot be."""
        on = self._sound("on", None)
        if on is None or on >= clock.today():
            return None
        return AsOf(on, on if self._sound("known", "") == THEN else None)

    def narrowed(self) -> bool:
        """Whether the list is narrowed at all."""
        return self.given() != PeopleFilters()

    def _sound(self, name: str, otherwise: Any) -> Any:
        field = self._fields[name]
        return otherwise if field.errors or field.data in (None, "") else field.data


class PersonForm(OfficeForm):
    """The first page of a file that exists; the identity number is typed only to correct it."""

    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    name = text_field("姓名", 64, "请填写姓名。")
    identity = text_field("身份证号码", 40)
    number = text_field("编号", 24)
    ethnic = code_field("民族", Ethnic, default=Ethnic.HAN.value)
    native_place = text_field("籍贯", 80)
    marital = code_field("婚姻状况", Marital, default=Marital.UNSTATED.value)
    household_place = text_field("户口所在地", 120)
    phone = text_field("联系电话", 30)
    address = text_field("家庭地址", 120)
    political = code_field("政治面貌", Political, default=Political.MASSES.value)
    political_since = day_field("加入时间", month_alone=True)
    political_full_since = day_field("预备党员转正时间", month_alone=True)
    joined_work_on = day_field("参加工作时间", month_alone=True)
    joined_community_on = day_field("进社区时间", "请填写进社区时间。")
    channel = SelectField(lazy("进入方式"), choices=word_choices(CHANNELS), default=Channel.EARLIER.value)
    source = SelectField(lazy("人员来源"), choices=word_choices(SOURCES), default=Source.OTHER.value)
    batch = text_field("招聘批次", 40)
    military_months = IntegerField(
        lazy("服役月数"),
        default=0,
        validators=[Optional(), NumberRange(0, MOST_MILITARY_MONTHS, lazy("请填写 %(min)s 至 %(max)s 的整月数。"))],
        description=lazy("退役军人填写，按薪酬办法可计入社区工作年限"),
    )

    def given(self) -> Details:
        """The first page for ``change_employee``."""
        return Details(
            name=self.name.data,
            joined_community_on=self.joined_community_on.data,
            identity=self.identity.data or "",
            number=self.number.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            ethnic=self.ethnic.data,
            native_place=self.native_place.data or "",
            marital=self.marital.data,
            household_place=self.household_place.data or "",
            political=self.political.data,
            political_since=self.political_since.data,
            political_full_since=self.political_full_since.data,
            joined_work_on=self.joined_work_on.data,
            channel=Channel(self.channel.data),
            source=Source(self.source.data),
            batch=self.batch.data or "",
            military_months=self.military_months.data or 0,
        )


class RegisterForm(PersonForm):
    """A new file: the first page, the post, and the highest education and the contract where they are known."""

    identity = text_field("身份证号码", 40, "请填写身份证号码。")
    unit = text_field("任职单位", 80, "请填写任职单位。")
    unit_id = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    post = code_field("岗位层级", Post, default=Post.STAFF.value)
    title = text_field("职务名称", 60)
    starts_on = day_field("任现职时间")
    level = code_field("最高学历", Education, msg("暂不登记"))
    school = text_field("毕业院校", 80)
    contract_starts_on = day_field("合同开始日期")
    contract_ends_on = day_field("合同结束日期")
    probation_ends_on = day_field("试用期结束日期")

    def new_employee(self) -> NewEmployee:
        """The new file for ``register_employee``; the post begins on the day of joining unless another is given."""
        starts_on = self.starts_on.data or self.joined_community_on.data
        posting = NewPosting(
            unit_id=chosen_unit(self),
            post=self.post.data,
            title=(self.title.data or "").strip(),
            starts_on=starts_on,
        )
        education = NewEducation(level=self.level.data, school=(self.school.data or "").strip())
        contract_starts_on = self.contract_starts_on.data or (
            self.joined_community_on.data if self.contract_ends_on.data else None
        )
        contracts: tuple[NewContract, ...] = ()
        if contract_starts_on is not None:
            contracts = (
                NewContract(
                    starts_on=contract_starts_on,
                    ends_on=self.contract_ends_on.data,
                    probation_ends_on=self.probation_ends_on.data,
                ),
            )
        return NewEmployee(
            details=self.given(),
            postings=(posting,),
            educations=(education,) if self.level.data else (),
            contracts=contracts,
        )


class EndOfServiceForm(OfficeForm):
    """The last day of service and why."""

    left_on = day_field("最后在职的一天", "请填写最后在职的一天。")
    reason = text_field("离职原因", 120, "请填写离职原因。")

    def given(self) -> EndOfService:
        """The end for ``end_service``."""
        return EndOfService(left_on=self.left_on.data, reason=self.reason.data)


class ReturnForm(PostingForm):
    """The post in which somebody is taken back."""
