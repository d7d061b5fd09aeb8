"""Every operation: how it is called, which permission it asks for, and that it leaves other people's records alone."""

import inspect
import pkgutil
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

import careerpath
from careerpath.access.actor import Actor, Grant
from careerpath.access.guard import OPERATIONS, Denied
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import ROLE_PERMISSIONS, Permission, Role
from careerpath.access.queries.trail_words import trail_words
from careerpath.access.session import actor_named
from careerpath.core.db import db
from careerpath.words import NotFound
from tests.architecture.samples import MIXED, OF_THE_INSTALLATION, SAMPLES
from tests.architecture.walking import writes_noted
from tests.architecture.world import OTHER_DISTRICT, OWN_STREET, World

ID = re.compile(r"(\w+)_ids?")

for each in pkgutil.walk_packages(careerpath.__path__, "careerpath."):
    # A bench has no operations, and one of them asks for a yardstick that is not installed everywhere.
    if not each.name.startswith("careerpath.bench."):
        import_module(each.name)

NAMES = sorted(OPERATIONS)
WITHOUT_ID = frozenset({"open", "signed_in"})


def guarded(name: str) -> Callable[..., Any]:
    """The operation as everybody calls it."""
    module, function = name.rsplit(".", 1)
    operation: Callable[..., Any] = getattr(import_module(module), function)
    return operation


def work_of(name: str) -> Callable[..., Any]:
    """The function of an operation, without its guard."""
    work: Callable[..., Any] = inspect.unwrap(guarded(name))
    return work


def ids_of(name: str) -> list[str]:
    """The parameters of an operation that name records."""
    return [each for each in inspect.signature(work_of(name)).parameters if ID.fullmatch(each)]


TAKING_IDS = [
    name
    for name in NAMES
    # What is open to everybody knows no foreign units: a candidate's own record opens by number and code.
    if ids_of(name) and name.rsplit(".", 1)[1] not in OF_THE_INSTALLATION and OPERATIONS[name] is not Permission.OPEN
]


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_is_called_by_verb_and_noun_and_begins_with_the_actor(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", name.rsplit(".", 1)[1])
    assert next(iter(inspect.signature(work_of(name)).parameters)) == "actor"


@pytest.mark.parametrize("name", NAMES)
def test_some_role_holds_the_permission_of_an_operation_and_no_role_holds_all(name: str) -> None:
    permission = OPERATIONS[name]
    if permission in {Permission.OPEN, Permission.SIGNED_IN}:
        return
    holding = {role for role, held in ROLE_PERMISSIONS.items() if permission in held}
    assert holding
    assert holding != set(Role)


def test_the_trail_has_a_word_for_every_operation_and_every_table(app: Flask) -> None:
    words = trail_words()
    functions = {name.rsplit(".", 1)[1] for name in NAMES}
    assert sorted(name for name in functions if words.operation(name) == name) == []
    tables = set(db.metadata.tables) - {"audit_entry", "audit_change"}
    assert sorted(table for table in tables if words.table(table) == table) == []


@pytest.mark.parametrize("name", TAKING_IDS)
def test_an_operation_finds_no_record_of_another_district(world_app: Flask, world: World, name: str) -> None:
    short = name.rsplit(".", 1)[1]
    assert short in SAMPLES, f"tests/architecture/samples.py lacks {short}"
    sample = SAMPLES[short]
    actor = actor_named(world.accounts[sample.role])
    assert actor is not None
    assert actor.has(OPERATIONS[name])
    given = sample.given(world.ids(sample.role, OTHER_DISTRICT))
    assert [each for each in ids_of(name) if each not in given] == []
    with writes_noted() as written, pytest.raises(NotFound):
        guarded(name)(actor, **given)
    assert written == []


@pytest.mark.parametrize("short", MIXED)
def test_ones_own_file_does_not_open_a_strangers_record(world_app: Flask, world: World, short: str) -> None:
    sample = SAMPLES[short]
    actor = actor_named(world.accounts[sample.role])
    assert actor is not None
    own, foreign = (sample.given(world.ids(sample.role, place)) for place in (OWN_STREET, OTHER_DISTRICT))
    first = next(iter(sample.ids))
    name = next(each for each in NAMES if each.endswith(f".{short}"))
    with writes_noted() as written, pytest.raises(NotFound):
        guarded(name)(actor, **{**foreign, first: own[first]})
    assert written == []


@pytest.mark.parametrize("name", [name for name in NAMES if OPERATIONS[name].value not in WITHOUT_ID])
def test_an_attempt_without_permission_is_refused_and_recorded(app: Flask, name: str) -> None:
    lacking = next(
        role for role, held in ROLE_PERMISSIONS.items() if OPERATIONS[name] not in held and role is not Role.CONSOLE
    )
    actor = Actor(None, "nobody-in-particular", "", (Grant(lacking, ""),))
    count = len(inspect.signature(work_of(name)).parameters) - 1
    with pytest.raises(Denied):
        guarded(name)(actor, *[None] * count)
    kept = db.session.execute(select(AuditEntry.operation, AuditEntry.result)).one()
    assert tuple(kept) == (name.rsplit(".", 1)[1], "denied")
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 1
