"""What both sides contribute in one month, each item with its base, its rates and its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from careerpath.policy.insurance.edition import BaseKind, InsuranceEdition, Item, to_unit
from careerpath.policy.reason import Reason, percent, show
from careerpath.words import Message, Refused, msg

DECLARED = msg("申报缴费基数")
MONTHLY = msg("当月工资")


@dataclass(frozen=True, slots=True)
class InsuranceFacts:
    """What is known of one person in one month.

    ``on`` is a day of the month; ``monthly`` the regular pay of that month and ``declared_base`` the contribution base
    declared for the year, both in yuan; ``exempt`` the codes of items that the person does not join. Raises
    ``Refused`` for an amount that cannot be.
    """

    on: date
    monthly: Decimal | None = None
    declared_base: Decimal | None = None
    exempt: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field, name, amount in (
            ("monthly", MONTHLY, self.monthly),
            ("declared_base", DECLARED, self.declared_base),
        ):
            if amount is not None and not (amount.is_finite() and amount >= 0):
                raise Refused(
                    msg("%(name)s为 %(amount)s，应为 0 或正数，请改正。", name=name, amount=amount), field=field
                )


@dataclass(frozen=True, slots=True)
class Contribution:
    """One item of one month: the base it was computed on, and what each side pays, in yuan."""

    code: str
    name: str
    base: Decimal
    employer: Decimal
    employee: Decimal


@dataclass(frozen=True, slots=True)
class Contributions:
    """All items of one month. ``base``, ``employer`` and ``employee`` are ``None`` while something is ``missing``.

    The edition and the facts stay with the amounts, so that the reasons of one person need not be written out for
    everybody of a month.
    """

    edition: InsuranceEdition
    facts: InsuranceFacts
    base: Decimal | None
    items: tuple[Contribution, ...]
    employer: Decimal | None
    employee: Decimal | None
    missing: tuple[Message, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why: one line for the base, one for each item of the edition, one for the totals. Made anew at each call."""
        return tuple(_explain(self))


def contributions(edition: InsuranceEdition, facts: InsuranceFacts) -> Contributions:
    """The contributions of one person in one month under the edition of that month.

    The wage is rounded to the unit of the base first and then kept within the limits, so that a limit is never left by
    rounding; each amount is rounded by its own item, and the totals are the sums of rounded amounts. Nothing is
    guessed: without the wage that the edition asks for there are no items. Raises ``Refused`` for a month before the
    edition begins and for an exemption from an item that the edition does not have.
    """
    _refuse_early_month(edition, facts.on)
    _refuse_unknown_codes(edition, facts.exempt)
    found = _wage(edition.base.kind, facts)
    if found is None:
        return Contributions(edition, facts, None, (), None, None, (_wanted(edition.base.kind, facts.on),))
    wage, _name = found
    rounded = edition.base.rounded(wage)
    limits = edition.base.limits
    base = _within(rounded, *limits)
    joined = (item for item in edition.items if item.code not in facts.exempt)
    items = tuple(_contribution(item, rounded, limits) for item in joined)
    employer = sum((item.employer for item in items), Decimal(0))
    employee = sum((item.employee for item in items), Decimal(0))
    return Contributions(edition, facts, base, items, employer, employee, ())


def _wage(kind: BaseKind, facts: InsuranceFacts) -> tuple[Decimal, Message] | None:
    if kind is not BaseKind.MONTHLY and facts.declared_base is not None:
        return facts.declared_base, DECLARED
    if kind is not BaseKind.DECLARED and facts.monthly is not None:
        return facts.monthly, MONTHLY
    return None


def _wanted(kind: BaseKind, on: date) -> Message:
    if kind is BaseKind.DECLARED:
        return msg("缺少 %(on)s 适用的申报缴费基数，请补录后重算。", on=on)
    if kind is BaseKind.MONTHLY:
        return msg("缺少 %(on)s 所在月的工资，请先算出当月工资。", on=on)
    return msg("缺少 %(on)s 适用的申报缴费基数和当月工资，请补录其中一项。", on=on)


def _within(wage: Decimal, lowest: Decimal, highest: Decimal) -> Decimal:
    return min(max(wage, lowest), highest)


def _contribution(item: Item, rounded: Decimal, limits: tuple[Decimal, Decimal]) -> Contribution:
    base = _within(rounded, *item.limits(limits))
    employer = to_unit(base * item.employer_rate, item.unit, item.rounding)
    employee = to_unit(base * item.employee_rate, item.unit, item.rounding) + item.employee_amount
    return Contribution(item.code, item.name, base, employer, employee)


def _explain(found: Contributions) -> Iterator[Reason]:
    edition, facts = found.edition, found.facts
    wage = _wage(edition.base.kind, facts)
    if wage is None or found.base is None or found.employer is None or found.employee is None:
        for wanted in found.missing:
            yield edition.head.because("missing", edition.base.citation, {"on": facts.on}, None, wanted)
        return
    yield _base_reason(edition, *wage, found.base)
    joined = {item.code: item for item in found.items}
    for item in edition.items:
        contribution = joined.get(item.code)
        if contribution is None:
            yield _exempt_reason(edition, item)
        else:
            yield _item_reason(edition, item, wage[0], contribution)
    sentence = msg(
        "合计：单位 %(employer)s 元，个人 %(employee)s 元。",
        employer=show(found.employer),
        employee=show(found.employee),
    )
    total = {"employer": found.employer, "employee": found.employee}
    yield edition.head.because("total", edition.head.ground, {"on": facts.on}, total, sentence)


def _base_reason(edition: InsuranceEdition, wage: Decimal, wage_name: Message, base: Decimal) -> Reason:
    lowest, highest = edition.base.limits
    rounded = edition.base.rounded(wage)
    if base > rounded:
        how = msg("低于下限，按下限计")
    elif base < rounded:
        how = msg("高于上限，按上限计")
    else:
        how = msg("在限额之内")
    sentence = msg(
        "%(name)s %(wage)s 元（下限 %(floor)s 元，上限 %(ceiling)s 元），%(how)s，缴费基数 %(base)s 元。",
        name=wage_name,
        wage=show(wage),
        floor=show(lowest),
        ceiling=show(highest),
        how=how,
        base=show(base),
    )
    used = {"wage": wage, "floor": lowest, "ceiling": highest}
    return edition.head.because("base", edition.base.citation, used, base, sentence)


def _item_reason(edition: InsuranceEdition, item: Item, wage: Decimal, found: Contribution) -> Reason:
    lowest, highest = item.limits(edition.base.limits)
    used: dict[str, object] = {
        "wage": wage,
        "floor": lowest,
        "ceiling": highest,
        "base": found.base,
        "employer_rate": item.employer_rate,
        "employee_rate": item.employee_rate,
    }
    values: dict[str, object] = {
        "name": item.name,
        "base": show(found.base),
        "rate": percent(item.employer_rate),
        "employer": show(found.employer),
        "own": percent(item.employee_rate),
        "employee": show(found.employee),
    }
    if item.employee_amount:
        used["employee_amount"] = item.employee_amount
        sentence = msg(
            "%(name)s：基数 %(base)s 元，单位 %(rate)s 为 %(employer)s 元，"
            "个人 %(own)s 另加 %(fixed)s 元，共 %(employee)s 元。",
            fixed=show(item.employee_amount),
            **values,
        )
    else:
        sentence = msg(
            "%(name)s：基数 %(base)s 元，单位 %(rate)s 为 %(employer)s 元，个人 %(own)s 为 %(employee)s 元。", **values
        )
    value = {"employer": found.employer, "employee": found.employee}
    return edition.head.because(item.code, item.citation, used, value, sentence)


def _exempt_reason(edition: InsuranceEdition, item: Item) -> Reason:
    nothing = {"employer": Decimal(0), "employee": Decimal(0)}
    sentence = msg("%(name)s：本人不参加，不缴费。", name=item.name)
    return edition.head.because(item.code, item.citation, {"exempt": True}, nothing, sentence)


def _refuse_early_month(edition: InsuranceEdition, on: date) -> None:
    if on < edition.head.effective_from:
        raise Refused(
            msg(
                "“%(title)s”自 %(from_day)s 起施行，不能用于 %(on)s，请改用当时的版本。",
                title=edition.head.title,
                from_day=edition.head.effective_from,
                on=on,
            ),
            field="on",
        )


def _refuse_unknown_codes(edition: InsuranceEdition, codes: tuple[str, ...]) -> None:
    known = [item.code for item in edition.items]
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, n=1, cutoff=0.5) or known
            raise Refused(
                msg("没有代码为“%(code)s”的险种，请改用：%(known)s。", code=code, known="、".join(near)),
                field="exempt",
            )
