"""The review, the public notice and the decision: what is granted stands in the file, and other rules read it there."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Honour
from careerpath.employees.operations.facts import NewDiscipline, NewHonour
from careerpath.employees.operations.history import add_fact, correct_fact
from careerpath.honours.models import CallState, HonourNominee, NomineeState
from careerpath.honours.operations import (
    ChoiceGiven,
    GrantGiven,
    HonourObjectionGiven,
    answer_honour_objection,
    choose_nominees,
    close_nominations_of_call,
    grant_honours,
    open_call_notice,
    record_honour_objection,
    refer_call,
    reopen_call,
)
from careerpath.talent_pool.models import ChannelRound
from careerpath.talent_pool.operations.channels import ChannelPlan, plan_channel
from careerpath.talent_pool.queries.channel_advice import advice_page
from careerpath.words import NotFound, Refused
from tests.factories.employees import CLERK
from tests.honours.calling import AFTER, NOTICE, Calling, call_of, day, nominee_of

DECISION = GrantGiven(granted_on=AFTER, document="费委〔2025〕9号")
HEARD = HonourObjectionGiven(date(2025, 12, 16), True, "事迹不实")


@pytest.fixture
def place(app: Flask) -> Calling:
    return Calling()


def living(employee_id: int) -> list[Honour]:
    query = select(Honour).where(Honour.employee_id == employee_id, Honour.superseded_at.is_(None))
    return list(db.session.scalars(query))


def test_a_call_goes_from_nomination_to_the_honour_in_the_file(place: Calling) -> None:
    person, other = place.person("王立"), place.person("李然")
    call, (first, second) = place.concluded(person, other)
    kept = call_of(call.id)
    assert (kept.state, kept.granted_on, kept.concluded_on) == (CallState.CONCLUDED, AFTER, AFTER)
    (fact,) = living(person.id)
    assert (fact.kind, fact.level, fact.title, fact.granted_by, fact.granted_on, fact.ends_on, fact.document) == (
        "model_worker",
        "county",
        "费县最美社工",
        "中共费县县委社会工作部",
        AFTER,
        None,
        "费委〔2025〕9号",
    )
    assert (nominee_of(first).state, nominee_of(first).honour_id) == (NomineeState.GRANTED, fact.id)
    assert nominee_of(second).honour_id == living(other.id)[0].id


def test_no_more_are_chosen_than_there_are_places_and_ranks_are_not_shared(place: Calling) -> None:
    call = place.announced()
    ids = [place.nominate(call, place.person(f"王{one}")) for one in "甲乙丙"]
    close_nominations_of_call(place.district, call.id)
    for choices, told in (
        (dict.fromkeys(ids, ChoiceGiven(chosen=True)), "超过名额 2 人"),
        (dict.fromkeys(ids[:2], ChoiceGiven(chosen=True, rank=1)), "名次相同"),
        ({ids[0]: ChoiceGiven(chosen=True, rank=0)}, "王甲：名次应为正整数"),
        ({ids[0]: ChoiceGiven(chosen=True, votes=-1)}, "王甲：得票"),
    ):
        with pytest.raises(Refused, match=told):
            choose_nominees(place.district, call.id, choices)
    with pytest.raises(Refused, match="研究确定日期"):
        choose_nominees(place.district, call.id, {}, date(2025, 12, 6))
    with pytest.raises(NotFound):
        choose_nominees(place.district, call.id, {ids[0] + 1000: ChoiceGiven(chosen=True)})
    choose_nominees(place.district, call.id, {ids[0]: ChoiceGiven(chosen=True, rank=1, votes=9)})
    assert choose_nominees(place.district, call.id, {ids[1]: ChoiceGiven(chosen=True, rank=2)}) == 2
    open_call_notice(place.district, call.id, *NOTICE)
    assert [nominee_of(one).state for one in ids] == [
        NomineeState.CHOSEN,
        NomineeState.CHOSEN,
        NomineeState.NOT_CHOSEN,
    ]


def test_who_is_under_a_measure_is_chosen_only_with_a_reason(place: Calling) -> None:
    call, person = place.announced(), place.person("王立")
    nominee = place.nominate(call, person)
    close_nominations_of_call(place.district, call.id)
    add_fact(CLERK, person.id, NewDiscipline(measure="警告", starts_on=date(2025, 12, 4)))
    with pytest.raises(Refused, match="仍要入选的请写明理由") as refused:
        choose_nominees(place.district, call.id, {nominee: ChoiceGiven(chosen=True)})
    assert refused.value.field == f"{nominee}.reason"
    assert choose_nominees(place.district, call.id, {nominee: ChoiceGiven(chosen=True, reason="会议研究同意")}) == 1


def test_a_notice_begins_after_the_choice_and_shows_somebody(place: Calling) -> None:
    call = place.announced()
    nominee = place.nominate(call, place.person("王立"))
    close_nominations_of_call(place.district, call.id)
    with pytest.raises(Refused, match="还没有确定入选人员"):
        open_call_notice(place.district, call.id, *NOTICE)
    choose_nominees(place.district, call.id, {nominee: ChoiceGiven(chosen=True)})
    with pytest.raises(Refused, match="早于研究确定日期"):
        open_call_notice(place.district, call.id, date(2025, 12, 4), NOTICE[1])
    with pytest.raises(Refused, match="公示结束日期早于开始日期"):
        open_call_notice(place.district, call.id, NOTICE[1], NOTICE[0])


def test_nothing_is_granted_until_the_notice_is_over_and_everything_is_answered(place: Calling) -> None:
    call, (first, second) = place.shown(place.person("王立"), place.person("李然"))
    with day(NOTICE[1]), pytest.raises(Refused, match="公示到 2025-12-19 结束"):
        grant_honours(place.district, call.id, GrantGiven(granted_on=NOTICE[1], document="1号"))
    with day(AFTER):
        objection = record_honour_objection(place.district, first, HEARD)
        with pytest.raises(Refused, match="还有 1 条公示反映没有答复"):
            grant_honours(place.district, call.id, DECISION)
        answer_honour_objection(place.district, objection, True, "经查属实", AFTER)
        assert nominee_of(first).state is NomineeState.NOT_CHOSEN
        assert "取消入选" in nominee_of(first).reason
        with pytest.raises(Refused, match="不能再改"):
            answer_honour_objection(place.district, objection, False, "再查", AFTER)
        with pytest.raises(Refused, match="不在公示的名单中"):
            record_honour_objection(place.district, first, HEARD)
        assert grant_honours(place.district, call.id, DECISION) == 1
    assert [nominee_of(one).state for one in (first, second)] == [NomineeState.NOT_CHOSEN, NomineeState.GRANTED]


def test_an_objection_falls_within_the_notice_and_says_something(place: Calling) -> None:
    call, (first,) = place.shown(place.person("王立"))
    with day(date(2025, 12, 17)):
        for given, told in (
            (HonourObjectionGiven(date(2025, 12, 14), True, "不实"), "早于公示开始日期"),
            (HonourObjectionGiven(date(2025, 12, 18), True, "不实"), "晚于今天"),
            (HonourObjectionGiven(date(2025, 12, 16), True, " "), "请填写反映的内容"),
        ):
            with pytest.raises(Refused, match=told):
                record_honour_objection(place.district, first, given)
        found = record_honour_objection(place.district, first, HEARD)
        with pytest.raises(Refused, match="答复日期"):
            answer_honour_objection(place.district, found, False, "查无此事", date(2025, 12, 15))
        answer_honour_objection(place.district, found, False, "查无此事", date(2025, 12, 17))
    assert nominee_of(first).state is NomineeState.CHOSEN
    assert call_of(call.id).state is CallState.NOTICE


def test_a_mandate_is_referred_first_and_needs_its_term(place: Calling) -> None:
    people = [place.person("王立"), place.person("李然")]
    changes = {"kind": "party_delegate", "title": "费县党代表", "outside": True}
    call, (first, second) = place.shown(*people, **changes)
    term = date(2030, 12, 31)
    with day(AFTER):
        with pytest.raises(Refused, match="请先上报"):
            grant_honours(place.district, call.id, DECISION)
        assert refer_call(place.district, call.id) == 2
        with pytest.raises(Refused, match="请填写任期结束日期"):
            grant_honours(place.district, call.id, DECISION)
        given = GrantGiven(granted_on=AFTER, document="费组〔2025〕7号", term_ends_on=term, granted=[second])
        assert grant_honours(place.district, call.id, given) == 1
    assert [nominee_of(one).state for one in (first, second)] == [NomineeState.REFUSED, NomineeState.GRANTED]
    assert living(people[0].id) == []
    assert living(people[1].id)[0].ends_on == term


def test_what_a_district_grants_itself_goes_to_everybody_on_the_list(place: Calling) -> None:
    call, (first, _) = place.shown(place.person("王立"), place.person("李然"))
    with day(AFTER):
        with pytest.raises(Refused, match="由本级授予"):
            refer_call(place.district, call.id)
        for changes, told in (
            ({"granted": [first]}, "应全部授予"),
            ({"term_ends_on": date(2030, 1, 1)}, "没有任期"),
            ({"document": " "}, "请填写表彰决定或批复的文号"),
            ({"granted_on": date(2025, 12, 21)}, "晚于今天"),
            ({"granted_on": date(2025, 12, 14)}, "早于公示开始日期"),
        ):
            given = {"granted_on": AFTER, "document": "1号"} | changes
            with pytest.raises(Refused, match=told):
                grant_honours(place.district, call.id, GrantGiven(**given))


def test_a_concluded_call_is_taken_up_again_and_what_it_wrote_is_withdrawn(place: Calling) -> None:
    person, corrected = place.person("王立"), place.person("李然")
    call, (first, second) = place.concluded(person, corrected)
    with day(AFTER):
        old = living(corrected.id)[0]
        fact = NewHonour(kind="model_worker", level="county", title="费县最美社工标兵", granted_on=AFTER)
        correct_fact(CLERK, corrected.id, old.id, fact)
        assert reopen_call(place.district, call.id, "文号有误") == 1
        assert living(person.id) == []
        assert [one.title for one in living(corrected.id)] == ["费县最美社工标兵"]
        assert [nominee_of(one).state for one in (first, second)] == [NomineeState.CHOSEN, NomineeState.GRANTED]
        kept = call_of(call.id)
        assert (kept.state, kept.granted_on, kept.grant_document) == (CallState.NOTICE, None, "")
        assert grant_honours(place.district, call.id, GrantGiven(granted_on=AFTER, document="费委〔2025〕10号")) == 1
    assert [one.document for one in living(person.id)] == ["费委〔2025〕10号"]


def test_a_granted_title_of_the_province_saves_its_year_in_the_channel_through_the_file_alone(place: Calling) -> None:
    person = place.person("王立", post="chief", joined_community_on=date(2023, 12, 1), political="01")
    plan = ChannelPlan(
        name="定向招聘",
        year=2026,
        edition_key="jixi-2021",
        gate="institution",
        places=1,
        reckoned_on=date(2025, 12, 25),
        closes_on=date(2025, 12, 31),
    )
    channel = db.session.get_one(ChannelRound, plan_channel(place.district, place.town.district.id, plan))

    def months() -> str:
        (line,) = advice_page(place.district, channel).page.rows
        return " ".join(str(item.reason.message) for item in line.advice.items)

    assert "要求满 36 个月" in months()
    call, (nominee,) = place.shown(person, level="province", title="山东省最美社工", outside=True)
    with day(AFTER):
        refer_call(place.district, call.id)
        grant_honours(place.district, call.id, DECISION)
    assert "要求满 24 个月（获荣誉减少 1 年）" in months()
    with day(AFTER):
        reopen_call(place.district, call.id, "批复有误")
    assert "要求满 36 个月" in months()
    assert db.session.get_one(HonourNominee, nominee).state is NomineeState.CHOSEN
