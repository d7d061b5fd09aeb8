"""One selection as the district holds it, from the plan to the entry into the pool."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.office import EVERYBODY, Office
from careerpath.demo.people import Person, Town
from careerpath.demo.talent_pool.choice import by_merit, choose, entrants_wanted
from careerpath.demo.talent_pool.days import SelectionDays
from careerpath.demo.talent_pool.facts import candidates
from careerpath.demo.talent_pool.operations import (
    OwnNomination,
    PeersNomination,
    nominate_colleagues,
    nominate_themselves,
)
from careerpath.demo.talent_pool.points import Level, kept_points, levels, stage_points, still_in
from careerpath.demo.texts import reserves as texts
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Outcome, TalentPoolEdition
from careerpath.talent_pool.models import Nomination, Selection, SelectionEntrant
from careerpath.talent_pool.operations.nomination_review import EntrantFinding, close_nominations, review_entrants
from careerpath.talent_pool.operations.nominations import NominationGiven, nominate_many, withdraw_nomination
from careerpath.talent_pool.operations.objections import (
    PoolObjectionGiven,
    answer_pool_objection,
    record_entrant_objection,
)
from careerpath.talent_pool.operations.selecting import (
    conclude_selection,
    decide_entrant_order,
    decide_selection,
    open_selection_notice,
)
from careerpath.talent_pool.operations.selections import SelectionPlan, announce_selection, plan_selection
from careerpath.talent_pool.operations.stages import PointsGiven, finish_stages, put_points
from careerpath.talent_pool.queries.ranking import standings

WAYS = {Nomination.ORGANISATION: 55, Nomination.SELF: 30, Nomination.PEERS: 15}
TURNED_AWAY = 11
"""Of a hundred entrants so many more are nominated whom the rules do not admit."""
GIVE_UP = 2
"""So many of those nominated think better of it."""
LEAST_LEVEL = 2
"""At a unit with so many places the last of them is shared once."""


@dataclass(slots=True, eq=False)
class Nominee:
    """Somebody brought forward for a unit; ``refused`` names what the rules miss, empty for those admitted."""

    person: Person
    code: str
    way: Nomination
    refused: str = ""
    gives_up: bool = False
    worth: Level = field(default_factory=lambda: Level(80))
    id: int = 0


@dataclass(eq=False)
class SelectionWork:
    """A selection of the plan and what it has become."""

    office: Office
    name: str
    days: SelectionDays
    edition: TalentPoolEdition
    gate: str
    number: int
    """The number of its documents."""
    places: dict[str, int]
    """Places by the code of the unit; those that nobody stands for are dropped with the plan."""
    wanted: int | None = None
    """How many enter; without it as many for a place as in the county's figures."""
    surely: frozenset[int] = frozenset()
    """Keys of people who are selected in any case."""
    reached: bool = False
    """Whether those who stand on a rung above staff already are left out, as are those of other open selections."""
    selection_id: int = 0
    nominees: list[Nominee] = field(default_factory=list)
    points: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    level: tuple[int, int] | None = None
    """Two entrants of whom the second has the points of the first."""
    objection_id: int = 0

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.office.town

    @property
    def district(self) -> Actor:
        """Who plans, reviews and decides."""
        return self.office.staff["district"]

    @property
    def admitted(self) -> list[Nominee]:
        """Those who take part."""
        return [one for one in self.nominees if not one.refused and not one.gives_up]

    def chance(self, *purpose: object) -> Chance:
        """A stream of the selection."""
        return Chance.of(self.town.seed, "selection", self.name, *purpose)

    def document(self, year: int, more: int = 0) -> str:
        """A number of the district's documents."""
        return f"{self.town.place.document}〔{year}〕{self.number + more}号"

    def plan(self) -> None:
        """The district plans it from the reserves that are lacking; where nobody could stand, nothing is planned."""
        days = self.days
        found = candidates(self.office, self.edition, self.gate, days.closes_on, beginners=self.reached)
        places = {code: count for code, count in self.places.items() if count}
        wanted = entrants_wanted(places) if self.wanted is None else self.wanted
        standing = choose(found.admitted, places, wanted, self.surely, self.chance("choose")) if places else {}
        self.places = {code: min(places[code], len(people)) for code, people in standing.items()}
        if not self.places:
            return
        for code, people in standing.items():
            self._rank(code, people)
        self._add_doubtful(found.refused)
        given = SelectionPlan(
            name=self.name,
            year=days.planned_on.year,
            edition_key=self.edition.head.key,
            gate=self.gate,
            reckoned_on=days.closes_on,
            closes_on=days.closes_on,
            held_on=days.held_on,
            contact=f"{self.town.place.name}社会工作部社区工作者队伍建设科",
            remark="竞岗人选可报所在社区，也可报其他社区的后备岗位。",
        )
        units = self.office.units
        self.selection_id = plan_selection(
            self.district, units[self.town.place.district], given, {units[code]: n for code, n in self.places.items()}
        )

    def announce(self) -> None:
        """The announcement; the rules are frozen."""
        on = self.days.announced_on
        if self.selection_id:
            announce_selection(self.district, self.selection_id, self.document(on.year), on)

    def nominate(self, way: Nomination) -> None:
        """Everybody who is brought forward in one way."""
        mine = [one for one in self.nominees if one.way is way]
        if not mine:
            return
        if way is Nomination.ORGANISATION:
            self._recommend(mine)
        elif way is Nomination.SELF:
            given = [
                OwnNomination(
                    self.office.own[one.person.key],
                    self.selection_id,
                    self._chance_of(one).choice(texts.OWN_STATEMENTS),
                    self.office.units[one.code],
                )
                for one in mine
            ]
            self._learn(mine, nominate_themselves(EVERYBODY, given))
        else:
            self._sign(mine)

    def give_up(self) -> None:
        """A few think better of it."""
        for one in self.nominees:
            if one.gives_up:
                withdraw_nomination(self.district, one.id, texts.WITHDRAWAL)

    def review(self) -> None:
        """The district reviews all nominations."""
        if not self.selection_id:
            return
        review_entrants(self.district, self.selection_id, [one.id for one in self.admitted], EntrantFinding(True))
        refused: dict[str, list[int]] = defaultdict(list)
        for one in self.nominees:
            if one.refused and not one.gives_up:
                refused[texts.REJECTIONS.get(one.refused, texts.OTHER_REJECTION)].append(one.id)
        for reason, ids in refused.items():
            review_entrants(self.district, self.selection_id, ids, EntrantFinding(False, reason))

    def review_some(self, count: int) -> None:
        """The district has reviewed a few of those who came first."""
        ids = [one.id for one in self.admitted if one.id][:count]
        if ids:
            review_entrants(self.district, self.selection_id, ids, EntrantFinding(True))

    def close(self) -> None:
        """Nominations are closed."""
        if self.selection_id:
            close_nominations(self.district, self.selection_id)

    def hold(self, number: int, units: int | None = None) -> None:
        """A stage: the points of everybody who is still in; of only so many units where it is under way."""
        if not self.selection_id:
            return
        stage = self.edition.stages[number]
        found: dict[int, PointsGiven] = {}
        by_unit: dict[str, list[Nominee]] = defaultdict(list)
        for one in self.admitted:
            by_unit[one.code].append(one)
        for code in list(by_unit)[:units]:
            mine = by_unit[code]
            left = [one.id for one in mine]
            if number:
                left = still_in(self.edition, {one.id: self.points[one.id] for one in mine}, self.places[code])
            worth = {one.id: one.worth for one in mine if one.id in left}
            found |= stage_points(self.edition, number, worth, self.chance("points", code, number))
        if self.level is not None and self.level[0] in found:
            found[self.level[1]] = found[self.level[0]]
        for entrant_id, given in found.items():
            self.points.setdefault(entrant_id, {})[stage.code] = kept_points(given, stage.maximum)
        put_points(self.district, self.selection_id, stage.code, found)

    def finish_stages(self) -> None:
        """All points are there."""
        if self.selection_id:
            finish_stages(self.district, self.selection_id)

    def decide(self) -> None:
        """Those who are level are put in order, then the district decides."""
        if not self.selection_id:
            return
        selection = db.session.get_one(Selection, self.selection_id)
        groups = [[one.entrant.id for one in group] for unit in standings(selection) for group in unit.ties]
        for ids in groups:
            decide_entrant_order(self.district, self.selection_id, ids, texts.ORDER_REASON)
        on = self.days.decided_on
        decide_selection(self.district, self.selection_id, self.document(on.year, 3), on)

    def notice(self) -> None:
        """Those selected are shown to the public."""
        if self.selection_id:
            starts_on = self.days.notice_starts_on
            open_selection_notice(self.district, self.selection_id, starts_on, self.days.notice_ends_on)

    def object(self, on: date) -> None:
        """Somebody asks a question during the notice."""
        query = select(SelectionEntrant.id).where(
            SelectionEntrant.selection_id == self.selection_id, SelectionEntrant.outcome == Outcome.SELECTED
        )
        first = db.session.scalars(query.order_by(SelectionEntrant.id).limit(1)).one_or_none()
        if first is not None:
            self.objection_id = record_entrant_objection(
                self.district, first, PoolObjectionGiven(on, False, texts.OBJECTION)
            )

    def answer(self, on: date) -> None:
        """And is answered."""
        if self.objection_id:
            answer_pool_objection(self.district, self.objection_id, False, texts.ANSWER, on)

    def conclude(self) -> None:
        """Those selected enter the pool."""
        if self.selection_id:
            conclude_selection(self.district, self.selection_id, self.days.concluded_on)

    def _rank(self, code: str, people: list[Person]) -> None:
        ordered = by_merit(people, code, self.surely)
        sure = sum(person.key in self.surely for person in people)
        worth = levels(self.chance("levels", code), len(ordered), self.places[code], sure)
        for person, level in zip(ordered, worth, strict=True):
            way = person.chance(self.town.seed, "nominated", self.name).weighed(WAYS)
            if way is Nomination.PEERS and (person.post.row.code != code or self._colleague(person) is None):
                way = Nomination.SELF
            self.nominees.append(Nominee(person, code, way, worth=level))

    def _add_doubtful(self, refused: Iterable[tuple[Person, str]]) -> None:
        """Some are brought forward who do not meet the conditions, and a few who give up."""
        at_home = [(person, missing) for person, missing in refused if person.post.row.code in self.places]
        count = round(len(self.nominees) * TURNED_AWAY / 100)
        chosen = self.chance("refused").sample(at_home, min(len(at_home), count + GIVE_UP))
        for place, (person, missing) in enumerate(chosen):
            self.nominees.append(
                Nominee(person, person.post.row.code, Nomination.ORGANISATION, missing, gives_up=place < GIVE_UP)
            )

    def _recommend(self, mine: Iterable[Nominee]) -> None:
        """The street recommends its own people for its own units, the district those who stand elsewhere."""
        streets = {post.row.code: post.street for post in self.town.posts}
        by_actor: dict[str, list[Nominee]] = defaultdict(list)
        for one in mine:
            street = streets[one.code].code
            by_actor[street if one.person.post.street.code == street else ""].append(one)
        for code, people in by_actor.items():
            given = [
                NominationGiven(
                    employee_id=self.office.files[one.person.key],
                    unit_id=self.office.units[one.code],
                    nominated_by=f"{one.person.post.street.name}党（工）委",
                    statement=texts.recommendation(self._chance_of(one)),
                )
                for one in people
            ]
            actor = self.office.clerks[code] if code else self.district
            self._learn(people, nominate_many(actor, self.selection_id, given))

    def _sign(self, mine: list[Nominee]) -> None:
        ids = [self.office.files[one.person.key] for one in mine]
        rows = db.session.execute(select(Employee.id, Employee.number).where(Employee.id.in_(ids)))
        numbers = {row.id: row.number for row in rows}
        given, signed = [], []
        for one in mine:
            colleague, chance = self._colleague(one.person), self._chance_of(one)
            if colleague is not None:
                number = numbers[self.office.files[one.person.key]]
                actor = self.office.own[colleague.key]
                statement, signers = chance.choice(texts.PEERS_STATEMENTS), chance.randint(3, 9)
                given.append(PeersNomination(actor, self.selection_id, number, statement, signers))
                signed.append(one)
        self._learn(signed, nominate_colleagues(EVERYBODY, given))

    def _colleague(self, person: Person) -> Person | None:
        """Who of the same community puts somebody forward."""
        return next(
            (
                one
                for one in self.town.people
                if one.post is person.post and one is not person and one.key in self.office.own
            ),
            None,
        )

    def _learn(self, nominees: Iterable[Nominee], ids: Iterable[int]) -> None:
        for one, entrant_id in zip(nominees, ids, strict=True):
            one.id = entrant_id
        if self.level is None:
            self._share_last_place()

    def _share_last_place(self) -> None:
        """Once the last place is shared: the next one has the points of the one before."""
        for code, places in self.places.items():
            mine = [one for one in self.admitted if one.code == code]
            if places >= LEAST_LEVEL and len(mine) > places:
                last, after = mine[places - 1], mine[places]
                if last.id and after.id and after.person.key not in self.surely and not after.worth.fails:
                    self.level = (last.id, after.id)
                    return

    def _chance_of(self, one: Nominee) -> Chance:
        return one.person.chance(self.town.seed, "statement", self.name)
