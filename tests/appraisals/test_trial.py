"""Whom another edition of the appraisal rules would touch."""

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.appraisals.queries.trial import edition_trial
from careerpath.policy.edition import shipped_texts
from careerpath.rulebook.operations import draft_edition
from tests.factories.access import make_actor
from tests.factories.appraisals import Year

FEIXIAN = shipped_texts("appraisal")["appraisal-feixian.toml"]
STRICTER = FEIXIAN.replace('key = "feixian-2022"', 'key = "stricter"').replace("competent = 80", "competent = 94.9")


def test_the_people_whose_suggestion_would_change_are_named_with_both_grades(app: Flask) -> None:
    year = Year(people=3)
    year.fill(year.records[0], satisfaction="90")
    year.fill(year.records[1], satisfaction="58")
    hr = make_actor(Role.DISTRICT_HR, year.town.district, "planner")
    page = edition_trial(hr, draft_edition(hr, STRICTER, "stricter.toml"))
    assert page.year == 2025
    assert page.people == 2
    assert [(one.before, one.after) for one in page.touched] == [("称职", "基本称职")]
    assert page.same == 1


def test_the_same_rules_touch_nobody(app: Flask) -> None:
    year = Year(people=2)
    for record in year.records:
        year.fill(record, satisfaction="90")
    hr = make_actor(Role.DISTRICT_HR, year.town.district, "planner")
    same = FEIXIAN.replace('key = "feixian-2022"', 'key = "same"')
    page = edition_trial(hr, draft_edition(hr, same, "same.toml"))
    assert (page.people, page.same, page.touched) == (2, 2, ())


def test_without_scores_there_is_nothing_to_try(app: Flask) -> None:
    year = Year(people=1)
    hr = make_actor(Role.DISTRICT_HR, year.town.district, "planner")
    assert edition_trial(hr, draft_edition(hr, STRICTER, "stricter.toml")).year is None
