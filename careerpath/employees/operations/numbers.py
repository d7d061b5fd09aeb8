"""The office's own numbers of personnel files: letters of the district and a running number, such as ``FX-0107``."""

import re

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, NumberSeries
from careerpath.employees.operations.identity import initials_of, plain_text
from careerpath.policy.codes import UnitKind
from careerpath.words import Refused, msg

AHEAD = 200
FORM = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}")


class Numbers:
    """Gives out numbers within the running operation; the series stays locked until its end."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {}
        self._series: dict[str, NumberSeries] = {}
        self._taken: dict[str, set[str]] = {}
        self._looked: dict[str, int] = {}

    def next(self, unit: Unit) -> str:
        """The next free number of the unit's district."""
        series = self._locked(self._prefix(unit))
        with db.session.no_autoflush:
            while True:
                series.last += 1
                self._look_ahead(series)
                number = _number(series.prefix, series.last)
                if number not in self._taken[series.prefix]:
                    return number

    def _look_ahead(self, series: NumberSeries) -> None:
        """Learn which of the next numbers an office has given out by hand: one query for many."""
        if series.last < self._looked.get(series.prefix, 0):
            return
        ahead = [_number(series.prefix, one) for one in range(series.last, series.last + AHEAD)]
        self._taken[series.prefix] = set(db.session.scalars(select(Employee.number).where(Employee.number.in_(ahead))))
        self._looked[series.prefix] = series.last + AHEAD

    def _prefix(self, unit: Unit) -> str:
        if unit.path not in self._prefixes:
            ids = [int(part) for part in unit.path.split("/") if part]
            above = db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.path)).all()
            district = next((one for one in above if one.kind is UnitKind.DISTRICT), above[0])
            letters = re.sub(r"[^a-z]", "", initials_of(district.short_name)) or "dw"
            self._prefixes[unit.path] = letters.upper()[:8]
        return self._prefixes[unit.path]

    def _locked(self, prefix: str) -> NumberSeries:
        if prefix not in self._series:
            query = select(NumberSeries).where(NumberSeries.prefix == prefix).with_for_update()
            series = db.session.scalars(query).one_or_none()
            if series is None:
                series = NumberSeries(prefix=prefix, last=0)
                db.session.add(series)
            self._series[prefix] = series
        return self._series[prefix]


def _number(prefix: str, place: int) -> str:
    return f"{prefix}-{place:04d}"


def read_number(text: str) -> str:
    """A number given by the office: capitals, digits and hyphens; empty stays empty. Raises ``Refused``."""
    number = plain_text(text).replace(" ", "").upper()
    if number and not FORM.fullmatch(number):
        raise Refused(msg("编号“%(number)s”只能用大写字母、数字和连字符，2 至 24 位。", number=text), field="number")
    return number
