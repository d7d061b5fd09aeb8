"""Rows shared out among columns: as many as can be, then with most points, within what each column takes."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.assignment import assign

Points = dict[tuple[int, int], Decimal]


def ways(points: Mapping[tuple[int, int], Decimal], capacity: Mapping[int, int]) -> Iterator[tuple[int, Decimal]]:
    """How many rows are served and the points in all, of every way within the capacities."""
    rows = sorted({row for row, _ in points})
    for choice in product([None, *sorted(capacity)], repeat=len(rows)):
        taken = [(row, column) for row, column in zip(rows, choice, strict=True) if column is not None]
        if all((row, column) in points for row, column in taken) and all(
            choice.count(column) <= most for column, most in capacity.items()
        ):
            yield len(taken), sum((points[row, column] for row, column in taken), Decimal(0))


pairs = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(11, 13)),
    st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10),
    max_size=15,
)
capacities = st.dictionaries(st.integers(11, 13), st.integers(0, 3), max_size=3)


@given(points=pairs, capacity=capacities)
def test_no_other_way_serves_more_people_or_has_more_points(points: Points, capacity: dict[int, int]) -> None:
    found = assign(points, capacity)

    total = sum((points[pair] for pair in found.items()), Decimal(0))
    assert (len(found), total) == max(ways(points, capacity))
    assert all(list(found.values()).count(column) <= capacity[column] for column in found.values())


@given(points=pairs, capacity=capacities)
def test_the_order_in_which_points_come_does_not_matter(points: Points, capacity: dict[int, int]) -> None:
    turned = dict(sorted(points.items(), key=lambda item: (-item[0][1], item[0][0])))

    assert assign(turned, dict(reversed(capacity.items()))) == assign(points, capacity)


def test_one_more_person_served_outweighs_any_points() -> None:
    points = {(1, 11): Decimal(100), (1, 12): Decimal(0), (2, 11): Decimal(0)}

    assert assign(points, {11: 1, 12: 1}) == {1: 12, 2: 11}


def test_nobody_is_given_to_a_column_that_is_full_or_unknown() -> None:
    assert assign({(1, 11): Decimal(5), (2, 12): Decimal(5)}, {11: 0}) == {}


def test_four_hundred_people_and_eighty_columns_are_shared_out_in_seconds() -> None:
    points = {
        (row, column): Decimal((row * 37 + column * 91) % 1001) / 10
        for row in range(400)
        for column in range(80)
        if (row + column) % 7
    }
    capacity = {column: 1 + column % 3 for column in range(80)}
    begun = process_time()

    found = assign(points, capacity)

    assert process_time() - begun < 3
    assert len(found) == sum(capacity.values())
    assert all(list(found.values()).count(column) == most for column, most in capacity.items())
