"""What a scheme would change before it is adopted: cost, gains and losses, the years ahead."""

from decimal import Decimal

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.queries.units import unit_named
from careerpath.access.session import current_actor, needs
from careerpath.core.charts import BarChart, Chart, DifferenceChart, LineChart, Series, for_screen
from careerpath.core.web.language import say
from careerpath.pay.queries.what_if import Simulation, draft_of, simulate, usual_unit
from careerpath.pay.views.room import blueprint
from careerpath.words import msg

MOST_BARS = 16


@blueprint.get("/what-if/<int:edition_id>")
@needs(Permission.PAY_SIMULATE)
def what_if(edition_id: int) -> ResponseReturnValue:
    """A stored scheme beside the one in force, for the people of a unit."""
    actor = current_actor()
    draft = draft_of(actor, edition_id)
    asked = request.args.get("unit", "").strip()
    unit_id = unit_named(actor, asked, asked, Permission.PAY_SIMULATE) if asked else usual_unit(actor)
    found = simulate(actor, unit_id, draft) if unit_id is not None else None
    charts = {} if found is None else {name: for_screen(chart) for name, chart in _charts(found).items()}
    return render_template(
        "pay/what-if.html", edition_id=edition_id, draft=draft, asked=asked, page=found, charts=charts
    )


def _charts(found: Simulation) -> dict[str, Chart]:
    sides = say(msg("现行办法")), say(msg("测算版本"))
    moves = sorted(found.streets, key=lambda street: -abs(street.gain + street.loss))[:MOST_BARS]
    bands = _bands(found)
    return {
        "months": LineChart(
            title=say(msg("各月用工成本")),
            categories=found.months,
            series=(Series(sides[0], found.now_months), Series(sides[1], found.draft_months)),
            unit=say(msg("元")),
        ),
        "streets": DifferenceChart(
            title=say(msg("各街道月工资净增减")),
            rows=tuple((street.name, street.gain + street.loss) for street in moves),
            unit=say(msg("元")),
        ),
        "people": BarChart(
            title=say(msg("每人每月增减的人数分布")),
            categories=tuple(name for name, _ in bands),
            series=(Series(say(msg("人数")), tuple(count for _, count in bands)),),
            unit=say(msg("人")),
        ),
        "years": LineChart(
            title=say(msg("五年用工成本")),
            categories=tuple(year.year[:4] for year in found.years),
            series=(
                Series(sides[0], tuple(year.now for year in found.years)),
                Series(sides[1], tuple(year.draft for year in found.years)),
            ),
            unit=say(msg("元")),
        ),
    }


def _bands(found: Simulation) -> tuple[tuple[str, Decimal], ...]:
    return tuple((say(name), Decimal(count)) for name, count in found.bands)
