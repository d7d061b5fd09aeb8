"""Medical examination and background check: results, re-examinations, many at once."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.models import AuditChange
from careerpath.core.db import db
from careerpath.recruitment.models import CandidateCheck, CheckKind, Departure
from careerpath.recruitment.operations.appointments import appoint_one
from careerpath.recruitment.operations.checks import CheckGiven, fill_places, record_check, record_checks
from careerpath.words import NotFound, Refused
from tests.recruitment.finals import APPOINTED, CHECKED, TERMS, Contest, day, ready

LATER = date(2026, 1, 29)


def contest_of(names: str = "甲乙") -> Contest:
    """One place with 甲 proposed and the others behind."""
    contest = Contest()
    position = contest.position()
    for place, name in enumerate(names):
        contest.candidate(name, position, str(90 - 3 * place), str(90 - 3 * place))
    contest.release()
    return contest


def examined(contest: Contest, name: str, passed: bool, on: date = CHECKED, note: str = "视力未达标准") -> None:
    """Record a medical examination."""
    with day(on):
        given = CheckGiven(CheckKind.MEDICAL, passed, on, "费县人民医院", "" if passed else note)
        record_check(contest.office, contest.names[name], given)


def test_a_failed_check_takes_the_person_off_the_list_and_its_reason_is_kept_from_the_trail(app: Flask) -> None:
    contest = contest_of()
    examined(contest, "甲", passed=False)
    assert contest.outcomes() == {"甲": "failed_medical", "乙": "reserve"}
    left = contest.departure("甲")
    assert (left.leaving.value, left.on, left.reason) == ("medical", CHECKED, "视力未达标准")
    kept = db.session.scalars(select(AuditChange)).all()
    assert {"candidate_check", "candidate_departure"} <= {change.table for change in kept}
    assert all("视力" not in str((change.old, change.new)) for change in kept)


def test_who_passes_a_re_examination_is_proposed_again_while_nobody_has_moved_up(app: Flask) -> None:
    contest = contest_of()
    examined(contest, "甲", passed=False)
    examined(contest, "甲", passed=True, on=LATER)
    assert contest.outcomes()["甲"] == "proposed"
    assert db.session.query(Departure).count() == 0
    check = db.session.scalars(select(CandidateCheck)).one()
    assert (check.passed, check.on, check.version) == (True, LATER, 2)


def test_a_re_examination_comes_too_late_once_somebody_has_moved_up(app: Flask) -> None:
    contest = contest_of()
    examined(contest, "甲", passed=False)
    with day(CHECKED):
        fill_places(contest.office, contest.batch_id, CHECKED)
    with pytest.raises(Refused, match="已于 2026-01-26 由乙递补"):
        examined(contest, "甲", passed=True, on=LATER)
    assert db.session.scalars(select(CandidateCheck)).one().passed is False


def test_many_checks_are_recorded_together_and_only_changes_count(app: Flask) -> None:
    contest = contest_of()
    both = [CheckGiven(kind, True, CHECKED, "费县人民医院") for kind in CheckKind]
    with day(CHECKED):
        assert record_checks(contest.office, contest.batch_id, {contest.names["甲"]: both}) == 2
        assert record_checks(contest.office, contest.batch_id, {contest.names["甲"]: both}) == 0
    assert len(db.session.scalars(select(CandidateCheck)).all()) == 2


def test_one_check_that_cannot_be_holds_all_back_and_names_the_person(app: Flask) -> None:
    contest = Contest()
    position = contest.position(2)
    contest.candidate("甲", position)
    contest.candidate("乙", position, "90")
    contest.release()
    rows = {
        contest.names["甲"]: CheckGiven(CheckKind.MEDICAL, True, CHECKED),
        contest.names["乙"]: CheckGiven(CheckKind.MEDICAL, False, CHECKED),
    }
    with day(CHECKED), pytest.raises(Refused, match=r"乙（.+）：体检不合格，请写明原因") as refused:
        record_checks(contest.office, contest.batch_id, rows)
    assert refused.value.field == f"{contest.names['乙']}.note"
    assert db.session.scalars(select(CandidateCheck)).all() == []


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("乙", CheckGiven(CheckKind.MEDICAL, True, CHECKED), "不在拟聘用名单中"),
        ("甲", CheckGiven(CheckKind.MEDICAL, True, date(2026, 1, 27)), "晚于今天"),
        ("甲", CheckGiven(CheckKind.MEDICAL, True, date(2026, 1, 19)), "早于名单公布日期"),
        ("甲", CheckGiven(CheckKind.MEDICAL, True, CHECKED, "医" * 81), "最多 80 字"),
    ],
)
def test_a_check_that_cannot_be_is_refused(app: Flask, name: str, given: CheckGiven, why: str) -> None:
    contest = contest_of()
    with day(CHECKED), pytest.raises(Refused, match=why):
        record_check(contest.office, contest.names[name], given)


def test_who_gave_up_is_not_examined_any_more(app: Flask) -> None:
    contest = contest_of()
    contest.leave("甲")
    with pytest.raises(Refused, match="已于 2026-01-26 退出名单"):
        examined(contest, "甲", passed=True)


def test_nothing_is_changed_in_the_checks_of_who_was_appointed(app: Flask) -> None:
    contest = ready()
    with day(APPOINTED):
        appoint_one(contest.office, contest.names["甲"], TERMS)
    with pytest.raises(Refused, match="已经聘用，体检结论不能再改"):
        examined(contest, "甲", passed=False, on=APPOINTED)


def test_a_person_of_another_batch_is_not_found(app: Flask) -> None:
    contest = contest_of()
    with day(CHECKED), pytest.raises(NotFound):
        record_checks(contest.office, contest.batch_id, {999: CheckGiven(CheckKind.MEDICAL, True, CHECKED)})
