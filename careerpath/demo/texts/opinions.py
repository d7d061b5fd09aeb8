"""What communities, streets and the district write about a person's year."""

from careerpath.demo.chance import Chance
from careerpath.demo.people import Person
from careerpath.policy.codes import Grade

VERY_GOOD = (
    "该同志政治立场坚定，工作责任心强，熟悉网格情况，能够主动为居民排忧解难，群众口碑好。全年工作成效突出，",
    "该同志业务熟练、作风扎实，急难险重任务冲在前面，在矛盾调解和为民服务中发挥了骨干作用，居民评价高，",
    "该同志思想进步，团结同事，勤于学习，善于运用专业方法开展服务，带动身边同志共同提高，成绩显著，",
    "该同志长期扎根社区，吃苦耐劳、任劳任怨，分管工作多次受到上级肯定，是居民信赖的贴心人，",
)
GOOD = (
    "该同志服从安排，工作认真负责，能够较好完成分管工作和临时任务，与居民沟通顺畅，",
    "该同志遵守纪律，按时完成网格走访和信息采集任务，服务态度较好，群众比较满意，",
    "该同志爱岗敬业，熟悉业务流程，团结协作意识较强，年度任务完成情况良好，",
    "该同志能够积极参加学习培训，业务能力逐步提高，认真对待居民诉求，工作稳妥，",
    "该同志为人正派，处事公道，对困难群众有耐心，分管台账清楚，",
)
WEAK = (
    "该同志基本能够完成工作任务，但主动性不够，走访频次和台账质量有待提高，",
    "该同志工作能力一般，对居民诉求反馈不够及时，经提醒后有所改进，",
)
POOR = ("该同志年度内责任心不强，多次被居民反映服务态度问题，群众满意度低，",)
SUGGEST = {
    Grade.EXCELLENT: "建议评定为优秀等次。",
    Grade.COMPETENT: "建议评定为称职等次。",
    Grade.BASIC: "建议评定为基本称职等次。",
    Grade.INCOMPETENT: "请街道按规定提出等次意见。",
}
SPECIAL = "该同志年度内工作表现如实记录，按规定本年度不评定等次。"
ADVICE = (
    "希望继续加强学习。",
    "望在创新服务方式上多动脑筋。",
    "望今后更加注重工作方法。",
    "望进一步提高文字材料水平。",
)

STREET = {
    Grade.EXCELLENT: (
        "工作成绩突出，群众满意度高，同意社区意见，建议评定为优秀。",
        "经综合评鉴，该同志履职成效明显，建议确定为优秀等次。",
        "德才表现好，在重点任务中发挥骨干作用，建议优秀。",
    ),
    Grade.COMPETENT: (
        "同意社区意见，建议评定为称职。",
        "能够认真履行岗位职责，较好完成年度任务，建议称职。",
        "经街道研究，建议确定为称职等次。",
        "工作扎实，完成任务较好，同意称职。",
    ),
    Grade.BASIC: (
        "基本完成任务，工作主动性和群众工作能力有待提高，建议基本称职。",
        "年度工作存在差距，经街道研究，建议评定为基本称职，由所在社区谈话提醒。",
    ),
    Grade.INCOMPETENT: ("群众满意度未达到规定标准，经街道党工委研究，建议评定为不称职，并责成所在社区谈话整改。",),
}
RETURN = "群众满意度与社区上报的测评汇总不一致，请核实后重新填报，并补充街道意见。"


def grade_of_quality(quality: int) -> Grade:
    """What a community makes of somebody's work, before the quota is looked at."""
    if quality >= 76:
        return Grade.EXCELLENT
    if quality >= 24:
        return Grade.COMPETENT
    return Grade.BASIC if quality >= 12 else Grade.INCOMPETENT


def community_opinion(chance: Chance, quality: int, special: str) -> str:
    """The community's opinion on the year of somebody who did so well."""
    if special:
        return chance.choice(GOOD) + SPECIAL
    grade = grade_of_quality(quality)
    stock = {Grade.EXCELLENT: VERY_GOOD, Grade.COMPETENT: GOOD, Grade.BASIC: WEAK}.get(grade, POOR)
    advice = chance.choice(ADVICE) if chance.happens(30) else ""
    return chance.choice(stock) + SUGGEST[grade] + advice


def street_opinion(chance: Chance, grade: str) -> str:
    """The street's remark with its proposed grade."""
    return chance.choice(STREET[Grade(grade)])


def training(chance: Chance, person: Person) -> str:
    """The year's training as the form has it."""
    courses = ("区级社区工作者能力提升班", "街道网格业务培训", "社会工作职业水平考前辅导", "新入职社区工作者岗前培训")
    taken = courses[3] if person.batch == 4 else chance.choice(courses[:3])
    return f"参加{taken}等培训{chance.randint(2, 6)}次，共{chance.randint(12, 72)}学时"


def ballots(chance: Chance, quality: int, people: int) -> dict[str, dict[str, int]]:
    """Tallies of leaders, colleagues and residents' representatives; more of them see somebody good as excellent."""
    sizes = {"leader": 5, "peer": max(6, people + chance.randint(0, 5)), "resident": chance.randint(18, 42)}
    found = {}
    for voters, size in sizes.items():
        tally = dict.fromkeys("1234", 0)
        for _ in range(size):
            seen = chance.gauss(quality, 15)
            tally["1" if seen > 62 else "2" if seen > 22 else "3" if seen > 8 else "4"] += 1
        found[voters] = tally
    return found
