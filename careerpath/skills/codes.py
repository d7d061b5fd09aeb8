"""How well somebody can do a line of work, and by what that was shown."""

from careerpath.policy.codes.code import Code


class SkillLevel(Code):
    """Lowest first. Who can cover a line holds ``ABLE`` or better."""

    LEARNING = "learning", "在学", "learning", "学习中", "了解"
    ABLE = "able", "能办", "able", "独立办理", "熟练"
    TEACHING = "teaching", "能教", "able to teach", "能带人", "精通"

    @property
    def rank(self) -> int:
        """Its place from the lowest."""
        return list(SkillLevel).index(self)


class ShownBy(Code):
    """By what a skill was shown: a course, a contest (大比武), a test, or daily work."""

    COURSE = "course", "培训结业", "course"
    CONTEST = "contest", "大比武", "contest", "技能比武", "竞赛"
    TEST = "test", "测试", "test", "考试"
    PRACTICE = "practice", "岗位实践", "practice", "日常工作"
