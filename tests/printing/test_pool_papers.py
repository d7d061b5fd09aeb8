"""The papers of a selection, of the pool and of promotions, from records to PDF and back by the number at the foot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.papers import set_photo
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.policy.talent_pool import Outcome
from careerpath.printing.operations.talent_pool import KIND, SELECTION_FORMS_JOB, order_selection_forms
from careerpath.printing.queries.talent_pool import announcing, appointing, filling, roster
from careerpath.printing.queries.talent_pool.entrants import RECOMMENDED, entered, reserve_forms
from careerpath.talent_pool.models import EntrantState, Nomination, Selection, SelectionState
from careerpath.talent_pool.operations.appointments import open_promotion_notice
from careerpath.words import NotFound, Refused
from tests.core.pdf.pages import text_of
from tests.employees.test_papers import make_image
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.talent_pool import make_entrant, make_places, make_selection
from tests.talent_pool.promoting import APPROVED, NOTICE, Promoting
from tests.talent_pool.reserves import day


class Office(Promoting):
    """A selection with one person of each street, and promotions."""

    def __init__(self) -> None:
        super().__init__()
        self.selection = self.select(SelectionState.NOTICE)
        self.mine = self.person(name="林一诺", native_place="山东费县", political_since=date(2011, 6, 20))
        self.foreign = self.person(self.town.foreign, name="王思远")
        kept = [
            {"code": "age", "holds": True, "text": "年龄：35 周岁，符合。", "document": "", "met_on": None},
            {"code": "political", "holds": True, "text": "政治面貌：中共党员，符合。", "document": "", "met_on": None},
        ]
        self.entrant = make_entrant(
            self.selection,
            self.mine,
            self.town.community,
            outcome=Outcome.SELECTED,
            rank=1,
            eligibility=kept,
            reviewed_by="区级经办",
            reviewed_on=date(2025, 12, 3),
        )
        self.other = make_entrant(
            self.selection,
            self.foreign,
            self.town.foreign,
            EntrantState.NOMINATED,
            nomination=Nomination.SELF,
            nominated_by="",
        )

    def select(self, state: SelectionState) -> Selection:
        """A selection with places for both communities."""
        selection = make_selection(
            self.town.district,
            state,
            contact="费县县委社会工作部，0539-5221234",
            remark="请保持通讯畅通。",
            notice_starts_on=date(2025, 12, 22) if state is SelectionState.NOTICE else None,
            notice_ends_on=date(2025, 12, 26) if state is SelectionState.NOTICE else None,
        )
        make_places(selection, self.town.community, 3)
        make_places(selection, self.town.foreign, 1)
        return selection

    def printed(self, content: bytes, folder: Path) -> str:
        """The text of a PDF."""
        return text_of(content, folder)


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with app.test_request_context():
        yield Office()


def test_an_announcement_says_places_conditions_days_and_stages(office: Office, tmp_path: Path) -> None:
    name, content = announcing.announcement_pdf(office.street, "selection-notice", office.selection.id)
    text = office.printed(content, tmp_path)
    for words in (
        *("费社工发〔2025〕21号", "4名，涉及2个社区", "未超过40周岁生日", "大学专科及以上", "满24个月"),
        *("2025年12月10日（含当日）", "民主推荐", "按名额1∶3的比例", "低于60分", "竞岗演讲占30%", "5个工作日"),
        *("请保持通讯畅通。", "0539-5221234", "竞岗名额表", "合计2个社区，4名", "示例数据"),
    ):
        assert words.replace(" ", "") in text, words
    assert "草稿" not in text
    assert name.startswith("关于开展")
    draft = announcing.selection_notice(office.district, office.select(SelectionState.PLANNED).id)
    assert draft.draft


def test_a_notice_of_the_selected_masks_numbers_and_names_no_birthday(office: Office, tmp_path: Path) -> None:
    content = announcing.announcement_pdf(office.district, "selection-result", office.selection.id)[1]
    text = office.printed(content, tmp_path)
    for words in ("林一诺", office.mine.identity_masked, "2025年12月22日至2025年12月26日", "共1人"):
        assert words in text
    assert "王思远" not in text
    assert "1990" not in text.replace(office.mine.identity_masked, "")
    early = office.select(SelectionState.NOMINATION)
    with pytest.raises(Refused, match="还没有确定入选人员"):
        announcing.selection_result(office.district, early.id)
    with pytest.raises(NotFound):
        announcing.selection_result(office.street, office.selection.id)


def test_a_form_of_an_entrant_says_who_they_are_and_what_the_review_found(office: Office, tmp_path: Path) -> None:
    set_photo(CLERK, office.mine.id, make_image())
    content = filling.form_pdf(office.street, filling.SELECTION, office.entrant.id)[1]
    text = office.printed(content, tmp_path)
    for words in ("林一诺", "山东费县", "2011.06", "社区党组织书记后备人选", "组织推荐", "政治面貌：中共党员，符合"):
        assert words in text
    assert "审查通过" in text
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
    recommended = office.printed(
        filling.form_pdf(office.district, filling.RECOMMENDATION, office.other.id)[1], tmp_path
    )
    assert "个人自荐" in recommended
    assert "审查通过" not in recommended
    with pytest.raises(NotFound):
        filling.form_pdf(office.street, filling.SELECTION, office.other.id)


def test_forms_of_many_ask_the_database_as_little_as_that_of_one(office: Office) -> None:
    def print_all() -> int:
        ids = filling.entrant_ids(office.district, office.selection.id)
        return len(reserve_forms(office.district, entered(office.district, ids), RECOMMENDED))

    few = len(selects_of(print_all))
    for _ in range(5):
        make_entrant(office.selection, office.person(), office.town.community)
    assert len(selects_of(print_all)) == few


def test_forms_of_all_entrants_are_made_in_the_background(app: Flask, office: Office) -> None:
    job_id = order_selection_forms(office.district, office.selection.id, filling.RECOMMENDATION)
    assert run_job(job_id, {KIND: SELECTION_FORMS_JOB}, "test")
    job = db.session.get_one(Job, job_id)
    assert job.state is JobState.DONE, job.message
    with pikepdf.open(BytesIO(app.extensions["careerpath.files"].read(job.result_key))) as pdf:
        assert len(pdf.pages) == 2
    with pytest.raises(NotFound):
        order_selection_forms(office.district, office.selection.id, "pay-slip")
    with pytest.raises(Refused, match="没有可以打印的人员"):
        order_selection_forms(office.district, office.select(SelectionState.NOMINATION).id, filling.SELECTION)


def test_the_roster_lists_who_is_in_the_pool(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有在库的后备人才"):
        roster.roster_pdf(office.street, office.town.street.id)
    office.enter(office.mine)
    office.enter(office.foreign, office.town.foreign)
    text = office.printed(roster.roster_pdf(office.district, office.town.district.id)[1], tmp_path)
    for words in ("林一诺", "王思远", "社区党组织书记", "2025.06", "共2人", "费社工发〔2025〕30号"):
        assert words in text
    widest = roster.widest_unit(office.street)
    assert widest == office.town.street.id
    assert "王思远" not in office.printed(roster.roster_pdf(office.street, widest)[1], tmp_path)


def test_a_promotion_has_its_form_its_cover_and_its_notice(office: Office, tmp_path: Path) -> None:
    promotion = office.approved(office.mine)
    text = office.printed(appointing.appointment_pdf(office.district, office.mine.id, promotion.id)[1], tmp_path)
    for words in ("干部任免审批表", "林一诺", "工作需要，群众认可。", "呈报", "填表人"):
        assert words in text
    cover = office.printed(appointing.cover_pdf(office.street, promotion.id)[1], tmp_path)
    assert "考察材料" in cover
    assert "林一诺" in cover
    assert announcing.promotion_notice(office.district, [promotion.id]).draft
    with day(APPROVED):
        open_promotion_notice(office.district, promotion.id, *NOTICE)
    notice = office.printed(announcing.promotion_notice_pdf(office.district, [promotion.id])[1], tmp_path)
    for words in ("任前公示", "林一诺", office.mine.identity_masked, "2025年9月9日至2025年9月15日", "拟任"):
        assert words in notice


def test_a_notice_of_several_is_of_the_same_days_and_of_approved_people_alone(office: Office) -> None:
    first, second = office.approved(office.mine), office.approved()
    assert "（二）" in repr(announcing.promotion_notice(office.district, [first.id, second.id]).parts)
    with day(APPROVED):
        open_promotion_notice(office.district, first.id, *NOTICE)
    with pytest.raises(Refused, match="公示日期不同"):
        announcing.promotion_notice(office.district, [first.id, second.id])
    with pytest.raises(Refused, match="尚未批准"):
        announcing.promotion_notice(office.district, [office.submitted().id])
    with pytest.raises(Refused, match="请选择"):
        announcing.promotion_notice(office.district, [])
    with pytest.raises(NotFound):
        announcing.promotion_notice(make_actor(Role.DISTRICT_HR, office.town.other_street), [first.id])


def test_the_two_sides_come_first_and_what_is_left_behind_them(office: Office) -> None:
    form = appointing.appointment_form(office.street, office.mine.id)
    long = replace(form, resume=tuple(f"第{number}行" for number in range(40)), rewards="受到表彰。" * 120)
    printer = appointing._printer()
    for content in (printer.fill(long), printer.render_with_weasyprint(long)):
        with pikepdf.open(BytesIO(content)) as pdf:
            assert len(pdf.pages) == 4


def test_papers_are_checked_by_their_feet(app: Flask, office: Office) -> None:
    promotion = office.approved(office.mine)
    entry = office.enter(office.mine)
    client = signed_in(app, office.district)
    feet = (
        reserve_forms(office.district, entered(office.district, [office.entrant.id]), RECOMMENDED)[0].foot,
        announcing.selection_notice(office.district, office.selection.id).foot,
        announcing.selection_result(office.district, office.selection.id).foot,
        announcing.promotion_notice(office.district, [promotion.id]).foot,
        appointing.background_cover(office.district, promotion.id).foot,
        appointing.appointment_form(office.district, office.mine.id).foot,
        appointing.appointment_form(office.district, office.mine.id, promotion.id).foot,
        roster.pool_roster(office.district, entry.unit_id).foot,
    )
    for foot in feet:
        answer = client.get("/print/check", query_string={"number": foot.number, "code": foot.check_code}).text
        assert "一致：这份表打印之后" in answer, foot
        wrong = client.get("/print/check", query_string={"number": foot.number, "code": "0000-0000"}).text
        assert "不一致" in wrong
    for number in ("TJ-2025-999999", "RX-2025-", "RM-2025-x"):
        assert "没有找到编号" in client.get("/print/check", query_string={"number": number, "code": "1"}).text


def test_the_page_of_a_selection_offers_what_is_ready(app: Flask, office: Office) -> None:
    client = signed_in(app, office.district)
    page = client.get(f"/print/selections/{office.selection.id}").text
    for words in ("竞岗公告", "入选公示", "打印后备人才推荐表（2 人）", "打印竞岗报名表"):
        assert words in page
    street = signed_in(app, office.street)
    assert "入选公示</a>" not in street.get(f"/print/selections/{office.selection.id}").text
    url = f"/print/selections/{office.selection.id}/forms"
    answer = client.post(url, data={"each": "selection-form"})
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 2
    assert client.post(url, data={"each": "pay-slip"}).status_code == 422
    for _ in range(20):
        make_entrant(office.selection, office.person(), office.town.community)
    assert client.post(url, data={"each": "selection-form"}).status_code == 302
    assert len(selects_of(lambda: client.get(f"/print/selections/{office.selection.id}"))) <= 8


def test_every_paper_has_its_address(app: Flask, office: Office) -> None:
    promotion = office.approved(office.mine)
    office.enter(office.mine)
    client = signed_in(app, office.district)
    for path in (
        f"selections/{office.selection.id}/selection-notice.pdf",
        f"selections/{office.selection.id}/selection-result.pdf",
        f"entrants/{office.entrant.id}/recommendation-form.pdf",
        f"entrants/{office.entrant.id}/selection-form.pdf",
        "pool-roster.pdf",
        f"pool-roster.pdf?unit_id={office.town.street.id}",
        f"promotions/{promotion.id}/appointment-form.pdf",
        f"promotions/{promotion.id}/background-cover.pdf",
        f"promotions/{promotion.id}/promotion-notice.pdf",
        f"promotion-notice.pdf?ids={promotion.id}",
        f"employees/{office.mine.id}/appointment-form.pdf",
    ):
        answer = client.get(f"/print/{path}")
        assert answer.mimetype == "application/pdf", path
    for words in ("竞岗公告", "干部任免审批表", "入库名册", "任前公示"):
        assert words in client.get("/print").text


def test_people_for_one_notice_are_chosen_from_a_list(app: Flask, office: Office) -> None:
    promotion = office.approved(office.mine)
    office.submitted()
    client = signed_in(app, office.district)
    page = client.get("/print/promotions").text
    assert page.count('name="ids"') == 1
    assert f'value="{promotion.id}"' in page
    assert "林一诺" in page
    assert signed_in(app, office.street).get("/print/promotions").status_code == 403
