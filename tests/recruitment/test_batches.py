"""Batches: planned from vacancies, published with frozen rules, moved with a reason, cancelled, concluded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.policy.edition import to_plain
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    BatchState,
    BatchStep,
    Departure,
    ListLine,
    Objection,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.batches import (
    NewDays,
    cancel_batch,
    change_days,
    change_plan,
    conclude_batch,
    drop_batch,
    plan_batch,
    publish_batch,
    reopen_batch,
)
from careerpath.recruitment.operations.positions import put_positions
from careerpath.recruitment.queries.rules import rules_named, rules_of
from careerpath.rulebook.models import StoredEdition
from careerpath.rulebook.operations import adopt_edition, import_edition
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_application, make_batch, make_position
from tests.factories.rulebook import editor
from tests.recruitment.planning import DOCUMENT, plan, planned, position, published


@pytest.fixture
def autumn() -> Iterator[None]:
    """The days before the notice."""
    with clock.Stopped(datetime(2025, 11, 1, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def town(app: Flask, autumn: None) -> Town:
    return Town()


@pytest.fixture
def hr(town: Town) -> Actor:
    return make_actor(Role.DISTRICT_HR, town.district)


def steps_of(batch_id: int) -> list[tuple[BatchState, str]]:
    rows = db.session.scalars(select(BatchStep).where(BatchStep.batch_id == batch_id).order_by(BatchStep.id))
    return [(step.state, step.note) for step in rows]


def test_a_batch_is_planned_and_published_and_its_steps_are_kept(hr: Actor, town: Town) -> None:
    batch = published(hr, town)
    assert batch.state is BatchState.PUBLISHED
    assert batch.document == DOCUMENT
    assert steps_of(batch.id) == [(BatchState.PLANNED, ""), (BatchState.PUBLISHED, "")]


def test_two_batches_of_a_district_cannot_have_one_name(hr: Actor, town: Town) -> None:
    plan_batch(hr, town.district.id, plan())
    with pytest.raises(Refused, match="已有名为“第四批") as refused:
        plan_batch(hr, town.district.id, plan())
    assert refused.value.field == "name"


def test_only_a_district_plans_and_a_street_is_no_district(hr: Actor, town: Town) -> None:
    with pytest.raises(Refused, match="由区（县）拟定"):
        plan_batch(hr, town.street.id, plan())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_on": date(2025, 11, 9)}, "opens_on"),
        ({"closes_on": date(2025, 11, 16)}, "closes_on"),
        ({"written_on": date(2025, 12, 12)}, "written_on"),
        ({"interview_on": date(2025, 12, 20)}, "interview_on"),
        ({"interview_on": date(2025, 12, 1), "written_on": None}, "interview_on"),
        ({"keep_months": 0}, "keep_months"),
        ({"year": 1999}, "year"),
        ({"title": " "}, "title"),
        ({"name": "批" * 41}, "name"),
        ({"edition_key": "nowhere"}, "edition_key"),
    ],
)
def test_a_plan_out_of_order_is_refused_beside_its_field(
    hr: Actor, town: Town, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        plan_batch(hr, town.district.id, plan(**changes))
    assert refused.value.field == field


def test_the_last_day_of_applications_may_be_the_first(hr: Actor, town: Town) -> None:
    day = date(2025, 11, 10)
    assert plan_batch(hr, town.district.id, plan(opens_on=day, closes_on=day))


def test_a_planned_batch_changes_and_whoever_comes_second_is_told(hr: Actor, town: Town) -> None:
    batch_id = planned(hr, town)
    change_plan(hr, batch_id, plan(title="新公告"), 1)
    assert db.session.get_one(RecruitmentBatch, batch_id).title == "新公告"
    with pytest.raises(Conflict):
        change_plan(hr, batch_id, plan(title="另一公告"), 1)


def test_a_planned_batch_is_taken_back_with_its_positions(hr: Actor, town: Town) -> None:
    batch_id = planned(hr, town)
    drop_batch(hr, batch_id)
    assert db.session.get(RecruitmentBatch, batch_id) is None
    assert db.session.scalars(select(RecruitmentPosition)).all() == []
    batch = published(hr, town)
    with pytest.raises(Refused, match="只能在“拟定”阶段"):
        drop_batch(hr, batch.id)


def test_without_positions_or_days_or_document_nothing_is_published(hr: Actor, town: Town) -> None:
    empty = plan_batch(hr, town.district.id, plan(name="空批次"))
    with pytest.raises(Refused, match="还没有岗位"):
        publish_batch(hr, empty, DOCUMENT)
    batch_id = planned(hr, town, written_on=None, interview_on=None)
    with pytest.raises(Refused, match="日程还缺：笔试日期"):
        publish_batch(hr, batch_id, DOCUMENT)
    with pytest.raises(Refused, match="文号"):
        publish_batch(hr, batch_id, "  ")
    put_positions(hr, batch_id, [position(town.community.id, channel=Channel.BY_ELECTION)])
    publish_batch(hr, batch_id, DOCUMENT)


def test_a_batch_whose_last_day_is_over_is_not_published(hr: Actor, town: Town) -> None:
    batch_id = planned(hr, town)
    with clock.Stopped(datetime(2025, 12, 13, 2, tzinfo=UTC)), pytest.raises(Refused, match="已过"):
        publish_batch(hr, batch_id, DOCUMENT)
    with clock.Stopped(datetime(2025, 12, 12, 2, tzinfo=UTC)):
        publish_batch(hr, batch_id, DOCUMENT)


def rules_text(key: str, title: str, months: int, on: str = "2025-01-01") -> str:
    return f"""
[head]
rule = "recruitment"
key = "{key}"
title = "{title}"
place = "费县"
effective_from = {on}
document = "费社工发〔2025〕1号"
source = "test"
example = false
[weights]
written = 0.6
interview = 0.4
[written]
maximum = 100
decimals = 2
[interview]
maximum = 100
decimals = 2
judges = 5
drop_highest = 0
drop_lowest = 0
[total]
decimals = 2
rounding = "half_up"
stage = "component"
[probation]
months = {months}
contract_months = 24
"""


def test_what_labour_law_forbids_is_told_at_publication_and_is_no_refusal(hr: Actor, town: Town) -> None:
    adopt_edition(editor(), import_edition(editor(), rules_text("long", "长试用期", 6), "long.toml"))
    batch_id = planned(hr, town, edition_key="long")
    [warning] = publish_batch(hr, batch_id, DOCUMENT)
    assert "试用期" in str(warning)
    batch = db.session.get_one(RecruitmentBatch, planned(hr, town, name="另一批"))
    assert publish_batch(hr, batch.id, DOCUMENT) == ()


def test_the_rulebook_may_change_and_a_published_batch_keeps_its_rules(hr: Actor, town: Town) -> None:
    adopt_edition(editor(), import_edition(editor(), rules_text("ours", "原规则", 2), "ours.toml"))
    batch = published(hr, town, edition_key="ours")
    waiting = db.session.get_one(RecruitmentBatch, planned(hr, town, name="下一批", edition_key="ours"))
    frozen = rules_of(batch)
    adopt_edition(editor(), import_edition(editor(), rules_text("ours-2", "新规则", 1, "2025-10-01"), "new.toml"))
    with writing():
        stored = db.session.scalars(select(StoredEdition).where(StoredEdition.key == "ours")).one()
        stored.content = to_plain(rules_named("feixian-2016")) | {"head": stored.content["head"]}
    db.session.expire_all()
    batch = db.session.get_one(RecruitmentBatch, batch.id)
    assert rules_of(batch) == frozen
    assert rules_of(batch).probation is not None
    assert rules_of(db.session.merge(waiting)).bonus is not None


def test_rules_and_positions_are_not_edited_after_publication(hr: Actor, town: Town) -> None:
    batch = published(hr, town)
    with pytest.raises(Refused, match="按公告冻结") as refused:
        change_plan(hr, batch.id, plan(edition_key="wudalianchi"), batch.version)
    assert DOCUMENT in str(refused.value)
    with pytest.raises(Refused, match="按公告冻结"):
        put_positions(hr, batch.id, [position(town.community.id, places=9)])


def days(**changes: Any) -> NewDays:
    given = NewDays(
        closes_on=date(2025, 12, 12),
        written_on=date(2025, 12, 20),
        written_time="",
        interview_on=date(2026, 1, 10),
        reason="报名人数不足",
    )
    return replace(given, **changes)


def test_days_move_back_with_a_reason_that_stays(hr: Actor, town: Town) -> None:
    batch = published(hr, town)
    change_days(hr, batch.id, days(closes_on=date(2025, 12, 15)), batch.version)
    assert batch.closes_on == date(2025, 12, 15)
    assert steps_of(batch.id)[-1] == (BatchState.PUBLISHED, "报名人数不足")
    with pytest.raises(Conflict):
        change_days(hr, batch.id, days(closes_on=date(2025, 12, 16)), batch.version - 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2025, 12, 11)}, "closes_on"),
        ({"closes_on": date(2025, 12, 15), "reason": " "}, "reason"),
        ({"closes_on": date(2025, 12, 20)}, "written_on"),
        ({"written_on": None}, "written_on"),
        ({"written_on": date(2026, 1, 11)}, "interview_on"),
        ({}, None),
    ],
)
def test_a_move_of_days_without_ground_is_refused(
    hr: Actor, town: Town, changes: dict[str, Any], field: str | None
) -> None:
    batch = published(hr, town)
    with pytest.raises(Refused) as refused:
        change_days(hr, batch.id, days(**changes), batch.version)
    assert refused.value.field == field


def test_what_is_over_no_longer_moves(hr: Actor, town: Town) -> None:
    exam = make_batch(town.district, BatchState.EXAM, written_time="")
    with pytest.raises(Refused, match="资格审查已经结束"):
        change_days(hr, exam.id, days(closes_on=date(2025, 12, 15)), 1)
    interview = make_batch(town.district, BatchState.INTERVIEW, written_time="")
    with pytest.raises(Refused, match="笔试已经结束"):
        change_days(hr, interview.id, days(written_on=date(2025, 12, 21)), 1)
    change_days(hr, interview.id, days(interview_on=date(2026, 1, 12)), 1)
    for state in (BatchState.PLANNED, BatchState.CHECKS, BatchState.CONCLUDED):
        with pytest.raises(Refused, match="只能在"):
            change_days(hr, make_batch(town.district, state).id, days(interview_on=None), 1)


def test_a_batch_is_cancelled_with_a_reason_until_the_public_notice(hr: Actor, town: Town) -> None:
    batch = published(hr, town)
    with pytest.raises(Refused, match="请写明原因"):
        cancel_batch(hr, batch.id, "")
    cancel_batch(hr, batch.id, "员额调整")
    assert (batch.state, batch.concluded_on) == (BatchState.CANCELLED, clock.today())
    assert steps_of(batch.id)[-1] == (BatchState.CANCELLED, "员额调整")
    with pytest.raises(Refused, match="只能在"):
        cancel_batch(hr, make_batch(town.district, BatchState.NOTICE).id, "员额调整")


def proposed(town: Town) -> tuple[RecruitmentBatch, int]:
    """A batch in its public notice with one person proposed."""
    batch = make_batch(town.district, BatchState.NOTICE)
    application = make_application(make_position(batch, town.community))
    with writing() as session:
        session.add(
            ListLine(
                batch_id=batch.id,
                position_id=application.position_id,
                application_id=application.id,
                stage=Stage.FINAL,
                first_outcome=Outcome.PROPOSED,
                outcome=Outcome.PROPOSED,
                published_on=date(2025, 11, 1),
            )
        )
    return db.session.merge(batch), application.id


def test_a_batch_is_not_concluded_while_somebody_waits_and_is_reopened_with_a_reason(hr: Actor, town: Town) -> None:
    batch, application_id = proposed(town)
    with pytest.raises(Refused, match="还有 1 名拟聘用人员"):
        conclude_batch(hr, batch.id)
    with writing() as session:
        session.add(
            Departure(
                batch_id=batch.id,
                application_id=application_id,
                leaving="withdrawn",
                on=date(2025, 11, 1),
                by="hr",
                at=clock.now(),
            )
        )
        objection = Objection(
            batch_id=batch.id, received_on=date(2025, 11, 1), named=False, text="学历不实", received_by="hr"
        )
        session.add(objection)
    with pytest.raises(Refused, match="异议没有答复"):
        conclude_batch(hr, batch.id)
    with writing():
        db.session.merge(objection).answered_on = date(2025, 11, 1)
    conclude_batch(hr, batch.id)
    assert batch.concluded_on == clock.today()
    with pytest.raises(Refused, match="请写明原因"):
        reopen_batch(hr, batch.id, "")
    reopen_batch(hr, batch.id, "递补")
    assert steps_of(batch.id)[-1] == (BatchState.NOTICE, "递补")
    assert db.session.get_one(RecruitmentBatch, batch.id).concluded_on is None


def test_a_purged_batch_stays_concluded(hr: Actor, town: Town) -> None:
    batch = make_batch(town.district, BatchState.CONCLUDED, purged_on=date(2025, 10, 1))
    with pytest.raises(Refused, match="已于 2025-10-01 按期清除"):
        reopen_batch(hr, batch.id, "递补")


def test_a_district_does_not_meet_the_batch_of_another(hr: Actor, town: Town) -> None:
    batch = published(hr, town)
    other = make_actor(Role.DISTRICT_HR, town.other_street)
    for call in (lambda: publish_batch(other, batch.id, DOCUMENT), lambda: cancel_batch(other, batch.id, "误发")):
        with pytest.raises(NotFound):
            call()
