"""The lines of work of a district: who keeps them, what they are called, what becomes of those out of use."""

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.skills.codes import UsualLine
from careerpath.skills.models import WorkLine
from careerpath.skills.operations.lines import (
    LineGiven,
    change_work_line,
    keep_work_line,
    restore_work_line,
    retire_work_line,
    take_usual_lines,
)
from careerpath.skills.queries.lines import line_choices, line_groups, line_names, lines_of
from careerpath.words import Conflict, NotFound, Refused
from tests.skills.everyone import Skills


def test_a_district_keeps_its_lines_and_all_communities_see_them(app: Flask) -> None:
    world = Skills()
    made = keep_work_line(world.district, world.town.district.id, LineGiven(" Elderly ", " 养老  助老 ", 1, 3))
    line = db.session.get_one(WorkLine, made)
    assert (line.code, line.name, line.wanted, line.active) == ("elderly", "养老 助老", 3, True)
    assert [one.code for one in lines_of(world.town.foreign.path)][:1] == ["elderly"]
    assert ("party", "党建工作") in line_choices(world.town.community)


def test_a_street_cannot_set_the_lines_of_its_district(app: Flask) -> None:
    world = Skills()
    with pytest.raises(NotFound):
        keep_work_line(world.street, world.town.district.id, LineGiven("elderly", "养老助老"))
    with pytest.raises(Refused, match="由区县统一设置"):
        keep_work_line(world.street, world.town.street.id, LineGiven("elderly", "养老助老"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (LineGiven("养老", "养老助老"), "code"),
        (LineGiven("", "养老助老"), "code"),
        (LineGiven("party", "养老助老"), "code"),
        (LineGiven("elderly", "党建工作"), "name"),
        (LineGiven("elderly", " "), "name"),
        (LineGiven("elderly", "养老助老", -1), "place"),
        (LineGiven("elderly", "养老助老", 1, 0), "wanted"),
    ],
)
def test_a_line_that_cannot_be_is_refused_beside_its_field(app: Flask, given: LineGiven, field: str) -> None:
    world = Skills()
    with pytest.raises(Refused) as refused:
        keep_work_line(world.district, world.town.district.id, given)
    assert refused.value.field == field


def test_a_line_is_renamed_but_keeps_the_code_by_which_others_know_it(app: Flask) -> None:
    world = Skills()
    change_work_line(world.district, world.party.id, LineGiven("party", "党建引领", 5, 4), 1)
    assert line_names(["party", "unknown"], world.town.community.path) == {"party": "党建引领", "unknown": "unknown"}
    with pytest.raises(Conflict):
        change_work_line(world.district, world.party.id, LineGiven("party", "党建"), 1)
    with pytest.raises(Refused, match="不能修改"):
        change_work_line(world.district, world.party.id, LineGiven("dang", "党建引领", 5, 4), 2)


def test_a_line_out_of_use_is_no_longer_offered_and_can_come_back(app: Flask) -> None:
    world = Skills()
    retire_work_line(world.district, world.party.id)
    assert [line.code for line in lines_of(world.town.community.path)] == ["grid", "relief"]
    assert [line.code for line in lines_of(world.town.community.path, retired=True)] == ["party", "grid", "relief"]
    with pytest.raises(Refused, match="已经停用"):
        retire_work_line(world.district, world.party.id)
    restore_work_line(world.district, world.party.id)
    assert len(lines_of(world.town.community.path)) == 3
    with pytest.raises(Refused, match="正在使用"):
        restore_work_line(world.district, world.party.id)


def test_the_usual_lines_are_added_once_and_leave_what_is_there(app: Flask) -> None:
    world = Skills()
    assert take_usual_lines(world.district, world.town.district.id) == len(UsualLine) - 3
    assert take_usual_lines(world.district, world.town.district.id) == 0
    lines = lines_of(world.town.community.path)
    assert len(lines) == len(UsualLine)
    assert [line.code for line in lines][:3] == ["party", "grid", "relief"]


def test_a_city_is_shown_the_lines_of_its_districts_a_code_once(app: Flask) -> None:
    world = Skills()
    assert [line.code for line in lines_of(world.town.city.path)] == ["party", "grid", "relief"]


def test_everybody_below_a_district_sees_how_it_groups_the_work(app: Flask) -> None:
    world = Skills()
    for actor in (world.district, world.street, world.secretary):
        assert [(group.unit_name, len(group.lines)) for group in line_groups(actor)] == [("费县", 3)]
