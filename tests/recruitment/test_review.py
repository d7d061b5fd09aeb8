"""Two people look at each application: what each may find, who may not be the second, and how the review closes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    EligibilityReview,
    RecruitmentBatch,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.operations.review import (
    Finding,
    close_review,
    recheck_candidate,
    reopen_review,
    review_application,
    review_applications,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

PASSED, FAILED = Finding(Verdict.PASSED), Finding(Verdict.FAILED, "户籍不在本县")
AFTER_CLOSING = datetime(2025, 12, 13, 2, 0, tzinfo=UTC)


class Desk:
    """A batch with one position, two clerks of its street, one of the next, and two people of the district."""

    def __init__(self) -> None:
        self.town = Town()
        self.batch = make_batch(self.town.district)
        self.position = make_position(self.batch, self.town.community, 2)
        self.first = make_actor(Role.STREET_HR, self.town.street, "王初审")
        self.second = make_actor(Role.STREET_HR, self.town.street, "李复审")
        self.foreign = make_actor(Role.STREET_HR, self.town.other_street, "外街道")
        self.district = make_actor(Role.DISTRICT_HR, self.town.district, "区级")

    def applied(self, state: ApplicationState = ApplicationState.SUBMITTED, **changes: Any) -> int:
        return make_application(self.position, state, **changes).id

    def looked_at(self, given: Finding = PASSED, **changes: Any) -> int:
        application_id = self.applied(**changes)
        review_application(self.first, application_id, given)
        return application_id


def application(application_id: int) -> Application:
    return db.session.get_one(Application, application_id, populate_existing=True)


def reviews(application_id: int) -> list[EligibilityReview]:
    query = select(EligibilityReview).where(EligibilityReview.application_id == application_id)
    return list(db.session.scalars(query.order_by(EligibilityReview.id)))


def refusal(deed: object) -> str:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    return str(refused.value)


def test_two_people_admit_an_applicant_and_the_advice_is_kept_with_each_look(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    assert review_application(desk.first, one, PASSED) is ApplicationState.FIRST_REVIEWED
    assert review_application(desk.second, one, PASSED) is ApplicationState.ADMITTED
    first, second = reviews(one)
    assert [(look.stage, look.by, look.eligible) for look in (first, second)] == [
        (ReviewStage.FIRST, "王初审", True),
        (ReviewStage.SECOND, "李复审", True),
    ]
    assert [line["code"] for line in first.advice] == ["education", "age", "household", "conduct", "health"]
    assert application(one).checked == {"conduct": True, "health": True}


def test_the_same_person_is_told_kindly_that_another_takes_the_second_look(app: Flask) -> None:
    desk = Desk()
    one = desk.looked_at()
    said = refusal(lambda: review_application(desk.first, one, PASSED))
    assert "王初审" in said
    assert "2025-12-05" in said
    assert application(one).state is ApplicationState.FIRST_REVIEWED
    assert "王初审" in refusal(lambda: review_applications(desk.first, desk.batch.id, [one], PASSED))


def test_the_second_look_decides_and_a_different_one_gives_its_reason(app: Flask) -> None:
    desk = Desk()
    rejected, admitted = desk.looked_at(), desk.looked_at(FAILED)
    assert "写明理由" in refusal(lambda: review_application(desk.second, rejected, Finding(Verdict.FAILED)))
    assert "与之不同" in refusal(lambda: review_application(desk.second, admitted, PASSED))
    review_application(desk.second, rejected, Finding(Verdict.FAILED, "学历证书查无此号"))
    review_application(desk.second, admitted, Finding(Verdict.PASSED, "户口已迁入，迁移证已核对"))
    assert application(rejected).state is ApplicationState.REJECTED
    assert application(admitted).state is ApplicationState.ADMITTED
    assert reviews(rejected)[1].reason == "学历证书查无此号"


def test_whoever_passes_somebody_against_the_advice_says_why(app: Flask) -> None:
    desk = Desk()
    one = desk.applied(education="61")
    assert "不符合条件" in refusal(lambda: review_application(desk.first, one, PASSED))
    review_application(desk.first, one, Finding(Verdict.PASSED, "专科毕业证书已补交"))
    assert reviews(one)[0].eligible is False
    other = desk.applied()
    bad = Finding(Verdict.PASSED, checked={"conduct": False})
    assert "不符合条件" in refusal(lambda: review_application(desk.first, other, bad))


def test_an_application_is_sent_back_with_what_it_lacks_and_begins_anew(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    assert "补正什么" in refusal(lambda: review_application(desk.first, one, Finding(Verdict.RETURNED)))
    back = Finding(Verdict.RETURNED, "请补交学位证书")
    assert review_application(desk.first, one, back) is ApplicationState.RETURNED
    assert "退回补正" in refusal(lambda: review_application(desk.second, one, PASSED))
    with writing():
        application(one).state = ApplicationState.SUBMITTED
    review_application(desk.second, one, PASSED)
    # The first look that counts is the newest: who sent it back before may now take the second.
    assert review_application(desk.first, one, PASSED) is ApplicationState.ADMITTED


def test_what_was_not_completed_by_the_closing_day_is_judged_as_it_stands(app: Flask) -> None:
    desk = Desk()
    one = desk.applied(ApplicationState.RETURNED)
    late = Finding(Verdict.FAILED, "逾期未补正")
    assert "退回补正" in refusal(lambda: review_application(desk.first, one, late))
    with clock.Stopped(AFTER_CLOSING):
        review_application(desk.first, one, late)
        review_application(desk.second, one, late)
    assert application(one).state is ApplicationState.REJECTED


def test_bonus_is_granted_item_by_item_out_of_what_was_asked_for(app: Flask) -> None:
    desk = Desk()
    asked: dict[str, Any] = {"bonus": ["veteran", "assistant_social_worker"]}
    one, two = desk.applied(**asked), desk.applied(**asked)
    review_application(desk.first, one, Finding(Verdict.PASSED, bonus=("veteran",)))
    review_application(desk.second, one, PASSED)
    assert application(one).bonus_granted == ["veteran"]
    said = refusal(lambda: review_application(desk.first, two, Finding(Verdict.PASSED, bonus=("social_worker",))))
    assert "没有申报“社会工作师”加分" in said
    assert "没有“hero”" in refusal(
        lambda: review_application(desk.first, two, Finding(Verdict.PASSED, bonus=("hero",)))
    )
    review_application(desk.first, two, Finding(Verdict.PASSED, bonus=()))
    review_application(desk.second, two, Finding(Verdict.PASSED, bonus=("veteran",)))
    assert application(two).bonus_granted == ["veteran"]


def test_many_are_reviewed_at_once_when_nothing_is_doubtful(app: Flask) -> None:
    desk = Desk()
    ids = [desk.applied() for _ in range(5)]
    assert review_applications(desk.first, desk.batch.id, ids, PASSED) == 5
    assert review_applications(desk.second, desk.batch.id, ids, PASSED) == 5
    assert {application(one).state for one in ids} == {ApplicationState.ADMITTED}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"education": "61"}, "不是“符合”"),
        ({"household_place": ""}, "不是“符合”"),
        ({"bonus": ["veteran"]}, "申报了加分"),
    ],
)
def test_a_doubtful_one_among_many_stops_them_all_and_is_named(app: Flask, changes: dict[str, Any], why: str) -> None:
    desk = Desk()
    clear, doubtful = desk.applied(), desk.applied(**changes)
    said = refusal(lambda: review_applications(desk.first, desk.batch.id, [clear, doubtful], PASSED))
    assert why in said
    assert application(doubtful).number in said
    assert application(clear).number not in said
    assert application(clear).state is ApplicationState.SUBMITTED


def test_somebody_whom_the_first_failed_does_not_pass_in_bulk(app: Flask) -> None:
    desk = Desk()
    one = desk.looked_at(FAILED)
    assert "初审不合格" in refusal(lambda: review_applications(desk.second, desk.batch.id, [one], PASSED))
    assert "勾选" in refusal(lambda: review_applications(desk.second, desk.batch.id, [], PASSED))


def test_a_foreign_street_meets_neither_the_application_nor_the_batch(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    with pytest.raises(NotFound):
        review_application(desk.foreign, one, PASSED)
    with pytest.raises(NotFound):
        review_applications(desk.foreign, desk.batch.id, [one], PASSED)
    elsewhere = make_application(make_position(desk.batch, desk.town.foreign)).id
    with pytest.raises(NotFound):
        review_applications(desk.first, desk.batch.id, [one, elsewhere], PASSED)
    assert review_application(desk.foreign, elsewhere, PASSED) is ApplicationState.FIRST_REVIEWED


def test_a_draft_is_nobodys_business(app: Flask) -> None:
    desk = Desk()
    draft = desk.applied(ApplicationState.DRAFT)
    for deed in (
        lambda: review_application(desk.district, draft, PASSED),
        lambda: review_applications(desk.district, desk.batch.id, [draft], PASSED),
        lambda: reopen_review(desk.district, draft, "误判"),
    ):
        with pytest.raises(NotFound):
            deed()


def test_nothing_is_reviewed_after_the_review_is_closed(app: Flask) -> None:
    desk = Desk()
    one = desk.looked_at()
    with writing():
        db.session.get_one(RecruitmentBatch, desk.batch.id).state = BatchState.EXAM
    for deed in (
        lambda: review_application(desk.second, one, PASSED),
        lambda: review_applications(desk.second, desk.batch.id, [one], PASSED),
        lambda: reopen_review(desk.second, one, "证书有误"),
    ):
        assert "只能在“报名审查”阶段办理" in refusal(deed)


def test_who_looked_at_an_older_version_is_shown_that_it_changed(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    seen = application(one).version
    review_application(desk.first, one, Finding(Verdict.PASSED, version=seen))
    with pytest.raises(Conflict):
        review_application(desk.second, one, Finding(Verdict.PASSED, version=seen))
    assert len(reviews(one)) == 1


def test_a_review_is_taken_back_with_a_reason_that_names_nobody_in_the_trail(app: Flask) -> None:
    desk = Desk()
    one = desk.looked_at(name="褚明岚", phone="13800001234")
    review_application(desk.second, one, PASSED)
    assert "请写明原因" in refusal(lambda: reopen_review(desk.first, one, "  "))
    reopen_review(desk.first, one, "褚明岚（13800001234）来电说明学历有误")
    assert application(one).state is ApplicationState.SUBMITTED
    assert application(one).checked == {}
    note = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "reopen_review")).one()
    assert note == f"{application(one).number}：其本人（•••）来电说明学历有误"
    assert "无需重新审查" in refusal(lambda: reopen_review(desk.first, one, "再来一次"))


def test_reasons_of_reviews_stay_out_of_the_trail(app: Flask) -> None:
    desk = Desk()
    desk.looked_at(Finding(Verdict.FAILED, "褚明岚户籍不符"))
    kept = "".join(str(change.new) for change in db.session.scalars(select(AuditChange)))
    assert "褚明岚" not in kept


def test_the_review_closes_when_nobody_waits_and_everything_that_hinders_is_told(app: Flask) -> None:
    desk = Desk()
    waiting, first, back = desk.applied(), desk.looked_at(), desk.applied(ApplicationState.RETURNED)
    said = refusal(lambda: close_review(desk.district, desk.batch.id))
    for why in ("2025-12-12 尚未过", "待初审 1 人", "待复审 1 人", "退回补正 1 人"):
        assert why in said
    with clock.Stopped(AFTER_CLOSING):
        for one in (waiting, back):
            review_application(desk.first, one, FAILED)
            review_application(desk.second, one, FAILED)
        review_application(desk.second, first, PASSED)
        assert close_review(desk.district, desk.batch.id) == 1
    assert db.session.get_one(RecruitmentBatch, desk.batch.id, populate_existing=True).state is BatchState.EXAM


def test_a_review_that_admitted_nobody_is_not_closed(app: Flask) -> None:
    desk = Desk()
    desk.applied(ApplicationState.REJECTED)
    desk.applied(ApplicationState.WITHDRAWN)
    with clock.Stopped(AFTER_CLOSING):
        assert "没有审查通过的人员" in refusal(lambda: close_review(desk.district, desk.batch.id))


def test_streets_do_not_close_the_review(app: Flask) -> None:
    desk = Desk()
    with pytest.raises(Refused, match="没有办理这项业务的权限"):
        close_review(desk.first, desk.batch.id)


def test_papers_are_looked_at_again_before_the_interview(app: Flask) -> None:
    desk = Desk()
    with writing():
        batch = db.session.get_one(RecruitmentBatch, desk.batch.id)
        batch.state, batch.closes_on = BatchState.INTERVIEW, date(2025, 11, 30)
    in_, out, left = (make_application(desk.position, ApplicationState.ADMITTED) for _ in range(3))
    for one, shortlisted in ((in_, True), (out, True), (left, False)):
        make_examinee(one, shortlisted=shortlisted)
    recheck_candidate(desk.second, in_.id, held=True)
    assert "请写明原因" in refusal(lambda: recheck_candidate(desk.second, out.id, held=False))
    recheck_candidate(desk.second, out.id, held=False, reason="原件与复印件不符")
    assert "不在面试人选中" in refusal(lambda: recheck_candidate(desk.second, left.id, held=True))
    rows = db.session.execute(select(EligibilityReview.stage, EligibilityReview.verdict)).all()
    assert rows == [(ReviewStage.BEFORE_INTERVIEW, Verdict.PASSED), (ReviewStage.BEFORE_INTERVIEW, Verdict.FAILED)]


def test_five_hundred_are_the_most_at_once(app: Flask) -> None:
    desk = Desk()
    actor: Actor = desk.first
    assert "一次最多办理 500 人" in refusal(lambda: review_applications(actor, desk.batch.id, range(1, 502), PASSED))
