"""Excel columns of applications: all particulars but the résumé and the family."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from careerpath.core.sheets import Column, SheetSpec, day, digits, text, whole, yes_no
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.operations.details import MOST_MILITARY_MONTHS
from careerpath.employees.sheets.emptied import EMPTIED
from careerpath.employees.sheets.readers import (
    MASKED,
    MASKED_PHONE,
    codes,
    degree,
    identity,
    optional_column,
    phone,
    words,
)
from careerpath.policy.codes import Certificate, Education, Ethnic, Marital, Political, Sex
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import Application, RecruitmentPosition
from careerpath.recruitment.operations.particulars import MOST_EXPERIENCE_MONTHS, Particulars
from careerpath.recruitment.queries.sealed import opened
from careerpath.recruitment.queries.words import APPLICATION_STATES
from careerpath.recruitment.sheets.several import several
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
PRIVATE = ("identity", "phone", "address")

Cells = Mapping[str, object]
"""Values by column key; ``None`` where nothing is said, ``EMPTIED`` where a value is taken away."""


def applications_spec(edition: RecruitmentEdition | None) -> SheetSpec:
    """The columns; groups and bonus items are those of the rules, none without rules."""
    groups = {group.code: group.name for group in edition.groups} if edition else {}
    bonus = {item.code: item.name for item in edition.bonus.items} if edition and edition.bonus else {}
    return SheetSpec(
        "applications",
        "报名",
        (
            optional_column(
                "number",
                "报名号",
                digits(hint=msg("报名号，如 2026-04-0001"), width=16),
                note=msg("已报名的按报名号核对；新报名留空，由系统编号。"),
                aliases=("报名编号",),
            ),
            Column(
                "position",
                "报考岗位代码",
                digits(hint=msg("岗位代码，如 001"), width=14),
                required=True,
                aliases=("岗位代码", "报考岗位", "岗位编号"),
                example="001",
            ),
            Column("position_title", "岗位", text(160, width=24), note=LOOK),
            Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
            Column("sex", "性别", codes(Sex), note=LOOK),
            Column("born_on", "出生日期", day(), note=LOOK),
            Column(
                "identity",
                "身份证号",
                identity(),
                required=True,
                secret=True,
                note=msg("导出时遮盖的号码（含 ********）保持不变即可，按报名号核对。"),
                aliases=("身份证号码", "公民身份号码", "身份证"),
            ),
            optional_column("phone", "手机", phone(), secret=True, aliases=("手机号", "手机号码", "联系电话", "电话")),
            optional_column("address", "家庭地址", text(120, width=24), secret=True, aliases=("家庭住址", "住址")),
            optional_column("ethnic", "民族", codes(Ethnic), example="01"),
            optional_column("native_place", "籍贯", text(80), example="山东费县"),
            optional_column("marital", "婚姻状况", codes(Marital)),
            optional_column("household_place", "户口所在地", text(120, width=24)),
            optional_column("political", "政治面貌", codes(Political), example="01"),
            optional_column("political_since", "加入时间", day(month_is_enough=True), aliases=("入党（团）时间",)),
            optional_column("education", "学历", codes(Education), aliases=("文化程度",), example="21"),
            optional_column("degree", "学位", degree()),
            optional_column("full_time", "全日制", yes_no(blank=None), aliases=("是否全日制",)),
            optional_column("school", "毕业院校", text(80)),
            optional_column("major", "专业", text(80), aliases=("所学专业",)),
            optional_column("graduated_on", "毕业时间", day(month_is_enough=True), example=date(2020, 6, 30)),
            optional_column("joined_work_on", "参加工作时间", day(month_is_enough=True)),
            optional_column(
                "experience_months",
                "相关工作经历月数",
                whole(0, MOST_EXPERIENCE_MONTHS),
                note=msg("公告要求的工作经历，如网格员经历，填整月数；不清楚的留空。"),
            ),
            optional_column("military_months", "服役月数", whole(0, MOST_MILITARY_MONTHS), note=msg("退役军人填写。")),
            optional_column("certificate", "职业资格", codes(Certificate), aliases=("社会工作者职业资格",)),
            optional_column("certificate_number", "证书编号", text(40)),
            optional_column("certified_on", "取得时间", day(month_is_enough=True), aliases=("资格取得时间",)),
            optional_column("source", "人员来源", words(SOURCES)),
            optional_column("groups", "报考类别", several(groups), note=msg("定向岗位必须填写所定向的类别。")),
            optional_column("bonus", "加分项", several(bonus), note=msg("本人申请的加分项，由资格审查认定。")),
            optional_column("accepts_transfer", "服从调剂", yes_no(blank=None), aliases=("是否服从调剂",)),
            optional_column("rewards", "奖励或处分情况", text(400, width=30)),
            Column("state", "状态", words(APPLICATION_STATES), note=LOOK),
        ),
        key_columns=("number",),
    )


_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Particulars)}
FIELDS = tuple(name for name in _DEFAULTS if name not in ("resume", "family"))
"""Columns whose keys are the fields of an application."""


def new_particulars(cells: Cells) -> Particulars:
    """What a row says of somebody who applies; what it does not say is as usual."""
    said = {name: cells.get(name) for name in FIELDS}
    return Particulars(**{name: value for name, value in said.items() if value is not None and value is not EMPTIED})  # type: ignore[arg-type]


def changed_particulars(current: Particulars, changes: Cells) -> Particulars:
    """An application with some cells changed; telephone and address stay sealed where they are not."""
    plain: dict[str, Any] = {name: _DEFAULTS[name] if value is EMPTIED else value for name, value in changes.items()}
    unsaid: dict[str, Any] = {"phone": None, "address": None}
    return replace(current, **(unsaid | plain))


def difference(application: Application, current: Particulars, cells: Cells) -> dict[str, object]:
    """The cells that say something else than an application does, by field. Masked numbers say nothing."""
    found = {}
    for name in FIELDS:
        value = cells.get(name)
        if value is None or is_masked(name, value):
            continue
        present = _identity_of(application) if name == "identity" else getattr(current, name)
        if value != present and not (value is EMPTIED and present == _DEFAULTS[name]):
            found[name] = value
    return found


def is_masked(name: str, value: object) -> bool:
    """Whether a cell holds a number as an export has masked it."""
    shape = {"identity": MASKED, "phone": MASKED_PHONE}.get(name)
    return shape is not None and isinstance(value, str) and shape.fullmatch(value) is not None


def shown_now(application: Application, current: Particulars, name: str) -> object:
    """A field as a comparison may show it: nobody reads a whole number there who has not typed it."""
    masked = {"identity": application.identity_masked, "phone": application.phone_masked}
    if name == "address":
        return "******" if application.address_sealed and current.address else None
    return masked[name] if name in masked else getattr(current, name)


def application_row(
    application: Application, position: RecruitmentPosition, unit_name: str, *, reveal: bool
) -> dict[str, object]:
    """One row of an export. Identity and telephone are masked and the address is left out, unless ``reveal``."""
    cells = {name: getattr(application, name) for name in FIELDS if name not in PRIVATE}
    private: dict[str, object] = {"identity": application.identity_masked, "phone": application.phone_masked}
    if reveal:
        private = {name: opened(getattr(application, f"{name}_sealed"), name, application.uid) for name in PRIVATE}
    never_blank = {
        "full_time": application.full_time if application.education else None,
        "accepts_transfer": application.accepts_transfer,
        "experience_months": application.experience_months,
    }
    more = {
        "number": application.number,
        "position": position.code,
        "position_title": f"{unit_name}　{position.title}",
        "sex": application.sex,
        "born_on": application.born_on,
        "state": application.state,
    }
    return {key: value or None for key, value in (cells | private | more).items()} | never_blank


def _identity_of(application: Application) -> str:
    return opened(application.identity_sealed, "identity", application.uid)
