"""What people call levels and ways of this room."""

from careerpath.skills.codes import SkillLevel

LEVEL_KINDS: dict[SkillLevel, str] = {
    SkillLevel.LEARNING: "",
    SkillLevel.ABLE: "success",
    SkillLevel.TEACHING: "primary",
}
"""The kind of mark with which a level is shown; codes say their own names."""
