"""Addresses of the rulebook."""

from careerpath.rulebook.views import changing, files, reading
from careerpath.rulebook.views.room import blueprint

__all__ = ["blueprint", "changing", "files", "reading"]
