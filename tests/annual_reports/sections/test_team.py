"""队伍结构: who is in service on the day, of which kinds, and who came and went in the year."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.annual_reports.queries.section import Section, as_plain, from_plain
from careerpath.annual_reports.queries.sections.team import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.employees.models import Channel
from careerpath.employees.operations.facts import NewCertificate, NewEducation
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import Political, Sex
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town, make_unit
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of

DAY = date(2025, 11, 30)
COLLEGE = NewEducation(level="31", school="山东财经大学", graduated_on=date(2012, 6, 30))
BACHELOR = NewEducation(level="21", school="山东大学", graduated_on=date(2025, 6, 30))


@pytest.fixture
def town(app: Flask) -> Town:
    """Four people: one who left in the year, one who came, and one who stands in another street."""
    town = Town()
    make_employee(
        None,
        town.community,
        identity=make_identity(date(1990, 6, 1), Sex.FEMALE),
        joined_community_on=date(2015, 6, 1),
        political=Political.PARTY_MEMBER.value,
        political_since=date(2014, 7, 1),
        political_full_since=date(2015, 7, 1),
        educations=(COLLEGE, BACHELOR),
        certificates=(NewCertificate(grade="junior", obtained_on=date(2025, 3, 1)),),
    )
    make_employee(
        None, town.neighbour, identity=make_identity(date(1980, 6, 1), Sex.MALE), joined_community_on=date(2020, 6, 1)
    )
    make_employee(
        None,
        town.foreign,
        identity=make_identity(date(2000, 12, 1), Sex.MALE),
        joined_community_on=date(2025, 4, 1),
        channel=Channel.OPEN_RECRUITMENT,
        educations=(COLLEGE,),
    )
    gone = make_employee(None, town.foreign, identity=make_identity(date(1970, 6, 1), Sex.FEMALE))
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 5, 31), reason="退休"))
    return town


def built(town: Town) -> Section:
    return SECTION.build(report_scope(town.district, 2025, DAY))


def test_people_are_counted_as_of_the_day_and_as_of_the_last_day_of_the_year_before(town: Town) -> None:
    found = told(built(town))
    assert found["team_serving"] == (3, 3, None)
    assert found["team_women"] == (1, 2, None)
    assert found["team_women_share"][:2] == (Decimal("33.3"), Decimal("66.7"))
    # 35 and 5 months, 45 and 5 months, 24 and 11 months.
    assert found["team_age"][0] == Decimal("35.3")
    assert found["team_young"][0] == 2
    assert found["team_members"][:2] == (1, 1)


def test_a_diploma_or_certificate_of_the_year_counts_from_its_day_on(town: Town) -> None:
    found = told(built(town))
    assert found["team_bachelor"][:2] == (1, 0)
    assert found["team_college"][:2] == (2, 1)
    assert found["team_certified"][:2] == (1, 0)
    assert found["team_certified_share"][0] == Decimal("33.3")


def test_who_entered_and_who_left_in_the_year_stand_at_their_unit_with_the_reason(town: Town) -> None:
    section = built(town)
    found = told(section)
    assert found["team_entered"][:2] == (1, 0)
    assert found["team_left"][:2] == (1, 0)
    assert found["team_left_share"][0] == Decimal("33.3")
    assert line(table(section, "team_moves"), town.other_street.short_name) == (1, 1)
    assert line(table(section, "team_left_reasons"), "退休") == (1, 0)


def test_the_list_behind_every_number_has_as_many_lines(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_another_person_changes_the_figure_the_list_and_the_text(town: Town) -> None:
    before = built(town)
    make_employee(None, town.community, identity=make_identity(date(1999, 2, 1)), joined_community_on=date(2025, 10, 1))
    scope = report_scope(town.district, 2025, DAY)
    after = SECTION.build(scope)
    assert told(after)["team_serving"][0] == 4
    assert differences(SECTION, scope, after) == []
    assert "在岗社区工作者3人，与上年持平" in fill(before.text, before.figures)
    assert "在岗社区工作者4人，比上年增加1人" in fill(after.text, after.figures)


def test_a_street_counts_its_own_people_by_community_and_those_of_its_own_office_apart(town: Town) -> None:
    make_employee(None, town.street, joined_community_on=date(2019, 1, 1))
    section = SECTION.build(report_scope(town.street, 2025, DAY))
    parts = table(section, "team_parts")
    assert line(parts, "书苑社区")[0] == 1
    assert line(parts, "本级")[0] == 1
    assert line(parts, "合计")[0] == 3
    assert "文昌社区" not in [str(row.words) for row in parts.rows]


def test_ages_and_sexes_add_up_to_everybody(town: Town) -> None:
    ages = table(built(town), "team_ages")
    assert line(ages, "合计") == (2, 1)
    assert line(ages, "30岁及以下") == (1, 0)
    assert [row.words for row in ages.rows][-1] is not None
    assert sum(int(cell or 0) for row in ages.rows for cell in row.cells) == 3


def test_a_unit_without_people_says_so(app: Flask) -> None:
    empty = Town()
    section = built(empty)
    assert told(section)["team_serving"] == (0, 0, None)
    assert told(section)["team_age"][0] is None
    assert fill(section.text, section.figures).startswith("截至统计截止日，没有在岗社区工作者。")
    assert section.text.endswith("本年没有人员新进或离职。")


def test_what_is_kept_of_a_report_comes_back_as_it_was(town: Town) -> None:
    section = built(town)
    (kept,) = from_plain(as_plain((section,)))
    assert kept.figures == section.figures
    assert [str(row.words) for row in table(kept, "team_channel").rows] == ["公开招聘", "早期进入"]
    assert [getattr(row.words, "zh", "") for row in table(kept, "team_post").rows] == ["一般"]


def test_the_number_of_queries_does_not_grow_with_the_people(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    few = selects_of(lambda: SECTION.build(scope))
    for _ in range(5):
        make_employee(None, make_unit(f"新区{_}", town.community.kind, town.street))
    assert len(selects_of(lambda: SECTION.build(scope))) == len(few) <= 8
