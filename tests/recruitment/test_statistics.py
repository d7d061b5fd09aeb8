"""Statistics of recruitment: how far applicants came, who they were, and how long each stage took."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import Flask
from python_calamine import CalamineWorkbook

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel, Source
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationState,
    Appointment,
    Attendance,
    BatchState,
    BatchStep,
    ListLine,
    RecruitmentBatch,
)
from careerpath.recruitment.queries.batches import batch_lines
from careerpath.recruitment.queries.planning import application_counts, position_lines
from careerpath.recruitment.queries.reached import Reached, reached_by
from careerpath.recruitment.queries.statistics import Statistics, all_statistics, batch_statistics
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_employee, make_identity, selects_of
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

MOST_QUERIES = 8


def district(town: Town) -> Actor:
    return Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, town.district.path),))


def add(*records: object) -> None:
    with writing() as session:
        session.add_all(records)


def final_line(application: Application, outcome: Outcome = Outcome.PROPOSED) -> ListLine:
    return ListLine(
        batch_id=application.batch_id,
        position_id=application.position_id,
        application_id=application.id,
        stage=Stage.FINAL,
        first_outcome=outcome,
        outcome=outcome,
        published_on=date(2026, 1, 12),
    )


def appointment(town: Town, application: Application) -> Appointment:
    employee = make_employee(None, town.community)
    return Appointment(
        batch_id=application.batch_id,
        application_id=application.id,
        employee_id=employee.id,
        unit_id=application.unit_id,
        starts_on=date(2026, 3, 1),
        by="hr",
        at=clock.now(),
    )


def make_ladder(town: Town) -> tuple[RecruitmentBatch, dict[Reached, Application]]:
    """A batch in which one applicant came to each stage and no further, and a draft."""
    batch = make_batch(town.district, BatchState.NOTICE)
    position = make_position(batch, town.community, 3)
    admitted = ApplicationState.ADMITTED
    found = {
        Reached.APPLIED: make_application(position, source=Source.VETERAN, education="31"),
        **{one: make_application(position, admitted) for one in list(Reached)[1:]},
    }
    make_application(position, ApplicationState.DRAFT)
    make_application(position, ApplicationState.WITHDRAWN)
    make_examinee(found[Reached.SAT], {"": Decimal(50)})
    for one in list(Reached)[3:]:
        make_examinee(found[one], {"": Decimal(80)}, interview_attendance=Attendance.PRESENT)
    add(final_line(found[Reached.INTERVIEWED], Outcome.RESERVE))
    for one in (Reached.PROPOSED, Reached.APPOINTED):
        add(final_line(found[one]))
    add(appointment(town, found[Reached.APPOINTED]))
    return batch, found


def counts_of(found: Statistics, code: str) -> dict[str, tuple[int, ...]]:
    rows = next(one.rows for one in found.breakdowns if one.code == code)
    return {str(row.title): row.counts for row in rows}


def test_an_applicant_counts_in_every_stage_up_to_the_last_one(app: Flask) -> None:
    town = Town()
    batch, applications = make_ladder(town)
    ids = {application.id: reached for reached, application in applications.items()}
    assert reached_by(ids.keys()) == ids
    found = batch_statistics(district(town), batch)
    assert found.total.counts == (6, 5, 4, 3, 2, 1)
    assert found.total.places == 3
    assert found.total.share == "16.7%"
    assert counts_of(found, "source") == {"高校毕业生": (5, 5, 4, 3, 2, 1), "退役军人": (1, 0, 0, 0, 0, 0)}
    assert counts_of(found, "education") == {"大学本科": (5, 5, 4, 3, 2, 1), "大学专科": (1, 0, 0, 0, 0, 0)}
    assert list(counts_of(found, "channel")) == ["公开招聘"]


def test_whoever_is_absent_did_not_sit(app: Flask) -> None:
    town = Town()
    position = make_position(make_batch(town.district), town.community)
    application = make_application(position, ApplicationState.ADMITTED)
    make_examinee(application, None, attendance=Attendance.ABSENT)
    assert reached_by([application.id]) == {application.id: Reached.ADMITTED}


def test_age_is_that_of_the_last_day_of_applications(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, closes_on=date(2025, 12, 12))
    position = make_position(batch, town.community)
    for born in (date(2000, 12, 12), date(1999, 12, 13), date(1999, 12, 12), date(1980, 1, 1)):
        make_application(position, identity=make_identity(born))
    found = batch_statistics(district(town), batch)
    assert {title: counts[0] for title, counts in counts_of(found, "age").items()} == {
        "25 岁及以下": 2,
        "26—30 岁": 1,
        "41 岁及以上": 1,
    }
    assert found.ages == (Decimal("30.3"), None)


def tally(batch: RecruitmentBatch, position_id: int, **changes: Any) -> ApplicantTally:
    given: dict[str, Any] = {"sex": "2", "age": 24, "education": "21", "source": "graduate", "entry": "candidate"}
    given |= {"reached": "sat", "count": 7} | changes
    return ApplicantTally(batch_id=batch.id, position_id=position_id, **given)


def test_counts_of_purged_applicants_stay_in_the_figures(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.CONCLUDED, purged_on=date(2026, 9, 1))
    position = make_position(batch, town.community, channel=Channel.SPECIAL_RECRUITMENT)
    live = make_application(position, ApplicationState.ADMITTED)
    add(appointment(town, live), tally(batch, position.id), tally(batch, position.id, reached="applied", count=3))
    found = batch_statistics(district(town), batch)
    assert found.total.counts == (11, 8, 8, 1, 1, 1)
    assert found.purged
    assert counts_of(found, "channel") == {"专项招聘": (11, 8, 8, 1, 1, 1)}
    assert counts_of(found, "entry") == {"本人网上填报": (10, 7, 7, 0, 0, 0), "工作人员录入": (1, 1, 1, 1, 1, 1)}


def test_a_street_counts_the_applicants_for_its_own_positions(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_application(make_position(batch, town.community, 2))
    other = make_position(batch, town.foreign, 5)
    make_application(other)
    add(tally(batch, other.id))
    found = batch_statistics(make_actor(Role.STREET_HR, town.street), batch)
    assert (found.total.counts[0], found.total.places, found.purged) == (1, 2, False)


def step(batch: RecruitmentBatch, state: BatchState, day: date) -> BatchStep:
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    return BatchStep(batch_id=batch.id, state=state, at=at, by="hr")


def test_days_of_each_stage_are_told_and_the_present_one_runs_on(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.EXAM)
    add(
        step(batch, BatchState.PLANNED, date(2025, 11, 1)),
        step(batch, BatchState.PUBLISHED, date(2025, 11, 10)),
        step(batch, BatchState.PUBLISHED, date(2025, 12, 1)),
        step(batch, BatchState.EXAM, date(2025, 12, 15)),
    )
    with clock.Stopped(datetime(2025, 12, 20, 3, tzinfo=UTC)):
        [times] = batch_statistics(district(town), batch).times
    assert [(one.state, one.days) for one in times.stages] == [
        (BatchState.PLANNED, 9),
        (BatchState.PUBLISHED, 35),
        (BatchState.EXAM, 5),
    ]
    assert times.stages[-1].ends_on is None
    assert times.days == 40
    assert times.of(BatchState.NOTICE) is None


def test_all_batches_stand_beside_each_other_and_one_year_alone(app: Flask) -> None:
    town = Town()
    old = make_batch(town.district, BatchState.CONCLUDED, year=2024, name="第一批")
    make_application(make_position(old, town.community, 4))
    new = make_batch(town.district, year=2025, name="第二批")
    make_position(new, town.community, 2)
    found = all_statistics(district(town))
    assert counts_of(found, "batch") == {"第一批": (1, 0, 0, 0, 0, 0), "第二批": (0, 0, 0, 0, 0, 0)}
    assert found.years == (2025, 2024)
    assert list(counts_of(all_statistics(district(town), 2024), "batch")) == ["第一批"]


def test_the_pages_show_charts_with_tables_and_give_workbooks(app: Flask) -> None:
    town = Town()
    batch, _ = make_ladder(town)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    url = f"/recruitment/batches/{batch.id}/statistics"
    page = client.get(url).text
    assert "<svg" in page
    assert "按学历" in page
    assert "16.7%" in page
    every = client.get("/recruitment/statistics?year=2025").text
    assert db.session.get_one(RecruitmentBatch, batch.id).name in every
    assert "没有招聘批次" in client.get("/recruitment/statistics?year=1999").text
    for address in (f"{url}.xlsx", "/recruitment/statistics.xlsx"):
        book = CalamineWorkbook.from_filelike(BytesIO(client.get(address).data))
        assert "按来源" in book.sheet_names
        rows = book.get_sheet_by_name("按来源").to_python()
        assert ["退役军人", 1, 0, 0, 0, 0, 0] in [row[:7] for row in rows]


def test_statistics_of_many_applicants_cost_what_those_of_one_cost(app: Flask) -> None:
    town = Town()
    batch, _ = make_ladder(town)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    for url in (f"/recruitment/batches/{batch.id}/statistics", "/recruitment/statistics"):
        client.get(url)
        few = selects_of(lambda url=url: client.get(url))  # type: ignore[misc]
        make_ladder(town)
        many = selects_of(lambda url=url: client.get(url))  # type: ignore[misc]
        assert len(many) == len(few) <= MOST_QUERIES, url


def test_the_list_and_the_page_of_a_batch_count_whom_the_statistics_count(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.CONCLUDED, purged_on=date(2026, 9, 1))
    position, elsewhere = make_position(batch, town.community, 2), make_position(batch, town.foreign)
    make_application(position, ApplicationState.ADMITTED)
    make_application(position, ApplicationState.DRAFT)
    add(
        tally(batch, position.id, reached="applied", count=5),
        tally(batch, position.id, reached="sat", count=3),
        tally(batch, elsewhere.id, reached="sat", count=2),
    )
    hr, street = district(town), make_actor(Role.STREET_HR, town.street)
    [line] = batch_lines(hr).rows
    assert (line.applied, line.admitted) == (11, 6)
    [line] = batch_lines(street).rows
    assert (line.applied, line.admitted) == (9, 4)
    counts = application_counts(hr, batch.id)
    counted = {one.code: (one.applied, one.admitted) for one in position_lines(batch, None, counts)}
    assert counted == {position.code: (9, 4), elsewhere.code: (2, 2)}
    assert batch_statistics(hr, batch).total.counts[0] == 11
