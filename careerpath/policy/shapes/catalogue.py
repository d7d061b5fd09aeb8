"""The shapes of all rules, one line each."""

from collections.abc import Mapping

from careerpath.policy.shapes.appraisal import APPRAISAL
from careerpath.policy.shapes.headcount import HEADCOUNT
from careerpath.policy.shapes.holidays import HOLIDAYS
from careerpath.policy.shapes.insurance import INSURANCE
from careerpath.policy.shapes.mentoring import MENTORING
from careerpath.policy.shapes.pay import PAY
from careerpath.policy.shapes.recruitment import RECRUITMENT
from careerpath.policy.shapes.retirement import RETIREMENT
from careerpath.policy.shapes.rotation import ROTATION
from careerpath.policy.shapes.shape import Shape
from careerpath.policy.shapes.talent_pool import TALENT_POOL
from careerpath.policy.shapes.targets import TARGETS
from careerpath.policy.shapes.training import TRAINING
from careerpath.words import Refused, msg

SHAPES: Mapping[str, Shape] = {
    shape.rule: shape
    for shape in (
        APPRAISAL,
        PAY,
        INSURANCE,
        RETIREMENT,
        HEADCOUNT,
        HOLIDAYS,
        MENTORING,
        RECRUITMENT,
        ROTATION,
        TALENT_POOL,
        TARGETS,
        TRAINING,
    )
}


def shape_of(rule: str) -> Shape:
    """The shape of a rule; refuses an unknown one."""
    shape = SHAPES.get(rule)
    if shape is None:
        raise Refused(
            msg("没有名为“%(name)s”的规则，请改用：%(known)s。", name=rule, known="、".join(SHAPES)), field="rule"
        )
    return shape
