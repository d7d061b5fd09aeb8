"""From a quota and the people of a unit to its vacancies: whoever is seconded still counts at home."""

from dataclasses import dataclass, fields

from careerpath.policy.headcount.edition import HeadcountEdition
from careerpath.policy.headcount.parts import Place
from careerpath.policy.reason import Reason
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class Staffing:
    """The people of a unit on one day, each counted once.

    ``serving`` belong to the unit and work there, ``seconded_away`` belong to it and work elsewhere for the time being,
    ``seconded_here`` belong to another unit. Raises ``Refused`` for a number below zero.
    """

    serving: int
    seconded_away: int = 0
    seconded_here: int = 0

    def __post_init__(self) -> None:
        for item in fields(self):
            if getattr(self, item.name) < 0:
                raise Refused(msg("人数不能小于 0，请核对后重填。"), field=item.name)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """How many places are filled, vacant and in excess; the last two are ``None`` while there is no quota."""

    actual: int
    vacant: int | None
    excess: int | None
    reasons: tuple[Reason, ...]


def vacancy(edition: HeadcountEdition, quota: int | None, staffing: Staffing) -> Vacancy:
    """The vacancies of a unit; a quota is never fallen short of and exceeded at once."""
    rule = edition.secondment
    at_home = rule.counted_at is Place.HOME
    actual = staffing.serving + (staffing.seconded_away if at_home else staffing.seconded_here)
    used = {item.name: getattr(staffing, item.name) for item in fields(staffing)} | {"counted_at": rule.counted_at}
    counts = {
        "serving": staffing.serving,
        "away": staffing.seconded_away,
        "here": staffing.seconded_here,
        "actual": actual,
    }
    if at_home:
        told = msg(
            "在本单位工作 %(serving)s 人，派往外单位 %(away)s 人仍计入本单位，"
            "外单位派来 %(here)s 人不计入，实有 %(actual)s 人。",
            **counts,
        )
    else:
        told = msg(
            "在本单位工作 %(serving)s 人，派往外单位 %(away)s 人不计入本单位，"
            "外单位派来 %(here)s 人计入，实有 %(actual)s 人。",
            **counts,
        )
    reasons = [edition.head.because("actual", rule.citation, used, actual, told)]
    if quota is None:
        told = msg("员额尚未核定，不能计算空编。")
        reasons.append(edition.head.because("vacancy", edition.head.ground, {"actual": actual}, None, told))
        return Vacancy(actual, None, None, tuple(reasons))
    vacant, excess = max(quota - actual, 0), max(actual - quota, 0)
    if excess:
        told = msg(
            "员额 %(quota)s 名，实有 %(actual)s 人，超编 %(excess)s 人。", quota=quota, actual=actual, excess=excess
        )
    else:
        told = msg(
            "员额 %(quota)s 名，实有 %(actual)s 人，空编 %(vacant)s 名。", quota=quota, actual=actual, vacant=vacant
        )
    used = {"quota": quota, "actual": actual}
    reasons.append(edition.head.because("vacancy", edition.head.ground, used, vacant, told))
    return Vacancy(actual, vacant, excess, tuple(reasons))
