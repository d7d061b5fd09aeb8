"""Self-summaries (述职): 300 to 800 characters as a rule, and a few that try the limits of a form."""

from datetime import date

from careerpath.demo.chance import Chance
from careerpath.demo.people import Person
from careerpath.demo.texts.topics import HEAD_TOPICS, STAFF_TOPICS
from careerpath.policy.codes import Post as Level

USUAL, LONG, MIXED, RARE = "usual", "long", "mixed", "rare"

OPENINGS = (
    "{year}年，在街道党工委和{place}党组织的领导下，本人立足岗位、尽职尽责，较好完成了各项任务。现将一年来的工作情况总结如下。",
    "一年来，我始终坚持以居民需求为导向，服从组织安排，认真履行岗位职责，现就{year}年度思想和工作情况述职如下。",
    "{year}年是我在{place}工作的又一年。在同事们的支持和居民的理解下，自己在思想、业务和作风上都有新的提高，主要情况汇报如下。",
    "本人{year}年度认真学习贯彻党的创新理论，遵守各项规章制度，扎实做好分管工作，现将有关情况总结如下。",
)
FIGURES = {"a": (120, 980), "b": (21, 96), "c": (4, 18), "d": (2, 4)}
"""The places of figures in the stock, and from what to what they go."""
HEADINGS = "一二三四五六七八九十"
FAULTS = (
    "存在的不足：一是理论学习还不够系统，运用所学解决实际问题的能力有待提高；二是面对复杂矛盾时办法不多；三是对新媒体、信息化手段运用不够熟练。",
    "回顾一年工作，还存在一些问题：工作标准有时不够高，创新意识不强；走访居民的深度不够，对部分租住户的情况掌握不及时。",
    "对照要求仍有差距：处理急难事项时比较急躁，同居民沟通的方法需要改进；材料撰写和总结提炼的能力还需加强。",
    "不足之处在于统筹安排时间的能力不够，学习与工作兼顾得不好，个别台账更新不够及时，今后将认真加以改正。",
)
PLANS = (
    "下一步，我将继续加强学习，扑下身子、沉到一线，多做得人心、暖人心的实事，努力成为居民信得过的社区工作者。",
    "{next}年，我将围绕社区重点工作，继续做好网格服务和民生保障，积极备考职业水平证书，争取在专业化服务上有新突破。",
    "新的一年，将以更高标准要求自己，取长补短、改进作风，协助社区把大事办好、把小事办细，不辜负组织和居民的信任。",
    "今后将坚持问题导向，把居民反映集中的停车、充电、养老等问题作为努力方向，一件一件抓落实。",
)
LATIN = (
    "依托“e家亲”App和12345热线平台，使用Excel建立2,346户电子台账（含A、B、C三类），响应时间由48h缩短至24h以内，满意率98.75%。",
    "协助完成5G基站、Wi-Fi覆盖点位勘察3处，新增充电桩16个（7kW），改造面积约1,280.5㎡，工程款¥36.8万元全部公示；参加CPR急救培训，取得AHA证书。",
)
RARE_NAMES = (
    "结对帮扶独居老人王喆、李堃、闵赟、鲍镕、滕䶮、辛㛃等六户，其中滕䶮老人家住镕锦苑3号楼，行动不便，由本人每周上门送餐、代取药品。",
)


def summary(chance: Chance, person: Person, year: int, kind: str = USUAL) -> str:
    """A summary of a year by somebody at their post; ``kind`` asks for an awkward one."""
    head = person.level_on(date(year, 12, 31)) is not Level.STAFF
    stock = HEAD_TOPICS | STAFF_TOPICS if kind == LONG else HEAD_TOPICS if head else STAFF_TOPICS
    titles = list(stock) if kind == LONG else chance.sample(list(stock), min(len(stock), chance.randint(3, 5)))
    parts = [chance.choice(OPENINGS)]
    for place, title in enumerate(titles):
        number = HEADINGS[place] if place < len(HEADINGS) else f"十{HEADINGS[place - len(HEADINGS)]}"
        texts = stock[title] if kind == LONG else chance.sample(stock[title], 2 if chance.happens(35) else 1)
        parts.append(f"{number}、{title}方面。" + "".join(texts))
    if kind == MIXED:
        parts += LATIN
    if kind == RARE:
        parts += RARE_NAMES
    parts += [chance.choice(FAULTS), chance.choice(PLANS)]
    return "\n".join(_filled(part, chance, person, year) for part in parts)


def _filled(text: str, chance: Chance, person: Person, year: int) -> str:
    figures = {letter: chance.randint(*limits) for letter, limits in FIGURES.items()}
    return text.format(place=person.post.name, year=year, next=year + 1, **figures)
