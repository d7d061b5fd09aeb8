"""Sums of confirmed months: by month and by part of the unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, case, func, select, type_coerce

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.sections.pay.lists import confirmed
from careerpath.annual_reports.queries.sections.reckoning import CENT, by_part, ratio
from careerpath.core.db import db
from careerpath.pay.models import PayLine, PayRegister, PayRun

FEWEST = 3
"""Below so many people an average would tell what one of them is paid."""
TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class PaySums:
    """Some months of some people: person-months paid, and sums in fen."""

    paid: int = 0
    gross: int = 0
    back_pay: int = 0
    employer: int = 0
    most: int = 0
    """The most people who were paid in one of the months."""
    hidden: bool = False
    """Whether the sums are kept back because a reader could subtract them."""

    @classmethod
    def of_month(cls, numbers: Sequence[Any]) -> "PaySums":
        """One month: people paid, gross pay, back pay and the employer's side."""
        paid, gross, back_pay, employer = map(int, numbers)
        return cls(paid, gross, back_pay, employer, paid)

    @property
    def average(self) -> Decimal | None:
        """Yuan of gross pay for each person and month, without back pay; none where it would tell of one person."""
        return ratio(self.gross, self.paid * 100, CENT) if self.paid and self.told else None

    @property
    def told(self) -> bool:
        """Whether sums tell of nobody alone."""
        return not self.hidden and (self.most >= FEWEST or not self.most)

    def together(self, other: "PaySums") -> "PaySums":
        """Both, of different months."""
        return PaySums(
            self.paid + other.paid,
            self.gross + other.gross,
            self.back_pay + other.back_pay,
            self.employer + other.employer,
            max(self.most, other.most),
        )


@dataclass(frozen=True, slots=True)
class Month:
    """One confirmed month. ``run_id`` is the run, where it is one alone; ``example``: by amounts that are none's."""

    first: date
    sums: PaySums
    run_id: int | None
    example: bool


def ten_thousands(cents: int) -> Decimal:
    """Fen as 万元 with two decimals."""
    return (Decimal(cents) * CENT / TEN_THOUSAND).quantize(CENT)


def all_of(sums: Iterable[PaySums]) -> PaySums:
    """Some months together."""
    found = PaySums()
    for one in sums:
        found = found.together(one)
    return found


def months_of(scope: Scope) -> list[Month]:
    """The confirmed months of the year and of the year before, earliest first. One query."""
    marks = [
        case((edition["head"]["example"].as_boolean(), 1), else_=0)
        for edition in (PayRun.pay_edition, PayRun.insurance_edition)
    ]
    query: Any = (
        select(
            PayRegister.month,
            func.min(PayRun.id),
            func.max(PayRun.id),
            func.max(marks[0] + marks[1]),
            func.sum(PayRegister.people - PayRegister.lacking),
            *(_fen(column) for column in (PayRegister.gross, PayRegister.back_pay, PayRegister.employer)),
        )
        .where(*confirmed(scope), PayRegister.month.between(scope.last_first, scope.on))
        .group_by(PayRegister.month)
        .order_by(PayRegister.month)
    )
    return [
        Month(month, PaySums.of_month(numbers), low if low == high else None, bool(example))
        for month, low, high, example, *numbers in db.session.execute(query)
    ]


def sums_by_part(scope: Scope) -> dict[Part | None, PaySums]:
    """The year's sums of each part and, where there are any, of what belongs to none. One query.

    Registers are those of streets; the communities of a street are told apart by the lines of the register.
    """
    if scope.kind in STREET_KINDS:
        numbers: Sequence[Any] = (
            func.sum(case((_lacking_line(), 0), else_=1)),
            *(_fen(column) for column in (PayLine.gross, PayLine.back_pay, PayLine.employer)),
        )
        query: Any = (
            select(Unit.path, PayLine.month, *numbers)
            .select_from(PayLine)
            .join(PayRegister, PayRegister.id == PayLine.register_id)
            .join(Unit, Unit.id == PayLine.unit_id)
            .group_by(Unit.path, PayLine.month)
        )
    else:
        numbers = (
            func.sum(PayRegister.people - PayRegister.lacking),
            *(_fen(column) for column in (PayRegister.gross, PayRegister.back_pay, PayRegister.employer)),
        )
        query = (
            select(Unit.path, PayRegister.month, *numbers)
            .select_from(PayRegister)
            .join(Unit, Unit.id == PayRegister.unit_id)
            .group_by(Unit.path, PayRegister.month)
        )
    rows = db.session.execute(query.where(*confirmed(scope), PayRegister.month.between(scope.first, scope.on))).all()
    by_month: dict[date, list[Sequence[Any]]] = {}
    for path, month, *found in rows:
        by_month.setdefault(month, []).append((path, *found))
    sums: dict[Part | None, PaySums] = {}
    for each in by_month.values():
        for part, amounts in by_part(scope, each).items():
            sums[part] = sums.get(part, PaySums()).together(PaySums.of_month(amounts))
    return _safe(sums)


def _safe(sums: dict[Part | None, PaySums]) -> dict[Part | None, PaySums]:
    """The same, so that what one alone keeps back is not found by subtracting the others from the whole."""
    paid = {part: one for part, one in sums.items() if one.paid and one.told}
    if sum(not one.told for one in sums.values()) != 1 or not paid:
        return sums
    fewest = min(paid, key=lambda part: paid[part].paid)
    return {**sums, fewest: replace(sums[fewest], hidden=True)}


def _fen(column: Any) -> Any:
    return func.coalesce(func.sum(type_coerce(column, BigInteger)), 0)


def _lacking_line() -> Any:
    return (PayLine.served > 0) & PayLine.reasons_id.is_(None)
