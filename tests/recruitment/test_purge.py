"""What is kept of applicants who were not appointed goes after its time; the counts stay."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import Record, db, writing
from careerpath.core.files import files
from careerpath.policy.recruitment import Leaving, Outcome, Stage
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationPaper,
    ApplicationState,
    Appointment,
    Attendance,
    BatchState,
    Departure,
    Entry,
    ListLine,
    Objection,
    RecruitmentBatch,
    ScoreEntry,
    Verdict,
)
from careerpath.recruitment.operations.purge import OF_APPLICATIONS, OF_EXAMINEES, purge_applicants
from careerpath.recruitment.operations.review import Finding, reopen_review, review_application
from careerpath.recruitment.queries.purging import purge_line
from careerpath.recruitment.queries.sealed import keep_file
from careerpath.recruitment.queries.statistics import Statistics, all_statistics, batch_statistics
from careerpath.settings import Settings
from careerpath.words import Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee, make_identity
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

CONSOLE = Actor.console()
ENDED = date(2025, 6, 30)
DUE = date(2025, 12, 30)
NOW = datetime(2025, 12, 1, tzinfo=UTC)


class Ended:
    """A concluded batch: somebody appointed, somebody who lost, and everything that there is of both."""

    def __init__(self, state: BatchState = BatchState.CONCLUDED, **changes: object) -> None:
        self.town = Town()
        given = {"closes_on": date(2025, 3, 12), "concluded_on": ENDED} | changes
        self.batch = make_batch(self.town.district, BatchState.PUBLISHED, **given)
        self.position = make_position(self.batch, self.town.community)
        self.identity = make_identity(date(1995, 8, 9), serial=777)
        self.loser = make_application(
            self.position, identity=self.identity, name="褚明岚", phone="13912345678", entry=Entry.CANDIDATE
        )
        self.winner = make_application(self.position, name="上官正平")
        self._review()
        self._fill()
        self._appoint()
        with writing():
            self.kept().state = state

    def kept(self) -> RecruitmentBatch:
        return db.session.get_one(RecruitmentBatch, self.batch.id, populate_existing=True)

    def _review(self) -> None:
        first, second = (make_actor(Role.STREET_HR, self.town.street, name) for name in ("初审", "复审"))
        looks = [(self.loser, first), (self.loser, second), (self.winner, first), (self.winner, second)]
        for one, actor in looks:
            review_application(actor, one.id, Finding(Verdict.PASSED, f"{one.name}材料齐全"))
        reopen_review(second, self.loser.id, f"褚明岚 {self.identity} 13912345678 来电")
        for one, actor in looks[:2]:
            review_application(actor, one.id, Finding(Verdict.PASSED, f"{one.name}材料齐全"))

    def _fill(self) -> None:
        self.files = []
        for one in (self.loser, self.winner):
            examinee = make_examinee(one, {"": Decimal(70)}, interview_attendance=Attendance.PRESENT)
            photo, paper = (keep_file(f"{kind} {one.name}".encode(), one.uid) for kind in ("photo", "paper"))
            self.files.append((photo, paper))
            outcome = Outcome.PROPOSED if one is self.winner else Outcome.NOT_SELECTED
            with writing() as session:
                session.get_one(Application, one.id).photo_key = photo
                session.add_all(
                    [
                        ApplicationPaper(
                            application_id=one.id,
                            code="diploma",
                            name=f"{one.name}毕业证.pdf",
                            file_key=paper,
                            media_type="application/pdf",
                            size=9,
                            added_at=NOW,
                        ),
                        ScoreEntry(examinee_id=examinee.id, turn=1, points=Decimal(70), by="录入", at=NOW),
                        ListLine(
                            batch_id=one.batch_id,
                            position_id=one.position_id,
                            application_id=one.id,
                            stage=Stage.FINAL,
                            first_outcome=outcome,
                            outcome=outcome,
                            published_on=date(2025, 5, 1),
                        ),
                        Objection(
                            batch_id=one.batch_id,
                            application_id=one.id,
                            received_on=date(2025, 6, 10),
                            named=True,
                            text=f"反映{one.name}学历",
                            answer=f"经查{one.name}学历属实",
                            upheld=False,
                            received_by="经办",
                        ),
                    ]
                )

    def _appoint(self) -> None:
        employee = make_employee(None, self.town.community)
        with writing() as session:
            session.add(
                Appointment(
                    batch_id=self.batch.id,
                    application_id=self.winner.id,
                    employee_id=employee.id,
                    unit_id=self.town.community.id,
                    starts_on=ENDED,
                    by="区级",
                    at=NOW,
                )
            )
            session.add(
                Departure(
                    batch_id=self.batch.id,
                    application_id=self.winner.id,
                    leaving=Leaving.WITHDRAWN,
                    on=ENDED,
                    successor_id=self.loser.id,
                    by="区级",
                    at=NOW,
                )
            )


def every_text() -> str:
    """Everything that stands in any table."""
    rows = [row for table in Record.metadata.sorted_tables for row in db.session.execute(select(table))]
    return "\n".join(str(tuple(row)) for row in rows)


def test_nothing_of_somebody_who_was_not_appointed_is_left_anywhere(app: Flask) -> None:
    ended = Ended()
    telling = ("褚明岚", ended.identity, "13912345678", "chumingl", ended.loser.uid, ended.loser.identity_index)
    before = every_text()
    assert ended.loser.name in before
    assert ended.loser.uid in before
    assert purge_applicants(CONSOLE, DUE) == 1
    after = every_text()
    assert [one for one in telling if one in after] == []


def test_the_database_file_itself_forgets_them(app: Flask, settings: Settings, tmp_path: Path) -> None:
    ended = Ended()
    file = tmp_path / "careerpath.db"
    told = [text.encode() for text in ("褚明岚", ended.loser.uid, ended.loser.identity_index)]
    if "sqlite" not in settings.database:
        # On a server the files are the server's; what any table says is tested above.
        assert db.engine.dialect.name == "postgresql"
        return
    _to_file()
    assert all(one in file.read_bytes() for one in told)
    purge_applicants(CONSOLE, DUE)
    _to_file()
    left = file.read_bytes()
    assert [one for one in told if one in left] == []
    assert "上官正平".encode() in left


def _to_file() -> None:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def test_photos_and_papers_leave_the_store_and_those_of_the_appointed_stay(app: Flask) -> None:
    ended = Ended()
    lost, kept = ended.files
    purge_applicants(CONSOLE, DUE)
    for key in lost:
        with pytest.raises(FileNotFoundError):
            files().read(key)
    assert all(files().read(key) for key in kept)


def test_the_appointed_keep_everything_and_the_lists_point_nowhere(app: Flask) -> None:
    ended = Ended()
    purge_applicants(CONSOLE, DUE)
    assert db.session.scalars(select(Application.name)).all() == ["上官正平"]
    assert db.session.scalar(select(func.count()).select_from(ScoreEntry)) == 1
    assert db.session.scalars(select(ListLine.application_id)).all() == [ended.winner.id]
    departure = db.session.scalars(select(Departure)).one()
    assert departure.successor_id is None
    told = db.session.execute(select(Objection.application_id, Objection.text).order_by(Objection.id)).all()
    assert told == [(None, ""), (ended.winner.id, "反映上官正平学历")]


def test_the_counts_say_who_came_how_far(app: Flask) -> None:
    ended = Ended()
    for _ in range(3):
        make_application(ended.position, ApplicationState.REJECTED)
    make_application(ended.position, ApplicationState.DRAFT)
    assert purge_applicants(CONSOLE, DUE) == 5
    rows = db.session.execute(
        select(ApplicantTally.reached, ApplicantTally.age, ApplicantTally.entry, ApplicantTally.count).order_by(
            ApplicantTally.reached
        )
    ).all()
    assert rows == [("applied", 26, "staff", 3), ("interviewed", 29, "candidate", 1)]


def test_statistics_are_the_same_before_and_after(app: Flask) -> None:
    ended = Ended()
    hr = make_actor(Role.DISTRICT_HR, ended.town.district)
    clerk = make_actor(Role.STREET_HR, ended.town.street)
    for education in ("21", "31", "31"):
        make_application(ended.position, ApplicationState.REJECTED, education=education, entry=Entry.IMPORT)
    make_application(make_position(ended.batch, ended.town.foreign), ApplicationState.ADMITTED)
    make_application(ended.position, ApplicationState.WITHDRAWN, submitted_at=NOW)
    make_application(ended.position, ApplicationState.WITHDRAWN)

    def told() -> list[Statistics]:
        found = [batch_statistics(actor, ended.kept()) for actor in (hr, clerk)] + [all_statistics(hr)]
        # Only the remark that they rest on counts is new.
        return [replace(one, purged=False) for one in found]

    before = told()
    assert purge_applicants(CONSOLE, DUE) == 7
    assert told() == before
    assert before[0] != before[1]


def test_the_time_is_kept_to_the_day_and_doing_it_twice_does_no_harm(app: Flask) -> None:
    ended = Ended()
    assert purge_applicants(CONSOLE, date(2025, 12, 29)) == 0
    assert "保存至 2025-12-30" in str(purge_line(ended.kept()))
    assert purge_applicants(CONSOLE, DUE) == 1
    assert "已于 2025-12-30 清除" in str(purge_line(ended.kept()))
    assert purge_applicants(CONSOLE, date(2026, 12, 30)) == 0
    assert db.session.scalar(select(func.sum(ApplicantTally.count))) == 1


def test_whoever_may_still_move_up_is_kept_until_the_reserve_list_runs_out(app: Flask) -> None:
    ended = Ended()
    with writing():
        line = db.session.scalars(select(ListLine).where(ListLine.application_id == ended.loser.id)).one()
        line.outcome = Outcome.RESERVE
    assert purge_applicants(CONSOLE, DUE) == 0
    assert purge_applicants(CONSOLE, date(2026, 4, 30)) == 0
    assert purge_applicants(CONSOLE, date(2026, 5, 1)) == 1


@pytest.mark.parametrize("state", [BatchState.PUBLISHED, BatchState.CHECKS, BatchState.NOTICE])
def test_a_batch_under_way_is_not_touched(app: Flask, state: BatchState) -> None:
    ended = Ended(state, closes_on=date(2027, 1, 1), concluded_on=None)
    assert purge_applicants(CONSOLE, date(2026, 12, 31)) == 0
    assert db.session.get(Application, ended.loser.id) is not None
    assert "保存 6 个月" in str(purge_line(ended.kept()))


def test_drafts_go_as_soon_as_applications_have_closed(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, closes_on=date(2025, 12, 12))
    position = make_position(batch, town.community)
    make_application(position, ApplicationState.DRAFT)
    kept = make_application(position)
    assert purge_applicants(CONSOLE, date(2025, 12, 12)) == 0
    assert purge_applicants(CONSOLE, date(2025, 12, 13)) == 1
    assert db.session.scalars(select(Application.id)).all() == [kept.id]
    assert db.session.scalar(select(func.count()).select_from(ApplicantTally)) == 0


def test_only_the_machine_purges(app: Flask) -> None:
    ended = Ended()
    hr = make_actor(Role.DISTRICT_HR, ended.town.district)
    with clock.Stopped(NOW), pytest.raises(Refused, match="权限"):
        purge_applicants(hr, DUE)


def test_every_table_that_hangs_on_an_application_is_known_to_the_purge() -> None:
    hanging: dict[str, set[tuple[str, str]]] = {"application": set(), "examinee": set()}
    for table in Record.metadata.tables.values():
        for key in table.foreign_keys:
            hanging.get(key.column.table.name, set()).add((table.name, key.parent.name))
    assert hanging["examinee"] == {(model.__tablename__, "examinee_id") for model in OF_EXAMINEES}
    known = {(model.__tablename__, "application_id") for model in OF_APPLICATIONS}
    # Appointments make one stay; the other two are let go of.
    kept = {("appointment", "application_id"), ("candidate_departure", "successor_id")}
    assert hanging["application"] == known | kept | {("recruitment_objection", "application_id")}
