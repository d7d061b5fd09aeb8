"""Declared contribution bases go out, are edited, and come back with a preview, all or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.pay.models import ContributionBase
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.sheets.bases import BASES_SPEC
from careerpath.spreadsheets.catalogue import importable
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.imports import Upload, begin_import, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import kept_outcomes
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import make_actor
from tests.pay.months import PaidTown
from tests.spreadsheets.books import taken_out

HEADINGS = ["编号", "姓名", "申报缴费基数（元/月）", "执行起始月份"]


def sheet(*rows: list[object]) -> Upload:
    """A workbook of bases."""
    return Upload("缴费基数.xlsx", make_xlsx([HEADINGS, *rows]))


def live(town: PaidTown) -> list[tuple[int, date, Decimal]]:
    """The bases that hold: person, month, amount."""
    query = select(ContributionBase).where(ContributionBase.superseded_at.is_(None)).order_by(ContributionBase.id)
    return [(one.employee_id, one.starts_on, one.amount) for one in db.session.scalars(query)]


def test_bases_come_in_new_and_corrected_and_can_be_undone(app: Flask) -> None:
    town = PaidTown()
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 7, 1), Decimal(4000)))
    given = sheet(
        [town.worker.number, town.worker.name, "4500.00", "2025.07"],
        [town.deputy.number, town.deputy.name, 5200, "2025-07"],
    )
    import_id = begin_import(town.clerk, "contribution-bases", given)
    states = [outcome.state for outcome in kept_outcomes(town.clerk, import_id)]
    assert states == [RowState.CHANGED, RowState.NEW]
    confirm_import(town.clerk, import_id)
    july = date(2025, 7, 1)
    assert live(town) == [(town.worker.id, july, Decimal(4500)), (town.deputy.id, july, Decimal(5200))]
    undo_import(town.clerk, import_id)
    assert live(town) == [(town.worker.id, july, Decimal(4000))]


def test_what_goes_out_comes_back_unchanged(app: Flask) -> None:
    town = PaidTown()
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 7, 1), Decimal("4000.50")))
    sent = taken_out(town.clerk, "contribution-bases")
    read = read_rows(open_workbook(sent.content, "基数.xlsx"), BASES_SPEC)
    assert [row.values.get("amount") for row in read.rows] == [Decimal("4000.50"), None]
    import_id = begin_import(town.clerk, "contribution-bases", sent)
    outcomes = kept_outcomes(town.clerk, import_id)
    assert {outcome.state for outcome in outcomes} == {RowState.UNCHANGED}


def test_a_wrong_row_is_named_with_its_place(app: Flask) -> None:
    town = PaidTown()
    given = sheet(
        [town.worker.number, "别人", "4500.00", "2025.07"],
        [town.elsewhere.number, town.elsewhere.name, 5200, "2025-07"],
        [town.deputy.number, town.deputy.name, 5200, ""],
        [town.deputy.number, town.deputy.name, -3, "2025-07"],
    )
    import_id = begin_import(town.clerk, "contribution-bases", given)
    outcomes = kept_outcomes(town.clerk, import_id)
    assert [outcome.state for outcome in outcomes] == [RowState.WRONG] * 4
    assert [outcome.wrongs[0].key for outcome in outcomes[:3]] == ["name", "number", "starts_on"]


def test_finance_takes_bases_out_and_brings_none_in(app: Flask) -> None:
    town = PaidTown()
    finance = make_actor(Role.FINANCE, town.town.district)
    assert find_export(finance, "contribution-bases", Wish()).count == 3
    with pytest.raises(Denied):
        importable(finance, "contribution-bases")
