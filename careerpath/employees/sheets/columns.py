"""The columns of the roster. Keys of facts are the kind of fact and its field: ``full_time_school``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.core.sheets import (
    Column,
    SheetSpec,
    day,
    decimal,
    digits,
    month,
    text,
    whole,
    yes_no,
)
from careerpath.employees.forms.words import CHANNELS, SOURCES
from careerpath.employees.operations.details import MOST_MILITARY_MONTHS
from careerpath.employees.operations.facts import FactKind
from careerpath.employees.operations.numbers import read_number
from careerpath.employees.sheets.readers import checked, codes, degree, identity, optional_column, phone, words
from careerpath.policy.codes import (
    Certificate,
    Education,
    Ethnic,
    Marital,
    Political,
    Post,
    Sex,
)
from careerpath.words import msg

DETAILS = (
    "name", "identity", "ethnic", "native_place", "marital", "household_place", "political", "political_since",
    "political_full_since", "phone", "address", "joined_work_on", "joined_community_on", "channel", "source", "batch",
    "military_months",
)  # fmt: skip
"""Keys of the columns that stand on the first page of a file."""


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one fact: ``prefix`` begins their keys, ``lead`` is the field without which there is no fact."""

    prefix: str
    kind: FactKind
    lead: str
    since: str
    """The field that says from when it holds: a later day makes another fact, not a correction."""
    fields: tuple[str, ...]
    fixed: Mapping[str, Any]

    def key(self, field: str) -> str:
        """The key of a field's column."""
        return f"{self.prefix}_{field}"


_STUDY = ("level", "degree", "school", "major", "graduated_on")

FULL_TIME = Group("full_time", FactKind.EDUCATION, "level", "graduated_on", _STUDY, {"full_time": True})
IN_SERVICE = Group("in_service", FactKind.EDUCATION, "level", "graduated_on", _STUDY, {"full_time": False})
CERTIFICATE = Group(
    "certificate",
    FactKind.CERTIFICATE,
    "grade",
    "obtained_on",
    ("grade", "certificate_number", "obtained_on", "registered_on", "registered_until"),
    {},
)
POSTING = Group(
    "posting",
    FactKind.POSTING,
    "unit",
    "starts_on",
    ("unit", "post", "title", "starts_on", "duties", "party_role", "elected", "dual_head"),
    {},
)
CONTRACT = Group(
    "contract", FactKind.CONTRACT, "starts_on", "starts_on", ("starts_on", "ends_on", "probation_ends_on"), {}
)
ABSENCE = Group("absence", FactKind.ABSENCE, "", "", ("sick_days", "personal_days", "unexcused_days"), {})

GROUPS = (POSTING, FULL_TIME, IN_SERVICE, CERTIFICATE, CONTRACT, ABSENCE)


def roster_spec(year: int) -> SheetSpec:
    """The roster's columns; ``year`` is the one whose days of absence it holds."""
    return SheetSpec(
        "employees",
        "花名册",
        (
            optional_column("serial", "序号", whole(0), note=msg("仅供查看，导入时不读取。")),
            optional_column(
                "number",
                "编号",
                checked(digits(hint=msg("档案编号，如 FX-0107"), width=12), read_number),
                note=msg("已有档案的人员按编号核对；新进人员可留空，由系统编号。"),
                aliases=("人员编号", "档案编号"),
            ),
            Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
            optional_column("sex", "性别", codes(Sex), note=msg("由身份证号得出，可不填；填写的与身份证号核对。")),
            optional_column("born_on", "出生年月", month(), note=msg("由身份证号得出，可不填；填写的与身份证号核对。")),
            Column(
                "identity",
                "身份证号",
                identity(),
                required=True,
                secret=True,
                note=msg("导出时遮盖的号码（含 ********）保持不变即可，按编号核对。"),
                aliases=("身份证号码", "公民身份号码", "身份证"),
            ),
            optional_column("ethnic", "民族", codes(Ethnic), example="01"),
            optional_column("native_place", "籍贯", text(80), example="山东费县"),
            optional_column("marital", "婚姻状况", codes(Marital)),
            optional_column("household_place", "户口所在地", text(120)),
            optional_column("political", "政治面貌", codes(Political), example="01"),
            optional_column(
                "political_since", "加入时间", day(month_is_enough=True), aliases=("入党时间", "入党（团）时间")
            ),
            optional_column(
                "political_full_since", "转正时间", day(month_is_enough=True), aliases=("预备党员转正时间",)
            ),
            optional_column("phone", "手机", phone(), secret=True, aliases=("手机号", "手机号码", "联系电话", "电话")),
            optional_column(
                "address", "家庭住址", text(120, width=24), secret=True, aliases=("家庭地址", "现住址", "住址")
            ),
            *_study("full_time", "全日制"),
            *_study("in_service", "在职"),
            optional_column(
                "certificate_grade",
                "职业资格",
                codes(Certificate),
                example="junior",
                aliases=("职业资格证书", "社会工作者职业资格"),
            ),
            optional_column("certificate_certificate_number", "证书编号", text(40)),
            optional_column(
                "certificate_obtained_on", "取得时间", day(month_is_enough=True), aliases=("资格取得时间",)
            ),
            optional_column(
                "certificate_registered_on", "登记时间", day(month_is_enough=True), aliases=("资格登记时间",)
            ),
            optional_column("certificate_registered_until", "登记有效期至", day(), aliases=("登记有效期",)),
            optional_column("joined_work_on", "参加工作时间", day(month_is_enough=True), example=date(2012, 7, 1)),
            Column(
                "joined_community_on",
                "进社区时间",
                day(month_is_enough=True),
                required=True,
                example=date(2018, 7, 1),
                aliases=("进社区工作时间", "进入社区时间"),
            ),
            optional_column("channel", "来源渠道", words(CHANNELS), aliases=("进入方式",)),
            optional_column("source", "人员来源", words(SOURCES)),
            optional_column("batch", "招聘批次", text(40), example="2022 年第一批"),
            optional_column(
                "military_months",
                "服役月数",
                whole(0, MOST_MILITARY_MONTHS),
                note=msg("退役军人填写，按薪酬办法可计入社区工作年限。"),
                aliases=("服役时间（月）", "军龄（月）"),
            ),
            Column(
                "posting_unit",
                "单位编号或全称",
                text(160, width=24),
                required=True,
                example="费城街道/书苑社区",
                note=msg("填单位编码、全称或简称；重名时写成“街道/社区”。"),
                aliases=("单位", "单位编号", "单位编码", "单位名称", "所在单位", "所属社区"),
            ),
            Column("posting_post", "职务层次", codes(Post), required=True, example="staff", aliases=("岗位层级",)),
            optional_column(
                "posting_title", "岗位名称", text(60), example="网格员", aliases=("职务", "岗位", "职务名称")
            ),
            optional_column(
                "posting_starts_on",
                "任现职时间",
                day(month_is_enough=True),
                note=msg("新进人员留空与进社区时间相同；调整单位或职务时填新的任职时间，原任职于前一天结束。"),
            ),
            optional_column("posting_duties", "分管工作", text(200)),
            optional_column("posting_party_role", "党内职务", text(40)),
            optional_column("posting_elected", "选举产生", yes_no(blank=None)),
            optional_column("posting_dual_head", "一肩挑", yes_no(blank=None)),
            optional_column("contract_starts_on", "合同起", day(), aliases=("合同开始日期", "合同起始日期")),
            optional_column("contract_ends_on", "合同止", day(), aliases=("合同结束日期", "合同终止日期")),
            optional_column("contract_probation_ends_on", "试用期至", day(), aliases=("试用期止", "试用期结束日期")),
            _days("absence_sick_days", year, "病假天数"),
            _days("absence_personal_days", year, "事假天数"),
            _days("absence_unexcused_days", year, "旷工天数"),
        ),
    )


def _study(prefix: str, kind: str) -> tuple[Column, ...]:
    return tuple(
        optional_column(f"{prefix}_{field}", f"{title}（{kind}）", reader, aliases=(f"{kind}{title}",))
        for field, title, reader in (
            ("level", "学历", codes(Education)),
            ("degree", "学位", degree()),
            ("school", "毕业院校", text(80)),
            ("major", "专业", text(80)),
            ("graduated_on", "毕业时间", day(month_is_enough=True)),
        )
    )


def _days(key: str, year: int, title: str) -> Column:
    reader = decimal(2, minimum=Decimal(0), maximum=Decimal(366))
    return optional_column(key, f"{year}年{title}", reader, aliases=(f"本年{title}", title))
