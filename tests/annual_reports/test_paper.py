"""The report as an official document."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from careerpath.annual_reports.documents.contents import Chapter, NameList, Report, chapters_of
from careerpath.annual_reports.documents.report import MOST_TABLED, Setting, numeral, render_report
from careerpath.annual_reports.queries.section import ChartKind, Section
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from tests.annual_reports.samples import SECTIONS, TEAM, table_of, wide_table
from tests.core.pdf.pages import fonts_of, text_of


def report_of(*sections: Section) -> Report:
    """A signed report of a county."""
    return Report(
        title="费县社区工作者队伍建设年度报告（2025年）",
        unit="费县",
        unit_code="371325",
        year=2025,
        on=date(2025, 12, 31),
        chapters=chapters_of(sections),
        frozen=True,
        document="费组发〔2026〕12号",
        signed_by="中共费县县委组织部",
        signed_on=date(2026, 1, 20),
        grounds=("《费县员额配备标准》（费社工发〔2020〕1号）",),
        foot=Foot(number="ND-2025-000001", printed_by="李华", check_code="7F3A-91C2"),
    )


def pages_of(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_a_signed_report_stands_as_an_official_document(app: Flask, tmp_path: Path) -> None:
    paper = render_report(app.jinja_env, Fonts(), report_of(*SECTIONS))
    text = text_of(paper, tmp_path)
    for words in (
        "费组发〔2026〕12号",
        "（统计截止日：2025年12月31日）",
        "中共费县县委组织部",
        "2026年1月20日",
        "一、队伍结构····",
        "全县社区工作者平均年龄36.5岁，比上年减少0.4岁。",
        "表1队伍结构主要指标",
        "平均年龄岁36.536.9-0.4",
        "评价平均分分———",
        "表2各街道人员情况（单位：人）",
        "合计4268",
        "图1各街道人员情况",
        "注：年龄按周岁计算",
        "本年招聘录用社区工作者62人，比上年增加12人，累计212人。",
        "招聘录用人数人625012212",
        "三、编制说明",
        "《费县员额配备标准》（费社工发〔2020〕1号）",
        "附件：1．招聘录用名单",
        "1张甲城东社区2025-07-01",
        "另有58条未列入",
        "—1—",
    ):
        assert words in text, words
    assert text.count("编号ND-2025-000001打印李华核验码7F3A-91C2") == pages_of(paper)
    assert not set("{}【】").intersection(text)
    assert all("yes yes yes" in line for line in fonts_of(paper, tmp_path))
    with pikepdf.open(BytesIO(paper)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)


def test_a_draft_and_example_amounts_say_so_on_every_page(app: Flask, tmp_path: Path) -> None:
    draft = replace(report_of(TEAM), frozen=False, example=True, foot=Foot(), signed_on=None)
    paper = render_report(app.jinja_env, Fonts(), draft)
    assert text_of(paper, tmp_path).count("【草稿】【示例数据／非官方】") == pages_of(paper)


def test_a_report_of_nothing_is_still_a_report(app: Flask, tmp_path: Path) -> None:
    bare = Section(code="pool", title=TEAM.title, text="本年未开展。", tables=(table_of(ChartKind.BARS),))
    text = text_of(render_report(app.jinja_env, Fonts(), report_of(bare)), tmp_path)
    assert "本年未开展。" in text
    assert "表1" not in text
    assert "附件" not in text


@pytest.mark.usefixtures("app")
def test_a_table_that_is_too_wide_lies_across_at_the_end_and_the_text_says_where() -> None:
    setting = Setting(report_of(replace(TEAM, tables=(wide_table(14), wide_table(26)))))
    assert [one.title for one in setting.attached] == ["各级人数"]
    assert setting.chapters[0].attached == ("各级人数见附件1",)
    across = setting.attached[0].table
    assert across is not None
    assert sum(across.widths) == pytest.approx(100, abs=0.2)


@pytest.mark.usefixtures("app")
def test_tables_charts_and_attachments_are_counted_through_the_report() -> None:
    two = table_of(ChartKind.BARS, ("费城街道", (D(1), D(2))), ("上冶镇", (None, None)))
    drawn = TEAM.tables[0]
    setting = Setting(report_of(replace(TEAM, tables=(drawn,)), replace(SECTIONS[1], tables=(two, drawn))))
    blocks = [block for chapter in setting.chapters for block in chapter.blocks]
    assert [block.table.number for block in blocks if block.table] == [1, 2, 3, 4, 5]
    assert [block.chart.number for block in blocks if block.chart] == [1, 2, 3]
    assert [one.number for one in setting.attached] == [1]


@pytest.mark.usefixtures("app")
def test_the_chart_of_a_small_table_stands_beside_it() -> None:
    rows = tuple((f"{number}级", (D(number), D(5))) for number in range(8))
    for kind, count, beside in (
        (ChartKind.SHARES, 8, True),
        (ChartKind.BARS, 6, True),
        (ChartKind.BARS, 7, False),
        (ChartKind.COMPOSITION, 2, False),
    ):
        setting = Setting(report_of(replace(TEAM, figures=(), tables=(table_of(kind, *rows[:count]),))))
        assert [(block.beside, block.chart is not None) for block in setting.chapters[0].blocks] == [(beside, True)]


def test_a_long_list_is_printed_by_units(app: Flask, tmp_path: Path) -> None:
    rows = tuple((f"张{number}", f"第{number // 100}社区", "2025-07-01", "") for number in range(MOST_TABLED + 1))
    names = NameList(code="trained", title="受训名单", heads=("姓名", "单位", "日期", "情况"), rows=rows)
    chapter = Chapter(code="training", title="教育培训", paragraphs=("已培训。",), lists=(names,))
    long = replace(report_of(), chapters=(chapter,))
    text = text_of(render_report(app.jinja_env, Fonts(), long), tmp_path)
    assert "共241条，按单位列示，日期、情况等见电子表格。" in text
    assert "第2社区（41）：张200、张201" in text
    short = replace(chapter, lists=(replace(names, rows=rows[:MOST_TABLED]),))
    assert Setting(replace(long, chapters=(short,))).attached[0].by_unit == ()


@pytest.mark.parametrize(("number", "words"), [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")])
def test_sections_are_counted_as_headings_count(number: int, words: str) -> None:
    assert numeral(number) == words
