"""Operations of the demo: many of the office's own, held together in one transaction and one entry of the trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import User
from careerpath.access.operations.accounts import NewGrant, grant_role
from careerpath.access.permissions import Permission
from careerpath.appraisals.operations.writing import Draft, Opinion, confirm_result, write_opinion, write_summary
from careerpath.core import clock
from careerpath.employees.operations.facts import NewFact, NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.lines import NewLine, add_line
from careerpath.employees.operations.people import (
    EndOfService,
    NewEmployee,
    end_service,
    link_account,
    register_employees,
)
from careerpath.pay.operations.bases import NewBase, declare_base

BEGIN, FINISH = "begin_demo", "finish_demo"
"""Names in the trail by which a database is known as a demo, and as a complete one."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A personnel file with the lines of its résumé and the family."""

    employee: NewEmployee
    lines: tuple[NewLine, ...]


@operation(Permission.UNIT_EDIT)
def begin_demo(actor: Actor, note: str) -> None:
    """Mark the database, in a place where nothing is ever removed: the people in it are invented."""
    audit.note(note)


@operation(Permission.UNIT_EDIT)
def finish_demo(actor: Actor, note: str) -> None:
    """Mark the demo as complete."""
    audit.note(note)


@operation(Permission.USER_EDIT)
def open_accounts(actor: Actor, names: Sequence[tuple[str, str]]) -> list[int]:
    """Accounts by name and display name that nobody can sign in with until a first password is handed out.

    Hashing takes long on purpose: thousands of passwords that nobody will be told would take minutes.
    """
    users = [
        User(
            name=name,
            display_name=display_name,
            password_hash="",
            must_change_password=True,
            failed_count=0,
            active=True,
            created_at=clock.now(),
        )
        for name, display_name in names
    ]
    session_add(*users)
    return [user.id for user in users]


@operation(Permission.ROLE_GRANT)
def grant_roles(actor: Actor, given: Sequence[tuple[int, NewGrant]]) -> None:
    """Give many accounts their roles."""
    for user_id, grant in given:
        grant_role(actor, user_id, grant)


@operation(Permission.EMPLOYEE_EDIT)
def open_files(actor: Actor, given: Sequence[NewFile]) -> list[int]:
    """Open many personnel files with their lines; gives the ids in order."""
    ids = register_employees(actor, [one.employee for one in given])
    for employee_id, one in zip(ids, given, strict=True):
        for line in one.lines:
            add_line(actor, employee_id, line)
    return ids


@operation(Permission.EMPLOYEE_EDIT)
def keep_files(actor: Actor, given: Sequence[tuple[int, NewFact | EndOfService]]) -> None:
    """Enter what became known on one day: facts, new main posts, and ends of service."""
    for employee_id, what in given:
        if isinstance(what, EndOfService):
            end_service(actor, employee_id, what)
        elif isinstance(what, NewPosting) and what.main:
            change_post(actor, employee_id, what)
        else:
            add_fact(actor, employee_id, what)


@operation(Permission.EMPLOYEE_EDIT)
def add_lines(actor: Actor, given: Sequence[tuple[int, NewLine]]) -> None:
    """Add lines to the résumés and families of many files."""
    for employee_id, line in given:
        add_line(actor, employee_id, line)


@operation(Permission.EMPLOYEE_EDIT)
def link_accounts(actor: Actor, given: Sequence[tuple[int, int]]) -> None:
    """Say of many files which account is the person's own."""
    for employee_id, user_id in given:
        link_account(actor, employee_id, user_id)


@operation(Permission.PAY_PROPOSE)
def declare_bases(actor: Actor, given: Sequence[tuple[int, NewBase]]) -> None:
    """Keep the declared contribution bases of many people."""
    for employee_id, base in given:
        declare_base(actor, employee_id, base)


@operation(Permission.OWN_SUMMARY_WRITE)
def write_summaries(actor: Actor, given: Sequence[tuple[Actor, int, Draft]]) -> list[int]:
    """Let many people write their own summaries; gives the new versions in order."""
    return [write_summary(own, appraisal_id, draft) for own, appraisal_id, draft in given]


@operation(Permission.APPRAISAL_OPINION)
def write_opinions(actor: Actor, given: Sequence[tuple[int, Opinion]]) -> list[int]:
    """Write the opinions of one community; gives the new versions in order."""
    return [write_opinion(actor, appraisal_id, opinion) for appraisal_id, opinion in given]


@operation(Permission.OWN_SUMMARY_WRITE)
def confirm_results(actor: Actor, given: Sequence[tuple[Actor, int]]) -> None:
    """Let many people sign their decided results."""
    for own, appraisal_id in given:
        confirm_result(own, appraisal_id, "同意")
