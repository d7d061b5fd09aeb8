"""The blueprint that the pages of this room belong to, and what they share."""

from flask import Blueprint

blueprint = Blueprint("annual_reports", __name__, url_prefix="/annual-reports")
