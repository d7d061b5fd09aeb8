"""The pages about people, as clicked through."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.models import AuditEntry, User
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import CareerLine, Education, Employee, Posting
from careerpath.employees.operations.details import Details
from careerpath.employees.operations.facts import NewAbsence, NewCertificate, NewContract, NewDiscipline, NewEducation
from careerpath.employees.operations.people import change_employee, link_account
from tests.employees.test_papers import make_image, make_pdf
from tests.factories.access import PASSWORD, Town, make_user
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of

TABS = ("postings", "studies", "contracts", "background", "conduct", "papers", "history")


def signed_in(app: Flask, town: Town, role: Role = Role.STREET_HR) -> FlaskClient:
    """A browser in which somebody of the street has signed in."""
    unit = town.community if role in {Role.WORKER, Role.COMMUNITY_SECRETARY} else town.street
    make_user(role.value, role, unit)
    client = app.test_client()
    client.post("/sign-in", data={"name": role.value, "password": PASSWORD})
    return client


def first_page(**changes: str) -> dict[str, str]:
    """What is typed on the page for a new file."""
    return {
        "name": "黎书航",
        "identity": make_identity(serial=60),
        "ethnic": "01",
        "marital": "20",
        "political": "01",
        "political_since": "2013.6.1",
        "joined_community_on": "2018年7月1日",
        "channel": "open_recruitment",
        "source": "graduate",
        "unit": "书苑社区",
        "unit_id": "",
        "post": "staff",
        "level": "21",
    } | changes


def test_a_person_is_registered_on_a_page_and_listed(app: Flask) -> None:
    town = Town()
    client = signed_in(app, town)
    assert client.get("/employees").status_code == 200
    assert "还没有人员" in client.get("/employees").text
    answer = client.post("/employees/new", data=first_page())
    person = db.session.scalars(select(Employee)).one()
    assert (answer.status_code, answer.location) == (302, f"/employees/{person.id}")
    assert (person.political_since, person.joined_community_on) == (date(2013, 6, 1), date(2018, 7, 1))
    assert (person.unit_id, person.highest_education) == (town.community.id, "21")
    listed = client.get("/employees?q=lsh&sort=-age").text
    assert "黎书航" in listed
    assert person.identity_masked not in listed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"identity": "37139919900412001"}, "现为 17 位"),
        ({"joined_community_on": "2018-13-01"}, "“2018-13-01”不是有效日期"),
        ({"unit": "文昌社区"}, "没有找到唯一的“文昌社区”"),
        ({"post": "boss"}, "岗位层级"),
        ({"military_months": "601"}, "请填写 0 至 600 的整月数"),
        ({"military_months": "两年"}, "请填写 0 至 600 的整月数"),
    ],
)
def test_a_mistake_on_the_page_is_shown_and_the_typing_kept(app: Flask, changes: dict[str, str], words: str) -> None:
    town = Town()
    client = signed_in(app, town)
    answer = client.post("/employees/new", data=first_page(address="和平路 88 号", **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert "和平路 88 号" in answer.text
    assert db.session.scalars(select(Employee)).all() == []


def test_months_of_military_service_are_typed_shown_and_kept_in_the_trail(app: Flask) -> None:
    client = signed_in(app, Town())
    assert "退役军人填写，按薪酬办法可计入社区工作年限" in client.get("/employees/new").text
    here = client.post("/employees/new", data=first_page(source="veteran", military_months="24")).location
    assert "<dd>24</dd>" in client.get(here).text
    assert 'value="24"' in client.get(f"{here}/edit").text
    changed = first_page(source="veteran", identity="", version="1")
    assert client.post(f"{here}/edit", data=changed | {"military_months": "36"}).status_code == 302
    assert "服役月数：24 → 36" in client.get(f"{here}/history").text
    assert client.post(f"{here}/edit", data=changed | {"military_months": "", "version": "2"}).status_code == 302
    assert db.session.scalars(select(Employee.military_months)).one() == 0
    assert "服役月数" not in client.get(here).text


def test_a_unit_of_another_street_cannot_be_chosen_by_its_id(app: Flask) -> None:
    town = Town()
    client = signed_in(app, town)
    answer = client.post("/employees/new", data=first_page(unit_id=str(town.foreign.id)))
    assert answer.status_code == 404
    assert db.session.scalars(select(Employee)).all() == []


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("postings", ("社区党组织书记", "书苑社区", "2018-07-01")),
        ("studies", ("大学本科", "助理社会工作师")),
        ("contracts", ("2021-06-30", "已于 2021-06-30 到期")),
        ("background", ("没有登记",)),
        ("conduct", ("立案审查中", "3.5")),
        ("papers", ("上传附件", "照片")),
        ("history", ("登记人员", "新增")),
    ],
)
def test_every_tab_of_a_file_opens_and_those_of_another_street_do_not(
    app: Flask, tab: str, words: tuple[str, ...]
) -> None:
    town = Town()
    own = make_employee(
        None,
        town.community,
        post="chief",
        educations=(NewEducation(level="21"),),
        certificates=(NewCertificate(grade="junior", obtained_on=date(2020, 6, 1)),),
        contracts=(NewContract(starts_on=date(2018, 7, 1), ends_on=date(2021, 6, 30)),),
        disciplines=(NewDiscipline(opened_on=date(2025, 1, 1)),),
        absences=(NewAbsence(year=2024, sick_days=Decimal("3.5")),),
    )
    foreign = make_employee(None, town.foreign)
    client = signed_in(app, town)
    answer = client.get(f"/employees/{own.id}/{tab}")
    assert answer.status_code == 200
    assert [word for word in words if word not in answer.text] == []
    assert client.get(f"/employees/{foreign.id}/{tab}").status_code == 404
    assert client.get(f"/employees/{foreign.id}").status_code == 404


def test_pages_cost_at_most_eight_queries(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, phone="13912345678")
    client = signed_in(app, town)
    client.get("/employees")
    for path in ("/employees", "/employees?unit=书苑&q=林&post=staff", f"/employees/{person.id}"):
        assert len(selects_of(lambda path=path: client.get(path))) <= 8, path
    for tab in TABS:
        assert len(selects_of(lambda tab=tab: client.get(f"/employees/{person.id}/{tab}"))) <= 8, tab


def test_the_second_who_saves_sees_both_versions_and_keeps_the_typing(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, name="黎书航", native_place="山东费县")
    client = signed_in(app, town)
    typed = {**first_page(native_place="山东平邑", identity=""), "version": str(person.version)}
    change_employee(
        CLERK,
        person.id,
        Details(name="黎书航", joined_community_on=date(2018, 7, 1), native_place="山东沂水"),
        person.version,
    )
    answer = client.post(f"/employees/{person.id}/edit", data=typed)
    assert answer.status_code == 409
    assert "山东沂水" in answer.text
    assert "山东平邑" in answer.text
    assert f'name="version" type="hidden" value="{person.version}">' in answer.text
    typed["version"] = str(person.version)
    assert client.post(f"/employees/{person.id}/edit", data=typed).status_code == 302
    db.session.expire_all()
    assert person.native_place == "山东平邑"


def test_a_fact_is_added_corrected_and_withdrawn_on_pages(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    client = signed_in(app, town)
    base = f"/employees/{person.id}/facts/education"
    typed = {"level": "31", "full_time": "y", "school": "临沂大学", "graduated_on": "2012.6"}
    assert client.post(f"{base}/add", data=typed).location == f"/employees/{person.id}/studies"
    first = db.session.scalars(select(Education)).one()
    assert first.graduated_on == date(2012, 6, 1)
    assert "临沂大学" in client.get(f"{base}/{first.id}/correct").text
    client.post(f"{base}/{first.id}/correct", data={**typed, "level": "21"})
    second = db.session.scalars(select(Education).where(Education.superseded_at.is_(None))).one()
    assert client.get(f"{base}/{first.id}/correct").status_code == 404
    assert "临沂大学" in client.get(f"{base}/{second.id}/withdraw").text
    client.post(f"{base}/{second.id}/withdraw")
    assert db.session.scalars(select(Education).where(Education.superseded_at.is_(None))).all() == []
    history = client.get(f"/employees/{person.id}/history").text
    assert "大学专科" in history
    assert "撤销记录" in history


def test_a_person_is_moved_left_and_taken_back_on_pages(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    client = signed_in(app, town)
    assert "书苑社区" in client.get(f"/employees/{person.id}/move").text
    posting = {"unit": "银杏社区", "post": "deputy", "starts_on": "2025-03-01", "main": "y"}
    assert client.post(f"/employees/{person.id}/move", data=posting).status_code == 302
    assert client.post(f"/employees/{person.id}/leave", data={"left_on": "2025-06-30"}).status_code == 422
    leaving = {"left_on": "2025-06-30", "reason": "辞职"}
    assert client.post(f"/employees/{person.id}/leave", data=leaving).status_code == 302
    assert "已于 2025-06-30 离职" in client.get(f"/employees/{person.id}").text
    back = {**posting, "starts_on": "2025-09-01"}
    assert client.post(f"/employees/{person.id}/return", data=back).status_code == 302
    db.session.expire_all()
    assert person.left_on is None
    assert len(db.session.scalars(select(Posting).where(Posting.superseded_at.is_(None))).all()) == 3


def test_lines_of_the_resume_are_kept_and_removed_on_pages(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    client = signed_in(app, town)
    base = f"/employees/{person.id}/lines/career"
    client.post(f"{base}/add", data={"starts_on": "2012.07", "ends_on": "2015.08", "text": "费县实验小学 教师"})
    line = db.session.scalars(select(CareerLine)).one()
    changed = {"starts_on": "2012.07", "text": "费县实验小学 教务员", "version": "1"}
    assert client.post(f"{base}/{line.id}/change", data=changed).status_code == 302
    late = client.post(f"{base}/{line.id}/change", data=changed)
    assert late.status_code == 409
    assert client.post(f"{base}/{line.id}/remove").status_code == 302
    assert db.session.scalars(select(CareerLine)).all() == []


def test_the_full_number_is_shown_once_and_only_for_a_reason(app: Flask) -> None:
    town = Town()
    number = make_identity(serial=61)
    person = make_employee(None, town.community, identity=number)
    client = signed_in(app, town)
    for page in (f"/employees/{person.id}", f"/employees/{person.id}/edit", f"/employees/{person.id}/identity"):
        assert number not in client.get(page).text
    refused = client.post(f"/employees/{person.id}/identity", data={"reason": "看"})
    assert refused.status_code == 422
    assert number not in refused.text
    shown = client.post(f"/employees/{person.id}/identity", data={"reason": "核对社保登记"})
    assert number in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    notes = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "reveal_identity")).all()
    assert notes == [f"{person.number}：核对社保登记"]


def test_an_attachment_goes_up_and_comes_down_as_a_download(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    client = signed_in(app, town)
    base = f"/employees/{person.id}/attachments"
    bad = client.post(base, data={"kind": "other", "file": (BytesIO(b"MZ" + bytes(99)), "报表.pdf")})
    assert bad.status_code == 422
    assert "按文件内容判断" in bad.text
    good = client.post(base, data={"kind": "contract", "file": (BytesIO(make_pdf()), "合同.exe")})
    assert good.status_code == 302
    answer = client.get(f"{base}/1")
    assert answer.data == make_pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    client.post(f"/employees/{person.id}/photo", data={"photo": (BytesIO(make_image()), "a.png")})
    assert client.get(f"/employees/{person.id}/photo").headers["Content-Type"] == "image/jpeg"
    assert client.post(f"{base}/1/remove").status_code == 302
    assert client.get(f"{base}/1").status_code == 404


def test_a_person_is_found_while_typing_and_by_the_search_box(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, name="黎书航")
    client = signed_in(app, town)
    found = client.get("/employees/search?q=ls", headers={"Accept": "application/json"})
    assert found.json == [
        {"id": person.id, "name": "黎书航", "number": "FX-0001", "unit": "书苑社区", "url": f"/employees/{person.id}"}
    ]
    assert client.get("/employees/search?q=fx-0001").location == f"/employees/{person.id}"
    assert "/employees?" in client.get("/employees/search?q=nobody").location


def test_a_worker_sees_the_own_file_and_asks_for_corrections(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, name="黎书航", phone="13912345678")
    client = signed_in(app, town, Role.WORKER)
    assert "没有与您的账号关联的档案" in client.get("/my-file").text
    assert client.get("/my-file/postings").status_code == 404
    user_id = db.session.scalars(select(User.id).where(User.name == "worker")).one()
    link_account(CLERK, person.id, user_id)
    page = client.get("/my-file").text
    assert "13912345678" in page
    assert "修改基本信息" not in page
    for tab in ("postings", "studies", "contracts", "background", "conduct", "corrections"):
        assert client.get(f"/my-file/{tab}").status_code == 200
    assert client.get(f"/employees/{person.id}").status_code == 403
    assert client.post("/my-file/corrections", data={"field": "学历学位", "text": ""}).status_code == 422
    assert client.post("/my-file/corrections", data={"field": "学历学位", "text": "应为本科"}).status_code == 302
    street = signed_in(app, town)
    assert "应为本科" in street.get("/employees/corrections").text
    assert street.post("/employees/corrections/1", data={"accepted": "yes", "answer": "已改"}).status_code == 302
    assert "已更正" in client.get("/my-file/corrections").text
