"""Every address: who may open it, and whose records it shows."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from careerpath.access.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.architecture.walking import Snapshot, Way, ask, permission_of, ways, writes_noted
from tests.architecture.world import NEXT_STREET, OF_THE_DISTRICT, OF_THE_INSTALLATION, OWN_STREET, World
from tests.factories.access import PASSWORD

APPLY = frozenset(
    {
        *("apply.index", "apply.batch", "apply.lists", "apply.begin", "apply.code", "apply.enter", "apply.leave"),
        *("apply.own", "apply.step", "apply.keep", "apply.photo", "apply.photo_change", "apply.paper"),
        *("apply.paper_add", "apply.paper_remove", "apply.submit", "apply.receipt", "apply.withdraw"),
        "printing.own_ticket",
    }
)
"""The pages on which candidates apply; what is a candidate's own opens with number and code alone."""

OPEN = frozenset({"access.sign_in", "alive", "ready", "language"}) | APPLY
"""All that a stranger may open."""

NOBODY_AT_ALL = 987_654_321
"""An id that no record has."""

ABOVE_THE_STREET = frozenset({"printing.order_year", "skills.edit_line", "skills.retire_line", "skills.restore_line"})
ABOVE_THE_COMMUNITY = ABOVE_THE_STREET | {
    "appraisals.street",
    "printing.street",
    "printing.order_street",
    "printing.class_sign_in",
    "rotations.plan",
    "printing.class_roster",
}
OWN_PAGES = frozenset(
    {
        *("own_file.tab", "own_file.ask", "appraisals.own", "appraisals.confirm", "appraisals.save_draft"),
        *("pay.own_line", "printing.own_slip", "training.withdraw_try"),
        *("printing.own_agreement", "printing.own_certificate"),
        *("rotations.write_own_report", "rotations.edit_own_report", "rotations.drop_own_report"),
        *("rotations.summarise_own_rotation", "rotations.withdraw_own_wish"),
        *("mentoring.new_own_log", "mentoring.edit_own_log", "mentoring.drop_own_log", "mentoring.evaluate_own"),
    }
)

NOT_FOR: Mapping[Role, frozenset[str]] = {
    Role.STREET_HR: ABOVE_THE_STREET,
    # The tested secretary has no personnel file.
    Role.COMMUNITY_SECRETARY: ABOVE_THE_COMMUNITY | OWN_PAGES,
}
"""Addresses whose permission a role holds while the record stands above its units: "not found" is right there."""


REFUSED = frozenset({401, 403, 404, 405})


def test_every_address_names_a_permission_and_only_the_door_is_open(app: Flask) -> None:
    marks = {way.endpoint: permission_of(app, way) for way in ways(app)}
    assert [endpoint for endpoint, permission in marks.items() if permission is None] == []
    assert {endpoint for endpoint, permission in marks.items() if permission is Permission.OPEN} == OPEN


def test_a_stranger_is_turned_away_everywhere_else(world_app: Flask, world: World) -> None:
    client = world_app.test_client()
    wrong = []
    for way in ways(world_app):
        if way.endpoint in OPEN:
            continue
        answer = ask(client, way, way.address(world_app, world.places[OWN_STREET]))
        turned_away = answer.status_code == 401 or (
            way.method == "GET" and answer.status_code == 302 and answer.location.startswith("/sign-in")
        )
        if not turned_away:
            wrong.append(f"{way}: {answer.status_code}")
    assert wrong == []


def test_addresses_are_small_words_with_hyphens_and_typed_places(app: Flask) -> None:
    word = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.(pdf|xlsx|csv|zip|json))?")
    place = re.compile(r"<(int|any\([a-z_,'-]+\)):[a-z_]+>")
    wrong = [
        str(way)
        for way in ways(app)
        for part in way.rule.rule.strip("/").split("/")
        if part and not word.fullmatch(part) and not place.fullmatch(part)
    ]
    assert wrong == []


def test_the_world_has_a_sample_of_every_record_that_an_address_names(app: Flask, world: World) -> None:
    names = {name for way in ways(app) for name in way.id_names}
    for role in world.accounts:
        assert names - set(world.ids(role, OWN_STREET)) == set()
    for place, ids in world.places.items():
        assert names - set(ids) == set(), place


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CONSOLE])
def test_a_role_opens_what_it_may_of_its_own_units_and_nothing_of_others(
    world_app: Flask, world: World, role: Role
) -> None:
    client = world_app.test_client()
    entered = client.post("/sign-in", data={"name": world.accounts[role], "password": PASSWORD})
    assert entered.status_code == 302
    cookie = client.get_cookie("careerpath")
    assert cookie is not None
    snapshot = Snapshot()
    held = ROLE_PERMISSIONS[role] | {Permission.OPEN, Permission.SIGNED_IN}
    wrong = []
    for way in ways(world_app):
        permission = permission_of(world_app, way)
        # Signing out is among the addresses: the browser comes back to its sign-in each time.
        client.set_cookie("careerpath", cookie.value)
        with writes_noted() as written:
            answers = [ask(client, way, each) for each in way.addresses(world_app, world.ids(role, OWN_STREET))]
        codes = {answer.status_code for answer in answers}
        if permission not in held:
            good = codes == {403}
        elif absent_for(role, way.endpoint):
            good = codes <= {404, 422}
        else:
            # Of several words in an address, some may be for other roles.
            good = bool(codes - REFUSED) and max(codes) < 500
        if not good:
            wrong.append(f"{way} own: {sorted(codes)}")
        if way.method == "GET" and written:
            wrong.append(f"{way} wrote: {written[0][:80]}")
        if written:
            snapshot.restore()
        # A published batch of another district is open to everybody, and so to every role.
        if permission in held and permission is not Permission.OPEN:
            wrong += strange_answers(world_app, world, role, way, client, snapshot)
    assert not wrong, "\n".join(wrong)


def absent_for(role: Role, endpoint: str) -> bool:
    """Whether a role that holds the permission of an address still finds nothing there."""
    if endpoint == "employees.photo":
        return role is not Role.WORKER and Permission.EMPLOYEE_VIEW not in ROLE_PERMISSIONS[role]
    # The sample is the copy of an identity card: it opens at an address of its own, with a reason.
    return endpoint == "employees.attachment" or endpoint in NOT_FOR.get(role, frozenset())


def strange_answers(
    app: Flask, world: World, role: Role, way: Way, client: FlaskClient, snapshot: Snapshot
) -> list[str]:
    """Where the records of others were answered otherwise than records that nobody has, or were written to."""
    wrong = []
    for place in world.strange_places(role):
        names = set(way.id_names) - OF_THE_INSTALLATION - (OF_THE_DISTRICT if place == NEXT_STREET else frozenset())
        if not names:
            continue
        with writes_noted() as written:
            answer = ask(client, way, way.address(app, world.ids(role, place)))
        if written:
            snapshot.restore()
        silent = answer.status_code == 404
        if answer.status_code in {400, 422}:
            absent = ask(client, way, way.address(app, dict.fromkeys(way.id_names, NOBODY_AT_ALL)))
            silent = telling(answer) == telling(absent)
        if written or not silent:
            wrong.append(f"{way} of {place}: {answer.status_code} {written[:1]}")
    return wrong


def telling(answer: TestResponse) -> tuple[int, str]:
    """What an answer tells: without ids, tokens and the number of the request."""
    return answer.status_code, re.sub(r"\d+|[\w.-]{40,}|\b[0-9a-f]{16}\b", "", answer.text)
