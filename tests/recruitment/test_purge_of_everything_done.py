"""Whatever was done with an application, by the office or by the person, nothing that tells who stays behind."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.recruitment.models import Application, ApplicationState, BatchState, RecruitmentBatch, Verdict
from careerpath.recruitment.operations.candidates import (
    Beginning,
    add_own_paper,
    begin_application,
    renew_code,
    save_own,
    set_own_photo,
    withdraw_own,
)
from careerpath.recruitment.operations.entering import (
    add_application_paper,
    change_application,
    enter_application,
    reveal_applicant,
    set_application_photo,
    withdraw_application,
)
from careerpath.recruitment.operations.particulars import Particulars, Relative, ResumeLine
from careerpath.recruitment.operations.purge import purge_applicants
from careerpath.recruitment.operations.review import (
    Finding,
    reopen_review,
    reveal_application_paper,
    review_application,
)
from tests.employees.test_papers import make_image
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_identity
from tests.factories.recruitment import make_batch, make_position
from tests.recruitment.test_purge import every_text

NAME, CHANGED, PHONE, STREET = "褚明岚", "褚茗岚", "13912345678", "文化路八十八号"
RELATIVE, EMPLOYER = "褚建国", "费县某某置业公司"
TELLING = (NAME, CHANGED, PHONE, STREET, RELATIVE, EMPLOYER)


def particulars(identity: str, name: str = NAME) -> Particulars:
    return Particulars(
        name=name,
        identity=identity,
        phone=PHONE,
        address=STREET,
        household_place="费县",
        education="21",
        school="临沂大学",
        graduated_on=date(2019, 7, 1),
        resume=(ResumeLine(starts_on=date(2019, 7, 1), ends_on=None, text=EMPLOYER),),
        family=(Relative(relation="父亲", name=RELATIVE),),
    )


def test_nothing_is_left_of_what_offices_and_candidates_did(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    clerk, other = (make_actor(Role.STREET_HR, town.street, name) for name in ("王初审", "李复审"))
    first, second = (make_identity(date(1996, 2, 3), serial=serial) for serial in (801, 802))

    one = enter_application(clerk, batch.id, position.id, particulars(first))
    version = db.session.get_one(Application, one).version
    change_application(clerk, one, position.id, particulars(first, CHANGED), version)
    set_application_photo(clerk, one, make_image())
    paper = add_application_paper(clerk, one, "identity", f"{NAME}身份证.jpg", make_image())
    reveal_applicant(clerk, one, f"核对{CHANGED} {first} 身份证")
    reveal_application_paper(clerk, one, paper, f"核对{CHANGED}身份证，电话{PHONE}")
    renew_code(clerk, one)
    review_application(clerk, one, Finding(Verdict.PASSED, f"{CHANGED}材料齐全"))
    review_application(other, one, Finding(Verdict.FAILED, f"{CHANGED}曾在{EMPLOYER}任职"))
    reopen_review(other, one, f"{CHANGED}来电 {PHONE}")
    withdraw_application(clerk, one, f"{CHANGED}本人电话{PHONE}告知放弃")

    begun = Beginning(position_id=position.id, name=NAME, identity=second, phone=PHONE, consented=True)
    ticket = begin_application(Actor.nobody(), batch.id, begun)
    save_own(Actor.nobody(), ticket, particulars(second))
    set_own_photo(Actor.nobody(), ticket, make_image())
    add_own_paper(Actor.nobody(), ticket, "diploma", f"{NAME}毕业证.jpg", make_image())
    withdraw_own(Actor.nobody(), ticket)

    before = every_text()
    telling = (*TELLING, first, second, ticket.code)
    assert NAME in before
    assert CHANGED in before
    with writing():
        kept = db.session.get_one(RecruitmentBatch, batch.id)
        kept.state, kept.concluded_on = BatchState.CANCELLED, date(2025, 12, 5)
    assert purge_applicants(Actor.console(), date(2026, 6, 4)) == 0
    assert db.session.scalars(select(Application.state)).all() == [ApplicationState.WITHDRAWN] * 2
    assert purge_applicants(Actor.console(), date(2026, 6, 5)) == 2
    after = every_text()
    assert [word for word in telling if word in after] == []
