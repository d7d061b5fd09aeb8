"""Which editions there are here, which is in force, and what they say."""

from careerpath.rulebook.queries.editions import edition_named, edition_on, editions, every_edition

__all__ = ["edition_named", "edition_on", "editions", "every_edition"]
