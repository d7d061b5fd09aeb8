"""Opening a personnel file."""

from flask import Flask

from careerpath.access.permissions import Role
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee


def test_a_registered_person_has_a_number_of_the_district(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    assert make_employee(street, town.community).number == "FX-0001"
    assert make_employee(street, town.neighbour).number == "FX-0002"
