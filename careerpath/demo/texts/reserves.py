"""What offices and people write of reserves: recommendations, tasks, reviews, reasons."""

from careerpath.demo.chance import Chance
from careerpath.talent_pool.models import Readiness, TaskKind

RECOMMENDATIONS = (
    "政治可靠，作风踏实，长期负责网格和信访调解工作，居民评价好，建议作为后备人选培养。",
    "熟悉社区情况，组织协调能力较强，牵头完成老旧小区改造入户协商，建议作为后备人选培养。",
    "群众工作经验丰富，遇急难任务主动承担，年度考核成绩靠前，同意推荐。",
    "学习能力强，能独立承担党建和民政业务，愿意长期扎根社区，同意推荐。",
    "所负责网格矛盾纠纷化解率高，物业协调有办法，推荐参加竞岗。",
)
OWN_STATEMENTS = (
    "本人在社区工作以来，先后负责网格、民政和党建工作，熟悉居民情况，愿意在更重要的岗位上为居民服务，自愿报名参加竞岗。",
    "本人连续参加社区重点工作，能独立组织居民议事协商，愿意接受组织挑选，服从统一安排。",
    "本人热爱社区工作，注意在实践中学习，已取得一定的群众基础，自愿报名参加竞岗，接受组织和群众监督。",
)
PEERS_STATEMENTS = (
    "工作认真负责，乐于帮助同事，居民有事愿意找，联名推荐。",
    "处事公道，敢于负责，在同事和居民中威信较高，联名推荐。",
)
REJECTIONS = {
    "political": "不是中共党员，不符合竞岗公告规定的政治面貌条件。",
    "age": "年龄超过竞岗公告规定的上限。",
    "education": "学历不符合竞岗公告规定的条件。",
    "service": "在社区工作时间不满竞岗公告规定的年限。",
    "appraisals": "年度考核不符合竞岗公告规定的条件。",
    "discipline": "在处分影响期内或正在接受调查，不得参加竞岗。",
}
OTHER_REJECTION = "不符合竞岗公告规定的条件。"
WITHDRAWAL = "本人因家庭原因放弃竞岗"
ORDER_REASON = "总分相同，按民主推荐得票和现实表现，经会议研究确定先后。"
OBJECTION = "来电询问人选考核等次和公示得分的计算办法。"
ANSWER = "经核查，得分计算无误，人选条件符合公告规定，已向来电人说明。"

TASKS: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.TRAINING: ("参加县级后备人才培训班并完成结业考试", "完成基层治理线上课程 40 学时"),
    TaskKind.ROTATION: ("到街道便民服务中心跟岗一个月", "到先进社区跟岗学习两周并交流体会"),
    TaskKind.MENTORING: ("跟随结对书记主持一次居民议事会", "每季度向结对导师汇报一次成长情况"),
    TaskKind.STUDY: ("报名并参加社会工作者职业资格考试", "完成在职本科学历提升的报名"),
    TaskKind.PRACTICE: (
        "牵头一处老旧小区改造的居民协商",
        "牵头所在网格的物业矛盾化解",
        "组织一次小区“红色物业”议事",
        "完成一个社区微项目的策划和实施",
    ),
}
RESULTS = ("按时完成，效果较好。", "已完成，材料已归档。", "完成，居民反映较好。", "完成，导师评价良好。")
READY_OPINIONS = {
    Readiness.NOW: "综合素质好，能独立主持工作，可随时使用。",
    Readiness.SOON: "进步明显，需在重点任务中继续锻炼，培养一至两年。",
    Readiness.LATER: "基础较好，经验不足，需要较长时间培养。",
}
FAILED_REVIEW = "年度内两项培养任务未完成，民主评议满意率偏低，评估不合格。"
REFUSAL = "本人因家庭原因书面申请退出后备库"

PROMOTION_REASONS = (
    "政治素质好，群众基础扎实，经后备培养已具备任职能力。",
    "在重点任务中表现突出，熟悉小区情况，经党支部党员大会酝酿提名。",
    "长期负责该片区工作，居民认可度高，适合担任拟任职务。",
)
SUBMITTED = "经街道党工委会议研究，同意上报。"
SUBMITTED_EARLY = "任职年限尚未达到规定，因岗位急需、表现突出，经街道党工委会议研究，建议破格任用。"
APPROVED = "经研究，同意。"
RETURNED = "请补充拟任人选的民主测评材料后重新上报。"
PROMOTION_WITHDRAWN = "人选另有任用，撤回本次提名。"
REJECTED_PROMOTION = "岗位设置需进一步论证，暂不任用。"


def recommendation(chance: Chance) -> str:
    """Why an office puts somebody forward."""
    return chance.choice(RECOMMENDATIONS)


def task_text(chance: Chance, kind: TaskKind) -> str:
    """What a reserve is to do."""
    return chance.choice(TASKS[kind])
