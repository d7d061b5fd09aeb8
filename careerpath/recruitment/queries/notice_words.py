"""The rules of a notice in sentences, with exact dates: what the preview, the open page and the printed notice say."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.employment import birthday_of
from careerpath.policy.reason import percent, show
from careerpath.policy.recruitment import Condition, ConditionKind, Document, RecruitmentEdition
from careerpath.policy.recruitment.ordering import LINKS
from careerpath.policy.recruitment.parts import BonusWay, BreakBy, LastPlace, TieBreak
from careerpath.policy.recruitment.ranking import SCORES
from careerpath.policy.recruitment.scoring import STAGES
from careerpath.policy.rounding import ROUNDINGS
from careerpath.policy.shapes.recruitment import ADDS_TO
from careerpath.words import Message, msg

INCLUDED, EXCLUDED = msg("含"), msg("不含")


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One part of a notice: its title and its sentences."""

    title: Message
    sentences: tuple[Message, ...]


def notice_parts(edition: RecruitmentEdition, on: date) -> tuple[NoticePart, ...]:
    """All that the rules of a batch say, in the order of a notice; parts of which they say nothing are left out.

    ``on`` is the last day of applications: ages count on it where a condition names no day of its own.
    """
    parts = (
        NoticePart(msg("报考条件"), tuple(condition_sentence(edition, one, on) for one in edition.conditions)),
        NoticePart(msg("报名材料"), tuple(document_sentence(edition, one) for one in edition.documents)),
        NoticePart(msg("考试和成绩"), tuple(_scores(edition))),
        NoticePart(msg("加分"), tuple(_bonus(edition))),
        NoticePart(msg("分数线和面试人选"), tuple(_lists(edition))),
        NoticePart(msg("递补、公示和聘用"), tuple(_after(edition))),
    )
    return tuple(part for part in parts if part.sentences)


def condition_sentence(edition: RecruitmentEdition, condition: Condition, on: date) -> Message:
    """One condition with its limits as exact dates, and whether each limit itself is in."""
    said = list(SAYINGS[condition.kind](condition, on))
    if condition.text and condition.kind is not ConditionKind.CHECKED:
        said.append(_verbatim(condition.text))
    told = {"name": condition.name, "what": joined(said, "，")}
    if condition.group:
        return msg("%(name)s：%(what)s（适用于%(group)s）。", group=edition.group_name(condition.group), **told)
    return msg("%(name)s：%(what)s。", **told)


def document_sentence(edition: RecruitmentEdition, document: Document) -> Message:
    """One document that is handed in."""
    notes = []
    if document.original:
        notes.append(msg("查验原件"))
    if not document.required:
        notes.append(msg("选交"))
    if document.group:
        notes.append(msg("限%(group)s", group=edition.group_name(document.group)))
    if not notes:
        return _verbatim(document.name)
    return msg("%(name)s（%(notes)s）", name=document.name, notes=joined(notes, "；"))


def joined(said: Iterable[Message], mark: str = "、") -> Message:
    """Several phrases in a row."""
    names = {f"part{number}": one for number, one in enumerate(said)}
    return Message(mark.join(f"%({name})s" for name in names), names)


def born_between(condition: Condition, on: date) -> tuple[date | None, date | None]:
    """The first and the last date of birth that an age condition lets in, both included."""
    day = condition.reckoned_on or on
    first, last = condition.born_from, condition.born_until
    if first is not None and not condition.born_from_inclusive:
        first += timedelta(days=1)
    if last is not None and not condition.born_until_inclusive:
        last -= timedelta(days=1)
    if condition.oldest is not None:
        age, counts = condition.oldest, condition.oldest_inclusive
        youngest_in = _boundary(day, age, lambda birthday: day <= birthday if counts else day < birthday)
        first = youngest_in if first is None else max(first, youngest_in)
    if condition.youngest is not None:
        reached, itself = condition.youngest, condition.youngest_inclusive
        too_young = _boundary(day, reached, lambda birthday: birthday > day if itself else birthday >= day)
        oldest_out = too_young - timedelta(days=1)
        last = oldest_out if last is None else min(last, oldest_out)
    return first, last


def _boundary(day: date, age: int, holds: Callable[[date], bool]) -> date:
    """The first date of birth from which on ``holds`` is true of the birthday of that age."""
    found = date(day.year - age, day.month, 1 if day.day > 28 else day.day) - timedelta(days=3)
    while not holds(birthday_of(found, age)):
        found += timedelta(days=1)
    return found


def _age(condition: Condition, on: date) -> Iterator[Message]:
    if condition.youngest is not None:
        self = INCLUDED if condition.youngest_inclusive else EXCLUDED
        yield msg("年满 %(age)s 周岁（%(self)s生日当天）", age=condition.youngest, self=self)
    if condition.oldest is not None:
        self = INCLUDED if condition.oldest_inclusive else EXCLUDED
        yield msg("%(age)s 周岁以下（%(self)s生日当天）", age=condition.oldest, self=self)
    if condition.youngest is not None or condition.oldest is not None:
        yield msg("年龄计算到 %(day)s", day=condition.reckoned_on or on)
    if condition.born_from is not None:
        self = INCLUDED if condition.born_from_inclusive else EXCLUDED
        yield msg("%(day)s（%(self)s当日）以后出生", day=condition.born_from, self=self)
    if condition.born_until is not None:
        self = INCLUDED if condition.born_until_inclusive else EXCLUDED
        yield msg("%(day)s（%(self)s当日）以前出生", day=condition.born_until, self=self)
    if condition.youngest is None and condition.oldest is None:
        return
    first, last = born_between(condition, on)
    if first is not None and last is not None:
        yield msg("即 %(first)s 至 %(last)s 期间出生（均含当日）", first=first, last=last)
    elif first is not None:
        yield msg("即 %(first)s（含当日）以后出生", first=first)
    else:
        yield msg("即 %(last)s（含当日）以前出生", last=last)


def _education(condition: Condition, on: date) -> Iterator[Message]:
    if condition.education is not None:
        yield msg("%(level)s及以上学历", level=condition.education)


def _political(condition: Condition, on: date) -> Iterator[Message]:
    yield joined(msg("%(political)s", political=one) for one in condition.political)


def _household(condition: Condition, on: date) -> Iterator[Message]:
    # Division codes are for the machine; people read names.
    places = [place for place in condition.places if not place.isdigit()] or list(condition.places)
    yield msg("户籍在%(places)s", places="、".join(places))


def _experience(condition: Condition, on: date) -> Iterator[Message]:
    if condition.months_inclusive:
        yield msg("累计满 %(months)s 个月（含）", months=condition.months)
    else:
        yield msg("累计超过 %(months)s 个月（不含）", months=condition.months)


def _checked(condition: Condition, on: date) -> Iterator[Message]:
    yield _verbatim(condition.text)


SAYINGS: dict[ConditionKind, Callable[[Condition, date], Iterator[Message]]] = {
    ConditionKind.EDUCATION: _education,
    ConditionKind.POLITICAL: _political,
    ConditionKind.AGE: _age,
    ConditionKind.HOUSEHOLD: _household,
    ConditionKind.EXPERIENCE: _experience,
    ConditionKind.CHECKED: _checked,
}


def _scores(edition: RecruitmentEdition) -> Iterator[Message]:
    written, interview, total = edition.written, edition.interview, edition.total
    yield msg(
        "总成绩由笔试成绩的 %(written)s 和面试成绩的 %(interview)s 组成。",
        written=percent(edition.weights.written),
        interview=percent(edition.weights.interview),
    )
    if written.papers:
        papers = joined(
            msg(
                "%(name)s（满分 %(maximum)s 分，权重 %(weight)s）",
                name=paper.name,
                maximum=show(paper.maximum),
                weight=show(paper.weight),
            )
            for paper in written.papers
        )
        yield msg("笔试科目：%(papers)s。", papers=papers)
    yield msg(
        "笔试满分 %(maximum)s 分，成绩保留 %(decimals)s 位小数。",
        maximum=show(written.maximum),
        decimals=written.decimals,
    )
    yield msg(
        "面试满分 %(maximum)s 分，每组考官不少于 %(judges)s 人，成绩保留 %(decimals)s 位小数。",
        maximum=show(interview.maximum),
        judges=interview.judges,
        decimals=interview.decimals,
    )
    if interview.drop_highest or interview.drop_lowest:
        yield msg(
            "面试去掉 %(highest)s 个最高分和 %(lowest)s 个最低分后取平均分。",
            highest=interview.drop_highest,
            lowest=interview.drop_lowest,
        )
    yield msg(
        "总成绩保留 %(decimals)s 位小数，%(mode)s，%(stage)s。",
        decimals=total.decimals,
        mode=ROUNDINGS[total.rounding.value],
        stage=STAGES[total.stage],
    )


def _bonus(edition: RecruitmentEdition) -> Iterator[Message]:
    bonus = edition.bonus
    if bonus is None:
        return
    items = joined(msg("%(name)s %(points)s 分", name=item.name, points=show(item.points)) for item in bonus.items)
    yield msg("加分项目：%(items)s。", items=items)
    to = ADDS_TO[bonus.adds_to.value]
    if bonus.way is BonusWay.CAPPED:
        yield msg("加分计入%(to)s，可以累计，最多 %(cap)s 分。", to=to, cap=show(bonus.cap or 0))
    elif bonus.way is BonusWay.HIGHEST:
        yield msg("加分计入%(to)s，有多项的只计最高一项。", to=to)
    else:
        yield msg("加分计入%(to)s，可以累计。", to=to)
    if bonus.within_maximum:
        yield msg("加分后的笔试成绩不超过满分。")


def _lists(edition: RecruitmentEdition) -> Iterator[Message]:
    for line in edition.pass_lines:
        bonus = msg("（含加分）") if line.with_bonus else Message("")
        yield msg(
            "%(score)s%(bonus)s低于 %(line)s 分的淘汰。", score=SCORES[line.of], bonus=bonus, line=show(line.line)
        )
    if edition.shortlist is None:
        yield msg("笔试合格的全部进入面试。")
    else:
        yield msg("按招聘人数 1:%(ratio)s 从高分到低分确定面试人选。", ratio=show(edition.shortlist.ratio))
    if edition.ties is not None:
        if edition.ties.last_place is LastPlace.ALL:
            yield msg("末位并列的全部进入面试。")
        else:
            yield msg("末位并列的按同分规则确定。")
    if edition.tie_breaks:
        chain = joined(_link(edition, link) for link in edition.tie_breaks)
        yield msg("成绩相同的，依次比较：%(chain)s。仍相同的，由集体研究决定并说明理由。", chain=chain)


def _link(edition: RecruitmentEdition, link: TieBreak) -> Message:
    if link.by is BreakBy.PAPER:
        name = next((paper.name for paper in edition.written.papers if paper.code == link.code), link.code)
        return msg("%(paper)s成绩", paper=name)
    if link.by is BreakBy.GROUP:
        return msg("%(group)s优先", group=edition.group_name(link.code))
    return LINKS[link.by]


def _after(edition: RecruitmentEdition) -> Iterator[Message]:
    reserve, notice, probation = edition.reserve, edition.notice, edition.probation
    if reserve is None:
        yield msg("出现空缺的不递补。")
    else:
        self = INCLUDED if reserve.last_day_inclusive else EXCLUDED
        values = {"months": reserve.months, "self": self}
        if reserve.length is None:
            yield msg("合格未聘用的按名次递补，有效期 %(months)s 个月（%(self)s期满当日）。", **values)
        else:
            yield msg(
                "每个岗位递补人选 %(length)s 人，有效期 %(months)s 个月（%(self)s期满当日）。",
                length=reserve.length,
                **values,
            )
    if notice is not None:
        yield msg("拟聘用人员公示不少于 %(days)s 个工作日。", days=notice.working_days)
    if probation is not None and probation.contract_months is not None:
        yield msg(
            "签订 %(contract)s 个月的劳动合同，试用期 %(months)s 个月。",
            contract=probation.contract_months,
            months=probation.months,
        )
    elif probation is not None:
        yield msg("试用期 %(months)s 个月。", months=probation.months)


def _verbatim(text: str) -> Message:
    return Message("%(text)s", {"text": text})
