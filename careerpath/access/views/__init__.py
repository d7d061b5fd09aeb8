"""The pages of the door, and later of units, accounts and the trail."""

from careerpath.access.views import door

BLUEPRINTS = (door.blueprint,)
