"""The review as people do it: one after the other, many at once, taken back, closed; and what waits at home."""

import re
from typing import Any

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.dashboard.queries.tasks.recruitment import review_tasks
from careerpath.recruitment.models import ApplicationState, BatchState, RecruitmentBatch, Verdict
from careerpath.recruitment.operations.review import Finding, review_application
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position
from tests.recruitment.test_review import AFTER_CLOSING, Desk, application, reviews

MET = {"checked-conduct": "yes", "checked-health": "yes"}


def page(application_id: int, rest: str = "/review") -> str:
    return f"/recruitment/applications/{application_id}{rest}"


def listed(desk: Desk, rest: str = "") -> str:
    return f"/recruitment/batches/{desk.batch.id}/applications{rest}"


def test_a_reviewer_judges_each_condition_and_goes_on_to_the_next(app: Flask) -> None:
    desk = Desk()
    one, two = desk.applied(), desk.applied()
    client = signed_in(app, desk.first)
    assert client.get(listed(desk, "/next")).location == page(one)
    form = client.get(page(one)).text
    assert "遵纪守法，品行端正" in form
    assert not re.search(r"<input[^>]* checked", form)
    assert "保存并审下一个" in form
    unsaid = client.post(page(one), data={"verdict": "passed", "checked-conduct": "yes"})
    assert unsaid.status_code == 422
    assert "请逐项核对并选择" in unsaid.text
    done = client.post(page(one), data={"verdict": "passed", "next": "1", **MET})
    assert (done.status_code, done.location) == (302, page(two))
    assert application(one).state is ApplicationState.FIRST_REVIEWED


def test_the_second_sees_beside_what_the_first_found_and_nothing_is_chosen(app: Flask) -> None:
    desk = Desk()
    one = desk.applied(bonus=["veteran"])
    found = {"verdict": "failed", "reason": "身体条件证明过期", "checked-health": "no", "bonus-veteran": "yes"}
    assert signed_in(app, desk.first).post(page(one), data=found).status_code == 302
    shown = signed_in(app, desk.second).get(page(one)).text
    assert "初审情况" in shown
    assert "身体条件证明过期" in shown
    assert "身体条件：不符合" in shown
    assert "具有正常履行职责的身体条件，待人工核对" in shown
    assert not re.search(r"<input[^>]* checked", shown)
    own = signed_in(app, desk.first).get(page(one), follow_redirects=True).text
    assert "初审由王初审办理，复审须由另一人办理" in own


def test_a_refusal_keeps_what_was_typed(app: Flask) -> None:
    desk = Desk()
    one = desk.applied(education="61")
    refused = signed_in(app, desk.first).post(page(one), data={"verdict": "passed", **MET})
    assert refused.status_code == 422
    assert "不符合条件" in refused.text
    chosen = re.findall(r"<input[^>]* checked[^>]*>", refused.text)
    assert [re.search(r'value="(\w+)"', one)[1] for one in chosen] == ["yes", "yes", "passed"]  # type: ignore[index]


def test_who_reviews_an_application_that_changed_meanwhile_sees_it_again(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    seen = application(one).version
    with writing():
        application(one).major = "法学"
    late = signed_in(app, desk.first).post(page(one), data={"verdict": "passed", "version": seen, **MET})
    assert late.status_code == 409
    assert "法学" in late.text
    assert reviews(one) == []
    again = {"verdict": "passed", "version": application(one).version, **MET}
    assert signed_in(app, desk.first).post(page(one), data=again).status_code == 302


def test_the_queue_begins_anew_at_its_end_and_passes_over_ones_own_first_looks(app: Flask) -> None:
    desk = Desk()
    one, two, three = desk.applied(), desk.applied(), desk.applied()
    review_application(desk.first, two, Finding(Verdict.PASSED))
    client = signed_in(app, desk.first)
    assert client.get(listed(desk, f"/next?after={application(three).number}")).location == page(one)
    assert client.get(listed(desk, f"/next?after={application(one).number}")).location == page(three)
    second = signed_in(app, desk.second)
    assert second.get(listed(desk, f"/next?after={application(one).number}")).location == page(two)
    for each in (one, three):
        review_application(desk.first, each, Finding(Verdict.PASSED))
    assert client.get(listed(desk, "/next")).location == listed(desk)


def test_the_ticked_ones_pass_together_and_a_refusal_keeps_the_list(app: Flask) -> None:
    desk = Desk()
    clear, doubtful = desk.applied(), desk.applied(education="61")
    client = signed_in(app, desk.first)
    shown = client.get(listed(desk)).text
    assert f'name="ids" value="{clear}"' in shown
    assert f'name="ids" value="{doubtful}"' not in shown
    refused = client.post(listed(desk, "?sort=name"), data={"ids": [clear, doubtful], "act": "pass"})
    assert refused.status_code == 422
    assert application(doubtful).number in refused.text
    assert client.post(listed(desk), data={"act": "pass"}).status_code == 422
    done = client.post(listed(desk, "?sort=name"), data={"ids": [clear], "act": "pass"})
    assert (done.status_code, done.location) == (302, listed(desk, "?sort=name"))
    assert application(clear).state is ApplicationState.FIRST_REVIEWED


def test_what_was_never_completed_is_rejected_together_after_closing(app: Flask) -> None:
    desk = Desk()
    late = [desk.applied(ApplicationState.RETURNED) for _ in range(3)]
    with clock.Stopped(AFTER_CLOSING):
        client = signed_in(app, desk.first)
        assert client.get(listed(desk)).text.count('name="ids"') == 3
        assert client.post(listed(desk), data={"ids": late, "act": "fail"}).status_code == 422
        done = client.post(listed(desk), data={"ids": late, "act": "fail", "reason": "逾期未补正"})
        assert done.status_code == 302
    assert {application(one).state for one in late} == {ApplicationState.FIRST_REVIEWED}


def test_a_review_is_taken_back_from_the_record(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    client = signed_in(app, desk.first)
    assert "现在不能办理" in client.get(page(one, "/reopen"), follow_redirects=True).text
    review_application(desk.first, one, Finding(Verdict.PASSED))
    assert client.post(page(one, "/reopen"), data={"reason": ""}).status_code == 422
    assert client.post(page(one, "/reopen"), data={"reason": "材料有误"}).status_code == 302
    assert application(one).state is ApplicationState.SUBMITTED


def test_the_district_sees_what_hinders_the_closing_and_closes(app: Flask) -> None:
    desk = Desk()
    one = desk.looked_at()
    url = listed(desk, "/close")
    client = signed_in(app, desk.district)
    shown = client.get(url).text
    assert "待复审 1 人" in shown
    assert "尚未过" in shown
    assert client.post(url).status_code == 422
    review_application(desk.second, one, Finding(Verdict.PASSED))
    with clock.Stopped(AFTER_CLOSING):
        client = signed_in(app, desk.district)
        assert "审查通过的 1 人进入下一阶段" in client.get(url).text
        assert client.post(url).status_code == 302
        assert client.get(url).status_code == 302
    assert db.session.get_one(RecruitmentBatch, desk.batch.id, populate_existing=True).state is BatchState.EXAM
    assert signed_in(app, desk.first).get(url).status_code == 403


def test_the_papers_are_looked_at_again_from_the_record(app: Flask) -> None:
    desk = Desk()
    with writing():
        db.session.get_one(RecruitmentBatch, desk.batch.id).state = BatchState.INTERVIEW
    one = make_application(desk.position, ApplicationState.ADMITTED)
    make_examinee(one, shortlisted=True)
    client = signed_in(app, desk.first)
    assert "资格复审</a>" in client.get(page(one.id, "")).text
    assert client.post(page(one.id, "/recheck"), data={"held": "no"}).status_code == 422
    assert client.post(page(one.id, "/recheck"), data={"held": "yes"}).status_code == 302
    shown = client.get(page(one.id, "")).text
    assert "资格复审合格" in shown
    assert f"/recruitment/candidates/{one.id}" in shown


def told(actor: Any) -> list[tuple[str, str]]:
    return [(str(task.title), str(task.detail)) for task in review_tasks(actor)]


def test_home_tells_each_reviewer_what_waits_for_them(app: Flask) -> None:
    desk = Desk()
    with writing():
        db.session.get_one(RecruitmentBatch, desk.batch.id).name = "第四批"
    desk.looked_at()
    desk.applied()
    make_application(make_position(desk.batch, desk.town.foreign))
    make_application(make_position(make_batch(desk.town.district, BatchState.EXAM), desk.town.community))
    title = "审查费县第四批报名"
    with app.test_request_context():
        assert told(desk.first) == [(title, "待初审 1 人，待复审 0 人")]
        assert told(desk.second) == [(title, "待初审 1 人，待复审 1 人")]
        assert told(desk.foreign) == [(title, "待初审 1 人，待复审 0 人")]
        assert told(desk.district) == [(title, "待初审 2 人，待复审 1 人")]
        with clock.Stopped(AFTER_CLOSING):
            assert [line[0] for line in told(desk.district)] == [title, "结束费县第四批资格审查"]
        assert len(selects_of(lambda: told(desk.district))) == 2


@pytest.mark.parametrize("role", [Role.FINANCE, Role.COMMUNITY_SECRETARY, Role.AUDITOR])
def test_home_tells_nothing_to_those_who_do_not_review(app: Flask, role: Role) -> None:
    desk = Desk()
    desk.applied()
    with app.test_request_context():
        assert told(make_actor(role, desk.town.district)) == []
