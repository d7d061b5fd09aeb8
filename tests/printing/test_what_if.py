from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.charts import BarChart, DifferenceChart
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.what_if import EditionSide, WhatIfReport, render_what_if, share, ten_thousands
from tests.core.pdf.pages import fonts_of, text_of
from tests.printing.reports import REPORT

D = Decimal


@pytest.fixture(scope="module")
def paper(templates: Environment) -> bytes:
    return render_what_if(templates, Fonts(), REPORT)


def test_the_report_says_both_editions_side_by_side(paper: bytes, tmp_path: Path) -> None:
    text = text_of(paper, tmp_path)
    for words in (
        *(
            "一、测算结论",
            "二、两个版本对照",
            "三、人员增资减资情况",
            "四、分街道分月用工成本",
            "五、今后5年预测",
            "六、测算说明",
        ),
        *("费社工发〔2024〕3号", "每满2年晋升一级", "示例数据，非官方", "林一诺", "图各街道月工资净增减", "2031年"),
    ):
        assert words in text
    assert all("yes yes yes" in line for line in fonts_of(paper, tmp_path))


def test_a_report_on_example_amounts_says_so_on_every_page(
    paper: bytes, templates: Environment, tmp_path: Path
) -> None:
    with pikepdf.open(BytesIO(paper)) as pdf:
        pages = len(pdf.pages)
        across = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
        assert bool(pdf.Root.MarkInfo.Marked)
    assert across
    assert text_of(paper, tmp_path).count("【示例数据／非官方】") == pages
    plain = replace(REPORT, draft=replace(REPORT.draft, example=False))
    assert "示例" not in text_of(render_what_if(templates, Fonts(), plain), tmp_path)


def test_sums_are_exact_and_rounded_only_where_they_are_shown(paper: bytes, tmp_path: Path) -> None:
    cost, effect = REPORT.cost, REPORT.effect
    assert cost.current[0] == D("1235259990.45")
    assert sum(cost.difference) == sum(cost.draft) - sum(cost.current)
    assert (effect.people, effect.gaining, effect.same, effect.losing) == (65, 15, 7, 43)
    assert effect.net == D("11047.25")
    text = text_of(paper, tmp_path)
    assert "123,526.00" in text
    assert "11,047.25" in text
    assert ten_thousands(D("-49.99")) == "0.00", "nothing is never less than nothing"
    assert ten_thousands(D("50")) == "0.01"
    assert share(D("168.42"), D("3908")) == "+4.31%"
    assert share(D(5), D(0)) == ""


def test_the_charts_show_the_largest_streets_first() -> None:
    charts = REPORT.charts()
    streets, effects = charts["streets"], charts["effects"]
    assert isinstance(streets, BarChart)
    assert isinstance(effects, DifferenceChart)
    assert streets.categories[0] == "费县经济开发区管理委员会"
    assert effects.rows == (("费城街道", D("19047.25")), ("上冶镇", D(-8000)))
    many = replace(REPORT, effects=REPORT.effects * 30).charts()["effects"]
    assert isinstance(many, DifferenceChart)
    assert len(many.rows) == 16


def test_a_report_with_nothing_but_two_editions_is_still_a_report(templates: Environment, tmp_path: Path) -> None:
    bare = WhatIfReport(title="测算报告", unit="费县", current=EditionSide(name="甲"), draft=EditionSide(name="乙"))
    text = text_of(render_what_if(templates, Fonts(), bare), tmp_path)
    assert "三、测算说明" in text
    assert "增资" not in text
