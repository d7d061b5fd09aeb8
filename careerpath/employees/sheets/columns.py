"""The columns of the roster. Keys of facts are the kind of fact and its field: ``full_time_school``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.core.sheets import (
    CellFault,
    CellValue,
    Column,
    Origin,
    Reader,
    SheetSpec,
    choice,
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
from careerpath.employees.operations.identity import read_identity, read_phone
from careerpath.employees.operations.numbers import read_number
from careerpath.employees.sheets.emptied import optional
from careerpath.policy.codes import (
    Certificate,
    Code,
    Degree,
    Education,
    Ethnic,
    Marital,
    Political,
    Post,
    Sex,
    degree_level,
)
from careerpath.words import Message, Refused, msg

MASKED = re.compile(r"\d{6}\*{8}\d{3}[\dX]")
"""An identity number as an export without the right to reveal it writes it."""

MASKED_PHONE = re.compile(r"\d{3}\*{4}\d{4}|\d{3,4}-\*{4}\d{3,4}")
"""A telephone number as an export that is kept for a while writes it."""

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
    ("grade", "certificate_number", "obtained_on", "registered_on"),
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
            _optional("serial", "序号", whole(0), note=msg("仅供查看，导入时不读取。")),
            _optional(
                "number",
                "编号",
                _checked(digits(hint=msg("档案编号，如 FX-0107"), width=12), read_number),
                note=msg("已有档案的人员按编号核对；新进人员可留空，由系统编号。"),
                aliases=("人员编号", "档案编号"),
            ),
            Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
            _optional("sex", "性别", _codes(Sex), note=msg("由身份证号得出，可不填；填写的与身份证号核对。")),
            _optional("born_on", "出生年月", month(), note=msg("由身份证号得出，可不填；填写的与身份证号核对。")),
            Column(
                "identity",
                "身份证号",
                _identity(),
                required=True,
                secret=True,
                note=msg("导出时遮盖的号码（含 ********）保持不变即可，按编号核对。"),
                aliases=("身份证号码", "公民身份号码", "身份证"),
            ),
            _optional("ethnic", "民族", _codes(Ethnic), example="01"),
            _optional("native_place", "籍贯", text(80), example="山东费县"),
            _optional("marital", "婚姻状况", _codes(Marital)),
            _optional("household_place", "户口所在地", text(120)),
            _optional("political", "政治面貌", _codes(Political), example="01"),
            _optional("political_since", "加入时间", day(month_is_enough=True), aliases=("入党时间", "入党（团）时间")),
            _optional("political_full_since", "转正时间", day(month_is_enough=True), aliases=("预备党员转正时间",)),
            _optional("phone", "手机", _phone(), secret=True, aliases=("手机号", "手机号码", "联系电话", "电话")),
            _optional("address", "家庭住址", text(120, width=24), secret=True, aliases=("家庭地址", "现住址", "住址")),
            *_study("full_time", "全日制"),
            *_study("in_service", "在职"),
            _optional(
                "certificate_grade",
                "职业资格",
                _codes(Certificate),
                example="junior",
                aliases=("职业资格证书", "社会工作者职业资格"),
            ),
            _optional("certificate_certificate_number", "证书编号", text(40)),
            _optional("certificate_obtained_on", "取得时间", day(month_is_enough=True), aliases=("资格取得时间",)),
            _optional("certificate_registered_on", "登记时间", day(month_is_enough=True), aliases=("资格登记时间",)),
            _optional("joined_work_on", "参加工作时间", day(month_is_enough=True), example=date(2012, 7, 1)),
            Column(
                "joined_community_on",
                "进社区时间",
                day(month_is_enough=True),
                required=True,
                example=date(2018, 7, 1),
                aliases=("进社区工作时间", "进入社区时间"),
            ),
            _optional("channel", "来源渠道", _words(CHANNELS), aliases=("进入方式",)),
            _optional("source", "人员来源", _words(SOURCES)),
            _optional("batch", "招聘批次", text(40), example="2022 年第一批"),
            _optional(
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
            Column("posting_post", "职务层次", _codes(Post), required=True, example="staff", aliases=("岗位层级",)),
            _optional("posting_title", "岗位名称", text(60), example="网格员", aliases=("职务", "岗位", "职务名称")),
            _optional(
                "posting_starts_on",
                "任现职时间",
                day(month_is_enough=True),
                note=msg("新进人员留空与进社区时间相同；调整单位或职务时填新的任职时间，原任职于前一天结束。"),
            ),
            _optional("posting_duties", "分管工作", text(200)),
            _optional("posting_party_role", "党内职务", text(40)),
            _optional("posting_elected", "选举产生", yes_no(blank=None)),
            _optional("posting_dual_head", "一肩挑", yes_no(blank=None)),
            _optional("contract_starts_on", "合同起", day(), aliases=("合同开始日期", "合同起始日期")),
            _optional("contract_ends_on", "合同止", day(), aliases=("合同结束日期", "合同终止日期")),
            _optional("contract_probation_ends_on", "试用期至", day(), aliases=("试用期止", "试用期结束日期")),
            _days("absence_sick_days", year, "病假天数"),
            _days("absence_personal_days", year, "事假天数"),
            _days("absence_unexcused_days", year, "旷工天数"),
        ),
    )


def _optional(key: str, title: str, reader: Reader, **more: Any) -> Column:
    return Column(key, title, optional(reader), **more)


def _study(prefix: str, kind: str) -> tuple[Column, ...]:
    return tuple(
        _optional(f"{prefix}_{field}", f"{title}（{kind}）", reader, aliases=(f"{kind}{title}",))
        for field, title, reader in (
            ("level", "学历", _codes(Education)),
            ("degree", "学位", _degree()),
            ("school", "毕业院校", text(80)),
            ("major", "专业", text(80)),
            ("graduated_on", "毕业时间", day(month_is_enough=True)),
        )
    )


def _days(key: str, year: int, title: str) -> Column:
    reader = decimal(2, minimum=Decimal(0), maximum=Decimal(366))
    return _optional(key, f"{year}年{title}", reader, aliases=(f"本年{title}", title))


def _codes(table: type[Code]) -> Reader:
    words = {entry.value: entry.zh for entry in table}
    return choice(words, aliases={also: entry.value for entry in table for also in entry.also})


def _words(words: Mapping[Any, Message]) -> Reader:
    return choice({entry: str(word) for entry, word in words.items()})


def _degree() -> Reader:
    """A degree by its level, or by a code of three digits as some archives have them (407 is 理学学士)."""
    plain = _codes(Degree)

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(value).strip()
        return shown if len(shown) == 3 and degree_level(shown) is not None else plain.read(value, origin)

    return replace(plain, read=read)


def _identity() -> Reader:
    """A checked identity number, or a masked one as it was exported."""
    bare = digits(hint=msg("18 位身份证号，请用文本格式"))

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(bare.read(value, origin)).replace("＊", "*")
        return shown if MASKED.fullmatch(shown) else _refusing(lambda: read_identity(shown).number)

    return replace(bare, read=read)


def _phone() -> Reader:
    """A checked telephone number, or a masked one as it was exported."""
    bare = digits(hint=msg("11 位手机号，或带区号的固定电话"), width=14)

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(bare.read(value, origin)).replace("＊", "*")
        return shown if MASKED_PHONE.fullmatch(shown) else _refusing(lambda: read_phone(shown))

    return replace(bare, read=read)


def _checked(reader: Reader, check: Any) -> Reader:
    return replace(reader, read=lambda value, origin: _refusing(lambda: check(reader.read(value, origin))))


def _refusing(work: Any) -> object:
    """What an operation's own reading makes of a text; its refusal is the fault of the cell."""
    try:
        found: object = work()
    except Refused as refusal:
        raise CellFault(refusal.message) from refusal
    return found
