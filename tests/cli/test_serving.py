"""The pages and the background work as processes: on one port, restarted when they die, gone when they are told."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from flask import Flask

from careerpath.app import create_app
from careerpath.cli.processes import listen, supervise
from careerpath.cli.serving import demand_schema, serve_pages
from careerpath.core.db import db
from careerpath.settings import Settings
from careerpath.words import Refused
from tests.conftest import make_settings

PATIENCE = 20


@pytest.fixture
def pids(tmp_path: Path) -> Callable[[], list[int]]:
    return lambda: [int(line) for line in (tmp_path / "pids").read_text().split()] if _there(tmp_path) else []


@pytest.fixture
def start() -> Iterator[Callable[[Callable[[], object]], ForkProcess]]:
    """Starts something in a process of its own that does not outlive the test."""
    started: list[ForkProcess] = []

    def begin(work: Callable[[], object]) -> ForkProcess:
        process = get_context("fork").Process(target=work)
        process.start()
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.join()


def _there(folder: Path) -> bool:
    return (folder / "pids").exists()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def note_and(folder: Path, work: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with (folder / "pids").open("a") as file:
            file.write(f"{os.getpid()}\n")
        work()

    return run


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def asks(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except ConnectionRefusedError:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_one_that_started_it(
    how: signal.Signals,
    start: Callable[[Callable[[], object]], ForkProcess],
    pids: Callable[[], list[int]],
    tmp_path: Path,
) -> None:
    sleeper = note_and(tmp_path, lambda: time.sleep(60))
    parent = start(lambda: supervise({"one": sleeper, "two": sleeper}))
    until(lambda: len(pids()) == 2)
    assert parent.pid is not None
    os.kill(parent.pid, how)
    parent.join(PATIENCE)
    until(lambda: not any(lives(pid) for pid in pids()))
    assert parent.exitcode == (-signal.SIGKILL if how is signal.SIGKILL else 0)


def test_a_process_that_dies_is_started_again(
    start: Callable[[Callable[[], object]], ForkProcess],
    pids: Callable[[], list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("careerpath.cli.processes.SOUND_SECONDS", 0)
    start(lambda: supervise({"one": note_and(tmp_path, lambda: time.sleep(60))}))
    until(lambda: len(pids()) == 1)
    os.kill(pids()[0], signal.SIGKILL)
    until(lambda: len(pids()) == 2)


def test_processes_that_cannot_start_end_the_program_with_a_word(tmp_path: Path) -> None:
    survivor = note_and(tmp_path, lambda: time.sleep(60))
    with pytest.raises(Refused, match=r"web-1.*立即退出"):
        supervise({"worker": survivor, "web-1": lambda: None})
    pid = int((tmp_path / "pids").read_text()) if _there(tmp_path) else None
    assert pid is None or not lives(pid)


def test_two_web_processes_and_a_worker_serve_one_port(
    settings: Settings, start: Callable[[Callable[[], object]], ForkProcess]
) -> None:
    port = free_port()

    def serve() -> None:
        app = create_app(settings)
        with app.app_context():
            serve_pages(app, "127.0.0.1", port, processes=2)

    parent = start(serve)
    until(lambda: asks(port, "/healthz") == 200)
    assert {asks(port, "/readyz") for _ in range(10)} == {200}
    assert parent.pid is not None
    children = [int(pid) for pid in Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()]
    assert len(children) == 3
    parent.terminate()
    parent.join(PATIENCE)
    assert parent.exitcode == 0
    assert not any(lives(pid) for pid in children)
    assert asks(port, "/healthz") == 0


def test_a_port_that_is_taken_is_named_in_the_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=rf"{port}.*--port"):
            listen("127.0.0.1", port)


def test_pages_are_not_served_on_tables_of_another_version(app: Flask, tmp_path: Path) -> None:
    demand_schema(app)
    bare = create_app(make_settings(tmp_path, f"sqlite:///{tmp_path / 'bare.db'}"))
    with bare.app_context():
        with pytest.raises(Refused, match="careerpath db upgrade"):
            demand_schema(bare)
        db.session.remove()
        db.engine.dispose()
