"""The pages of the reserve pool."""

from types import ModuleType

from careerpath.talent_pool.views import (
    cadre,
    channel_people,
    channels,
    development,
    entrants,
    entries,
    ladder,
    objections,
    own_selections,
    pool,
    promotions,
    promotions_together,
    proposals,
    results,
    selections,
    stages,
    succession,
)
from careerpath.talent_pool.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (
    cadre,
    channel_people,
    channels,
    development,
    entrants,
    entries,
    ladder,
    objections,
    own_selections,
    pool,
    promotions,
    promotions_together,
    proposals,
    results,
    selections,
    stages,
    succession,
)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
