"""教育培训: classes held, people trained and never 人次 for the rate, requirements, certificates and studies."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.training import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate
from careerpath.policy.codes import Post
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, EnrolmentState, TrainingClass, TryState
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import make_employee, selects_of
from tests.factories.studies import make_study, make_try
from tests.factories.training import make_class, make_course, make_enrolment

DAY = date(2025, 11, 30)
YEAR = 2025


class Classes:
    """A secretary with seven days of the county, a worker who came twice, one who came too short, and an entrant."""

    def __init__(self) -> None:
        self.town = town = Town()
        self.secretary = make_employee(None, town.community, post=Post.CHIEF.value)
        self.worker = make_employee(
            None, town.neighbour, certificates=(NewCertificate(grade="junior", obtained_on=date(2025, 9, 10)),)
        )
        self.short = make_employee(None, town.foreign)
        self.entrant = make_employee(None, town.foreign, joined_community_on=date(2025, 7, 1))
        self.county = self.held(date(2025, 4, 8), Tier.DISTRICT, "56")
        self.street = self.held(date(2025, 5, 8), Tier.STREET, "24")
        for person in (self.secretary, self.worker):
            self.attend(self.county, person)
        self.attend(self.street, self.worker)
        self.attend(self.street, self.short, hours=Decimal(3))
        self.attend(self.held(date(2024, 5, 8), Tier.DISTRICT, "16"), self.worker)
        make_try(self.worker, TryState.PASSED)
        make_try(self.short, TryState.FAILED)
        make_study(self.short)

    def held(self, on: date, tier: Tier, hours: str) -> TrainingClass:
        """A class of one day that is settled."""
        course = make_course(self.town.district, tier, hours=Decimal(hours), days=None)
        return make_class(course, ClassState.CLOSED, starts_on=on, ends_on=on, closed_on=on)

    def attend(self, held: TrainingClass, person: Employee, hours: Decimal | None = None) -> None:
        """Somebody was there, for all of its hours or for some."""
        make_enrolment(held, person, None, EnrolmentState.ATTENDED, hours=hours or held.hours)

    def built(self) -> Section:
        """The section of the district."""
        return SECTION.build(report_scope(self.town.district, YEAR, DAY))


@pytest.fixture
def classes(app: Flask) -> Classes:
    return Classes()


def test_the_rate_is_of_people_and_beside_it_stand_the_attendances(classes: Classes) -> None:
    found = told(classes.built())
    assert found["training_classes"] == (2, 1, 3)
    assert found["trained"] == (2, 1, None)
    assert found["untrained"] == (2, 2, None)
    assert found["attendances"] == (4, 1, 5)
    assert found["took_part"] == (3, 1, 3)
    assert found["training_rate"] == (50, Decimal("33.33"), None)
    assert found["training_target"] == (95, 95, None)
    assert found["training_hours"] == (56 + 56 + 24 + 3, 16, None)
    assert found["training_hours_each"] == (Decimal("34.8"), Decimal("5.3"), None)


def test_what_is_asked_of_secretaries_and_entrants_is_held_against_what_they_had(classes: Classes) -> None:
    section = classes.built()
    found = told(section)
    assert found["training_secretaries"] == (1, 1, None)
    assert found["training_secretaries_met"] == (100, 0, None)
    assert found["training_entrants"] == (1, 0, None)
    assert found["training_entrants_met"] == (0, None, None)
    asked = table(section, "training_requirements")
    assert line(asked, "全员年度培训") == (3, 1, Decimal("66.7"))
    assert line(asked, "新进人员岗前培训") == (1, 1, 0)


def test_certificates_exams_and_studies_are_told(classes: Classes) -> None:
    section = classes.built()
    found = told(section)
    assert found["certificates_obtained"] == (1, 0, 1)
    assert found["certificate_tries"] == (2, 0, 2)
    assert found["certificate_passed"] == (1, 0, 1)
    assert found["certificate_pass_rate"] == (50, None, None)
    assert found["studying"] == (1, 1, None)
    assert line(table(section, "certificates_by_grade"), "助理社会工作师") == (1, 0, 1)


def test_tiers_and_streets_have_their_lines(classes: Classes) -> None:
    section = classes.built()
    tiers = table(section, "training_by_tier")
    assert line(tiers, "区县级") == (1, 2, 2)
    assert line(tiers, "街道级") == (1, 2, 2)
    parts = table(section, "training_by_part")
    assert line(parts, classes.town.street.short_name) == (2, 2, 0, 100, 3, 0)
    assert line(parts, classes.town.other_street.short_name) == (2, 0, 2, 0, 1, 0)
    assert line(parts, "本级") == (0, 0, 0, None, 0, 2)
    assert line(parts, "合计") == (4, 2, 2, 50, 4, 2)


def test_the_list_behind_every_number_has_as_many_lines(classes: Classes) -> None:
    scope = report_scope(classes.town.district, YEAR, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_one_more_who_took_part_moves_rate_and_text(classes: Classes) -> None:
    classes.attend(classes.county, classes.short)
    section = classes.built()
    text = fill(section.text, section.figures)
    assert "参训5人次、3人" in text
    assert "年度参训3人，年度培训率75.00%" in text
    assert "（目标95%）。社区书记应训1人，达标率100.0%" in text
    assert "新取得社会工作者职业资格证书1人" in text


def test_a_year_before_everything_is_an_ordinary_case(classes: Classes) -> None:
    section = SECTION.build(report_scope(classes.town.district, 2014, date(2014, 12, 31)))
    assert section.text.startswith("本年未举办培训班。")
    assert told(section)["training_rate"] == (None, None, None)
    assert told(section)["training_target"] == (None, None, None)


def test_the_number_of_queries_does_not_grow_with_people(classes: Classes) -> None:
    scope = report_scope(classes.town.district, YEAR, DAY)
    few = len(selects_of(lambda: SECTION.build(scope)))
    for _ in range(3):
        classes.attend(classes.street, make_employee(None, classes.town.neighbour))
    scope = report_scope(classes.town.district, YEAR, DAY)
    assert len(selects_of(lambda: SECTION.build(scope))) == few <= 8
