"""Written scores: typed twice by two people by secret number, settled where they differ, released as a shortlist."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.models import AuditChange, AuditEntry
from careerpath.core.db import db, writing
from careerpath.policy.recruitment import Outcome, RecruitmentEdition, Stage
from careerpath.policy.recruitment.trial import try_recruitment
from careerpath.recruitment.models import Application, Attendance, BatchState, BatchStep, Examinee, ScoreEntry
from careerpath.recruitment.operations.rooms import mark_attendance
from careerpath.recruitment.operations.scores import release_written, settle_score, type_scores
from careerpath.recruitment.queries.rule_candidates import candidates
from careerpath.recruitment.queries.scores import preview
from careerpath.words import Refused
from tests.recruitment.exams import ExamDay, rules

PAPERS = {
    "maximum": "100",
    "decimals": 1,
    "papers": [
        {"code": "law", "name": "法律知识", "maximum": "60"},
        {"code": "essay", "name": "写作", "maximum": "40"},
    ],
}
BREAKS = {"last_place": "tie_break"}


def ready(**changes: Any) -> ExamDay:
    """Drawn, and everybody came."""
    day = ExamDay(**changes)
    day.draw()
    day.present()
    return day


def test_points_that_both_typed_alike_become_the_written_score(app: Flask) -> None:
    day = ready()
    one = day.people()[0]
    given = {one.secret_number: Decimal("81.5")}
    assert type_scores(day.hr, day.id, 1, "", given) == 1
    assert day.people()[0].written is None
    assert type_scores(day.second, day.id, 2, "", given) == 1
    assert day.people()[0].written == {"": Decimal("81.5")}
    assert type_scores(day.second, day.id, 2, "", given) == 0


def test_whoever_typed_once_cannot_type_the_other_time(app: Flask) -> None:
    day = ready()
    one, two, *_ = (person.secret_number for person in day.people())
    type_scores(day.hr, day.id, 1, "", {one: Decimal(80)})
    with pytest.raises(Refused, match="第 1 遍由您录入，第 2 遍应由另一账号录入"):
        type_scores(day.hr, day.id, 2, "", {two: Decimal(80)})
    type_scores(day.second, day.id, 2, "", {one: Decimal(80)})
    with pytest.raises(Refused, match="第 2 遍由您录入，第 1 遍"):
        type_scores(day.second, day.id, 1, "", {two: Decimal(80)})


def test_the_two_may_change_places_with_the_next_paper(app: Flask) -> None:
    day = ready(edition=rules(written=PAPERS))
    one = day.people()[0].secret_number
    for first, second, paper, points in ((day.hr, day.second, "law", "50"), (day.second, day.hr, "essay", "33.5")):
        type_scores(first, day.id, 1, paper, {one: Decimal(points)})
        assert day.people()[0].written is None
        type_scores(second, day.id, 2, paper, {one: Decimal(points)})
    assert day.people()[0].written == {"law": Decimal(50), "essay": Decimal("33.5")}


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        ("100.01", "应在 0 至 100 分之间"),
        ("-1", "应在 0 至 100 分之间"),
        ("NaN", "应在 0 至 100 分之间"),
        ("80.123", "最多 2 位小数"),
    ],
)
def test_points_beyond_the_paper_are_refused_with_the_number(app: Flask, points: str, fault: str) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    with pytest.raises(Refused, match=f"密号 {secret}：.*{fault}") as refusal:
        type_scores(day.hr, day.id, 1, "", {secret: Decimal(points)})
    assert refusal.value.field == secret


def test_each_paper_has_its_own_maximum_and_decimals(app: Flask) -> None:
    day = ready(edition=rules(written=PAPERS))
    secret = day.people()[0].secret_number
    with pytest.raises(Refused, match="应在 0 至 40 分之间"):
        type_scores(day.hr, day.id, 1, "essay", {secret: Decimal(41)})
    with pytest.raises(Refused, match="最多 1 位小数"):
        type_scores(day.hr, day.id, 1, "law", {secret: Decimal("41.25")})
    with pytest.raises(Refused, match="没有科目“maths”，请改用：law、essay"):
        type_scores(day.hr, day.id, 1, "maths", {secret: Decimal(41)})


def test_whole_points_are_asked_for_where_the_rules_know_no_decimals(app: Flask) -> None:
    day = ready(edition=rules(written={"maximum": "100", "decimals": 0}))
    with pytest.raises(Refused, match="分应为整数"):
        type_scores(day.hr, day.id, 1, "", {day.people()[0].secret_number: Decimal("80.5")})


def test_a_number_that_there_is_not_and_one_without_an_answer_sheet_are_named(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    absent, expelled, unmarked, *_ = day.people()
    marks = {absent.exam_number: Attendance.ABSENT, expelled.exam_number: Attendance.EXPELLED}
    mark_attendance(day.hr, day.id, marks)
    for secret, fault in (
        ("1234567", "没有密号 1234567"),
        (absent.secret_number, "登记为缺考"),
        (expelled.secret_number, "登记为违纪"),
        (unmarked.secret_number, "还没有登记到考情况"),
    ):
        with pytest.raises(Refused, match=fault) as refusal:
            type_scores(day.hr, day.id, 1, "", {secret: Decimal(80)})
        assert refusal.value.field == secret


def test_one_wrong_number_keeps_none_of_the_block(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    with pytest.raises(Refused):
        type_scores(day.hr, day.id, 1, "", {secret: Decimal(80), "1234567": Decimal(70)})
    assert db.session.scalar(select(ScoreEntry.id)) is None


def test_a_difference_is_settled_by_a_third_look_with_who_and_when(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    type_scores(day.hr, day.id, 1, "", {secret: Decimal(81)})
    type_scores(day.second, day.id, 2, "", {secret: Decimal(18)})
    assert day.people()[0].written is None
    settle_score(day.hr, day.id, secret, "", Decimal(81))
    assert day.people()[0].written == {"": Decimal(81)}
    third = db.session.scalars(select(ScoreEntry).where(ScoreEntry.turn == 3)).one()
    assert (third.by, third.user_id, third.points) == ("hr", day.hr.user_id, Decimal(81))
    with pytest.raises(Refused, match="已经核定"):
        type_scores(day.hr, day.id, 1, "", {secret: Decimal(18)})
    settle_score(day.hr, day.id, secret, "", None)
    assert day.people()[0].written is None


def test_only_a_difference_is_settled(app: Flask) -> None:
    day = ready()
    one, two, *_ = (person.secret_number for person in day.people())
    day.type({one: "80"})
    type_scores(day.hr, day.id, 1, "", {two: Decimal(70)})
    for secret in (one, two):
        with pytest.raises(Refused, match="不需要核定"):
            settle_score(day.hr, day.id, secret, "", Decimal(90))


def test_typing_anew_takes_the_agreement_away_until_both_did(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    day.type({secret: "80"})
    type_scores(day.hr, day.id, 1, "", {secret: Decimal(82)})
    assert day.people()[0].written is None
    type_scores(day.second, day.id, 2, "", {secret: Decimal(82)})
    assert day.people()[0].written == {"": Decimal(82)}


def test_the_shortlist_has_twice_the_places_with_everybody_level_at_the_last(app: Flask) -> None:
    day = ExamDay(people=(4, 2))
    day.sat(["90", "80", "80", "70"], ["60", "44.99"])
    assert release_written(day.hr, day.id) == 4
    outcomes = [line.outcome for line in day.lines().values()]
    assert outcomes == [
        *[Outcome.SHORTLISTED] * 3,
        Outcome.NOT_SHORTLISTED,
        Outcome.SHORTLISTED,
        Outcome.FAILED_WRITTEN,
    ]
    assert [person.shortlisted for person in day.people()] == [True, True, True, False, True, False]
    assert [line.rank for line in day.lines().values()] == [1, 2, 2, 4, 1, None]
    assert all(line.first_outcome is line.outcome and line.because for line in day.lines().values())
    assert day.batch.state is BatchState.INTERVIEW
    assert db.session.scalars(select(BatchStep.by)).all() == ["hr"]


def test_the_kept_facts_tried_with_the_frozen_rules_give_the_same_list(app: Flask) -> None:
    day = ExamDay(people=(5, 3), edition=rules(written=PAPERS, ties=BREAKS))
    day.draw()
    absent = day.people(1)[2]
    day.present(absent)
    law = dict(zip((one.secret_number for one in day.people(0)), ["50", "50.5", "40", "30", "20"], strict=True))
    law |= dict(zip((one.secret_number for one in day.people(1)[:2]), ["45", "44"], strict=True))
    day.type(law, "law")
    day.type(dict.fromkeys(law, "30.5"), "essay")
    release_written(day.hr, day.id)
    kept = list(day.lines().values())
    edition = RecruitmentEdition.from_plain(day.batch.edition)
    again = try_recruitment(edition, {"candidates": [line.facts for line in kept], "stage": "shortlist"}, "kept")
    assert [(one["id"], one["rank"], one["outcome"]) for one in again["result"]] == [
        (number, line.rank, line.outcome.value) for number, line in day.lines().items()
    ]
    assert again["because"] == [reason for line in kept for reason in line.because]


def test_nothing_is_released_while_attendance_or_scores_are_missing(app: Flask) -> None:
    day = ExamDay(people=(2, 1))
    with pytest.raises(Refused, match="有 3 名审查通过的考生没有准考证号"):
        release_written(day.hr, day.id)
    day.draw()
    with pytest.raises(Refused, match="有 3 名考生没有登记到考情况"):
        release_written(day.hr, day.id)
    day.present()
    one, two, three = (person.secret_number for person in day.people())
    day.type({one: "80", two: "70"})
    type_scores(day.hr, day.id, 1, "", {three: Decimal(60)})
    with pytest.raises(Refused, match=f"有 1 个密号没有录满两遍：{three}"):
        release_written(day.hr, day.id)
    type_scores(day.second, day.id, 2, "", {three: Decimal(61)})
    with pytest.raises(Refused, match=f"有 1 个密号两遍录入不一致：{three}"):
        release_written(day.hr, day.id)
    settle_score(day.second, day.id, three, "", Decimal(61))
    assert release_written(day.hr, day.id) == 3


def test_whoever_gave_up_after_the_draw_holds_nobody_up(app: Flask) -> None:
    day = ExamDay(people=(3, 0))
    day.draw()
    away, *rest = day.people()
    day.withdraw(away)
    mark_attendance(day.hr, day.id, {one.exam_number: Attendance.PRESENT for one in rest})
    day.type({one.secret_number: "75" for one in day.people()[1:]})
    assert release_written(day.hr, day.id) == 2
    assert day.lines()[day.people()[0].exam_number].outcome is Outcome.WITHDRAWN


def test_absent_and_expelled_people_are_on_the_list_without_a_rank(app: Flask) -> None:
    day = ExamDay(people=(3, 0))
    day.draw()
    day.present(day.people()[0])
    mark_attendance(day.hr, day.id, {day.people()[1].exam_number: Attendance.EXPELLED})
    day.type({day.people()[2].secret_number: "75"})
    assert release_written(day.hr, day.id) == 1
    assert [(line.outcome, line.rank, line.written) for line in day.lines().values()] == [
        (Outcome.SHORTLISTED, 1, Decimal(75)),
        (Outcome.ABSENT, None, None),
        (Outcome.ABSENT, None, None),
    ]


def test_where_the_interview_alone_decides_everybody_is_interviewed_without_a_written_exam(app: Flask) -> None:
    day = ExamDay(people=(3, 1), edition=rules("jiaxing-nanhu-2012"))
    day.draw()
    assert release_written(day.hr, day.id) == 4
    assert all(line.written is None for line in day.lines().values())


def test_a_written_exam_that_was_begun_is_finished_even_where_it_does_not_count(app: Flask) -> None:
    day = ExamDay(people=(2, 0), edition=rules("jiaxing-nanhu-2012"))
    day.draw()
    day.present()
    with pytest.raises(Refused, match="有 2 个密号没有录满两遍"):
        release_written(day.hr, day.id)


def test_a_shortlist_cut_by_the_chain_waits_for_people_where_no_rule_decides(app: Flask) -> None:
    day = ExamDay(people=(4, 0), edition=rules(ties=BREAKS))
    day.sat(["90", "80", "80", "70"], [])
    tied = sorted(one.exam_number for one in day.people()[1:3])
    with pytest.raises(Refused, match="岗位 001 面试末位有 2 人并列（准考证号 " + "、".join(tied)):
        release_written(day.hr, day.id)
    with writing() as session:
        for order, number in enumerate(tied, start=1):
            examinee = session.scalars(select(Examinee).where(Examinee.exam_number == number)).one()
            examinee.decided_order, examinee.decided_reason = order, "现场抽签"
    assert release_written(day.hr, day.id) == 2
    assert day.lines()[tied[0]].outcome is Outcome.SHORTLISTED
    assert day.lines()[tied[0]].facts["decided_order"] == 1
    # Decided for this list only: it must not decide between equal totals.
    assert {person.decided_order for person in day.people()} == {None}


def test_the_preview_tells_counts_and_ties_without_a_name_or_a_score(app: Flask) -> None:
    day = ExamDay(people=(4, 2))
    day.sat(["90", "80", "80", "70"], ["60", "40"])
    found = preview(day.batch)
    assert not found.problems
    assert [(one.code, one.people, one.wanted, one.shortlisted, one.extra, one.failed) for one in found.positions] == [
        ("001", 4, 2, 3, 1, 0),
        ("002", 2, 2, 1, 0, 1),
    ]
    assert [one.short for one in found.positions] == [False, True]
    assert found.shortlisted == 4
    assert day.batch.state is BatchState.EXAM


def test_bonus_points_stand_beside_the_written_score(app: Flask) -> None:
    day = ExamDay(people=(1, 0))
    with writing() as session:
        veteran = session.get_one(Application, day.applications[0][0])
        veteran.groups, veteran.bonus_granted = ["veteran"], ["veteran"]
    day.sat(["43"], [])
    assert release_written(day.hr, day.id) == 1
    line = next(iter(day.lines().values()))
    assert (line.written, line.bonus) == (Decimal(43), Decimal(3))


def test_the_rule_knows_candidates_by_exam_number_and_position(app: Flask) -> None:
    day = ExamDay(people=(2, 0), places=(3, 1))
    day.sat(["80.25", "70"], [])
    first = candidates(day.batch, Stage.SHORTLIST)[0]
    examinee = next(one for one in day.people() if one.exam_number == first.id)
    assert (first.position, first.places, first.shortlisted) == ("001", 3, None)
    assert first.written == (examinee.written or {})[""]


def test_scores_are_typed_before_the_release_only(app: Flask) -> None:
    day = ExamDay(people=(1, 0))
    day.released(["80"], [])
    with pytest.raises(Refused, match="“面试”阶段"):
        type_scores(day.hr, day.id, 1, "", {day.people()[0].secret_number: Decimal(99)})
    with pytest.raises(Refused, match="“面试”阶段"):
        release_written(day.hr, day.id)


def test_the_trail_says_who_typed_without_the_secret_number(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    type_scores(day.hr, day.id, 1, "", {secret: Decimal(80)})
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.operation, entry.user_name) == ("type_scores", "hr")
    for change in db.session.scalars(select(AuditChange)):
        assert secret not in str(change.new)
