"""Names that come into a call: who may be put in by whom, and what the file has to say about it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.employees.operations.facts import NewDiscipline, NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.honours.models import NomineeState
from careerpath.honours.operations import (
    NomineeChange,
    NomineeGiven,
    change_nominee,
    close_nominations_of_call,
    nominate_for_honour,
    nominate_many_for_honour,
    withdraw_nominee,
)
from careerpath.honours.queries.concerns import concerns_of
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_unit
from tests.factories.employees import CLERK, selects_of
from tests.honours.calling import MERITS, Calling, day, nominee_of


@pytest.fixture
def place(app: Flask) -> Calling:
    return Calling()


def given(person: Any, **changes: Any) -> NomineeGiven:
    return NomineeGiven(employee_id=person.id, **({"merits": MERITS} | changes))


def test_a_street_nominates_its_own_people_and_the_home_of_the_day_is_kept(place: Calling) -> None:
    call, person = place.announced(), place.person("王立")
    kept = nominee_of(place.nominate(call, person))
    assert (kept.state, kept.home_name, kept.nominated_by, kept.nominated_on) == (
        NomineeState.NOMINATED,
        "费城街道 书苑社区 社区工作者",
        "费城街道 书苑社区",
        date(2025, 12, 5),
    )
    with pytest.raises(NotFound):
        nominate_for_honour(place.stranger, call.id, given(place.person("李然")))


def test_a_name_stands_once_and_comes_in_again_after_it_was_withdrawn(place: Calling) -> None:
    call, person = place.announced(), place.person("王立")
    first = place.nominate(call, person)
    with pytest.raises(Refused, match="已在推荐名单中"):
        place.nominate(call, person)
    with pytest.raises(Refused, match="请写明原因"):
        withdraw_nominee(place.street, first, " ")
    withdraw_nominee(place.street, first, "本人不愿参评")
    assert (nominee_of(first).state, nominee_of(first).reason) == (NomineeState.WITHDRAWN, "本人不愿参评")
    with pytest.raises(Refused, match="无需撤回"):
        withdraw_nominee(place.street, first, "本人不愿参评")
    assert place.nominate(call, person) == first
    assert (nominee_of(first).state, nominee_of(first).reason) == (NomineeState.NOMINATED, "")


def test_nobody_is_nominated_before_the_announcement_or_after_the_last_day(place: Calling) -> None:
    person = place.person("王立")
    with pytest.raises(Refused, match="只能在“推荐申报”阶段办理"):
        place.nominate(place.planned(name="甲"), person)
    call = place.announced()
    with day(date(2025, 12, 11)), pytest.raises(Refused, match="已于 2025-12-10 截止推荐"):
        place.nominate(call, person)
    with day(date(2025, 12, 10)):
        assert place.nominate(call, person)


def test_who_has_left_or_says_nothing_of_merits_is_refused(place: Calling) -> None:
    call, person = place.announced(), place.person("王立")
    with pytest.raises(Refused, match="请填写主要事迹"):
        place.nominate(call, person, merits=" ")
    with pytest.raises(Refused, match="最多 4000 字"):
        place.nominate(call, person, merits="长" * 4001)
    with pytest.raises(Refused, match="推荐单位"):
        place.nominate(call, person, nominated_by="长" * 121)
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 12, 1), reason="辞职"))
    with pytest.raises(Refused, match="已经离职"):
        place.nominate(call, person)


def test_people_of_another_district_do_not_come_into_a_call(place: Calling) -> None:
    call = place.announced()
    other = make_unit("平邑县", place.town.district.kind, place.town.city)
    street = make_unit("平邑街道", place.town.street.kind, other)
    person = place.person("王立", make_unit("东关社区", place.town.community.kind, street))
    with pytest.raises(Refused, match="不在评选范围内任职"):
        nominate_for_honour(CLERK, call.id, given(person))


def test_a_measure_in_force_or_too_few_years_ask_for_a_reason(place: Calling) -> None:
    call = place.announced(least_years=5)
    young = place.person("王立", joined_community_on=date(2020, 12, 11))
    old = place.person("李然", joined_community_on=date(2020, 12, 10))
    measured = place.person("周新")
    add_fact(CLERK, measured.id, NewDiscipline(measure="警告", starts_on=date(2025, 8, 1), ends_on=date(2026, 1, 31)))
    assert place.nominate(call, old)
    for person in (young, measured):
        with pytest.raises(Refused, match="请写明理由"):
            place.nominate(call, person)
        assert nominee_of(place.nominate(call, person, reason="贡献突出")).reason == "贡献突出"


def test_what_the_file_says_is_told_in_words(place: Calling) -> None:
    call = place.announced(least_years=10)
    person, spent = place.person("王立"), place.person("李然", joined_community_on=date(2010, 1, 1))
    add_fact(CLERK, person.id, NewDiscipline(measure="记过", starts_on=date(2025, 9, 1)))
    add_fact(CLERK, person.id, NewDiscipline(opened_on=date(2025, 11, 1)))
    add_fact(CLERK, spent.id, NewDiscipline(measure="警告", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30)))
    add_fact(
        CLERK,
        spent.id,
        NewHonour(kind="model_worker", level="county", title="费县最美社工", granted_on=date(2023, 12, 1)),
    )
    found = concerns_of(call, [person.id, spent.id], date(2025, 12, 5))
    assert [str(one.message) for one in found[person.id]] == [
        "到 2025-12-10 在社区工作满 7 年，评选条件为满 10 年。",
        "受记过，自 2025-09-01 起，没有登记期满日期。",
        "2025-11-01 立案，尚未结案。",
    ]
    assert [(str(one.message), one.grave) for one in found[spent.id]] == [("2023-12-01 已获“费县最美社工”。", False)]


def test_many_are_nominated_together_all_or_none(place: Calling) -> None:
    call = place.announced()
    people = [place.person(f"王{one}") for one in "甲乙丙丁"]
    assert len(nominate_many_for_honour(place.street, call.id, [given(one) for one in people[:2]])) == 2
    with pytest.raises(Refused, match="王乙：“王乙”已在推荐名单中") as refused:
        nominate_many_for_honour(place.street, call.id, [given(people[2]), given(people[1])])
    assert refused.value.field == f"{people[1].id}.employee"
    statements = [
        len(selects_of(lambda rows=rows: nominate_many_for_honour(place.street, call.id, rows)))
        for rows in ([given(place.person("李然"))], [given(one) for one in people[2:]])
    ]
    assert statements[0] == statements[1]


def test_what_is_said_of_a_nominee_changes_until_nominations_close(place: Calling) -> None:
    call = place.announced()
    nominee_id = place.nominate(call, place.person("王立"))
    seen = nominee_of(nominee_id).version
    change_nominee(place.street, nominee_id, NomineeChange(merits="入户走访八百户。"), seen)
    assert nominee_of(nominee_id).merits == "入户走访八百户。"
    with pytest.raises(Conflict):
        change_nominee(place.street, nominee_id, NomineeChange(merits="甲"), seen)
    close_nominations_of_call(place.district, call.id)
    with pytest.raises(Refused, match="只能在“推荐申报”阶段办理"):
        change_nominee(place.street, nominee_id, NomineeChange(merits="甲"), nominee_of(nominee_id).version)
    withdraw_nominee(place.street, nominee_id, "本人不愿参评")
    assert nominee_of(nominee_id).state is NomineeState.WITHDRAWN
