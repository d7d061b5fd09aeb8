"""Who stands for which unit in a selection: everybody at home first, the others where there are too few."""

from collections.abc import Collection, Mapping, Sequence

from careerpath.demo.chance import Chance, share_out
from careerpath.demo.people import Person, Town
from careerpath.demo.places import Post
from careerpath.policy.talent_pool import TalentPoolEdition

ENTERED, SELECTED = 206, 121
"""How many entered the selections of the county and how many were selected: 36 communities, 3 or 4 reserves each."""
FIRST_SHARE = 66
"""So many of those selected came by the first of the two selections."""
LARGER, COMMUNITIES = 13, 36
"""So many communities of so many have as many reserves as the rules allow, the others as few."""
HOME_MERIT = 30
"""Points of quality that somebody has ahead at the own community."""


def taking_part(town: Town) -> list[Post]:
    """The communities of a selection; of a town of many thousands those of the street in the foreground."""
    posts = town.posts if town.is_small else town.main
    return [post for post in posts if post.is_community]


def wanted_reserves(town: Town, edition: TalentPoolEdition) -> dict[str, int]:
    """How many reserves each community is to have in the end, by its code: the larger ones as many as may be."""
    posts = taking_part(town)
    least, most = (edition.standard.least, edition.standard.most) if edition.standard else (1, 1)
    larger = sorted(posts, key=lambda post: (-post.people, post.row.code))[: round(len(posts) * LARGER / COMMUNITIES)]
    return {post.row.code: most if post in larger else least for post in posts}


def split_places(wanted: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The places of the first and of the second selection: the first takes a little more than half."""
    first_total = round(sum(wanted.values()) * FIRST_SHARE / SELECTED)
    parts = share_out(first_total, [float(count) for count in wanted.values()])
    first = dict(zip(wanted, parts, strict=True))
    second = {code: wanted[code] - first[code] for code in wanted}
    return first, second


def entrants_wanted(places: Mapping[str, int]) -> int:
    """How many people enter for so many places."""
    return round(sum(places.values()) * ENTERED / SELECTED)


def choose(
    candidates: Sequence[Person],
    places: Mapping[str, int],
    wanted: int,
    surely: Collection[int],
    chance: Chance,
) -> dict[str, list[Person]]:
    """The entrants of each unit by its code, ``wanted`` in all if there are so many; ``surely`` are keys of persons.

    Every unit gets one more than it has places, from its own people first; whoever is left stands where the fewest
    stand for a place.
    """
    rest = chance.mixed(candidates)
    rest.sort(key=lambda person: person.key not in surely)
    found: dict[str, list[Person]] = {code: [] for code in places}
    taken = 0
    for person in [one for one in rest if one.post.row.code in places]:
        mine = found[person.post.row.code]
        if taken < wanted and (person.key in surely or len(mine) <= places[person.post.row.code]):
            mine.append(person)
            rest.remove(person)
            taken += 1
    for person in rest[: max(0, wanted - taken)]:
        home = person.post.row.code
        code = home if home in places and len(found[home]) < 2 * places[home] + 1 else _emptiest(found, places)
        found[code].append(person)
    return {code: people for code, people in found.items() if people}


def _emptiest(found: Mapping[str, Sequence[Person]], places: Mapping[str, int]) -> str:
    lacking = {code: len(found[code]) / places[code] for code in places}
    short = [code for code in places if len(found[code]) <= places[code]]
    return min(short or list(places), key=lambda code: (lacking[code], code))


def by_merit(people: Sequence[Person], code: str, surely: Collection[int]) -> list[Person]:
    """The best first; those who are selected in any case before everybody else. People at home are known better."""

    def merit(person: Person) -> tuple[bool, int, int]:
        known = HOME_MERIT if person.post.row.code == code else 0
        return person.key not in surely, -person.quality - known, person.key

    return sorted(people, key=merit)
