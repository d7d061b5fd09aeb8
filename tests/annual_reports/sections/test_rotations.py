"""轮岗锻炼: people sent up, cadres sent down, who is away on the day and who should be back."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.rotations import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.employees.models import Employee
from careerpath.rotations.models import RotationState
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import make_employee, selects_of
from tests.factories.rotations import make_host, make_rotation

DAY = date(2025, 11, 30)
APPROVED, EVALUATED = RotationState.APPROVED, RotationState.EVALUATED


def sent(town: Town, who: Employee | str, state: RotationState, *days: date, **more: Any) -> None:
    host = make_host(town.district)
    given: dict[str, Any] = {"starts_on": days[0], "ends_on": days[1], **more}
    if isinstance(who, str):
        make_rotation(None, host, state, kind="downward", person_name=who, unit_id=town.street.id, **given)
    else:
        make_rotation(who, host, state, **given)


@pytest.fixture
def town(app: Flask) -> Town:
    """One went up twice, one goes up in December, one is overdue; two cadres came down, one of them twice."""
    town = Town()
    one, two, three = (make_employee(None, town.community) for _ in range(3))
    back = {"returned_on": date(2024, 12, 31), "evaluated_on": date(2025, 1, 10), "grade": "excellent"}
    sent(town, one, EVALUATED, date(2024, 1, 1), date(2024, 12, 31), **back)
    sent(town, one, APPROVED, date(2025, 3, 1), date(2026, 2, 28))
    sent(town, two, APPROVED, date(2025, 12, 15), date(2026, 6, 14))
    sent(town, three, APPROVED, date(2025, 1, 1), date(2025, 10, 31))
    sent(town, make_employee(None, town.foreign), RotationState.PROPOSED, date(2025, 6, 1), date(2026, 5, 31))
    sent(town, "周强", APPROVED, date(2025, 2, 1), date(2026, 1, 31))
    sent(town, "周强", EVALUATED, date(2023, 1, 1), date(2023, 12, 31), returned_on=date(2023, 12, 31))
    sent(town, "吴敏", APPROVED, date(2025, 2, 1), date(2026, 1, 31))
    return town


def built(town: Town) -> Section:
    return SECTION.build(report_scope(town.district, 2025, DAY))


def test_each_person_counts_once_and_what_is_approved_for_december_counts_already(town: Town) -> None:
    found = told(built(town))
    assert found["rotations_up"] == (3, 1, 3)
    assert found["rotations_down"] == (2, 0, 2)
    assert found["rotations_beside"] == (0, 0, 0)
    assert found["rotations_sent"] == (5, 1, 7)
    assert found["rotations_away"][:2] == (4, 1)
    assert found["rotations_overdue"][:2] == (1, 0)
    assert found["rotations_returned"] == (0, 1, 2)
    assert found["rotations_evaluated"] == (1, 0, 1)
    assert found["rotations_best_share"] == (100, None, None)
    assert found["rotations_to_evaluate"][:2] == (1, 2)


def test_tables_tell_ways_grades_and_streets(town: Town) -> None:
    section = built(town)
    assert line(table(section, "rotations_by_kind"), "下派") == (2, 0, 3)
    assert line(table(section, "rotations_by_host"), "街道科室") == (5, 1, 7)
    assert line(table(section, "rotations_by_grade"), "优秀") == (1, 0, 1)
    parts = table(section, "rotations_by_part")
    assert line(parts, town.street.short_name) == (3, 2, 0, 4, 1)
    assert line(parts, town.other_street.short_name) == (0, 0, 0, 0, 0)


def test_the_list_behind_every_number_has_as_many_lines(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_one_more_cadre_is_in_the_number_and_in_the_text(town: Town) -> None:
    sent(town, "郑洁", APPROVED, date(2025, 9, 1), date(2026, 8, 31))
    section = built(town)
    assert told(section)["rotations_down"] == (3, 0, 3)
    text = fill(section.text, section.figures)
    assert "本年选派社区工作者上挂锻炼3人，下派干部3人，平级轮岗0人；累计上挂锻炼3人、下派3人。" in text
    assert "逾期未归1人，应督促按期返岗" in text
    assert ("郑洁", town.street.short_name, "2025-09-01") in {row[:3] for row in section.annexes[0].rows}


def test_a_place_without_rotations_says_so(app: Flask) -> None:
    assert built(Town()).text == "本年未开展轮岗锻炼。"


def test_the_queries_stay_few(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    assert len(selects_of(lambda: SECTION.build(scope))) <= 8
