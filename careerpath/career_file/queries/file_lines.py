"""What the file itself says, as lines of a timeline: entry, posts, contracts, diplomas, party, measures, levels."""

from collections.abc import Iterable, Iterator
from datetime import date

from careerpath.career_file.queries.facts import (
    APPOINTMENT,
    CERTIFICATE,
    CONTRACT,
    DISCIPLINE,
    EDUCATION,
    POSTING,
    FactRow,
    FileFacts,
    GradeRow,
)
from careerpath.career_file.queries.lines import Line, LineKind
from careerpath.employees.forms.words import CHANNELS, SOURCES
from careerpath.employees.models import Employee, Source
from careerpath.pay.queries.levels import HeldLevel
from careerpath.policy import codes
from careerpath.words import Message, msg

GRADE_KINDS = {"1": "success", "2": "primary", "3": "warning", "4": "danger"}
"""The colour of each grade's mark."""


def file_lines(person: Employee, facts: FileFacts, on: date) -> Iterator[Line]:
    """Everything of the file that had begun by a day, in no order."""
    yield from _entry(person, facts, on)
    yield from _party(person, on)
    for what, tell in TELLERS:
        for row in facts.of(what):
            yield from (line for line in tell(row, on) if line.on <= on)


def grade_lines(rows: Iterable[GradeRow]) -> Iterator[Line]:
    """The decided grades, on the days of their decision."""
    for row in rows:
        if row.decided_on is None:
            continue
        detail = msg("总分 %(total)s", total=f"{row.total:.2f}") if row.total is not None else Message("")
        yield Line(
            LineKind.APPRAISAL,
            row.decided_on,
            None,
            msg("%(year)s年度考核", year=row.year),
            detail,
            Message(row.word),
            GRADE_KINDS.get(row.grade, ""),
            "appraisals.record",
            {"appraisal_id": row.id},
        )


def level_lines(levels: Iterable[HeldLevel]) -> Iterator[Line]:
    """Approved levels, on the days from which they hold."""
    for one in levels:
        yield Line(
            LineKind.PAY,
            one.starts_on,
            None,
            one.level or Message(""),
            Message(one.document),
            one.cause,
            "",
            "pay.proposal" if one.proposal_id is not None else "",
            {"proposal_id": one.proposal_id} if one.proposal_id is not None else {},
        )


def levels_known(history: Iterable[HeldLevel], on: date, known_on: date | None) -> tuple[HeldLevel, ...]:
    """The approved levels of a day as they were known, newest first."""
    return tuple(one for one in history if one.starts_on <= on and _known(one, known_on))


def _known(one: HeldLevel, known_on: date | None) -> bool:
    if known_on is None:
        return one.superseded_on is None
    return one.known_on <= known_on and (one.superseded_on is None or one.superseded_on > known_on)


def _entry(person: Employee, facts: FileFacts, on: date) -> Iterator[Line]:
    joined = person.joined_community_on
    if joined <= on:
        told = {"channel": CHANNELS[person.channel].text, "source": SOURCES[person.source].text, "batch": person.batch}
        detail = msg("%(channel)s", channel=told["channel"])
        if person.batch:
            detail = msg("%(channel)s，%(batch)s", channel=told["channel"], batch=told["batch"])
        if person.source is not Source.OTHER:
            detail = msg("%(channel)s，%(source)s", channel=told["channel"], source=told["source"])
            if person.batch:
                detail = msg("%(channel)s，%(batch)s，%(source)s", **told)
        batch = next((row for row in facts.of(APPOINTMENT) if row.on == joined), None)
        yield Line(
            LineKind.ENTRY,
            joined,
            None,
            msg("进入社区工作"),
            detail,
            Message(""),
            "",
            "recruitment.batch" if batch is not None else "",
            {"batch_id": batch.id} if batch is not None else {},
        )
    if person.left_on is not None and person.left_on <= on:
        yield Line(LineKind.ENTRY, person.left_on, None, msg("离职"), Message(person.left_reason), Message(""))


def _party(person: Employee, on: date) -> Iterator[Line]:
    if person.political_since is not None and person.political_since <= on:
        member = person.political in (codes.Political.PARTY_MEMBER, codes.Political.PROBATIONARY_MEMBER)
        title = msg("加入中国共产党") if member else msg("加入：%(party)s", party=codes.Political(person.political))
        yield Line(LineKind.PARTY, person.political_since, None, title, Message(""), Message(""))
    full = person.political_full_since
    if full is not None and full <= on:
        yield Line(LineKind.PARTY, full, None, msg("转为中共正式党员"), Message(""), Message(""))


def _posting(row: FactRow, on: date) -> Iterator[Line]:
    if row.on is None:
        return
    ends_on = row.ends_on if row.ends_on is not None and row.ends_on <= on else None
    told = {"place": row.place, "title": row.name}
    title = msg("任%(place)s %(title)s", **told)
    if row.elected:
        title = msg("当选%(place)s %(title)s", **told)
    elif not row.main:
        title = msg("兼任%(place)s %(title)s", **told)
    state = msg("已卸任") if ends_on is not None and ends_on < on else msg("现任")
    kind = "primary" if ends_on is None else ""
    yield Line(LineKind.POSTING, row.on, ends_on, title, Message(row.more), state, kind)


def _contract(row: FactRow, on: date) -> Iterator[Line]:
    if row.on is None:
        return
    detail = Message("")
    if row.also_on is not None:
        detail = msg("试用期至 %(day)s", day=row.also_on)
    over = row.ends_on is not None and row.ends_on < on
    state = msg("已到期") if over else msg("履行中")
    yield Line(LineKind.CONTRACT, row.on, row.ends_on, msg("签订劳动合同"), detail, state)


def _education(row: FactRow, on: date) -> Iterator[Line]:
    if row.on is None:
        return
    told = {"school": row.name, "major": row.more, "level": codes.Education(row.code)}
    title = msg("%(school)s%(major)s %(level)s", **told) if row.name else msg("%(level)s", level=told["level"])
    form = msg("全日制") if row.main else msg("在职")
    yield Line(LineKind.DIPLOMA, row.on, None, title, form, Message(""))


def _certificate(row: FactRow, on: date) -> Iterator[Line]:
    if row.on is None:
        return
    title = msg("取得%(grade)s", grade=codes.Certificate(row.code))
    detail = msg("%(day)s 登记", day=row.also_on) if row.also_on is not None and row.also_on <= on else msg("尚未登记")
    over = row.ends_on is not None and row.ends_on < on
    yield Line(LineKind.DIPLOMA, row.on, None, title, detail, msg("登记已过期") if over else Message(""), "warning")


def _discipline(row: FactRow, on: date) -> Iterator[Line]:
    if row.also_on is not None and row.also_on <= on:
        closed = row.closed_on is not None and row.closed_on <= on
        state = msg("已结案") if closed else msg("尚未结案")
        ends_on = row.closed_on if closed else None
        yield Line(LineKind.DISCIPLINE, row.also_on, ends_on, msg("立案审查"), Message(""), state, "warning")
    if row.on is not None and row.name:
        over = row.ends_on is not None and row.ends_on < on
        state = msg("处分期满") if over else msg("处分期内")
        kind = "" if over else "warning"
        yield Line(LineKind.DISCIPLINE, row.on, row.ends_on, Message(row.name), Message(row.more), state, kind)


TELLERS = (
    (POSTING, _posting),
    (CONTRACT, _contract),
    (EDUCATION, _education),
    (CERTIFICATE, _certificate),
    (DISCIPLINE, _discipline),
)
"""By kind of fact: what tells it."""
