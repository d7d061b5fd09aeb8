"""招聘录用: batches and positions, how many applied, who was appointed, by which channel and from where."""

from collections.abc import Mapping

from careerpath.annual_reports.queries.listings import Counts, Period, count_grouped, sum_listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Figure
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import (
    Column,
    behind_all,
    group_figure,
    group_table,
    part_table,
)
from careerpath.annual_reports.queries.sections.reckoning import (
    YEARS_OLD,
    average_years,
    part_figure,
    share,
    share_figure,
)
from careerpath.annual_reports.queries.sections.recruitment.batches import asked, batch_table, batches_of
from careerpath.annual_reports.queries.sections.recruitment.listings import (
    AGES,
    APPOINTED,
    COLLEGE,
    HELD,
    POSITIONS,
    SERVING,
    VIEW,
)
from careerpath.employees.models import Source
from careerpath.policy.codes import Education
from careerpath.words import Message, msg

CHANNELS: Mapping[str, Message] = {
    "open_recruitment": msg("公开招聘录用人数"),
    "by_election": msg("补选录用人数"),
    "transfer_in": msg("转隶录用人数"),
    "special_recruitment": msg("专项招聘录用人数"),
}
GROUPS: Mapping[str, Message] = {
    "graduate": msg("录用高校毕业生人数"),
    "grid_worker": msg("录用网格员人数"),
    "veteran": msg("录用退役军人人数"),
    "new_forms": msg("录用新就业群体人数"),
}


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    batches = batches_of(scope)
    channels, sources, education, ages = count_grouped(
        scope, *((APPOINTED, column) for column in ("channel", "source", "education", "ages"))
    )
    total = counts[APPOINTED.code]
    figures = [
        *asked(scope, batches),
        *(group_figure(APPOINTED, "channel", code, name, channels) for code, name in CHANNELS.items()),
        *(group_figure(APPOINTED, "source", code, name, sources) for code, name in GROUPS.items()),
        _average_age(scope, total),
        part_figure(
            "recruited_college_share", msg("录用人员大专及以上学历占比"), APPOINTED, counts[COLLEGE.code], total,
            summed=True,
        ),
        share_figure(
            "recruited_kept", msg("历年招聘人员留任率"), SERVING,
            share(counts[SERVING.code].year, total.total),
            share(counts[SERVING.code].last, total.total - total.year),
        ),
    ]  # fmt: skip
    tables = (
        batch_table(scope, batches),
        group_table("recruited_channel", msg("录用人员进入方式"), msg("进入方式"), APPOINTED, "channel",
                    channels, CHANNELS, total, chart=ChartKind.BARS),
        group_table("recruited_source", msg("录用人员来源"), msg("来源"), APPOINTED, "source",
                    sources, [one.value for one in Source], total, chart=ChartKind.BARS),
        group_table("recruited_education", msg("录用人员学历"), msg("学历"), APPOINTED, "education",
                    education, [one.value for one in Education], total),
        group_table("recruited_ages", msg("录用人员上岗时年龄"), msg("年龄"), APPOINTED, "ages",
                    ages, map(str, range(len(AGES.cuts) + 1)), total, whole=True),
        part_table(scope, "recruited_parts", msg("各单位招聘录用情况"), (
            Column(POSITIONS, head=msg("本年招聘岗位（个）")),
            Column(APPOINTED, head=msg("本年录用（人）")),
            Column(APPOINTED, Period.LAST, msg("上年录用（人）")),
            Column(APPOINTED, Period.TOTAL, msg("累计录用（人）")),
            Column(SERVING, head=msg("历年招聘在岗（人）")),
        ), unit=None),
    )  # fmt: skip
    return More(tuple(figures), tables)


def _average_age(scope: Scope, people: Counts) -> Figure:
    """The average age of those appointed, by months of birth, as of the days of the report. One query."""
    months = sum_listing(scope, APPOINTED, "months")
    return Figure(
        code="recruited_age", name=msg("招聘录用人员平均年龄"), unit=YEARS_OLD, places=1,
        value=average_years(months.year, people.year, scope.on),
        last=average_years(months.last, people.last, scope.last_on),
        total=average_years(months.total, people.total, scope.on),
        **behind_all(APPOINTED),
    )  # fmt: skip


SECTION = SectionSpec(
    code="recruitment",
    title=msg("招聘录用"),
    permission=VIEW,
    listings=(HELD, POSITIONS, APPOINTED, COLLEGE, SERVING),
    sentences=(
        Sentence(
            "本年组织社区工作者招聘{招聘批次数}批次，设置岗位{招聘岗位数}个，计划招聘{招聘计划人数}人，报名{招聘报名人数}人，"
            "报名人数与计划人数之比为{招聘报名比}∶1。",
            needs=(HELD.code,),
            otherwise="本年未组织社区工作者招聘。",
            this_year=True,
        ),
        Sentence(
            "本年招聘录用社区工作者{招聘录用人数}人，比上年{招聘录用人数·增减}。",
            needs=(APPOINTED.code,),
            otherwise="本年未新录用社区工作者。",
            this_year=True,
        ),
        Sentence(
            "历年累计招聘录用社区工作者{招聘录用人数·累计}人，其中公开招聘{公开招聘录用人数·累计}人、"
            "补选{补选录用人数·累计}人、转隶{转隶录用人数·累计}人；平均年龄{招聘录用人员平均年龄·累计}岁，"
            "大专及以上学历占{录用人员大专及以上学历占比·累计}%。",
            needs=(APPOINTED.code,),
            opens=True,
        ),
        Sentence(
            "录用人员中，高校毕业生{录用高校毕业生人数·累计}人、网格员{录用网格员人数·累计}人、"
            "退役军人{录用退役军人人数·累计}人。",
            needs=(APPOINTED.code,),
        ),
        Sentence("通过专项招聘累计录用{专项招聘录用人数·累计}人。", needs=("recruited_channel_special_recruitment",)),
        Sentence(
            "截至统计截止日，历年招聘人员在岗{历年招聘人员在岗人数}人，留任率{历年招聘人员留任率}%。",
            needs=(APPOINTED.code,),
        ),
    ),
    more=_more,
    annexes=(APPOINTED.code,),
    notes=(
        msg("招聘批次、岗位、计划和报名人数按招聘公告发布日期所在年度统计；录用人数按上岗日期所在年度统计。"),
        msg("报名人数包括已按规定清除个人信息的报名者。平均年龄按出生年月计算至统计截止日。"),
    ),
)
