"""Two people at the same moment: a month is opened once, and a difference is paid once."""

import threading
from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.pay.models import PayDifference, PayRun
from careerpath.pay.operations.runs import NewRun, confirm_run, open_run
from careerpath.words import Refused
from tests.pay.months import DECEMBER, NOVEMBER, OCTOBER, SEPTEMBER, PaidTown


def together(app: Flask, *deeds: Callable[[], object]) -> list[str]:
    """Do things at the same moment; gives ``done`` or the refusal of each."""
    db.session.remove()
    start, outcomes = threading.Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                deed()
                outcomes.append("done")
            except Refused as refusal:
                outcomes.append(str(refusal))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_months_confirmed_together_pay_a_difference_once(app: Flask) -> None:
    town = PaidTown()
    town.pay(SEPTEMBER)
    town.certify(town.worker, date(2025, 9, 3))
    october, november = town.draft(OCTOBER), town.draft(NOVEMBER)
    hr = town.hr
    outcomes = together(app, lambda: confirm_run(hr, october), lambda: confirm_run(hr, november))
    assert outcomes.count("done") == 1
    assert any("资料有变动" in outcome for outcome in outcomes)
    paid = db.session.scalar(
        select(func.count())
        .select_from(PayDifference)
        .join(PayRun, PayRun.id == PayDifference.run_id)
        .where(PayRun.confirmed_at.is_not(None), PayDifference.side == "pay")
    )
    assert paid == 1


def test_a_street_and_its_district_do_not_open_the_same_month_together(app: Flask) -> None:
    town = PaidTown()
    hr, district, street = town.hr, town.town.district.id, town.town.street.id
    outcomes = together(
        app, lambda: open_run(hr, NewRun(district, DECEMBER)), lambda: open_run(hr, NewRun(street, DECEMBER))
    )
    assert outcomes.count("done") == 1
    assert any("已经开始核算" in outcome for outcome in outcomes)


def test_six_confirmations_have_one_effect(app: Flask) -> None:
    town = PaidTown()
    run_id, hr = town.draft(NOVEMBER), town.hr
    outcomes = together(app, *[lambda: confirm_run(hr, run_id)] * 6)
    assert outcomes.count("done") == 1
    assert sum("已经确认" in outcome for outcome in outcomes) == 5
