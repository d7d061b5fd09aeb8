"""Grades of the annual appraisal, under the neutral codes that organisation departments use."""

from careerpath.policy.codes.code import Code


class Grade(Code):
    """A grade, or the reason why there is none. ``zh`` is the 称职 family; an edition has the words of its place."""

    EXCELLENT = "1", "优秀", "excellent"
    COMPETENT = "2", "称职", "competent", "合格"
    BASIC = "3", "基本称职", "basic", "基本合格"
    INCOMPETENT = "4", "不称职", "incompetent", "不合格"
    ON_PROBATION = "5A", "试用期，不确定等次", "on probation, no grade"
    UNDER_INVESTIGATION = "5B", "被立案调查尚未结案，不确定等次", "under investigation, no grade"
    UNDER_DISCIPLINE = "5C", "受处分期间，不确定等次", "under discipline, no grade"
    LONG_LEAVE = "6A", "病事假累计超过半年，不进行考核", "on leave for over half the year, not appraised"

    @property
    def mark(self) -> str:
        """A sign that differs by shape, on screen and in print; a dash where no grade is given."""
        return {"1": "●", "2": "■", "3": "▲", "4": "◆"}.get(self.value, "—")


DETERMINED = (Grade.EXCELLENT, Grade.COMPETENT, Grade.BASIC, Grade.INCOMPETENT)
"""The four grades, best first."""

UNDETERMINED = (Grade.ON_PROBATION, Grade.UNDER_INVESTIGATION, Grade.UNDER_DISCIPLINE, Grade.LONG_LEAVE)
"""The codes of people who receive no grade."""
