"""The database itself refuses to touch a confirmed month, whoever writes and however."""

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from careerpath.core.db import db, writing
from careerpath.pay.models import PayLine
from careerpath.pay.operations.runs import drop_run
from tests.pay.months import NOVEMBER, OCTOBER, PaidTown, lines, registers

CHANGES = (
    "UPDATE pay_line SET payable = 1",
    "DELETE FROM pay_line",
    "UPDATE pay_register SET payable = 1",
    "DELETE FROM pay_register",
    "UPDATE pay_run SET confirmed_at = NULL",
    "DELETE FROM pay_run",
    "UPDATE pay_reasons SET digest = 'x'",
    "INSERT INTO pay_difference (run_id, employee_id, unit_id, month, side, code, name, was, now, because)"
    " SELECT pay_run.id, pay_line.employee_id, pay_line.unit_id, pay_line.month, 'pay', 'basic', 'x', 0, 1, '[]'"
    " FROM pay_run, pay_line",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_confirmed_month_is_out_of_reach(app: Flask, change: str) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    with pytest.raises(DBAPIError, match="a confirmed month stays as it is"), writing() as session:
        session.execute(text(change))


def test_a_draft_beside_it_can_be_changed_and_taken_back(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    draft = town.draft(NOVEMBER)
    ids = [register.id for register in registers(draft)]
    with writing() as session:
        session.execute(update(PayLine).where(PayLine.register_id.in_(ids)).values(served=1))
    assert {line.served for line in lines(draft)} == {1}
    drop_run(town.hr, draft)
    assert db.session.execute(text("SELECT count(*) FROM pay_run")).scalar() == 1
