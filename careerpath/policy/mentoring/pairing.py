"""What a pairing asks of the two: its last day, its reviews, when it stalls, and whether a mentor has a place left."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.employment import add_months
from careerpath.policy.mentoring.edition import MentoringEdition
from careerpath.policy.mentoring.fitting import Mentor, cap_of, free_places, kind_of
from careerpath.policy.reason import Reason
from careerpath.words import Refused, msg

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pairing from its first to its last day, both included, with the days of its logs and reviews."""

    starts_on: date
    ends_on: date
    logs: tuple[date, ...] = ()
    reviews: tuple[date, ...] = ()


def usual_end(edition: MentoringEdition, starts_on: date) -> date:
    """The last day of a pairing of the usual term."""
    return add_months(starts_on, edition.term.months) - DAY


def reviews_due(edition: MentoringEdition, pairing: Pairing) -> tuple[date, ...]:
    """The days by which reviews are due: after each so many months, the last one on the last day."""
    days, place = [], 1
    while (day := add_months(pairing.starts_on, edition.term.review_every * place) - DAY) < pairing.ends_on:
        days.append(day)
        place += 1
    return (*days, pairing.ends_on)


def reviews_missing(edition: MentoringEdition, pairing: Pairing, on: date) -> tuple[date, ...]:
    """The days of reviews that are due by a day and were not held: each needs one of its own span."""
    missing, first = [], pairing.starts_on
    for due in reviews_due(edition, pairing):
        if due <= on and not any(first <= held <= due for held in pairing.reviews):
            missing.append(due)
        first = due + DAY
    late = sum(held > pairing.ends_on for held in pairing.reviews)
    # A review held late still makes up for the last one.
    return tuple(missing[: len(missing) - late]) if late else tuple(missing)


@dataclass(frozen=True, slots=True)
class Stall:
    """A pairing without a log for too long: days since the last one, or since it began."""

    days: int
    reason: Reason


def stalled(edition: MentoringEdition, pairing: Pairing, on: date) -> Stall | None:
    """Whether a pairing that runs on a day has stalled; ``None`` while it has not begun, goes on well, or is over."""
    if not pairing.starts_on <= on <= pairing.ends_on:
        return None
    last = max((day for day in pairing.logs if day <= on), default=None)
    days = (on - (last or pairing.starts_on)).days
    if days <= edition.term.stalled_after:
        return None
    told: dict[str, object] = {"days": days, "limit": edition.term.stalled_after}
    words = msg("结对以来 %(days)s 天没有帮带记录，超过 %(limit)s 天。", **told)
    if last is not None:
        words = msg("最近一次帮带记录在 %(last)s，已有 %(days)s 天，超过 %(limit)s 天。", last=last, **told)
    used = {"last": last, "days": days, "stalled_after": edition.term.stalled_after}
    return Stall(days, edition.head.because("stalled", edition.term.citation, used, True, words))


def check_place(edition: MentoringEdition, mentor: Mentor, reason: str = "") -> Reason:
    """That a mentor may take one more person; above the cap only with a reason. Raises ``Refused``."""
    kind, cap = kind_of(edition, mentor), cap_of(edition, mentor)
    told: dict[str, object] = {"kind": kind.name, "count": mentor.mentees, "cap": cap}
    used = {"mentees": mentor.mentees, "cap": cap, "reason": reason.strip()}
    if free_places(edition, mentor):
        words = msg("%(kind)s现带 %(count)s 人，最多 %(cap)s 人，可以结对。", **told)
    elif reason.strip():
        words = msg("%(kind)s现带 %(count)s 人，已达 %(cap)s 人，经说明理由超额结对：%(reason)s。", **told,
                    reason=reason.strip().rstrip("。"))  # fmt: skip
    else:
        raise Refused(
            msg("%(kind)s现带 %(count)s 人，已达 %(cap)s 人，确需超额结对的请填写理由。", **told), field="reason"
        )
    return edition.head.because("cap", kind.citation, used, True, words)
