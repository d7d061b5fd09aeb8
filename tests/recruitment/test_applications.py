"""The applications of a batch as the offices see them: who finds whom, what a record shows, what stays masked."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
    Verdict,
)
from careerpath.recruitment.operations.review import Finding, review_application
from careerpath.recruitment.queries.advice import Standing
from careerpath.recruitment.queries.applications import ApplicationFilter, application_lines, state_counts
from careerpath.recruitment.queries.sealed import keep_file
from tests.employees.test_papers import make_image
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_identity, selects_of
from tests.factories.recruitment import make_application, make_batch, make_position

MOST_QUERIES = 8
PASSED = Finding(Verdict.PASSED)


class Office:
    """A batch with a position at each of two streets, and the clerks of both."""

    def __init__(self) -> None:
        self.town = Town()
        self.batch = make_batch(self.town.district)
        self.position = make_position(self.batch, self.town.community, code="001")
        self.elsewhere = make_position(self.batch, self.town.foreign, code="002", title="党群服务岗")
        self.clerk = make_actor(Role.STREET_HR, self.town.street, "王初审")
        self.other = make_actor(Role.STREET_HR, self.town.street, "李复审")
        self.foreign = make_actor(Role.STREET_HR, self.town.other_street, "外街道")
        self.district = make_actor(Role.DISTRICT_HR, self.town.district, "区级")

    def found(self, actor: Any = None, **wanted: Any) -> set[str]:
        page = application_lines(actor or self.district, self.batch, ApplicationFilter(**wanted))
        return {row.name for row in page.rows}

    def url(self, rest: str = "") -> str:
        return f"/recruitment/batches/{self.batch.id}/applications{rest}"


def record(application: Application, rest: str = "") -> str:
    return f"/recruitment/applications/{application.id}{rest}"


def paper(application: Application, code: str, body: bytes = b"%PDF-1.7 diploma") -> int:
    with writing() as session:
        kept = ApplicationPaper(
            application_id=application.id,
            code=code,
            name=f"{code}.pdf",
            file_key=keep_file(body, application.uid),
            media_type="application/pdf",
            size=len(body),
            added_at=datetime.fromisoformat("2025-12-01T00:00:00+00:00"),
        )
        session.add(kept)
    return kept.id


def test_a_street_sees_the_applicants_of_its_own_positions_and_nobody_sees_drafts(app: Flask) -> None:
    office = Office()
    make_application(office.position, name="甲")
    make_application(office.elsewhere, name="乙")
    make_application(office.position, ApplicationState.DRAFT, name="丙")
    assert office.found() == {"甲", "乙"}
    assert office.found(office.clerk) == {"甲"}
    assert office.found(office.foreign) == {"乙"}
    assert state_counts(office.foreign, office.batch).by_state == {ApplicationState.SUBMITTED: 1}


def test_people_are_found_by_everything_that_the_list_filters(app: Flask) -> None:
    office = Office()
    first = make_application(
        office.position, name="吕思涵", entry=Entry.CANDIDATE, groups=["veteran"], bonus=["veteran"]
    )
    make_application(office.elsewhere, ApplicationState.ADMITTED, name="段景云", education="61")
    make_application(office.elsewhere, name="鲁南", household_place="")
    assert office.found(q="思涵") == {"吕思涵"}
    assert office.found(q="lsh") == {"吕思涵"}
    assert office.found(q=first.number[-4:]) == {"吕思涵"}
    assert office.found(position="002") == {"段景云", "鲁南"}
    assert office.found(position="党群") == {"段景云", "鲁南"}
    assert office.found(unit="上冶") == {"段景云", "鲁南"}
    assert office.found(state=ApplicationState.ADMITTED) == {"段景云"}
    assert office.found(entry=Entry.STAFF) == {"段景云", "鲁南"}
    assert office.found(group="veteran") == {"吕思涵"}
    assert office.found(group="vet") == set()
    assert office.found(q="%") == set()


def test_the_advice_filters_what_is_met_not_met_or_cannot_be_told(app: Flask) -> None:
    office = Office()
    make_application(office.position, name="符")
    make_application(office.position, name="否", education="61")
    make_application(office.position, name="缺", household_place="")
    online = make_application(office.position, name="网", entry=Entry.CANDIDATE)
    assert office.found(advice=Standing.ELIGIBLE) == {"符"}
    assert office.found(advice=Standing.INELIGIBLE) == {"否"}
    assert office.found(advice=Standing.INCOMPLETE) == {"缺", "网"}
    for code in ("identity", "diploma", "household", "photo"):
        paper(online, code)
    assert office.found(advice=Standing.ELIGIBLE) == {"符", "网"}


def test_only_what_needs_no_second_thought_can_be_ticked(app: Flask) -> None:
    office = Office()
    clear = make_application(office.position)
    make_application(office.position, education="61")
    make_application(office.position, bonus=["veteran"])
    own = make_application(office.position)
    review_application(office.clerk, own.id, PASSED)
    ready = {row.id for row in application_lines(office.clerk, office.batch, ApplicationFilter()).rows if row.ready}
    assert ready == {clear.id}
    ready = {row.id for row in application_lines(office.other, office.batch, ApplicationFilter()).rows if row.ready}
    assert ready == {clear.id, own.id}


def test_the_list_pages_by_key_in_both_orders(app: Flask) -> None:
    office = Office()
    names = [make_application(office.position).name for _ in range(53)]
    for sort in ("number", "-number", "name", "-name"):
        first = application_lines(office.district, office.batch, ApplicationFilter(), sort)
        second = application_lines(office.district, office.batch, ApplicationFilter(), sort, after=first.after)
        assert (len(first.rows), len(second.rows)) == (50, 3)
        assert {row.name for row in (*first.rows, *second.rows)} == set(names)


@pytest.mark.parametrize("people", [2, 30])
def test_pages_cost_as_much_for_many_as_for_few(app: Flask, people: int) -> None:
    office = Office()
    made = [make_application(office.position, entry=Entry.CANDIDATE, bonus=["veteran"]) for _ in range(people)]
    for one in made[:-1]:
        paper(one, "diploma")
        review_application(office.clerk, one.id, PASSED)
    client = signed_in(app, office.other)
    for url in (
        office.url(),
        office.url("?advice=eligible&q=a&unit=费城"),
        record(made[0]),
        record(made[0], "/review"),
        record(made[-1], "/edit"),
        record(made[0], "/papers"),
        office.url("/new"),
    ):
        client.get(url)
        assert client.get(url).status_code == 200, url
        assert len(selects_of(lambda url=url: client.get(url))) <= MOST_QUERIES, url  # type: ignore[misc]


def test_a_record_shows_what_was_said_and_masks_who_it_is(app: Flask) -> None:
    office = Office()
    identity = make_identity(date(1996, 2, 3), serial=321)
    one = make_application(
        office.position,
        identity=identity,
        name="吕思涵",
        phone="13812345678",
        resume=[{"starts_on": "2018-07-01", "ends_on": None, "text": "费县某公司职员"}],
        family=[{"relation": "父亲", "name": "吕大山", "born_on": "1970-01-01", "political": "01", "work": "务农"}],
        education="61",
    )
    paper(one, "identity")
    page = signed_in(app, office.clerk).get(record(one)).text
    for told in ("吕思涵", "138****5678", "费县某公司职员", "吕大山", "及以上，不符合", "第三条", "不符合"):
        assert told in page
    assert identity not in page
    assert "13812345678" not in page
    assert "文化路1号" not in page
    assert "填写事由后查看" in page


def test_the_full_number_and_identity_papers_are_opened_for_a_reason_only(app: Flask) -> None:
    office = Office()
    identity = make_identity(date(1996, 2, 3), serial=322)
    one = make_application(office.position, identity=identity, name="吕思涵")
    card, diploma = paper(one, "identity", b"%PDF-1.7 card"), paper(one, "diploma")
    client = signed_in(app, office.clerk)
    assert client.get(record(one, f"/papers/{card}")).status_code == 404
    assert client.get(record(one, f"/papers/{diploma}")).data == b"%PDF-1.7 diploma"
    assert "attachment" in client.get(record(one, f"/papers/{diploma}?download=1")).headers["Content-Disposition"]
    refused = client.post(record(one, "/identity"), data={"reason": "看"})
    assert refused.status_code == 422
    assert identity not in refused.text
    assert identity in client.post(record(one, "/identity"), data={"reason": "核对吕思涵身份证原件"}).text
    opened = client.post(record(one, f"/papers/{card}/identity"), data={"reason": "核对身份证原件"})
    assert opened.data == b"%PDF-1.7 card"
    notes = db.session.scalars(
        select(AuditEntry.note).where(AuditEntry.operation.in_(("reveal_applicant", "reveal_application_paper")))
    ).all()
    assert notes == [f"{one.number}：核对其本人身份证原件", f"{one.number}：identity，核对身份证原件"]


def test_the_auditor_sees_records_and_does_nothing(app: Flask) -> None:
    office = Office()
    one = make_application(office.position)
    auditor = make_actor(Role.AUDITOR, office.town.district)
    client = signed_in(app, auditor)
    page = client.get(record(one)).text
    assert "初审</a>" not in page
    for rest in ("/review", "/edit", "/papers", "/withdraw", "/identity", "/reopen"):
        assert client.get(record(one, rest)).status_code == 403, rest


@pytest.mark.parametrize("rest", ["", "/review", "/edit", "/papers", "/withdraw", "/identity", "/photo"])
def test_a_foreign_street_and_a_draft_are_not_there(app: Flask, rest: str) -> None:
    office = Office()
    one, draft = make_application(office.position), make_application(office.elsewhere, ApplicationState.DRAFT)
    client = signed_in(app, office.foreign)
    assert client.get(record(one, rest)).status_code == 404
    assert client.get(record(draft, rest)).status_code == 404


def filled(position_id: int, **changes: Any) -> dict[str, Any]:
    return {
        "name": "段景云",
        "identity": make_identity(date(1997, 5, 6), serial=555),
        "phone": "13900001111",
        "position_id": position_id,
        "education": "21",
        "full_time": "yes",
        "degree": "4",
        "school": "临沂大学",
        "graduated_on": "2019-07",
        "household_place": "费县",
        "political": "13",
        "marital": "10",
        "ethnic": "01",
        "source": "other",
        "resume-0-starts_on": "2019-07",
        "resume-0-text": "费县某公司",
    } | changes


def scan() -> tuple[BytesIO, str]:
    return BytesIO(make_image()), "scan.jpg"


def only() -> Application:
    return db.session.scalars(select(Application).execution_options(populate_existing=True)).one()


def test_an_office_enters_changes_and_withdraws_an_application(app: Flask) -> None:
    office = Office()
    client = signed_in(app, office.clerk)
    assert client.post(office.url("/new"), data=filled(office.position.id, identity="123")).status_code == 422
    assert client.post(office.url("/new"), data=filled(office.position.id)).status_code == 302
    one = only()
    assert (one.state, one.entry, one.name) == (ApplicationState.SUBMITTED, Entry.STAFF, "段景云")
    form = client.get(record(one, "/edit")).text
    assert "13900001111" in form
    assert make_identity(date(1997, 5, 6), serial=555) not in form
    seen = one.version
    change = filled(office.position.id, identity="", name="段景运", version=seen)
    assert client.post(record(one, "/edit"), data=change).status_code == 302
    assert only().name == "段景运"
    late = client.post(record(one, "/edit"), data=filled(office.position.id, identity="", name="段锦云", version=seen))
    assert late.status_code == 409
    assert "段锦云" in late.text
    assert "段景运" in late.text
    assert client.post(record(one, "/withdraw"), data={"reason": ""}).status_code == 422
    assert client.post(record(one, "/withdraw"), data={"reason": "本人放弃"}).status_code == 302
    assert only().state is ApplicationState.WITHDRAWN
    again = client.get(record(one, "/withdraw"), follow_redirects=True).text
    assert "现为“已撤回”，现在不能办理" in again


def test_a_street_offers_its_own_positions_only(app: Flask) -> None:
    office = Office()
    client = signed_in(app, office.clerk)
    assert "党群服务岗" not in client.get(office.url("/new")).text
    assert client.post(office.url("/new"), data=filled(office.elsewhere.id)).status_code == 422


def test_staff_keep_photo_and_papers(app: Flask) -> None:
    office = Office()
    one = make_application(office.position)
    client = signed_in(app, office.clerk)
    added = client.post(record(one, "/papers"), data={"code": "diploma", "file": scan()})
    assert added.status_code == 302
    assert client.post(record(one, "/papers"), data={"code": "diploma"}).status_code == 422
    assert client.post(record(one, "/photo"), data={"photo": scan()}).status_code == 302
    assert client.get(record(one, "/photo")).mimetype == "image/jpeg"
    kept = db.session.scalars(select(ApplicationPaper)).one()
    assert client.post(record(one, f"/papers/{kept.id}/remove")).status_code == 302
    assert db.session.scalars(select(ApplicationPaper.id)).all() == []


def test_nothing_is_entered_once_the_review_is_closed(app: Flask) -> None:
    office = Office()
    one = make_application(office.position, ApplicationState.ADMITTED)
    with writing():
        db.session.get_one(RecruitmentBatch, office.batch.id).state = BatchState.EXAM
    client = signed_in(app, office.clerk)
    assert client.get(office.url("/new")).status_code == 404
    assert client.get(record(one, "/edit")).status_code == 302
    assert "录入报名" not in client.get(office.url()).text


def test_somebody_who_lost_the_code_gets_a_new_one_shown_once(app: Flask) -> None:
    office = Office()
    one = make_application(office.position)
    client = signed_in(app, office.clerk)
    assert "请先核对本人身份证原件" in client.get(record(one, "/code")).text
    shown = client.post(record(one, "/code")).text
    code = re.search(r'<p class="big">(\w{10})</p>', shown)
    assert code is not None
    assert only().code_hash not in ("", code[1])
    assert code[1] not in client.get(record(one, "/code")).text
