"""When the particulars of those who were not appointed go, and when they went."""

from datetime import date

from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.policy.employment import add_months
from careerpath.policy.recruitment import Outcome, Stage, valid_until
from careerpath.recruitment.models import BatchState, ListLine, RecruitmentBatch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.words import Message, msg

ENDED = (BatchState.CONCLUDED, BatchState.CANCELLED)


def due_on(batch: RecruitmentBatch) -> date | None:
    """The day from which they are purged; ``None`` while the batch has not ended. One query.

    The months that they are kept, and never before the reserve list has run out: who may still move up is needed.
    """
    if batch.state not in ENDED or batch.concluded_on is None:
        return None
    kept_until = add_months(batch.concluded_on, batch.keep_months)
    listed_on = db.session.scalar(
        select(func.max(ListLine.published_on)).where(
            ListLine.batch_id == batch.id, ListLine.stage == Stage.FINAL, ListLine.outcome == Outcome.RESERVE
        )
    )
    if batch.state is BatchState.CANCELLED or listed_on is None:
        return kept_until
    return max(kept_until, valid_until(rules_of(batch), listed_on) or kept_until)


def purge_line(batch: RecruitmentBatch) -> Message:
    """What the page of a batch says of it. One query at the most."""
    if batch.purged_on is not None:
        return msg("未聘用人员的个人信息已于 %(day)s 清除，仅保留人数统计。", day=batch.purged_on)
    day = due_on(batch)
    if day is None:
        return msg("未聘用人员的个人信息在办结后保存 %(months)s 个月，到期自动清除。", months=batch.keep_months)
    return msg("未聘用人员的个人信息保存至 %(day)s，届时自动清除，仅保留人数统计。", day=day)
