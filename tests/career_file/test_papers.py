"""The career file on paper: what it says to whom, its number and code, and the command that prints it."""

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.career_file.documents.paper import CareerPaper
from careerpath.career_file.queries.papers import career_check, career_pdf, code_of, number_of, own_career_pdf, paper_of
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.core.pdf.foot import EXAMPLE
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.papers import set_photo
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.person import own_head, person_head
from careerpath.words import NotFound, Refused
from tests.career_file.careers import Careers
from tests.conftest import TODAY
from tests.employees.test_papers import make_image
from tests.factories.access import Town, make_user, signed_in
from tests.factories.employees import CLERK, make_employee

NOW = AsOf(date(2025, 12, 5))


@pytest.fixture
def place(app: Flask) -> Careers:
    return Careers()


def paper(place: Careers, actor: Actor, as_of: AsOf = NOW) -> CareerPaper:
    return paper_of(actor, person_head(actor, place.person.id), as_of)


def said(found: CareerPaper) -> set[str]:
    return {line.kind for _, lines in found.years for line in lines}


def test_the_paper_tells_everything_oldest_first(place: Careers) -> None:
    found = paper(place, place.district)
    assert [year for year, _ in found.years] == sorted(year for year, _ in found.years)
    assert dict(found.particulars)["姓名"] == "王立"
    assert dict(found.particulars)["政治面貌"] == "中共党员（2016.05）"
    assert next(name for name, _ in found.rungs) == "社区工作者"
    assert {"现任台阶", "薪酬等级"} <= {name for name, _ in found.standing}
    assert found.grades == (("2024", "优秀", ""),)
    assert [title for _, title, _ in found.honours] == ["区县级最美社工"]
    assert [row[0] for row in found.training] == ["2025"]
    assert found.as_of == "截至2025年12月5日"
    assert (found.example, found.mark) == (True, EXAMPLE)


def test_nobody_prints_what_they_may_not_see(place: Careers) -> None:
    found = paper(place, place.secretary)
    assert found.rungs == ()
    assert not {"现任台阶", "薪酬等级", "下次晋级"} & {name for name, _ in found.standing}
    assert not {"后备与晋升", "薪酬等级"} & said(found)
    assert {"后备与晋升", "薪酬等级"} <= said(paper(place, place.auditor))
    with pytest.raises(NotFound):
        career_pdf(place.pay.stranger, place.person.id, NOW)


def test_a_person_prints_their_own_and_it_says_all_of_it(place: Careers) -> None:
    found = paper_of(place.worker, own_head(place.worker), NOW, own=True)
    assert said(found) == said(paper(place, place.district))
    name, content = own_career_pdf(place.worker, NOW)
    assert name == "社区工作者成长档案（王立）.pdf"
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.docinfo["/Title"] == "社区工作者成长档案　王立"
    with pytest.raises(NotFound):
        own_career_pdf(place.secretary, NOW)


def test_the_photo_stands_on_the_paper(place: Careers) -> None:
    assert paper(place, place.district).picture == ""
    set_photo(CLERK, place.person.id, make_image())
    assert paper(place, place.district).picture.startswith("data:image/jpeg;base64,")


def test_all_readers_of_a_day_share_one_code_and_a_change_gives_another(place: Careers) -> None:
    feet = {paper(place, actor).foot.check_code for actor in (place.district, place.secretary, place.auditor)}
    (code,) = feet
    number = number_of(place.person.number, NOW)
    assert number == f"CZ-20251205-{place.person.number}"
    assert career_check(place.district, number) == (place.person.id, code)
    add_fact(CLERK, place.person.id, NewCertificate(grade="junior", obtained_on=date(2025, 11, 1)))
    assert career_check(place.district, number)[1] != code


def test_what_was_known_then_keeps_its_code_when_more_becomes_known(place: Careers) -> None:
    then = AsOf(date(2025, 12, 1), date(2025, 12, 1))
    head = person_head(place.district, place.person.id)
    number, code = number_of(head.number, then), code_of(head, then)
    assert number == f"CZ-20251201D-{head.number}"
    add_fact(CLERK, place.person.id, NewCertificate(grade="junior", obtained_on=date(2025, 11, 1)))
    assert career_check(place.district, number) == (head.id, code)


def test_a_number_that_is_nobodys_or_a_strangers_is_not_found(place: Careers) -> None:
    number = number_of(place.person.number, NOW)
    for actor, wanted in (
        (place.district, "CZ-20251205-FX-9999"),
        (place.district, "CZ-20251399-" + place.person.number),
        (place.district, "CZ-1-" + place.person.number),
        (place.pay.stranger, number),
    ):
        with pytest.raises(NotFound):
            career_check(actor, wanted)


def test_the_page_gives_the_paper_and_the_check_page_knows_it(app: Flask, place: Careers) -> None:
    client = signed_in(app, place.district)
    answer = client.get(f"/employees/{place.person.id}/career.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    found = paper(place, place.district)
    address = f"/print/check?number={found.foot.number}&code={found.foot.check_code}"
    page = client.get(address).get_data(as_text=True)
    assert "一致：" in page
    assert f"/employees/{place.person.id}/career" in page
    assert signed_in(app, place.worker).get("/own/career.pdf").mimetype == "application/pdf"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path) -> Iterator[dict[str, str]]:
    """What the command names: two people of a street, and its code."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            town = Town()
            make_user("street", Role.STREET_HR, town.street)
            make_user("finance", Role.FINANCE, town.district)
            people = [make_employee(None, unit).number for unit in (town.community, town.neighbour, town.foreign)]
            found = {"one": people[0], "two": people[1], "foreign": people[2], "street": town.street.code}
        yield found


def run(*arguments: str, user: str = "street") -> Result:
    return CliRunner().invoke(program, ["print", "career-file", "--as", user, *arguments])


def test_the_command_prints_one_person_or_everybody_of_a_unit(office: dict[str, str], tmp_path: Path) -> None:
    for arguments, pages in ((("--person", office["one"]), 1), (("--unit", office["street"]), 2)):
        target = tmp_path / "careers.pdf"
        done = run(*arguments, "--on", "2025-12-01", "-o", str(target))
        assert done.exit_code == 0, done.output
        with pikepdf.open(target) as pdf:
            assert len(pdf.pages) == pages
        target.unlink()


def test_the_command_refuses_strangers_days_to_come_and_days_on_which_nobody_served(
    office: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "careers.pdf"
    refused = [
        run("--person", office["foreign"], "-o", str(target)),
        run("--person", office["one"], "--on", "2031-01-01", "-o", str(target)),
        run("--person", office["one"], "-o", str(target), user="finance"),
        run("--unit", office["street"], "--on", "2001-01-01", "-o", str(target)),
    ]
    assert [isinstance(one.exception, Refused) for one in refused] == [True] * 4
    assert run("-o", str(target)).exit_code == 2
    assert run("--person", office["one"], "--check").exit_code == 2
    assert not target.exists()
