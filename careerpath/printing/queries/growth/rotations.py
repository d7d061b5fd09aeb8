"""挂职（轮岗）鉴定表 and 派出通知, from rotations as home, host and district meet them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import below
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.policy.codes import UnitKind
from careerpath.policy.rotation import RotationEdition
from careerpath.printing.documents.growth.rotations import RotationForm
from careerpath.printing.documents.notices import NoticeTable, Paragraph, Part, PublicNotice, counted, render_notice
from careerpath.printing.queries.growth.feet import foot_form, foot_paper, number_of
from careerpath.printing.queries.growth.people import Face, Offices, faces_of, offices_of, points_of, span_of
from careerpath.rotations.models import Host, Rotation, RotationState, RotationStep
from careerpath.rotations.queries.reach import met_rotation, rotation_met
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.talent_pool.queries.biography import joined_post
from careerpath.words import Refused, msg

FORM, NOTICE = "JD", "PC"
"""What the numbers of 鉴定表 and of 派出通知 begin with."""


@dataclass(frozen=True, slots=True)
class Away:
    """A rotation with its host, its person and the path of the home unit."""

    rotation: Rotation
    host: str
    path: str
    face: Face
    offices: Offices
    edition: RotationEdition

    @property
    def name(self) -> str:
        """Who is away; of a cadre without a file the name alone is kept."""
        return self.face.name or self.rotation.person_name

    @property
    def kind(self) -> str:
        """The kind by its name."""
        kind = self.edition.kind(self.rotation.kind)
        return kind.name if kind else self.rotation.kind

    @property
    def post(self) -> str:
        """挂职单位及岗位."""
        return "　".join(part for part in (self.host, self.rotation.host_post) if part)

    @property
    def left_on(self) -> str:
        """From the first to the last day away, as tables write it."""
        return points_of(self.rotation.starts_on, self.rotation.returned_on or self.rotation.ends_on)


def away(actor: Actor, rotation_ids: Collection[int]) -> list[Away]:
    """Some rotations as far as the actor meets them, by unit and first day. Three queries."""
    query = (
        select(Rotation, Host.name, Unit.path)
        .join(Host, Host.id == Rotation.host_id)
        .join(Unit, Unit.id == Rotation.unit_id)
        .where(Rotation.id.in_(rotation_ids), rotation_met(actor, Permission.ROTATION_VIEW))
        .order_by(Unit.code, Rotation.starts_on, Rotation.id)
    )
    return _with_people([(rotation, host, path) for rotation, host, path in db.session.execute(query)])


def rotation_forms(actor: Actor, rotation_ids: Collection[int]) -> list[RotationForm]:
    """The forms of some rotations; what was not entered is left to the pen. Three queries."""
    forms = []
    for one in away(actor, rotation_ids):
        rotation = one.rotation
        grade = next((grade.name for grade in one.edition.grades if grade.code == rotation.grade), rotation.grade)
        form = RotationForm(
            name=one.name,
            sex=one.face.sex,
            birth_month=one.face.birth_month,
            political=one.face.political,
            home=joined_post(rotation.home_name),
            host=one.post,
            kind=one.kind,
            term=one.left_on,
            work=rotation.work or rotation.tasks,
            self_summary=rotation.self_summary,
            host_opinion=rotation.host_opinion,
            grade=grade,
            home_opinion=rotation.home_opinion,
            district_opinion=rotation.district_opinion,
            evaluated_on=wording.day_of(rotation.evaluated_on),
        )
        forms.append(foot_form(actor, form, number_of(FORM, rotation.starts_on.year, rotation.id)))
    return forms


def rotation_notice(actor: Actor, rotation_id: int) -> PublicNotice:
    """派出通知 of a rotation and of all others of the district that the same document sends out.

    A draft while it is only proposed. Raises ``Refused`` for one that was cancelled.
    """
    rotation = met_rotation(actor, rotation_id, Permission.ROTATION_VIEW)
    if rotation.state is RotationState.CANCELLED:
        raise Refused(msg("这次轮岗锻炼已取消，不能打印派出通知。"))
    found = _sent_with(actor, rotation)
    first = next(one for one in found if one.rotation.id == rotation.id)
    kinds = "、".join(dict.fromkeys(one.kind for one in found))
    draft = rotation.state is RotationState.PROPOSED
    notice = PublicNotice(
        title=f"关于选派\n{f'{first.name}同志' if len(found) == 1 else f'{len(found)}名同志'}{kinds}的通知",
        number=rotation.document,
        to="各有关街道（镇）、社区和接收单位",
        opening=(
            f"为加强社区工作者队伍实践锻炼，根据《{first.edition.head.document.strip('《》')}》，经研究，"
            f"决定选派{'下列' if len(found) > 1 else first.name}同志{kinds}。现将有关事项通知如下。",
        ),
        parts=(
            _who(found),
            Part("管理和待遇", counted(_managed())),
            Part("工作要求", counted(_asked(found))),
        ),
        annex=_annex(found) if len(found) > 1 else None,
        issuer=f"{first.offices.district}（盖章）",
        on="　　年　月　日" if draft else _approved_on(rotation.id),
        draft=draft,
        example=first.edition.head.example,
    )
    return foot_paper(actor, notice, number_of(NOTICE, rotation.starts_on.year, rotation.id))


def rotation_notice_pdf(actor: Actor, rotation_id: int) -> tuple[str, bytes]:
    """派出通知 as PDF, with a name for the file."""
    notice = rotation_notice(actor, rotation_id)
    return f"{notice.name}.pdf", render_notice(current_app.jinja_env, fonts(), notice)


def _with_people(found: Sequence[tuple[Rotation, str, str]]) -> list[Away]:
    faces = faces_of(rotation.employee_id for rotation, _, _ in found)
    offices = offices_of(path for _, _, path in found)
    return [
        Away(
            rotation,
            host,
            path,
            faces.get(rotation.employee_id, Face("")),
            offices[path],
            frozen_rules(rotation.edition),
        )
        for rotation, host, path in found
    ]


def _sent_with(actor: Actor, rotation: Rotation) -> list[Away]:
    """The rotation, and those of its district with the same document that were not cancelled."""
    ids = [rotation.id]
    if rotation.document and rotation.state is not RotationState.PROPOSED:
        home = db.session.get_one(Unit, rotation.unit_id)
        district = db.session.scalars(
            select(Unit).where(Unit.id.in_(ids_of(home.path)), Unit.kind == UnitKind.DISTRICT)
        ).one_or_none()
        query = select(Rotation.id).where(
            Rotation.document == rotation.document,
            Rotation.state.not_in((RotationState.PROPOSED, RotationState.CANCELLED)),
            below(Rotation.unit_id, (district or home).path),
        )
        ids.extend(db.session.scalars(query))
    return away(actor, ids)


def _approved_on(rotation_id: int) -> str:
    query = select(RotationStep.at).where(
        RotationStep.rotation_id == rotation_id, RotationStep.state == RotationState.APPROVED
    )
    return wording.office_day(db.session.scalars(query.order_by(RotationStep.id).limit(1)).one_or_none())


def _who(found: Sequence[Away]) -> Part:
    if len(found) > 1:
        return Part("选派人员", (Paragraph(f"本次共选派{len(found)}名同志，名单见附件。"),))
    one = found[0]
    said = (
        f"{one.name}，{joined_post(one.rotation.home_name)}，到{one.post.replace('　', '')}{one.kind}，"
        f"时间自{span_of(one.rotation.starts_on, one.rotation.ends_on)}。"
    )
    tasks = " ".join(one.rotation.tasks.split()).rstrip("。")
    return Part("选派人员", (Paragraph(said), *([Paragraph(f"主要任务：{tasks}。")] if tasks else [])))


def _managed() -> tuple[tuple[str, str], ...]:
    return (
        (
            "",
            "锻炼期间，由派出单位和接收单位共同管理，以接收单位为主；人事关系保留在派出单位，工资福利由派出单位发放。",
        ),
        ("", "锻炼期满返回派出单位工作；确需延长或者提前返回的，报主管部门批准。"),
    )


def _asked(found: Sequence[Away]) -> tuple[tuple[str, str], ...]:
    grades = "、".join(grade.name for grade in found[0].edition.grades)
    return (
        ("", "接收单位应当明确岗位和工作任务，指定专人指导，安排实职实岗。"),
        ("", "选派人员应当服从安排，遵守纪律，按要求报告锻炼情况。"),
        ("", f"锻炼期满填写《挂职（轮岗）鉴定表》，由接收单位作出鉴定，鉴定等次分为{grades}。"),
    )


def _annex(found: Sequence[Away]) -> NoticeTable:
    return NoticeTable(
        title="选派人员名单",
        columns=("序号", "姓名", "派出单位及职务", "接收单位及岗位", "方式", "起止时间"),
        widths=(7, 11, 28, 27, 11, 16),
        rows=tuple(
            (
                *(str(order), one.name, joined_post(one.rotation.home_name), one.post),
                *(one.kind, points_of(one.rotation.starts_on, one.rotation.ends_on)),
            )
            for order, one in enumerate(found, 1)
        ),
        left=frozenset({2, 3}),
        total=f"共{len(found)}人。",
    )
