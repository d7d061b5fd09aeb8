"""What the rules of a batch say about an application: advice with its grounds, and what a reviewer is warned of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.codes import Education, Political
from careerpath.policy.recruitment import (
    Advice,
    Applicant,
    Condition,
    ConditionKind,
    Document,
    RecruitmentEdition,
    check_eligibility,
)
from careerpath.policy.recruitment.parts import BonusItem
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
)
from careerpath.words import Message, msg

PHOTO = "photo"
"""The code of the document that a portrait answers."""


class Standing(StrEnum):
    """The advice in one word; ``incomplete`` lacks a fact, or a document that should have been sent."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    INCOMPLETE = "incomplete"


STANDINGS: dict[Standing, Message] = {
    Standing.ELIGIBLE: msg("符合"),
    Standing.INELIGIBLE: msg("不符合"),
    Standing.INCOMPLETE: msg("资料不全"),
}

STANDING_KINDS: dict[Standing, str] = {
    Standing.ELIGIBLE: "success",
    Standing.INELIGIBLE: "danger",
    Standing.INCOMPLETE: "warning",
}


class Facts(Protocol):
    """What of an application the conditions look at: the record itself, or a row with these columns."""

    @property
    def born_on(self) -> Any: ...
    @property
    def education(self) -> Any: ...
    @property
    def political(self) -> Any: ...
    @property
    def household_place(self) -> Any: ...
    @property
    def experience_months(self) -> Any: ...
    @property
    def groups(self) -> Any: ...
    @property
    def checked(self) -> Any: ...


FACTS = (
    Application.born_on,
    Application.education,
    Application.political,
    Application.household_place,
    Application.experience_months,
    Application.groups,
    Application.checked,
    Application.entry,
    Application.photo_key,
)
"""The columns that ``Facts`` and ``standing_of`` read."""


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One condition as it was found: ``holds`` is empty where it cannot be told, or where a person judges it."""

    code: str
    holds: bool | None
    words: Message
    ground: str
    """Document and clause."""


def advice_on(edition: RecruitmentEdition, facts: Facts, on: date, checked: Mapping[str, bool] | None = None) -> Advice:
    """Advice on one application; ``checked`` stands in for what the reviewers have found so far."""
    return check_eligibility(edition, applicant_of(facts, checked), on)


def reckoned_on(batch: RecruitmentBatch) -> date:
    """The day that counts where a condition names none: the last day of applications."""
    return batch.closes_on or clock.today()


def applicant_of(facts: Facts, checked: Mapping[str, bool] | None = None) -> Applicant:
    """What the conditions ask of an applicant; a code that the tables do not know is not known."""
    return Applicant(
        born_on=facts.born_on,
        education=next((one for one in Education if one.value == facts.education), None),
        political=next((one for one in Political if one.value == facts.political), None),
        household=facts.household_place,
        experience_months=facts.experience_months,
        groups=tuple(facts.groups),
        checked=dict(facts.checked if checked is None else checked),
    )


def advice_lines(edition: RecruitmentEdition, groups: Iterable[str], advice: Advice) -> tuple[AdviceLine, ...]:
    """The advice line by line: a condition for another group has none."""
    return tuple(
        AdviceLine(
            code, line.value if isinstance(line.value, bool) else None, line.message, line.document + line.clause
        )
        for code, line in zip(_codes(edition, set(groups)), advice.reasons, strict=True)
    )


def advice_kept(edition: RecruitmentEdition, groups: Iterable[str], advice: Advice) -> list[dict[str, Any]]:
    """The advice as it is kept with a review, by the code of its condition."""
    return [
        {"code": code, **line.as_json()}
        for code, line in zip(_codes(edition, set(groups)), advice.reasons, strict=True)
    ]


def _codes(edition: RecruitmentEdition, groups: set[str]) -> list[str]:
    """The codes of the conditions that concern somebody of these groups, in the order of the advice."""
    return list(dict.fromkeys(one.code for one in edition.conditions if not one.group or one.group in groups))


def in_words(edition: RecruitmentEdition, groups: Iterable[str]) -> tuple[Condition, ...]:
    """The conditions that a person judges, for somebody of these groups."""
    mine = set(groups)
    found = {
        one.code: one
        for one in edition.conditions
        if one.kind is ConditionKind.CHECKED and (not one.group or one.group in mine)
    }
    return tuple(found.values())


def words_met(edition: RecruitmentEdition, groups: Iterable[str]) -> dict[str, bool]:
    """What the reviewers have found of somebody who meets every condition in words."""
    return {one.code: True for one in in_words(edition, groups)}


def bonus_items(edition: RecruitmentEdition, codes: Iterable[str]) -> tuple[BonusItem, ...]:
    """The items of the bonus table with these codes, in its order."""
    wanted = set(codes)
    return tuple(item for item in (edition.bonus.items if edition.bonus else ()) if item.code in wanted)


def missing_documents(
    edition: RecruitmentEdition, groups: Iterable[str], codes: Iterable[str], *, photo: bool
) -> tuple[Document, ...]:
    """The documents that the notice asks of somebody of these groups and that are not there."""
    mine, there = set(groups), set(codes) | ({PHOTO} if photo else set())
    return tuple(
        one
        for one in edition.documents
        if one.required and (not one.group or one.group in mine) and one.code not in there
    )


def standing_of(
    edition: RecruitmentEdition, facts: Any, codes: Iterable[str], on: date, checked: Mapping[str, bool] | None = None
) -> Standing:
    """The advice on an application in one word. Papers are asked of those who apply on the open page themselves:

    who applied at an office showed them there.
    """
    advice = advice_on(edition, facts, on, checked)
    if advice.eligible is False:
        return Standing.INELIGIBLE
    if advice.eligible is None:
        return Standing.INCOMPLETE
    lacking = facts.entry is Entry.CANDIDATE and missing_documents(
        edition, facts.groups, codes, photo=bool(facts.photo_key)
    )
    return Standing.INCOMPLETE if lacking else Standing.ELIGIBLE


def paper_codes() -> ColumnElement[str]:
    """The codes of the papers of an ``Application`` of the surrounding query, in one text; see ``codes_in``."""
    found: ColumnElement[str] = (
        select(func.aggregate_strings(ApplicationPaper.code, ","))
        .where(ApplicationPaper.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return found


def codes_in(text: str | None) -> frozenset[str]:
    """The codes in what ``paper_codes`` gave."""
    return frozenset(text.split(",")) if text else frozenset()


def warnings_of(batch: RecruitmentBatch, application: Application) -> tuple[Message, ...]:
    """What a reviewer should know besides the conditions: in service already, applied elsewhere. One query."""
    if not application.identity_index:
        return ()
    serving = select(literal(0), literal(""), literal("")).where(
        Employee.identity_index == application.identity_index,
        or_(Employee.left_on.is_(None), Employee.left_on >= clock.today()),
    )
    elsewhere = (
        select(RecruitmentBatch.unit_id, RecruitmentBatch.name, Application.number)
        .join(RecruitmentBatch, RecruitmentBatch.id == Application.batch_id)
        .where(
            Application.identity_index == application.identity_index,
            Application.batch_id != application.batch_id,
            Application.state.not_in((ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.REJECTED)),
            RecruitmentBatch.state.not_in((BatchState.PLANNED, BatchState.CONCLUDED, BatchState.CANCELLED)),
        )
    )
    found = []
    for unit_id, name, number in sorted(map(tuple, db.session.execute(union_all(serving, elsewhere)))):
        if unit_id == 0:
            found.append(msg("此人已是在职社区工作者，请核对是否可以报考。"))
        elif unit_id == batch.unit_id:
            found.append(msg("此人同时报了%(batch)s（报名号 %(number)s），请核对。", batch=name, number=number))
        else:
            found.append(msg("此人同时报了其他区县的一个招聘批次，请核对。"))
    return tuple(found)
