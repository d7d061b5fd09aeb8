"""干部任免审批表 of a person: from the file, with what the file lacks, to other systems and back."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from careerpath.access.models import AuditEntry
from careerpath.core.db import db
from careerpath.employees.models import CareerLine, Employee, FamilyMember
from careerpath.employees.operations.facts import NewDiscipline, NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.lines import NewCareerLine, NewFamilyMember, add_line
from careerpath.employees.operations.papers import set_photo
from careerpath.talent_pool.models import CadreSheet
from careerpath.talent_pool.operations.cadre import CadreGiven, keep_cadre_sheet, permit_full_lrmx, take_over_lrmx
from careerpath.talent_pool.queries.cadre import cadre_form, cadre_page, gaps
from careerpath.talent_pool.queries.cadre_comparison import compare_lrmx
from careerpath.talent_pool.sheets.lrmx import LrmxPerson, LrmxRelative, read_lrmx, write_lrmx
from careerpath.talent_pool.sheets.resume import ResumeLine, read_resume, resume_text
from careerpath.words import Conflict, NotFound, Refused
from tests.employees.test_papers import make_image
from tests.factories.access import signed_in
from tests.factories.employees import CLERK, make_identity
from tests.talent_pool.promoting import Promoting

IDENTITY = make_identity(date(1990, 4, 12), serial=7)


@pytest.fixture
def office(app: Flask) -> Promoting:
    return Promoting()


@pytest.fixture
def person(office: Promoting) -> Employee:
    """A party member with a résumé, a family, an honour and a measure."""
    one = office.person(
        name="林一诺",
        identity=IDENTITY,
        native_place="山东费县",
        political_since=date(2011, 6, 20),
        joined_work_on=date(2012, 7, 9),
    )
    add_line(CLERK, one.id, NewCareerLine(starts_on=date(2008, 9, 1), ends_on=date(2012, 7, 1), text="临沂大学学习"))
    add_line(CLERK, one.id, NewCareerLine(starts_on=date(2012, 7, 1), text="书苑社区工作者"))
    add_line(CLERK, one.id, NewFamilyMember(relation="丈夫", name="王某", born_on=date(1989, 1, 5), work="务农"))
    add_fact(
        CLERK,
        one.id,
        NewHonour(
            kind="model_worker", level="city", title="最美社工", granted_by="临沂市", granted_on=date(2023, 5, 1)
        ),
    )
    add_fact(CLERK, one.id, NewDiscipline(measure="诫勉", starts_on=date(2020, 3, 1), ends_on=date(2020, 8, 31)))
    office.appraise(one)
    return one


def test_the_form_says_what_the_file_holds(office: Promoting, person: Employee) -> None:
    keep_cadre_sheet(office.street, person.id, CadreGiven(birth_place="山东费县", health="健康"), 0)
    form = cadre_form(office.street, person.id)
    assert (form.name, form.sex, form.born_on, form.joined_party) == ("林一诺", "女", date(1990, 4, 1), "201106")
    assert (form.birth_place, form.health, form.joined_work_on) == ("山东费县", "健康", date(2012, 7, 1))
    assert form.resume == "2008.09--2012.07  临沂大学学习\r\n2012.07--         书苑社区工作者"
    assert form.rewards == "2020年3月受诫勉（至2020年8月）；2023年5月被临沂市授予“最美社工”称号。"
    assert form.appraisals == "2023年年度考核称职；2024年年度考核称职。"
    assert form.family == (
        LrmxRelative(relation="丈夫", name="王某", born_on=date(1989, 1, 1), political="群众", work="务农"),
    )
    assert form.full_time_education == "大学专科"
    assert form.present_post.endswith("社区工作者")
    assert form.age_on == date(2025, 12, 5)
    assert form.identity == ""


def test_a_promotion_adds_what_is_proposed_and_why(office: Promoting, person: Employee) -> None:
    promotion = office.proposed(person)
    form = cadre_form(office.district, person.id, promotion.id)
    assert form.proposed_post.endswith("党组织书记")
    assert (form.relieved_post, form.reason) == ("社区工作者", "工作需要，群众认可。")
    other = office.person()
    with pytest.raises(NotFound):
        cadre_form(office.district, other.id, promotion.id)


def test_a_photo_is_cut_to_the_size_of_the_form(office: Promoting, person: Employee) -> None:
    set_photo(CLERK, person.id, make_image())
    with Image.open(BytesIO(cadre_form(office.street, person.id).photo)) as picture:
        assert picture.size == (376, 460)


def test_what_is_missing_is_told_before_printing(office: Promoting, person: Employee) -> None:
    told = "；".join(str(one) for one in cadre_page(office.street, person.id).lacking)
    assert "没有照片" in told
    assert "未填出生地" in told
    assert "未填籍贯" not in told
    broken = (
        ResumeLine(date(2008, 9, 1), date(2012, 6, 1), "学习"),
        ResumeLine(date(2012, 7, 1), date(2015, 3, 1), "工作"),
        ResumeLine(date(2015, 6, 1), None, "工作"),
    )
    assert gaps(broken) == [(date(2015, 3, 1), date(2015, 6, 1))]


def test_two_who_write_at_once_see_both_versions(office: Promoting, person: Employee) -> None:
    keep_cadre_sheet(office.street, person.id, CadreGiven(health="健康"), 0)
    keep_cadre_sheet(office.street, person.id, CadreGiven(health="良好"), 1)
    with pytest.raises(Conflict):
        keep_cadre_sheet(office.street, person.id, CadreGiven(health="一般"), 1)
    assert db.session.scalars(select(CadreSheet.health)).one() == "良好"
    with pytest.raises(Refused, match="出生地有 81 个字"):
        keep_cadre_sheet(office.street, person.id, CadreGiven(birth_place="费" * 81), 2)


def theirs(office: Promoting, person: Employee, **changes: object) -> LrmxPerson:
    """The file as another system would send it, with changes."""
    return replace(cadre_form(office.street, person.id, full=True), **changes)  # type: ignore[arg-type]


def test_an_exported_file_differs_in_nothing(office: Promoting, person: Employee) -> None:
    set_photo(CLERK, person.id, make_image())
    found = compare_lrmx(office.street, person.id, write_lrmx(theirs(office, person)))
    assert [one.code for one in found.differences if not one.same] == []
    with pytest.raises(Refused, match="请选择要采用的内容"):
        take_over_lrmx(office.street, person.id, write_lrmx(theirs(office, person)), ["resume"])


def test_only_what_is_chosen_is_taken_over(office: Promoting, person: Employee) -> None:
    resume = (
        ResumeLine(date(2008, 9, 1), date(2012, 7, 1), "临沂大学社会工作专业学习"),
        ResumeLine(date(2012, 7, 1), None, "费城街道书苑社区工作者"),
    )
    body = write_lrmx(
        theirs(
            office,
            person,
            resume=resume_text(resume),
            ethnic="回族",
            native_place="山东临沂",
            birth_place="山东蒙阴",
            health="良好",
            joined_party="201206",
            joined_work_on=date(2013, 1, 1),
            family=(LrmxRelative(relation="女儿", name="王小某", born_on=date(2018, 2, 1), political="群众"),),
            photo=make_image(),
            appraisals="2024年年度考核优秀。",
        )
    )
    found = compare_lrmx(office.street, person.id, body)
    assert "appraisals" not in found.takeable
    chosen = found.takeable - {"native_place"}
    assert take_over_lrmx(office.street, person.id, body, [*chosen, "appraisals"]) == len(chosen) == 8
    db.session.expire_all()
    assert (person.ethnic, person.native_place) == ("03", "山东费县")
    assert (person.political_since, person.joined_work_on) == (date(2012, 6, 1), date(2013, 1, 1))
    assert person.photo_key
    lines = db.session.scalars(select(CareerLine.text).where(CareerLine.employee_id == person.id)).all()
    assert list(lines) == [one.text for one in resume]
    assert db.session.scalars(select(FamilyMember.name).where(FamilyMember.employee_id == person.id)).one() == "王小某"
    sheet = db.session.scalars(select(CadreSheet)).one()
    assert (sheet.birth_place, sheet.health) == ("山东蒙阴", "良好")
    assert read_resume(cadre_form(office.street, person.id).resume) == resume


def test_a_file_of_somebody_else_is_refused(office: Promoting, person: Employee) -> None:
    for changes, told in (
        ({"name": "王思远"}, "姓名"),
        ({"identity": make_identity(date(1990, 4, 12), serial=8)}, "身份证号码"),
        ({"identity": "", "born_on": date(1990, 5, 1)}, "出生年月"),
        ({"resume": "自幼聪颖"}, "简历第 1 行"),
        ({"photo": b"GIF89a"}, "照片"),
    ):
        with pytest.raises(Refused, match=told):
            compare_lrmx(office.street, person.id, write_lrmx(theirs(office, person, **changes)))
    short = write_lrmx(theirs(office, person, name="林 一 诺", identity=""))
    assert compare_lrmx(office.street, person.id, short).name == "林一诺"


def test_a_relative_of_unknown_politics_stops_everything(office: Promoting, person: Employee) -> None:
    body = write_lrmx(
        theirs(office, person, health="良好", family=(LrmxRelative(relation="父亲", name="林某", political="某某"),))
    )
    with pytest.raises(Refused, match="无法识别"):
        take_over_lrmx(office.street, person.id, body, ["health", "family"])
    assert db.session.scalars(select(CadreSheet)).all() == []
    assert db.session.scalars(select(FamilyMember.name).where(FamilyMember.employee_id == person.id)).one() == "王某"


def test_the_number_goes_out_for_a_reason_that_stays_in_the_trail(
    app: Flask, office: Promoting, person: Employee
) -> None:
    client = signed_in(app, office.street)
    plain = client.get(f"/talent-pool/employees/{person.id}/appointment-form/file")
    assert plain.mimetype == "application/xml"
    assert read_lrmx(plain.data).identity == ""
    url = f"/talent-pool/employees/{person.id}/appointment-form/full-file"
    assert client.post(url, data={"reason": ""}).status_code == 422
    assert read_lrmx(client.post(url, data={"reason": "报县委组织部审批"}).data).identity == IDENTITY
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "permit_full_lrmx")).one()
    assert entry.note == f"{person.number}：报县委组织部审批"
    with pytest.raises(NotFound):
        permit_full_lrmx(office.stranger, person.id, "报县委组织部审批")


def test_a_file_is_compared_and_taken_over_from_the_page(app: Flask, office: Promoting, person: Employee) -> None:
    client = signed_in(app, office.street)
    url = f"/talent-pool/employees/{person.id}/appointment-form"
    page = client.get(url).text
    for words in ("任免审批表", "没有照片", "临沂大学学习", "王某", "最美社工"):
        assert words in page
    body = write_lrmx(theirs(office, person, birth_place="山东蒙阴"))
    answer = client.post(f"{url}/compare", data={"file": (BytesIO(body), "林一诺.lrmx")})
    assert answer.status_code == 200
    assert "山东蒙阴" in answer.text
    sent = answer.text.split('name="sent" value="')[1].split('"')[0]
    assert client.post(f"{url}/take-over", data={"sent": sent}).status_code == 422
    done = client.post(f"{url}/take-over", data={"sent": sent, "chosen": "birth_place"}, follow_redirects=True)
    assert "已采用 1 项内容" in done.text
    assert db.session.scalars(select(CadreSheet.birth_place)).one() == "山东蒙阴"
    assert client.post(f"{url}/take-over", data={"sent": "?", "chosen": "resume"}).status_code == 422
    refused = client.post(f"{url}/compare", data={"file": (BytesIO(b"<Person/>"), "x.lrmx")})
    assert refused.status_code == 422
    assert "XingMing" in refused.text


def test_the_particulars_are_kept_from_the_page(app: Flask, office: Promoting, person: Employee) -> None:
    client = signed_in(app, office.street)
    url = f"/talent-pool/employees/{person.id}/appointment-form"
    assert client.post(url, data={"health": "健康", "version": "0"}).status_code == 302
    late = client.post(url, data={"health": "良好", "version": "0"})
    assert late.status_code == 409
    assert "两份内容不同之处" in late.text
    assert client.get(f"/employees/{person.id}").text.count("appointment-form") == 1
