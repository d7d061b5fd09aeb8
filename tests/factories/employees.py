"""People with invented names and identity numbers of an unassigned division, which belong to nobody."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import event
from stdnum.cn import ric

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.details import Details
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.people import NewEmployee, register_employee
from careerpath.policy.codes import Post, Sex

DIVISION = "371399"
_serials = count(1)

CLERK = Actor(None, "clerk", "clerk", (Grant(Role.DISTRICT_HR, ""),))
"""An actor who may edit everywhere, for tests in which it does not matter who."""


def make_identity(born: date = date(1990, 4, 12), sex: Sex = Sex.FEMALE, serial: int | None = None) -> str:
    """A sound identity number of a division that is assigned to nobody; ``serial`` from 0 to 499."""
    place = (next(_serials) if serial is None else serial) % 500
    head = f"{DIVISION}{born:%Y%m%d}{place * 2 + (1 if sex == Sex.MALE else 0):03d}"
    return head + ric.calc_check_digit(head + "0")


def make_new(unit: Unit, **changes: Any) -> NewEmployee:
    """What a new file is given as; ``changes`` are parts of the first page, of the posting, or of the whole."""
    own = {item.name for item in fields(Details)}
    post = {item.name for item in fields(NewPosting)} - {"unit_id"}
    whole = {item.name for item in fields(NewEmployee)}
    unknown = set(changes) - own - post - whole
    if unknown:
        raise TypeError(f"nothing is called {sorted(unknown)}")
    serial = next(_serials)
    page: dict[str, Any] = {
        "name": f"林试{chr(0x4E00 + serial)}",
        "identity": "",
        "joined_community_on": date(2018, 7, 1),
    } | {name: value for name, value in changes.items() if name in own}
    if not page["identity"]:
        page["identity"] = make_identity(date(1970, 4, 12) + timedelta(days=serial // 500 % 200), serial=serial)
    posting: dict[str, Any] = {"post": Post.STAFF.value, "starts_on": page["joined_community_on"]} | {
        name: value for name, value in changes.items() if name in post
    }
    rest = {"postings": (NewPosting(unit_id=unit.id, **posting),)} | {
        name: value for name, value in changes.items() if name in whole
    }
    return NewEmployee(details=Details(**page), **rest)


def make_employee(actor: Actor | None, unit: Unit, **changes: Any) -> Employee:
    """A person registered at a unit, through the operation."""
    employee = db.session.get(Employee, register_employee(actor or CLERK, make_new(unit, **changes)))
    assert employee is not None
    return employee


def selects_of(work: Callable[[], object], while_: Callable[[], bool] = lambda: True) -> list[str]:
    """The SELECT statements that some work sends to the database, or those of them sent while something holds."""
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("SELECT") and while_():
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen
