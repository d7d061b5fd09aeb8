"""What is done for the pool on which day."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from careerpath.demo.office import Office
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.cadre import cadre_steps
from careerpath.demo.talent_pool.channels import channel_steps
from careerpath.demo.talent_pool.choice import entrants_wanted, split_places, taking_part, wanted_reserves
from careerpath.demo.talent_pool.days import NEW_DAYS, SUPPLEMENT_DAYS, SelectionDays, past_days
from careerpath.demo.talent_pool.honours import mandate_steps
from careerpath.demo.talent_pool.pending import pending_steps
from careerpath.demo.talent_pool.pool import PoolWork
from careerpath.demo.talent_pool.promotions import promotion_steps
from careerpath.demo.talent_pool.selections import SelectionWork
from careerpath.policy.talent_pool import Gate, Purpose, TalentPoolEdition
from careerpath.talent_pool.models import Nomination
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import msg

NUMBERS = (21, 31, 41, 46)
"""The numbers of the announcements."""
TASKS_AFTER, ASSESSED_AFTER, REVIEWED_AFTER = 5, 40, 365
"""So many days after the entry."""
CHECKED_AFTER, DECIDED_AFTER, TAKEN_IN_AFTER = 10, 14, 25
"""So many days after the second selection: the look at the rules, what the district makes of it, one more reserve."""
LATELY, FAILED_LATELY = 30, 10
"""Some ask to leave so many days ago, one fails so many days ago."""
SHORT_UNITS, OPEN_UNITS, OPEN_ENTRANTS = 5, 6, 11
SETTLED = 4
"""So many nominations of the open selection are reviewed."""
DISCIPLINED = "5C"
HALF = 2
"""The second stage of the supplement has points of so many units."""


def talent_pool_steps(office: Office) -> Iterator[Step]:
    """Selections, reserves, promotions, mandates and channels, up to the present."""
    yield from mandate_steps(office)
    yield from promotion_steps(office)
    yield from pending_steps(office)
    yield from cadre_steps(office)
    yield from _pool_steps(office)
    yield from channel_steps(office)


def _pool_steps(office: Office) -> Iterator[Step]:
    town, edition = office.town, rules_named(office.town.place.talent_pool)
    gate = _gates(edition)[-1]
    wanted = wanted_reserves(town, edition)
    first_places, _ = split_places(wanted)
    # Those who are promoted come from the pool, one leaves it for a measure, and one has an account to be shown.
    surely = frozenset(
        one.key for one in town.people if one.promoted_on is not None or one.fate == DISCIPLINED or one is town.worker
    )
    first_days, second_days = past_days(town.times)
    first = SelectionWork(
        office, _name(first_days, gate), first_days, edition, gate.code, NUMBERS[0], first_places, surely=surely
    )
    second = SelectionWork(office, _name(second_days, gate), second_days, edition, gate.code, NUMBERS[1], {})
    work = PoolWork(office, edition, gate.code)
    yield Step(first_days.planned_on, first.plan, msg("后备人才竞岗：两次，从公告到入库"))
    yield from _selection_steps(first)
    yield Step(second_days.planned_on, partial(_plan_second, first, second, wanted))
    yield from _selection_steps(second)
    for one in (first, second):
        yield from _after_entry(work, one)
    yield from _until_now(work, first, second, wanted)
    yield from _supplement(work, wanted)
    yield from _open_selection(work)


def _gates(edition: TalentPoolEdition) -> list[Gate]:
    """The gates into the pool, that to the highest rung last."""
    order = [rung.code for rung in edition.rungs]
    return sorted(
        (gate for gate in edition.gates if gate.purpose is Purpose.POOL), key=lambda gate: order.index(gate.rung)
    )


def _name(days: SelectionDays, gate: Gate, more: str = "") -> str:
    return f"{days.planned_on.year}年{gate.name}{more}竞岗"


def _selection_steps(work: SelectionWork) -> Iterator[Step]:
    """From the announcement to the entry."""
    days = work.days
    yield from _until_closed(work)
    for number in range(len(work.edition.stages)):
        yield Step(days.stage_on(number), partial(work.hold, number))
    yield Step(days.stage_on(len(work.edition.stages)), work.finish_stages)
    yield Step(days.decided_on, work.decide)
    yield Step(days.notice_starts_on, work.notice)
    objected_on = days.notice_starts_on + timedelta(days=1)
    answered_on = objected_on + timedelta(days=2)
    yield Step(objected_on, partial(work.object, objected_on))
    yield Step(answered_on, partial(work.answer, answered_on))
    yield Step(days.concluded_on, work.conclude)


def _until_closed(work: SelectionWork) -> Iterator[Step]:
    days = work.days
    yield Step(days.announced_on, work.announce)
    for way, day in zip(Nomination, days.nominated_on, strict=True):
        yield Step(day, partial(work.nominate, way))
    yield Step(days.closes_on, work.give_up)
    yield Step(days.reviewed_on, work.review)
    yield Step(days.reviewed_on + timedelta(days=1), work.close)


def _plan_second(first: SelectionWork, second: SelectionWork, wanted: dict[str, int]) -> None:
    """The second selection is for the reserves that are still lacking."""
    second.places = {code: count - first.places.get(code, 0) for code, count in wanted.items()}
    second.wanted = entrants_wanted(wanted) - len(first.admitted)
    second.plan()


def _after_entry(work: PoolWork, selection: SelectionWork) -> Iterator[Step]:
    on, today = selection.days.concluded_on, work.office.town.times.today
    yield Step(on + timedelta(days=TASKS_AFTER), lambda: work.give_tasks(work.reserves(selection.selection_id)))
    assessed_on, reviewed_on = on + timedelta(days=ASSESSED_AFTER), on + timedelta(days=REVIEWED_AFTER)
    yield Step(assessed_on, lambda: work.assess(work.reserves(selection.selection_id), assessed_on))
    if reviewed_on < today:
        yield Step(reviewed_on - timedelta(days=1), partial(work.finish_tasks, reviewed_on))
        yield Step(reviewed_on, lambda: work.review_year(work.reserves(selection.selection_id), reviewed_on))


def _until_now(work: PoolWork, first: SelectionWork, second: SelectionWork, wanted: dict[str, int]) -> Iterator[Step]:
    on, today = second.days.concluded_on, work.office.town.times.today
    eve = today - timedelta(days=1)
    yield Step(on + timedelta(days=CHECKED_AFTER), partial(work.check, on + timedelta(days=CHECKED_AFTER)))
    yield Step(on + timedelta(days=DECIDED_AFTER), partial(work.let_leave, on + timedelta(days=DECIDED_AFTER)))
    largest = max(wanted, key=lambda code: (wanted[code], code), default="")
    if largest:
        taken_in_on = on + timedelta(days=TAKEN_IN_AFTER)
        yield Step(taken_in_on, partial(work.take_in_one, taken_in_on, largest))
    lately = today - timedelta(days=LATELY)
    yield Step(lately, partial(work.refuse, lately))
    failed_on = today - timedelta(days=FAILED_LATELY)
    yield Step(failed_on, partial(work.fail_one, failed_on))
    yield Step(eve, partial(work.finish_tasks, eve))
    yield Step(eve, partial(work.check, eve))


def _supplement(work: PoolWork, wanted: dict[str, int]) -> Iterator[Step]:
    """A selection whose stages are being held, for communities that have too few reserves."""
    office, edition = work.office, work.edition
    days = SelectionDays(office.town.times.today - timedelta(days=SUPPLEMENT_DAYS))
    gate = edition.gate(work.gate)
    selection = SelectionWork(office, _name(days, gate, "补充"), days, edition, gate.code, NUMBERS[2], {})
    yield Step(days.planned_on, partial(_plan_supplement, work, selection, wanted))
    yield from _until_closed(selection)
    yield Step(days.stage_on(0), partial(selection.hold, 0))
    yield Step(days.stage_on(1), partial(selection.hold, 1, HALF))


def _plan_supplement(work: PoolWork, selection: SelectionWork, wanted: dict[str, int]) -> None:
    present = work.count_by_unit()
    short = [code for code, count in wanted.items() if present.get(code, 0) < count]
    selection.places = dict.fromkeys(short[:SHORT_UNITS], 1)
    selection.wanted = 2 * len(selection.places)
    selection.plan()


def _open_selection(work: PoolWork) -> Iterator[Step]:
    """A selection that takes nominations now, for the lowest rung that has reserves."""
    office, edition = work.office, work.edition
    gate = _gates(edition)[0]
    days = SelectionDays(office.town.times.today - timedelta(days=NEW_DAYS))
    posts = sorted(taking_part(office.town), key=lambda post: post is not office.town.home)
    units = [post.row.code for post in posts[:OPEN_UNITS]]
    selection = SelectionWork(
        office, _name(days, gate, "（小区）" if gate.code == work.gate else ""), days, edition, gate.code, NUMBERS[3],
        dict.fromkeys(units, 1), wanted=OPEN_ENTRANTS, reached=True,
    )  # fmt: skip
    yield Step(days.planned_on, selection.plan, msg("后备人才竞岗：正在推荐报名"))
    yield Step(days.announced_on, selection.announce)
    for way, day in zip(Nomination, days.nominated_on, strict=True):
        if day < office.town.times.today:
            yield Step(day, partial(selection.nominate, way))
    yield Step(office.town.times.today - timedelta(days=1), partial(selection.review_some, SETTLED))
