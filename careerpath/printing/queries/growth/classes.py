"""The papers of a class: 培训通知, 签到册, 花名册, and 结业证书 of who attended."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, false, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.employees.queries.serving import own_employee
from careerpath.policy import codes
from careerpath.policy.codes import Post, UnitKind
from careerpath.policy.reason import show
from careerpath.printing.documents.growth.certificates import Certificate
from careerpath.printing.documents.growth.lists import ListPaper, ListPart, render_list
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice, counted, render_notice
from careerpath.printing.queries.growth.feet import foot_form, foot_paper, number_of
from careerpath.printing.queries.growth.people import offices_of, span_of
from careerpath.skills.queries.lines import line_names
from careerpath.talent_pool.queries.biography import code_word, post_at
from careerpath.training.models import ClassDay, ClassState, Course, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.queries.reach import near_class
from careerpath.training.queries.rules import rules_or_none
from careerpath.training.queries.words import ENROLMENT_STATES, ENROLMENT_WAYS
from careerpath.words import NotFound, Refused, msg

NOTICE, SIGN_IN, ROSTER, CERTIFICATE = "PX", "QD", "XM", "JY"
"""What the numbers of 培训通知, 签到册, 花名册 and 结业证书 begin with."""

IN_CLASS = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.ABSENT)

#: Lines that stay free at the end of a sheet to sign, for people who were not on the list.
SPARE_LINES = 5


def class_notice(actor: Actor, class_id: int) -> PublicNotice:
    """培训通知: when, where, what, for whom, and what is asked of them; a draft before the class is opened."""
    found = near_class(actor, class_id, Permission.TRAINING_VIEW)
    if found.state is ClassState.CANCELLED:
        raise Refused(msg("“%(name)s”已取消，不能打印培训通知。", name=found.name))
    course = db.session.get_one(Course, found.course_id)
    unit = db.session.get_one(Unit, found.unit_id)
    draft = found.state is ClassState.PLANNED
    notice = PublicNotice(
        title=f"关于举办\n{found.name}的通知",
        number=found.document,
        to=_addressed(unit),
        opening=(f"为提高社区工作者能力素质，决定举办{found.name}。现将有关事项通知如下。",),
        parts=(
            Part("培训时间和地点", counted(_when(found, _days(found.id)))),
            Part("培训内容", (Paragraph(_taught(found, course, unit)),)),
            Part("参训人员", (Paragraph(_meant(found, unit)),)),
            Part("有关要求", counted(_asked(found))),
        ),
        issuer=f"{unit.name}（盖章）",
        on="　　年　月　日",
        draft=draft,
    )
    # The list of people grows from day to day: the code stands for what the notice itself says.
    footed = foot_paper(actor, notice, number_of(NOTICE, found.starts_on.year, found.id))
    return replace(footed, annex=_annex(actor, found))


def class_notice_pdf(actor: Actor, class_id: int) -> tuple[str, bytes]:
    """培训通知 as PDF, with a name for the file."""
    notice = class_notice(actor, class_id)
    return f"{notice.name}.pdf", render_notice(current_app.jinja_env, fonts(), notice)


def sign_in_sheet(actor: Actor, class_id: int) -> ListPaper:
    """签到册 of a class that the actor's units hold: a page for each day, a line for everybody who is in it."""
    found = fetch(actor, TrainingClass, class_id, Permission.TRAINING_VIEW)
    people = _people(found.id, IN_CLASS)
    rows = [
        (str(order), person.name, place, title, "", "", "") for order, (_, person, place, title) in enumerate(people, 1)
    ]
    spare = [(str(len(rows) + place), *[""] * 6) for place in range(1, SPARE_LINES + 1)]
    parts = tuple(
        ListPart(
            head=(
                f"{wording.day_and_weekday(day.on)} {day.begins:%H:%M}—{day.ends:%H:%M}",
                f"地点：{found.held_at}" if found.held_at else "",
                f"应到 {len(rows)} 人",
            ),
            rows=(*rows, *spare),
        )
        for day in _days(found.id)
    )
    if not parts:
        raise Refused(msg("“%(name)s”还没有安排日程，不能打印签到册。", name=found.name))
    paper = ListPaper(
        title=f"{found.name}签到册",
        columns=("序号", "姓名", "单位", "职务", "签到", "签退", "备注"),
        widths=(11, 21, 40, 34, 28, 28, 20),
        parts=parts,
        left=frozenset({2, 3}),
        upright=True,
        tall=True,
        seals=("班主任：", "实到　　　　人", "主办单位（盖章）："),
    )
    return foot_paper(actor, paper, number_of(SIGN_IN, found.starts_on.year, found.id))


def class_roster(actor: Actor, class_id: int) -> ListPaper:
    """花名册 of a class that the actor's units hold: everybody who did not withdraw, with what came of it."""
    found = fetch(actor, TrainingClass, class_id, Permission.TRAINING_VIEW)
    people = _people(found.id, (*IN_CLASS, EnrolmentState.WAITING))
    rows = tuple(
        (
            *(str(order), person.name, code_word(codes.Sex, person.sex), wording.month_of(person.born_on)),
            *(place, title, str(ENROLMENT_WAYS[enrolment.way]), str(ENROLMENT_STATES[enrolment.state])),
            show(enrolment.hours) if enrolment.hours is not None else "",
            _result(enrolment),
            enrolment.note,
        )
        for order, (enrolment, person, place, title) in enumerate(people, 1)
    )
    attended = sum(enrolment.state is EnrolmentState.ATTENDED for enrolment, *_ in people)
    sums = [f"共{len(rows)}人" + (f"，参训{attended}人。" if found.state is ClassState.CLOSED else "。")]
    paper = ListPaper(
        title=f"{found.name}花名册",
        columns=("序号", "姓名", "性别", "出生\n年月", "单位", "职务", "报名方式", "状态", "学时", "成绩", "备注"),
        widths=(11, 20, 12, 18, 54, 46, 23, 20, 15, 20, 28),
        parts=(
            ListPart(
                head=(
                    f"培训时间：{span_of(found.starts_on, found.ends_on)}",
                    f"地点：{found.held_at}" if found.held_at else "",
                    f"共 {len(rows)} 人",
                ),
                rows=rows,
            ),
        ),
        left=frozenset({4, 5, 10}),
        sums=tuple(sums),
        seals=(f"填表人：{actor.display_name}", "审核人：", "主办单位（盖章）："),
    )
    return foot_paper(actor, paper, number_of(ROSTER, found.starts_on.year, found.id))


def list_pdf(paper: ListPaper) -> tuple[str, bytes]:
    """A list as PDF, with a name for the file."""
    return f"{paper.title}.pdf", render_list(current_app.jinja_env, fonts(), paper)


def own_certificates(actor: Actor, enrolment_ids: Collection[int]) -> list[Certificate]:
    """One's own 结业证书. Four queries."""
    return certificates(actor, enrolment_ids, own=True)


def certificates(actor: Actor, enrolment_ids: Collection[int], *, own: bool = False) -> list[Certificate]:
    """结业证书 of those who attended, and passed where something was tested, by unit and number. Three queries.

    An office prints those of its own people, and the holder those of the class; with ``own`` everybody their own.
    """
    query = (
        select(Enrolment, TrainingClass, Employee.name, Unit.path)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(
            Enrolment.id.in_(enrolment_ids),
            Enrolment.state == EnrolmentState.ATTENDED,
            or_(Enrolment.passed.is_(None), Enrolment.passed.is_(True)),
            TrainingClass.state == ClassState.CLOSED,
            _printable(actor, own=own),
        )
        .order_by(Enrolment.unit_id, Employee.number)
    )
    found = [(one, held, name, path) for one, held, name, path in db.session.execute(query)]
    offices = offices_of(path for _, _, _, path in found)
    forms = []
    for one, held, name, path in found:
        number = number_of(CERTIFICATE, held.starts_on.year, one.id)
        form = Certificate(
            number=number,
            name=name,
            text=f"于{span_of(held.starts_on, held.ends_on)}参加{held.name}学习，{_counted(one)}"
            f"{'考核合格，' if one.passed else ''}准予结业。",
            closing="特发此证。",
            issuer=offices[path].nearest,
            on=wording.day_of(held.closed_on or held.ends_on),
        )
        forms.append(foot_form(actor, form, number))
    return forms


def certified_ids(actor: Actor, class_id: int, *, numbers: Sequence[str] = (), path: str = "") -> list[int]:
    """Who of a class gets a certificate, as far as the actor may see them, by unit and number."""
    found = near_class(actor, class_id, Permission.TRAINING_VIEW)
    query = (
        select(Enrolment.id)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.class_id == found.id,
            TrainingClass.state == ClassState.CLOSED,
            Enrolment.state == EnrolmentState.ATTENDED,
            or_(Enrolment.passed.is_(None), Enrolment.passed.is_(True)),
            _printable(actor),
        )
        .order_by(Enrolment.unit_id, Employee.number)
    )
    if numbers:
        query = query.where(Employee.number.in_(numbers))
    if path:
        query = query.where(Unit.path.startswith(path, autoescape=True))
    return list(db.session.scalars(query))


def check_certified(actor: Actor, enrolment_id: int, *, own: bool = False) -> None:
    """That somebody of a class gets a certificate. Raises ``Refused`` with the reason, ``NotFound`` out of reach."""
    query = (
        select(Enrolment, TrainingClass.state, Employee.name)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .where(Enrolment.id == enrolment_id, _printable(actor, own=own))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    enrolment, state, name = found
    if state is not ClassState.CLOSED:
        raise Refused(msg("培训班还没有办结，不能打印结业证书。"))
    if enrolment.state is not EnrolmentState.ATTENDED or enrolment.passed is False:
        raise Refused(msg("“%(name)s”没有参训或者考核不合格，不发结业证书。", name=name))


def _printable(actor: Actor, *, own: bool = False) -> ColumnElement[bool]:
    """The filter over ``Enrolment`` with its class: one's own people, and everybody of a class that one holds.

    With ``own`` it is oneself alone.
    """
    if own:
        person = own_employee(actor)
        return Enrolment.employee_id == person.id if person is not None else false()
    return or_(
        within(actor, Enrolment.unit_id, Permission.TRAINING_VIEW),
        within(actor, TrainingClass.unit_id, Permission.TRAINING_VIEW),
    )


def _people(class_id: int, states: Collection[EnrolmentState]) -> list[tuple[Enrolment, Employee, str, str]]:
    query = (
        select(Enrolment, Employee)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id == class_id, Enrolment.state.in_(states))
        .order_by(Unit.code, Employee.number)
    )
    rows = [(enrolment, person) for enrolment, person in db.session.execute(query)]
    if not rows:
        return []
    on = db.session.get_one(TrainingClass, class_id).starts_on
    homes = homes_of((person.id for _, person in rows), on)
    return [
        (enrolment, person, homes[person.id].place.replace(" ", ""), homes[person.id].title)
        for enrolment, person in rows
    ]


def _days(class_id: int) -> list[ClassDay]:
    query = select(ClassDay).where(ClassDay.class_id == class_id)
    return list(db.session.scalars(query.order_by(ClassDay.on, ClassDay.begins)))


def _addressed(unit: Unit) -> str:
    if unit.kind in STREET_KINDS:
        return "各社区"
    return "各区县社会工作部门" if unit.kind is UnitKind.CITY else "各街道（镇）"


def _when(found: TrainingClass, days: Sequence[ClassDay]) -> tuple[tuple[str, str], ...]:
    length = f"{show(found.days)}天，" if found.days is not None else ""
    said = [("时间", f"{span_of(found.starts_on, found.ends_on)}，{length}{show(found.hours)}学时。")]
    hours = {(day.begins, day.ends) for day in days}
    if len(hours) == 1:
        begins, ends = next(iter(hours))
        said.append(("作息", f"每天{begins:%H:%M}至{ends:%H:%M}。"))
    elif days:
        said.append(
            (
                "作息",
                "；".join(f"{day.on.month}月{day.on.day}日{day.begins:%H:%M}至{day.ends:%H:%M}" for day in days) + "。",
            )
        )
    said.append(("地点", f"{found.held_at or '另行通知'}。"))
    return tuple(said)


def _taught(found: TrainingClass, course: Course, unit: Unit) -> str:
    outline = " ".join(course.outline.split()).rstrip("。")
    lines = "、".join(line_names(course.lines, unit.path).values())
    said = [f"课程为“{course.name}”"]
    if outline:
        said.append(f"主要内容：{outline}")
    if lines:
        said.append(f"涉及业务：{lines}")
    if found.teacher:
        said.append(f"授课人：{found.teacher}")
    return "。".join(said) + "。"


def _meant(found: TrainingClass, unit: Unit) -> str:
    audience = found.audience
    said = []
    if audience.get("posts"):
        said.append("、".join(post.zh for post in Post if post.value in audience["posts"]))
    if audience.get("joined_from"):
        said.append(f"{wording.day_of(date.fromisoformat(audience['joined_from']))}以后进入社区工作的人员")
    if audience.get("joined_until"):
        said.append(f"{wording.day_of(date.fromisoformat(audience['joined_until']))}以前进入社区工作的人员")
    if audience.get("requirement"):
        rules = rules_or_none(found.starts_on)
        wanted = (
            next((one.name for one in rules.requirements if one.code == audience["requirement"]), "") if rules else ""
        )
        said.append(f"“{wanted}”尚未达标的人员" if wanted else "年度培训尚未达标的人员")
    if audience.get("lines"):
        names = "、".join(line_names(audience["lines"], unit.path).values())
        said.append(f"社区在{names}方面人手不足的人员")
    capacity = f"，名额{found.capacity}人" if found.capacity else ""
    return f"{'；'.join(said) or '有关社区工作者'}{capacity}。"


def _asked(found: TrainingClass) -> tuple[tuple[str, str], ...]:
    said = []
    if found.enrol_until:
        said.append(("", f"本人报名截止日期为{wording.day_of(found.enrol_until)}（含当日），由所在单位统筹安排工作。"))
    said.append(("", "参训人员应当按时到课，每天凭签到码签到；因故不能参加的，提前请假。"))
    if found.score_wanted is not None:
        said.append(("", f"培训结束进行考核，满分100分，{show(found.score_wanted)}分及以上为合格。"))
    said.append(("", "参训学时记入个人培训档案，考勤合格的发给结业证书。"))
    said.extend(("", line.strip()) for line in found.remark.splitlines() if line.strip())
    return tuple(said)


def _annex(actor: Actor, found: TrainingClass) -> NoticeTable | None:
    """Who is in the class, for the units that hold it."""
    held = select(TrainingClass.id).where(
        TrainingClass.id == found.id, within(actor, TrainingClass.unit_id, Permission.TRAINING_VIEW)
    )
    people = _people(found.id, IN_CLASS) if db.session.scalar(held) is not None else []
    if not people:
        return None
    return NoticeTable(
        title="参训人员名单",
        columns=("序号", "姓名", "单位及职务"),
        widths=(12, 22, 66),
        rows=tuple(
            (str(order), person.name, post_at(place, title))
            for order, (_, person, place, title) in enumerate(people, 1)
        ),
        left=frozenset({2}),
        total=f"共{len(people)}人。",
    )


def _result(enrolment: Enrolment) -> str:
    score = show(enrolment.score) if enrolment.score is not None else ""
    passed = {None: "", True: "合格", False: "不合格"}[enrolment.passed]
    return " ".join(part for part in (score, passed) if part)


def _counted(enrolment: Enrolment) -> str:
    return f"完成{show(enrolment.hours)}学时，" if enrolment.hours else ""
