"""建设目标: what the place set itself, how far it is reached, and which communities miss it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import Annex, Behind, Cell, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.building import MOST_ANNEXED, More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import first_of, part_rows
from careerpath.annual_reports.queries.sections.reckoning import CENT, PERCENT, TOTAL, share
from careerpath.employees.queries.as_of import AsOf
from careerpath.figures.queries.targets import TARGETS, Counted, TargetLine, count_targets, judged_lines
from careerpath.policy.targets import Each, Judged, Measure, Target, TargetsEdition, judge
from careerpath.policy.targets import Figure as Held
from careerpath.words import Message, msg

TARGETS_PAGE = "figures.targets"

COMMUNITIES, ITEMS, HOUSEHOLDS, PEOPLE = msg("个"), msg("项"), msg("户"), msg("人")


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    this = count_targets(scope.actor, scope.as_of, scope.path)
    lines = judged_lines(this)
    before = {one.target.code: one for one in judged_lines(count_targets(scope.actor, AsOf(scope.last_on), scope.path))}
    edition = this.edition
    links = _Links(scope)
    figures = [
        links.figure("targets_count", msg("建设目标项数"), ITEMS, len(lines), len(before)),
        links.figure("targets_met", msg("已达到目标项数"), ITEMS, _met(lines), _met(before.values())),
    ]
    for line in lines:
        figures += _figures(links, line, before.get(line.target.code))
    if edition is None:
        return More(tuple(figures))
    return More(
        figures=tuple(figures),
        tables=(*_whole(links, lines, before), *_each(links, lines, before), *_parts(links, edition, this, lines)),
        notes=(
            msg("建设目标依据%(title)s（%(document)s）。", title=edition.head.title, document=edition.head.document),
        ),
        sentences=tuple(_sentences(lines)),
        annexes=_missing(links, lines),
    )


class _Links:
    """The page of targets of the report's unit or of a part, as of its days."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def year(self, unit_id: int | None = None) -> Behind:
        """As of the report's day."""
        unit = self.scope.unit_id if unit_id is None else unit_id
        return Behind(TARGETS_PAGE, {"unit_id": str(unit), "on": self.scope.on.isoformat()})

    def last(self) -> Behind:
        """As of the last day of the year before."""
        return Behind(TARGETS_PAGE, {"unit_id": str(self.scope.unit_id), "on": self.scope.last_on.isoformat()})

    def figure(
        self,
        code: str,
        name: Message,
        unit: Message,
        value: Decimal | int | None,
        last: Decimal | int | None,
        places: int = 0,
    ) -> Figure:
        """A figure that the page of targets shows."""
        return Figure(
            code=code,
            name=name,
            value=None if value is None else Decimal(value),
            unit=unit,
            last=None if last is None else Decimal(last),
            places=places,
            behind=self.year(),
            last_behind=self.last(),
        )


def _met(lines: Iterable[TargetLine]) -> int:
    return sum(_reached(line) is True for line in lines)


def _reached(line: TargetLine) -> bool | None:
    """Whether a target is reached: by the whole, or by every community of which something can be said."""
    if line.total is not None:
        return line.total.met
    return None if not line.units or line.unknown == len(line.units) else not line.missed


def _figures(links: _Links, line: TargetLine, before: TargetLine | None) -> Iterator[Figure]:
    target, code = line.target, f"target_{line.target.code}"
    if target.each is Each.COMMUNITY:
        met, missed = (msg("%(name)s达到社区数", name=target.name), msg("%(name)s未达到社区数", name=target.name))
        was = (None, None) if before is None else (before.met, len(before.missed))
        yield links.figure(f"{code}_met", met, COMMUNITIES, line.met, was[0])
        yield links.figure(f"{code}_missed", missed, COMMUNITIES, len(line.missed), was[1])
    else:
        name = msg("%(name)s实际值", name=target.name)
        yield links.figure(
            code, name, _unit(target), _value(line.total), _value(before.total) if before else None, _places(target)
        )


def _unit(target: Target) -> Message:
    if target.measure.is_share:
        return PERCENT
    return HOUSEHOLDS if target.measure is Measure.HOUSEHOLDS_PER_WORKER else PEOPLE


def _places(target: Target) -> int:
    return 2 if target.measure.is_share or target.measure is Measure.HOUSEHOLDS_PER_WORKER else 0


def _value(judged: Judged | None) -> Decimal | None:
    """What was reached, shares in per cent; cut off as the rule has it, so that what is missed never looks reached."""
    if judged is None or judged.value is None:
        return None
    return (judged.value * 100).quantize(CENT) if judged.target.measure.is_share else judged.value


def _limit(target: Target, limit: Decimal | None) -> Decimal | None:
    return limit * 100 if limit is not None and target.measure.is_share else limit


def _sentences(lines: Iterable[TargetLine]) -> Iterator[Sentence]:
    for line in lines:
        name = line.target.name
        if line.total is None:
            met, missed = f"{{{name}达到社区数}}", f"{{{name}未达到社区数}}"
            yield Sentence(
                f"“{name}”目标，{met}个社区已达到，{missed}个社区尚未达到。",
                needs=(f"target_{line.target.code}_missed",),
                otherwise=f"“{name}”目标，{met}个可评价的社区全部达到。",
                opens=True,
                this_year=True,
            )
        elif line.total.value is not None:
            value, verdict = f"{{{name}实际值}}{_unit(line.target)}", "已达到" if line.total.met else "尚未达到"
            yield Sentence(f"“{name}”为{value}，{verdict}目标{_distance(line.total)}。", opens=True)


def _distance(judged: Judged) -> str:
    if judged.lacking:
        return f"，还差{judged.lacking}人"
    return f"，多{judged.over}人" if judged.over else ""


def _whole(links: _Links, lines: Iterable[TargetLine], before: Mapping[str, TargetLine]) -> Iterator[Table]:
    """Targets of the whole unit beside what was reached."""
    rows = []
    for line in lines:
        if line.total is None:
            continue
        target, last = line.target, before.get(line.target.code)
        cells: tuple[Cell, ...] = (
            _limit(target, target.least),
            _limit(target, target.most),
            _value(line.total),
            None if last is None else _value(last.total),
            Decimal(line.total.lacking),
        )
        words = msg("%(name)s（%(unit)s）", name=target.name, unit=_unit(target))
        rows.append(TableRow(words=words, cells=cells, links=(None, None, links.year(), links.last(), links.year())))
    if rows:
        yield Table(
            code="targets_whole",
            title=msg("整体目标完成情况"),
            first=msg("目标"),
            heads=(msg("不低于"), msg("不超过"), msg("本年"), msg("上年末"), msg("还差（人）")),
            rows=tuple(rows),
            decimals=(2, 2, 2, 2, 0),
        )


def _each(links: _Links, lines: Iterable[TargetLine], before: Mapping[str, TargetLine]) -> Iterator[Table]:
    """Targets of every community: how many reach them."""
    rows = []
    for line in lines:
        if line.total is not None:
            continue
        target, last = line.target, before.get(line.target.code)
        missed = len(line.missed)
        cells: tuple[Cell, ...] = (
            _limit(target, target.least),
            _limit(target, target.most),
            Decimal(line.met),
            Decimal(missed),
            Decimal(line.unknown),
            share(line.met, line.met + missed),
            None if last is None else share(last.met, last.met + len(last.missed)),
        )
        year = links.year()
        rows.append(TableRow(words=target.name, cells=cells, links=(None, None, year, year, year, year, links.last())))
    if rows:
        yield Table(
            code="targets_each",
            title=msg("各社区目标完成情况"),
            first=msg("目标"),
            heads=(
                msg("不低于"),
                msg("不超过"),
                msg("达到（个）"),
                msg("未达到（个）"),
                msg("无在岗人员（个）"),
                msg("达到率（%）"),
                msg("上年末达到率（%）"),
            ),
            rows=tuple(rows),
            decimals=(0, 0, 0, 0, 0, 1, 1),
        )


def _parts(links: _Links, edition: TargetsEdition, counted: Counted, lines: tuple[TargetLine, ...]) -> Iterator[Table]:
    """Each part beside every target: the share of its communities that reach it, or what it reaches itself."""
    scope = links.scope
    if not lines or not scope.parts:
        return
    part_of = {one.id: scope.part_of(one.path) for one in counted.places.values()}
    columns = [_column(edition, counted, line, part_of) for line in lines]

    values: dict[Part | None, list[Decimal | None]] = {
        part: [column.get(part.id) for column in columns] for part in scope.parts
    }

    def row(words: Words, values: Sequence[Decimal | None], unit_id: int | None) -> TableRow:
        return TableRow(words=words, cells=tuple(values), links=tuple(links.year(unit_id) for _ in columns))

    yield Table(
        code="targets_parts",
        title=msg("各单位目标完成情况"),
        first=first_of(scope),
        heads=tuple(_head(line.target) for line in lines),
        rows=part_rows(scope, row, values, ()),
        total=row(
            TOTAL,
            [_value(line.total) if line.total else share(line.met, line.met + len(line.missed)) for line in lines],
            None,
        ),
        decimals=tuple(1 if line.total is None else _places(line.target) for line in lines),
    )


def _head(target: Target) -> Words:
    if target.each is Each.COMMUNITY:
        return msg("%(name)s：达到率（%%）", name=target.name)
    return msg("%(name)s（%(unit)s）", name=target.name, unit=_unit(target))


def _column(
    edition: TargetsEdition, counted: Counted, line: TargetLine, part_of: Mapping[int, Part | None]
) -> dict[int, Decimal | None]:
    """By part: the share of communities that reach a target, or the value of the part as a whole."""
    if line.total is None:
        judged: dict[int, list[bool]] = {}
        for one in line.units:
            part = part_of.get(one.unit_id)
            if part is not None and one.judged.met is not None:
                judged.setdefault(part.id, []).append(one.judged.met)
        return {part_id: share(sum(each), len(each)) for part_id, each in judged.items()}
    sums: dict[int, list[Held]] = {}
    for unit_id, held in counted.figures(line.target).items():
        part = part_of.get(unit_id)
        if part is not None:
            sums.setdefault(part.id, []).append(held)
    return {part_id: _value(judge(edition, line.target, _added(each))) for part_id, each in sums.items()}


def _added(held: list[Held]) -> Held:
    whole = None if held[0].whole is None else sum(one.whole or 0 for one in held)
    return Held(sum(one.count for one in held), whole)


def _missing(links: _Links, lines: Iterable[TargetLine]) -> tuple[Annex, ...]:
    """The communities that miss a target, with how many people they lack."""
    rows: list[tuple[Words, ...]] = [
        (one.name, one.street, line.target.name, _lack(one.judged))
        for line in lines
        if line.total is None
        for one in line.missed
    ]
    heads = (msg("社区"), msg("单位"), msg("目标"), msg("情况"))
    left_out = max(len(rows) - MOST_ANNEXED, 0)
    title = msg("未达到建设目标的社区")
    shown = tuple(rows[:MOST_ANNEXED])
    return (Annex(code="targets_missed", title=title, heads=heads, rows=shown, left_out=left_out, behind=links.year()),)


def _lack(judged: Judged) -> Message:
    if judged.lacking:
        return msg("还差 %(count)s 人", count=judged.lacking)
    return msg("多 %(count)s 人", count=judged.over)


SECTION = SectionSpec(
    code="targets",
    title=msg("建设目标"),
    permission=Permission.EMPLOYEE_VIEW,
    listings=(),
    rules=TARGETS,
    sentences=(
        Sentence(
            "对照建设目标{建设目标项数}项，截至统计截止日已全部达到的{已达到目标项数}项，上年末为{已达到目标项数·上年}项。",
            needs=("targets_count",),
            otherwise="本地区尚未制定队伍建设目标。",
        ),
    ),
    more=_more,
    notes=(
        msg(
            "对每个社区提出的目标，以所有可评价的社区均达到为达到；没有在岗人员的社区不作评价。比例舍去两位以后的小数，不四舍五入。"
        ),
    ),
)
