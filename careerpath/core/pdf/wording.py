"""How papers say days, scores and moments, and the code that tells whether a paper still says what the record says."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from flask import current_app

from careerpath.core import clock
from careerpath.core.pdf.foot import Foot

WEEKDAYS = "一二三四五六日"


def day_of(on: date | None) -> str:
    """A day as papers write it: 2025年12月5日; empty where there is none."""
    return "" if on is None else f"{on.year}年{on.month}月{on.day}日"


def day_and_weekday(on: date) -> str:
    """A day with its weekday."""
    return f"{day_of(on)}（星期{WEEKDAYS[on.weekday()]}）"


def month_of(on: date | None) -> str:
    """A month as forms write it: 1998.04."""
    return "" if on is None else f"{on:%Y.%m}"


def point_day(on: date | None) -> str:
    """A day as forms write it: 2022.09.12."""
    return "" if on is None else f"{on:%Y.%m.%d}"


def moment_of(at: datetime | None) -> str:
    """A moment by the office's clock."""
    return "" if at is None else clock.office_time(at).strftime("%Y-%m-%d %H:%M")


def office_day(at: datetime | None) -> str:
    """The day of a moment by the office's clock."""
    return "" if at is None else day_of(clock.office_time(at).date())


def score(value: Decimal | None) -> str:
    """A score with two decimals; empty where there is none."""
    return "" if value is None else f"{value:.2f}"


def stamped(printed_by: str, number: str = "", code: str = "") -> Foot:
    """The line at the foot: number, who prints, when, and the code to check the paper by."""
    return Foot(number=number, printed_by=printed_by, printed_at=moment_of(clock.now()), check_code=code)


def code_over(number: str, said: object) -> str:
    """The check code of a paper: another one as soon as anything it says has changed."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, f"{number}\n{said!r}".encode(), hashlib.sha256).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def said_by(cells: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The texts of a form, as its check code is reckoned over them: without the foot and without pictures."""
    return sorted((name, value) for name, value in cells.items() if isinstance(value, str) and name != "foot")
