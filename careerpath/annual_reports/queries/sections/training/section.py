"""The section of training: rates by people, tables by tier, requirement, certificate and unit, and its usual text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sqlalchemy import func, select

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import (
    Counts,
    Listing,
    Period,
    count_grouped,
    count_parts,
    figure_of,
    list_behind,
    sum_listing,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Behind, ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import first_of, group_table, part_rows
from careerpath.annual_reports.queries.sections.reckoning import (
    CENT,
    PERCENT,
    TOTAL,
    added,
    by_part,
    part_figure,
    people_behind,
    ratio,
    share,
    share_figure,
)
from careerpath.annual_reports.queries.sections.training.lists import (
    ASKED,
    ATTENDANCES,
    CLASSES,
    FINISHED,
    LACKING,
    OBTAINED,
    PASSED,
    SAT,
    STUDYING,
    TOOK_PART,
    TRAINED,
    UNTRAINED,
)
from careerpath.core.db import db
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.policy.codes import Certificate, Post
from careerpath.policy.training import Period as Asked
from careerpath.policy.training import Requirement, Tier, TrainingEdition
from careerpath.training.queries.rules import RULES
from careerpath.words import Message, msg

HOURS = msg("学时")
NOBODY = Counts()

TIERED = (CLASSES, ATTENDANCES, TOOK_PART)
"""What is told by the tier that held the classes."""

Grouped = Mapping[str, Counts]


def _rate(trained: int, serving: int) -> Decimal | None:
    """The training rate in per cent, cut off: what is rounded up would reach a target that was missed."""
    return (Decimal(trained * 100) / serving).quantize(CENT, ROUND_DOWN) if serving else None


def _serving(scope: Scope, as_of: AsOf) -> list[tuple[str, int]]:
    """People in service by the path of their unit. One query."""
    people = standing(as_of).c
    query = select(people.path, func.count()).where(scope.inside(people.unit_id)).group_by(people.path)
    return [(path, number) for path, number in db.session.execute(query)]


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    """Five queries."""
    edition, before = scope.edition(RULES, scope.on), scope.edition(RULES, scope.last_on)
    by_unit = _serving(scope, scope.as_of)
    serving, serving_before = sum(one for _, one in by_unit), sum(one for _, one in _serving(scope, scope.last_as_of))
    asked, lacking, grades, *tiers = count_grouped(
        scope, (ASKED, "requirement"), (LACKING, "requirement"), (OBTAINED, "grade"), *((one, "tier") for one in TIERED)
    )
    trained, attended = counts[TRAINED.code], sum_listing(scope, ATTENDANCES, "hours")
    hours, hours_before = Decimal(attended.year) / 100, Decimal(attended.last) / 100
    figures = (
        figure_of(UNTRAINED, Counts(serving - trained.year, serving_before - trained.last)),
        replace(
            share_figure(
                "training_rate", msg("年度培训率"), TRAINED,
                _rate(trained.year, serving), _rate(trained.last, serving_before),
            ),
            places=2,
        ),
        Figure(
            code="training_target", name=msg("培训率目标"), unit=PERCENT,
            value=_target(edition), last=_target(before),
        ),
        Figure(
            code="training_hours", name=msg("培训总学时"), unit=HOURS, value=hours, last=hours_before,
            behind=list_behind(ATTENDANCES), last_behind=list_behind(ATTENDANCES, Period.LAST),
        ),
        share_figure(
            "training_hours_each", msg("人均培训学时"), ATTENDANCES,
            ratio(hours, serving), ratio(hours_before, serving_before), HOURS,
        ),
        *_of_requirements("training_secretaries", msg("应训社区书记人数"), msg("社区书记培训达标率"), asked, lacking,
                          (edition, before), of_secretaries=True),
        *_of_requirements("training_entrants", msg("应参加岗前培训人数"), msg("岗前培训达标率"), asked, lacking,
                          (edition, before), of_secretaries=False),
        part_figure(
            "certificate_pass_rate", msg("职业资格考试通过率"), SAT, counts[PASSED.code], counts[SAT.code]
        ),
    )  # fmt: skip
    tables = (
        _tiers(tiers),
        *_requirements(edition, asked, lacking),
        group_table(
            "certificates_by_grade", msg("新取得职业资格证书"), msg("证书"), OBTAINED, "grade", grades,
            [one.value for one in Certificate], counts[OBTAINED.code],
        ),
        _parts(scope, by_unit),
    )  # fmt: skip
    return More(figures, tables)


def _target(edition: TrainingEdition | None) -> Decimal | None:
    return None if edition is None or edition.target is None else (edition.target.share * 100).normalize() + 0


def _rules(edition: TrainingEdition | None, *, of_secretaries: bool) -> list[Requirement]:
    if edition is None:
        return []
    if of_secretaries:
        return [one for one in edition.requirements if one.period is Asked.YEAR and Post.CHIEF in one.posts]
    return [one for one in edition.requirements if one.period is Asked.BEFORE_START]


def _of_requirements(
    code: str,
    name: Message,
    rate: Message,
    asked: Grouped,
    lacking: Grouped,
    editions: tuple[TrainingEdition | None, TrainingEdition | None],
    *,
    of_secretaries: bool,
) -> tuple[Figure, Figure]:
    """How many people the rules for secretaries, or for those who begin, ask, and the share of them who did it."""
    now, then = (_rules(edition, of_secretaries=of_secretaries) for edition in editions)
    wanted = sum(asked.get(one.code, NOBODY).year for one in now)
    wanted_before = sum(asked.get(one.code, NOBODY).last for one in then)
    met = wanted - sum(lacking.get(one.code, NOBODY).year for one in now)
    met_before = wanted_before - sum(lacking.get(one.code, NOBODY).last for one in then)

    def behind(listing: Listing, period: Period, rules: list[Requirement]) -> Any:
        return list_behind(listing, period, only=f"requirement:{rules[0].code}") if len(rules) == 1 else None

    return (
        Figure(
            code=code,
            name=name,
            value=Decimal(wanted),
            last=Decimal(wanted_before),
            behind=behind(ASKED, Period.YEAR, now),
            last_behind=behind(ASKED, Period.LAST, then),
        ),
        Figure(
            code=f"{code}_met",
            name=rate,
            unit=PERCENT,
            value=share(met, wanted),
            last=share(met_before, wanted_before),
            places=1,
            behind=behind(LACKING, Period.YEAR, now),
            last_behind=behind(LACKING, Period.LAST, then),
        ),
    )


def _tiers(found: Sequence[Grouped]) -> Table:
    """Classes, 人次 and people by the tier that held the classes."""
    rows = [
        TableRow(
            words=tier,
            cells=tuple(Decimal(each.get(tier.value, NOBODY).year) for each in found),
            links=tuple(list_behind(one, only=f"tier:{tier.value}") for one in TIERED),
        )
        for tier in reversed(Tier)
        if any(tier.value in each for each in found)
    ]
    return Table(
        code="training_by_tier",
        title=msg("各级培训情况"),
        first=msg("培训层级"),
        heads=(msg("举办培训班（期）"), msg("参训人次（人次）"), msg("参训人数（人）")),
        rows=tuple(rows),
    )


def _requirements(edition: TrainingEdition | None, asked: Grouped, lacking: Grouped) -> list[Table]:
    """What the rules ask of the year, requirement by requirement; none where nothing is asked."""
    rows = []
    for rule in edition.requirements if edition is not None else ():
        wanted, short = asked.get(rule.code, NOBODY).year, lacking.get(rule.code, NOBODY).year
        only = f"requirement:{rule.code}"
        rows.append(
            TableRow(
                words=rule.name,
                cells=(Decimal(wanted), Decimal(short), share(wanted - short, wanted)),
                links=(list_behind(ASKED, only=only), list_behind(LACKING, only=only), None),
            )
        )
    table = Table(
        code="training_requirements",
        title=msg("年度培训要求完成情况"),
        first=msg("培训要求"),
        heads=(msg("应训人数（人）"), msg("未达标人数（人）"), msg("达标率（%）")),
        rows=tuple(rows),
        decimals=(0, 0, 1),
        drawn=2,
    )
    return [table] if rows else []


def _parts(scope: Scope, by_unit: list[tuple[str, int]]) -> Table:
    """People in service, those trained and the rate by the units below. One query."""
    serving = by_part(scope, by_unit)
    counted = count_parts(scope, [(one, Period.YEAR) for one in (TRAINED, ATTENDANCES, CLASSES)])
    sums = {part: [*serving.get(part, [0]), *(one.of(part) for one in counted)] for part in (*scope.parts, None)}

    def line(words: Words, sums: Sequence[int], unit_id: int | None) -> TableRow:
        return TableRow(words=words, cells=_cells(*sums), links=_links(scope, unit_id))

    return Table(
        code="training_by_part",
        title=msg("教育培训情况"),
        first=first_of(scope),
        heads=(
            msg("在岗（人）"),
            msg("参训（人）"),
            msg("未参训（人）"),
            msg("培训率（%）"),
            msg("参训人次（人次）"),
            msg("举办培训班（期）"),
        ),
        rows=part_rows(scope, line, sums, ()),
        total=line(TOTAL, [*added(serving.values(), 1), *(one.whole for one in counted)], None),
        decimals=(0, 0, 0, 2, 0, 0),
        chart=ChartKind.BARS,
        drawn=2,
    )


def _links(scope: Scope, unit_id: int | None) -> tuple[Behind | None, ...]:
    trained, untrained, attendances, classes = (
        list_behind(one, unit_id=unit_id) for one in (TRAINED, UNTRAINED, ATTENDANCES, CLASSES)
    )
    return people_behind(scope, {}, scope.on, unit_id), trained, untrained, None, attendances, classes


def _cells(serving: int, trained: int, attendances: int, classes: int) -> tuple[Decimal | None, ...]:
    return (
        Decimal(serving),
        Decimal(trained),
        Decimal(serving - trained),
        _rate(trained, serving),
        Decimal(attendances),
        Decimal(classes),
    )


SECTION = SectionSpec(
    code="training",
    title=msg("教育培训"),
    permission=Permission.TRAINING_VIEW,
    listings=(CLASSES, TRAINED, ATTENDANCES, TOOK_PART, OBTAINED, SAT, PASSED, STUDYING, FINISHED),
    lists=(UNTRAINED, ASKED, LACKING),
    rules=RULES,
    sentences=(
        Sentence(
            "本年举办培训班{举办培训班}期，比上年{举办培训班·增减}；参训{参训人次}人次、{参加培训班人数}人，培训总学时{培训总学时}学时，"
            "人均{人均培训学时}学时。",
            needs=("training_classes", "attendances"),
            otherwise="本年未举办培训班。",
        ),
        Sentence(
            "按人统计，年度参训{年度参训人数}人，年度培训率{年度培训率}%，比上年{年度培训率·增减}",
            needs=("trained", "attendances"),
        ),
        Sentence("（目标{培训率目标}%）。", needs=("training_target",), otherwise="。"),
        Sentence("社区书记应训{应训社区书记人数}人，达标率{社区书记培训达标率}%。", needs=("training_secretaries",)),
        Sentence(
            "新进人员应参加岗前培训{应参加岗前培训人数}人，达标率{岗前培训达标率}%。", needs=("training_entrants",)
        ),
        Sentence(
            "支持鼓励社区工作者考取职业资格、提升学历。本年新取得社会工作者职业资格证书{新取得职业资格证书人数}人，比上年{新取得职业资格证书人数·增减}；",
            needs=("certificates_obtained",),
            otherwise="本年没有人新取得社会工作者职业资格证书；",
            opens=True,
        ),
        Sentence(
            "参加职业资格考试{参加职业资格考试人次}人次，通过{职业资格考试通过人次}人次，通过率{职业资格考试通过率}%；",
            needs=("certificate_tries",),
        ),
        Sentence("在读学历教育{在读学历人数}人，本年毕业{学历提升毕业人数}人。"),
    ),
    more=_more,
    annexes=("training_classes",),
    notes=(
        msg("培训率按人计算，同一人在一年内多次参训只计一次；参训人次另列。"),
        msg("举办培训班按主办单位统计，参训人次和人数按参训时所在单位统计，含上级举办的培训班。"),
    ),
)
