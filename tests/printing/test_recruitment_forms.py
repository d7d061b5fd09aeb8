"""The forms of applicants: every cell filled, nothing cut, photographs small and with their own page alone."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fitting import Values
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.recruitment.people import ApplicationPrinter, HiringPrinter
from careerpath.printing.documents.recruitment.tickets import TicketPrinter
from tests.core.pdf.pages import text_of
from tests.printing.recruits import EMPTY_FORM, FORM, HIRED, LONG_FORM, LONG_PERSON, TICKET, UYGUR, portrait


@pytest.fixture(scope="module")
def applications(templates: Environment) -> ApplicationPrinter:
    return ApplicationPrinter(templates, Fonts(), title=FORM.title)


@pytest.fixture(scope="module")
def hirings(templates: Environment) -> HiringPrinter:
    return HiringPrinter(templates, Fonts(), title=HIRED.title)


@pytest.fixture(scope="module")
def tickets(templates: Environment) -> TicketPrinter:
    return TicketPrinter(templates, Fonts(), title=TICKET.title)


def pictures(page: pikepdf.Page) -> list[bytes]:
    """The photographs of one page."""
    return [bytes(one.read_raw_bytes()) for name, one in page.Resources.XObject.items() if name != "/B"]


def test_a_registration_form_says_what_was_applied_for_and_decided(
    applications: ApplicationPrinter, tmp_path: Path
) -> None:
    data = applications.fill(FORM)
    text = text_of(data, tmp_path)
    for words in (
        *("林一诺", "371399********0010", "临沂大学社会工作（2020.06毕业）", "001费城街道书苑社区社区工作者", "服从"),
        *("证明：社会工作者职业资格证书。", "2020.07—至今费城街道网格员", "林建国", "本人承诺：所填信息"),
        *("王敏2025年11月21日", "认定加分：助理社会工作师（2分）。", "李强2025年11月22日", "核验码7F3A-91C2"),
    ):
        assert words in text
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert pictures(pdf.pages[0]) == [FORM.person.photo]


def test_every_value_of_each_form_has_its_cell(
    applications: ApplicationPrinter, hirings: HiringPrinter, tickets: TicketPrinter
) -> None:
    filled: list[tuple[FormPrinter[Any], Values]] = [
        (applications, applications.cells(FORM)),
        (hirings, hirings.cells(HIRED)),
        (tickets, tickets.cells(TICKET)),
    ]
    for printer, cells in filled:
        on_paper = set()
        for layout in (printer.form.page, printer.form.attached):
            on_paper |= {field.name for field in layout.fields} | {picture.name for picture in layout.pictures}
        assert set(cells) - on_paper == set()


def test_a_long_name_and_a_resume_of_eighteen_lines_are_never_cut(
    applications: ApplicationPrinter, tmp_path: Path
) -> None:
    text = text_of(applications.fill(LONG_FORM), tmp_path)
    assert UYGUR[:8] in text
    assert "【简历（续）】" in text
    for year in range(3, 21):
        assert f"第{year}段经历" in text
    for number in range(1, 9):
        assert f"买买提·吐尔逊{number}" in text
    assert "幸福家园小区二十八号楼" in text


def test_an_attached_page_carries_no_photograph(applications: ApplicationPrinter) -> None:
    with pikepdf.open(BytesIO(applications.fill(LONG_FORM))) as pdf:
        assert [len(pictures(page)) for page in pdf.pages] == [1, 0]


def test_a_form_of_somebody_who_told_only_the_name_keeps_its_shape(
    applications: ApplicationPrinter, tmp_path: Path
) -> None:
    data = applications.fill(EMPTY_FORM)
    assert "林诺" in text_of(data, tmp_path)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert pictures(pdf.pages[0]) == []


def test_one_form_alone_is_accessible_and_says_the_same(applications: ApplicationPrinter, tmp_path: Path) -> None:
    data = applications.render_with_weasyprint(LONG_FORM)
    text = text_of(data, tmp_path)
    assert "第20段经历" in text
    with pikepdf.open(BytesIO(data)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert len(pdf.pages) == 2


def test_a_hiring_form_is_filled_from_application_and_appointment(hirings: HiringPrinter, tmp_path: Path) -> None:
    text = text_of(hirings.fill(replace(HIRED, person=LONG_PERSON)), tmp_path)
    for words in (
        *(
            "试用期至2026年5月1日",
            "书苑社区",
            "2026.03.02",
            "社区工作者（一般）",
            "3,296.00元",
            "街道（镇）",
            "（盖章）",
        ),
        *("中国人民大学社会与人口学院", "第20段经历", "买买提·吐尔逊8"),
    ):
        assert words in text


def test_tickets_come_two_on_a_sheet_each_with_its_own_photograph(tickets: TicketPrinter, tmp_path: Path) -> None:
    colours = ("red", "green", "blue")
    found = [replace(TICKET, seat=f"{number:02d}", photo=portrait(c)) for number, c in enumerate(colours, 1)]
    target = BytesIO()
    assert tickets.fill_two_on_each(found, target, title="准考证") == 2
    text = text_of(target.getvalue(), tmp_path)
    for words in ("25010006", "第2考场", "费县第一中学1号楼102", "2025年12月20日（星期六）上午9:00—11:00", "考生须知"):
        assert text.count(words) == 3


def test_two_hundred_tickets_with_photographs_stay_small(tickets: TicketPrinter) -> None:
    target = BytesIO()
    photo = portrait()
    tickets.fill_two_on_each((replace(TICKET, photo=photo + bytes([n])) for n in range(200)), target, title="准考证")
    assert len(target.getvalue()) - 200 * len(photo) < 1_500_000
