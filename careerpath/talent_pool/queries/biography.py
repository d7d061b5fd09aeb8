"""What the papers of this room say of people's lives, read from the personnel files in nine queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import (
    CareerLine,
    Discipline,
    Education,
    Employee,
    FamilyMember,
    Honour,
    Posting,
)
from careerpath.employees.queries.homes import place_names
from careerpath.policy import codes
from careerpath.policy.codes.education import degree_level
from careerpath.talent_pool.models import CadreSheet
from careerpath.talent_pool.queries.facts import grades_of
from careerpath.talent_pool.sheets.resume import ResumeLine

COMMUNITY = "社区"
YEARS = 3
"""So many of the last appraisals stand on papers."""


@dataclass(frozen=True, slots=True)
class Study:
    """The highest education of one way of studying, in words."""

    education: str = ""
    degree: str = ""
    school: str = ""

    @property
    def words(self) -> str:
        """Education and degree in one line."""
        return "　".join(part for part in (self.education, self.degree) if part)


@dataclass(frozen=True, slots=True)
class Biography:
    """One person: the file's first page, and texts made from the facts behind it."""

    employee: Employee
    sheet: CadreSheet | None
    present_post: str
    """Every post held on the day, the main one first."""
    place: str
    post_since: date | None
    """The first day in the main post."""
    full_time: Study
    in_service: Study
    resume: tuple[ResumeLine, ...]
    family: tuple[FamilyMember, ...]
    rewards: str
    """奖惩情况: what the office wrote, else honours and measures of the file."""
    appraisals: str
    """2023年年度考核优秀；2024年年度考核称职。"""

    @property
    def joined_party(self) -> str:
        """入党时间 as ``yyyyMM``, or the name of another party."""
        member, since = self.employee.political, self.employee.political_since
        if member in codes.people.PARTY:
            return f"{since:%Y%m}" if since else ""
        others = (codes.Political.LEAGUE_MEMBER, codes.Political.MASSES)
        return "" if member in others else code_word(codes.Political, member)


def biographies(employee_ids: Iterable[int], on: date) -> dict[int, Biography]:
    """What papers say of some people on a day, by their ids, whoever asks. Nine queries."""
    ids = sorted(set(employee_ids))
    people = _people(ids)
    postings = _postings(ids)
    places = place_names(path for held in postings.values() for _, path in held)
    studies, lines, relatives = _facts(Education, ids), _lines(CareerLine, ids), _lines(FamilyMember, ids)
    honours, measures, grades = _facts(Honour, ids), _facts(Discipline, ids), grades_of(ids)
    found = {}
    for employee, sheet in people:
        held = [
            (posting, places[path])
            for posting, path in postings[employee.id]
            if posting.starts_on <= on and (posting.ends_on is None or posting.ends_on >= on)
        ]
        main = next((one for one in held if one[0].main), None)
        written = sheet.rewards.strip() if sheet else ""
        found[employee.id] = Biography(
            employee=employee,
            sheet=sheet,
            present_post="，".join(_post_words(posting, place) for posting, place in held),
            place=main[1] if main else "",
            post_since=main[0].starts_on if main else None,
            full_time=_study([one for one in studies[employee.id] if one.full_time]),
            in_service=_study([one for one in studies[employee.id] if not one.full_time]),
            resume=_resume(lines[employee.id], postings[employee.id], places),
            family=tuple(relatives[employee.id]),
            rewards=written or _rewards(honours[employee.id], measures[employee.id]),
            appraisals=_appraisals(grades.get(employee.id, {})),
        )
    return found


def code_word(table: type[codes.Code], value: str) -> str:
    """What a code is called in Chinese, as papers say it; empty for one that is not in its table."""
    return next((entry.zh for entry in table if entry.value == value), "")


def post_at(place: str, title: str) -> str:
    """A post with its unit: 费城街道书苑社区 and 社区党组织书记 are 费城街道书苑社区党组织书记."""
    close = place.replace(" ", "")
    return close + (title.removeprefix(COMMUNITY) if close.endswith(COMMUNITY) else title)


def joined_post(name: str) -> str:
    """A post kept as 费城街道 书苑社区 社区工作者, in one word as papers write it: 费城街道书苑社区工作者."""
    place, _, title = name.rpartition(" ")
    return post_at(place, title)


def _post_words(posting: Posting, place: str) -> str:
    said = post_at(place, posting.title)
    return said if not posting.party_role or posting.party_role in posting.title else f"{said}、{posting.party_role}"


def _people(ids: Sequence[int]) -> list[tuple[Employee, CadreSheet | None]]:
    query = select(Employee, CadreSheet).outerjoin(CadreSheet, CadreSheet.employee_id == Employee.id)
    return [(employee, sheet) for employee, sheet in db.session.execute(query.where(Employee.id.in_(ids)))]


def _postings(ids: Sequence[int]) -> dict[int, list[tuple[Posting, str]]]:
    query = (
        select(Posting, Unit.path)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.employee_id.in_(ids), Posting.superseded_at.is_(None))
        .order_by(Posting.main.desc(), Posting.starts_on, Posting.id)
    )
    found: dict[int, list[tuple[Posting, str]]] = defaultdict(list)
    for posting, path in db.session.execute(query):
        found[posting.employee_id].append((posting, path))
    return found


def _facts(model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    query = select(model).where(model.employee_id.in_(ids), model.superseded_at.is_(None)).order_by(model.id)
    return _grouped(db.session.scalars(query))


def _lines(model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    order = (CareerLine.starts_on, CareerLine.id) if model is CareerLine else (FamilyMember.id,)
    return _grouped(db.session.scalars(select(model).where(model.employee_id.in_(ids)).order_by(*order)))


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.employee_id].append(row)
    return found


def _study(courses: Sequence[Education]) -> Study:
    if not courses:
        return Study()
    ranks = {level.value: level.rank for level in codes.Education}
    best = max(courses, key=lambda one: (ranks.get(one.level, 0), one.graduated_on or date.min))
    degree = degree_level(best.degree) if best.degree else None
    school = "　".join(part for part in (best.school, best.major) if part)
    return Study(code_word(codes.Education, best.level), degree.zh if degree else "", school)


def _resume(
    lines: Sequence[CareerLine], postings: Sequence[tuple[Posting, str]], places: dict[str, str]
) -> tuple[ResumeLine, ...]:
    """The résumé of the file; where there is none, the main posts."""
    if lines:
        return tuple(ResumeLine(one.starts_on, one.ends_on, one.text) for one in lines)
    return tuple(
        ResumeLine(one.starts_on, one.ends_on, _post_words(one, places[path])) for one, path in postings if one.main
    )


def _rewards(honours: Sequence[Honour], measures: Sequence[Discipline]) -> str:
    said: list[tuple[date, str]] = []
    for honour in honours:
        on = honour.granted_on
        if honour.kind in codes.honours.REPRESENTATION:
            said.append((on, f"{on.year}年{on.month}月起任{honour.title}"))
        else:
            by = f"被{honour.granted_by}" if honour.granted_by else "被"
            said.append((on, f"{on.year}年{on.month}月{by}授予“{honour.title}”称号"))
    for one in measures:
        if one.measure and one.starts_on is not None:
            until = f"（至{one.ends_on.year}年{one.ends_on.month}月）" if one.ends_on else ""
            said.append((one.starts_on, f"{one.starts_on.year}年{one.starts_on.month}月受{one.measure}{until}"))
    return f"{'；'.join(text for _, text in sorted(said))}。" if said else "无"


def _appraisals(grades: dict[int, codes.Grade]) -> str:
    last = sorted(grades)[-YEARS:]
    return f"{'；'.join(f'{year}年年度考核{grades[year].zh}' for year in last)}。" if last else ""
