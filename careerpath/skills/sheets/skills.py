"""Excel columns of skills, in and out, and of the cover of communities, which only goes out."""

from collections.abc import Sequence

from careerpath.core.sheets import Column, SheetSpec, day, digits, text, whole
from careerpath.employees.sheets.readers import codes
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.operations.skills import LONGEST_EVIDENCE
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

SKILLS_SPEC = SheetSpec(
    "skills",
    "业务技能",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
        Column("unit", "单位", text(160, width=20), note=LOOK),
        Column("line", "业务条线", text(40, width=18), required=True, aliases=("条线", "业务"), example="社会救助"),
        Column("level", "技能等级", codes(SkillLevel), required=True, aliases=("等级",), example="能办"),
        Column("shown_by", "认定方式", codes(ShownBy), required=True, aliases=("方式",), example="测试"),
        Column("shown_on", "认定日期", day(), required=True, aliases=("日期",), example="2025-11-03"),
        Column("valid_until", "有效期至", day(), note=msg("长期有效的留空。"), example="2027-11-02"),
        Column("evidence", "认定依据", text(LONGEST_EVIDENCE, width=30), aliases=("依据",), example="区级业务测试"),
    ),
)
"""What people showed. Person, line, way and day say which occasion a row is about."""


def cover_spec(lines: Sequence[tuple[str, str]]) -> SheetSpec:
    """The columns of the cover: a community a row, a line of work a column; ``lines`` are codes and names."""
    return SheetSpec(
        "skill-cover",
        "业务覆盖",
        (
            Column("street", "街道（镇）", text(80, width=16)),
            Column("unit", "社区", text(80, width=16)),
            Column("serving", "在岗", whole()),
            Column("all_round", "全岗通", whole()),
            Column("gaps", "缺口条线", text(400, width=30)),
            *(Column(f"line_{code}", name, whole()) for code, name in lines),
        ),
    )
