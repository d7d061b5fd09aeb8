"""The appointment: an application becomes a personnel file, and nothing is typed again."""

import time
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db, writing
from careerpath.employees.models import (
    Attachment,
    AttachmentKind,
    CareerLine,
    Certificate,
    Channel,
    Contract,
    Education,
    Employee,
    FamilyMember,
    Posting,
    Source,
)
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries import sealed as file_seal
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.recruitment.models import Application, Appointment, BatchState
from careerpath.recruitment.operations.appointments import appoint_many, appoint_one
from careerpath.recruitment.operations.entering import add_application_paper, set_application_photo
from careerpath.recruitment.queries import sealed as application_seal
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.terms import Terms, terms_warnings, usual_terms
from careerpath.words import NotFound, Refused
from tests.employees.test_papers import make_image
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.pay import adopt_scheme
from tests.recruitment.finals import APPOINTED, NOTICE, STARTS, TERMS, Contest, day, ready

RESUME = [
    {"starts_on": "2016-09-01", "ends_on": "2020-06-30", "text": "临沂大学社会工作专业学习"},
    {"starts_on": "2020-07-01", "ends_on": None, "text": "费县某公司职员"},
]
FAMILY = [{"relation": "父亲", "name": "应某", "born_on": "1970-02-01", "political": "01", "work": "务农"}]


def applied(**changes: Any) -> Contest:
    """甲 with a full application, checked and under a notice."""
    contest = Contest()
    given: dict[str, Any] = {
        "resume": RESUME,
        "family": FAMILY,
        "certificate": "junior",
        "certificate_number": "J-1",
        "certified_on": date(2023, 10, 1),
        "native_place": "山东费县",
        "military_months": 24,
    } | changes
    contest.candidate("甲", contest.position(title="网格管理员"), **given)
    contest.release()
    contest.check("甲")
    contest.publish()
    return contest


def appointed(contest: Contest, name: str = "甲", terms: Terms = TERMS) -> Employee:
    """Appoint somebody; gives the file."""
    with day(APPOINTED):
        return db.session.get_one(Employee, appoint_one(contest.office, contest.names[name], terms))


def test_the_file_says_all_that_the_application_said(app: Flask) -> None:
    contest = applied()
    employee = appointed(contest)
    application = db.session.get_one(Application, contest.names["甲"])
    assert (employee.name, employee.identity_index) == ("甲", application.identity_index)
    number = file_seal.opened(employee.identity_sealed, "identity", employee.uid)
    assert number == application_seal.opened(application.identity_sealed, "identity", application.uid)
    assert file_seal.opened(employee.address_sealed, "address", employee.uid) == "费县费城街道文化路1号"
    assert employee.phone_masked == application.phone_masked
    assert (employee.native_place, employee.military_months) == ("山东费县", 24)
    assert (employee.channel, employee.source) == (Channel.OPEN_RECRUITMENT, Source.GRADUATE)
    assert employee.batch == contest.batch.name
    assert (employee.joined_community_on, employee.joined_work_on) == (STARTS, STARTS)
    posting = db.session.scalars(select(Posting)).one()
    assert (posting.unit_id, posting.post, posting.title) == (contest.town.community.id, "staff", "网格管理员")
    assert (posting.starts_on, posting.ends_on, posting.elected) == (STARTS, None, False)
    education = db.session.scalars(select(Education)).one()
    assert (education.level, education.degree, education.school) == ("21", "4", "临沂大学")
    certificate = db.session.scalars(select(Certificate)).one()
    assert (certificate.grade, certificate.obtained_on) == ("junior", date(2023, 10, 1))
    contract = db.session.scalars(select(Contract)).one()
    assert (contract.starts_on, contract.ends_on, contract.probation_ends_on) == (
        STARTS,
        date(2029, 3, 1),
        date(2026, 5, 1),
    )
    kept = db.session.scalars(select(Appointment)).one()
    assert (kept.employee_id, kept.document, kept.by) == (employee.id, "费社工发〔2026〕3号", "office")


def test_the_resume_goes_on_with_the_new_post(app: Flask) -> None:
    contest = applied()
    employee = appointed(contest)
    lines = db.session.scalars(
        select(CareerLine).where(CareerLine.employee_id == employee.id).order_by(CareerLine.starts_on)
    )
    assert [(line.starts_on, line.ends_on, line.text) for line in lines] == [
        (date(2016, 9, 1), date(2020, 6, 30), "临沂大学社会工作专业学习"),
        (date(2020, 7, 1), date(2026, 3, 1), "费县某公司职员"),
        (STARTS, None, "书苑社区 网格管理员"),
    ]
    member = db.session.scalars(select(FamilyMember)).one()
    assert (member.relation, member.name, member.born_on, member.political) == (
        "父亲",
        "应某",
        date(1970, 2, 1),
        "01",
    )


def test_photo_and_papers_are_sealed_anew_for_the_file(app: Flask) -> None:
    contest = applied()
    one = contest.names["甲"]
    with writing():
        contest.batch.state = BatchState.PUBLISHED
    set_application_photo(CLERK, one, make_image())
    add_application_paper(CLERK, one, "diploma", "毕业证.jpg", make_image())
    with writing():
        contest.batch.state = BatchState.NOTICE
    employee = appointed(contest)
    application = db.session.get_one(Application, one)
    assert employee.photo_key != application.photo_key
    assert file_seal.kept_file(employee.photo_key, employee.uid) == application_seal.kept_file(
        application.photo_key, application.uid
    )
    paper = db.session.scalars(select(Attachment)).one()
    assert (paper.kind, paper.name) == (AttachmentKind.EDUCATION, "毕业证.jpg")
    assert len(file_seal.kept_file(paper.file_key, employee.uid)) == paper.size


def test_the_first_level_waits_for_the_district_in_a_round_of_its_own(app: Flask) -> None:
    adopt_scheme()
    contest = applied(certificate="")
    employee = appointed(contest)
    round_ = db.session.scalars(select(PlacementRound)).one()
    assert (round_.unit_id, round_.on, round_.newcomers) == (contest.town.street.id, STARTS, True)
    proposal = db.session.scalars(select(PlacementProposal)).one()
    assert (proposal.employee_id, proposal.state) == (employee.id, ProposalState.SUBMITTED)
    assert (proposal.starts_on, proposal.before_level) == (STARTS, None)
    assert db.session.scalars(select(Appointment.round_id)).one() == round_.id


def test_who_left_before_comes_back_to_the_file_there_is(app: Flask) -> None:
    identity = make_identity(date(1995, 5, 5), serial=7)
    contest = applied(identity=identity, education="14", degree="3", certificate="")
    former = make_employee(CLERK, contest.town.foreign, identity=identity, name="甲", native_place="山东平邑")
    end_service(CLERK, former.id, EndOfService(left_on=date(2024, 6, 30), reason="辞职"))
    employee = appointed(contest)
    assert employee.id == former.id
    assert (employee.left_on, employee.joined_community_on) == (None, date(2018, 7, 1))
    assert (employee.native_place, employee.batch) == ("山东费县", contest.batch.name)
    assert employee.highest_education == "14"
    postings = db.session.scalars(
        select(Posting).where(Posting.superseded_at.is_(None)).order_by(Posting.starts_on)
    ).all()
    assert [(one.unit_id, one.starts_on, one.ends_on) for one in postings] == [
        (contest.town.foreign.id, date(2018, 7, 1), date(2024, 6, 30)),
        (contest.town.community.id, STARTS, None),
    ]
    assert db.session.scalars(select(Contract)).one().starts_on == STARTS


def test_who_serves_already_takes_the_new_post_in_the_same_file(app: Flask) -> None:
    identity = make_identity(date(1990, 5, 5), serial=8)
    contest = Contest(BatchState.EXAM)
    position = contest.position(channel=Channel.BY_ELECTION, post="deputy", title="居委会副主任")
    contest.elected("甲", position, identity=identity)
    serving = make_employee(CLERK, contest.town.neighbour, identity=identity, name="甲")
    contest.release()
    contest.publish()
    assert appointed(contest).id == serving.id
    postings = db.session.scalars(
        select(Posting).where(Posting.superseded_at.is_(None)).order_by(Posting.starts_on)
    ).all()
    assert [(one.post, one.ends_on, one.elected) for one in postings] == [
        ("staff", date(2026, 3, 1), False),
        ("deputy", None, True),
    ]


def test_a_refusal_names_the_person_and_nobody_is_appointed(app: Flask) -> None:
    contest = Contest()
    position = contest.position(2)
    contest.candidate("甲", position)
    contest.candidate("乙", position, "90", political_since=date(2000, 1, 1), political="01")
    contest.release()
    contest.check("甲", "乙")
    contest.publish()
    with day(APPOINTED), pytest.raises(Refused, match="乙：入党日期"):
        appoint_many(contest.office, contest.batch_id, list(contest.names.values()), TERMS)
    assert db.session.query(Employee).count() == 0
    assert db.session.query(Appointment).count() == 0


def test_nobody_is_appointed_twice_nor_who_is_not_to_be(app: Flask) -> None:
    contest = ready()
    appointed(contest)
    with pytest.raises(Refused, match="甲已于 2026-03-02 聘用"):
        appointed(contest)
    with pytest.raises(Refused, match="乙不是拟聘用人员"):
        appointed(contest, "乙")
    with day(APPOINTED), pytest.raises(NotFound):
        appoint_many(contest.office, contest.batch_id, [999], TERMS)
    with day(APPOINTED), pytest.raises(Refused, match="请先勾选人员"):
        appoint_many(contest.office, contest.batch_id, [], TERMS)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(NOTICE[1], None, None), "starts_on"),
        (Terms(date(2027, 3, 1), None, None), "starts_on"),
        (Terms(STARTS, STARTS, None), "contract_ends_on"),
        (Terms(STARTS, None, date(2026, 3, 1)), "probation_ends_on"),
        (Terms(STARTS, date(2026, 4, 1), date(2026, 4, 2)), "probation_ends_on"),
        (Terms(STARTS, None, None, "职" * 61), "title"),
        (Terms(STARTS, None, None, "", "文" * 121), "document"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(app: Flask, terms: Terms, field: str) -> None:
    with pytest.raises(Refused) as refused:
        appointed(ready(), terms=terms)
    assert refused.value.field == field


def test_a_probation_beyond_the_law_warns_and_blocks_nobody(app: Flask) -> None:
    contest = ready()
    usual, warnings = usual_terms(rules_of(contest.batch), STARTS)
    assert (usual.contract_ends_on, usual.probation_ends_on, warnings) == (date(2029, 3, 1), date(2026, 5, 1), ())
    long = Terms(STARTS, date(2027, 3, 1), date(2026, 8, 31))
    assert "超过《中华人民共和国劳动合同法》第十九条规定的 2 个月" in str(terms_warnings(long)[0])
    assert appointed(contest, terms=long).id


def test_sixty_are_appointed_in_one_go_with_few_questions(app: Flask) -> None:
    adopt_scheme()
    contest = Contest()
    names = [f"考生{chr(0x4E00 + number)}" for number in range(60)]
    positions = [contest.position(10, unit=unit) for unit in (contest.town.community, contest.town.foreign) * 3]
    for number, name in enumerate(names):
        contest.candidate(name, positions[number % 6], resume=RESUME, family=FAMILY)
    contest.release()
    contest.check(*names)
    contest.publish()
    made: list[int] = []
    with day(APPOINTED):
        started = time.process_time()
        asked = selects_of(
            lambda: made.extend(appoint_many(contest.office, contest.batch_id, list(contest.names.values()), TERMS))
        )
        took = time.process_time() - started
    assert len(set(made)) == 60
    assert took < 3
    assert len(asked) < 80
    rounds = db.session.scalars(select(PlacementRound)).all()
    assert {one.unit_id for one in rounds} == {contest.town.street.id, contest.town.other_street.id}
    assert db.session.query(PlacementProposal).count() == 60
