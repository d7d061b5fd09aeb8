"""The wake-up call for background workers. What is to be done, and whether it is done, stands in the database.

The queue carries numbers only, never code. It is opened when it is first used, so that a page that orders nothing
pays nothing.
"""

import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer, Scheduler
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer

from careerpath.words import Refused, msg

NAME = "careerpath"
IDLE_SECONDS = 1.0
"""How long an idle worker waits between two looks at a queue that cannot call by itself."""
LOOK_ROUND_SECONDS = 10
"""How often a worker looks for work whose wake-up was lost or whose worker died."""
PARTING_SECONDS = 20
"""How long a worker that is told to stop may finish the piece in its hands."""

KINDS: dict[str, Callable[[str], Callable[..., Huey]]] = {
    "memory": lambda url: MemoryHuey,
    "sqlite": lambda url: partial(SqliteHuey, filename=url.removeprefix("sqlite:///")),
    "postgresql": lambda url: partial(PostgresHuey, dsn=url.replace("postgresql+psycopg:", "postgresql:", 1)),
    "redis": lambda url: partial(RedisHuey, url=url),
    "rediss": lambda url: partial(RedisHuey, url=url),
}


class Queue:
    """The queue of an installation, and the worker that listens to it."""

    def __init__(self, url: str) -> None:
        scheme = urlsplit(url).scheme.partition("+")[0]
        if scheme not in KINDS:
            raise Refused(
                msg(
                    "设置 CAREERPATH_QUEUE 不支持“%(scheme)s”，可用 sqlite:///路径、postgresql://… 或 redis://…。",
                    scheme=scheme,
                )
            )
        self._make = KINDS[scheme](url)
        self._on_wake: Callable[[int], None] = _nobody_hears
        self._on_look_round: Callable[[], None] = _nobody_looks

    def wake(self, number: int) -> None:
        """Call a worker to the work of this number. Raises what the queue's storage raises when it is out of reach."""
        self._line.wake(number)

    def pending_count(self) -> int:
        """How many calls no worker has heard yet."""
        return int(self._line.huey.pending_count())

    def listener(self, on_wake: Callable[[int], None], on_look_round: Callable[[], None]) -> "Listener":
        """A worker: ``on_wake`` for each call, ``on_look_round`` every ten seconds when no call is pending."""
        self._on_wake, self._on_look_round = on_wake, on_look_round
        return Listener(self._line.huey)

    def close(self) -> None:
        """Give the storage's connection back; the queue opens again when it is used."""
        if "_line" in self.__dict__:
            self._line.huey.storage.close()

    @cached_property
    def _line(self) -> "_Line":
        try:
            huey = self._make(NAME, results=False, serializer=Numbers())
        except ConfigurationError as missing:
            raise Refused(
                msg("设置 CAREERPATH_QUEUE 所需的程序库尚未安装：%(missing)s", missing=str(missing))
            ) from missing
        wake = huey.task(name="wake")(lambda number: self._on_wake(number))
        huey.periodic_task(lambda moment: True, name="look_round")(lambda: self._on_look_round())
        return _Line(huey, wake)


@dataclass(frozen=True, slots=True)
class _Line:
    """An open queue. Two threads that open it together each get a whole one."""

    huey: Any
    wake: Callable[[int], Any]


class Numbers(Serializer):  # type: ignore[misc]
    """A call as JSON: its id, its kind and a number. Who can write to the queue can wake a worker, and nothing else."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps([data.id, data.name, list(data.args)]).encode()

    def _deserialize(self, data: bytes) -> Any:
        identity, name, args = json.loads(bytes(data))
        return Message(str(identity), str(name), args=tuple(int(number) for number in args), kwargs={})


class _Watch(Scheduler):  # type: ignore[misc]
    """Looks round every few seconds instead of every minute, but not while calls are pending: they come first."""

    periodic_task_seconds = LOOK_ROUND_SECONDS

    def enqueue_periodic_tasks(self, now: Any) -> None:
        if self.huey.pending_count() == 0:
            super().enqueue_periodic_tasks(now)


class Listener(Consumer):  # type: ignore[misc]
    """One worker process. Asked to stop by a signal, it finishes the piece in its hands and goes."""

    scheduler_class = _Watch

    def __init__(self, huey: Any) -> None:
        super().__init__(huey, workers=1, max_delay=IDLE_SECONDS, shutdown_timeout=PARTING_SECONDS)
        # Every way of asking is the same request; none starts the program anew, as the library would on SIGHUP.
        self._signal_actions = dict.fromkeys((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), (False, True))

    def is_stopping(self) -> bool:
        """Whether somebody asked the worker to go."""
        return self._signum is not None or bool(self.stop_flag.is_set())


def open_queue(url: str) -> Queue:
    """The queue at ``sqlite:///path`` (one machine), ``postgresql://…``, ``redis://…`` or ``memory:`` (tests)."""
    return Queue(url)


def queue() -> Queue:
    """The queue of the running program."""
    found = current_app.extensions["careerpath.queue"]
    if not isinstance(found, Queue):
        raise TypeError("the program was started without a queue")
    return found


def _nobody_hears(number: int) -> None:
    """A program that does not listen."""


def _nobody_looks() -> None:
    """A program that does not listen."""
