"""The blueprint that the pages of this room belong to."""

from flask import Blueprint

blueprint = Blueprint("pay", __name__, url_prefix="/pay")
