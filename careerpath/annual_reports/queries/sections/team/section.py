"""The section on the team: its figures, its tables and its usual text."""

from collections.abc import Mapping
from decimal import Decimal

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts, figure_of
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Figure
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.reckoning import (
    YEARS,
    YEARS_OLD,
    part_figure,
    share,
    share_figure,
)
from careerpath.annual_reports.queries.sections.team.lists import (
    BACHELORS,
    CERTIFIED,
    COLLEGE_PEOPLE,
    ENTERED,
    LEFT,
    PARTY,
    SERVING,
    WOMEN,
    YOUNG_PEOPLE,
)
from careerpath.annual_reports.queries.sections.team.sums import TeamSums, sums_by_part, sums_of
from careerpath.annual_reports.queries.sections.team.tables import tables_of
from careerpath.words import Message, msg

KINDS = (WOMEN, YOUNG_PEOPLE, COLLEGE_PEOPLE, BACHELORS, PARTY, CERTIFIED)
"""Of whom the number and the share are told."""

SHARES: Mapping[str, Message] = {
    "team_women": msg("女性占比"),
    "team_young": msg("35岁及以下占比"),
    "team_college": msg("大专及以上学历占比"),
    "team_bachelor": msg("本科及以上学历占比"),
    "team_members": msg("中共党员占比"),
    "team_certified": msg("持证率"),
}


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    parts = sums_by_part(scope)
    this, last = TeamSums.of_all(parts.values()), sums_of(scope, scope.last_as_of)
    everybody = Counts(this.people, last.people)
    figures = [figure_of(SERVING, everybody)]
    figures.append(_average("team_age", msg("平均年龄"), this.age(scope.on), last.age(scope.last_on), YEARS_OLD))
    for kind in KINDS:
        counted = Counts(this.of(kind.code), last.of(kind.code))
        figures.append(figure_of(kind, counted))
        figures.append(part_figure(f"{kind.code}_share", SHARES[kind.code], SERVING, counted, everybody))
    service = this.service(scope.on), last.service(scope.last_on)
    figures.append(_average("team_service", msg("平均社区工龄"), *service, YEARS))
    figures += [figure_of(one, counts[one.code]) for one in (ENTERED, LEFT)]
    gone = counts[LEFT.code]
    figures.append(share_figure("team_left_share", msg("离职率"), LEFT, share(gone.year, last.people), None))
    return More(tuple(figures), tables_of(scope, parts))


def _average(code: str, name: Message, value: Decimal | None, last: Decimal | None, unit: Message) -> Figure:
    return share_figure(code, name, SERVING, value, last, unit)


SECTION = SectionSpec(
    code="team",
    title=msg("队伍结构"),
    permission=Permission.EMPLOYEE_VIEW,
    listings=(ENTERED, LEFT),
    lists=(SERVING, *KINDS),
    sentences=(
        Sentence(
            "截至统计截止日，在岗社区工作者{在岗人数}人，比上年{在岗人数·增减}；平均年龄{平均年龄}岁，平均社区工龄{平均社区工龄}年。",
            needs=("team_serving",),
            otherwise="截至统计截止日，没有在岗社区工作者。",
        ),
        Sentence(
            "其中，女性{女性人数}人，占{女性占比}%；35岁及以下{35岁及以下人数}人，占{35岁及以下占比}%；"
            "大专及以上学历{大专及以上学历人数}人，占{大专及以上学历占比}%，本科及以上学历{本科及以上学历人数}人，"
            "占{本科及以上学历占比}%；中共党员（含预备党员）{中共党员人数}人，占{中共党员占比}%。",
            needs=("team_serving",),
        ),
        Sentence(
            "持有社会工作者职业资格证书{持证人数}人，持证率{持证率}%，比上年{持证率·增减}。",
            needs=("team_serving",),
        ),
        Sentence(
            "本年新进{新进人数}人，离职{离职人数}人。",
            needs=("team_entered", "team_left"),
            otherwise="本年没有人员新进或离职。",
            opens=True,
        ),
        Sentence("离职人数占上年末在岗人数的{离职率}%。", needs=("team_left_share",)),
    ),
    more=_more,
    notes=(
        msg("在岗人数按主要任职所在单位统计，挂职、跟岗等外派人员仍计入原单位。"),
        msg("中共党员包括预备党员；学历、证书按本人已取得的最高一级统计。"),
        msg("新进、离职是指进入和退出社区工作者队伍，不含单位之间的调动；离职率为本年离职人数占上年末在岗人数的比例。"),
    ),
)
