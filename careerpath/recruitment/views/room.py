"""The blueprints that the pages of this room belong to: those of the offices, and the open ones of candidates."""

from flask import Blueprint

blueprint = Blueprint("recruitment", __name__, url_prefix="/recruitment")
apply = Blueprint("apply", __name__, url_prefix="/apply")

BLUEPRINTS = (blueprint, apply)
