"""The career file as PDF for the file, what it says for a reader, and whether a printed one still says so."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from flask import current_app
from sqlalchemy import and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.career_file.documents.paper import TITLE, CareerPaper, PaperLine, render_career
from careerpath.career_file.queries.career import Career, Stand, career_of, gathered, in_order
from careerpath.career_file.queries.facts import file_facts, grade_rows
from careerpath.career_file.queries.lines import GRANTED, KINDS, Line
from careerpath.core.db import db
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.pdf.wording import code_over, day_of, point_day, stamped
from careerpath.core.web.fields import read_day
from careerpath.employees.models import Employee
from careerpath.employees.queries.as_of import AsOf, known
from careerpath.employees.queries.papers import photo_of
from careerpath.employees.queries.person import PersonHead, own_head, person_head
from careerpath.pay.models import Placement
from careerpath.policy import codes
from careerpath.policy.codes import Code
from careerpath.policy.reason import show
from careerpath.training.queries.attendance import attended_of
from careerpath.words import NotFound, Refused, msg

PREFIX = "CZ"
"""Begins the number of a career file: CZ-20261121-FX-0107, with a D behind the day where it tells what was known."""

NUMBER = re.compile(rf"{PREFIX}-(\d{{8}})(D?)-(\S+)", re.ASCII)

MOST = 100
"""How many people one file of papers has at most: more of them take too long for one go."""

ZERO = Decimal(0)


def career_pdf(actor: Actor, employee_id: int, as_of: AsOf) -> tuple[str, bytes]:
    """One person's career file with a name for the file; ``NotFound`` if it is not theirs."""
    return _printed([paper_of(actor, person_head(actor, employee_id), as_of)])


def own_career_pdf(actor: Actor, as_of: AsOf) -> tuple[str, bytes]:
    """One's own; ``NotFound`` for an account without a file."""
    return _printed([paper_of(actor, own_head(actor), as_of, own=True)])


def careers_pdf(actor: Actor, numbers: Sequence[str], path: str, as_of: AsOf) -> tuple[int, bytes]:
    """The career files of people by their numbers, or of everybody in service below a unit, and how many they are."""
    query = select(Employee.id).where(within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW))
    left_later = or_(Employee.left_on.is_(None), Employee.left_on >= as_of.on)
    serving = and_(Employee.joined_community_on <= as_of.on, left_later)
    query = query.where(Employee.number.in_(numbers) if numbers else serving)
    if path:
        query = query.where(below(Employee.unit_id, path))
    ids = db.session.scalars(query.order_by(Employee.number).limit(MOST + 1)).all()
    if not ids:
        raise Refused(msg("没有可以打印的人员。请核对单位和编号。"))
    if len(ids) > MOST:
        raise Refused(msg("一次最多打印 %(most)s 人，请按社区或编号分次打印。", most=MOST))
    return len(ids), _printed([paper_of(actor, person_head(actor, one), as_of) for one in ids])[1]


def paper_of(actor: Actor, head: PersonHead, as_of: AsOf, *, own: bool = False) -> CareerPaper:
    """What the career file of a person says to a reader who has met it."""
    page = career_of(actor, head, as_of, own=own)
    stand, person = page.stand, head.record
    number = number_of(head.number, as_of)
    edition = stand.ladder.edition if stand.ladder is not None else None
    scheme = stand.page.edition if stand.page is not None else None
    return CareerPaper(
        name=head.name,
        as_of=f"截至{day_of(as_of.on)}{'（当时所知）' if as_of.known_on is not None else ''}",
        particulars=_particulars(head, stand),
        photo=photo_of(actor, head.id) if person.photo_key else b"",
        rungs=[(step.title, str(step.when)) for step in stand.ladder.steps] if stand.ladder is not None else (),
        standing=tuple(_standing(stand)),
        years=tuple((year, tuple(map(_line, reversed(lines)))) for year, lines in reversed(page.years())),
        grades=tuple(_grades(page)),
        honours=tuple(
            (point_day(line.on), str(line.title), str(line.detail))
            for line in reversed(page.lines)
            if line.standing == GRANTED
        ),
        training=tuple(_training(head.id, as_of.on)) if own or _trains(actor, head) else (),
        example=any(one is not None and one.head.example for one in (edition, scheme)),
        foot=stamped(actor.display_name, number, code_of(head, as_of)),
    )


def number_of(number: str, as_of: AsOf) -> str:
    """The number at the foot: of the day, and of the person."""
    return f"{PREFIX}-{as_of.on:%Y%m%d}{'D' if as_of.known_on is not None else ''}-{number}"


def code_of(head: PersonHead, as_of: AsOf) -> str:
    """The check code over everything that a career file may say, whoever printed it: readers see parts of it."""
    lines = gathered(head.record, as_of, file_facts(head.id, as_of), grade_rows(head.id, as_of.on), lambda _: True)
    query = select(Placement.starts_on, Placement.tier, Placement.level).where(
        Placement.employee_id == head.id, known(Placement, as_of), Placement.starts_on <= as_of.on
    )
    levels = db.session.execute(query.order_by(Placement.starts_on, Placement.id)).all()
    told = [(one.on.isoformat(), str(one.title), str(one.detail), str(one.state)) for one in in_order(lines, as_of.on)]
    said = (head.name, head.record.sex, head.born_on.isoformat(), told, [tuple(row) for row in levels])
    return code_over(number_of(head.number, as_of), said)


def career_check(actor: Actor, number: str) -> tuple[int, str]:
    """The person behind the number of a printed career file, and the code that it would carry now, or ``NotFound``."""
    parts = NUMBER.fullmatch(number)
    on = read_day(parts[1]) if parts is not None else None
    if parts is None or on is None:
        raise NotFound
    found = db.session.scalar(
        select(Employee.id).where(
            Employee.number == parts[3], within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW)
        )
    )
    if found is None:
        raise NotFound
    head = person_head(actor, found)
    return head.id, code_of(head, AsOf(on, on if parts[2] else None))


def _printed(papers: Sequence[CareerPaper]) -> tuple[str, bytes]:
    return f"{TITLE}（{papers[0].name}）.pdf", render_career(current_app.jinja_env, fonts(), papers)


def _trains(actor: Actor, head: PersonHead) -> bool:
    return actor.can(Permission.TRAINING_VIEW, head.path)


def _particulars(head: PersonHead, stand: Stand) -> tuple[tuple[str, str], ...]:
    person, post = head.record, stand.post
    political = stand.political.zh if stand.political is not None else ""
    since = person.political_since
    if since is not None and political and stand.political is not codes.Political.MASSES:
        political = f"{political}（{since:%Y.%m}）"
    return (
        ("姓名", head.name),
        ("性别", _word(codes.Sex, person.sex)),
        ("民族", _word(codes.Ethnic, person.ethnic)),
        ("出生年月", f"{person.born_on:%Y.%m}"),
        ("籍贯", person.native_place),
        ("政治面貌", political),
        ("学历", stand.education.zh if stand.education is not None else ""),
        ("职业资格", stand.certificate.zh if stand.certificate is not None else "未取得"),
        ("参加工作时间", point_day(person.joined_work_on)),
        ("进社区时间", point_day(person.joined_community_on)),
        ("单位", post.place if post is not None else ""),
        ("职务", post.name if post is not None else "" if stand.serving else "不在职"),
        ("任现职时间", point_day(post.on) if post is not None else ""),
        ("编号", head.number),
    )


def _standing(stand: Stand) -> Iterator[tuple[str, str]]:
    ladder = stand.ladder
    if ladder is not None and ladder.rung is not None:
        yield "现任台阶", f"{ladder.rung.name}，自{day_of(ladder.since)}起。"
    if ladder is not None and ladder.next is not None:
        verdict = f"：{ladder.gate.words}" if ladder.gate is not None else ""
        yield "下一台阶", f"{ladder.next.name}{verdict}。"
    if stand.sees_pay:
        held = stand.level
        told = f"{held.level}，自{day_of(held.starts_on)}起，{held.cause}。" if held is not None else "未套级。"
        yield "薪酬等级", told
    step = stand.page.step if stand.page is not None and stand.serving else None
    if step is not None and step.starts_on is not None:
        conditions = "；".join(map(str, step.conditions))
        yield "下次晋级", f"{day_of(step.starts_on)}晋{step.level}级{f'，条件：{conditions}' if conditions else ''}。"
    if step is not None and step.held_back:
        yield "暂缓晋级", "；".join(map(str, step.held_back)) + "。"
    if stand.training is not None and stand.training.needs:
        parts = [
            f"{need.name}{show(need.days)}/{show(need.wanted)}天，{'已达标' if need.is_met else '未达标'}"
            for need in stand.training.needs
        ]
        yield f"{stand.training.year}年培训", "；".join(parts) + "。"


def _line(line: Line) -> PaperLine:
    days = f"{line.on:%m.%d}"
    if line.ends_on is not None and line.ends_on != line.on:
        days = f"{days}—{line.ends_on:%m.%d}"
        if line.ends_on.year != line.on.year:
            days = f"{line.on:%m.%d}—{point_day(line.ends_on)}"
    text = "，".join(part for part in (str(line.title), str(line.detail)) if part)
    return PaperLine(days=days, kind=str(KINDS[line.kind]), text=text, result=str(line.state))


def _grades(page: Career) -> Iterator[tuple[str, str, str]]:
    for row in reversed(page.grades):
        if row.decided:
            yield str(row.year), row.word, f"{row.total:.2f}" if row.total is not None else ""


def _training(employee_id: int, on: date) -> Iterator[tuple[str, str, str, str]]:
    courses = attended_of([employee_id], None, on).get(employee_id, [])
    for year in sorted({one.on.year for one in courses}):
        those = [one for one in courses if one.on.year == year]
        hours = sum((one.hours for one in those), ZERO)
        days = sum((one.days or ZERO for one in those), ZERO)
        yield str(year), str(len(those)), show(hours), show(days)


def _word(table: type[Code], value: str) -> str:
    return next((entry.zh for entry in table if entry.value == value), "")
