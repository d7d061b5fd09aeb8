"""Posts and professional certificates of community workers."""

from careerpath.policy.codes.code import Code


class Post(Code):
    """The rank of a post: 正职, 副职, 一般."""

    CHIEF = "chief", "正职", "chief"
    DEPUTY = "deputy", "副职", "deputy"
    STAFF = "staff", "一般", "staff", "一般人员", "一般工作人员"


class Certificate(Code):
    """The national professional qualification of social workers."""

    JUNIOR = "junior", "助理社会工作师", "assistant social worker", "助理社工师", "初级", "社工师（初）", "社工师(初)"
    INTERMEDIATE = "intermediate", "社会工作师", "social worker", "社工师", "中级", "社工师（中）", "社工师(中)"
    SENIOR = "senior", "高级社会工作师", "senior social worker", "高级社工师", "高级", "社工师（高）", "社工师(高)"
