"""Plans of batches, as the tests of batches and their positions give them."""

from datetime import date
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.operations.batches import BatchPlan, plan_batch, publish_batch
from careerpath.recruitment.operations.positions import NewPosition, put_positions
from tests.factories.access import Town

DOCUMENT = "费社工发〔2025〕9号"


def plan(**changes: Any) -> BatchPlan:
    given: dict[str, Any] = {
        "name": "第四批（2025年）",
        "title": "费县2025年公开招聘社区工作者公告",
        "year": 2025,
        "edition_key": "feixian-2016",
        "vacancies_on": date(2025, 10, 31),
        "announced_on": date(2025, 11, 10),
        "opens_on": date(2025, 11, 17),
        "closes_on": date(2025, 12, 12),
        "written_on": date(2025, 12, 20),
        "interview_on": date(2026, 1, 10),
    }
    return BatchPlan(**(given | changes))


def position(unit_id: int, **changes: Any) -> NewPosition:
    given: dict[str, Any] = {"title": "社区工作者", "channel": Channel.OPEN_RECRUITMENT, "places": 2}
    return NewPosition(unit_id=unit_id, **(given | changes))


def planned(hr: Actor, town: Town, **changes: Any) -> int:
    batch_id = plan_batch(hr, town.district.id, plan(**changes))
    put_positions(hr, batch_id, [position(town.community.id)])
    return batch_id


def published(hr: Actor, town: Town, **changes: Any) -> RecruitmentBatch:
    batch_id = planned(hr, town, **changes)
    publish_batch(hr, batch_id, DOCUMENT)
    return db.session.get_one(RecruitmentBatch, batch_id)
