"""What people print for themselves: the agreement that they signed, and the certificates that they earned."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.employees.operations.people import link_account
from careerpath.printing.queries.growth import filling
from careerpath.words import NotFound
from tests.core.pdf.pages import text_of
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK
from tests.printing.growing import Growth


@pytest.fixture
def office(app: Flask) -> Iterator[Growth]:
    with app.test_request_context():
        yield Growth()


def account_of(office: Growth, employee_id: int, name: str) -> Actor:
    actor = make_actor(Role.WORKER, office.town.community, name)
    assert actor.user_id is not None
    link_account(CLERK, employee_id, actor.user_id)
    return actor


def test_a_worker_prints_the_agreement_of_ones_own_pairing(app: Flask, office: Growth, tmp_path: Path) -> None:
    worker = account_of(office, office.mine.id, "lin")
    stranger = account_of(office, office.other.id, "wang")
    name, content = filling.own_form_pdf(worker, filling.AGREEMENT, office.pairing.id)
    assert name == "林一诺导师帮带协议书.pdf"
    assert "周长青" in text_of(content, tmp_path)
    address = f"/print/own-pairings/{office.pairing.id}/mentor-agreement.pdf"
    browser = signed_in(app, worker)
    assert address in browser.get("/mentoring/own").text
    assert browser.get(address).mimetype == "application/pdf"
    with pytest.raises(NotFound):
        filling.own_form_pdf(stranger, filling.AGREEMENT, office.pairing.id)


def test_a_worker_prints_the_certificate_of_a_class_that_one_attended(app: Flask, office: Growth) -> None:
    worker = account_of(office, office.certified.employee_id, "zheng")
    browser = signed_in(app, worker)
    address = f"/print/own-enrolments/{office.certified.id}/class-certificate.pdf"
    assert address in browser.get("/training/own").text
    assert browser.get(address).mimetype == "application/pdf"
    nobody = make_actor(Role.WORKER, office.town.community, "nobody")
    assert signed_in(app, nobody).get(address).status_code == 404


def test_an_account_without_a_file_prints_nothing(app: Flask, office: Growth) -> None:
    nobody = make_actor(Role.WORKER, office.town.community, "nobody")
    for code, record_id in ((filling.AGREEMENT, office.pairing.id), (filling.CERTIFICATE, office.certified.id)):
        with pytest.raises(NotFound):
            filling.own_form_pdf(nobody, code, record_id)
