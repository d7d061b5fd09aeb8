"""What we keep of lines of work and skills."""

from careerpath.skills.models.skills import Skill, WorkLine

__all__ = ["Skill", "WorkLine"]
