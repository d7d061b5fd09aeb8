"""People counted by what they are: the numbers, their sums, and the list behind each."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.employees.forms.people import PeopleFilterForm
from careerpath.employees.models import Source
from careerpath.employees.operations.facts import NewCertificate, NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.people import PeopleFilters
from careerpath.employees.queries.people_as_of import people_as_of
from careerpath.figures.queries.bands import AGES, SERVICE
from careerpath.figures.queries.dimensions import DIMENSIONS
from careerpath.figures.queries.tables import count_people
from careerpath.policy.codes import Sex
from careerpath.words import msg
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.talent_pool import make_entry

TODAY = AsOf(date(2025, 12, 5))


class County:
    """Six people of two streets: ages 30, 40 and 50 in each, men and women in turn."""

    def __init__(self, app: Flask) -> None:
        self.app, self.town = app, Town()
        self.people = []
        for unit in (self.town.community, self.town.foreign):
            for place, years in enumerate((30, 40, 50)):
                born = date(2025 - years, 6, 1)
                sex = Sex.MALE if place % 2 else Sex.FEMALE
                self.people.append(
                    make_employee(
                        None,
                        unit,
                        identity=make_identity(born, sex),
                        post=("chief", "deputy", "staff")[place],
                        source=Source.VETERAN if place == 1 else Source.OTHER,
                        political="01" if place == 0 else "13",
                    )
                )
        add_fact(CLERK, self.people[0].id, NewEducation(level="21", graduated_on=date(2017, 7, 1)))
        add_fact(CLERK, self.people[0].id, NewCertificate(grade="junior", obtained_on=date(2020, 6, 1)))
        self.district = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, self.town.district.path),))
        self.clerk = Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, self.town.street.path),))


@pytest.fixture
def county(app: Flask) -> County:
    return County(app)


def told(county: County, rows: str, columns: str = "", actor: Actor | None = None) -> dict[str, list[int]]:
    table = count_people(actor or county.district, TODAY, DIMENSIONS[rows], DIMENSIONS[columns] if columns else None)
    heads = table.columns or (None,)
    return {str(row.words): [table.of(row, head).people for head in heads] for row in table.rows}


def test_streets_stand_with_their_people_by_age(county: County) -> None:
    table = count_people(county.district, TODAY, DIMENSIONS["street"], DIMENSIONS["ages"])
    assert [str(head.words) for head in table.columns] == ["30岁及以下", "36—40岁", "46—50岁"]
    assert told(county, "street", "ages") == {"费城街道": [1, 1, 1], "上冶镇": [1, 1, 1]}
    assert table.total.people == 6
    assert table.average_age(table.total) == Decimal("40.5")
    assert table.average_age(table.of(table.rows[0], table.columns[0])) == Decimal("30.5")


def test_a_clerk_counts_the_own_street_alone(county: County) -> None:
    assert told(county, "street", actor=county.clerk) == {"费城街道": [3]}


@pytest.mark.parametrize("code", sorted(DIMENSIONS))
def test_every_dimension_counts_everybody_once(county: County, code: str) -> None:
    make_entry(county.people[0], county.town.community)
    table = count_people(county.district, TODAY, DIMENSIONS[code])
    assert sum(table.of(row).people for row in table.rows) == table.total.people == 6
    assert len({row.key for row in table.rows}) == len(table.rows)


@pytest.mark.parametrize("rows", sorted(DIMENSIONS))
def test_the_list_behind_a_figure_holds_just_these_people(county: County, rows: str) -> None:
    for columns in ("sex", "street", "certificate"):
        if columns == rows:
            continue
        table = count_people(county.district, TODAY, DIMENSIONS[rows], DIMENSIONS[columns])
        for row in table.rows:
            for head in table.columns:
                behind = table.behind(row, head)
                if behind is not None and table.of(row, head).people:
                    assert listed(county, behind) == table.of(row, head).people, (row.words, head.words, behind)


def listed(county: County, behind: dict[str, str]) -> int:
    """How many the list of people shows under the filters of an address."""
    with county.app.test_request_context(query_string=behind):
        return people_as_of(county.district, TODAY, PeopleFilterForm.of_request().given()).total


def test_who_is_in_the_pool_is_told_apart(county: County) -> None:
    make_entry(county.people[0], county.town.community)
    assert told(county, "pool") == {"在库": [1], "不在库": [5]}


def test_filters_narrow_the_table(county: County) -> None:
    table = count_people(
        county.district, TODAY, DIMENSIONS["post"], filters=PeopleFilters(unit_id=county.town.street.id, post="chief")
    )
    assert [(row.key, table.of(row).people) for row in table.rows] == [("chief", 1)]


def test_bands_are_named_as_offices_name_them() -> None:
    assert [str(AGES.words(place, msg("岁"))) for place in (0, 1, 6)] == ["30岁及以下", "31—35岁", "56岁及以上"]
    assert [str(SERVICE.words(place, msg("年"))) for place in (0, 1)] == ["不满1年", "1—2年"]


def test_one_query_counts_however_many_people_there_are(county: County) -> None:
    few = len(selects_of(lambda: told(county, "street", "education")))
    for _ in range(5):
        make_employee(None, county.town.neighbour)
    assert len(selects_of(lambda: told(county, "street", "education"))) == few <= 3


def test_the_page_shows_table_chart_and_links_that_keep_the_day(app: Flask, county: County) -> None:
    client = signed_in(app, make_actor(Role.DISTRICT_HR, county.town.district))
    page = client.get("/figures/people?rows=street&columns=ages&on=2024-06-30").get_data(as_text=True)
    assert "<svg" in page
    assert "截至 2024-06-30" in page
    link = unescape(re.findall(r'<td class="number"><a class="plain" href="([^"]+)"', page)[0])
    query = parse_qs(urlsplit(link).query)
    assert query["on"] == ["2024-06-30"]
    assert query["ages"] == ["-30"]
    assert "共 1 人" in client.get(link).get_data(as_text=True)


def test_shares_and_ages_are_shown_instead_of_numbers(app: Flask, county: County) -> None:
    client = signed_in(app, make_actor(Role.DISTRICT_HR, county.town.district))
    page = client.get("/figures/people?rows=street&columns=sex&shown=row").get_data(as_text=True)
    assert "66.7%" in page
    assert "33.3%" in page
    page = client.get("/figures/people?rows=street&shown=age").get_data(as_text=True)
    assert "40.5" in page
    assert client.get("/figures/people?rows=nonsense&columns=nonsense&shown=nonsense").status_code == 200


def test_the_workbook_has_the_same_numbers(app: Flask, county: County) -> None:
    client = signed_in(app, make_actor(Role.DISTRICT_HR, county.town.district))
    answer = client.get("/figures/people.xlsx?rows=street&columns=sex&shown=row")
    book = load_workbook(BytesIO(answer.get_data()))
    first, second = book.worksheets
    rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert ["费城街道", 1, 2, 3] in rows
    assert ["合计", 2, 4, 6] in rows
    assert any("66.7%" in row for row in [[cell.value for cell in row] for row in second.iter_rows()])


def test_a_unit_without_people_says_what_to_do(app: Flask) -> None:
    town = Town()
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    assert "这一天没有在职人员" in client.get("/figures/people").get_data(as_text=True)
