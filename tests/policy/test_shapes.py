"""What an edition of each rule is made of in words: nothing is missing, and what is written reads the same."""

import json
from typing import Any

import pytest

from careerpath.policy.catalogue import RULES, read_plain, read_toml, shipped
from careerpath.policy.edition import Edition, to_plain
from careerpath.policy.shapes import (
    Change,
    blocks_of,
    compare,
    grids_of,
    parts_of,
    row_names,
    shape_of,
    shown,
    toml_text,
)
from careerpath.policy.shapes.shape import Kind, Value
from careerpath.words import Refused

EDITIONS = [edition for rule in RULES for edition in shipped(rule)]


def name_of(edition: Edition) -> str:
    return f"{edition.head.rule}-{edition.head.key}"


def edition_of(rule: str, key: str) -> Edition:
    return next(edition for edition in shipped(rule) if edition.head.key == key)


def plain_of(rule: str, key: str) -> Any:
    """The plain values of a shipped edition, to be changed."""
    return json.loads(json.dumps(to_plain(edition_of(rule, key))))


def leaves(values: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every key path of plain values, without the numbers of lists."""
    if isinstance(values, dict):
        return {leaf for key, value in values.items() for leaf in leaves(value, (*path, key))}
    if isinstance(values, list) and any(isinstance(item, dict) for item in values):
        return {leaf for item in values for leaf in leaves(item, path)}
    return set() if values in ("", [], {}) else {path}


@pytest.mark.parametrize("edition", EDITIONS, ids=name_of)
def test_no_value_of_a_shipped_edition_is_left_out(edition: Edition) -> None:
    shape = shape_of(edition.head.rule)
    plain = shape.even(to_plain(edition))
    told = set()
    for block in blocks_of(shape, plain):
        above = tuple(step.key for step in block.part.steps)
        told |= {(*above, *path) for row in block.rows for path in row.cells}
    # A span of numbers is one value; so is the key of a table whose keys the edition chooses.
    wanted = {leaf[:-1] if leaf[-1] in {"low", "high"} else leaf for leaf in leaves(plain)}
    assert {leaf for leaf in wanted if leaf not in told} == set()


@pytest.mark.parametrize("edition", EDITIONS, ids=name_of)
def test_an_edition_written_as_text_reads_the_same(edition: Edition) -> None:
    text = toml_text(shape_of(edition.head.rule), to_plain(edition))
    assert read_toml(text, "again") == edition


@pytest.mark.parametrize("edition", EDITIONS, ids=name_of)
def test_every_code_of_a_shipped_edition_has_a_word(edition: Edition) -> None:
    codes = [
        (str(column.label), row.cells[column.path])
        for block in blocks_of(shape_of(edition.head.rule), to_plain(edition))
        for column in block.columns
        if column.value.kind is Kind.CODE
        for row in block.rows
        if column.path in row.cells and str(shown(column.value, row.cells[column.path])) == str(row.cells[column.path])
    ]
    assert codes == []


@pytest.mark.parametrize("rule", RULES)
def test_no_two_columns_of_a_part_have_the_same_words(rule: str) -> None:
    for part in parts_of(shape_of(rule)):
        labels = [str(column.label) for column in part.columns]
        assert len(set(labels)) == len(labels), part.path


def test_an_edition_compared_with_itself_has_no_differences() -> None:
    for edition in EDITIONS:
        plain = to_plain(edition)
        assert compare(shape_of(edition.head.rule), plain, plain) == ()


def test_numbers_that_are_written_otherwise_are_the_same() -> None:
    plain = plain_of("appraisal", "dalian-2020")
    other = json.loads(json.dumps(plain).replace('"0.20"', '"0.2"'))
    assert plain != other
    assert compare(shape_of("appraisal"), plain, other) == ()


def changes(rule: str, old: Any, new: Any) -> list[Change]:
    """All differences of two editions that are both sound."""
    for plain in (old, new):
        read_plain(plain, "plain")
    return [change for part in compare(shape_of(rule), old, new) for change in part.changes]


def test_a_changed_share_is_told_in_percentage_points() -> None:
    old, new = plain_of("appraisal", "dalian-2020"), plain_of("appraisal", "dalian-2020")
    new["quota"]["share"] = "0.15"
    (change,) = changes("appraisal", old, new)
    assert (change.path, str(change.column), str(change.old), str(change.new)) == ("quota.share", "比例", "20%", "15%")
    assert str(change.difference) == "-5 个百分点"


def test_rows_are_told_apart_by_what_names_them_and_not_by_their_order() -> None:
    old, new = plain_of("appraisal", "dalian-2020"), plain_of("appraisal", "dalian-2020")
    new["indicators"] = [*new["indicators"][1:], new["indicators"][0]]
    assert changes("appraisal", old, new) == []
    taken = new["indicators"].pop()
    new["indicators"][0]["maximum"] = "100"
    found = changes("appraisal", old, new)
    assert [(change.kind, str(change.row)) for change in found] == [("removed", taken["name"]), ("changed", "廉洁自律")]
    assert str(found[0].old).startswith("指标代码 tasks；指标名称 任务完成；满分 40")
    assert found[0].new is None


def test_a_level_table_is_compared_cell_by_cell_in_yuan() -> None:
    old, new = plain_of("pay", "dalian-3x38"), plain_of("pay", "dalian-3x38")
    shape = shape_of("pay")
    name = next(one["table"] for one in old["components"] if one["way"] == "level_table")
    at, table = next((n, one) for n, one in enumerate(new["tables"], 1) if one["code"] == name)
    row = table["rows"][3]
    row["value"] = str(int(row["value"]) + 120)
    (part,) = compare(shape, old, new)
    (change,) = part.changes
    assert change.path == f"tables[{at}].rows[4].value"
    assert f"{row['level']} 级" in str(change.row)
    assert str(change.difference) == "+120.00 元"


def test_a_coefficient_is_no_amount() -> None:
    old, new = plain_of("pay", "benxi-2023"), plain_of("pay", "benxi-2023")
    rows = new["tables"][0].get("rows") or new["tables"][0]["values"]
    if isinstance(rows[0], dict):
        rows[0]["value"] = "1.5"
    else:
        rows[0] = "1.5"
    (part,) = compare(shape_of("pay"), old, new)
    assert "元" not in str(part.changes[0].difference)


def test_a_level_table_is_a_matrix_of_levels_and_tiers() -> None:
    plain = plain_of("pay", "dalian-3x38")
    blocks = blocks_of(shape_of("pay"), plain)
    names = row_names(blocks)
    grids = [grid for block in blocks for grid in grids_of(block)]
    assert len(grids) == len(plain["tables"])
    assert [str(names[grid.owner]) for grid in grids] == [table["name"] for table in plain["tables"]]
    assert list(grids[0].lines)[:3] == ["1", "2", "3"]
    assert str(grids[0].lines["7"]) == "7 级"
    assert {str(word) for word in grids[0].columns.values()} == {"1 档", "2 档", "3 档"}


@pytest.mark.parametrize(
    ("plain", "words"),
    [(3, "3"), ({"low": 3, "high": 5}, "3 至 5"), ({"low": 3}, "3 及以上"), ({"high": 5}, "5 及以下")],
)
def test_a_span_of_numbers_is_told_with_both_ends(plain: Any, words: str) -> None:
    assert str(shown(Value(Kind.RANGE), plain)) == words


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="appraisal"):
        shape_of("appraisals")
