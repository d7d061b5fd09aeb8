"""What happens on which day: three years that were decided, and the one that is under way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from careerpath.demo.chance import Chance
from careerpath.demo.office import Office
from careerpath.demo.people import Town
from careerpath.demo.years import AppraisalWork, Case
from careerpath.words import Message, msg

WRITING = 86
"""Per cent of the people who have written this year's summary."""
FILLED = 75
"""Per cent of the rows that the street in the foreground has filled."""
SPARE = 2
"""Places of 优秀 that it has not used yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done at the office on a day; steps of one day keep their order."""

    day: date
    act: Callable[[], None]
    says: Message | None = None


def past_year(office: Office, year: int) -> Iterator[Step]:
    """A year that was appraised, decided and filed. The last of them had a larger share of 优秀 in one street."""
    town = office.town
    work = AppraisalWork(office, year, approved=town.streets[0] if year == town.times.year - 1 else "")
    yield Step(date(year, 11, 10), work.open, msg("%(year)s 年度考核：开展、述职、评鉴、审定、归档", year=year))
    for wave, day in enumerate((date(year, 11, 20), date(year, 11, 27), date(year, 12, 3), date(year, 12, 8))):
        yield Step(day, partial(_whole_wave, work, wave))
    yield Step(date(year, 12, 11), lambda: work.write_opinions(work.in_full))
    for code in town.streets:
        yield Step(date(year, 12, 16), partial(_whole_street, work, code))
    yield Step(date(year + 1, 1, 8), partial(_decide_all, work))
    yield Step(date(year + 1, 1, 20), work.confirm)
    yield Step(date(year + 1, 2, 24), work.close)


def open_year(office: Office) -> Iterator[Step]:
    """The year under way, as it stands in the middle of the season."""
    town, times = office.town, office.town.times
    work = AppraisalWork(office, times.year)
    yield Step(times.opened_on, work.open, msg("%(year)s 年度考核：进行到一半", year=times.year))
    for wave, share in enumerate((0.2, 0.35, 0.5, 0.62)):
        yield Step(times.under_way(share), partial(_wave, work, wave))
    yield Step(times.under_way(0.7), lambda: work.write_opinions(_with_opinion(town, work)))
    main, *others = town.streets
    for code in others:
        share = _share_filled(town, code)
        yield Step(times.under_way(0.8), partial(_part_of_street, work, code, share))
    for code in _ahead(town):
        yield Step(times.under_way(0.85), partial(work.submit, code))
    yield Step(times.under_way(0.9), lambda: work.fill(main, _rows_in_front(town, work), SPARE))
    for place, code in enumerate(_ahead(town)):
        if place == 1:
            yield Step(times.under_way(0.95), partial(_decide_part, work, code))
        if place == 2:
            yield Step(times.under_way(0.95), partial(_return_one, work, code))


def _ahead(town: Town) -> tuple[str, ...]:
    """The streets that have submitted already."""
    return town.streets[1:4]


def _whole_wave(work: AppraisalWork, wave: int) -> None:
    """A quarter of the people write."""
    work.write_summaries(case for case in work.in_full if case.person.key % 4 == wave)


def _wave(work: AppraisalWork, wave: int) -> None:
    """Most of a quarter of the people write, and everybody where the street is ahead of time."""
    # The worker with the demo account still has this year's summary to write.
    town, shown = work.office.town, work.office.town.worker
    chosen = []
    for case in work.cases:
        person = case.person
        willing = person.chance(town.seed, "writes", work.year).happens(WRITING) and person is not shown
        if person.key % 4 == wave and (willing or person.post.street.code in _ahead(town)):
            chosen.append(case)
    work.write_summaries(chosen)


def _with_opinion(town: Town, work: AppraisalWork) -> list[Case]:
    """Most communities are through; the one in the foreground has two left, apart from its secretary's own."""
    at_home, shown = town.home, town.worker
    home = [case for case in work.cases if case.person.post is at_home]
    late = {case.id for case in home if case in home[-2:] or case.person is shown}
    found = []
    for case in work.cases:
        ahead = case.person.post.street.code in _ahead(town)
        through = Chance.of(town.seed, "through", case.person.post.row.code).happens(88) or case.person.post is at_home
        if ahead or (through and case.id not in late):
            found.append(case)
    return found


def _rows_in_front(town: Town, work: AppraisalWork) -> list[Case]:
    """Three quarters of the street in the foreground: from the top, but for rows where nothing was written yet."""
    cases = [case for case in work.of_street(town.streets[0]) if not case.special]
    doubtful = [case for case in cases if case.person.fate == "doubtful"]
    written = [case for case in cases if case.version > 1 and case not in doubtful]
    return written[: len(cases) * FILLED // 100] + doubtful


def _share_filled(town: Town, code: str) -> int:
    if code in _ahead(town):
        return 100
    return Chance.of(town.seed, "share", code).choice((0, 0, 30, 60))


def _part_of_street(work: AppraisalWork, code: str, percent: int) -> None:
    cases = work.of_street(code)
    if percent and cases:
        work.fill(code, cases[: max(1, len(cases) * percent // 100)])


def _whole_street(work: AppraisalWork, code: str) -> None:
    if code in work.streets:
        work.fill(code, work.of_street(code))
        work.submit(code)


def _decide_all(work: AppraisalWork) -> None:
    for code in work.streets:
        if code == work.approved:
            work.approve(code)
        work.decide(code, work.of_street(code))


def _decide_part(work: AppraisalWork, code: str) -> None:
    cases = work.of_street(code)
    work.decide(code, cases[: len(cases) * 2 // 3])


def _return_one(work: AppraisalWork, code: str) -> None:
    cases = [case for case in work.of_street(code) if not case.special]
    if cases:
        work.give_back(code, cases[len(cases) // 2])
