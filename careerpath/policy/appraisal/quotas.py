"""How many people of a unit may be 优秀."""

from dataclasses import dataclass
from decimal import Decimal

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.codes import Grade
from careerpath.policy.reason import Reason, percent
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Quota:
    """The quota of 优秀 of one unit: ``allowed`` of ``denominator`` graded people, ``used`` so far.

    Without a quota in the edition everybody is allowed, and ``limited`` is false.
    """

    allowed: int
    used: int
    denominator: int
    limited: bool
    reason: Reason

    @property
    def left(self) -> int:
        """Places still free; never below 0."""
        return max(0, self.allowed - self.used)

    @property
    def exceeded(self) -> bool:
        """Whether more people are 优秀 than allowed."""
        return self.used > self.allowed

    @property
    def problem(self) -> Message | None:
        """What to say when the quota is exceeded, else ``None``."""
        if not self.exceeded:
            return None
        return msg(
            "优秀名额已超出（%(used)s/%(allowed)s，依据%(document)s%(clause)s），请减少优秀人数，或先登记批准文件。",
            used=self.used,
            allowed=self.allowed,
            document=self.reason.document,
            clause=self.reason.clause,
        )

    @property
    def full(self) -> Message | None:
        """What to say to somebody who would add one more, when no place is free; else ``None``."""
        if not self.limited or self.left:
            return None
        return msg(
            "优秀名额已满（%(used)s/%(allowed)s，依据%(document)s%(clause)s），请先调整他人等次，或先登记批准文件。",
            used=self.used,
            allowed=self.allowed,
            document=self.reason.document,
            clause=self.reason.clause,
        )


ROUNDINGS = {"down": msg("向下取整"), "half_up": msg("四舍五入"), "up": msg("向上取整")}


def counts_for_quota(edition: AppraisalEdition, grade: Grade) -> bool:
    """Whether a person with this grade is in the denominator of the quota."""
    return edition.quota is None or grade in edition.quota.counted


def quota(edition: AppraisalEdition, graded_count: int, excellent_count: int, with_approval: bool = False) -> Quota:
    """The quota of a unit with ``graded_count`` people in the denominator, ``excellent_count`` of them 优秀.

    ``with_approval``: a document approving the larger share is on record. Raises ``Refused`` for impossible counts and
    for an approval that the edition does not know.
    """
    if graded_count < 0 or not 0 <= excellent_count <= graded_count:
        raise Refused(
            msg(
                "优秀 %(used)s 人、参加考核 %(graded)s 人，人数不可能成立，请核对名册。",
                used=excellent_count,
                graded=graded_count,
            )
        )
    rule = edition.quota
    if rule is None:
        unlimited = edition.head.because(
            "quota", edition.head.ground, {"graded": graded_count}, graded_count, msg("办法未规定优秀比例。")
        )
        return Quota(graded_count, excellent_count, graded_count, False, unlimited)
    share = rule.share
    if with_approval:
        if rule.with_approval_share is None:
            raise Refused(msg("%(title)s没有规定经批准提高的优秀比例，请按原比例评定。", title=edition.head.title))
        share = rule.with_approval_share
    allowed = int((share * graded_count).to_integral_value(rule.rounding.mode))
    sentence = msg(
        "优秀名额 %(allowed)s 名：%(graded)s 人的 %(share)s，%(rounding)s。",
        allowed=allowed,
        graded=graded_count,
        share=percent(share),
        rounding=ROUNDINGS[rule.rounding.value],
    )
    used: dict[str, int | Decimal | bool] = {"graded": graded_count, "share": share, "with_approval": with_approval}
    reason = edition.head.because("quota", rule.citation, used, allowed, sentence)
    return Quota(allowed, excellent_count, graded_count, True, reason)
