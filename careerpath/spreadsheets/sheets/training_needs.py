"""Who lacks what training, and the rates by unit, as they go out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import Desk, Export, Wish
from careerpath.spreadsheets.sheets.numbered import pieces_of
from careerpath.training.queries.needs import NeedFilters, NeedLine, need_lines
from careerpath.training.queries.rates import RateLine, rate_lines
from careerpath.training.queries.trainees import day_of_year
from careerpath.training.sheets.needs import NEEDS_SPEC, RATES_SPEC
from careerpath.words import msg


class NeedsDesk(Desk):
    """The requirements of a year, a person and requirement a row."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return NEEDS_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody of a unit, whether met or lacking."""
        year, on = _year(wish)
        lines = need_lines(actor, NeedFilters(year, on, state=None, unit_id=wish.unit_id))

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return [_need_row(lines[place]) for place in piece]

        notes = (msg("%(year)s 年度，截至 %(on)s，共 %(count)s 行。", year=year, on=on, count=len(lines)),)
        title = f"{_where(actor, wish)}{year}年培训达标情况"
        return Export(NEEDS_SPEC, title, notes, pieces_of(range(len(lines))), rows)


class RatesDesk(Desk):
    """The rates of the units below one."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return RATES_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """A unit with those directly below it, the sum last."""
        year, on = _year(wish)
        lines = rate_lines(actor, year, on, wish.unit_id)

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return [_rate_row(lines[place], place == len(lines) - 1) for place in piece]

        notes = (msg("%(year)s 年度，截至 %(on)s。培训率按人计算，同一人只计一次；人次另列。", year=year, on=on),)
        title = f"{_where(actor, wish)}{year}年培训率和持证率"
        return Export(RATES_SPEC, title, notes, pieces_of(range(len(lines))), rows)


def _year(wish: Wish) -> tuple[int, date]:
    year = wish.year or clock.today().year
    return year, day_of_year(year, wish.on)


def _where(actor: Actor, wish: Wish) -> str:
    if wish.unit_id is None:
        return ""
    fetch_unit(actor, wish.unit_id, Permission.TRAINING_VIEW)
    return db.session.scalar(select(Unit.short_name).where(Unit.id == wish.unit_id)) or ""


def _need_row(line: NeedLine) -> dict[str, object]:
    return {
        "street": line.street or None,
        "unit": line.person.unit_name,
        "number": line.person.number,
        "name": line.person.name,
        "title": line.person.title or None,
        "requirement": line.need.name,
        "days": line.need.days,
        "wanted": line.need.wanted,
        "lacking": line.lacking,
        "by": line.need.by,
        "met": "达标" if line.need.is_met else "未达标",
        "reason": str(line.need.reason.message),
        **{f"tier_{tier.value}": days for tier, days in line.by_tier.items()},
    }


def _rate_row(line: RateLine, total: bool) -> dict[str, object]:
    met = line.rate.is_met if line.rate is not None else None
    return {
        "unit": "合计" if total else line.unit_name,
        "serving": line.serving,
        "trained": line.trained,
        "rate": line.share,
        "met": {True: "达标", False: "未达标", None: None}[met],
        "attendances": line.attendances,
        "certified": line.certified,
        "certified_rate": line.certified_share,
        **{grade.value: count for grade, count in line.holders.items()},
    }
