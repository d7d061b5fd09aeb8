"""The main job of a year: a roster comes in, a street fills in and submits, the district decides, forms are printed."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk, cell
from tests.browser.rosters import marked_cells, mend, newcomers, write_lines

pytestmark = pytest.mark.browser

STREET = "371325001"
COMMENT = "满意度与台账不符，请核对。"


def test_a_roster_with_three_mistakes_is_marked_mended_and_written(desk: OpenDesk, tmp_path: Path) -> None:
    clerk = desk("street")
    page = clerk.page
    clerk.go("/spreadsheets/employees/import")
    with page.expect_download() as template:
        clerk.click("下载模板")
    path = tmp_path / "花名册.xlsx"
    template.value.save_as(path)
    right = newcomers("费城街道/书苑社区", 5)
    lines = [dict(line) for line in right]
    lines[1]["身份证号"] = str(lines[1]["身份证号"])[:-2] + "00"
    lines[2]["单位编号或全称"] = "没有这个社区"
    lines[4]["进社区时间"] = "去年夏天"
    wrong = {(str(lines[1]["姓名"]), "身份证号"), (str(lines[2]["姓名"]), "单位编号或全称")}
    wrong |= {(str(lines[4]["姓名"]), "进社区时间")}
    write_lines(path, lines)

    send(clerk, path)
    expect(page.get_by_text("有 3 行需要改正")).to_be_visible()
    for who, title in wrong:
        expect(page.locator("tr", has_text=who).filter(has_text=title)).to_be_visible()
    with page.expect_download() as download:
        clerk.click("下载标出错误的原表")
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    assert marked_cells(marked) == wrong

    mend(marked, right, wrong)
    clerk.go("/spreadsheets/employees/import")
    send(clerk, marked)
    clerk.click("确认写入 5 行")
    clerk.agree("写入")
    expect(page.get_by_text("已全部写入。")).to_be_visible()
    clerk.go("/employees?q=" + str(right[2]["姓名"]))
    expect(page.get_by_role("link", name=str(right[2]["姓名"]))).to_be_visible()


def send(clerk: Desk, path: Path) -> None:
    """Send a file to be looked through."""
    clerk.page.get_by_label("文件").set_input_files(path)
    clerk.click("上传并核对")


def test_a_street_fills_submits_mends_and_prints_and_the_district_decides(desk: OpenDesk) -> None:
    street, district = desk("street", permissions=["clipboard-read", "clipboard-write"]), desk("district")
    street.go_to_street(STREET)
    fill_by_keyboard(street)
    fill_by_pasting(street)
    people = street.page.locator("tr[data-row]").count()
    submit(street)

    district.go(f"/appraisals/streets/{street.office.street(STREET)}/decide")
    returned = return_one(district)
    mend_row(street, returned)
    submit(street)
    decide_all(district, people)

    assert pages_of_the_street(street) >= people


def fill_by_keyboard(clerk: Desk) -> None:
    """The first row that nobody has filled: points, grade and opinion without the mouse."""
    page, keys = clerk.page, clerk.page.keyboard
    row = page.locator(f"tr[data-row='{clerk.row_with('未填写').first.get_attribute('data-row')}']")
    filled, excellent = int(clerk.figure("filled")), int(clerk.figure("excellent"))
    row.locator("input[data-field]").first.focus()
    for points in ("39.5", "20", "15", "96"):
        keys.type(points)
        keys.press("ArrowRight" if points == "39.5" else "Tab")
    expect(cell(row, "grade")).to_be_focused()
    keys.press("1")
    keys.press("Tab")
    keys.type("表现突出，同意评为优秀。")
    keys.press("Enter")
    clerk.is_saved(row)
    expect(cell(row, "grade")).to_have_value("1")
    expect(row.locator("[data-shown=total]")).to_have_text("98.50")
    expect(page.locator("[data-summary=filled]")).to_have_text(str(filled + 1))
    expect(page.locator("[data-summary=excellent]")).to_have_text(str(excellent + 1))
    cell(row, "grade").focus()
    keys.press("2")
    clerk.is_saved(row)
    expect(page.locator("[data-summary=excellent]")).to_have_text(str(excellent))


def fill_by_pasting(clerk: Desk) -> None:
    """Everybody who is left, as one block that was copied in a spreadsheet with its head."""
    page = clerk.page
    left = page.locator("tr[data-row]").filter(has=page.locator("[data-row-state=empty], [data-row-state=incomplete]"))
    names = left.evaluate_all("rows => rows.map((row) => row.dataset.who)")
    assert len(names) > 3
    titles = page.locator("thead th[data-field]").all_inner_texts()
    lines = [["姓名", *titles]] + [[name, "37", "19", "13.5", "90", "称职", "同意社区意见。"] for name in names]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join("\t".join(line) for line in lines))
    left.first.locator("input[data-field]").first.focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("alert")).to_contain_text(f"共 {len(names)} 行")
    expect(page.locator("[data-summary=filled]")).to_have_text(clerk.figure("expected"))
    expect(clerk.row_with("已保存")).to_have_count(clerk.rows.count())


def submit(clerk: Desk) -> None:
    """Hand the street's records to the district."""
    clerk.go_to_street(STREET)
    clerk.click("提交区级审定")
    expect(clerk.page.get_by_text("提交后本街道的考核记录锁定")).to_be_visible()
    clerk.click("提交区级审定")
    expect(clerk.page.locator("tr[data-row]").first).to_be_visible()
    expect(clerk.page.locator("select[data-field=grade]")).to_have_count(0)


def return_one(district: Desk) -> str:
    """Give one record back with a comment; gives the name."""
    page = district.page
    row = page.locator("tbody tr").filter(has=page.get_by_role("combobox")).nth(1)
    name = row.get_by_role("rowheader").inner_text()
    row.get_by_role("checkbox").check()
    page.get_by_label("理由或退回原因").fill(COMMENT)
    district.click("退回街道")
    district.agree("退回街道")
    expect(page.get_by_role("row").filter(has_text=COMMENT)).to_contain_text(name)
    return name


def mend_row(clerk: Desk, name: str) -> None:
    """Only the returned record is open again; its comment stands above the table."""
    clerk.go_to_street(STREET)
    expect(clerk.page.get_by_text(f"{name}：区级退回，{COMMENT}")).to_be_visible()
    expect(clerk.rows).to_have_count(1)
    row = clerk.rows.first
    expect(row).to_contain_text(name)
    cell(row, "satisfaction").click()
    clerk.page.keyboard.type("88.5")
    clerk.page.keyboard.press("Enter")
    clerk.is_saved(row)


def decide_all(district: Desk, people: int) -> None:
    """Everybody of the street at once."""
    page = district.page
    page.reload()
    page.get_by_role("table").get_by_role("checkbox").first.check()
    expect(page.get_by_text(f"已选 {people} 项")).to_be_visible()
    district.click("审定")
    district.agree("审定")
    expect(page.locator("[data-summary=decided]")).to_have_text(str(people))
    expect(page.locator("[data-summary=submitted]")).to_have_text("0")


def pages_of_the_street(clerk: Desk) -> int:
    """Print the forms of the whole street in the background; gives the pages of the file."""
    page = clerk.page
    clerk.go_to_street(STREET)
    clerk.click("打印登记表")
    clerk.click("生成一个 PDF")
    expect(page.get_by_role("progressbar", name="进度")).to_be_visible()
    result = page.get_by_role("link", name="取回结果")
    expect(result).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        result.click()
    content = Path(download.value.path()).read_bytes()
    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)
