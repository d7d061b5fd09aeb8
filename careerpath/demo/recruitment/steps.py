"""What is done for the batches on which day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from careerpath.access.actor import Actor
from careerpath.demo.office import Office
from careerpath.demo.recruitment.hiring import Hiring
from careerpath.demo.recruitment.plan import Batch, Part
from careerpath.demo.recruitment.work import WAVES, BatchWork
from careerpath.demo.schedule import Step
from careerpath.recruitment.operations.purge import purge_applicants
from careerpath.words import msg


def recruitment_steps(office: Office, batches: Sequence[Batch]) -> Iterator[Step]:
    """The four batches from their plans to their ends, and the housekeeping that follows."""
    for batch in batches:
        work = BatchWork(office, batch)
        yield from _until_final(work)
        yield from _from_final(Hiring(work))
        if batch.purged_on < office.town.times.today:
            yield Step(batch.purged_on, partial(_purge, batch.purged_on))


def _until_final(work: BatchWork) -> Iterator[Step]:
    batch, days = work.batch, work.batch.days
    count = sum(opening.places for opening in batch.openings)
    says = msg(
        "%(batch)s招聘：%(places)s 个名额，%(people)s 人报名",
        batch=work.town.batch_name(batch.batch),
        places=count,
        people=sum(1 for _ in batch.entrants),
    )
    yield Step(days.planned_on, work.plan, says)
    yield Step(days.announced_on, work.publish)
    for wave, after in enumerate(WAVES):
        yield Step(days.opens_on + timedelta(days=after), partial(work.enter, wave))
    yield Step(days.closes_on, work.review_first)
    yield Step(days.closes_on + timedelta(days=1), work.review_unmended)
    yield Step(days.reviewed_on, work.review_second)
    yield Step(days.reviewed_on + timedelta(days=1), work.close_review)
    if work.has_exam:
        yield Step(days.drawn_on, work.draw)
        yield Step(days.written_on, work.sit)
        yield Step(days.typed_on, work.type_first)
        yield Step(days.typed_on + timedelta(days=1), work.type_second)
        yield Step(days.shortlisted_on, work.release_written)
        yield Step(days.rechecked_on, work.recheck)
        yield Step(days.interview_on - timedelta(days=1), work.draw_interviews)
        yield Step(days.interview_on, work.interview)
    yield Step(days.interview_on + timedelta(days=1), work.record_directs)
    yield Step(days.final_on, work.release_final)


def _from_final(hiring: Hiring) -> Iterator[Step]:
    days = hiring.work.batch.days
    yield Step(days.medical_on, hiring.medical)
    yield Step(days.background_on, hiring.background)
    yield Step(days.filled_on, hiring.fill)
    moved_up_on = days.filled_on + timedelta(days=3)
    yield Step(moved_up_on, partial(hiring.check_moved_up, Part.MOVED_UP, moved_up_on))
    yield Step(days.notice_starts_on, hiring.notice)
    yield Step(days.notice_starts_on + timedelta(days=3), hiring.object)
    yield Step(days.notice_ends_on, hiring.answer)
    yield Step(days.starts_on, hiring.begin)
    if days.late_on is not None:
        yield Step(days.late_filled_on, hiring.fill_late)
        yield Step(days.late_checked_on, partial(hiring.check_moved_up, Part.LATE, days.late_checked_on))
        yield Step(days.late_notice_on, hiring.notice_late)
        yield Step(days.late_on, hiring.begin_late)
    yield Step(days.concluded_on, hiring.conclude)


def _purge(day: date) -> None:
    purge_applicants(Actor.console(), day)
