"""The tree of units: loading files, mending it one by one, looking things up."""

import csv
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry, Unit
from careerpath.access.operations.unit_names import initials, short_name
from careerpath.access.operations.unit_plan import KIND_NAMES
from careerpath.access.operations.units import (
    NewUnit,
    PutResult,
    UnitChange,
    UnitRow,
    WrongRows,
    change_unit,
    create_unit,
    end_unit,
    put_units,
)
from careerpath.access.permissions import Permission, Role
from careerpath.access.queries.units import (
    children_of,
    search_units,
    streets_of,
    tops_of,
    trail_of,
    unit_named,
)
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.words import Conflict, Refused
from tests.factories.access import Town, make_actor

CONSOLE = Actor.console()
K = UnitKind

SMALL = (
    UnitRow("371325001001", "先农坛社区居民委员会", K.COMMUNITY, "371325001"),
    UnitRow("371325001", "费城街道", K.STREET, "371325"),
    UnitRow("371325", "费县", K.DISTRICT, "3713"),
    UnitRow("3713", "临沂市", K.CITY),
)


def rows_of(name: str) -> list[UnitRow]:
    text = files("careerpath.access").joinpath("data", name).read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines())
    return [UnitRow(line["code"], line["name"], K(line["kind"]), line["parent"]) for line in lines]


def unit(code: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def faults(rows: Sequence[UnitRow], actor: Actor = CONSOLE) -> list[tuple[int, str, str]]:
    with pytest.raises(WrongRows) as refusal:
        put_units(actor, rows)
    return [(fault.row, fault.column, str(fault.message)) for fault in refusal.value.faults]


@pytest.mark.parametrize(("name", "count"), [("divisions-371325.csv", 429), ("divisions-2102.csv", 1995)])
def test_the_real_divisions_load_whole_and_loading_them_again_changes_nothing(
    app: Flask, name: str, count: int
) -> None:
    rows = rows_of(name)
    assert put_units(CONSOLE, rows) == PutResult(count, 0, 0)
    assert put_units(CONSOLE, rows) == PutResult(0, 0, count)
    by_id = {each.id: each for each in db.session.scalars(select(Unit))}
    for each in by_id.values():
        above = by_id[each.parent_id].path if each.parent_id else ""
        assert each.path == f"{above}{each.id}/"


def test_parents_may_stand_below_their_children_in_the_file(app: Flask) -> None:
    assert put_units(CONSOLE, SMALL).new == 4
    found = unit("371325001001")
    assert (found.short_name, found.initials, found.path) == ("先农坛社区", "xntsq", "1/2/3/4/")
    assert [name for _, name in trail_of(found.id)] == ["临沂市", "费县", "费城街道", "先农坛社区"]


def test_what_a_file_leaves_empty_stays_as_it_is_known(app: Flask) -> None:
    put_units(CONSOLE, SMALL)
    row = UnitRow("371325001001", "先农坛社区居民委员会", K.COMMUNITY, "371325001", households=1850, residents=5200)
    assert put_units(CONSOLE, [row]) == PutResult(0, 1, 0)
    assert put_units(CONSOLE, SMALL) == PutResult(0, 0, 4)
    assert unit("371325001001").households == 1850


def test_moving_a_street_takes_everything_below_it_along(app: Flask) -> None:
    put_units(CONSOLE, SMALL)
    below = unit("371325001001").id
    made = put_units(
        CONSOLE, [UnitRow("371326", "平邑县", K.DISTRICT, "3713"), UnitRow("371325001", "费城街道", K.STREET, "371326")]
    )
    assert made == PutResult(1, 1, 0)
    db.session.expire_all()
    other = unit("371326")
    assert unit("371325001").path == f"{other.path}{unit('371325001').id}/"
    assert unit("371325001001").path == f"{unit('371325001').path}{below}/"


def test_two_units_may_change_places(app: Flask) -> None:
    put_units(
        CONSOLE, [*SMALL, UnitRow("g", "一号网格", K.GRID, "c"), UnitRow("c", "书苑小区", K.COMPOUND, "371325001001")]
    )
    put_units(CONSOLE, [UnitRow("g", "书苑小区", K.COMPOUND, "371325001001"), UnitRow("c", "一号网格", K.GRID, "g")])
    db.session.expire_all()
    assert unit("c").path == f"{unit('g').path}{unit('c').id}/"
    assert unit("g").path == f"{unit('371325001001').path}{unit('g').id}/"


def test_a_file_with_faults_is_refused_with_all_rows_and_nothing_is_kept(app: Flask) -> None:
    found = faults(
        [
            *SMALL,
            UnitRow("371325001002", "崇圣社区", K.COMMUNITY, "371325001001"),
            UnitRow("371325001", "费城街道", K.STREET, "371325"),
            UnitRow("371325001003", "温和巷社区", K.COMMUNITY, "999"),
            UnitRow("371325001004", "", K.COMMUNITY, "371325001"),
            UnitRow("错", "思源社区", K.COMMUNITY, "371325001"),
            UnitRow("371325001006", "无主社区", K.COMMUNITY),
            UnitRow(
                "371325001007",
                "倒日社区",
                K.COMMUNITY,
                "371325001",
                starts_on=date(2020, 1, 2),
                ends_on=date(2020, 1, 1),
            ),
            UnitRow("371325001008", "负数社区", K.COMMUNITY, "371325001", households=-1, row=40),
        ]
    )
    assert [(row, column) for row, column, _ in found] == [
        (6, "kind"),
        (7, "code"),
        (8, "parent_code"),
        (9, "name"),
        (10, "code"),
        (11, "parent_code"),
        (12, "ends_on"),
        (40, "households"),
    ]
    assert "与第 3 行重复" in found[1][2]
    assert db.session.scalars(select(Unit)).all() == []


def test_a_circle_is_named_with_its_whole_way_round(app: Flask) -> None:
    found = faults([UnitRow("a", "甲小区", K.COMPOUND, "b"), UnitRow("b", "乙小区", K.COMPOUND, "a")])
    assert any("a → b → a" in message for _, _, message in found)


def test_a_street_does_not_end_while_its_communities_go_on(app: Flask) -> None:
    put_units(CONSOLE, SMALL)
    ended = UnitRow("371325001", "费城街道", K.STREET, "371325", ends_on=date(2025, 6, 30))
    assert "先农坛社区" in faults([ended])[0][2]
    both = [ended, UnitRow("371325001001", "先农坛社区居民委员会", K.COMMUNITY, "371325001", ends_on=date(2025, 6, 30))]
    assert put_units(CONSOLE, both).changed == 2


def test_a_district_loads_its_own_units_and_no_others(app: Flask) -> None:
    town = Town()
    district = make_actor(Role.DISTRICT_HR, town.street)
    assert put_units(district, [UnitRow("n1", "新苑社区", K.COMMUNITY, town.street.code)]).new == 1
    foreign = [
        UnitRow("n2", "新华社区", K.COMMUNITY, town.other_street.code),
        UnitRow(town.foreign.code, "改名社区", K.COMMUNITY, town.other_street.code),
        UnitRow("n1", "新苑社区", K.COMMUNITY, town.other_street.code),
        UnitRow("0001", "另一个市", K.CITY),
    ]
    assert [row for row, _, _ in faults(foreign, district)] == [2, 3, 4, 5]


def test_one_unit_is_made_changed_and_closed(app: Flask) -> None:
    town = Town()
    actor = make_actor(Role.DISTRICT_HR, town.district)
    made = create_unit(actor, NewUnit("n1", "新苑社区居委会", K.COMMUNITY, town.street.id, households=900))
    new = db.session.get_one(Unit, made)
    assert (new.short_name, new.path) == ("新苑社区", f"{town.street.path}{made}/")
    change_unit(actor, made, UnitChange("新苑社区居委会", 950, None, new.starts_on, None, new.version))
    with pytest.raises(Conflict) as second:
        change_unit(actor, made, UnitChange("新苑社区居委会", 800, None, new.starts_on, None, 1))
    assert (second.value.typed["households"], second.value.current["households"]) == (800, 950)
    with pytest.raises(Refused, match="下级单位"):
        end_unit(actor, town.street.id, date(2025, 12, 31))
    end_unit(actor, made, date(2025, 12, 4))
    assert db.session.get_one(Unit, made).ends_on == date(2025, 12, 4)
    assert search_units(actor, "新苑") == []


def test_a_unit_is_not_made_where_it_does_not_belong_or_under_a_code_in_use(app: Flask) -> None:
    town = Town()
    actor = make_actor(Role.DISTRICT_HR, town.district)
    with pytest.raises(Refused, match="不能设在"):
        create_unit(actor, NewUnit("n1", "新苑社区", K.COMMUNITY, town.community.id))
    with pytest.raises(Refused, match="已被使用"):
        create_unit(actor, NewUnit(town.community.code, "新苑社区", K.COMMUNITY, town.street.id))


def test_a_file_leaves_one_entry_with_every_unit_it_brought(app: Flask) -> None:
    put_units(CONSOLE, SMALL)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.operation == "put_units"
    assert len(db.session.scalars(select(AuditChange)).all()) == 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("先农坛社区居民委员会", "先农坛社区"),
        ("新时代社区居委会", "新时代社区"),
        ("马口村村民委员会", "马口村"),
        ("胜家村村委会", "胜家村"),
        ("薛庄村委会", "薛庄村"),
        ("新胜村民委员会", "新胜村"),
        ("东山居委会", "东山居委会"),
        ("居委会", "居委会"),
        ("青泥洼桥街道办事处", "青泥洼桥街道"),
        ("龙头分园虚拟社区", "龙头分园虚拟社区"),
    ],
)
def test_offices_say_a_units_name_without_its_committee(name: str, said: str) -> None:
    assert short_name(name) == said


def test_initials_keep_digits_and_latin_letters() -> None:
    assert initials("重庆路3号A座") == "cql3haz"


def test_a_look_up_finds_by_part_of_the_name_initials_and_code_within_ones_own_units(app: Flask) -> None:
    put_units(CONSOLE, rows_of("divisions-371325.csv"))
    street = unit("371325001")
    actor = make_actor(Role.STREET_HR, street)
    for text in ("先农", "xnt", "371325001012"):
        first = search_units(actor, text)[0]
        assert (first.name, first.path_text) == ("先农坛社区", "临沂市 › 费县 › 费城街道")
    assert search_units(actor, "上冶") == []
    assert search_units(actor, "%") == []
    assert search_units(actor, "  ") == []
    assert {each.kind for each in search_units(CONSOLE, "费", [K.STREET, K.DISTRICT])} == {K.STREET, K.DISTRICT}
    assert len(search_units(CONSOLE, "村", limit=7)) == 7
    assert [each.short_name for each in streets_of(actor)] == ["费城街道"]
    assert len(streets_of(CONSOLE)) == 12


def test_the_tree_counts_communities_and_their_households(app: Flask) -> None:
    put_units(CONSOLE, SMALL)
    more = UnitRow("371325001002", "崇圣社区", K.COMMUNITY, "371325001", households=1000, residents=2500)
    put_units(CONSOLE, [more, UnitRow("g1", "一号网格", K.GRID, "371325001002")])
    top = tops_of(CONSOLE)[0]
    assert (top.unit.name, top.children, top.communities, top.households) == ("临沂市", 1, 2, 1000)
    assert (top.residents, top.without_figure) == (2500, 1)
    lines = children_of(unit("371325001"))
    assert [(line.unit.short_name, line.children, line.communities) for line in lines] == [
        ("先农坛社区", 0, 0),
        ("崇圣社区", 1, 0),
    ]


def test_a_form_means_a_unit_by_list_by_code_or_by_a_name_that_only_one_has(app: Flask) -> None:
    town = Town()
    actor = make_actor(Role.SECURITY_ADMIN, town.street)
    for chosen, text in ((str(town.community.id), ""), ("", town.community.code), (None, "书苑社区")):
        assert unit_named(actor, chosen, text, Permission.ROLE_GRANT) == town.community.id
    assert unit_named(actor, str(town.foreign.id), "", Permission.ROLE_GRANT) is None
    assert unit_named(actor, "", "文昌社区", Permission.ROLE_GRANT) is None


def test_kinds_are_called_the_same_everywhere() -> None:
    assert {kind: str(name) for kind, name in KIND_NAMES.items()} == {kind: kind.zh for kind in UnitKind}
