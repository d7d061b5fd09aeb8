"""Personnel files of the plan: first page, postings, education, contracts, and what becomes known later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from careerpath.demo.chance import Chance
from careerpath.demo.people import Person, Town
from careerpath.employees.models import Source
from careerpath.employees.operations.details import Details
from careerpath.employees.operations.facts import (
    NewAbsence,
    NewCertificate,
    NewContract,
    NewDiscipline,
    NewEducation,
    NewFact,
    NewPosting,
)
from careerpath.employees.operations.people import EndOfService, NewEmployee
from careerpath.policy.codes import Certificate, Education, Marital, Political
from careerpath.policy.codes import Post as Level
from careerpath.policy.employment import add_months

MAJORS = (
    "社会工作", "汉语言文学", "法学", "行政管理", "学前教育", "会计学", "计算机科学与技术", "英语", "公共事业管理",
    "市场营销", "土木工程", "电子商务", "思想政治教育", "人力资源管理", "视觉传达设计", "机械设计制造及其自动化",
)  # fmt: skip
DUTIES = (
    "网格管理、信息采集", "综治维稳、矛盾调解", "民政救助、养老服务", "党建、档案", "劳动保障、就业服务", "计生、妇联",
    "环境卫生、物业协调", "安全生产、消防", "退役军人服务、双拥", "文体宣传、新时代文明实践", "残联、助残服务",
)  # fmt: skip
STAFF_TITLES = {"社区工作者": 6, "社区专职网格员": 3, "社区专职社工": 2}
COMPOUNDS = (
    "锦绣花园",
    "阳光家园",
    "翠湖名邸",
    "幸福里",
    "东城御景",
    "银座新苑",
    "和谐佳苑",
    "怡景雅居",
    "盛世华庭",
    "温馨花园",
)
YEAR_DAYS = 365.2425
LEAVE_PERCENT = 24
REGISTRATION_YEARS = 3
"""A registration holds for so many years; of older ones the last day is not known."""
CERTIFIED = 43
"""Per cent of those who try for the national certificate at some time, where no share is reported."""
MILITARY_MONTHS = (24, 60)


@dataclass(frozen=True, slots=True)
class Later:
    """What becomes known of a person after the file was opened: a fact, a new post, or the end of service."""

    day: date
    person: Person
    what: NewFact | EndOfService


def known_on(town: Town, person: Person) -> date:
    """The day on which the file was opened: the first day of those who were appointed after recruitment in a batch,
    for all others the day on which files were taken up."""
    return person.joined_on if person.batch else max(town.times.introduced_on, person.joined_on)


def new_employee(town: Town, person: Person, units: Mapping[str, int]) -> NewEmployee:
    """The file as it is opened. ``units`` gives the id of each unit code."""
    known = known_on(town, person)
    facts = [fact for day, fact in _dated(town, person, units) if day <= known]
    return NewEmployee(
        details=_details(town, person),
        postings=tuple(fact for fact in facts if isinstance(fact, NewPosting)),
        educations=tuple(fact for fact in facts if isinstance(fact, NewEducation)),
        certificates=tuple(fact for fact in facts if isinstance(fact, NewCertificate)),
        contracts=tuple(fact for fact in facts if isinstance(fact, NewContract)),
    )


def later_facts(town: Town, person: Person, units: Mapping[str, int]) -> Iterator[Later]:
    """What becomes known afterwards, up to the opening of this year's appraisal; promotions are made elsewhere."""
    known = known_on(town, person)
    promotions = {person.promoted_on, person.compound_on}
    for day, fact in _dated(town, person, units):
        if isinstance(fact, NewPosting) and fact.starts_on in promotions:
            continue
        if known < day < town.times.opened_on and (person.left_on is None or day <= person.left_on):
            yield Later(day, person, fact)
    if person.left_on is not None:
        yield Later(person.left_on, person, EndOfService(left_on=person.left_on, reason=person.left_reason))


def _dated(town: Town, person: Person, units: Mapping[str, int]) -> Iterator[tuple[date, NewFact]]:
    """Every dated fact with the day on which an office hears of it."""
    for posting in postings(town, person, units):
        yield max(posting.starts_on, person.joined_on), posting
    for education in _educations(town, person):
        yield education.graduated_on or person.joined_on, education
    yield from _certificates(town, person)
    for contract in _contracts(town, person):
        yield contract.starts_on, contract
    yield from _absences(town, person)
    yield from _disciplines(town, person)


def _details(town: Town, person: Person) -> Details:
    chance, place = person.chance(town.seed, "details"), town.place
    age = (town.times.today - person.born_on).days / YEAR_DAYS
    native = chance.choice(place.natives)
    since = _party_since(chance, person)
    full = since + timedelta(days=365) if since and person.political is Political.PARTY_MEMBER else None
    compound = chance.choice(COMPOUNDS)
    rooms = f"{chance.randint(1, 28)}号楼{chance.randint(1, 4)}单元{chance.randint(1, 17)}0{chance.randint(1, 4)}室"
    married = chance.happens(8 if age < 26 else 62 if age < 31 else 93)
    marital = chance.weighed(
        {Marital.FIRST_MARRIAGE: 92, Marital.DIVORCED: 4, Marital.REMARRIED: 3, Marital.WIDOWED: 1}
    )
    military = _military_months(town, person)
    return Details(
        name=person.named.name,
        identity=person.identity,
        joined_community_on=person.joined_on,
        # No network has been given numbers that begin with 142: these ring nobody.
        phone=f"142{500_00000 + person.key * 37 + chance.randrange(37):08d}",
        address=f"{town.place.name}{person.post.street.name}{compound}{rooms}",
        ethnic=person.named.ethnic.value,
        native_place=native,
        marital=marital.value if married else Marital.SINGLE.value,
        household_place=_household(town, person, native, compound),
        political=person.political.value,
        political_since=since,
        political_full_since=full,
        joined_work_on=_joined_work(chance, person, military),
        channel=person.channel,
        source=person.source,
        batch=town.batch_name(person.batch),
        military_months=military,
    )


def _household(town: Town, person: Person, native: str, compound: str) -> str:
    """Only people registered in the district were recruited in batches."""
    return f"{town.place.household}{person.post.street.name}{compound}" if person.batch else f"{native}{compound}"


def _party_since(chance: Chance, person: Person) -> date | None:
    birthday = person.born_on + timedelta(days=int(19 * YEAR_DAYS))
    if person.political is Political.LEAGUE_MEMBER:
        return date(person.born_on.year + 15, 5, 4)
    if person.political in {Political.MASSES, Political.NO_PARTY}:
        return None
    if person.political is Political.PROBATIONARY_MEMBER:
        return person.joined_on - timedelta(days=chance.randint(5, 200))
    return chance.day(birthday, max(birthday, person.joined_on - timedelta(days=400)))


def _military_months(town: Town, person: Person) -> int:
    """Two to five years of those who were soldiers."""
    if person.source is not Source.VETERAN:
        return 0
    return person.chance(town.seed, "military").randint(*MILITARY_MONTHS)


def _joined_work(chance: Chance, person: Person, military: int) -> date:
    """Work begins with military service, and that is over before the community."""
    earliest = person.born_on + timedelta(days=int((18.2 if person.source is Source.VETERAN else 21) * YEAR_DAYS))
    latest = add_months(person.joined_on, -military)
    if person.source is Source.GRADUATE:
        earliest = max(earliest, latest - timedelta(days=900))
    return min(latest, chance.day(earliest, max(earliest, latest))).replace(day=1)


def duties_of(town: Town, person: Person) -> str:
    """What somebody looks after since they came, as their first posting says."""
    return _drawn_duties(person.chance(town.seed, "postings"))


def _drawn_duties(chance: Chance) -> str:
    return chance.choice(DUTIES)


def postings(town: Town, person: Person, units: Mapping[str, int]) -> list[NewPosting]:
    """The posts held one after the other; each ends on the eve of the next, which only becomes known with it."""
    chance, unit_id = person.chance(town.seed, "postings"), units[person.post.row.code]
    duties = _drawn_duties(chance)
    title = chance.weighed(STAFF_TITLES)
    staff = NewPosting(unit_id=unit_id, post=Level.STAFF.value, title=title, starts_on=person.joined_on, duties=duties)
    found = [staff]
    if person.promoted_on is not None:
        found.append(_head(chance, town, person, unit_id, person.promoted_on))
    elif person.level is not Level.STAFF:
        years = (date(town.times.year - 4, 12, 1) - person.joined_on).days
        started = (person.joined_on + timedelta(days=int(years * chance.uniform(0.3, 0.9)))).replace(day=1)
        if started > person.joined_on:
            ended = NewPosting(
                unit_id=unit_id, post=Level.STAFF.value, title="社区工作者", starts_on=person.joined_on,
                ends_on=started - timedelta(days=1), duties=duties,
            )  # fmt: skip
            found = [ended, _head(chance, town, person, unit_id, started)]
        else:
            found = [_head(chance, town, person, unit_id, person.joined_on)]
    if person.compound_on is not None:
        role = "小区党支部书记"
        found.append(
            NewPosting(
                unit_id=unit_id,
                post=Level.STAFF.value,
                title=f"{chance.choice(COMPOUNDS)}{role}",
                party_role=role,
                main=False,
                starts_on=person.compound_on,
                duties="小区党建、业委会与物业协调",
            )
        )
    return found


def _head(chance: Chance, town: Town, person: Person, unit_id: int, starts_on: date) -> NewPosting:
    """The post of a secretary or a deputy; most secretaries were elected director of the committee as well."""
    kind = "社区" if person.post.is_community else "村"
    if person.level is Level.CHIEF:
        dual = chance.happens(84) or person.post is town.home
        committee = "居委会主任" if person.post.is_community else "村委会主任"
        return NewPosting(
            unit_id=unit_id, post=Level.CHIEF.value, starts_on=starts_on, elected=dual, dual_head=dual,
            title=f"{kind}党组织书记、{committee}" if dual else f"{kind}党组织书记",
            party_role=f"{kind}党组织书记", duties="主持全面工作",
        )  # fmt: skip
    if person.political is Political.PARTY_MEMBER:
        return NewPosting(
            unit_id=unit_id, post=Level.DEPUTY.value, starts_on=starts_on, title=f"{kind}党组织副书记",
            party_role=f"{kind}党组织副书记", duties=f"协助书记工作，分管{chance.choice(DUTIES)}",
        )  # fmt: skip
    return NewPosting(
        unit_id=unit_id, post=Level.DEPUTY.value, starts_on=starts_on, elected=True,
        title="居委会副主任" if person.post.is_community else "村委会副主任", duties=f"分管{chance.choice(DUTIES)}",
    )  # fmt: skip


def educations_of(town: Town, person: Person) -> list[NewEducation]:
    """The diplomas that the file was opened with."""
    return list(_educations(town, person))


def _educations(town: Town, person: Person) -> Iterator[NewEducation]:
    chance, place = person.chance(town.seed, "education"), town.place
    age = (person.joined_on - person.born_on).days / YEAR_DAYS
    if not person.batch:
        level = chance.weighed(
            {
                Education.SENIOR_SECONDARY: 14,
                Education.SECONDARY_SPECIALISED: 14,
                Education.JUNIOR_COLLEGE: 52,
                Education.BACHELOR: 20,
            }
        )
    elif age >= 26.5 and chance.happens(9):
        level = Education.MASTER
    else:
        level = Education.BACHELOR if age >= 23.2 and chance.happens(62) else Education.JUNIOR_COLLEGE
    years = {Education.MASTER: 25, Education.BACHELOR: 22, Education.JUNIOR_COLLEGE: 21}.get(level, 18)
    graduated = date(person.born_on.year + years + ((person.born_on.month, person.born_on.day) > (8, 31)), 6, 30)
    if person.batch and graduated > person.joined_on:
        graduated = date(graduated.year - 1, 6, 30)
    college = level is Education.JUNIOR_COLLEGE
    if level in {Education.SENIOR_SECONDARY, Education.SECONDARY_SPECIALISED}:
        school = f"{place.natives[0][2:]}第{chance.choice('一二')}中学"
        yield NewEducation(level=level.value, school=school, graduated_on=graduated)
    else:
        yield NewEducation(
            level=level.value,
            degree={Education.MASTER: "3", Education.BACHELOR: "4"}.get(level, ""),
            school=chance.choice(place.colleges if college else place.schools),
            major=chance.choice(MAJORS),
            graduated_on=graduated,
        )
    if level is not Education.BACHELOR and level is not Education.MASTER and chance.happens(30):
        later = date(min(graduated.year + chance.randint(4, 9), town.times.introduced_on.year - 1), 1, 10)
        if later.year > graduated.year + 2:
            after = Education.BACHELOR if college else Education.JUNIOR_COLLEGE
            yield NewEducation(
                level=after.value, degree="4" if college and chance.happens(35) else "", full_time=False,
                school=chance.choice(place.schools), major=chance.choice(MAJORS), graduated_on=later,
            )  # fmt: skip


def exams_of(town: Town, person: Person) -> list[tuple[date, Certificate]]:
    """The national exams that somebody passes: the day, and the grade of the certificate."""
    return [(fact.obtained_on, Certificate(fact.grade)) for _, fact in _certificates(town, person)]


def _certificates(town: Town, person: Person) -> Iterator[tuple[date, NewCertificate]]:
    """Examined in June, registered in November: an office hears of it with the registration."""
    chance = person.chance(town.seed, "certificates")
    first = max(2012, person.joined_on.year)
    holds, last = chance.happens(CERTIFIED), town.times.year
    if town.place.certified is not None and person.left_on is None:
        holds, last = person.key in town.certified, town.times.year - 1
    if not holds or first > last:
        return
    year = chance.randint(first, last)
    for grade in (Certificate.JUNIOR, Certificate.INTERMEDIATE):
        if year >= town.times.year:
            return
        registered = date(year, 11, 4) if chance.happens(90) else None
        number = f"{town.place.division[:2]}{year}{chance.randrange(10**6):06d}"
        known = registered is not None and year >= town.times.year - REGISTRATION_YEARS
        yield (
            date(year, 11, 4),
            NewCertificate(
                grade=grade.value,
                obtained_on=date(year, 6, 18),
                registered_on=registered,
                registered_until=date(year + REGISTRATION_YEARS, 11, 3) if known else None,
                certificate_number=number,
            ),
        )
        if not chance.happens(34):
            return
        year += chance.randint(2, 4)


def _contracts(town: Town, person: Person) -> list[NewContract]:
    if not person.batch:
        return [NewContract(starts_on=max(person.joined_on, date(2008, 1, 1)))]
    starts = person.joined_on
    ends = add_months(starts, 36) - timedelta(days=1)
    found = [NewContract(starts_on=starts, ends_on=ends, probation_ends_on=add_months(starts, 6) - timedelta(days=1))]
    while ends < town.times.opened_on:
        starts, ends = ends + timedelta(days=1), add_months(ends + timedelta(days=1), 60) - timedelta(days=1)
        found.append(NewContract(starts_on=starts, ends_on=ends))
    return found


def _absences(town: Town, person: Person) -> Iterator[tuple[date, NewAbsence]]:
    """Leave of each year, told to the program shortly before the appraisal is opened."""
    for year in (*town.times.past, town.times.year):
        chance = person.chance(town.seed, "absence", year)
        heard = date(year, 11, 5) if year < town.times.year else town.times.opened_on - timedelta(days=1)
        sick = personal = Decimal(0)
        if chance.happens(LEAVE_PERCENT):
            sick, personal = Decimal(chance.randint(0, 16)) / 2, Decimal(chance.randint(1, 12)) / 2
        if (person.fate, year) in {("6A", town.times.year), ("leave_before", town.times.year - 1)}:
            sick, personal = Decimal(196), Decimal("2.5")
        if person.joined_on < heard and sick + personal:
            yield heard, NewAbsence(year=year, sick_days=sick, personal_days=personal)


def _disciplines(town: Town, person: Person) -> Iterator[tuple[date, NewDiscipline]]:
    year = town.times.year
    if person.fate == "5C":
        started = date(year, 6, 1)
        document = f"{town.place.document}〔{year}〕17号"
        yield (
            started,
            NewDiscipline(measure="警告", document=document, starts_on=started, ends_on=date(year + 1, 5, 31)),
        )
    if person.fate == "5B":
        opened = date(year, 9, 5)
        yield opened, NewDiscipline(opened_on=opened)
