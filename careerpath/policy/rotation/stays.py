"""Whether a rotation may be as it is planned, what is due on a day, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careerpath.policy.employment import add_months, birthday_of
from careerpath.policy.reason import Reason
from careerpath.policy.rotation.edition import RotationEdition, RotationKind
from careerpath.words import Message, Refused, msg

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """A rotation from its first day to the last one planned, both included; ``returned_on`` once somebody is back.

    ``first_end`` is the last day as first planned, where it was extended.
    """

    kind: str
    starts_on: date
    ends_on: date
    returned_on: date | None = None
    first_end: date | None = None

    @property
    def last(self) -> date:
        """The last day away: that of an early return where there was one."""
        return self.returned_on or self.ends_on


class Weight(StrEnum):
    """Whether a finding forbids a rotation or asks people to look again."""

    REFUSES = "refuses"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands against a rotation as it is planned."""

    code: str
    weight: Weight
    reason: Reason


def kind_named(edition: RotationEdition, code: str) -> RotationKind:
    """The kind of rotation with this code. Raises ``Refused`` with the known ones."""
    kind = edition.kind(code)
    if kind is None:
        known = "、".join(one.code for one in edition.kinds)
        raise Refused(msg("没有“%(code)s”这种锻炼方式，请改用：%(known)s。", code=code, known=known), field="kind")
    return kind


def months_of(starts_on: date, ends_on: date) -> tuple[int, int]:
    """Full months and the days left, both days included: 1 March to 31 May are three months."""
    until = ends_on + DAY
    months = (until.year - starts_on.year) * 12 + until.month - starts_on.month
    if add_months(starts_on, months) > until:
        months -= 1
    return months, (until - add_months(starts_on, months)).days


def check_stay(edition: RotationEdition, stay: Stay, others: Sequence[Stay] = ()) -> tuple[Finding, ...]:
    """What stands against a rotation beside the others of the same person, which do not hold it itself.

    Full-time ones may not overlap: that refuses. A length outside the limits of the kind warns, because the host may
    have agreed otherwise. Raises ``Refused`` for an unknown kind and for days in the wrong order.
    """
    kind = kind_named(edition, stay.kind)
    if stay.ends_on < stay.starts_on:
        raise Refused(
            msg("结束日期 %(ends)s 早于开始日期 %(starts)s，请核对。", ends=stay.ends_on, starts=stay.starts_on),
            field="ends_on",
        )
    found = [_overlap(edition, kind, stay, other) for other in others]
    found.extend(_lengths(edition, kind, stay))
    return tuple(one for one in found if one is not None)


def _overlap(edition: RotationEdition, kind: RotationKind, stay: Stay, other: Stay) -> Finding | None:
    beside = edition.kind(other.kind)
    # A kind of an earlier edition is taken as full time: nobody can be in two places.
    full_time = beside is None or beside.full_time
    if not kind.full_time or not full_time or stay.starts_on > other.last or other.starts_on > stay.last:
        return None
    used = {"starts_on": stay.starts_on, "ends_on": stay.last, "other": (other.starts_on, other.last)}
    name = beside.name if beside is not None else other.kind
    words = msg("与 %(starts)s 至 %(ends)s 的全脱产%(name)s重叠，请调整时间。", starts=other.starts_on,
                ends=other.last, name=name)  # fmt: skip
    return Finding("overlap", Weight.REFUSES, edition.head.because("overlap", kind.citation, used, False, words))


def _lengths(edition: RotationEdition, kind: RotationKind, stay: Stay) -> list[Finding]:
    first_end = stay.first_end or stay.ends_on
    months, days = months_of(stay.starts_on, min(first_end, stay.ends_on))
    found = []
    if kind.least_months is not None and months < kind.least_months:
        words = msg("%(name)s %(months)s 个月又 %(days)s 天，少于规定的 %(least)s 个月。", name=kind.name,
                    months=months, days=days, least=kind.least_months)  # fmt: skip
        found.append(_length(edition, kind, "too_short", months, days, words))
    if kind.most_months is not None and (months, days) > (kind.most_months, 0):
        words = msg("%(name)s %(months)s 个月又 %(days)s 天，超过规定的 %(most)s 个月。", name=kind.name,
                    months=months, days=days, most=kind.most_months)  # fmt: skip
        found.append(_length(edition, kind, "too_long", months, days, words))
    if kind.most_months is not None and stay.ends_on > first_end:
        more = months_of(first_end + DAY, stay.ends_on)
        if more > (kind.extension, 0):
            words = msg("延长 %(months)s 个月又 %(days)s 天，超过规定的 %(most)s 个月。", months=more[0], days=more[1],
                        most=kind.extension)  # fmt: skip
            found.append(_length(edition, kind, "extended", *more, words))
    return found


def _length(edition: RotationEdition, kind: RotationKind, code: str, months: int, days: int, words: Message) -> Finding:
    used = {"months": months, "days": days, "least": kind.least_months, "most": kind.most_months}
    return Finding(code, Weight.WARNS, edition.head.because("length", kind.citation, used, code, words))


def reports_due(edition: RotationEdition, stay: Stay) -> tuple[date, ...]:
    """The days by which reports are due: after each so many months, and on the last day."""
    kind = kind_named(edition, stay.kind)
    if kind.report_every is None:
        return ()
    days, place = [], 1
    while (day := add_months(stay.starts_on, kind.report_every * place) - DAY) < stay.last:
        days.append(day)
        place += 1
    return (*days, stay.last)


def overdue_by(stay: Stay, on: date) -> int:
    """Days since the return was due; 0 for who is back, or still has time."""
    return 0 if stay.returned_on is not None else max((on - stay.ends_on).days, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """Whether it is somebody's turn: the last rotation, and the day since which the next one has been due."""

    last: date | None
    since: date
    is_due: bool
    reason: Reason


def turn_of(edition: RotationEdition, joined_on: date, stays: Sequence[Stay], on: date) -> Due | None:
    """Whether somebody has been on no rotation for too long; ``None`` where the edition asks nothing of the kind."""
    rule = edition.turn
    if rule is None:
        return None
    last = max((min(stay.last, on) for stay in stays if stay.starts_on <= on), default=None)
    begins = birthday_of(joined_on, rule.after_years)
    since = begins if last is None else birthday_of(last, rule.within_years)
    since = max(since, begins)
    is_due = since <= on
    told: dict[str, object] = {"years": rule.within_years, "since": since}
    if last is None:
        words = msg("%(joined)s 进社区，尚未参加过轮岗锻炼，%(since)s 起应安排。", joined=joined_on, **told)
    else:
        words = msg("最近一次轮岗锻炼到 %(last)s，每 %(years)s 年一次，%(since)s 起应再安排。", last=last, **told)
    used = {"joined_on": joined_on, "last": last, "within_years": rule.within_years}
    return Due(last, since, is_due, edition.head.because("turn", rule.citation, used, is_due, words))
