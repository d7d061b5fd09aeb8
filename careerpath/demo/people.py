"""The people of the demo as a plan: who they are, when they came, where they serve, and what happens to them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from stdnum.cn import ric

from careerpath.demo.chance import Chance, share_out
from careerpath.demo.names import SPECIAL, Named, any_name
from careerpath.demo.places import Place, Post, unit_rows, workplaces
from careerpath.demo.times import RECRUITING_YEARS, Times
from careerpath.employees.models import Channel, Source
from careerpath.policy.codes import Ethnic, Political, Sex
from careerpath.policy.codes import Post as Level
from careerpath.policy.employment import add_months

STANDARD = 330
RECRUITED = 212
BATCHES = (48, 60, 56, 48)
"""Of the standard number of people: all that were recruited, and how many by batch."""
NEW_HEADS = {Level.CHIEF: 2, Level.DEPUTY: 3}
COMPOUND_SECRETARIES = 25
"""Of those recruited: promoted to secretary or deputy, and compound secretaries."""
PROMOTION_DAYS = ((1, 9, 1), (0, 4, 1))
"""On one of these days, so many years before the open one: after the first selection for the reserve pool."""
PARTY_PERCENT = 92
"""So many of the recruits of the earlier batches are party members: the pool is made up from them."""
COMPOUND_AFTER = 400
"""Nobody becomes a compound secretary before so many days of service."""
LEAVERS = 5
IN_FULL = 1000
"""Up to so many people everything is told of each: texts take longest to write, and are alike."""
AGE = 30
"""The average age of those recruited, in years, on the day of building."""
YEAR_DAYS = 365.2425


@dataclass(slots=True)
class Person:
    """One person of the plan. ``batch`` is 0 for those who served before recruitment in batches began."""

    key: int
    named: Named
    born_on: date
    joined_on: date
    post: Post
    level: Level
    batch: int = 0
    channel: Channel = Channel.EARLIER
    source: Source = Source.OTHER
    political: Political = Political.MASSES
    identity: str = ""
    late: bool = False
    """Came as a substitute, months after the batch."""
    promoted_on: date | None = None
    """A recruit who became ``level`` on this day and was staff before."""
    compound_on: date | None = None
    """Secretary of a residential compound beside the main post, from this day."""
    left_on: date | None = None
    left_reason: str = ""
    quality: int = 50
    """How well the person does at work, 0 to 100."""
    fate: str = ""
    """Something that the appraisal must take into account, such as ``5C`` or ``basic``."""

    @property
    def female(self) -> bool:
        """Whether a woman."""
        return self.named.sex is Sex.FEMALE

    def chance(self, seed: int, *purpose: object) -> Chance:
        """The person's own stream of draws."""
        return Chance.of(seed, "person", self.key, *purpose)

    def level_on(self, day: date) -> Level:
        """The level of the main post on a day."""
        return Level.STAFF if self.promoted_on is not None and day < self.promoted_on else self.level


@dataclass(frozen=True, eq=False)
class Town:
    """The whole plan."""

    place: Place
    times: Times
    seed: int
    posts: tuple[Post, ...]
    people: tuple[Person, ...]
    former: tuple[Person, ...]
    """Those who have left since."""

    @cached_property
    def home(self) -> Post:
        """The community in the foreground: its secretary and one of its workers have demo accounts."""
        return next((post for post in self.main if post.name == "书苑社区"), self.main[0])

    @cached_property
    def secretary(self) -> Person:
        """The secretary in the foreground."""
        return next(person for person in self.people if person.post is self.home and person.level is Level.CHIEF)

    @cached_property
    def worker(self) -> Person:
        """The worker in the foreground: the youngest of the community who came before the last batch."""
        staff = [person for person in self.people if person.post is self.home and person.level is Level.STAFF]
        return max(staff, key=lambda person: (0 < person.batch < 4, not person.late, person.batch, -person.key))

    @cached_property
    def main(self) -> tuple[Post, ...]:
        """The communities of the street in the foreground."""
        return tuple(post for post in self.posts if post.street.code == self.posts[0].street.code)

    @cached_property
    def streets(self) -> tuple[str, ...]:
        """Codes of the streets where people serve, the one in the foreground first."""
        return tuple(dict.fromkeys(post.street.code for post in self.posts))

    @cached_property
    def everybody(self) -> tuple[Person, ...]:
        """Those who serve and those who have left."""
        return self.people + self.former

    @cached_property
    def certified(self) -> frozenset[int]:
        """Keys of those in service who hold the national certificate, where the place reports their share."""
        share = self.place.certified
        if share is None:
            return frozenset()
        # Nobody passes the exam in the year of the first day.
        able = [person for person in self.people if person.joined_on.year < self.times.year]
        able.sort(key=lambda person: (person.chance(self.seed, "certified").random(), person.key))
        return frozenset(person.key for person in able[: round(share * len(self.people))])

    @property
    def is_small(self) -> bool:
        """Whether everything is told of everybody."""
        return len(self.people) <= IN_FULL

    def in_full(self, person: Person) -> bool:
        """Whether everything is told of a person: résumé, family, texts of past years. In large sets of every fifth."""
        return self.is_small or person.key % 5 == 0

    def batch_on(self, batch: int, late: bool = False) -> date:
        """The day on which the people of a batch began."""
        year = self.times.year
        days = (date(year - RECRUITING_YEARS, 7, 15), date(year - 5, 7, 20), date(year - 2, 5, 20), date(year, 6, 10))
        return date(days[batch - 1].year, 9, 1) if late else days[batch - 1]

    def batch_name(self, batch: int) -> str:
        """The batch as rosters name it."""
        return batch_title(batch, self.batch_on(batch).year) if batch else ""


def batch_title(batch: int, year: int) -> str:
    """What the office calls its so-manieth batch."""
    return f"第{'一二三四五'[batch - 1]}批（{year}年）"


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    town: Town
    people: list[Person] = field(default_factory=list)
    former: list[Person] = field(default_factory=list)

    def chance(self, *purpose: object) -> Chance:
        return Chance.of(self.town.seed, "town", *purpose)


def plan_town(place: Place, times: Times, seed: int, people: int) -> Town:
    """The people of a place: ``people`` in service today, and a few who have left."""
    posts = tuple(workplaces(place, unit_rows(place, seed), people))
    draft = _Draft(Town(place, times, seed, posts, (), ()))
    _make_people(draft, people)
    _shift_ages(draft)
    _name_specially(draft)
    _join_parties(draft)
    _promote_within(draft, people)
    _decide_fates(draft)
    _number_identities(draft)
    return Town(place, times, seed, posts, tuple(draft.people), tuple(draft.former))


def scaled(count: int, people: int) -> int:
    """A standard figure in proportion to a larger or smaller set, at least one."""
    return max(1, round(count * people / STANDARD))


def _make_people(draft: _Draft, people: int) -> None:
    """Fill the posts: a secretary each, deputies in the larger ones, then staff; recruits and earlier ones mixed."""
    recruits = round(people * RECRUITED / STANDARD)
    sizes = share_out(recruits, BATCHES)
    batches = [batch for batch, size in enumerate(sizes, start=1) for _ in range(size)]
    new_chiefs, new_deputies = (min(scaled(n, people), sizes[0] // 4) for n in NEW_HEADS.values())
    heads = [(post, Level.CHIEF) for post in draft.town.posts]
    large = sorted(draft.town.posts, key=lambda post: (-post.people, post.row.code))
    deputies = scaled(35, people)
    heads += [(post, Level.DEPUTY) for post in large if post.people > 3][:deputies]
    rooms = [(post, Level.STAFF) for post in draft.town.posts for _ in range(post.people)]
    for head in heads:
        rooms.remove((head[0], Level.STAFF))
    chance = draft.chance("rooms")
    recruits_as_heads = _new_heads(draft, heads, new_chiefs, new_deputies, chance)
    earlier_staff = len(rooms) - (recruits - len(recruits_as_heads))
    rooms = chance.mixed(rooms)
    for post, level in recruits_as_heads:
        _add_recruit(draft, post, level, batches.pop(0))
    for post, level in heads:
        if (post, level) not in recruits_as_heads:
            _add_earlier(draft, post, level)
    for post, level in rooms[:earlier_staff]:
        _add_earlier(draft, post, level)
    for (post, level), batch in zip(rooms[earlier_staff:], chance.mixed(batches), strict=True):
        _add_recruit(draft, post, level, batch)
    _add_former(draft, [post for post, level in recruits_as_heads if level is Level.CHIEF], people)


def _new_heads(
    draft: _Draft, heads: list[tuple[Post, Level]], chiefs: int, deputies: int, chance: Chance
) -> list[tuple[Post, Level]]:
    """The heads that are held by recruits; the community in the foreground keeps its secretary of many years."""
    found = []
    for level, count in ((Level.CHIEF, chiefs), (Level.DEPUTY, deputies)):
        free = [head for head in heads if head[1] is level and head[0] is not draft.town.home and head[0].is_community]
        found += chance.sample(free, min(count, len(free)))
    return found


def _add_recruit(draft: _Draft, post: Post, level: Level, batch: int) -> None:
    person = _person(draft, post, level)
    chance = person.chance(draft.town.seed, "recruit")
    person.batch = batch
    person.late = batch > 2 and level is Level.STAFF and chance.happens(18)
    person.joined_on = draft.town.batch_on(batch, person.late)
    gap = (draft.town.times.today - person.joined_on).days / YEAR_DAYS
    person.born_on = draft.town.times.today - timedelta(days=int((gap + chance.triangular(22.4, 32, 24)) * YEAR_DAYS))
    person.channel = chance.weighed({Channel.OPEN_RECRUITMENT: 80, Channel.BY_ELECTION: 9, Channel.TRANSFER_IN: 11})
    person.source = chance.weighed({Source.GRADUATE: 58, Source.GRID_WORKER: 26, Source.VETERAN: 16})
    if person.channel is Channel.TRANSFER_IN:
        person.source = Source.GRID_WORKER
    if level is not Level.STAFF:
        ago, month, day = chance.choice(PROMOTION_DAYS)
        person.promoted_on = date(draft.town.times.year - ago, month, day)


def _add_earlier(draft: _Draft, post: Post, level: Level) -> Person:
    person = _person(draft, post, level)
    chance = person.chance(draft.town.seed, "earlier")
    youngest, oldest = {Level.CHIEF: (37, 55), Level.DEPUTY: (34, 50), Level.STAFF: (34, 49)}[level]
    if person.female:
        oldest = min(oldest, 48)
    age = chance.uniform(youngest, oldest)
    person.born_on = draft.town.times.today - timedelta(days=int(age * YEAR_DAYS))
    first = max(date(2005, 1, 1), person.born_on + timedelta(days=int(24 * YEAR_DAYS)))
    person.joined_on = chance.day(first, date(draft.town.times.year - 8, 12, 1)).replace(day=1)
    return person


def _add_former(draft: _Draft, posts: list[Post], people: int) -> None:
    """Secretaries whom recruits succeeded, and some staff who resigned."""
    successors = {person.post.row.code: person for person in draft.people if person.promoted_on}
    for post in posts:
        person = _add_earlier(draft, post, Level.CHIEF)
        promoted_on = successors[post.row.code].promoted_on or draft.town.times.opened_on
        person.left_on, person.left_reason = promoted_on - timedelta(days=1), "退休"
        if not person.female:
            person.born_on = person.left_on.replace(year=person.left_on.year - 60) - timedelta(days=20)
            person.joined_on = max(person.joined_on, date(2006, 3, 1))
        else:
            person.left_reason = "调任镇街其他岗位"
    chance = draft.chance("former")
    for post in chance.sample(draft.town.posts, min(len(draft.town.posts), scaled(LEAVERS - 2, people))):
        person = _add_earlier(draft, post, Level.STAFF)
        person.left_on = chance.day(date(draft.town.times.year - 2, 2, 1), date(draft.town.times.year - 1, 9, 30))
        person.left_reason = chance.choice(("个人原因辞职", "考取事业编制", "合同期满，不再续签"))
    draft.former = [person for person in draft.people if person.left_on]
    draft.people = [person for person in draft.people if not person.left_on]


def _person(draft: _Draft, post: Post, level: Level) -> Person:
    key = len(draft.people)
    today = draft.town.times.today
    person = Person(key, Named("", Sex.UNKNOWN), today, today, post, level)
    person.named = any_name(person.chance(draft.town.seed, "name"), older=level is not Level.STAFF)
    if post is draft.town.home and level is Level.CHIEF:
        person.named = Named("颜书琴", Sex.FEMALE)
    person.quality = max(5, min(99, round(person.chance(draft.town.seed, "quality").gauss(58, 17))))
    draft.people.append(person)
    return person


def _shift_ages(draft: _Draft) -> None:
    """Move all recruits' births by the same number of days, so that they are thirty on average today."""
    recruits = [person for person in draft.people if person.batch]
    today = draft.town.times.today
    mean = sum((today - person.born_on).days for person in recruits) / len(recruits)
    shift = timedelta(days=round(mean - AGE * YEAR_DAYS))
    for person in recruits:
        person.born_on += shift


def _name_specially(draft: _Draft) -> None:
    staff = [person for person in draft.people if person.batch and person.level is Level.STAFF]
    for person, named in zip(draft.chance("special").mixed(staff), SPECIAL, strict=False):
        person.named = named


def _join_parties(draft: _Draft) -> None:
    for person in draft.people + draft.former:
        chance = person.chance(draft.town.seed, "party")
        young = (draft.town.times.today - person.born_on).days < 28 * YEAR_DAYS
        if person.level is Level.CHIEF or (person.level is Level.DEPUTY and person.promoted_on):
            person.political = Political.PARTY_MEMBER
        elif person.level is Level.DEPUTY:
            person.political = chance.weighed(
                {Political.PARTY_MEMBER: 80, Political.MASSES: 18, Political.DEMOCRATIC_LEAGUE: 2}
            )
        elif 0 < person.batch < len(BATCHES) and chance.happens(PARTY_PERCENT):
            person.political = Political.PARTY_MEMBER
        elif young:
            person.political = chance.weighed(
                {
                    Political.LEAGUE_MEMBER: 50,
                    Political.PARTY_MEMBER: 22,
                    Political.PROBATIONARY_MEMBER: 8,
                    Political.MASSES: 20,
                }
            )
        else:
            person.political = chance.weighed(
                {
                    Political.PARTY_MEMBER: 42,
                    Political.MASSES: 54,
                    Political.PROBATIONARY_MEMBER: 2,
                    Political.NO_PARTY: 2,
                }
            )


def _promote_within(draft: _Draft, people: int) -> None:
    """Recruits of the earlier batches become compound secretaries beside their post."""
    free = [
        person
        for person in draft.people
        if 0 < person.batch < 4 and person.level is Level.STAFF and not person.late
        and person.post.is_community and person.named.ethnic is not Ethnic.UYGUR
    ]  # fmt: skip
    free.sort(key=lambda person: (person.batch, -person.quality, person.key))
    year = draft.town.times.year
    for person in free[: min(scaled(COMPOUND_SECRETARIES, people), len(free) // 2)]:
        person.political = Political.PARTY_MEMBER
        first = max(
            person.joined_on + timedelta(days=COMPOUND_AFTER), draft.town.times.introduced_on + timedelta(days=40)
        )
        day = person.chance(draft.town.seed, "compound").day(first, max(first + timedelta(days=20), date(year, 5, 31)))
        # The office takes several together, at the beginning of a quarter.
        person.compound_on = add_months(day.replace(day=1), 3 - day.month % 3)


def _decide_fates(draft: _Draft) -> None:
    """Who gets no grade this year, and who did badly in an earlier one."""
    chance, town = draft.chance("fates"), draft.town
    plain = [
        person
        for person in draft.people
        if person.level is Level.STAFF and 0 <= person.batch < 4 and not person.late and not person.compound_on
        and person.post is not town.home
    ]  # fmt: skip
    main = [person for person in plain if person.post in town.main]
    others = [person for person in plain if person.post not in town.main]
    seasoned = [person for person in main if person.batch < 3]
    for person, fate in zip(chance.mixed(seasoned), ("5C", "6A", "failed", "basic", "doubtful"), strict=False):
        person.fate = fate
    for person, fate in zip(chance.mixed(others), ("5B", "basic", "leave_before"), strict=False):
        person.fate = fate
    newest = [person for person in draft.people if person.batch == 4 and person.level is Level.STAFF]
    if newest and not any(person.late and person.post in town.main for person in newest):
        person = next((one for one in newest if one.post in town.main), newest[0])
        person.late, person.joined_on = True, town.batch_on(4, late=True)
    secretaries = [person for person in draft.people if person.level is Level.CHIEF and not person.promoted_on]
    for person in chance.sample(secretaries, max(2, len(secretaries) // 8) if len(secretaries) > 2 else 1):
        person.quality = 99


def _number_identities(draft: _Draft) -> None:
    """Sound numbers of a division that is assigned to nobody; each day of birth counts its own people."""
    used: dict[tuple[date, Sex], int] = {}
    for person in draft.people + draft.former:
        place = (person.born_on, person.named.sex)
        serial = used.get(place, person.chance(draft.town.seed, "identity").randrange(300))
        used[place] = serial + 1
        head = f"{draft.town.place.division}{person.born_on:%Y%m%d}{serial * 2 + (0 if person.female else 1):03d}"
        person.identity = head + ric.calc_check_digit(head + "0")
