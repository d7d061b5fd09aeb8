"""The pay rules over many people at once, from arrays."""

from careerpath.population.forecast import ASSUMPTIONS, Forecast, Year, forecast
from careerpath.population.gathering import facts_of, gather
from careerpath.population.people import People, Person
from careerpath.population.reasons import Reasoned, reasoned
from careerpath.population.totals import LACKING, OUT, PAID, Totals, explain, totals
from careerpath.population.what_if import Lacking, Side, WhatIf, what_if

__all__ = [
    "ASSUMPTIONS",
    "LACKING",
    "OUT",
    "PAID",
    "Forecast",
    "Lacking",
    "People",
    "Person",
    "Reasoned",
    "Side",
    "Totals",
    "WhatIf",
    "Year",
    "explain",
    "facts_of",
    "forecast",
    "gather",
    "reasoned",
    "totals",
    "what_if",
]
