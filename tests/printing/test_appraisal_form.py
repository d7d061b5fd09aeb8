from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.appraisals.documents import AppraisalForm, AppraisalSummary, GradeTotal, SummaryRow
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.bench import bench_forms, invented_form
from careerpath.printing.documents import AppraisalFormPrinter, render_form_with_weasyprint, render_summary
from tests.core.pdf.pages import fonts_of, text_of
from tests.printing.people import PARAGRAPH, PLAIN

GRADES = ("优秀", "合格", "基本合格", "不合格")


@pytest.fixture(scope="module")
def printer(templates: Environment) -> AppraisalFormPrinter:
    return AppraisalFormPrinter(templates, Fonts())


def pages_of(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_every_cell_of_the_form_has_its_value_and_every_value_its_cell(printer: AppraisalFormPrinter) -> None:
    given = set(PLAIN.cells())
    on_paper = {box.name for layout in (printer.form.page, printer.form.attached) for box in layout.fields}
    assert on_paper - given == {"continued_text", "continued_page"}
    assert given - on_paper == {"title", "year", "number", "printed_by", "printed_at", "check_code"}


def test_a_usual_form_is_one_page_of_a4(printer: AppraisalFormPrinter, tmp_path: Path) -> None:
    data = printer.fill(PLAIN)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 595.28, 841.89]
        assert str(pdf.docinfo.Title) == "社区工作者年度考核登记表　林一诺"
    text = text_of(data, tmp_path)
    assert "（2025年度）" in text
    assert "编号KH-2025-0107打印费城街道2025-12-1810:42核验码7F3A-91C2" in text


def test_an_empty_form_shows_the_grades_of_the_edition_and_waits_for_the_pen(
    printer: AppraisalFormPrinter, tmp_path: Path
) -> None:
    data = printer.fill(AppraisalForm.blank(year="2026", grades=GRADES))
    text = text_of(data, tmp_path)
    assert pages_of(data) == 1
    assert "优秀票合格票基本合格票不合格票" in text
    assert text.count("年月日") == 5


def test_a_form_with_another_title_has_it_on_every_page(templates: Environment, tmp_path: Path) -> None:
    form = replace(PLAIN, title="专职网格员年度考核登记表", summary=PARAGRAPH * 40)
    text = text_of(AppraisalFormPrinter(templates, Fonts(), title=form.title).fill(form), tmp_path)
    assert text.count(form.title) == 2


def test_the_preflight_names_whose_text_continues(printer: AppraisalFormPrinter) -> None:
    long = replace(PLAIN, name="王大力", summary=PARAGRAPH * 40, own_opinion="同意。" * 200)
    found = list(printer.preflight_many([PLAIN, long, PLAIN]))
    assert [(place, [one.label for one in cells]) for place, cells in found] == [(1, ["个人总结", "本人意见"])]
    assert printer.preflight(PLAIN) == []
    assert printer.preflight(long)[0].over > 500


def test_a_street_comes_out_in_roster_order(printer: AppraisalFormPrinter, tmp_path: Path) -> None:
    def roster() -> Iterator[AppraisalForm]:
        return (replace(PLAIN, name=f"第{number}人", number=f"KH-{number}") for number in range(1, 31))

    target = tmp_path / "street.pdf"
    assert printer.fill_many(roster(), target, title="费城街道") == 30
    text = text_of(target.read_bytes(), tmp_path)
    places = [text.index(f"KH-{number}打印") for number in range(1, 31)]
    assert places == sorted(places)
    assert target.stat().st_size < 30 * 15_000


def test_a_form_set_by_weasyprint_can_be_read_aloud(templates: Environment) -> None:
    form = replace(PLAIN, summary=PARAGRAPH * 40)
    data = render_form_with_weasyprint(templates, Fonts(), form)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"
    assert data == render_form_with_weasyprint(templates, Fonts(), form)


def summary(rows: int) -> AppraisalSummary:
    line = SummaryRow(
        number="1",
        community="书苑社区",
        name="阿卜杜热合曼·买买提",
        sex="男",
        post="社区工作者",
        score="95.6",
        proposed_grade="● 优秀",
        decided_grade="● 优秀",
    )
    return AppraisalSummary(
        title="社区工作者年度考核情况汇总表",
        unit="费城街道",
        year="2025",
        rows=tuple(replace(line, number=str(number)) for number in range(1, rows + 1)),
        totals=(GradeTotal(grade="优秀", count="8", share="19.0%"), GradeTotal(grade="称职", count="34")),
        quota_line="优秀名额 8 名，已定 8 名。",
        prepared_by="王小明",
        prepared_on="2025年12月18日",
        number="HZ-2025-0001",
        check_code="7F3A-91C2",
    )


def test_the_summary_repeats_its_head_and_numbers_its_pages(templates: Environment, tmp_path: Path) -> None:
    data = render_summary(templates, Fonts(), summary(45))
    text = text_of(data, tmp_path)
    with pikepdf.open(BytesIO(data)) as pdf:
        count = len(pdf.pages)
        assert float(pdf.pages[0].mediabox[2]) > float(pdf.pages[0].mediabox[3])
    assert count > 1
    assert text.count("审定等次") == count
    assert f"第{count}页共{count}页" in text
    assert text.count("编号HZ-2025-0001") == count
    assert "各等次人数：优秀8人（19.0%），称职34人。" in text
    assert all("yes yes yes" in line for line in fonts_of(data, tmp_path))


def test_the_bench_tells_figures_of_both_ways(templates: Environment) -> None:
    figures = bench_forms(templates, Fonts(), count=41, weasyprint_count=1)
    assert figures.count == 41
    assert min(figures.fill_per_second, figures.weasyprint_per_second) > 0
    assert figures.fill_bytes_each > 0
    assert invented_form(3) == invented_form(3)
