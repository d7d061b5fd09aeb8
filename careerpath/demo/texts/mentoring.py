"""What mentors, mentees and offices write of pairings."""

from collections.abc import Sequence

from careerpath.demo.chance import Chance
from careerpath.demo.texts.lessons import LESSONS

PLAN = (
    "第一季度：熟悉岗位和服务对象，导师每月至少面谈一次；第二季度：跟班办理业务；第三季度：独立办理，导师复核；第四季度：总结提高，完成一项微项目。",
    "每月至少一次面对面帮带，每季度一次现场观摩；学员每月写一条心得，导师签阅；期满前独立完成一项重点任务。",
    "前三个月以跟学为主，后九个月以实做为主；遇急难事项随时沟通，每季度由见证单位评估一次。",
)
ASSESSMENT = "见证单位每季度评估一次；期满由导师评价学员、学员评价导师，评价结果作为培养使用的参考。"
CAP_REASON = "该导师专长对口，经街道研究同意多带一人。"
EXTRA_TALKS = (
    ("谈心交流", "了解近期思想和工作压力，商量下个月的重点，鼓励报考职业水平证书。"),
    ("列席居民议事会", "随导师列席议事会，会后复盘引导发言和收拢意见的方法。"),
    ("材料写作", "修改一篇工作信息，学习先结论后事例的写法。"),
    ("时间管理", "把手头工作按紧急程度排队，约定每周五下午清台账。"),
)
PROGRESS = (
    "目标进展正常，已能在导师指导下办理主要业务，材料质量有提高。",
    "完成计划的七成左右，独立接待居民的能力进步明显。",
    "按计划推进，学员主动性强，已独立完成两件具体事项。",
    "进度略慢，跟班时间不够，但学习态度端正。",
)
REVIEWED = (
    "继续按计划实施，下季度增加独立办理的比重。",
    "建议增加现场观摩，每月面谈固定时间。",
    "建议导师就材料写作再做一次专门辅导。",
    "",
)
OF_MENTEES = {
    "excellent": (
        "勤学好问，能举一反三，已能独立负责一条线的工作，群众评价好。",
        "进步快，遇到难题敢上手、有办法，可以压更重的担子。",
    ),
    "fair": (
        "完成帮带计划，业务基本熟练，处理复杂问题的经验还要积累。",
        "态度认真，达到预期目标，主动性可进一步加强。",
    ),
    "poor": ("帮带期间投入不够，约定的两项任务没有完成，建议延长帮带。",),
}
OF_MENTORS = {
    "excellent": (
        "导师倾囊相授，随叫随到，每次都讲清为什么这样做，收获很大。",
        "导师带着我跑现场、改材料，让我少走了很多弯路。",
    ),
    "fair": (
        "导师按计划指导，业务讲解清楚，希望增加现场带教的次数。",
        "导师工作较忙，但每月都能安排面谈，对我帮助较大。",
    ),
    "poor": ("导师工作调整后见面较少，计划没有全部完成。",),
}
UNIT_OPINIONS = {
    True: ("双方按协议完成帮带，记录完整，同意评价结果。", "帮带任务完成，学员成长明显，同意。"),
    False: ("帮带任务没有全部完成，同意评价结果，另行安排导师。",),
}
LATE_REVIEWS = "季度评估有缺项，已由见证单位补充谈话了解，期满评价属实。"
ENDINGS = (
    "导师工作岗位调整，双方同意提前结束，另行结对。",
    "学员岗位变动，原帮带内容不再对口，双方同意提前结束。",
    "学员参加挂职锻炼，经街道同意提前结束。",
)
DROPPED = "重复录入，作废"


def goals(lines: Sequence[str]) -> str:
    """What is to be reached in some lines."""
    return "\n".join(LESSONS[line].goal for line in lines)


def talk(chance: Chance, lines: Sequence[str]) -> tuple[str, str]:
    """Topic and text of one meeting."""
    talks = [one for line in lines for one in LESSONS[line].talks]
    return chance.choice([*talks, *talks, *EXTRA_TALKS])
