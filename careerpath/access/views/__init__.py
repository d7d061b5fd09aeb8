"""The pages of the door, of units, accounts, roles and the trail."""

from careerpath.access.views import accounts, door, own, trail, units

BLUEPRINTS = (
    door.blueprint,
    own.blueprint,
    units.blueprint,
    accounts.blueprint,
    accounts.roles_blueprint,
    trail.blueprint,
)
