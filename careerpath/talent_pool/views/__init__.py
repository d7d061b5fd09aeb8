"""The pages of the reserve pool."""

from types import ModuleType

from careerpath.talent_pool.views import (
    cadre,
    channel_people,
    channels,
    development,
    entries,
    ladder,
    pool,
    proposals,
    succession,
)
from careerpath.talent_pool.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (
    cadre,
    channel_people,
    channels,
    development,
    entries,
    ladder,
    pool,
    proposals,
    succession,
)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
