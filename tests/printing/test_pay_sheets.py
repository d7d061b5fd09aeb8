"""The Excel tables of the papers of pay: the same words, exact amounts."""

from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from careerpath.core.sheets.writing import Table, write_tables
from careerpath.printing.sheets import ledger_table, what_if_tables
from tests.printing.registers import changes, register
from tests.printing.reports import REPORT

D = Decimal


def sheets(*tables: Table) -> dict[str, list[list[object]]]:
    """Every sheet of the workbook that the tables make, by name."""
    target = BytesIO()
    write_tables(target, tables)
    book = CalamineWorkbook.from_filelike(BytesIO(target.getvalue()))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_a_register_has_both_sides_with_their_sums_in_one_workbook() -> None:
    table = register(7, confirmed=False, example=True)
    found = sheets(ledger_table(table.pay()), ledger_table(table.employer()))
    assert list(found) == ["费县社区工作者工资发放登记表", "费县社区工作者工资发放登记表（单位缴费部分）"]
    pay, employer = found.values()
    assert pay[1][0] == "【示例数据／非官方】　草稿"
    assert "单位：费城街道办事处" in str(pay[2][0])
    assert "张三（缺学历证明）" in str(pay[3][0])
    headings = pay[4]
    assert headings[:4] == ["序号", "编号", "姓名", "单位"]
    assert headings[-1] == "实发金额"
    assert len(pay) == 5 + 7 + 1
    assert pay[-1][2] == "合计"
    assert D(str(pay[-1][-1])) == sum(row.payable for row in table.rows)
    assert D(str(pay[5][-1])) == table.rows[0].payable
    assert {"缴费基数养老保险", "单位缴费养老保险", "用工成本合计"} <= set(employer[3])


def test_a_list_of_changes_has_headings_that_cannot_be_mistaken() -> None:
    rows = next(iter(sheets(ledger_table(changes(3).ledger())).values()))
    assert rows[2][5:10] == ["变动前等级", "变动前月工资", "变动后等级", "变动后月工资", "月增资额"]
    assert rows[3][6] == ""
    assert [row[9] for row in rows[3:]] == [3180.5, 121.5, 122.5, 3424.5]


def test_a_report_has_a_sheet_for_each_of_its_tables_with_exact_amounts() -> None:
    found = sheets(*what_if_tables(REPORT))
    assert list(found) == ["版本对照", "增资减资", "分街道分月成本", "变动较大人员", "五年预测"]
    for rows in found.values():
        assert rows[1][0] == "【示例数据／非官方】"
    costs = found["分街道分月成本"]
    assert costs[4][:3] == ["街道（镇）", "版本", "1月（元）"]
    assert costs[5][:3] == ["费城街道", "现行版本", 206200.33]
    assert costs[-1][1] == "增减额"
    assert D(str(costs[-1][-1])) == sum(REPORT.cost.difference)
    assert [row[0] for row in found["增资减资"][5:]] == ["费城街道", "上冶镇", "合　计"]
    assert len(found["五年预测"]) == 5 + 5
