"""年度考核: the decided year that is told of, its grades against the quota, and who received none."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.appraisals import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.appraisals.operations.years import open_year
from careerpath.appraisals.queries.editions import edition_by_key
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.appraisals import make_decided_year, new_year
from tests.factories.employees import CLERK, make_employee, selects_of

DAY = date(2025, 11, 30)


class Judged:
    """Ten people: two years of the first street's are decided."""

    def __init__(self) -> None:
        self.town = Town()
        self.people = [make_employee(None, self.town.community) for _ in range(9)]
        self.people.append(make_employee(None, self.town.neighbour))
        self.decide(2023, "2222222224")
        self.decide(2024, "1112222234")

    def decide(self, year: int, grades: str, codes: Callable[[str], str] = str) -> None:
        """The grades of the people in their order."""
        given = {person.id: codes(grade) for person, grade in zip(self.people, grades, strict=True)}
        make_decided_year(self.town.district, self.town.street, year, given)

    def built(self, year: int = 2025, on: date = DAY) -> Section:
        """The section of the district."""
        return SECTION.build(report_scope(self.town.district, year, on))


@pytest.fixture
def judged(app: Flask) -> Judged:
    return Judged()


def notes(section: Section) -> str:
    return " ".join(str(note) for note in section.notes)


def test_while_the_year_is_not_decided_the_one_before_is_told(judged: Judged) -> None:
    section = judged.built()
    found = told(section)
    assert found["appraisal_year"][0] == 2024
    assert found["appraised"] == (10, 10, None)
    assert found["appraisal_excellent"][:2] == (3, 0)
    assert found["appraisal_failed_twice"][:2] == (1, 0)
    assert found["appraisal_excellent_share"][:2] == (30, 0)
    assert "2025年度考核尚未全部审定，本部分按2024年度考核结果统计" in notes(section)


def test_an_open_year_changes_nothing_until_all_of_it_is_decided(judged: Judged) -> None:
    open_year(CLERK, new_year(judged.town.district))
    assert told(judged.built())["appraisal_year"][0] == 2024


def test_the_year_itself_is_told_once_everybody_is_decided(judged: Judged) -> None:
    codes = dict(zip("abcd", ("5A", "5B", "5C", "6A"), strict=True))
    judged.decide(2025, "11222223ad", lambda grade: codes.get(grade, grade))
    section = judged.built()
    found = told(section)
    assert found["appraisal_year"][0] == 2025
    assert found["appraised"] == (10, 10, None)
    assert found["appraisal_graded"][:2] == (8, 10)
    assert found["appraisal_ungraded"][:2] == (2, 0)
    assert found["appraisal_excellent_share"][:2] == (25, 30)
    assert found["appraisal_good_share"][:2] == (Decimal("87.5"), 80)
    assert "尚未全部审定" not in notes(section)
    reasons = table(section, "appraisal_ungraded_reasons")
    assert line(reasons, "病事假累计超过半年，不进行考核") == (1, 0)
    assert len(table(section, "appraisal_past").rows) == 3
    text = fill(section.text, section.figures)
    assert (
        "2025年度考核社区工作者10人，确定等次8人，其中优秀2人、称职5人、基本称职1人、不称职0人；优秀率25.0%，" in text
    )
    assert "比上年减少5.0个百分点，优秀名额1名。不确定等次和不进行考核2人。" in text


def test_the_quota_is_that_of_the_rules_of_the_year(judged: Judged) -> None:
    edition = edition_by_key("feixian-2022")
    assert edition.quota is not None
    section = judged.built()
    assert told(section)["appraisal_quota"][0] == int(edition.quota.share * 10)
    assert f"优秀名额{int(edition.quota.share * 10)}名" in fill(section.text, section.figures)


def test_streets_and_communities_have_their_own_lines(judged: Judged) -> None:
    parts = table(judged.built(), "appraisal_parts")
    assert line(parts, judged.town.street.short_name) == (3, 5, 1, 1, 0, 10, 30)
    assert line(parts, judged.town.other_street.short_name) == (0, 0, 0, 0, 0, 0, None)
    own = SECTION.build(report_scope(judged.town.street, 2025, DAY))
    assert line(table(own, "appraisal_parts"), judged.town.neighbour.short_name) == (0, 0, 0, 1, 0, 1, 0)


def test_the_list_behind_every_number_has_as_many_lines(judged: Judged) -> None:
    scope = report_scope(judged.town.district, 2025, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []
    assert len(selects_of(lambda: SECTION.build(scope))) <= 10


def test_who_has_never_been_appraised_is_an_ordinary_case(app: Flask) -> None:
    town = Town()
    section = SECTION.build(report_scope(town.district, 2025, DAY))
    assert fill(section.text, section.figures) == "2024年度未开展社区工作者年度考核。"
    assert table(section, "appraisal_past").rows == ()
