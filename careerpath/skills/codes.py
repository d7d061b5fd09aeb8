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


class UsualLine(Code):
    """Lines of work that most communities have, for a district to begin with; it renames and adds as it likes."""

    PARTY = "party", "党建工作", "party building"
    GRID = "grid", "网格治理", "grid governance"
    MEDIATION = "mediation", "矛盾调解与信访", "mediation and petitions"
    SAFETY = "safety", "平安建设与应急", "safety and emergencies"
    RELIEF = "relief", "社会救助", "social relief"
    ELDERLY = "elderly", "养老助老", "care of the elderly"
    DISABLED = "disabled", "残疾人服务", "services for disabled people"
    CHILDREN = "children", "妇女儿童", "women and children"
    HEALTH = "health", "卫生健康", "public health"
    EMPLOYMENT = "employment", "就业和社会保障", "employment and social security"
    VETERANS = "veterans", "退役军人服务", "services for veterans"
    PROPERTY = "property", "物业协调", "property management"
    ENVIRONMENT = "environment", "环境卫生", "environment and sanitation"
    CULTURE = "culture", "文体教育", "culture, sports and education"
