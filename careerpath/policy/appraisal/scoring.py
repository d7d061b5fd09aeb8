"""From points and satisfaction to a total, each step with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.facts import Facts
from careerpath.policy.appraisal.parts import Indicator
from careerpath.policy.reason import Reason, show
from careerpath.words import Refused, msg

CENT = Decimal("0.01")
"""A total has two decimals."""


@dataclass(frozen=True, slots=True)
class Score:
    """The total (two decimals; ``None`` while an indicator is missing), points by indicator, and why."""

    total: Decimal | None
    points: Mapping[str, Decimal]
    missing: tuple[Indicator, ...]
    reasons: tuple[Reason, ...]


def score(edition: AppraisalEdition, facts: Facts) -> Score:
    """The total of all indicators: the sum of points × weight, rounded half up to two decimals at the end.

    The indicator fed by satisfaction takes satisfaction × maximum ÷ 100, rounded to its own decimals first, so that the
    points shown add up to the total shown. Raises ``Refused``, naming the indicator, for points that cannot be.
    """
    _refuse_unknown(edition, facts)
    points: dict[str, Decimal] = {}
    missing: list[Indicator] = []
    reasons: list[Reason] = []
    total = Decimal(0)
    for indicator in edition.indicators:
        found = _points(edition, indicator, facts)
        if found is None:
            missing.append(indicator)
            continue
        points[indicator.code], reason = found
        reasons.append(reason)
        total += points[indicator.code] * indicator.weight
    if missing or not edition.indicators:
        return Score(None, points, tuple(missing), tuple(reasons))
    rounded = total.quantize(CENT, ROUND_HALF_UP)
    because = edition.head.because(
        "total", edition.head.ground, points, rounded, msg("各项合计 %(total)s 分。", total=show(rounded))
    )
    reasons.append(because)
    return Score(rounded, points, (), tuple(reasons))


def _refuse_unknown(edition: AppraisalEdition, facts: Facts) -> None:
    known = [indicator.code for indicator in edition.indicators]
    for code in facts.scores:
        if code not in known:
            near = get_close_matches(code, known, n=1, cutoff=0.5) or known
            raise Refused(
                msg("没有代码为“%(code)s”的考核指标，请改用：%(known)s。", code=code, known="、".join(near) or "—"),
                field=code,
            )


def _points(edition: AppraisalEdition, indicator: Indicator, facts: Facts) -> tuple[Decimal, Reason] | None:
    given = facts.scores.get(indicator.code)
    if given is not None:
        _refuse_wrong_points(indicator, given)
    computed = None
    if indicator.from_satisfaction and facts.satisfaction is not None:
        step = Decimal(1).scaleb(-indicator.decimals)
        computed = (facts.satisfaction * indicator.maximum / 100).quantize(step, ROUND_HALF_UP)
    if given is not None and computed is not None and given != computed:
        raise Refused(
            msg(
                "“%(name)s”填写 %(given)s 分，与满意度 %(percent)s%% 折算的 %(computed)s 分不一致，请只填其中一项。",
                name=indicator.name,
                given=show(given),
                percent=show(facts.satisfaction or 0),
                computed=show(computed),
            ),
            field=indicator.code,
        )
    if computed is not None:
        sentence = msg(
            "%(name)s：满意度 %(percent)s%% × %(maximum)s ÷ 100 = %(value)s 分。",
            name=indicator.name,
            percent=show(facts.satisfaction or 0),
            maximum=show(indicator.maximum),
            value=show(computed),
        )
        used: Mapping[str, object] = {"satisfaction": facts.satisfaction}
        return computed, edition.head.because("indicator", indicator.citation, used, computed, sentence)
    if given is None:
        return None
    value = given * indicator.weight
    sentence = msg(
        "%(name)s：%(given)s 分（满分 %(maximum)s）。",
        name=indicator.name,
        given=show(given),
        maximum=show(indicator.maximum),
    )
    if indicator.weight != 1:
        sentence = msg(
            "%(name)s：%(given)s 分 × %(weight)s = %(value)s 分。",
            name=indicator.name,
            given=show(given),
            weight=show(indicator.weight),
            value=show(value),
        )
    return given, edition.head.because("indicator", indicator.citation, {indicator.code: given}, value, sentence)


def _refuse_wrong_points(indicator: Indicator, given: Decimal) -> None:
    problem = None
    if not given.is_finite():
        problem = msg("“%(name)s”应为数字，请改正。", name=indicator.name)
    elif not 0 <= given <= indicator.maximum:
        problem = msg(
            "“%(name)s”为 %(given)s 分，应在 0 至 %(maximum)s 分之间，请改正。",
            name=indicator.name,
            given=show(given),
            maximum=show(indicator.maximum),
        )
    elif given != given.quantize(Decimal(1).scaleb(-indicator.decimals)):
        problem = msg(
            "“%(name)s”为 %(given)s 分，最多 %(decimals)s 位小数，请改正。",
            name=indicator.name,
            given=show(given),
            decimals=indicator.decimals,
        )
    if problem is not None:
        raise Refused(problem, field=indicator.code)
