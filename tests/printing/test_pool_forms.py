"""The forms of the reserve pool by themselves: every value has its cell, nothing is cut, a résumé hangs straight."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.talent_pool.cadre import RELATIVES, CadreForm, CadrePrinter, CadreRelative
from careerpath.printing.documents.talent_pool.reserves import (
    RecommendationPrinter,
    ReserveForm,
    SelectionFormPrinter,
)
from careerpath.printing.documents.talent_pool.resume import hung_lines
from tests.core.pdf.pages import text_of
from tests.printing.recruits import UYGUR, portrait

TIMES = (
    (date(2008, 9, 1), date(2012, 7, 1), "临沂大学社会工作专业学习"),
    (date(2012, 7, 1), date(2015, 8, 1), "费城街道书苑社区工作者（其间：2013.09--2015.07 在职学习，取得大学本科学历）"),
    (date(2015, 9, 1), None, "费城街道书苑社区党组织副书记"),
)
FOOT = Foot(number="RM-2026-000107", printed_by="费县", printed_at="2026-11-21 10:00", check_code="7F3A-91C2")
CADRE = CadreForm(
    name="林一诺",
    sex="女",
    birth_month="1990.04\n（36岁）",
    present_post="费城街道书苑社区党组织副书记",
    proposed_post="费城街道书苑社区党组织书记",
    resume=tuple(hung_lines(TIMES, 31)),
    rewards="2023年5月被临沂市授予“最美社工”称号。",
    appraisals="2024年年度考核称职。",
    family=(CadreRelative(relation="丈夫", name="王某", age="37", political="群众", work="务农"),),
    submitted_by="费城街道",
    filled_by="区级经办",
    photo=portrait(),
    foot=FOOT,
)
LONG = replace(
    CADRE,
    name=UYGUR,
    resume=tuple(f"第{number}段经历" for number in range(60)),
    family=tuple(CadreRelative(relation="兄弟", name=f"买买提·吐尔逊{number}") for number in range(12)),
)
RESERVE = ReserveForm(
    title="费县2026年后备人才竞岗报名表",
    unit="费城街道",
    number="JB-2026-000012",
    name="林一诺",
    resume=tuple(hung_lines(TIMES, 36)),
    statement="工作踏实。" * 200,
    conditions="年龄：36 周岁，符合。",
    finding="审查通过。",
    photo=portrait(),
    foot=FOOT,
)


@pytest.fixture(scope="module")
def cadres(templates: Environment) -> CadrePrinter:
    return CadrePrinter(templates, Fonts())


@pytest.mark.parametrize("printer", [RecommendationPrinter, SelectionFormPrinter])
def test_every_value_of_a_form_has_its_cell_and_a_long_one_goes_on(
    templates: Environment, tmp_path: Path, printer: Any
) -> None:
    made = printer(templates, Fonts(), title=RESERVE.title)
    on_paper = set()
    for layout in (made.form.page, made.form.attached):
        on_paper |= {field.name for field in layout.fields} | {picture.name for picture in layout.pictures}
    assert set(made.cells(RESERVE)) - on_paper == set()
    data = made.fill(RESERVE)
    text = text_of(data, tmp_path)
    assert text.count("踏") == 200
    assert "（续）】" in text
    assert [over.field for over in made.preflight(RESERVE)] == ["statement"]


def test_both_sides_of_the_appointment_form_have_a_cell_for_every_value(cadres: CadrePrinter) -> None:
    on_paper = set()
    for side in cadres.sides:
        for layout in (side.form.page, side.form.attached):
            on_paper |= {field.name for field in layout.fields} | {picture.name for picture in layout.pictures}
    assert set(CADRE.cells()) - on_paper == set()


def test_the_appointment_form_is_two_pages_and_says_everything(cadres: CadrePrinter, tmp_path: Path) -> None:
    data = cadres.fill(CADRE)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
    text = text_of(data, tmp_path)
    for words in ("干部任免审批表", "1990.04", "（36岁）", "书苑社区党组织书记", "王某", "区级经办", "7F3A-91C2"):
        assert words in text
    assert cadres.preflight(CADRE) == []


def test_what_does_not_fit_stands_behind_both_sides(cadres: CadrePrinter, tmp_path: Path) -> None:
    text = text_of(cadres.fill(LONG), tmp_path)
    assert text.index("审批") < text.index("第59段经历")
    for number in range(60):
        assert f"第{number}段经历" in text
    for number in range(12):
        assert f"吐尔逊{number}" in text
    assert {over.field for over in cadres.preflight(LONG)} >= {"resume"}
    assert len(LONG.family) > RELATIVES


def test_a_resume_hangs_behind_its_months() -> None:
    lines = list(hung_lines(TIMES, 31))
    assert lines[0] == "2008.09--2012.07　临沂大学社会工作专业学习"
    assert lines[1].startswith("2012.07--2015.08　费城街道")
    assert lines[2].startswith("　" * 10)
    assert lines[-1].startswith("2015.09--　　　　　费城街道")
    assert "".join(line.strip("　") for line in lines[1:-1]).endswith(TIMES[1][2])
    assert list(hung_lines([(date(2020, 1, 1), None, "")], 31)) == ["2020.01--　　　　　"]


def test_forms_of_nobody_are_not_printed(cadres: CadrePrinter) -> None:
    with pytest.raises(ValueError, match="nobody"):
        cadres.fill_many([], BytesIO())
