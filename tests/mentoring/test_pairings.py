"""Pairings: who may be paired with whom and for how long, and what may become of a pairing before its end."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.operations.pairings import (
    PairingChange,
    PairingRefused,
    agree_pairing,
    agree_pairings,
    change_pairing,
    drop_pairing,
    end_pairing,
    undo_ending,
)
from careerpath.mentoring.operations.pairings.places import Places, last_day
from careerpath.mentoring.queries.rules import shipped_rules
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import CLERK, selects_of
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing
from tests.mentoring.office import Office

RULE = shipped_rules()[0]
CHANGE = PairingChange("独立办理。", "每月一次。", "期满考核。", ("party",), date(2026, 2, 28))


def test_an_agreement_lasts_the_usual_year_and_freezes_the_rule(app: Flask) -> None:
    office = Office()
    mentee = office.person(title="社区工作者")
    pairing = office.agree(make_mentor(office.town.street), mentee)
    assert pairing.ends_on == date(2026, 2, 28)
    assert pairing.edition["head"]["key"] == RULE.head.key
    assert (pairing.unit_id, pairing.home_name) == (office.town.community.id, "费城街道 书苑社区 社区工作者")


def test_a_street_may_take_a_mentor_of_another_street_but_only_pair_its_own_people(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.other_street)
    own, theirs = office.person(), office.person(office.town.foreign)
    assert agree_pairing(office.street, office.pairing_given(mentor, own))
    with pytest.raises(NotFound):
        agree_pairing(office.street, office.pairing_given(mentor, theirs))


def test_what_cannot_be_a_pairing_is_refused_beside_its_field(app: Flask) -> None:
    office = Office()
    mentee, secretary = office.person(), office.person()
    mentor = make_mentor(office.town.street, ends_on=date(2026, 6, 30))
    own = make_mentor(office.town.community, secretary)
    make_pairing(mentor, office.person(), office.town.community, number="9号")
    good = office.pairing_given(mentor, mentee)
    for wrong, field, said in (
        (replace(good, number=" "), "number", "请填写协议编号"),
        (replace(good, number="9号"), "number", "已经使用"),
        (replace(good, starts_on=date(2024, 12, 31)), "starts_on", "自 2025-01-01 起受聘"),
        (replace(good, starts_on=date(2025, 8, 1)), "ends_on", "聘期到 2026-06-30 为止"),
        (replace(good, ends_on=date(2025, 2, 28)), "ends_on", "早于开始日期"),
        (replace(good, wanted=("cooking",)), "wanted", "业务目录中没有"),
        (office.pairing_given(own, secretary), "mentor_id", "不能是同一人"),
    ):
        with pytest.raises(Refused, match=said) as refused:
            agree_pairing(office.district, wrong)
        assert refused.value.field == field


def test_the_same_two_are_not_paired_twice_on_the_same_days(app: Flask) -> None:
    office = Office()
    mentor, mentee = make_mentor(office.town.street), office.person()
    first = office.agree(mentor, mentee)
    again = office.pairing_given(mentor, mentee, number="2号", starts_on=date(2026, 2, 28))
    with pytest.raises(Refused, match="已有 2025-03-01 至 2026-02-28 的结对"):
        agree_pairing(office.district, again)
    end_pairing(office.district, first.id, date(2025, 11, 30), "岗位调整")
    assert agree_pairing(office.district, replace(again, starts_on=date(2025, 12, 1)))


def test_above_the_cap_only_with_a_reason_and_a_place_is_free_again_after_an_early_end(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street, cap=1)
    first = office.agree(mentor, office.person())
    second = office.pairing_given(mentor, office.person())
    with pytest.raises(Refused, match="已达 1 人") as refused:
        agree_pairing(office.district, second)
    assert refused.value.field == "cap_reason"
    above = agree_pairing(office.district, replace(second, cap_reason="新社区急需"))
    assert db.session.get_one(Pairing, above).cap_reason == "新社区急需"
    drop_pairing(office.district, above, "录入有误")
    end_pairing(office.district, first.id, date(2025, 11, 30), "岗位调整")
    later = replace(second, starts_on=date(2025, 12, 1))
    assert agree_pairing(office.district, later)
    with pytest.raises(Refused, match="已达 1 人"):
        undo_ending(office.district, first.id)
    assert db.session.get_one(Pairing, first.id).state is PairingState.ENDED


def test_who_has_left_is_not_paired(app: Flask) -> None:
    office = Office()
    mentee = office.person()
    end_service(CLERK, mentee.id, EndOfService(left_on=date(2025, 2, 28), reason="辞职"))
    with pytest.raises(Refused, match="已不在岗"):
        office.agree(make_mentor(office.town.street), mentee)


def test_many_are_paired_at_once_or_none_with_their_reasons(app: Flask) -> None:
    office = Office()
    mentors = [make_mentor(office.town.street) for _ in range(20)]
    people = [office.person() for _ in range(20)]
    rows = [office.pairing_given(mentor, person) for mentor, person in zip(mentors, people, strict=True)]
    because = {people[0].id: [{"text": "同一街道"}]}
    few = len(selects_of(lambda: agree_pairings(office.district, rows[:2], because)))
    assert len(selects_of(lambda: agree_pairings(office.district, rows[2:]))) == few
    kept = db.session.scalars(select(Pairing.because).where(Pairing.employee_id == people[0].id)).one()
    assert kept == [{"text": "同一街道"}]
    full = [office.pairing_given(mentors[0], office.person(name=name)) for name in ("林甲", "林乙")]
    with pytest.raises(PairingRefused, match="林乙：机关干部现带 2 人，已达 2 人") as refused:
        agree_pairings(office.district, full)
    assert refused.value.row == 1
    assert db.session.scalar(select(func.count()).select_from(Pairing)) == 20


def test_a_pairing_is_changed_within_the_mentors_term_and_places(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street, cap=1, ends_on=date(2026, 6, 30))
    pairing = office.agree(mentor, office.person())
    change_pairing(office.street, pairing.id, CHANGE, 1)
    assert db.session.get_one(Pairing, pairing.id).wanted == ["party"]
    with pytest.raises(Conflict):
        change_pairing(office.street, pairing.id, CHANGE, 1)
    late = office.pairing_given(mentor, office.person(), starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30))
    agree_pairing(office.district, late)
    make_log(pairing, date(2025, 11, 20))
    for ends_on, field in (
        (date(2026, 3, 31), "cap_reason"),
        (date(2026, 7, 31), "ends_on"),
        (date(2025, 11, 19), "ends_on"),
        (date(2025, 2, 28), "ends_on"),
    ):
        with pytest.raises(Refused) as refused:
            change_pairing(office.street, pairing.id, replace(CHANGE, ends_on=ends_on), 2)
        assert refused.value.field == field
    longer = replace(CHANGE, ends_on=date(2026, 3, 31), cap_reason="期末收尾")
    change_pairing(office.street, pairing.id, longer, 2)
    assert db.session.get_one(Pairing, pairing.id).ends_on == date(2026, 3, 31)


def test_an_early_end_has_a_day_within_the_term_after_the_last_log_and_a_reason(app: Flask) -> None:
    office = Office()
    pairing = office.agree(make_mentor(office.town.street), office.person())
    make_log(pairing, date(2025, 11, 20))
    for on, reason, field in (
        (date(2025, 2, 28), "调动", "ends_on"),
        (date(2026, 2, 28), "调动", "ends_on"),
        (date(2025, 12, 6), "调动", "ends_on"),
        (date(2025, 11, 19), "调动", "ends_on"),
        (date(2025, 11, 30), "", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            end_pairing(office.street, pairing.id, on, reason)
        assert refused.value.field == field
    end_pairing(office.street, pairing.id, date(2025, 11, 30), "调动")
    with pytest.raises(Refused, match="现为“提前结束”"):
        end_pairing(office.street, pairing.id, date(2025, 11, 30), "调动")
    undo_ending(office.street, pairing.id)
    ended = db.session.get_one(Pairing, pairing.id)
    assert (ended.state, ended.ended_on, ended.end_reason) == (PairingState.AGREED, None, "")


def test_only_a_pairing_of_which_nothing_is_noted_is_dropped_and_its_number_is_free(app: Flask) -> None:
    office = Office()
    mentor, mentee = make_mentor(office.town.street), office.person()
    pairing = office.agree(mentor, mentee, number="费帮〔2025〕1号")
    make_mentoring_review(pairing)
    with pytest.raises(Refused, match="不能作废"):
        drop_pairing(office.street, pairing.id, "录入有误")
    other = office.agree(mentor, office.person(), number="费帮〔2025〕2号")
    drop_pairing(office.street, other.id, "录入有误")
    again = office.agree(mentor, office.person(), number="费帮〔2025〕2号")
    assert again.number == "费帮〔2025〕2号"


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
TERMS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(TERMS, max_size=8), st.integers(1, 3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_on_no_day_has_a_mentor_more_people_than_the_cap(app: Flask, terms: list[tuple[date, date]], cap: int) -> None:
    mentor = Mentor(id=1, name="周导", kind="agency_cadre", cap=cap, starts_on=date(2025, 1, 1))
    places = Places([], [])
    taken: list[Pairing] = []
    for number, (first, last) in enumerate(terms):
        pairing = Pairing(mentor_id=1, employee_id=number, starts_on=first, ends_on=last, cap_reason="")
        most = max(sum(one.starts_on <= day <= last_day(one) for one in taken) for day in (first, *(
            one.starts_on for one in taken if first <= one.starts_on <= last)))  # fmt: skip
        if most < cap:
            places.check(RULE, mentor, pairing, "学员")
            places.add(pairing)
            taken.append(pairing)
        else:
            with pytest.raises(Refused):
                places.check(RULE, mentor, pairing, "学员")
