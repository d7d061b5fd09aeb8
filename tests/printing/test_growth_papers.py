"""The papers of mentoring, rotations, classes and calls from records: what they say, and who may print them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from careerpath.access.permissions import Permission, Role
from careerpath.core.db import writing
from careerpath.honours.models import CallState
from careerpath.printing.queries.growth import classes, filling, honours, mentoring, rosters, rotations
from careerpath.printing.queries.growth.people import span_of
from careerpath.rotations.models import RotationState
from careerpath.training.models import ClassState
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import make_employee, selects_of
from tests.factories.honours import make_nominee
from tests.factories.mentoring import make_pairing
from tests.factories.rotations import make_rotation
from tests.factories.training import make_class, make_enrolment
from tests.printing.growing import DOCUMENT, Growth

ON = date(2025, 12, 5)


@pytest.fixture
def office(app: Flask) -> Iterator[Growth]:
    with app.test_request_context():
        yield Growth()


def test_an_agreement_names_both_sides_the_term_the_plan_and_the_rule_of_assessment(
    office: Growth, tmp_path: Path
) -> None:
    text = office.text(filling.form_pdf(office.street, filling.AGREEMENT, office.pairing.id)[1], tmp_path)
    for words in (
        *(office.pairing.number, "周长青", "费县民政局科长", "机关干部", "矛盾调解、网格治理", "林一诺", "中共党员"),
        *("2025年3月1日至2026年2月28日", "每季度撰写一篇调解案例", "导师职责", "每3个月评估一次"),
        *("优秀、合格、不合格", "见证单位：费城街道（盖章）"),
    ):
        assert words in text, words
    with pytest.raises(NotFound):
        filling.form_pdf(office.stranger, filling.AGREEMENT, office.pairing.id)


def test_an_evaluation_counts_logs_and_reviews_and_carries_both_judgements(office: Growth, tmp_path: Path) -> None:
    text = office.text(filling.form_pdf(office.district, filling.EVALUATION, office.finished.id)[1], tmp_path)
    for words in ("肯学肯干", "优秀", "耐心细致", "合格", "同意期满结业", "2025年3月5日", "应评估4次，已评估0次"):
        assert words in text, words
    running = mentoring.evaluations(office.street, [office.pairing.id])[0]
    assert running.logs == "共2次，3.5学时"
    assert "多走访" in running.reviews
    assert running.mentee_opinion == ""


def test_a_log_book_of_a_running_pairing_leaves_room_for_the_pen(office: Growth) -> None:
    book = mentoring.log_book(office.street, office.pairing.id)
    assert [entry.topic for entry in book.entries] == ["邻里纠纷调解", "低保入户核查"]
    assert book.blanks
    assert mentoring.log_book(office.district, office.finished.id).blanks == 0


def test_a_letter_of_a_mentor_is_printed_by_every_office_of_the_district(office: Growth, tmp_path: Path) -> None:
    text = office.text(filling.form_pdf(office.stranger, filling.LETTER, office.mentor.id)[1], tmp_path)
    for words in ("聘书", "周长青同志", "费县社区工作者帮带导师（机关干部）", "2027年12月31日", "费城街道"):
        assert words in text, words
    with pytest.raises(NotFound):
        filling.form_pdf(
            make_actor(Role.COMMUNITY_SECRETARY, office.town.city, "elsewhere"), filling.LETTER, office.mentor.id + 99
        )


def test_a_form_of_a_rotation_says_home_host_and_judgement(office: Growth, tmp_path: Path) -> None:
    text = office.text(filling.form_pdf(office.district, filling.ROTATION, office.evaluated.id)[1], tmp_path)
    for words in (
        *("王思远", "县委社会工作部", "挂职锻炼", "2024.01.01—2024.12.31", "圆满完成", "优秀", "2025年1月10日"),
        *("派出单位", "接收单位", "个人总结"),
    ):
        assert words in text, words
    cadre = rotations.rotation_forms(office.street, [office.cadre.id])[0]
    assert (cadre.name, cadre.sex) == ("赵明德", "")
    with pytest.raises(NotFound):
        filling.form_pdf(office.street, filling.ROTATION, office.evaluated.id)


def test_a_notice_names_everybody_whom_the_same_document_sends(office: Growth, tmp_path: Path) -> None:
    text = office.text(rotations.rotation_notice_pdf(office.district, office.rotation.id)[1], tmp_path)
    for words in (
        DOCUMENT,
        "关于选派2名同志挂职锻炼的通知",
        "林一诺",
        "王思远",
        "共2人",
        "2025年12月1日",
        "优秀、良好",
    ):
        assert words in text, words
    alone = rotations.rotation_notice(office.district, office.cadre.id)
    assert alone.annex is None
    assert "赵明德" in alone.name
    proposed = make_rotation(office.mine, office.host, RotationState.PROPOSED, starts_on=date(2026, 9, 1),
                             ends_on=date(2027, 2, 28))  # fmt: skip
    assert rotations.rotation_notice(office.street, proposed.id).draft
    cancelled = make_rotation(office.mine, office.host, RotationState.CANCELLED)
    with pytest.raises(Refused, match="已取消"):
        rotations.rotation_notice(office.street, cancelled.id)


def test_rosters_list_who_mentors_and_who_is_away_on_a_day(office: Growth) -> None:
    mentors = rosters.mentor_roster(office.district, office.town.district.id, ON)
    assert mentors.parts[0].rows[0][-2:] == ("1", "林一诺")
    earlier = rosters.mentor_roster(office.district, office.town.district.id, date(2025, 2, 1))
    assert earlier.parts[0].rows[0][-1] == "王思远"
    with pytest.raises(Refused, match="没有在聘的导师"):
        rosters.mentor_roster(office.district, office.town.district.id, date(2024, 1, 1))
    away = rosters.rotation_roster(office.district, office.town.district.id, ON)
    assert {row[1] for row in away.parts[0].rows} == {"林一诺", "王思远", "赵明德"}
    late = rosters.rotation_roster(office.district, office.town.district.id, date(2026, 10, 1))
    assert {row[-1] for row in late.parts[0].rows} == {"逾期未归"}
    with pytest.raises(NotFound):
        rosters.mentor_roster(office.street, office.town.other_street.id, ON)
    with pytest.raises(Refused, match="没有在外锻炼"):
        rosters.rotation_roster(office.street, office.town.neighbour.id, ON)


def test_the_cover_shows_gaps_of_communities_and_levels_of_people(office: Growth, tmp_path: Path) -> None:
    district = rosters.skill_cover(office.district, office.town.district.id, ON)
    rows = {row[1]: row for row in district.parts[0].rows}
    assert rows["费城街道书苑社区"][3:] == ("缺0/2", "1/1", "0")
    assert "共有缺口 7 处" in district.sums[1]
    community = rosters.skill_cover(office.street, office.town.community.id, ON)
    assert community.parts[0].rows[0][1:] == ("林一诺", "社区工作者", "", "●")
    assert community.parts[0].rows[-1][3:] == ("缺", "")
    text = office.text(classes.list_pdf(district)[1], tmp_path)
    assert "矛盾调解" in text


def test_a_notice_of_a_class_says_when_where_what_and_for_whom(office: Growth, tmp_path: Path) -> None:
    text = office.text(classes.class_notice_pdf(office.district, office.open_class.id)[1], tmp_path)
    for words in (
        *(
            "关于举办",
            "2025年第3期社区工作者培训班的通知",
            "各街道（镇）：",
            "2天，16学时",
            "每天08:30至17:00",
            "县委党校",
        ),
        *("调解技巧、法律法规", "李教授", "正职、副职", "“全员年度培训”尚未达标", "名额60人", "2025年12月3日"),
        *("60分及以上为合格", "自带笔记本", "参训人员名单", "共2人"),
    ):
        assert words in text, words
    assert classes.class_notice(office.street, office.open_class.id).annex is None
    planned = make_class(office.course, ClassState.PLANNED)
    assert classes.class_notice(office.district, planned.id).draft
    with pytest.raises(NotFound):
        classes.class_notice(office.street, planned.id)
    with pytest.raises(Refused, match="已取消"):
        classes.class_notice(office.district, make_class(office.course, ClassState.CANCELLED).id)


def test_the_sheet_to_sign_has_a_page_for_each_day_and_spare_lines(office: Growth) -> None:
    sheet = classes.sign_in_sheet(office.district, office.open_class.id)
    assert [part.head[0] for part in sheet.parts] == [
        "2025年12月5日（星期五） 08:30—17:00",
        "2025年12月6日（星期六） 08:30—17:00",
    ]
    assert len(sheet.parts[0].rows) == 2 + classes.SPARE_LINES
    with pytest.raises(NotFound):
        classes.sign_in_sheet(office.street, office.open_class.id)


def test_the_roster_of_a_class_says_what_came_of_everybody(office: Growth) -> None:
    roster = classes.class_roster(office.district, office.closed_class.id)
    results = {row[1]: row[-4:] for row in roster.parts[0].rows}
    assert results["林一诺"] == ("已参训", "16", "88.5 合格", "")
    assert results["王思远"] == ("已参训", "16", "40 不合格", "")
    assert ("缺训", "", "", "病假") in results.values()
    assert roster.sums == ("共3人，参训2人。",)


def test_certificates_are_of_those_who_attended_and_passed(office: Growth, tmp_path: Path) -> None:
    text = office.text(filling.form_pdf(office.street, filling.CERTIFICATE, office.certified.id)[1], tmp_path)
    for words in ("结业证书", "林一诺同志", "2025年第2期社区工作者培训班", "完成16学时", "考核合格", "2025年6月9日"):
        assert words in text, words
    for enrolment in (office.failed, office.absent):
        with pytest.raises(Refused, match="不发结业证书"):
            classes.check_certified(office.district, enrolment.id)
        with pytest.raises(NotFound):
            filling.form_pdf(office.district, filling.CERTIFICATE, enrolment.id)
    assert classes.certified_ids(office.district, office.closed_class.id) == [office.certified.id]
    assert classes.certified_ids(office.stranger, office.closed_class.id) == []
    with pytest.raises(NotFound):
        classes.check_certified(office.stranger, office.certified.id)
    with pytest.raises(Refused, match="还没有办结"):
        classes.check_certified(office.district, make_enrolment(office.open_class, office.absent_person).id)
    assert classes.certified_ids(office.district, office.open_class.id) == []


def test_a_call_is_announced_shown_and_decided_on_paper(office: Growth, tmp_path: Path) -> None:
    notice = office.text(honours.announcement_pdf(office.street, "honour-notice", office.call.id)[1], tmp_path)
    for words in ("费社工发〔2025〕30号", "2名", "热爱社区工作", "满3年", "2025年12月10日（含当日）", "公示"):
        assert words in notice, words
    shown = office.text(honours.announcement_pdf(office.district, "honour-publicity", office.call.id)[1], tmp_path)
    for words in ("拟表彰人选公示", "林一诺", office.mine.identity_masked, "2025年12月22日至2025年12月26日", "共1人"):
        assert words in shown, words
    assert "王思远" not in shown
    assert honours.call_decision(office.district, office.call.id).draft
    office.conclude()
    decided = office.text(honours.announcement_pdf(office.district, "honour-decision", office.call.id)[1], tmp_path)
    for words in ("费社工发〔2025〕40号", "授予林一诺同志“费县最美社工”称号", "2025年12月30日"):
        assert words in decided, words
    with pytest.raises(NotFound):
        honours.call_decision(office.street, office.call.id)


def test_what_is_not_decided_yet_or_decided_above_has_no_paper(office: Growth) -> None:
    early = office.called(CallState.NOMINATION)
    with pytest.raises(Refused, match="还没有确定入选人员"):
        honours.call_publicity(office.district, early.id)
    with pytest.raises(Refused, match="还没有公示"):
        honours.call_decision(office.district, early.id)
    above = office.called(CallState.NOTICE, outside=True)
    with pytest.raises(Refused, match="由上级授予"):
        honours.call_decision(office.district, above.id)
    with pytest.raises(Refused, match="已取消"):
        honours.call_notice(office.district, office.called(CallState.CANCELLED).id)
    assert honours.call_notice(office.district, office.called(CallState.PLANNED).id).draft


def test_a_nomination_says_who_it_is_what_they_did_and_what_they_hold(office: Growth, tmp_path: Path) -> None:
    text = office.text(filling.form_pdf(office.street, filling.HONOUR, office.nominee.id)[1], tmp_path)
    for words in (
        *("费县最美社工推荐审批表", "林一诺", "山东费县", "2018.07", "牵头完成老旧小区加装电梯协商"),
        *("2023年7月被费县县委授予“优秀共产党员”称号", "费县最美社工（区县级）", "社区党组织"),
    ):
        assert words in text, words
    with pytest.raises(NotFound):
        filling.form_pdf(office.street, filling.HONOUR, office.passed_over.id)
    office.conclude()
    assert honours.honour_forms(office.street, [office.nominee.id])[0].result == "已授予。费社工发〔2025〕40号"


def test_papers_of_many_ask_the_database_as_little_as_that_of_one(office: Growth) -> None:
    def pairings() -> int:
        return len(mentoring.evaluations(office.district, range(1, 100)))

    def certified() -> int:
        return len(classes.certificates(office.district, range(1, 100)))

    def nominated() -> int:
        return len(honours.honour_forms(office.district, range(1, 100), photos=False))

    def sent() -> int:
        return len(rotations.rotation_forms(office.district, range(1, 100)))

    works = (pairings, certified, nominated, sent)
    few = [len(selects_of(work)) for work in works]
    for _ in range(4):
        person = make_employee(None, office.town.neighbour)
        make_pairing(office.mentor, person, office.town.neighbour)
        make_enrolment(office.closed_class, person, state=office.certified.state)
        make_nominee(office.call, person, office.town.neighbour)
        make_rotation(person, office.host)
    assert [len(selects_of(work)) for work in works] == few


def test_the_papers_of_a_unit_are_those_of_a_year(office: Growth) -> None:
    path = office.town.district.path
    assert filling.unit_ids(office.district, filling.AGREEMENT, path, 2025) == [office.pairing.id]
    assert filling.unit_ids(office.district, filling.EVALUATION, path, 2025) == [office.finished.id]
    assert filling.unit_ids(office.district, filling.EVALUATION, path, 2026) == []
    assert filling.unit_ids(office.district, filling.LETTER, path) == [office.mentor.id]
    assert filling.unit_ids(office.district, filling.ROTATION, path, 2024) == [office.evaluated.id]
    assert filling.unit_ids(office.street, filling.ROTATION, path, 2024) == []
    mine = filling.unit_ids(office.district, filling.ROTATION, path, 2026, [office.mine.number])
    assert mine == [office.rotation.id]


def test_the_widest_unit_is_the_actors_own(office: Growth) -> None:
    assert rosters.widest_unit(office.street, Permission.SKILL_VIEW) == office.town.street.id
    with writing():
        office.lines[0].active = office.lines[1].active = False
    with pytest.raises(Refused, match="还没有设置业务条线"):
        rosters.skill_cover(office.street, office.town.street.id, ON)


def test_a_class_of_one_day_is_not_said_to_last_from_a_day_to_the_same_day() -> None:
    day = date(2026, 11, 13)
    assert span_of(day, day) == "2026年11月13日"
    assert span_of(day, date(2026, 11, 14)) == "2026年11月13日至2026年11月14日"
    assert span_of(day, None) == "2026年11月13日起"
