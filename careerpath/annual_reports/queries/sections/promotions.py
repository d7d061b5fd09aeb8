"""晋升任用: who rose to which rung, which recruits lead by now, whom institutions hired, who stands where."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts, Listing, Period, count_grouped, figure_of
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import Column, group_figure, group_table, part_table
from careerpath.annual_reports.queries.sections.rows import person_rows
from careerpath.annual_reports.queries.sections.serving import serving_on
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import held_on
from careerpath.policy.codes import Post
from careerpath.policy.talent_pool import Rung
from careerpath.recruitment.models import Appointment
from careerpath.talent_pool.models import (
    ChannelCandidate,
    ChannelResult,
    ChannelRound,
    ChannelState,
    Promotion,
    PromotionState,
)
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import RULES
from careerpath.words import Message, msg

VIEW = Permission.POOL_VIEW
LEADING = (Post.CHIEF.value, Post.DEPUTY.value)
COMPOUND_SECRETARY = "小区党支部书记"
"""The office as files name it, in the title or in the party role."""

NO_RUNG = ""
ELECTED, APPOINTED = "elected", "appointed"


def _promoted(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Promotions that ended in a posting, by its first day."""
    day = func.coalesce(Promotion.starts_on, Promotion.held_on, Promotion.approved_on)
    way = case((Promotion.elected, ELECTED), else_=APPOINTED).label("way")
    rows = person_rows(scope, Promotion, day, Promotion.title, Promotion.rung, way)
    return rows.where(Promotion.state == PromotionState.CONCLUDED, day <= on)


def _from_pool(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _promoted(scope, on).where(Promotion.entry_id.is_not(None))


def _proposed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    rows = person_rows(scope, Promotion, Promotion.proposed_on, Promotion.title)
    return rows.where(Promotion.proposed_on <= on)


def _risen(scope: Scope, on: date, office: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Postings to an office of people who came by a recruitment batch and entered in another one."""
    recruited = or_(Employee.batch != "", exists().where(Appointment.employee_id == Employee.id))
    return person_rows(scope, Posting, Posting.starts_on, Posting.title).where(
        Posting.superseded_at.is_(None),
        Posting.starts_on <= on,
        Posting.starts_on > Employee.joined_community_on,
        recruited,
        office,
    )


def _leading(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _risen(scope, on, Posting.post.in_(LEADING))


def _compound(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _risen(scope, on, _in_role(COMPOUND_SECRETARY))


def _hired(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Those hired by institutions, by the day of hiring, else that on which the recruitment was concluded."""
    day = func.coalesce(ChannelCandidate.hired_on, ChannelRound.concluded_on)
    return (
        person_rows(scope, ChannelCandidate, day, ChannelCandidate.hired_by)
        .join(ChannelRound, ChannelRound.id == ChannelCandidate.channel_id)
        .where(
            ChannelCandidate.result == ChannelResult.HIRED,
            ChannelRound.state != ChannelState.CANCELLED,
            day <= on,
        )
    )


def _on_ladder(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Everybody in service with the highest rung of the day's edition that one of their postings stands on."""
    edition = scope.edition(RULES, on)
    rungs = edition.rungs if edition is not None else ()
    people = serving_on(scope, on)
    query = select(
        people.c.id,
        people.c.id.label("employee_id"),
        people.c.unit_id,
        people.c.since.label("on"),
        people.c.name,
        people.c.title.label("detail"),
    )
    if not rungs:
        return query.add_columns(literal(NO_RUNG).label("rung")).where(false())
    height = case(*((_stands_on(rungs[place]), place) for place in reversed(range(len(rungs)))), else_=-1)
    stands = (
        select(Posting.employee_id, func.max(height).label("height"))
        .where(Posting.employee_id.in_(select(people.c.id)), *held_on(on))
        .group_by(Posting.employee_id)
        .subquery()
    )
    rung = case({place: one.code for place, one in enumerate(rungs)}, value=stands.c.height, else_=NO_RUNG)
    return (
        query.add_columns(rung.label("rung"))
        .join(stands, stands.c.employee_id == people.c.id)
        .where(stands.c.height >= 0)
    )


def _stands_on(rung: Rung) -> ColumnElement[bool]:
    """As ``policy.talent_pool.ladder.stands_on`` says it."""
    conditions: list[ColumnElement[bool]] = []
    if rung.posts:
        conditions.append(Posting.post.in_([post.value for post in rung.posts]))
    if rung.roles:
        conditions.append(or_(*(_in_role(word) for word in rung.roles)))
    return and_(True, *conditions)


def _in_role(word: str) -> ColumnElement[bool]:
    return or_(
        Posting.title.contains(word, autoescape=True),
        Posting.party_role.contains(word, autoescape=True),
    )


def _rung(code: str) -> Words:
    return rung_names(None, [code])[code] if code else msg("未填写")


def _way(value: str) -> Message:
    return msg("选举产生") if value == ELECTED else msg("组织任用")


PROMOTED = Listing(
    "promoted", msg("晋升任用人数"), VIEW, _promoted, people=True, page="talent_pool.promotion", key="promotion_id",
    detail=msg("新任职务"), groups={"rung": _rung, "way": _way},
)  # fmt: skip
FROM_POOL = Listing(
    "promoted_from_pool", msg("后备人才任用人数"), VIEW, _from_pool, people=True, page="talent_pool.promotion",
    key="promotion_id", detail=msg("新任职务"),
)  # fmt: skip
PROPOSED = Listing(
    "promotion_proposed", msg("提出拟任人选人次"), VIEW, _proposed, unit=msg("人次"), page="talent_pool.promotion",
    key="promotion_id", detail=msg("拟任职务"),
)  # fmt: skip
HEADS = Listing(
    "recruits_leading", msg("招聘人员任书记、副书记人数"), VIEW, _leading, people=True, detail=msg("新任职务")
)
COMPOUND = Listing(
    "recruits_compound", msg("招聘人员任小区党支部书记人数"), VIEW, _compound, people=True, detail=msg("新任职务")
)
HIRED = Listing(
    "institution_hired", msg("事业编制定向聘用人数"), VIEW, _hired, people=True,
    page="talent_pool.channel_candidate", key="channel_candidate_id", detail=msg("聘用单位"),
)  # fmt: skip
LADDER = Listing(
    "on_ladder", msg("成长台阶在岗人数"), VIEW, _on_ladder, dated=False, people=True, detail=msg("现任职务"),
    groups={"rung": _rung},
)  # fmt: skip


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    rungs, ways, ladder = count_grouped(scope, (PROMOTED, "rung"), (PROMOTED, "way"), (LADDER, "rung"))
    edition = scope.edition(RULES, scope.on)
    order = [one.code for one in edition.rungs] if edition is not None else []
    everybody = Counts.of_all(ladder.values())
    names = rung_names(edition, {*rungs, *ladder} - {NO_RUNG})
    figures = (
        figure_of(PROMOTED, counts[PROMOTED.code]),
        group_figure(PROMOTED, "way", APPOINTED, msg("组织任用人数"), ways),
        group_figure(PROMOTED, "way", ELECTED, msg("选举产生任职人数"), ways),
        *(figure_of(one, counts[one.code]) for one in (FROM_POOL, HEADS, COMPOUND, HIRED, PROPOSED)),
        figure_of(LADDER, everybody),
    )
    tables = (
        group_table("promoted_rungs", msg("晋升任用情况"), msg("职务"), PROMOTED, "rung", rungs, order,
                    counts[PROMOTED.code], words=names),
        group_table("ladder", msg("成长台阶人员分布"), msg("台阶"), LADDER, "rung", ladder, order,
                    everybody, chart=ChartKind.BARS, whole=True, words=names),
        part_table(scope, "promotion_parts", msg("各单位晋升任用情况"), (
            Column(PROMOTED, head=msg("本年晋升任用")),
            Column(PROMOTED, Period.TOTAL, msg("累计晋升任用")),
            Column(HEADS, Period.TOTAL, msg("招聘人员累计任书记、副书记")),
            Column(COMPOUND, Period.TOTAL, msg("招聘人员累计任小区党支部书记")),
            Column(HIRED, Period.TOTAL, msg("事业编制累计聘用")),
        )),
    )  # fmt: skip
    return More(figures, tables)


SECTION = SectionSpec(
    code="promotions",
    title=msg("晋升任用"),
    permission=VIEW,
    listings=(PROMOTED, FROM_POOL, HEADS, COMPOUND, HIRED, PROPOSED),
    lists=(LADDER,),
    sentences=(
        Sentence(
            "本年晋升任用{晋升任用人数}人，比上年{晋升任用人数·增减}，其中组织任用{组织任用人数}人、"
            "依法选举产生{选举产生任职人数}人；从后备人才中任用{后备人才任用人数}人。",
            needs=(PROMOTED.code,),
            otherwise="本年未办结晋升任用。",
            this_year=True,
        ),
        Sentence("历年累计晋升任用{晋升任用人数·累计}人。", needs=(PROMOTED.code,)),
        Sentence(
            "招聘人员中，累计{招聘人员任书记、副书记人数·累计}人走上社区书记、副书记岗位，"
            "{招聘人员任小区党支部书记人数·累计}人任小区党支部书记；其中本年新任书记、副书记{招聘人员任书记、副书记人数}人，"
            "新任小区党支部书记{招聘人员任小区党支部书记人数}人。",
            needs=(HEADS.code, COMPOUND.code),
            opens=True,
        ),
        Sentence(
            "通过事业编制定向招聘，累计聘用社区工作者{事业编制定向聘用人数·累计}人，本年{事业编制定向聘用人数}人。",
            needs=(HIRED.code,),
        ),
    ),
    more=_more,
    annexes=(PROMOTED.code,),
    notes=(
        msg("晋升任用按到任日期统计；选举产生的，系统只记录选举结果。"),
        msg("招聘人员任书记、副书记人数按任职记录中的正职、副职统计，不含上岗时即任该职务的；同一人只计一次。"),
        msg("成长台阶按统计截止日有效的办法确定，兼任多个职务的按最高台阶统计。"),
    ),
)
