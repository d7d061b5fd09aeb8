"""The pages about people."""

from careerpath.employees.views import corrections, facts, own, papers, people, record, soundness
from careerpath.employees.views.room import BLUEPRINTS

PAGES = (people, record, facts, papers, corrections, own, soundness)
"""The modules whose pages stand in the room."""

__all__ = ["BLUEPRINTS", "PAGES"]
