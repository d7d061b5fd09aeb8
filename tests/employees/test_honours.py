"""Honours and mandates: facts of a file, with the words of their own."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Honour
from careerpath.employees.operations.facts import FactKind, NewHonour
from careerpath.employees.operations.history import add_fact, correct_fact, withdraw_fact
from careerpath.words import Refused
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee

DELEGATE = NewHonour(
    kind="party_delegate",
    level="county",
    granted_on=date(2021, 12, 1),
    ends_on=date(2026, 11, 30),
    title="县党代会代表",
)


def test_an_honour_without_a_title_is_called_by_its_level_and_kind(app: Flask) -> None:
    person = make_employee(None, Town().community)
    add_fact(CLERK, person.id, NewHonour(kind="model_worker", level="city", granted_on=date(2024, 3, 1)))
    assert db.session.scalars(select(Honour.title)).all() == ["市级最美社工"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (NewHonour(kind="saint", level="city", granted_on=date(2024, 3, 1)), "荣誉类别代码“saint”不存在"),
        (NewHonour(kind="other", level="moon", granted_on=date(2024, 3, 1)), "荣誉级别代码“moon”不存在"),
        (NewHonour(kind="other", level="city", granted_on=date(2024, 3, 1)), "其他荣誉请填写荣誉名称"),
        (NewHonour(kind="labour_model", level="city", granted_on=date(2026, 1, 5)), "授予日期晚于今天"),
        (NewHonour(kind="labour_model", level="city", granted_on=date(1960, 1, 1)), "授予日期早于出生日期"),
        (NewHonour(kind="peoples_deputy", level="county", granted_on=date(2022, 1, 1)), "人大代表有任期"),
        (
            NewHonour(kind="model_worker", level="city", granted_on=date(2022, 1, 1), ends_on=date(2023, 1, 1)),
            "最美社工没有任期",
        ),
        (
            NewHonour(kind="political_adviser", level="city", granted_on=date(2022, 1, 1), ends_on=date(2021, 1, 1)),
            "任期结束日期早于开始日期",
        ),
    ],
)
def test_an_honour_that_contradicts_itself_is_refused(app: Flask, given: NewHonour, words: str) -> None:
    person = make_employee(None, Town().community)
    with pytest.raises(Refused, match=words):
        add_fact(CLERK, person.id, given)
    assert db.session.scalars(select(Honour)).all() == []


def test_honours_can_be_given_with_a_new_file_corrected_and_withdrawn(app: Flask) -> None:
    person = make_employee(None, Town().community, honours=(DELEGATE,))
    first = db.session.scalars(select(Honour)).one()
    model = NewHonour(kind="labour_model", level="province", granted_on=date(2023, 5, 1), title="山东省劳动模范")
    second = correct_fact(CLERK, person.id, first.id, model)
    assert (first.superseded_at is None, first.title) == (False, "县党代会代表")
    withdraw_fact(CLERK, person.id, second, FactKind.HONOUR)
    assert all(one.superseded_at is not None for one in db.session.scalars(select(Honour)))


def test_the_office_enters_a_mandate_in_the_file_and_sees_it_there(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    typed = {"kind": "party_delegate", "level": "county", "granted_on": "2021-12-01", "granted_by": "中共费县委员会"}
    address = f"/employees/{person.id}/facts/honour/add"
    refused = client.post(address, data=typed)
    assert refused.status_code == 422
    assert "请填写任期结束日期" in refused.text
    answer = client.post(address, data=typed | {"ends_on": "2026-11-30"})
    assert answer.location.endswith(f"/employees/{person.id}/conduct")
    page = client.get(answer.location)
    for words in ("荣誉和两代表一委员", "区县级党代表", "2021-12-01", "2026-11-30", "中共费县委员会"):
        assert words in page.text, words


def test_the_trail_says_an_honour_in_its_own_words(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    honour = NewHonour(kind="other", level="province", granted_on=date(2024, 5, 1), title="优秀志愿者")
    add_fact(CLERK, person.id, honour)
    page = signed_in(app, make_actor(Role.STREET_HR, town.street)).get(f"/employees/{person.id}/history")
    for words in ("荣誉类别：其他荣誉", "荣誉级别：省级", "荣誉名称：优秀志愿者"):
        assert words in page.text, words
