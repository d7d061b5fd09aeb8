"""How a worker does a job: take it, do the pieces that are missing, put them together, conclude it.

The rooms that have background work hand in a ``Handler`` for each kind; this floor knows none of them.
"""

import json
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import IO, Any, Protocol, TypeVar

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.models import User
from careerpath.access.permissions import Permission
from careerpath.access.session import actor_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.jobs import lease
from careerpath.jobs.models import Job, JobChunk, JobState
from careerpath.jobs.operations import Conclusion, conclude_job
from careerpath.words import Message, NotFound, Refused, Unmet, msg

T = TypeVar("T")

NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Result:
    """What a job made: its file name for the owner, media type, and a stream at its start, which the runner closes."""

    name: str
    media_type: str
    content: IO[bytes]


class Handler(Protocol):
    """One kind of background work. Parts are plain JSON values; making one twice must do no harm."""

    @property
    def permission(self) -> Permission:
        """What the owner must hold when the work is ordered and when it runs."""

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The parts of the work, each of some seconds; asked once, when the job is first taken up."""

    def make(self, actor: Actor, part: Any) -> bytes:
        """One part done. The bytes are kept, and given to ``finish``."""

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """The kept parts, in their order, put together. The files stay open until the result has been read."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient workers are."""

    lease: timedelta = timedelta(seconds=60)
    """After so long without a heartbeat another worker may take the job up."""
    longest_part: timedelta = timedelta(minutes=15)
    """A part that takes longer hangs: the heartbeat ceases."""
    tries: int = 3
    """How often a part is tried before the job fails."""
    pause: float = 1.0
    """Seconds between two tries."""
    attempts: int = 3
    """How often a job is taken up in all, when its workers die with it."""


PACE = Pace()


def run_job(
    job_id: int,
    handlers: Mapping[str, Handler],
    worker: str,
    *,
    pace: Pace = PACE,
    stopping: Callable[[], bool] = lambda: False,
) -> bool:
    """Do a job if it is free; whether it was. How it ended stands in its row.

    ``worker`` names the worker process. When ``stopping`` says that it has been asked to go, the job is given back
    after the part in hand, and the next worker goes on from there. Raises database errors: the lease then runs out.
    """
    holder = f"{worker[:60]}/{secrets.token_hex(6)}"
    if not lease.take(job_id, holder, pace.lease):
        return False
    origin = audit.origin.set(audit.Origin("job", worker[:64], f"job {job_id}"))
    try:
        _Run(job_id, holder, pace, stopping).work(handlers)
    except _Lost:
        current_app.logger.info("job %s was cancelled or taken up by another worker", job_id)
    except _Stopping:
        lease.release(job_id, holder)
    finally:
        db.session.rollback()
        audit.origin.reset(origin)
    return True


class _Lost(Exception):
    """The job is held no more: cancelled, or taken up by another worker."""


class _Stopping(Exception):
    """The worker has been asked to go."""


class _Failed(Exception):
    """The job cannot be done; carries the sentence for its owner."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class _Run:
    """One taking of a job, from the first part that is missing to its end."""

    def __init__(self, job_id: int, holder: str, pace: Pace, stopping: Callable[[], bool]) -> None:
        self.job_id, self.holder, self.pace, self.stopping = job_id, holder, pace, stopping
        self.part_began_at = clock.now()
        columns = (Job.kind, Job.request, Job.plan, Job.attempts, Job.owner_id, User.name, User.display_name)
        row = db.session.execute(select(*columns).join(User, User.id == Job.owner_id).where(Job.id == job_id)).one()
        self.kind, self.request, self.plan, self.attempts, self.owner_id, name, display_name = row
        # Concludes the job in the owner's name, whatever has become of the owner's roles.
        self.signature = Actor(self.owner_id, name, display_name)

    def work(self, handlers: Mapping[str, Handler]) -> None:
        """Do what is missing and conclude."""
        try:
            handler = handlers.get(self.kind)
            if handler is None:
                raise _Failed(msg("现在的程序不能办理这类任务（%(kind)s），请告知系统管理员。", kind=self.kind))
            if self.attempts > self.pace.attempts:
                text = "任务运行中断 %(count)s 次，已不再继续。请重新提交；如再次中断，请告知系统管理员。"
                raise _Failed(msg(text, count=self.pace.attempts))
            with self._heartbeat():
                self._do_parts(handler)
                conclusion = self._tried(lambda: self._put_together(handler))
        except _Failed as failure:
            conclusion = Conclusion(JobState.FAILED, failure.message)
        try:
            conclude_job(self.signature, self.job_id, self.holder, conclusion)
        except NotFound as gone:
            if conclusion.result_key:
                files().remove(conclusion.result_key)
            raise _Lost from gone

    def _do_parts(self, handler: Handler) -> None:
        if self.plan is None:
            parts = self._tried(lambda: list(handler.chunks(self._owner(handler), self.request)))
            self.plan = json.loads(json.dumps(parts))
            self._demand(lease.keep_plan(self.job_id, self.holder, self.plan))
        kept = set(db.session.scalars(select(JobChunk.number).where(JobChunk.job_id == self.job_id)).all())
        for number, part in enumerate(self.plan):
            if number in kept:
                continue
            if self.stopping():
                raise _Stopping
            self.part_began_at = clock.now()
            key = self._tried(partial(self._make_part, handler, part))
            if not lease.keep_chunk(self.job_id, self.holder, number, key, self.pace.lease):
                files().remove(key)
                raise _Lost
        self.part_began_at = clock.now()

    def _make_part(self, handler: Handler, part: Any) -> str:
        return files().save(handler.make(self._owner(handler), part), ".chunk")

    def _put_together(self, handler: Handler) -> Conclusion:
        query = select(JobChunk.file_key).where(JobChunk.job_id == self.job_id).order_by(JobChunk.number)
        store, key = files(), f"{secrets.token_hex(16)}.result"
        with ExitStack() as stack:
            parts = [stack.enter_context(store.open(kept)) for kept in db.session.scalars(query).all()]
            result = handler.finish(self._owner(handler), self.request, parts)
            with closing(result.content) as source, store.create(key) as target:
                shutil.copyfileobj(source, target)
        return Conclusion(JobState.DONE, None, key, _fitting(result.name), result.media_type)

    def _owner(self, handler: Handler) -> Actor:
        """The owner with the roles of now. Raises ``Refused`` when they no longer suffice."""
        db.session.rollback()
        actor = actor_of(self.owner_id)
        if actor is None or not actor.has(handler.permission):
            text = "您的账号已停用，或已没有办理这项业务的权限，任务未能完成。如确需办理，请联系安全管理员授权。"
            raise Refused(msg(text))
        return actor

    def _tried(self, work: Callable[[], T]) -> T:
        """Do something, a few times if need be. A refusal is an answer and is not tried again."""
        number = secrets.token_hex(4).upper()
        for attempt in range(1, self.pace.tries + 1):
            try:
                return work()
            except Unmet as unmet:
                db.session.rollback()
                raise _Failed(unmet.message) from unmet
            except Exception:
                db.session.rollback()
                # A cancelled job's files are gone: that is no fault.
                self._demand(lease.renew(self.job_id, self.holder, self.pace.lease))
                current_app.logger.exception("job %s, try %s, number %s", self.job_id, attempt, number)
                if self.stopping():
                    raise _Stopping from None
                if attempt < self.pace.tries:
                    time.sleep(self.pace.pause)
        raise _Failed(msg("程序出错，任务没有完成。请把编号 %(number)s 告诉系统管理员。", number=number))

    @staticmethod
    def _demand(held: bool) -> None:
        if not held:
            raise _Lost

    @contextmanager
    def _heartbeat(self) -> Iterator[None]:
        """Renews the lease while a long part is in the making."""
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        over = Event()
        thread = Thread(target=self._beat, args=(app, over), name=f"heartbeat-{self.job_id}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, app: Flask, over: Event) -> None:
        while not over.wait(self.pace.lease.total_seconds() / 3):
            if clock.now() - self.part_began_at > self.pace.longest_part:
                continue
            try:
                with app.app_context():
                    if not lease.renew(self.job_id, self.holder, self.pace.lease):
                        return
            except SQLAlchemyError as error:
                # A busy database: the lease outlasts two missed beats.
                app.logger.warning("no heartbeat for job %s: %s", self.job_id, error)


def _fitting(name: str) -> str:
    """A file name cut to the column's length, with its ending kept."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}{dot}{ending}" if len(name) > NAME_LENGTH else name
