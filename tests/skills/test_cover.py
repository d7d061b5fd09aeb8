"""Which lines a community covers on a day, by whom, and what it lacks."""

from datetime import date

from flask import Flask

from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from careerpath.skills.codes import SkillLevel
from careerpath.skills.queries.cover import cover_of, unit_covers
from careerpath.skills.queries.gaps import gaps_of, lines_lacking
from careerpath.skills.queries.levels import levels_of
from careerpath.skills.queries.person import person_lines
from tests.factories.access import make_unit
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.skills import make_line, make_skill
from tests.skills.everyone import TODAY, Skills


def test_the_best_that_somebody_showed_counts_and_learning_covers_nothing(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party, SkillLevel.TEACHING, shown_on=date(2024, 1, 1))
    make_skill(world.chen, world.party, SkillLevel.LEARNING, shown_on=date(2025, 1, 1))
    make_skill(world.lin, world.party, SkillLevel.LEARNING)
    cover = cover_of([world.town.community.id], TODAY)[world.town.community.id][world.party.id]
    assert (cover.people, cover.able, cover.teaching, cover.wanted, cover.is_gap) == (2, 1, 1, 2, True)
    assert cover.lacking == 1


def test_a_skill_counts_from_the_day_it_was_shown_to_its_last_day(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.grid, shown_on=date(2025, 3, 1), valid_until=date(2025, 9, 30))
    unit = world.town.community.id
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [cover_of([unit], on)[unit][world.grid.id].able for on in days] == [0, 1, 1, 0]
    assert [levels_of([world.chen.id], on) != {} for on in days] == [False, True, True, False]
    assert [(line.holds, line.best) for line in person_lines(world.chen.id, TODAY)] == [(False, False)]


def test_people_count_where_they_serve_and_those_who_left_no_more(app: Flask) -> None:
    world = Skills()
    compound = make_unit("阳光小区", UnitKind.COMPOUND, world.town.community)
    make_skill(make_employee(None, compound), world.grid)
    make_skill(world.zhao, world.grid)
    make_skill(world.lin, world.grid)
    end_service(CLERK, world.lin.id, EndOfService(left_on=date(2025, 10, 31), reason="辞职"))
    units = [world.town.community.id, world.town.neighbour.id, world.town.street.id, world.town.foreign.id]
    covers = unit_covers(units, TODAY)
    assert [covers[unit].serving for unit in units] == [2, 1, 3, 0]
    assert [covers[unit].lines[world.grid.id].able for unit in units] == [1, 1, 2, 0]
    assert unit_covers([world.town.community.id], date(2025, 10, 31))[world.town.community.id].serving == 3


def test_who_can_do_every_line_in_use_is_counted_as_all_round(app: Flask) -> None:
    world = Skills()
    unit = world.town.community.id
    for line in (world.party, world.grid, world.relief):
        make_skill(world.chen, line)
    make_skill(world.lin, world.party)
    assert unit_covers([unit], TODAY)[unit].all_round == 1
    make_line(world.town.district, "elderly", "养老助老")
    assert unit_covers([unit], TODAY)[unit].all_round == 0


def test_a_district_without_lines_has_neither_gaps_nor_all_round_people(app: Flask) -> None:
    world = Skills()
    for line in (world.party, world.grid, world.relief):
        make_skill(world.chen, line)
    other = make_unit("平邑县", UnitKind.DISTRICT, world.town.city)
    community = make_unit("莲花社区", UnitKind.COMMUNITY, make_unit("平邑街道", UnitKind.STREET, other))
    make_employee(None, community)
    cover = unit_covers([community.id], TODAY)[community.id]
    assert (cover.serving, cover.all_round, cover.lines) == (1, 0, {})


def test_what_was_shown_in_another_district_counts_in_the_line_of_the_same_code(app: Flask) -> None:
    world = Skills()
    other = make_unit("平邑县", UnitKind.DISTRICT, world.town.city)
    make_skill(world.chen, make_line(other, "relief", "社会救助"))
    unit = world.town.community.id
    assert cover_of([unit], TODAY)[unit][world.relief.id].able == 1


def test_gaps_are_the_lines_too_few_can_do_and_a_person_lacks_what_cannot_be_done_yet(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.grid)
    make_skill(world.chen, world.party, SkillLevel.LEARNING)
    unit = world.town.community.id
    assert [gap.code for gap in gaps_of([unit], TODAY)[unit]] == ["party", "relief"]
    lacking = lines_lacking([world.chen.id, world.lin.id], TODAY)
    assert {person: [line.code for line in lines] for person, lines in lacking.items()} == {
        world.chen.id: ["party", "relief"],
        world.lin.id: ["party", "grid", "relief"],
    }
    assert lines_lacking([], TODAY) == {}
    assert gaps_of([], TODAY) == {}


def test_the_cover_of_many_communities_asks_no_more_than_that_of_one(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.grid)
    units = [world.town.community.id, world.town.neighbour.id, world.town.foreign.id]
    one, many = selects_of(lambda: unit_covers(units[:1], TODAY)), selects_of(lambda: unit_covers(units, TODAY))
    assert len(one) == len(many) == 3
