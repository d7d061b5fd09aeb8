"""The lists of a batch as the recruitment room asks for them, and who moves up on which day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from careerpath.policy.recruitment import (
    Applicant,
    Candidate,
    Leaving,
    Outcome,
    Ranked,
    RecruitmentEdition,
    Stage,
    Substitution,
    check_eligibility,
    rank,
    substitute,
    valid_until,
)
from careerpath.policy.rounding import FineRounding
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.recruitment_editions import FEIXIAN, PLAIN, SHIPPED, changed

NANHU = SHIPPED["jiaxing-nanhu-2012"]
ZHONGSHAN = SHIPPED["dalian-zhongshan-2017"]
PUBLISHED = date(2012, 6, 20)


def sat(number: str, written: str, interview: str | None = None, **other: Any) -> Candidate:
    """Somebody who sat the exam, and the interview if told."""
    return Candidate(number, "", Decimal(written), interview=None if interview is None else Decimal(interview), **other)


def outcomes(ranked: tuple[Ranked, ...]) -> list[tuple[str, Outcome]]:
    return [(line.id, line.outcome) for line in ranked]


def interviewed(*scores: str, edition: RecruitmentEdition = NANHU, places: int = 1) -> tuple[Ranked, ...]:
    """A final list in which only the interview counts; numbers follow the order of the scores."""
    found = [sat(f"{number}", "60", score) for number, score in enumerate(scores, start=1)]
    return rank(edition, found, {"": places})


def replaced(ranked: tuple[Ranked, ...], **gone: Leaving) -> Substitution:
    leaving = {number.removeprefix("n"): why for number, why in gone.items()}
    return substitute(NANHU, ranked, PUBLISHED, PUBLISHED, leaving)


def test_forty_one_places_call_eighty_two_people_to_the_interview() -> None:
    crowd = [Candidate(f"{number:03}", "zhongshan", Decimal(90) - Decimal(number) / 10) for number in range(120)]
    ranked = rank(ZHONGSHAN, crowd)
    assert sum(line.shortlisted for line in ranked) == 82
    assert [line.rank for line in ranked] == list(range(1, 121))
    level = [*crowd, Candidate("tied", "zhongshan", crowd[81].written)]
    assert sum(line.shortlisted for line in rank(ZHONGSHAN, level)) == 83


@pytest.mark.parametrize(
    ("mode", "exact", "told"),
    [
        (FineRounding.HALF_UP, "60.005", "60.01"),
        (FineRounding.HALF_EVEN, "60.005", "60.00"),
        (FineRounding.HALF_EVEN, "60.015", "60.02"),
        (FineRounding.DOWN, "60.009", "60.00"),
        (FineRounding.UP, "60.001", "60.01"),
        (FineRounding.UP, "60", "60.00"),
    ],
)
def test_a_score_is_rounded_as_the_notice_says(mode: FineRounding, exact: str, told: str) -> None:
    assert str(mode.round(Fraction(exact), 2)) == told


def test_the_mean_of_the_judges_is_exact_where_only_the_total_is_rounded() -> None:
    total = {"decimals": 2, "rounding": "half_up", "stage": "total"}
    lines = [{"of": "interview", "line": 60}]
    judges = (Decimal(60), Decimal(60), Decimal("59.99"))
    exact = changed(PLAIN, total=total, pass_lines=lines)
    (line,) = rank(exact, [sat("1", "80", judges=judges)], {"": 1})
    assert line.marks.interview == Fraction("179.99") / 3
    assert line.outcome is Outcome.FAILED_INTERVIEW
    (line,) = rank(PLAIN, [sat("1", "80", judges=judges)], {"": 1})
    assert line.marks.interview == 60
    assert line.outcome is Outcome.PROPOSED


def test_a_bonus_may_be_kept_within_the_full_score() -> None:
    item = {"code": "household", "name": "本区户籍", "points": 2}
    bonus = {"adds_to": "written", "way": "highest", "items": [item]}
    best = [sat("1", "99", "80", bonus=("household",))]
    assert rank(changed(ZHONGSHAN, bonus=bonus), best, {"": 1})[0].marks.total == Decimal("90.50")
    kept = changed(ZHONGSHAN, bonus=bonus | {"within_maximum": True})
    assert rank(kept, best, {"": 1})[0].marks.total == Decimal("90.00")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"written": Decimal("NaN")}, "考生 7 的笔试成绩应为数字"),
        ({"written": Decimal("Infinity")}, "考生 7 的笔试成绩应为数字"),
        ({"written": Decimal("100.01")}, "考生 7 的笔试成绩为 100.01 分，应在 0 至 100 分之间"),
        ({"written": Decimal("-0.01")}, "考生 7 的笔试成绩为 -0.01 分"),
        ({"written": Decimal("60.001")}, "考生 7 的笔试成绩为 60.001 分，最多 2 位小数"),
        ({"interview": Decimal("101")}, "考生 7 的面试成绩为 101 分"),
        ({"judges": (Decimal("80"), Decimal("200"))}, "考生 7 的第 2 名考官的评分为 200 分"),
        ({"papers": {"law": Decimal(1)}, "written": None}, "考生 7 的 papers 中没有“law”这个代码"),
        ({"bonus": ("household",)}, "考生 7 的 bonus 中没有“household”这个代码，请改用：—"),
        ({"groups": ("veteran",)}, "考生 7 的 groups 中没有“veteran”"),
        ({"absent_written": True}, "考生 7：既有笔试成绩又登记笔试缺考"),
        ({"interview": Decimal(70), "absent_interview": True}, "考生 7：既有面试成绩又登记面试缺考"),
        ({"interview": Decimal(70), "judges": (Decimal(70),)}, "考生 7：面试成绩与考官评分只填一项"),
        ({"written": None}, "考生 7 缺少笔试成绩，请补上；缺考请填 absent_written"),
        ({"id": " "}, "有一名考生没有编号"),
    ],
)
def test_a_candidate_who_cannot_be_is_refused_by_number(given: dict[str, Any], words: str) -> None:
    values: dict[str, Any] = {"id": "7", "written": Decimal(60)} | given
    with pytest.raises(Refused, match=words):
        rank(PLAIN, [Candidate(**values)], {"": 1})


def test_one_number_twice_is_refused() -> None:
    with pytest.raises(Refused, match="考生 7 出现两次"):
        rank(PLAIN, [sat("7", "60"), sat("7", "61")], {"": 1})


def test_papers_are_needed_all_and_instead_of_a_score() -> None:
    papers = [{"code": "law", "name": "法律", "maximum": 40}, {"code": "work", "name": "社区工作", "maximum": 60}]
    edition = changed(PLAIN, written={"maximum": 100, "decimals": 2, "papers": papers})
    with pytest.raises(Refused, match="笔试分科计分"):
        rank(edition, [sat("7", "60")], {"": 1})
    with pytest.raises(Refused, match="笔试各科成绩不全"):
        rank(edition, [Candidate("7", papers={"law": Decimal(20)})], {"": 1})
    with pytest.raises(Refused, match="考生 7 的法律为 41 分"):
        rank(edition, [Candidate("7", papers={"law": Decimal(41), "work": Decimal(20)})], {"": 1})


def test_a_tie_that_people_decided_only_in_part_is_refused() -> None:
    level = [sat("1", "60", "70", decided_order=1), sat("2", "60", "70")]
    with pytest.raises(Refused, match="并列考生 1、2 的人工顺序应全部填写且不重复"):
        rank(PLAIN, level, {"": 1})
    with pytest.raises(Refused, match="不重复"):
        rank(PLAIN, [level[0], sat("2", "60", "70", decided_order=1)], {"": 1})


def test_a_published_shortlist_is_told_of_everybody() -> None:
    with pytest.raises(Refused, match="考生 2 没有注明是否进入面试"):
        rank(PLAIN, [sat("1", "60", shortlisted=True), sat("2", "60")], {"": 1})


def test_places_are_told_once_and_are_at_least_one() -> None:
    with pytest.raises(Refused, match=r"招聘人数不一致（1、2）"):
        rank(PLAIN, [sat("1", "60", places=1), sat("2", "60", places=2)])
    with pytest.raises(Refused, match="招聘人数 0 不正确"):
        rank(PLAIN, [sat("1", "60")], {"": 0})


def test_an_interview_of_somebody_who_was_not_called_counts_for_nothing() -> None:
    found = [sat("1", "80", "70"), sat("2", "79", "70"), sat("3", "60", "100")]
    ranked = rank(changed(ZHONGSHAN, positions=[]), found, {"": 1})
    assert outcomes(ranked)[-1] == ("3", Outcome.NOT_SHORTLISTED)
    assert (ranked[-1].rank, ranked[-1].marks.total) == (None, None)


def test_the_stage_may_be_asked_for() -> None:
    found = [sat("1", "60", "50"), sat("2", "61", "80")]
    assert {line.outcome for line in rank(PLAIN, found, {"": 1}, Stage.SHORTLIST)} == {Outcome.SHORTLISTED}
    assert outcomes(rank(PLAIN, found, {"": 1})) == [("2", Outcome.PROPOSED), ("1", Outcome.FAILED_INTERVIEW)]


def test_without_a_length_everybody_who_passed_is_in_reserve() -> None:
    edition = changed(NANHU, reserve={"months": 12, "last_day_inclusive": True})
    ranked = interviewed("90", "80", "70", "60", "50", edition=edition)
    assert [line.outcome for line in ranked] == [Outcome.PROPOSED, *[Outcome.RESERVE] * 4]


def test_the_last_reserve_among_those_who_are_level_is_for_people_to_decide() -> None:
    ranked = interviewed("90", "80", "70", "70")
    assert [line.outcome for line in ranked] == [Outcome.PROPOSED, Outcome.RESERVE, Outcome.TIE, Outcome.TIE]


def test_whoever_moved_up_and_leaves_too_is_followed_by_the_next() -> None:
    ranked = interviewed("90", "80", "70")
    once = replaced(ranked, n1=Leaving.WITHDRAWN)
    assert [one.successor_id for one in once.vacated] == ["2"]
    again = replaced(ranked, n1=Leaving.WITHDRAWN, n2=Leaving.MEDICAL)
    assert [one.successor_id for one in again.vacated] == ["3"]
    assert outcomes(again.ranked) == [
        ("3", Outcome.PROPOSED),
        ("1", Outcome.WITHDRAWN),
        ("2", Outcome.FAILED_MEDICAL),
    ]


def test_a_reserve_candidate_who_leaves_opens_no_place() -> None:
    after = replaced(interviewed("90", "80", "70"), n2=Leaving.WITHDRAWN)
    assert after.vacated == ()
    assert outcomes(after.ranked)[0] == ("1", Outcome.PROPOSED)


def test_two_who_are_level_both_move_up_into_two_places() -> None:
    ranked = interviewed("90", "89", "70", "70", places=2)
    one = replaced(ranked, n1=Leaving.WITHDRAWN)
    assert one.vacated[0].tied_ids == ("3", "4")
    assert {line.id for line in one.ranked if line.outcome is Outcome.TIE} == {"3", "4"}
    both = replaced(ranked, n1=Leaving.WITHDRAWN, n2=Leaving.BACKGROUND)
    assert {vacated.successor_id for vacated in both.vacated} == {"3", "4"}
    assert {line.id for line in both.ranked if line.outcome is Outcome.PROPOSED} == {"3", "4"}


def test_positions_do_not_lend_each_other_reserve_candidates() -> None:
    found = [
        Candidate("1", "a", Decimal(60), interview=Decimal(90)),
        Candidate("2", "b", Decimal(60), interview=Decimal(90)),
        Candidate("3", "b", Decimal(60), interview=Decimal(80)),
    ]
    after = replaced(rank(NANHU, found, {"a": 1, "b": 1}), n1=Leaving.WITHDRAWN)
    assert [vacated.successor_id for vacated in after.vacated] == [None]
    assert outcomes(after.ranked)[-1] == ("3", Outcome.RESERVE)


@pytest.mark.parametrize(
    ("published", "inclusive", "last"),
    [
        (date(2012, 6, 20), True, date(2013, 6, 20)),
        (date(2012, 6, 20), False, date(2013, 6, 19)),
        (date(2012, 2, 29), True, date(2013, 2, 28)),
        (date(2012, 2, 29), False, date(2013, 2, 27)),
    ],
)
def test_the_reserve_list_is_valid_to_its_last_day(published: date, inclusive: bool, last: date) -> None:
    reserve = {"length": 2, "months": 12, "last_day_inclusive": inclusive}
    edition = changed(NANHU, reserve=reserve)
    assert valid_until(edition, published) == last
    ranked, gone = interviewed("90", "80"), {"1": Leaving.WITHDRAWN}
    assert substitute(edition, ranked, last, published, gone).vacated[0].successor_id == "2"
    with pytest.raises(Refused, match="已过期，不能递补"):
        substitute(edition, ranked, date.fromordinal(last.toordinal() + 1), published, gone)


def test_a_substitution_that_cannot_be_is_refused() -> None:
    ranked, gone = interviewed("90", "80", "70", "60"), {"1": Leaving.WITHDRAWN}
    with pytest.raises(Refused, match="早于名单公布日期"):
        substitute(NANHU, ranked, date(2012, 6, 19), PUBLISHED, gone)
    with pytest.raises(Refused, match="没有规定递补"):
        substitute(PLAIN, ranked, PUBLISHED, PUBLISHED, gone)
    for number in ("9", "4"):
        with pytest.raises(Refused, match=f"考生 {number} 不在拟聘用或递补名单中"):
            substitute(NANHU, ranked, PUBLISHED, PUBLISHED, {number: Leaving.WITHDRAWN})
    assert valid_until(PLAIN, PUBLISHED) is None


def test_an_applicant_who_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="没有“hero”这一类报考人员"):
        check_eligibility(FEIXIAN, Applicant(groups=("hero",)), PUBLISHED)
    with pytest.raises(Refused, match="出生日期 2012-06-21 晚于 2012-06-20"):
        check_eligibility(FEIXIAN, Applicant(born_on=date(2012, 6, 21)), PUBLISHED)


def test_a_batch_tried_on_a_day_has_the_advice_on_its_candidates_first() -> None:
    people = [{"id": "1", "written": 60, "born_on": "1980-01-01", "education": "31", "household": "费县"}]
    answer = try_rule("recruitment", {"candidates": people, "places": {"": 1}, "on": "2025-06-01"}, FEIXIAN)
    told = [reason["text"] for reason in answer["because"] if reason["rule"] == "recruitment.condition"]
    assert any("36 周岁生日 2016-01-01（上限），不符合" in text for text in told)
    assert answer["result"][0]["outcome"] == "shortlisted"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "facts：candidates 缺少考生名单"),
        ("甲", "facts：candidates 应为考生的列表"),
        ([3], r"facts：\[1\] 应为一张表"),
        ([{"written": 60}], r"facts：\[1\].id 缺少这一项"),
        ([{"id": "1", "writen": 60}], r"facts：\[1\].writen 不认识这一项，是否应为“written”"),
        ([{"id": "1", "judges": 80}], r"facts：\[1\].judges 应为考官评分的列表"),
        ([{"id": "1", "judges": ["80", "八十"]}], r"facts：\[1\].judges.2 应为数字"),
        ([{"id": "1", "bonus": "household"}], r"facts：\[1\].bonus 应为文字的列表"),
        ({"candidates": [{"id": "1", "written": "1e9"}]}, r"facts：candidates\[1\].written 为 1000000000"),
        ({"candidates": [], "stage": "last"}, "facts：stage 的代码“last”不存在，请改用：shortlist、final"),
        ({"candidates": [], "places": {"a": 0}}, "facts：places.a 为 0"),
        ({"applicant": {"born": "2000-01-01"}, "on": "2025-01-01"}, "facts：applicant.born 不认识这一项"),
        ({"applicant": {}}, "facts：on 缺少这一项"),
    ],
)
def test_facts_are_read_strictly(facts: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_rule("recruitment", facts, PLAIN)


def test_an_empty_batch_has_an_empty_list() -> None:
    assert try_rule("recruitment", [], PLAIN) == {"result": [], "because": []}
