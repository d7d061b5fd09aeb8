"""Entering applications at an office, one by one and many at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.core.files import files
from careerpath.employees.operations.people import RowRefused
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
)
from careerpath.recruitment.operations.entering import (
    add_application_paper,
    change_application,
    enter_application,
    enter_applications,
    remove_application_paper,
    reveal_applicant,
    set_application_photo,
    withdraw_application,
)
from careerpath.recruitment.operations.particulars import Particulars
from careerpath.words import Conflict, NotFound, Refused
from tests.employees.test_papers import make_image
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_identity, selects_of
from tests.factories.recruitment import make_application, make_batch, make_position

_serials = iter(range(1000, 9999))


def somebody(**changes: Any) -> Particulars:
    """Particulars of one more person."""
    serial = next(_serials)
    given = {"name": "林试甲", "identity": make_identity(date(1990 + serial // 500 % 9, 5, 6), serial=serial)}
    return Particulars(**{**given, "phone": "13800000000", "education": "21", **changes})


@pytest.fixture
def town(app: Flask) -> Town:
    """A district with two streets."""
    return Town()


@pytest.fixture
def stopped() -> Iterator[None]:
    """A day that a test chose."""
    with clock.Stopped(datetime(2025, 12, 12, 15, 59, tzinfo=UTC)):
        yield


def kept(application_id: int) -> Application:
    """An application as it stands."""
    return db.session.get_one(Application, application_id)


def test_an_application_entered_at_an_office_is_submitted_and_has_the_next_number(town: Town) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    street = make_actor(Role.STREET_HR, town.street)
    first = kept(enter_application(street, batch.id, position.id, somebody()))
    second = kept(enter_application(street, batch.id, position.id, somebody()))
    head = f"2025-{batch.id:02d}-"
    assert [first.number, second.number] == [f"{head}0001", f"{head}0002"]
    assert (first.state, first.entry, first.unit_id) == (ApplicationState.SUBMITTED, Entry.STAFF, town.community.id)
    assert first.submitted_at == first.consented_at == clock.now()


def test_a_street_enters_for_its_own_communities_alone(town: Town) -> None:
    batch = make_batch(town.district)
    make_position(batch, town.community)
    other = make_position(batch, town.foreign)
    street = make_actor(Role.STREET_HR, town.street)
    with pytest.raises(NotFound):
        enter_application(street, batch.id, other.id, somebody())


def test_a_hundred_and_fifty_people_are_entered_at_once(town: Town) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community, 50)
    rows = [(position.id, somebody()) for _ in range(150)]
    start = perf_counter()
    queries = selects_of(lambda: enter_applications(CLERK, batch.id, rows))
    assert perf_counter() - start < 3
    assert len(queries) <= 6
    numbers = db.session.scalars(select(Application.number).order_by(Application.id)).all()
    assert numbers == [f"2025-{batch.id:02d}-{place:04d}" for place in range(1, 151)]
    assert set(db.session.scalars(select(Application.entry))) == {Entry.IMPORT}


def test_one_bad_row_of_many_keeps_all_out_and_is_named(town: Town) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    twice = somebody()
    for rows, words in (
        ([(position.id, somebody()), (position.id, somebody(phone="1"))], "11 位手机号码"),
        ([(position.id, twice), (position.id, twice)], "与本次第 1 人相同"),
        ([(position.id, somebody()), (position.id + 99, somebody())], "没有找到"),
    ):
        with pytest.raises(RowRefused, match=words) as refused:
            enter_applications(CLERK, batch.id, rows)
        assert refused.value.row == 1
    assert db.session.scalar(select(func.count()).select_from(Application)) == 0


def test_a_person_applies_once_in_a_batch_and_may_apply_in_another(town: Town) -> None:
    batch, later = make_batch(town.district), make_batch(town.district)
    person = somebody()
    first = kept(enter_application(CLERK, batch.id, make_position(batch, town.community).id, person))
    other = make_position(batch, town.neighbour)
    with pytest.raises(Refused, match=f"报名号 {first.number}") as refused:
        enter_application(CLERK, batch.id, other.id, person)
    assert refused.value.field == "identity"
    enter_application(CLERK, later.id, make_position(later, town.community).id, person)
    withdraw_application(CLERK, first.id, "本人改报其他岗位")
    enter_application(CLERK, batch.id, other.id, person)


def test_a_draft_does_not_keep_a_person_out(town: Town) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    person = somebody()
    make_application(position, ApplicationState.DRAFT, identity=person.identity)
    assert kept(enter_application(CLERK, batch.id, position.id, person)).state is ApplicationState.SUBMITTED


def test_the_last_day_is_included_and_the_day_after_is_too_late(town: Town, stopped: None) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community)
    enter_application(CLERK, batch.id, position.id, somebody())
    with (
        clock.Stopped(datetime(2025, 12, 12, 16, 0, tzinfo=UTC)),
        pytest.raises(Refused, match="报名已于 2025-12-12 截止（含当日），不再受理"),
    ):
        enter_application(CLERK, batch.id, position.id, somebody())
    with (
        clock.Stopped(datetime(2025, 11, 16, 15, 59, tzinfo=UTC)),
        pytest.raises(Refused, match="自 2025-11-17 起报名"),
    ):
        enter_application(CLERK, batch.id, position.id, somebody())


def test_a_batch_that_is_planned_or_past_its_review_takes_nobody(town: Town) -> None:
    for state in (BatchState.PLANNED, BatchState.EXAM, BatchState.CANCELLED):
        batch = make_batch(town.district, state)
        position = make_position(batch, town.community)
        with pytest.raises(Refused, match="只能在“报名审查”阶段办理"):
            enter_application(CLERK, batch.id, position.id, somebody())


def test_a_position_for_one_group_takes_those_of_the_group(town: Town) -> None:
    batch = make_batch(town.district)
    position = make_position(batch, town.community, group="veteran")
    with pytest.raises(Refused, match="面向“退役军人”") as refused:
        enter_application(CLERK, batch.id, position.id, somebody())
    assert refused.value.field == "groups"
    enter_application(CLERK, batch.id, position.id, somebody(groups=("veteran",)))


def test_an_application_sent_back_counts_again_once_it_is_completed(town: Town) -> None:
    batch = make_batch(town.district)
    position, other = make_position(batch, town.community), make_position(batch, town.neighbour)
    application = make_application(position, ApplicationState.RETURNED)
    given = somebody(name="黎书航", identity="", phone=None)
    change_application(CLERK, application.id, other.id, given, application.version)
    found = kept(application.id)
    assert (found.state, found.name, found.position_id) == (ApplicationState.SUBMITTED, "黎书航", other.id)
    assert (found.unit_id, found.taken_index) == (town.neighbour.id, found.identity_index)


def test_a_second_editor_meets_what_the_first_one_wrote(town: Town) -> None:
    batch = make_batch(town.district)
    application = make_application(make_position(batch, town.community))
    version, position_id = application.version, application.position_id
    given = somebody(name="黎书航", identity="")
    change_application(CLERK, application.id, position_id, given, version)
    with pytest.raises(Conflict) as conflict:
        change_application(CLERK, application.id, position_id, somebody(name="韩书航", identity=""), version)
    assert (conflict.value.typed["name"], conflict.value.current["name"]) == ("韩书航", "黎书航")


def test_what_was_reviewed_is_not_changed_and_a_position_not_after_closing(town: Town, stopped: None) -> None:
    batch = make_batch(town.district)
    position, other = make_position(batch, town.community), make_position(batch, town.neighbour)
    reviewed = make_application(position, ApplicationState.FIRST_REVIEWED)
    sent = make_application(position)
    given = somebody(identity="")
    with pytest.raises(Refused, match="现为“待复审”，不能修改"):
        change_application(CLERK, reviewed.id, position.id, given, reviewed.version)
    with clock.Stopped(datetime(2025, 12, 13, 2, 0, tzinfo=UTC)):
        with pytest.raises(Refused, match="不能改报岗位"):
            change_application(CLERK, sent.id, other.id, given, sent.version)
        change_application(CLERK, sent.id, position.id, given, sent.version)


def test_an_application_is_withdrawn_until_the_final_list_and_its_reason_names_nobody(town: Town) -> None:
    batch = make_batch(town.district, BatchState.INTERVIEW)
    application = make_application(make_position(batch, town.community), ApplicationState.ADMITTED, name="黎书航")
    withdraw_application(CLERK, application.id, "黎书航另有工作安排")
    found = kept(application.id)
    assert (found.state, found.taken_index) == (ApplicationState.WITHDRAWN, None)
    assert found.withdrawn_reason == f"{found.number}：其本人另有工作安排"
    with pytest.raises(Refused, match="已经撤回"):
        withdraw_application(CLERK, application.id, "再次撤回")
    late = make_application(make_position(batch, town.community), ApplicationState.ADMITTED)
    with writing():
        db.session.get_one(RecruitmentBatch, batch.id).state = BatchState.NOTICE
    with pytest.raises(Refused, match="办理递补"):
        withdraw_application(CLERK, late.id, "放弃")


def test_photo_and_papers_are_kept_sealed_and_removed_again(town: Town) -> None:
    batch = make_batch(town.district)
    application = make_application(make_position(batch, town.community))
    set_application_photo(CLERK, application.id, make_image())
    first = kept(application.id).photo_key
    set_application_photo(CLERK, application.id, make_image())
    with pytest.raises(FileNotFoundError):
        files().read(first)
    paper_id = add_application_paper(CLERK, application.id, "diploma", "毕业证书.jpg", make_image())
    paper = db.session.get_one(ApplicationPaper, paper_id)
    assert (paper.code, paper.name, paper.media_type) == ("diploma", "毕业证书.jpg", "image/jpeg")
    key = paper.file_key
    remove_application_paper(CLERK, application.id, paper_id)
    with pytest.raises(FileNotFoundError):
        files().read(key)


def test_a_paper_of_another_group_or_of_no_known_kind_is_refused(town: Town) -> None:
    batch = make_batch(town.district)
    application = make_application(make_position(batch, town.community), groups=["graduate"])
    with pytest.raises(Refused, match="不收“discharge”") as refused:
        add_application_paper(CLERK, application.id, "discharge", "退役证.jpg", make_image())
    assert refused.value.field == "code"
    with pytest.raises(Refused, match="附件应为 PDF、JPEG 或 PNG"):
        add_application_paper(CLERK, application.id, "diploma", "毕业证书.pdf", b"MZ not a paper")


def test_the_full_number_is_shown_for_a_reason_that_stays_in_the_trail(town: Town) -> None:
    number = make_identity(date(1999, 9, 9), serial=9)
    application = make_application(make_position(make_batch(town.district), town.community), identity=number)
    with pytest.raises(Refused, match="至少 4 个字"):
        reveal_applicant(CLERK, application.id, "看")
    assert reveal_applicant(CLERK, application.id, "核对身份证件") == number
    assert db.session.scalars(select(AuditEntry.note)).all()[-1] == f"{application.number}：核对身份证件"


def test_the_trail_keeps_nothing_that_tells_who_applied(town: Town) -> None:
    batch = make_batch(town.district)
    person = somebody(name="黎书航", address="费县文化路1号", school="临沂大学")
    enter_application(CLERK, batch.id, make_position(batch, town.community).id, person)
    told = str(db.session.execute(select(AuditChange.old, AuditChange.new)).all())
    assert [word for word in ("黎书航", "文化路", "临沂大学", person.identity) if word in told] == []
