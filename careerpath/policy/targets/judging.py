"""Whether a target is reached, and by how many people it is missed or passed."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from careerpath.policy.reason import Reason, percent, show
from careerpath.policy.targets.edition import Measure, Target, TargetsEdition
from careerpath.words import Message, Refused, msg

ZERO = Decimal(0)
SHARE_STEP, RATIO_STEP = Decimal("0.0001"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted: ``count`` alone for people; the part and the ``whole`` for a share.

    For households per worker ``count`` are the households, ``whole`` the people in service.
    """

    count: int
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A target beside what was counted.

    ``value`` is what is shown: a number of people, a share cut off to four decimals, a ratio with two. It is ``None``,
    and so is ``met``, where there is nothing to divide by. ``lacking`` and ``over`` are people.
    """

    target: Target
    figure: Figure
    value: Decimal | None
    met: bool | None
    lacking: int
    over: int
    reason: Reason


def judge(edition: TargetsEdition, target: Target, figure: Figure) -> Judged:
    """A target held against what was counted. Raises ``Refused`` for figures that cannot be."""
    _check(target, figure)
    value = _value(target, figure)
    lacking, over = (0, 0) if value is None else _distance(target, figure)
    met = None if value is None else lacking == 0 and over == 0
    used = {"count": figure.count, "whole": figure.whole, "least": target.least, "most": target.most}
    words = _words(target, figure, value, lacking, over)
    return Judged(
        target, figure, value, met, lacking, over, edition.head.because("target", target.citation, used, value, words)
    )


def _check(target: Target, figure: Figure) -> None:
    divided = target.measure.is_share or target.measure is Measure.HOUSEHOLDS_PER_WORKER
    if divided == (figure.whole is None):
        raise Refused(msg("“%(name)s”的数字不完整：比例要有部分和总数。", name=target.name), field="whole")
    if figure.count < 0 or (figure.whole or 0) < 0:
        raise Refused(msg("“%(name)s”的数字不能为负。", name=target.name), field="count")
    if target.measure.is_share and figure.whole is not None and figure.count > figure.whole:
        told: dict[str, object] = {"name": target.name, "count": figure.count, "whole": figure.whole}
        raise Refused(
            msg("“%(name)s”的 %(count)s 人多于总数 %(whole)s 人：按人计算，不按人次。", **told), field="count"
        )


def _value(target: Target, figure: Figure) -> Decimal | None:
    if figure.whole is None:
        return Decimal(figure.count)
    if not figure.whole:
        return None
    exact = Decimal(figure.count) / figure.whole
    return (
        exact.quantize(SHARE_STEP, ROUND_DOWN) if target.measure.is_share else exact.quantize(RATIO_STEP, ROUND_HALF_UP)
    )


def _distance(target: Target, figure: Figure) -> tuple[int, int]:
    """How many people are lacking and how many are too many, by exact numbers, not by those that are shown."""
    low, high = target.least, target.most
    if target.measure is Measure.HOUSEHOLDS_PER_WORKER:
        # Many households for each worker means too few workers.
        workers = figure.whole or 0
        fewest = _up(Decimal(figure.count) / high) if high else 0
        most = _down(Decimal(figure.count) / low) if low else workers
        return max(fewest - workers, 0), max(workers - most, 0)
    base = Decimal(1) if figure.whole is None else Decimal(figure.whole)
    lacking = _up(low * base) - figure.count if low is not None else 0
    over = figure.count - _down(high * base) if high is not None else 0
    return max(lacking, 0), max(over, 0)


def _up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _down(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))


def _words(target: Target, figure: Figure, value: Decimal | None, lacking: int, over: int) -> Message:
    told: dict[str, object] = {"name": target.name, "wanted": _wanted(target)}
    if value is None:
        return msg("%(name)s：没有在岗人员，不作评价。", **told)
    told |= {"count": figure.count, "whole": figure.whole}
    if target.measure is Measure.HOUSEHOLDS_PER_WORKER:
        found = msg("%(count)s 户、在岗 %(whole)s 人，每人 %(value)s 户", **told, value=show(value))
    elif target.measure.is_share:
        found = msg("%(whole)s 人中 %(count)s 人，占 %(value)s", **told, value=percent(value))
    else:
        found = msg("%(count)s 人", **told)
    verdict = msg("已达到")
    if lacking:
        verdict = msg("还差 %(count)s 人", count=lacking)
    elif over:
        verdict = msg("多 %(count)s 人", count=over)
    return msg("%(name)s：%(found)s，目标%(wanted)s，%(verdict)s。", **told, found=found, verdict=verdict)


def _wanted(target: Target) -> Message:
    def said(limit: Decimal) -> str:
        return percent(limit) if target.measure.is_share else show(limit)

    if target.least is not None and target.most is not None:
        if target.least == target.most:
            return msg("为 %(limit)s", limit=said(target.least))
        return msg("为 %(least)s—%(most)s", least=said(target.least), most=said(target.most))
    if target.least is not None:
        return msg("不低于 %(limit)s", limit=said(target.least))
    return msg("不超过 %(limit)s", limit=said(target.most or ZERO))
