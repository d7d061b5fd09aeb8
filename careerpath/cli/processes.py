"""Several processes on one port, started and stopped as one. For Linux and other systems that can fork."""

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.context import ForkProcess
from types import FrameType

from careerpath.words import Refused, msg

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BACKLOG = 1024
GRACE_SECONDS = 25
"""How long processes may take to end after they were asked to."""
SOUND_SECONDS = 2
"""A process that ends sooner than this after its start would only end again."""
PR_SET_PDEATHSIG = 1


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, to be shared by processes. Raises ``Refused`` when the port is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        text = "无法在 %(host)s 的 %(port)s 端口提供服务：%(why)s。请核对 --host，或用 --port 换一个端口。"
        number = error.errno if isinstance(error, OSError) else None
        why = os.strerror(number) if number and number > 0 else str(error)
        raise Refused(msg(text, host=host, port=port, why=why)) from error


def supervise(works: Mapping[str, Callable[[], None]]) -> None:
    """Run each piece of work in a process of its own until Ctrl+C or SIGTERM; then end them all.

    A process that dies is started again. Raises ``Refused`` when one dies right after its start. If this process is
    killed, the others end by themselves.
    """
    with _asked_to_stop() as asked:
        running = {name: _start(name, work) for name, work in works.items()}
        try:
            while not asked:
                connection.wait([child.process.sentinel for child in running.values()], timeout=0.3)
                for name, child in running.items():
                    if not child.process.is_alive() and not asked:
                        child.demand_sound(name)
                        running[name] = _start(name, works[name])
        finally:
            _end([child.process for child in running.values()])


@dataclass(frozen=True, slots=True)
class _Child:
    process: ForkProcess
    started: float

    def demand_sound(self, name: str) -> None:
        if time.monotonic() - self.started < SOUND_SECONDS:
            text = "进程 %(name)s 启动后立即退出（代码 %(code)s），服务已停止。原因见上方的错误信息。"
            raise Refused(msg(text, name=name, code=self.process.exitcode))


@contextmanager
def _asked_to_stop() -> Iterator[list[int]]:
    """A list that fills once somebody asks this process to stop."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(name: str, work: Callable[[], None]) -> _Child:
    sys.stdout.flush()
    process = get_context("fork").Process(target=_child, args=(work, os.getpid()), name=name)
    # A signal that comes while the child still has its parent's handlers would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    return _Child(process, time.monotonic())


def _child(work: Callable[[], None], parent: int) -> None:
    # Ctrl+C reaches the whole group; the parent passes it on as SIGTERM, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:
        work()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
