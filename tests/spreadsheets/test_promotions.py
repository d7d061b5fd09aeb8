"""The list of promotions as it goes out."""

import pytest
from flask import Flask

from careerpath.core.sheets import open_workbook, read_rows
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.sheets.desk import Wish
from careerpath.talent_pool.operations.appointments import record_election
from careerpath.talent_pool.sheets.promotions import PROMOTIONS_SPEC
from careerpath.words import Refused
from tests.factories.access import signed_in
from tests.talent_pool.promoting import COMPOUND, DEPUTY, NOTICE, Promoting, elected, person_of
from tests.talent_pool.reserves import day


def test_the_list_goes_out_with_what_came_of_each(app: Flask) -> None:
    office = Promoting()
    noticed = office.noticed(main=False, **COMPOUND)
    lost = office.approved(**DEPUTY)
    with day(elected().held_on):
        record_election(office.district, lost.id, elected(elected=False))
    export = find_export(office.street, "promotions", Wish())
    rows = {row["name"]: row for piece in export.pieces for row in export.rows(piece)}
    assert len(rows) == 2
    one, other = rows[person_of(noticed).name], rows[person_of(lost).name]
    assert (one["street"], one["unit"], one["held"], one["way"]) == ("费城街道", "书苑社区", "兼任", "任用")
    assert (one["notice_ends_on"], one["eligible"], one["state"]) == (NOTICE[1], "符合", "任前公示")
    assert (other["way"], other["votes_for"], other["state"]) == ("选举", 42, "未通过")
    assert other["ended_reason"] == "未当选（费城街道选举结果报告单）"
    with pytest.raises(Refused, match="没有符合条件"):
        find_export(office.stranger, "promotions", Wish())


def test_the_list_is_taken_from_its_page(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    client = signed_in(app, office.street)
    assert "/spreadsheets/promotions/export" in client.get("/talent-pool/promotions").text
    sent = client.post("/spreadsheets/promotions/export", data={"unit": ""})
    assert sent.status_code == 200
    (row,) = read_rows(open_workbook(sent.data, "名单.xlsx"), PROMOTIONS_SPEC).rows
    assert row.values["name"] == person_of(promotion).name
