"""The open pages on which candidates apply, as a phone's browser without script meets them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    EligibilityReview,
    RecruitmentBatch,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.operations.candidates import FAILURES_BEFORE_LOCK, renew_code
from tests.employees.test_papers import make_image
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_identity, selects_of
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

PERSONAL = {
    "name": "黎书航",
    "identity": "",
    "phone": "13812345678",
    "ethnic": "01",
    "marital": "10",
    "political": "03",
    "political_since": "2012-05",
    "native_place": "山东费县",
    "household_place": "山东省临沂市费县费城街道",
    "address": "费县费城街道文化路1号",
}
STUDY = {
    "education": "21",
    "full_time": "yes",
    "degree": "4",
    "school": "临沂大学",
    "major": "社会工作",
    "graduated_on": "2020-06",
    "certificate": "",
    "certificate_number": "",
    "certified_on": "",
    "source": "graduate",
    "joined_work_on": "",
    "experience_months": "",
    "military_months": "",
}
HISTORY = {
    "resume-0-starts_on": "2016-09",
    "resume-0-ends_on": "2020-06",
    "resume-0-text": "临沂大学学生",
    "family-0-relation": "父亲",
    "family-0-name": "黎某",
    "family-0-born_on": "",
    "family-0-political": "13",
    "family-0-work": "务农",
    "rewards": "",
}


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A candidate's browser."""
    return app.test_client()


def begin(client: FlaskClient, batch: RecruitmentBatch, position_id: int, **changes: Any) -> Any:
    """Send the first page."""
    given = {
        "position_id": str(position_id),
        "name": "黎书航",
        "identity": make_identity(date(1998, 4, 12), serial=11),
        "phone": "13812345678",
        "consented": "y",
    }
    sent = {name: value for name, value in (given | changes).items() if value is not None}
    return client.post(f"/apply/{batch.id}/begin", data=sent)


def upload(client: FlaskClient, code: str, body: bytes | None = None, name: str = "材料.jpg") -> Any:
    """Send a paper."""
    file = (BytesIO(make_image(size=(60, 80)) if body is None else body), name)
    return client.post("/apply/own/papers/add", data={"code": code, "file": file})


def filled(client: FlaskClient, batch: RecruitmentBatch, position_id: int, **changes: Any) -> None:
    """Begin and fill in everything but the pledge."""
    assert begin(client, batch, position_id, **changes).status_code == 302
    assert client.post("/apply/own/personal", data=PERSONAL).location == "/apply/own/study"
    assert client.post("/apply/own/study", data=STUDY).location == "/apply/own/history"
    assert client.post("/apply/own/history", data=HISTORY).location == "/apply/own/groups"
    groups = {"position_id": str(position_id), "groups": "graduate", "accepts_transfer": "y"}
    assert client.post("/apply/own/groups", data=groups).location == "/apply/own/papers"
    photo = {"photo": (BytesIO(make_image(size=(300, 400))), "照片.jpg")}
    assert client.post("/apply/own/photo", data=photo).status_code == 302
    for code in ("identity", "diploma", "household"):
        assert upload(client, code).status_code == 302


def only() -> Application:
    """The one application there is."""
    return db.session.query(Application).populate_existing().one()


def entered(client: FlaskClient, application: Application) -> None:
    """Come back to an application with a new code."""
    ticket = renew_code(CLERK, application.id)
    sent = {"number": ticket.number, "code": ticket.code.lower()}
    assert client.post("/apply/enter", data=sent).location == "/apply/own"


def test_a_candidate_applies_from_the_list_of_batches_to_the_receipt(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community, 2)
    assert f"/apply/{batch.id}" in client.get("/apply").text
    notice = client.get(f"/apply/{batch.id}").text
    assert "及以上学历" in notice
    assert "退出现役证件" in notice
    consent = client.get(f"/apply/{batch.id}/begin?position={position.id}").text
    assert "保存 6 个月" in consent
    assert begin(client, batch, position.id).location == "/apply/code"
    code_page = client.get("/apply/code").text
    number = only().number
    assert number in code_page
    code = re.findall(r'<p class="big">([0-9A-Z]{10})</p>', code_page)[0]
    assert client.post("/apply/code").location == "/apply/own/personal"
    assert client.get("/apply/code").location == "/apply/own"
    assert only().state is ApplicationState.DRAFT
    assert client.post("/apply/leave").status_code == 302
    assert client.get("/apply/own").location == "/apply/enter"
    assert client.post("/apply/enter", data={"number": number, "code": f" {code.lower()} "}).location == "/apply/own"
    for step in ("personal", "study", "history", "groups", "papers", "check"):
        assert client.get(f"/apply/own/{step}").status_code == 200
    check = client.get("/apply/own/check").text
    assert "还缺材料" in check
    assert 'href="/apply/own/study#education"' in check


def test_what_was_filled_in_is_previewed_with_advice_and_handed_in_once(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    filled(client, batch, position.id)
    check = client.get("/apply/own/check").text
    for words in ("临沂大学", "本科", "学历为", "务农", "应届高校毕业生", "系统预审"):
        assert words in check
    assert "还缺材料" not in check
    refused = client.post("/apply/own/submit", data={})
    assert (refused.status_code, "勾选诚信承诺" in refused.text) == (422, True)
    assert client.post("/apply/own/submit", data={"pledged": "y"}).location == "/apply/own/receipt"
    kept = only()
    assert (kept.state, kept.taken_index) == (ApplicationState.SUBMITTED, kept.identity_index)
    assert (kept.full_time, kept.accepts_transfer, kept.groups) == (True, True, ["graduate"])
    receipt = client.get("/apply/own/receipt").text
    assert kept.number in receipt
    assert "2025-12-05 10:00" in receipt
    assert client.get("/apply/own/personal").location == "/apply/own"
    late = client.post("/apply/own/personal", data=PERSONAL | {"name": "韩书航"})
    assert (late.status_code, "已提交，不能再修改" in late.text) == (422, True)
    assert only().name == "黎书航"


def test_nothing_is_kept_without_consent(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    refused = begin(client, batch, position.id, consented=None)
    assert (refused.status_code, "勾选同意" in refused.text) == (422, True)
    assert db.session.query(Application).count() == 0


def test_missing_papers_stand_in_the_way_and_unmet_conditions_do_not(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    filled(client, batch, position.id, identity=make_identity(date(1970, 1, 1), serial=12))
    paper = re.findall(r"/apply/own/papers/(\d+)/remove", client.get("/apply/own/papers").text)[0]
    assert client.post(f"/apply/own/papers/{paper}/remove").status_code == 302
    refused = client.post("/apply/own/submit", data={"pledged": "y"})
    assert (refused.status_code, "还缺以下材料：居民身份证" in refused.text) == (422, True)
    upload(client, "identity")
    assert "不符合" in client.get("/apply/own/check").text
    assert client.post("/apply/own/submit", data={"pledged": "y"}).location == "/apply/own/receipt"


def test_documents_of_a_group_are_asked_of_that_group(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    filled(client, batch, position.id)
    assert "退出现役证件" not in client.get("/apply/own/papers").text
    client.post("/apply/own/groups", data={"position_id": str(position.id), "groups": "veteran"})
    assert "退出现役证件" in client.get("/apply/own/papers").text
    assert "退出现役证件" in client.post("/apply/own/submit", data={"pledged": "y"}).text


def test_a_file_that_is_no_picture_or_too_large_is_refused_beside_its_document(
    town: Town, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = make_batch(town.district)
    begin(client, batch, make_position(batch, town.community).id)
    wrong = upload(client, "diploma", b"MZ\x90 program", "证书.jpg")
    assert (wrong.status_code, "按文件内容判断" in wrong.text) == (422, True)
    monkeypatch.setattr("careerpath.recruitment.operations.candidates.OWN_PAPER_LIMIT", 100 * 1024)
    large = upload(client, "diploma", b"%PDF-" + b"0" * 100 * 1024, "证书.pdf")
    assert (large.status_code, "请压缩后再上传" in large.text) == (422, True)
    photo = client.post("/apply/own/photo", data={"photo": (BytesIO(b"%PDF-1.7"), "照片.jpg")})
    assert (photo.status_code, "照片应为 JPEG 或 PNG" in photo.text) == (422, True)
    assert upload(client, "weapon").status_code == 422


def test_the_second_application_of_one_person_is_refused_when_it_is_handed_in(
    town: Town, client: FlaskClient, app: Flask
) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    filled(client, batch, position.id)
    client.post("/apply/own/submit", data={"pledged": "y"})
    first = only().number
    other = app.test_client()
    filled(other, batch, position.id)
    refused = other.post("/apply/own/submit", data={"pledged": "y"})
    assert (refused.status_code, "每人只能报一个岗位" in refused.text) == (422, True)
    assert first not in refused.text


def test_a_wrong_code_and_an_unknown_number_are_answered_alike_and_five_lock(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    application = make_application(make_position(batch, town.community))
    ticket = renew_code(CLERK, application.id)
    plain = [
        re.sub(r'value="[^"]*"|content="[^"]*"', "", client.post("/apply/enter", data=sent).text)
        for sent in ({"number": ticket.number, "code": "2222222222"}, {"number": "2025-99-0001", "code": ticket.code})
    ]
    assert plain[0] == plain[1]
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        client.post("/apply/enter", data={"number": ticket.number, "code": "2222222222"})
    right = {"number": ticket.number, "code": ticket.code}
    assert client.post("/apply/enter", data=right).status_code == 401
    with clock.Stopped(datetime(2025, 12, 5, 2, 16, tzinfo=UTC)):
        assert client.post("/apply/enter", data=right).location == "/apply/own"


def test_a_browser_forgets_the_candidate_after_half_an_hour(town: Town, client: FlaskClient) -> None:
    entered(client, make_application(make_position(make_batch(town.district), town.community)))
    with clock.Stopped(datetime(2025, 12, 5, 2, 29, tzinfo=UTC)):
        assert client.get("/apply/own").status_code == 200
    with clock.Stopped(datetime(2025, 12, 5, 3, 0, tzinfo=UTC)):
        assert client.get("/apply/own").location == "/apply/enter"


def test_a_new_code_ends_the_sessions_of_the_former_one(town: Town, client: FlaskClient) -> None:
    application = make_application(make_position(make_batch(town.district), town.community))
    entered(client, application)
    renew_code(CLERK, application.id)
    assert client.get("/apply/own").location == "/apply/enter"
    assert client.post("/apply/own/withdraw", data={"confirmed": "y"}).location == "/apply/enter"


def test_an_application_sent_back_shows_why_and_is_handed_in_again(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    filled(client, batch, position.id)
    client.post("/apply/own/submit", data={"pledged": "y"})
    with writing() as session:
        application = session.query(Application).one()
        application.state = ApplicationState.RETURNED
        session.add(
            EligibilityReview(
                application_id=application.id,
                stage=ReviewStage.FIRST,
                verdict=Verdict.RETURNED,
                reason="学历证书不清晰",
                by="审查员",
                at=clock.now(),
            )
        )
    page = client.get("/apply/own").text
    assert "学历证书不清晰" in page
    assert "审查员" not in page
    with clock.Stopped(datetime(2025, 12, 14, 2, 0, tzinfo=UTC)):
        client.post("/apply/enter", data={})
        entered(client, only())
        assert client.post("/apply/own/study", data=STUDY | {"major": "社会学"}).status_code == 302
        assert client.post("/apply/own/submit", data={"pledged": "y"}).location == "/apply/own/receipt"
    assert (only().state, only().major) == (ApplicationState.SUBMITTED, "社会学")


def test_an_application_is_withdrawn_once_it_is_confirmed(town: Town, client: FlaskClient) -> None:
    entered(client, make_application(make_position(make_batch(town.district), town.community)))
    assert "不能恢复" in client.get("/apply/own/withdraw").text
    assert client.post("/apply/own/withdraw", data={}).status_code == 422
    assert client.post("/apply/own/withdraw", data={"confirmed": "y"}).location == "/apply/own"
    assert (only().state, only().taken_index) == (ApplicationState.WITHDRAWN, None)


def test_seat_is_shown_once_it_is_drawn_and_scores_once_they_are_out(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district, BatchState.EXAM)
    application = make_application(make_position(batch, town.community), ApplicationState.ADMITTED)
    examinee = make_examinee(application)
    entered(client, application)
    page = client.get("/apply/own").text
    assert examinee.exam_number in page
    assert "1 号楼 101" in page
    assert examinee.secret_number not in page


def test_after_closing_the_pages_say_that_it_is_over(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    with clock.Stopped(datetime(2025, 12, 12, 16, 0, tzinfo=UTC)):
        assert "报名已经结束" in client.get(f"/apply/{batch.id}").text
        assert "报名已经结束" in client.get(f"/apply/{batch.id}/begin").text
        assert begin(client, batch, position.id).status_code == 422
    assert db.session.query(Application).count() == 0


def test_planned_and_closed_circles_are_not_shown(town: Town, client: FlaskClient) -> None:
    planned = make_batch(town.district, BatchState.PLANNED)
    inner = make_batch(town.district, public=False)
    for batch in (planned, inner):
        assert client.get(f"/apply/{batch.id}").status_code == 404
        assert client.get(f"/apply/{batch.id}/begin").status_code == 404
    assert "目前没有招聘批次" in client.get("/apply").text


def test_nobody_applies_for_a_place_that_is_filled_by_election(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district)
    make_position(batch, town.community)
    elected = make_position(batch, town.neighbour, channel=Channel.BY_ELECTION)
    assert begin(client, batch, elected.id).status_code == 422


def test_too_many_drafts_from_one_address_are_stopped(
    town: Town, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careerpath.recruitment.operations.candidates.DRAFTS_FROM_ADDRESS", 2)
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    assert [begin(client, batch, position.id).status_code for _ in range(3)] == [302, 302, 429]


def test_the_pages_ask_few_questions_of_the_database(town: Town, client: FlaskClient) -> None:
    batch = make_batch(town.district, BatchState.NOTICE)
    position = make_position(batch, town.community)
    application = make_application(position, ApplicationState.ADMITTED)
    make_examinee(application)
    entered(client, application)
    for address in ("/apply", f"/apply/{batch.id}", f"/apply/{batch.id}/lists", "/apply/own"):
        assert len(selects_of(lambda address=address: client.get(address))) <= 8, address  # type: ignore[misc]
    batch = make_batch(town.district)
    begin(client, batch, make_position(batch, town.community).id)
    for step in ("personal", "study", "history", "groups", "papers", "check"):
        found = selects_of(lambda step=step: client.get(f"/apply/own/{step}"))  # type: ignore[misc]
        assert 0 < len(found) <= 8, step


def test_a_number_and_nothing_else_of_others_is_ever_shown(town: Town, client: FlaskClient, app: Flask) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    mine, other = make_application(position), make_application(position, name="韩某人")
    entered(client, mine)
    stranger = app.test_client()
    entered(stranger, other)
    upload_page = client.get("/apply/own").text
    assert "韩某人" not in upload_page
    assert client.get("/apply/own/papers/1").status_code == 404


@pytest.fixture
def forged(app: Flask) -> Iterator[FlaskClient]:
    """A browser that is asked for the token of its forms."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


def test_a_form_of_another_site_does_nothing(town: Town, forged: FlaskClient) -> None:
    batch = make_batch(town.district)
    assert begin(forged, batch, make_position(batch, town.community).id).status_code == 400
    assert db.session.query(Application).count() == 0


def test_somebody_signed_in_meets_the_open_pages_without_the_menu(town: Town, app: Flask) -> None:
    batch = make_batch(town.district)
    make_position(batch, town.community)
    office = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    assert 'class="menu"' not in office.get(f"/apply/{batch.id}").text
