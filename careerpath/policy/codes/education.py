"""Education (GB/T 4658-2006) and degrees (GB/T 6864)."""

from careerpath.policy.codes.code import Code


class Education(Code):
    """GB/T 4658-2006: the levels at which a course ends with a diploma. 本科毕业 is 21."""

    DOCTOR = "11", "博士研究生", "doctoral programme", "博士研究生毕业", "博士毕业", "博士"
    MASTER = "14", "硕士研究生", "master's programme", "硕士研究生毕业", "硕士毕业", "硕士", "研究生"
    POSTGRADUATE_CLASS = "17", "研究生班", "postgraduate class", "研究生班毕业"
    BACHELOR = "21", "大学本科", "bachelor's programme", "大学本科毕业", "本科毕业", "本科", "大学"
    JUNIOR_COLLEGE = "31", "大学专科", "junior college", "大学专科毕业", "专科毕业", "专科", "大专"
    SECONDARY_SPECIALISED = "41", "中等专科", "specialised secondary school", "中等专科毕业", "中专毕业", "中专"
    VOCATIONAL = "44", "职业高中", "vocational secondary school", "职业高中毕业", "职高"
    TECHNICAL = "47", "技工学校", "technical school", "技工学校毕业", "技校"
    SENIOR_SECONDARY = "61", "普通高中", "senior secondary school", "普通高中毕业", "高中毕业", "高中"
    JUNIOR_SECONDARY = "71", "初中", "junior secondary school", "初中毕业"
    PRIMARY = "81", "小学", "primary school", "小学毕业"
    OTHER = "90", "其他", "other"

    @property
    def rank(self) -> int:
        """Height of the education: 6 doctor, 5 master, 4 本科, 3 大专, 2 secondary, 1 junior secondary, 0 below."""
        return {"1": 6 if self is Education.DOCTOR else 5, "2": 4, "3": 3, "4": 2, "6": 2, "7": 1}.get(self.value[0], 0)


class Degree(Code):
    """The first digit of GB/T 6864; the digits after it name the field of study."""

    DOCTOR = "2", "博士", "doctor", "博士学位"
    MASTER = "3", "硕士", "master", "硕士学位"
    BACHELOR = "4", "学士", "bachelor", "学士学位"


def degree_level(code: str) -> Degree | None:
    """Doctor, master or bachelor, from a GB/T 6864 code of one or three digits (``407`` is 理学学士)."""
    if len(code) not in (1, 3) or not (code.isascii() and code.isdigit()):
        return None
    return next((degree for degree in Degree if degree.value == code[0]), None)
