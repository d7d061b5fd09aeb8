"""What the papers of a batch say: taken from its records, in time, with names masked where the public reads."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import writing
from careerpath.policy.recruitment import Leaving, RecruitmentEdition, Stage
from careerpath.printing.documents.notices import PublicNotice
from careerpath.printing.documents.recruitment.rooms import Room, Seat
from careerpath.printing.queries.recruitment import announcing, applicants, exam, filling, hiring, lists
from careerpath.printing.queries.recruitment.checking import recruitment_check
from careerpath.printing.queries.recruitment.notice import recruitment_notice
from careerpath.recruitment.models import BatchState, ScoreEntry
from careerpath.recruitment.operations.appointments import appoint_many
from careerpath.recruitment.operations.checks import DepartureGiven, record_departure
from careerpath.recruitment.queries.rules import shipped_rules
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_application, make_batch, make_position
from tests.printing.batches import LONG_NAME, application, give_photo, make_contest, release_written, review
from tests.recruitment.finals import APPOINTED, CHECKED, NOTICE, TERMS, Contest, day


@pytest.fixture
def contest(app: Flask) -> Contest:
    with app.test_request_context():
        return make_contest()


def said(notice: PublicNotice) -> str:
    """Everything in the text of an announcement."""
    return "\n".join(
        [*notice.opening, *(p.head + p.text for part in notice.parts for p in part.paragraphs), *notice.notes]
    )


def table(notice: PublicNotice) -> list[tuple[str, ...]]:
    """The rows of the table of an announcement."""
    found = notice.table or notice.annex
    assert found is not None
    return list(found.rows)


def test_the_notice_tells_the_frozen_rules_with_exact_days(contest: Contest) -> None:
    notice = recruitment_notice(contest.office, contest.batch_id)
    text = said(notice)
    for words in (
        "1989年12月13日（含当日）以后、2007年12月12日（含当日）以前出生",
        "1984年12月13日（含当日）以后",
        "2025年11月17日至2025年12月12日（含当日）",
        "2025年12月20日（星期六）上午9:00—11:00",
        "以招聘人数1:2的比例确定面试人选",
        "累计加分不超过5分",
        "总成绩=笔试成绩（含加分）×50%+面试成绩×50%",
        "笔试成绩（含加分）的合格分数线为45分",
        "公示期为5个工作日",
        "期限为3年的劳动合同，试用期2个月",
        "12个月内（含期满当日）",
        "考生应当保持通讯畅通。",
        "0539-5221234",
    ):
        assert words in text
    assert [row[4] for row in table(notice)] == ["2", "1"]
    assert table(notice)[1][5] == "退役军人"
    assert (notice.draft, notice.example) == (False, True)


def test_a_warning_of_labour_law_is_told_on_the_page_and_never_printed(contest: Contest) -> None:
    with writing():
        edition = contest.batch.edition or {}
        contest.batch.edition = {**edition, "probation": {**edition["probation"], "months": 6, "contract_months": 24}}
    notice = recruitment_notice(contest.office, contest.batch_id)
    assert "试用期6个月" in said(notice)
    assert "劳动合同法" not in said(notice)


def test_the_notice_of_a_planned_batch_is_a_draft(contest: Contest) -> None:
    batch = make_batch(contest.town.district, BatchState.PLANNED)
    make_position(batch, contest.town.community)
    assert recruitment_notice(contest.office, batch.id).mark.startswith("【草稿】")


@pytest.mark.parametrize("rules", shipped_rules(), ids=lambda rules: rules.head.key)
def test_the_notice_of_any_rules_is_whole(app: Flask, rules: RecruitmentEdition) -> None:
    town = Town()
    batch = make_batch(town.district, edition_key=rules.head.key, public=False, interview_on=None)
    make_position(batch, town.community, 2)
    with app.test_request_context():
        notice = recruitment_notice(make_actor(Role.DISTRICT_HR, town.district), batch.id)
    paragraphs = [paragraph for part in notice.parts for paragraph in part.paragraphs]
    assert all(paragraph.text.endswith("。") for paragraph in paragraphs)
    for fault in ("None", "。。", "，，", "、。", "；。", "：。", "×100%"):
        assert fault not in said(notice)
    assert ("总成绩=面试成绩。" in said(notice)) == (rules.weights.interview == 1)


def test_written_scores_stand_under_exam_numbers_alone(contest: Contest) -> None:
    with pytest.raises(Refused, match="名单上没有人员"):
        lists.score_list(contest.office, contest.batch_id)
    release_written(contest)
    notice = lists.score_list(contest.office, contest.batch_id)
    rows = table(notice)
    assert [row[3] for row in rows] == [contest.number(name) for name in ("林一诺", "王思远", LONG_NAME, "周子涵")]
    assert [row[4:6] for row in rows] == [("88.00", ""), ("80.00", ""), ("77.00", "3.00"), ("60.00", "")]
    assert not any(name in repr(notice) for name in contest.names)


def test_the_interview_list_masks_names(contest: Contest) -> None:
    release_written(contest)
    rows = table(lists.interview_list(contest.office, contest.batch_id))
    assert [row[4] for row in rows] == ["林*诺", "王*远", "阿***江", "周*涵"]
    assert all("县委党校" in row[5] for row in rows)


def test_totals_are_announced_after_the_final_list(contest: Contest) -> None:
    with pytest.raises(Refused, match="还没有到公布这份名单的阶段"):
        lists.score_list(contest.office, contest.batch_id, Stage.FINAL)
    contest.release()
    rows = table(lists.score_list(contest.office, contest.batch_id))
    assert [row[-3:] for row in rows][:3] == [
        ("86.75", "1", "拟聘用"),
        ("80.00", "2", "拟聘用"),
        ("84.00", "1", "拟聘用"),
    ]
    assert rows[3][-1] == "面试成绩未达分数线"


def test_who_failed_the_medical_examination_is_not_looked_into(contest: Contest) -> None:
    contest.release()
    assert len(table(lists.medical_list(contest.office, contest.batch_id))) == 3
    with pytest.raises(Refused, match="名单上没有人员"):
        lists.background_list(contest.office, contest.batch_id)
    contest.check("林一诺")
    rows = table(lists.background_list(contest.office, contest.batch_id))
    assert [row[5] for row in rows] == ["林*诺"]


def test_the_appointment_notice_is_a_draft_until_it_is_opened(contest: Contest) -> None:
    contest.release()
    contest.check("林一诺", LONG_NAME)
    draft = lists.appointment_notice(contest.office, contest.batch_id)
    assert draft.draft
    assert [row[1] for row in table(draft)] == ["林一诺", LONG_NAME]
    contest.check("王思远")
    contest.publish()
    notice = lists.appointment_notice(contest.office, contest.batch_id)
    assert not notice.draft
    assert "2026年1月28日至2026年2月3日（均含当日）" in said(notice)
    identities = [row[2] for row in table(notice)]
    assert identities == [application(contest, name).identity_masked for name in ("林一诺", "王思远", LONG_NAME)]


def test_who_left_during_the_notice_is_no_longer_named(contest: Contest) -> None:
    contest.release()
    contest.check("林一诺", "王思远", LONG_NAME)
    contest.publish()
    with day(NOTICE[1]):
        given = DepartureGiven(Leaving.WITHDRAWN, NOTICE[1], "本人书面声明")
        record_departure(contest.office, contest.names["王思远"], given)
    names = [row[1] for row in table(lists.appointment_notice(contest.office, contest.batch_id))]
    assert names == ["林一诺", LONG_NAME]
    assert NOTICE[0] > CHECKED


def test_a_registration_form_tells_what_two_reviewers_decided(contest: Contest) -> None:
    review(contest, LONG_NAME, "材料齐全")
    found = applicants.applied(contest.office, [contest.names[LONG_NAME]])
    form = applicants.application_forms(contest.office, found)[0]
    assert form.first.finding == "合格。材料齐全。"
    assert form.second.finding == "合格。认定加分：社会工作师（3分）。材料齐全。"
    assert (form.first.by, form.second.by) == ("王敏", "李强")
    assert form.bonus == "退役军人（3分）、社会工作师（3分）。"
    assert form.position.endswith("上冶镇文昌社区　社区工作者")
    assert form.unit == "上冶镇"


def test_a_form_masks_numbers_unless_it_is_asked_for_whole(contest: Contest) -> None:
    found = applicants.applied(contest.office, [contest.names["林一诺"]])
    masked = applicants.application_forms(contest.office, found)[0]
    whole = applicants.application_forms(contest.office, found, full=True)[0]
    assert masked.person.identity == application(contest, "林一诺").identity_masked
    assert masked.person.address == "（已隐去）"
    assert "*" not in whole.person.identity + whole.person.mobile
    assert whole.person.address == "费县费城街道文化路1号"
    assert masked.foot.check_code == whole.foot.check_code


def test_a_street_prints_its_own_applicants_alone(contest: Contest) -> None:
    ids = filling.form_ids(contest.clerk, filling.APPLICATION, contest.batch_id)
    assert ids == [contest.names["林一诺"], contest.names["王思远"]]
    with pytest.raises(NotFound):
        filling.form_pdf(contest.clerk, filling.APPLICATION, contest.names[LONG_NAME])


def test_a_draft_is_nobodys_paper(contest: Contest) -> None:
    position = contest.position()
    draft = make_application(position, applicants.ApplicationState.DRAFT)
    assert draft.id not in filling.form_ids(contest.office, filling.APPLICATION, contest.batch_id)
    with pytest.raises(NotFound):
        filling.form_pdf(contest.office, filling.APPLICATION, draft.id)


def test_photographs_on_paper_are_small(contest: Contest) -> None:
    give_photo(contest, "林一诺")
    ticket = exam.tickets(contest.office, exam.seated(contest.office, [contest.names["林一诺"]]))[0]
    assert ticket.photo.startswith(b"\xff\xd8")
    assert len(ticket.photo) < 30_000
    assert ticket.time == "2025年12月20日（星期六）上午9:00—11:00"


def test_nobody_gets_a_ticket_before_numbers_are_drawn(contest: Contest) -> None:
    late = make_application(contest.position(), applicants.ApplicationState.ADMITTED)
    with pytest.raises(Refused, match="还没有准考证号"):
        filling.form_pdf(contest.office, filling.TICKET, late.id)
    with pytest.raises(Refused, match="尚未开放打印"):
        filling.own_ticket_pdf(late.id, "考生本人")
    assert filling.own_ticket_pdf(contest.names["林一诺"], "考生本人")[0] == "林一诺准考证.pdf"


def test_labels_are_not_printed_once_scores_are_typed(contest: Contest) -> None:
    labels = exam.secret_labels(contest.office, contest.batch_id)
    assert sum(len(sheet.labels) for sheet in labels.sheets) == 4
    with pytest.raises(NotFound):
        exam.secret_labels(contest.clerk, contest.batch_id)
    seat = exam.own_seat(contest.names["林一诺"])
    assert seat is not None
    with writing() as session:
        entry = ScoreEntry(examinee_id=seat.examinee.id, paper="", turn=1, points=Decimal(88), by="登分员")
        entry.at = seat.applied.application.submitted_at
        session.add(entry)
    with pytest.raises(Refused, match="不再打印密号条"):
        exam.secret_labels(contest.office, contest.batch_id)


def test_a_hiring_form_is_there_once_somebody_is_appointed(contest: Contest) -> None:
    contest.release()
    contest.check("林一诺", "王思远", LONG_NAME)
    contest.publish()
    with pytest.raises(Refused, match="还没有办理聘用"):
        filling.form_pdf(contest.office, filling.HIRING, contest.names["林一诺"])
    with day(APPOINTED):
        appoint_many(contest.office, contest.batch_id, [contest.names["林一诺"]], TERMS)
    form = hiring.hiring_forms(contest.office, hiring.hired(contest.office, [contest.names["林一诺"]]))[0]
    assert form.contract == "固定期限劳动合同，自2026年3月2日至2029年3月1日，试用期至2026年5月1日。"
    assert (form.community, form.starts_on, form.post) == ("书苑社区", "2026.03.02", "社区工作者（一般）")
    assert form.remark == "聘用文号：费社工发〔2026〕3号。"
    assert "月工资" in form.pay


def test_a_code_at_the_foot_tells_a_changed_record(contest: Contest) -> None:
    person = contest.names["林一诺"]
    foot = applicants.application_forms(contest.office, applicants.applied(contest.office, [person]))[0].foot
    assert recruitment_check(contest.office, foot.number) == ("application", person, foot.check_code)
    with writing():
        application(contest, "林一诺").school = "山东大学"
    assert recruitment_check(contest.office, foot.number)[2] != foot.check_code
    with pytest.raises(NotFound):
        recruitment_check(contest.office, foot.number.replace("2025", "2024"))
    release_written(contest)
    notice = announcing.announcement(contest.office, "interview-list", contest.batch_id)
    assert recruitment_check(contest.office, notice.foot.number) == ("batch", contest.batch_id, notice.foot.check_code)
    for number in ("ZP-2025-0001", f"ZP-2025-{contest.batch_id:04d}-99", "BM-x"):
        with pytest.raises(NotFound):
            recruitment_check(contest.office, number)


def test_seats_run_in_an_s_through_the_room() -> None:
    seats = tuple(Seat(number, f"{number:04d}", "林一诺", "林*诺", "001") for number in range(1, 13))
    grid = Room(number=1, place="101", seats=seats).charts()[0]
    numbers = [[seat.seat if seat else 0 for seat in row] for row in grid]
    assert numbers == [[1, 6, 7, 12, 0], [2, 5, 8, 11, 0], [3, 4, 9, 10, 0]]


def test_everybody_of_a_batch_comes_into_one_file(contest: Contest) -> None:
    target = BytesIO()
    ids = filling.form_ids(contest.office, filling.TICKET, contest.batch_id)
    assert filling.fill_forms(contest.office, filling.TICKET, ids, target) == 4
    assert target.getvalue().startswith(b"%PDF-")
    assert date(2025, 12, 20) == contest.batch.written_on
