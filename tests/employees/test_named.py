"""People whom somebody names in lines: from memory, or copied from a roster."""

import pytest
from flask import Flask

from careerpath.access.permissions import Permission
from careerpath.employees.queries.named import people_named
from careerpath.words import Refused
from tests.factories.access import Town
from tests.factories.employees import CLERK, make_employee


def test_a_line_names_somebody_by_number_by_name_or_as_a_roster_has_it(app: Flask) -> None:
    town = Town()
    people = [make_employee(None, town.community, name=name) for name in ("林满", "周济", "陈年")]
    lines = ["林满", people[1].number.lower(), f"{people[2].number} 陈年 书苑社区", "周济 书苑社区"]
    named = people_named(CLERK, town.community.id, lines, Permission.EMPLOYEE_VIEW)
    assert named == [one.id for one in people]


@pytest.mark.parametrize("line", ["不存在", "FX-9999 林满"])
def test_a_line_that_names_nobody_is_told(app: Flask, line: str) -> None:
    town = Town()
    make_employee(None, town.community, name="林满")
    with pytest.raises(Refused, match=f"第 2 行“{line}”"):
        people_named(CLERK, town.community.id, ["林满", line], Permission.EMPLOYEE_VIEW)
