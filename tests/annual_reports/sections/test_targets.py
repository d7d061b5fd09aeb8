"""建设目标: each target beside what was reached, of the whole and of every part, and which communities miss it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.targets import SECTION, TARGETS_PAGE
from careerpath.annual_reports.queries.wording import fill, unknown_places
from careerpath.employees.operations.facts import NewCertificate, NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.figures.queries.targets import target_page
from tests.annual_reports.sections.agreeing import line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.talent_pool import make_entry

DAY = date(2025, 11, 30)
YOUNG = "每个社区至少有1名35岁及以下干部"
CERTIFICATES = "社会工作职业资格持证率"


@pytest.fixture
def town(app: Flask) -> Town:
    """A young cadre in each street, one of them with a certificate of this year; an older colleague."""
    town = Town()
    for unit, year in ((town.community, 1995), (town.foreign, 1996), (town.neighbour, 1970)):
        person = make_employee(None, unit, identity=make_identity(date(year, 5, 1)))
        add_fact(CLERK, person.id, NewEducation(level="21", school="山东大学", graduated_on=date(2017, 6, 30)))
    given = NewCertificate(grade="junior", obtained_on=date(2025, 5, 1))
    add_fact(CLERK, person.id, given)
    return town


def built(unit: Unit, on: date = DAY) -> Section:
    return SECTION.build(report_scope(unit, on.year, on))


def test_every_target_of_the_place_has_its_figure_and_that_of_the_year_before(town: Town) -> None:
    found = told(built(town.district))
    assert found["targets_count"][:2] == (6, 6)
    assert found["target_young_cadres_met"][:2] == (2, 2)
    assert found["target_young_cadres_missed"][:2] == (2, 2)
    assert found["target_certificates"][:2] == (Decimal("33.33"), Decimal("0.00"))
    assert found["target_education"][0] == Decimal("100.00")


def test_what_the_report_says_is_what_the_page_of_targets_says(town: Town) -> None:
    section = built(town.district)
    page = target_page(CLERK, DAY, town.district.id)
    for one in page.lines:
        if one.total is None:
            assert told(section)[f"target_{one.target.code}_missed"][0] == len(one.missed)
    figure = section.figure("target_certificates")
    assert figure.behind is not None
    assert (figure.behind.endpoint, figure.behind.args["on"]) == (TARGETS_PAGE, "2025-11-30")


def test_each_street_stands_beside_every_target(town: Town) -> None:
    parts = table(built(town.district), "targets_parts")
    heads = [str(head) for head in parts.heads]
    young, certificates = heads.index(f"{YOUNG}：达到率（%）"), heads.index(f"{CERTIFICATES}（%）")
    own, other = (line(parts, one.short_name) for one in (town.street, town.other_street))
    assert (own[young], other[young]) == (50, 50)
    assert (own[certificates], other[certificates]) == (50, 0)
    communities = table(built(town.street), "targets_parts")
    assert line(communities, town.community.short_name)[young] == 100
    assert line(communities, town.neighbour.short_name)[certificates] == 100


def test_the_communities_that_miss_a_target_are_named_with_what_they_lack(town: Town) -> None:
    (missed,) = built(town.district).annexes
    rows = [tuple(str(cell) for cell in row) for row in missed.rows]
    assert (town.neighbour.short_name, town.street.short_name, YOUNG, "还差 1 人") in rows
    assert (town.community.short_name, town.street.short_name, "每个社区储备后备人才", "还差 3 人") in rows
    make_entry(make_employee(None, town.neighbour, identity=make_identity(date(1996, 6, 1))), town.community)
    (fewer,) = built(town.district).annexes
    assert YOUNG not in [str(row[2]) for row in fewer.rows if row[0] == town.neighbour.short_name]
    assert "还差 2 人" in [str(row[3]) for row in fewer.rows if row[0] == town.community.short_name]


def test_the_text_says_what_is_reached_and_how_much_is_lacking(town: Town) -> None:
    section = built(town.district)
    assert unknown_places(section.text, section.figures) == ()
    text = fill(section.text, section.figures)
    assert f"“{YOUNG}”目标，2个社区已达到，2个社区尚未达到。" in text
    assert f"“{CERTIFICATES}”为33.33%，已达到目标。" in text
    assert "“年度培训率”为0.00%，尚未达到目标，还差3人。" in text


def test_a_year_before_the_first_targets_says_so(town: Town) -> None:
    section = built(town.district, date(2014, 12, 31))
    assert section.text == "本地区尚未制定队伍建设目标。"
    assert not section.tables
    assert not section.annexes


def test_the_number_of_queries_does_not_grow_with_the_people(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    few = len(selects_of(lambda: SECTION.build(scope)))
    for _ in range(4):
        make_employee(None, town.foreign_neighbour)
    scope = report_scope(town.district, 2025, DAY)
    assert len(selects_of(lambda: SECTION.build(scope))) == few <= 12
