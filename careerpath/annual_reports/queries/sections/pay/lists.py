"""What the section on pay counts: who has an approved level, changes of levels, and confirmed months."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, String, Subquery, cast, func, select, type_coerce

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Words
from careerpath.annual_reports.queries.sections.reckoning import CENT
from careerpath.annual_reports.queries.sections.rows import NOBODY, person_rows
from careerpath.annual_reports.queries.sections.serving import serving_on
from careerpath.pay.models import PayRegister, PayRun, Placement
from careerpath.pay.queries.rounds import level_words
from careerpath.policy.pay import CAUSES, Cause
from careerpath.words import Message, msg

STEPS = (Cause.TENURE, Cause.EDUCATION, Cause.CERTIFICATE, Cause.EARLY)
"""Causes of a rise within the post: 晋级. A new post or another scheme places somebody anew."""


def held_on(scope: Scope, on: date) -> Subquery:
    """Everybody of the report's unit in service on a day who has an approved level, with the one that holds."""
    people = serving_on(scope, on)
    last_first = func.row_number().over(
        partition_by=people.c.id, order_by=(Placement.starts_on.desc(), Placement.id.desc())
    )
    # Only the levels of these people are put in order, however many others have some.
    ordered = (
        select(
            people.c.id,
            people.c.name,
            people.c.unit_id,
            Placement.tier,
            Placement.level,
            Placement.starts_on,
            last_first.label("place"),
        )
        .join(Placement, Placement.employee_id == people.c.id)
        .where(Placement.superseded_at.is_(None), Placement.starts_on <= on)
        .subquery()
    )
    return select(ordered).where(ordered.c.place == 1).subquery("held")


def _placed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    held = held_on(scope, on).c
    tier, level = (func.coalesce(cast(one, String), "") for one in (held.tier, held.level))
    return select(
        held.id,
        held.id.label("employee_id"),
        held.unit_id,
        held.starts_on.label("on"),
        held.name,
        tier.concat("/").concat(level).label("detail"),
        tier.label("tier"),
    )


def _level_said(text: str) -> Words:
    tier, _, level = text.partition("/")
    return level_words(int(tier) if tier else None, int(level)) or ""


def tier_said(tier: str) -> Words:
    """A tier in words; empty for schemes without tiers."""
    return msg("%(tier)s档", tier=tier) if tier else msg("不分档")


def _changes(causes: Iterable[Cause]) -> Callable[[Scope, date], Select[*tuple[Any, ...]]]:
    wanted = tuple(causes)

    def rows(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
        cause = cast(Placement.cause, String)
        return person_rows(scope, Placement, Placement.starts_on, cause, cause.label("cause")).where(
            Placement.superseded_at.is_(None), Placement.starts_on <= on, Placement.cause.in_(wanted)
        )

    return rows


def _cause_said(code: str) -> Words:
    return CAUSES[Cause(code)]


def confirmed(scope: Scope) -> tuple[Any, ...]:
    """The conditions "a register of this report's streets in a confirmed month", over register and run."""
    return PayRun.id == PayRegister.run_id, PayRun.confirmed_at.is_not(None), scope.inside(PayRegister.unit_id)


def _registers(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    month = func.substr(cast(PayRegister.month, String), 1, 7)
    paid = cast(PayRegister.people - PayRegister.lacking, String)
    gross = cast(type_coerce(PayRegister.gross, BigInteger), String)
    return select(
        PayRegister.id,
        NOBODY,
        PayRegister.unit_id,
        PayRegister.month.label("on"),
        month.label("name"),
        paid.concat("/").concat(gross).label("detail"),
        month.label("who"),
    ).where(*confirmed(scope), PayRegister.month <= on)


def _register_said(text: str) -> Words:
    people, _, cents = text.partition("/")
    return msg("发放%(people)s人，应发%(gross)s元", people=people, gross=f"{int(cents) * CENT:,.2f}")


def _listing(code: str, name: Message, causes: Iterable[Cause], **more: Any) -> Listing:
    return Listing(
        code,
        name,
        Permission.PAY_VIEW,
        _changes(causes),
        total=False,
        detail=msg("变动原因"),
        said=_cause_said,
        groups={"cause": _cause_said},
        **more,
    )


PLACED = Listing(
    "pay_placed",
    msg("已核定级别人数"),
    Permission.PAY_VIEW,
    _placed,
    dated=False,
    detail=msg("级别"),
    said=_level_said,
    groups={"tier": tier_said, "detail": _level_said},
)
NEWLY = _listing("pay_newly", msg("初次套级人数"), (Cause.INITIAL,), people=True)
STEPPED = _listing("pay_stepped", msg("晋级人数"), STEPS, people=True)
CHANGES = _listing("pay_changes", msg("级别变动人次"), tuple(Cause), unit=msg("人次"))
MONTHS = Listing(
    "pay_months",
    msg("已确认发放月数"),
    Permission.PAY_VIEW,
    _registers,
    unit=msg("个月"),
    people=True,
    total=False,
    page="pay.register",
    key="register_id",
    detail=msg("发放情况"),
    said=_register_said,
    named=msg("月份"),
)
