"""What 报名登记表 says of applicants, read from the records in a few queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.policy.codes import Certificate, Degree, Education, Ethnic, Marital, Political, Sex, UnitKind
from careerpath.policy.codes.education import degree_level
from careerpath.policy.reason import show
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.printing.documents.recruitment.people import HIDDEN, ApplicationForm, Person, Relative, ReviewCell
from careerpath.printing.queries.recruitment import titles
from careerpath.printing.queries.recruitment.photos import photo_of
from careerpath.printing.queries.wording import code_name, foot_of, place_of
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    EligibilityReview,
    RecruitmentBatch,
    RecruitmentPosition,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.sealed import opened
from careerpath.recruitment.queries.words import VERDICTS

PREFIX = "BM"
"""What the numbers of 报名登记表 begin with."""

Above = aliased(Unit)

REVIEWED_ONCE = frozenset({ApplicationState.FIRST_REVIEWED, ApplicationState.ADMITTED, ApplicationState.REJECTED})
REVIEWED_TWICE = frozenset({ApplicationState.ADMITTED, ApplicationState.REJECTED})
"""States in which the first and the second look at the papers hold; one taken up again has none."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An application with its batch, position and unit."""

    application: Application
    batch: RecruitmentBatch
    position: RecruitmentPosition
    unit: Unit
    above: Unit | None

    @property
    def place(self) -> str:
        """The unit of the position, a community with its street."""
        above = self.above.short_name if self.above is not None else ""
        return place_of(self.unit.short_name, above, self.unit.kind is UnitKind.COMMUNITY)

    @property
    def street(self) -> str:
        """The street or town of the position."""
        return self.above.short_name if self.unit.kind is UnitKind.COMMUNITY and self.above else self.unit.short_name


def of_applications(*more: Any) -> Select[Any]:
    """Applications with batch, position, unit and the unit above, by position and number."""
    return (
        select(Application, RecruitmentBatch, RecruitmentPosition, Unit, Above, *more)
        .join(RecruitmentBatch, RecruitmentBatch.id == Application.batch_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .join(Unit, Unit.id == Application.unit_id)
        .outerjoin(Above, Above.id == Unit.parent_id)
        .order_by(RecruitmentPosition.code, Application.number)
    )


def in_reach(actor: Actor) -> Any:
    """The filter "an application that was handed in, for a position of the actor's units"."""
    seen = within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW)
    return seen & (Application.state != ApplicationState.DRAFT)


def applied(actor: Actor, ids: Sequence[int]) -> list[Applied]:
    """Some applications as far as the actor may see them, by position and number."""
    query = of_applications().where(Application.id.in_(ids), in_reach(actor))
    return [Applied(*row) for row in db.session.execute(query)]


def application_forms(
    actor: Actor, found: Sequence[Applied], *, full: bool = False, photos: bool = True
) -> list[ApplicationForm]:
    """The forms of some applications. ``full``: with the whole identity number, telephone and address."""
    ids = [one.application.id for one in found]
    reviews, papers = _reviews(ids), _papers(ids)
    forms = []
    for one in found:
        form = _form(one, reviews[one.application.id], papers[one.application.id])
        number = f"{PREFIX}-{one.batch.year}-{one.application.id:06d}"
        foot = foot_of(actor, number, wording.code_over(number, wording.said_by(form.cells())))
        person = opened_person(form.person, one.application) if full else form.person
        photo = photo_of(one.application) if photos else b""
        forms.append(replace(form, person=replace(person, photo=photo), foot=foot))
    return forms


def person_of(application: Application) -> Person:
    """What both forms say of a person, without the photograph; numbers masked and the address hidden."""
    one, phone = application, application.phone_masked
    study = (
        "　".join(part for part in (code_name(Education, one.education), degree_word(one.degree)) if part),
        _school(one),
    )
    return Person(
        name=one.name,
        sex=code_name(Sex, one.sex),
        birth_month=wording.month_of(one.born_on),
        ethnic=code_name(Ethnic, one.ethnic),
        native_place=one.native_place,
        political=code_name(Political, one.political),
        marital="" if one.marital == Marital.UNSTATED.value else code_name(Marital, one.marital),
        identity=one.identity_masked,
        work_since=wording.month_of(one.joined_work_on),
        education=code_name(Education, one.education),
        household_place=one.household_place,
        address=HIDDEN if one.address_sealed else "",
        landline=phone if "-" in phone else "",
        mobile="" if "-" in phone else phone,
        source=titles.source_name(one.source),
        full_time=study if one.full_time else ("", ""),
        part_time=("", "") if one.full_time else study,
        certificate=code_name(Certificate, one.certificate) or "无",
        certified_on=wording.point_day(one.certified_on),
        certificate_number=one.certificate_number,
        rewards=one.rewards,
        resume=tuple(_resume_line(line) for line in one.resume),
        family=tuple(_relative(line) for line in one.family),
    )


def opened_person(person: Person, application: Application) -> Person:
    """The same with the whole identity number, telephone and address."""
    uid = application.uid
    phone = opened(application.phone_sealed, "phone", uid)
    return replace(
        person,
        identity=opened(application.identity_sealed, "identity", uid),
        address=opened(application.address_sealed, "address", uid),
        landline=phone if "-" in phone else "",
        mobile="" if "-" in phone else phone,
    )


def degree_word(code: str) -> str:
    """Doctor, master or bachelor."""
    found: Degree | None = degree_level(code)
    return found.zh if found else ""


def _form(one: Applied, reviews: Mapping[ReviewStage, EligibilityReview], papers: Sequence[str]) -> ApplicationForm:
    application, edition = one.application, rules_of(one.batch)
    first = reviews.get(ReviewStage.FIRST) if application.state in REVIEWED_ONCE else None
    second = reviews.get(ReviewStage.SECOND) if application.state in REVIEWED_TWICE else None
    pledged = wording.moment_of(application.pledged_at)
    return ApplicationForm(
        title=f"{titles.base_title(one.batch)}报名登记表",
        unit=one.street,
        number=application.number,
        applied_on=wording.office_day(application.submitted_at),
        person=person_of(application),
        position=titles.position_words(one.position, one.place),
        transfer="服从" if application.accepts_transfer else "不服从",
        bonus=_bonus(application, edition, papers),
        pledged=f"网上承诺：{pledged}" if pledged else "",
        first=_review(first, application, edition),
        second=_review(second, application, edition),
        remark="本人已撤回报名。" if application.state is ApplicationState.WITHDRAWN else "",
    )


def _bonus(application: Application, edition: RecruitmentEdition, papers: Sequence[str]) -> str:
    named = _bonus_words(application.bonus, edition)
    if not named:
        return ""
    proofs = {document.code: document.name for document in edition.documents if document.group}
    shown = "、".join(dict.fromkeys(proofs[code] for code in papers if code in proofs))
    return f"{named}。" + (f"证明：{shown}。" if shown else "")


def _bonus_words(codes: Iterable[Any], edition: RecruitmentEdition) -> str:
    items = [edition.bonus.item(str(code)) for code in codes] if edition.bonus else []
    return "、".join(f"{item.name}（{show(item.points)}分）" for item in items if item is not None)


def _review(review: EligibilityReview | None, application: Application, edition: RecruitmentEdition) -> ReviewCell:
    if review is None:
        return ReviewCell()
    said = f"{VERDICTS[review.verdict]}。"
    if review.stage is ReviewStage.SECOND and review.verdict is Verdict.PASSED and application.bonus:
        granted = _bonus_words(application.bonus_granted, edition)
        said += f"认定加分：{granted}。" if granted else "申请的加分不予认定。"
    reason = review.reason.strip()
    said += reason if not reason or reason[-1] in "。！？" else f"{reason}。"
    return ReviewCell(finding=said, by=review.by, on=wording.office_day(review.at))


def _reviews(ids: Sequence[int]) -> dict[int, dict[ReviewStage, EligibilityReview]]:
    """The newest review of each stage, by application: one query."""
    found: dict[int, dict[ReviewStage, EligibilityReview]] = defaultdict(dict)
    query = select(EligibilityReview).where(EligibilityReview.application_id.in_(ids)).order_by(EligibilityReview.id)
    for review in db.session.scalars(query):
        found[review.application_id][review.stage] = review
    return found


def _papers(ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes of the documents that were handed in, by application: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    query = select(ApplicationPaper.application_id, ApplicationPaper.code).where(
        ApplicationPaper.application_id.in_(ids)
    )
    for application_id, code in db.session.execute(query.order_by(ApplicationPaper.id)):
        found[application_id].append(code)
    return found


def _school(one: Application) -> str:
    parts = "　".join(part for part in (one.school, one.major) if part)
    return f"{parts}（{wording.month_of(one.graduated_on)}毕业）" if parts and one.graduated_on else parts


def _resume_line(line: Mapping[str, Any]) -> str:
    starts, ends = _date(line.get("starts_on")), _date(line.get("ends_on"))
    return f"{wording.month_of(starts)}—{wording.month_of(ends) or '至今　'}　{line.get('text', '')}"


def _relative(line: Mapping[str, Any]) -> Relative:
    return Relative(
        relation=str(line.get("relation") or ""),
        name=str(line.get("name") or ""),
        birth_month=wording.month_of(_date(line.get("born_on"))),
        political=code_name(Political, str(line.get("political") or "")),
        work=str(line.get("work") or ""),
    )


def _date(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
