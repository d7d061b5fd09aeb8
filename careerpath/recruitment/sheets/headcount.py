"""Quota and vacancies as a workbook."""

from collections.abc import Iterable, Iterator, Mapping

from careerpath.core.sheets import Column, text, whole
from careerpath.core.web.language import say
from careerpath.recruitment.queries.staffing import StaffingLine
from careerpath.rotations.queries.exchange import Exchange

HEADCOUNT_COLUMNS = (
    Column("street", "街道（乡镇）", text(), width=16),
    Column("code", "社区编码", text(), width=16),
    Column("name", "社区", text(), width=20),
    Column("households", "户数", whole(), width=10),
    Column("residents", "常住人口", whole(), width=10),
    Column("quota", "核定员额", whole(), width=10),
    Column("actual", "实有人数", whole(), width=10),
    Column("vacant", "空编", whole(), width=8),
    Column("excess", "超编", whole(), width=8),
    Column("recruiting", "招聘中", whole(), width=8),
    Column("lent", "脱产借出", whole(), width=10),
    Column("borrowed", "脱产借入", whole(), width=10),
    Column("missing", "备注", text(max_length=400), width=40),
)


def headcount_rows(lines: Iterable[StaffingLine], exchange: Mapping[int, Exchange]) -> Iterator[Mapping[str, object]]:
    """The lines by column, each with who is lent and borrowed on the day."""
    for line in lines:
        yield {
            "street": line.street_name,
            "code": line.code,
            "name": line.name,
            "households": line.households,
            "residents": line.residents,
            "quota": line.quota,
            "actual": line.actual,
            "vacant": line.vacant,
            "excess": line.excess,
            "recruiting": line.recruiting,
            "lent": exchange[line.unit_id].lent,
            "borrowed": exchange[line.unit_id].borrowed,
            "missing": "；".join(say(one) for one in line.missing),
        }
