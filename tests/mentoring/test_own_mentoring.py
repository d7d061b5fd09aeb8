"""One's own mentoring, as the mentee and as the mentor: logs, evaluation, what is shown of it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.mentoring.models import MentoringLog, Pairing
from careerpath.mentoring.operations.evaluations import (
    EvaluationGiven,
    complete_pairing,
    evaluate_own_mentee,
    evaluate_own_mentor,
)
from careerpath.mentoring.operations.logs import drop_own_log, write_log, write_own_log
from careerpath.words import NotFound, Refused
from tests.factories.access import signed_in
from tests.factories.employees import selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.mentoring.office import LOG, Office, day

MOST_QUERIES = 8
OVER: dict[str, Any] = {"starts_on": date(2024, 12, 1), "ends_on": date(2025, 11, 30)}
GOOD = EvaluationGiven("excellent", "肯教")


def test_both_write_logs_of_their_pairing_and_each_changes_only_their_own(app: Flask) -> None:
    office = Office()
    mentee, secretary = office.person(), office.person()
    pairing = make_pairing(make_mentor(office.town.community, secretary), mentee, office.town.community)
    by_mentee, by_mentor = office.own(mentee), office.own(secretary)
    first = write_own_log(by_mentee, pairing.id, LOG)
    write_own_log(by_mentor, pairing.id, LOG)
    with pytest.raises(Refused, match="只能由填写人或街道经办修改"):
        drop_own_log(by_mentor, first)
    drop_own_log(by_mentee, first)
    assert db.session.scalars(select(MentoringLog.by)).all() == [by_mentor.display_name]
    with pytest.raises(NotFound):
        write_own_log(office.own(office.person()), pairing.id, LOG)


def test_each_evaluates_the_other_and_nobody_themselves(app: Flask) -> None:
    office = Office()
    mentee, secretary = office.person(), office.person()
    pairing = make_pairing(make_mentor(office.town.community, secretary), mentee, office.town.community)
    by_mentee, by_mentor = office.own(mentee), office.own(secretary)
    with pytest.raises(Refused, match="期满当日起评价"):
        evaluate_own_mentor(by_mentee, pairing.id, GOOD)
    with day(date(2026, 2, 28)):
        evaluate_own_mentor(by_mentee, pairing.id, GOOD)
        evaluate_own_mentee(by_mentor, pairing.id, EvaluationGiven("fair"))
        with pytest.raises(NotFound):
            evaluate_own_mentee(by_mentee, pairing.id, GOOD)
    stands = db.session.get_one(Pairing, pairing.id)
    assert (stands.mentor_grade, stands.mentor_opinion, stands.mentee_grade) == ("excellent", "肯教", "fair")


def test_a_worker_reads_the_plan_and_writes_a_log_on_the_phone(app: Flask) -> None:
    office = Office()
    mentee = office.person()
    pairing = make_pairing(make_mentor(office.town.street, name="周民政"), mentee, office.town.community)
    client = signed_in(app, office.own(mentee))
    text = client.get("/mentoring/own").text
    for shown in ("周民政", pairing.goals, "停滞", "写帮带记录"):
        assert shown in text
    sent = {"on": "2025-12-04", "hours": "2", "topic": "入户", "text": "学会核查"}
    assert client.post(f"/mentoring/own/pairings/{pairing.id}/logs/new", data=sent).status_code == 302
    log = db.session.scalars(select(MentoringLog)).one()
    changed = {**sent, "topic": "入户核查", "version": "1"}
    assert client.post(f"/mentoring/own/logs/{log.id}", data=changed).status_code == 302
    assert "入户核查" in client.get("/mentoring/own").text
    assert len(selects_of(lambda: client.get("/mentoring/own"))) <= MOST_QUERIES
    client.post(f"/mentoring/own/logs/{log.id}/drop")
    assert "还没有帮带记录" in client.get("/mentoring/own").text
    over = make_pairing(make_mentor(office.town.street), mentee, office.town.community, **OVER)
    grade = {"grade": "excellent", "opinion": "肯教"}
    assert client.post(f"/mentoring/own/pairings/{pairing.id}/evaluate", data=grade).status_code == 422
    assert client.post(f"/mentoring/own/pairings/{over.id}/evaluate", data=grade).status_code == 302
    assert "我的评价：" in client.get("/mentoring/own").text


def test_a_log_of_the_office_is_read_but_not_changed_by_the_two(app: Flask) -> None:
    office = Office()
    mentee = office.person()
    pairing = make_pairing(make_mentor(office.town.street), mentee, office.town.community)
    log_id = write_log(office.street, pairing.id, LOG)
    client = signed_in(app, office.own(mentee))
    text = client.get("/mentoring/own").text
    assert LOG.topic in text
    assert f"/mentoring/own/logs/{log_id}" not in text


def test_what_the_other_said_is_shown_once_the_pairing_is_completed(app: Flask) -> None:
    office = Office()
    mentee = office.person()
    said = {"mentee_grade": "fair", "mentee_opinion": "还须努力", "mentor_grade": "excellent"}
    pairing = make_pairing(make_mentor(office.town.street), mentee, office.town.community, **OVER, **said)
    client = signed_in(app, office.own(mentee))
    assert "还须努力" not in client.get("/mentoring/own").text
    complete_pairing(office.street, pairing.id, "评估缺项已补。", date(2025, 12, 5))
    text = client.get("/mentoring/own").text
    assert "对方评价：合格" in text
    assert "还须努力" in text


def test_an_account_without_a_file_is_told_so(app: Flask) -> None:
    office = Office()
    assert "没有关联个人档案" in signed_in(app, office.secretary).get("/mentoring/own").text
    own = signed_in(app, office.own(office.person()))
    assert "还没有帮带结对" in own.get("/mentoring/own").text
