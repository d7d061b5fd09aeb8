"""The wake-up call."""

import json
import sqlite3
from pathlib import Path

import pytest

from careerpath.core.queue import open_queue
from careerpath.words import Refused


def test_a_queue_is_opened_when_it_is_first_used(tmp_path: Path) -> None:
    queue = open_queue(f"sqlite:///{tmp_path / 'queue.db'}")
    assert not (tmp_path / "queue.db").exists()
    assert queue.pending_count() == 0
    queue.close()


def test_a_call_is_a_number_and_carries_no_code(tmp_path: Path) -> None:
    queue = open_queue(f"sqlite:///{tmp_path / 'queue.db'}")
    queue.wake(812)
    assert queue.pending_count() == 1
    queue.close()
    with sqlite3.connect(tmp_path / "queue.db") as connection:
        (data,) = connection.execute("SELECT data FROM task").fetchone()
    connection.close()
    assert json.loads(data)[2] == [812]


def test_another_program_hears_the_call(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    web, worker = open_queue(url), open_queue(url)
    heard: list[int] = []
    listener = worker.listener(heard.append, lambda: None)
    web.wake(812)
    task = listener.huey.dequeue()
    listener.huey.execute(task)
    assert heard == [812]
    web.close()
    worker.close()


def test_an_unknown_kind_of_queue_is_refused_with_the_name_of_the_setting() -> None:
    with pytest.raises(Refused, match=r"CAREERPATH_QUEUE.*amqp"):
        open_queue("amqp://localhost")
