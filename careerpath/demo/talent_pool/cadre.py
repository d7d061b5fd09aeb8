"""The further particulars that the appointment form asks of those who are promoted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from careerpath.demo.office import Office
from careerpath.demo.people import Person, Town
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.operations import keep_cadre_sheets
from careerpath.demo.talent_pool.promotions import PROPOSED_BEFORE
from careerpath.talent_pool.operations.cadre import CadreGiven

SPECIALITIES = ("基层党建", "社会工作", "矛盾调解", "公共管理", "网格化治理", "社区法律服务")
HEALTH = "健康"


def cadre_steps(office: Office) -> Iterator[Step]:
    """The streets write down the particulars before they propose somebody as secretary or deputy."""
    for person in office.town.people:
        if person.promoted_on is not None:
            day = person.promoted_on - timedelta(days=PROPOSED_BEFORE + 2)
            yield Step(day, partial(_keep, office, [person]))
    known = [person for person in office.town.people if person.compound_on is not None]
    if known:
        yield Step(office.town.times.opened_on - timedelta(days=20), partial(_keep, office, known))


def _keep(office: Office, people: list[Person]) -> None:
    by_street: dict[str, list[tuple[int, CadreGiven]]] = defaultdict(list)
    for person in people:
        by_street[person.post.street.code].append((office.files[person.key], _particulars(office.town, person)))
    for code, given in by_street.items():
        keep_cadre_sheets(office.clerks[code], given)


def _particulars(town: Town, person: Person) -> CadreGiven:
    chance = person.chance(town.seed, "cadre")
    return CadreGiven(
        birth_place=chance.choice(town.place.natives),
        health=HEALTH,
        speciality=chance.choice(SPECIALITIES),
    )
