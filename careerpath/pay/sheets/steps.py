"""The Excel columns of pay."""

from collections.abc import Iterable, Iterator, Mapping

from careerpath.core.sheets.columns import Column
from careerpath.core.sheets.readers import text
from careerpath.core.web.language import say
from careerpath.pay.queries.calendar import StepLine

STEP_COLUMNS = (
    Column("number", "编号", text(), width=14),
    Column("name", "姓名", text(), width=12),
    Column("unit", "单位", text(), width=18),
    Column("title", "职务", text(), width=20),
    Column("now", "现任等级", text(), width=12),
    Column("starts_on", "下次晋级日期", text(), width=14),
    Column("to", "晋至", text(), width=10),
    Column("conditions", "条件", text(max_length=400), width=48),
    Column("held_back", "暂缓或缺少", text(max_length=400), width=48),
    Column("pending", "备注", text(), width=24),
)
"""The calendar of steps."""


def step_rows(lines: Iterable[StepLine]) -> Iterator[Mapping[str, object]]:
    """The lines of a calendar by column."""
    for line in lines:
        yield {
            "number": line.number,
            "name": line.name,
            "unit": line.unit_name,
            "title": line.title,
            "now": "未套级" if line.now is None else say(line.now),
            "starts_on": "" if line.starts_on is None else line.starts_on.isoformat(),
            "to": "" if line.to is None else say(line.to),
            "conditions": "；".join(say(one) for one in line.conditions),
            "held_back": "；".join(say(one) for one in line.held_back),
            "pending": "有未办理的套级晋级" if line.pending else "",
        }
