"""Résumés and families of the plan."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from careerpath.demo.chance import Chance
from careerpath.demo.files import YEAR_DAYS, known_on, new_employee, postings
from careerpath.demo.names import SURNAMES, given_name
from careerpath.demo.people import Person, Town
from careerpath.employees.models import Source
from careerpath.employees.operations.lines import NewCareerLine, NewFamilyMember, NewLine
from careerpath.employees.operations.people import NewEmployee
from careerpath.policy.codes import Education, Ethnic, Marital, Political, Sex

WORK_BEFORE = {
    Source.GRADUATE: ("某商贸有限公司职员", "某教育培训机构教师", "某建材有限公司文员", "三支一扶服务人员"),
    Source.GRID_WORKER: ("网格员", "专职网格员", "社区公益性岗位工作人员"),
    Source.VETERAN: ("某部战士", "某部班长"),
    Source.NEW_FORMS: ("某外卖平台配送员", "某快递公司快递员", "网约车驾驶员"),
    Source.OTHER: ("乡镇企业职工", "个体经营", "民办教师", "纺织厂职工"),
}
WORK_OF_PARENTS = ("务农", "务农", "退休", "退休", "个体经营", "某纺织厂退休职工", "某小学退休教师")
WORK_OF_SPOUSES = (
    "自由职业",
    "某制造有限公司职工",
    "某中学教师",
    "个体经营",
    "某医院医务人员",
    "某银行职员",
    "某物流公司职工",
)
FAMILY_PERCENT = 45
MARRIED = frozenset({Marital.MARRIED.value, Marital.FIRST_MARRIAGE.value, Marital.REMARRIED.value})


def lines(town: Town, person: Person) -> Iterator[NewLine]:
    """The lines of the résumé in order of time, and the family of those who gave it."""
    units = {person.post.row.code: 0}
    file = new_employee(town, person, units)
    yield from _career(town, person, file, units)
    chance = person.chance(town.seed, "family")
    if chance.happens(FAMILY_PERCENT) and person.named.ethnic is Ethnic.HAN:
        yield from _family(town, person, chance, married=file.details.marital in MARRIED)


def known_lines(town: Town, person: Person, on: date) -> list[NewLine]:
    """The lines without children who were born since a day."""
    return [line for line in lines(town, person) if not _is_child_after(line, on)]


def later_lines(town: Town, person: Person) -> list[NewLine]:
    """Children who were born between the opening of a file and the day on which the office took up all files."""
    on = known_on(town, person)
    return [line for line in lines(town, person) if _is_child_after(line, on)] if town.in_full(person) else []


def _is_child_after(line: NewLine, on: date) -> bool:
    return isinstance(line, NewFamilyMember) and line.born_on is not None and line.born_on >= on


def _looked_at_on(town: Town, person: Person) -> date:
    """The last day on which anybody asked for the family: when files were taken up, or on the first day of service."""
    return max(known_on(town, person), town.times.introduced_on)


def _career(town: Town, person: Person, file: NewEmployee, units: Mapping[str, int]) -> Iterator[NewCareerLine]:
    school = next((one for one in file.educations if one.full_time), None)
    last = None
    if school is not None and school.graduated_on is not None:
        years = 2 if school.level == Education.MASTER else 4 if school.level == Education.BACHELOR else 3
        last = school.graduated_on
        studies = f"{school.school}{school.major}专业学生" if school.major else f"{school.school}学生"
        yield NewCareerLine(starts_on=date(last.year - years, 9, 1), ends_on=last, text=studies)
    before = person.joined_on - timedelta(days=1)
    if last is not None and (before - last).days > 200:
        chance = person.chance(town.seed, "career")
        yield NewCareerLine(
            starts_on=last + timedelta(days=31), ends_on=before, text=chance.choice(WORK_BEFORE[person.source])
        )
    for posting in postings(town, person, units):
        if posting.starts_on > max(person.joined_on, town.times.introduced_on):
            continue
        # 望沂社区 and 社区专职社工 are said together as 望沂社区专职社工.
        title = posting.title.removeprefix("社区") if person.post.name.endswith("社区") else posting.title
        text = f"{town.place.name}{person.post.street.name}{person.post.name}{title}"
        yield NewCareerLine(starts_on=posting.starts_on, ends_on=posting.ends_on, text=text)


def _family(town: Town, person: Person, chance: Chance, *, married: bool) -> Iterator[NewFamilyMember]:
    age = int((town.times.today - person.born_on).days / YEAR_DAYS)
    surname = person.named.name[:2] if len(person.named.name) > 3 else person.named.name[0]
    father_age = chance.randint(23, 31)
    yield _member(chance, "父亲", surname, Sex.MALE, person.born_on, -father_age)
    yield _member(chance, "母亲", chance.choice(SURNAMES), Sex.FEMALE, person.born_on, -father_age + 1)
    if not married:
        return
    other, relation = (Sex.MALE, "丈夫") if person.female else (Sex.FEMALE, "妻子")
    spouse = chance.choice(SURNAMES)
    yield _member(chance, relation, spouse, other, person.born_on, chance.randint(-2, 2))
    if age >= 30:
        sex = chance.choice((Sex.MALE, Sex.FEMALE))
        years = chance.randint(25, min(29, age - 3))
        born = date(person.born_on.year + years, chance.randint(1, 9), chance.randint(1, 28))
        name = (spouse if person.female else surname) + given_name(chance, sex)
        if born < _looked_at_on(town, person):
            yield NewFamilyMember(relation="儿子" if sex is Sex.MALE else "女儿", name=name, born_on=born, work="学生")


def _member(chance: Chance, relation: str, surname: str, sex: Sex, born_on: date, years: int) -> NewFamilyMember:
    older = years < -10
    name = surname + given_name(chance, sex, older=older)
    born = date(born_on.year + years, chance.randint(1, 12), chance.randint(1, 28))
    political = Political.PARTY_MEMBER if chance.happens(18) else Political.MASSES
    work = chance.choice(WORK_OF_PARENTS if older else WORK_OF_SPOUSES)
    return NewFamilyMember(relation=relation, name=name, born_on=born, political=political.value, work=work)
