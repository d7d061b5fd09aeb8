"""Excel columns of honours and mandates, in and out: one honour a row."""

from careerpath.core.sheets import Column, SheetSpec, day, digits, text
from careerpath.employees.sheets.readers import codes
from careerpath.policy.codes import HonourKind, HonourLevel
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
TITLE = msg("留空的，按级别和类别写明，如“区县级党代表”；其他荣誉必须填写。")
TERM = msg("党代表、人大代表、政协委员填写任期的最后一天，其他荣誉留空。")

HONOURS_SPEC = SheetSpec(
    "honours",
    "荣誉和两代表一委员",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
        Column("unit", "单位", text(160, width=20), note=LOOK),
        Column("kind", "荣誉类别", codes(HonourKind), required=True, aliases=("类别",), example="党代表"),
        Column("level", "荣誉级别", codes(HonourLevel), required=True, aliases=("级别",), example="区县级"),
        Column(
            "title", "荣誉名称", text(80, width=24), note=TITLE, aliases=("名称",), example="费县第十五次党代会代表"
        ),
        Column(
            "granted_on", "授予日期", day(), required=True, aliases=("任期开始", "任期开始日期"), example="2021-12-01"
        ),
        Column("ends_on", "任期结束日期", day(), note=TERM, aliases=("任期结束",), example="2026-11-30"),
        Column("granted_by", "授予单位", text(80, width=24), example="中共费县委员会"),
        Column("document", "文号", text(120, width=24), aliases=("文件",), example="费委〔2021〕30号"),
    ),
)
"""Honours as they stand in the files. Person, kind, title and first day say which one a row is about."""
