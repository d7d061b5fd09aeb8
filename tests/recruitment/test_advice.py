"""What the rules say about an application, word by word, and what a reviewer is warned of."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.core.db import db, writing
from careerpath.recruitment.models import Application, ApplicationState, BatchState, Entry, RecruitmentBatch
from careerpath.recruitment.queries.advice import (
    Standing,
    advice_lines,
    advice_on,
    in_words,
    missing_documents,
    reckoned_on,
    standing_of,
    warnings_of,
    words_met,
)
from careerpath.recruitment.queries.rules import rules_named
from tests.factories.access import Town
from tests.factories.employees import make_employee, make_identity
from tests.factories.recruitment import RULES, make_application, make_batch, make_position


class Desk:
    """A batch whose applications close on 12 December 2025."""

    def __init__(self, **changes: Any) -> None:
        self.town = Town()
        self.batch = make_batch(self.town.district, **changes)
        self.position = make_position(self.batch, self.town.community)
        self.edition = rules_named(RULES)

    def applied(self, **changes: Any) -> Application:
        return make_application(self.position, **changes)

    def standing(self, application: Application, *codes: str) -> Standing:
        return standing_of(self.edition, application, codes, reckoned_on(self.batch))

    def warnings(self, application: Application) -> list[str]:
        batch = db.session.get_one(RecruitmentBatch, self.batch.id)
        return [str(one) for one in warnings_of(batch, db.session.get_one(Application, application.id))]


@pytest.mark.parametrize(
    ("born_on", "standing"),
    [
        (date(1989, 12, 13), Standing.ELIGIBLE),
        (date(1989, 12, 12), Standing.INELIGIBLE),
        (date(2007, 12, 12), Standing.ELIGIBLE),
        (date(2007, 12, 13), Standing.INELIGIBLE),
    ],
)
def test_ages_count_on_the_last_day_of_applications(app: Flask, born_on: date, standing: Standing) -> None:
    desk = Desk()
    one = desk.applied(identity=make_identity(born_on, serial=901))
    assert desk.standing(one) is standing


def test_a_group_has_conditions_of_its_own_and_every_line_names_its_clause(app: Flask) -> None:
    desk = Desk()
    one = desk.applied(
        identity=make_identity(date(1986, 1, 5), serial=902), groups=["grid_worker"], experience_months=12
    )
    advice = advice_on(desk.edition, one, reckoned_on(desk.batch), words_met(desk.edition, one.groups))
    lines = advice_lines(desk.edition, one.groups, advice)
    assert [(line.code, line.holds) for line in lines] == [
        ("education", True),
        ("age", True),
        ("household", True),
        ("grid_experience", True),
        ("conduct", True),
        ("health", True),
    ]
    assert lines[1].ground.endswith("第四条")
    assert desk.standing(desk.applied(groups=["grid_worker"], experience_months=11)) is Standing.INELIGIBLE
    assert desk.standing(desk.applied(groups=["grid_worker"])) is Standing.INCOMPLETE


def test_conditions_in_words_are_left_to_people_and_do_not_change_the_advice(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    assert [condition.code for condition in in_words(desk.edition, one.groups)] == ["conduct", "health"]
    advice = advice_on(desk.edition, one, reckoned_on(desk.batch))
    assert (advice.eligible, advice.to_check) == (True, ("conduct", "health"))
    assert advice_on(desk.edition, one, reckoned_on(desk.batch), {"health": False}).eligible is False


def test_documents_are_missed_by_code_and_the_portrait_answers_for_the_photo(app: Flask) -> None:
    desk = Desk()
    missing = missing_documents(desk.edition, ["veteran"], ["identity", "diploma"], photo=True)
    assert [one.code for one in missing] == ["household", "discharge"]
    candidate, staff = desk.applied(entry=Entry.CANDIDATE), desk.applied()
    assert desk.standing(candidate, "identity", "diploma", "household") is Standing.INCOMPLETE
    assert desk.standing(candidate, "identity", "diploma", "household", "photo") is Standing.ELIGIBLE
    # Whoever applied at an office showed the papers there.
    assert desk.standing(staff) is Standing.ELIGIBLE


def test_a_code_that_no_table_knows_is_not_known(app: Flask) -> None:
    desk = Desk()
    assert desk.standing(desk.applied(education="10")) is Standing.INCOMPLETE


def test_the_reviewer_is_warned_of_service_and_of_other_batches(app: Flask) -> None:
    desk = Desk()
    identity = make_identity(date(1995, 3, 4), serial=903)
    one = desk.applied(identity=identity)
    assert desk.warnings(one) == []
    make_employee(None, desk.town.foreign, identity=identity)
    other = make_batch(desk.town.district, name="第九批")
    again = make_application(make_position(other, desk.town.foreign), identity=identity)
    assert desk.warnings(one) == [
        "此人已是在职社区工作者，请核对是否可以报考。",
        f"此人同时报了第九批（报名号 {again.number}），请核对。",
    ]
    with writing():
        db.session.get_one(Application, again.id).state = ApplicationState.REJECTED
    assert len(desk.warnings(one)) == 1


def test_the_batch_of_another_district_is_not_named(app: Flask) -> None:
    desk = Desk()
    identity = make_identity(date(1995, 3, 4), serial=904)
    one = desk.applied(identity=identity)
    strange = make_batch(desk.town.city, name="外区批次")
    make_application(make_position(strange, desk.town.foreign), identity=identity)
    assert desk.warnings(one) == ["此人同时报了其他区县的一个招聘批次，请核对。"]
    ended = make_batch(desk.town.district, BatchState.CONCLUDED)
    make_application(make_position(ended, desk.town.community), identity=identity)
    assert len(desk.warnings(one)) == 1
