"""Accounts and roles: what each administrator may do, and for whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import Denied
from careerpath.access.models import RoleGrant, SignIn, User
from careerpath.access.operations.accounts import (
    NewGrant,
    NewUser,
    create_user,
    end_grant,
    enrol_user,
    grant_role,
    reset_password,
    set_active,
    unlock_user,
)
from careerpath.access.operations.sign_ins import FAILURES_BEFORE_LOCK, sign_in
from careerpath.access.permissions import Role
from careerpath.access.queries.accounts import (
    AccountFilters,
    accounts_page,
    administrators,
    all_accounts,
    grants_of,
    grants_page,
)
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.passwords import check_new_password
from careerpath.words import NotFound, Refused
from tests.factories.access import PASSWORD, Town, make_actor, make_user

NOBODY = Actor.nobody()
TODAY = date(2025, 12, 5)


def names(actor: Actor, filters: AccountFilters = AccountFilters()) -> list[str]:  # noqa: B008
    return [row.user.name for row in accounts_page(actor, filters).rows]


def test_the_first_password_opens_and_is_good_enough_to_be_handed_over(app: Flask) -> None:
    town = Town()
    actor = make_actor(Role.SYSTEM_ADMIN, town.district)
    user_id, password = create_user(actor, NewUser(" zhang-min ", "张敏"))
    assert db.session.get_one(User, user_id).must_change_password is True
    assert sign_in(NOBODY, "zhang-min", password) is not None
    check_new_password(password, personal=["zhang-min", "张敏"])
    for name in ("zhang-min", "zhang min", ""):
        with pytest.raises(Refused):
            create_user(actor, NewUser(name, "张敏"))


def test_a_reset_ends_the_sign_ins_and_the_old_password(app: Flask) -> None:
    town = Town()
    user = make_user("wang", Role.STREET_HR, town.street)
    sign_in(NOBODY, "wang", PASSWORD)
    password = reset_password(make_actor(Role.SYSTEM_ADMIN, town.district), user.id)
    assert db.session.scalars(select(SignIn)).one().ended_at is not None
    assert sign_in(NOBODY, "wang", PASSWORD) is None
    assert sign_in(NOBODY, "wang", password) is not None


def test_an_administrator_unlocks_and_switches_off_but_not_themselves(app: Flask) -> None:
    town = Town()
    user, admin = make_user("wang", Role.STREET_HR, town.street), make_actor(Role.SYSTEM_ADMIN, town.district)
    for _ in range(FAILURES_BEFORE_LOCK):
        sign_in(NOBODY, "wang", "wrong")
    assert names(admin, AccountFilters(state="locked")) == ["wang"]
    unlock_user(admin, user.id)
    assert sign_in(NOBODY, "wang", PASSWORD) is not None
    set_active(admin, user.id, active=False)
    assert sign_in(NOBODY, "wang", PASSWORD) is None
    assert names(admin, AccountFilters(state="off")) == ["wang"]
    set_active(admin, user.id, active=True)
    assert sign_in(NOBODY, "wang", PASSWORD) is not None
    assert admin.user_id is not None
    with pytest.raises(Refused, match="自己"):
        set_active(admin, admin.user_id, active=False)


def test_no_administrator_does_another_ones_work(app: Flask) -> None:
    town = Town()
    user = make_user("wang")
    system, security, audit = (
        make_actor(role, town.district) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    )
    grant = NewGrant(Role.STREET_HR, town.street.id, TODAY)
    with pytest.raises(Denied):
        grant_role(system, user.id, grant)
    with pytest.raises(Denied):
        enrol_user(system, NewUser("zhao", "赵"), Role.STREET_HR, town.street.code)
    for actor in (security, audit):
        with pytest.raises(Denied):
            reset_password(actor, user.id)
    with pytest.raises(Denied):
        grant_role(audit, user.id, grant)
    assert db.session.scalar(select(User.id).where(User.name == "zhao")) is None


def test_an_administrators_role_stands_alone(app: Flask) -> None:
    town = Town()
    security = make_actor(Role.SECURITY_ADMIN, town.district)
    wang = make_user("wang", Role.STREET_HR, town.street)
    with pytest.raises(Refused, match="三员分立"):
        grant_role(security, wang.id, NewGrant(Role.AUDIT_ADMIN, town.district.id, TODAY))
    with pytest.raises(Refused, match="不能授予"):
        grant_role(security, wang.id, NewGrant(Role.CONSOLE, town.district.id, TODAY))
    assert security.user_id is not None
    with pytest.raises(Refused, match="自己"):
        grant_role(security, security.user_id, NewGrant(Role.STREET_HR, town.street.id, TODAY))
    grant_role(security, wang.id, NewGrant(Role.COMMUNITY_SECRETARY, town.community.id, TODAY))
    assert len(grants_of(wang)) == 2


def test_a_role_taken_back_ended_yesterday_and_one_of_today_never_was(app: Flask) -> None:
    town = Town()
    security = make_actor(Role.SECURITY_ADMIN, town.district)
    wang = make_user("wang", Role.STREET_HR, town.street)
    sign_in(NOBODY, "wang", PASSWORD)
    first = grants_of(wang)[0].id
    second = grant_role(security, wang.id, NewGrant(Role.FINANCE, town.street.id, TODAY))
    assert end_grant(security, second) == wang.id
    end_grant(security, first)
    assert [
        (each.role, each.ends_on) for each in db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == wang.id))
    ] == [(Role.STREET_HR, TODAY - timedelta(days=1))]
    assert db.session.scalars(select(SignIn)).one().ended_at is not None
    assert grants_of(wang)[0].state == "over"


def test_an_account_with_a_role_elsewhere_is_out_of_reach(app: Flask) -> None:
    town = Town()
    system = make_actor(Role.SYSTEM_ADMIN, town.street)
    own, free = make_user("own", Role.STREET_HR, town.street), make_user("free")
    above = make_user("above", Role.DISTRICT_HR, town.district)
    foreign = make_user("foreign", Role.STREET_HR, town.other_street)
    assert names(system) == ["free", "own", system.name]
    reset_password(system, own.id)
    reset_password(system, free.id)
    for user in (above, foreign):
        with pytest.raises(NotFound):
            reset_password(system, user.id)
    security = make_actor(Role.SECURITY_ADMIN, town.street)
    with pytest.raises(NotFound):
        grant_role(security, own.id, NewGrant(Role.STREET_HR, town.other_street.id, TODAY))
    with pytest.raises(NotFound):
        end_grant(security, grants_of(foreign)[0].id)


def test_who_has_what_where_is_listed_by_unit_with_the_three_administrators(app: Flask) -> None:
    town = Town()
    security = make_actor(Role.SECURITY_ADMIN, town.street, "sec")
    make_actor(Role.SYSTEM_ADMIN, town.district, "sys")
    make_user("later")
    make_user("wang", Role.STREET_HR, town.street)
    make_user("foreign", Role.STREET_HR, town.other_street)
    later = db.session.scalars(select(User).where(User.name == "later")).one()
    grant_role(security, later.id, NewGrant(Role.WORKER, town.community.id, TODAY + timedelta(days=5)))
    rows = grants_page(security).rows
    assert [(row.unit_name, row.user_name, row.state) for row in rows] == [
        ("费城街道", "sec", "now"),
        ("费城街道", "wang", "now"),
        ("书苑社区", "later", "later"),
    ]
    assert [row.user_name for row in grants_page(security, Role.STREET_HR).rows] == ["wang"]
    assert [row.user_name for row in grants_page(security, None, "书苑").rows] == ["later"]
    held = {role: [grant.user_name for grant in grants] for role, grants in administrators(security).items()}
    assert held == {Role.SYSTEM_ADMIN: ["sys"], Role.SECURITY_ADMIN: ["sec"], Role.AUDIT_ADMIN: []}


def test_the_console_makes_the_first_accounts_whole_or_not_at_all(app: Flask) -> None:
    town = Town()
    console = Actor.console()
    enrol_user(console, NewUser("sec", "安全"), Role.SECURITY_ADMIN, town.city.code)
    with pytest.raises(NotFound, match="9999"):
        enrol_user(console, NewUser("sys", "系统"), Role.SYSTEM_ADMIN, "9999")
    assert [(line.user.name, [grant.role for grant in line.grants]) for line in all_accounts(console)] == [
        ("sec", [Role.SECURITY_ADMIN])
    ]
    assert clock.today() == TODAY


def test_an_identity_number_is_no_account_name(app: Flask) -> None:
    with pytest.raises(Refused, match="身份证号码"):
        create_user(Actor.console(), NewUser("37139919900412002X", "黎书航"))
