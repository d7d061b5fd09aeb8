"""The only place that knows the present."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

_fixed: list[datetime] = []


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _fixed[-1] if _fixed else datetime.now(UTC)


def today() -> date:
    """The calendar day at the offices (UTC+8)."""
    return now().astimezone(OFFICE_ZONE).date()


def office_time(instant: datetime) -> datetime:
    """An instant as the offices' clocks show it."""
    return instant.astimezone(OFFICE_ZONE)


class Stopped:
    """Holds the clock at an instant: ``with Stopped(datetime(2025, 12, 1, tzinfo=UTC)): …`` (tests, demo data)."""

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        self.instant = instant.astimezone(UTC)

    def __enter__(self) -> "Stopped":
        _fixed.append(self.instant)
        return self

    def __exit__(self, *_: object) -> None:
        _fixed.pop()
