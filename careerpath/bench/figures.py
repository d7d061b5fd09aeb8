"""One figure of a run, and how it is told."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in which unit; ``yardstick`` names the thing it stands beside, if it is not one itself."""

    name: str
    value: float
    unit: str
    yardstick: str = ""


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median time of some runs after one that does not count, in seconds."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach the database within the block."""
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
