"""The pages of rotations."""

from types import ModuleType

from careerpath.rotations.views import exchange, hosts, own_rotation, plans, proposals, rotation, rotations, wishes
from careerpath.rotations.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (rotations, proposals, rotation, hosts, wishes, exchange, own_rotation, plans)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
