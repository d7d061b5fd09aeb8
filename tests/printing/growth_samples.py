"""Papers of growth as plain values, short ones and ones that do not fit."""

from dataclasses import replace

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.growth.certificates import Certificate
from careerpath.printing.documents.growth.honours import HonourForm
from careerpath.printing.documents.growth.lists import ListPaper, ListPart
from careerpath.printing.documents.growth.log_book import LogBook, LogEntry, ReviewEntry
from careerpath.printing.documents.growth.mentoring import MentorAgreement, MentoringEvaluation
from careerpath.printing.documents.growth.rotations import RotationForm
from tests.printing.recruits import portrait

FOOT = Foot(number="XY-2026-000107", printed_by="费县", printed_at="2026-11-21 10:00", check_code="7F3A-91C2")

AGREEMENT = MentorAgreement(
    number="帮带2026-017",
    mentor_name="李长青",
    mentor_kind="优秀社区党组织书记",
    mentor_post="费城街道书苑社区党组织书记",
    expertise="党的建设、矛盾调解",
    name="林一诺",
    sex="女",
    birth_month="1990.04",
    political="中共党员",
    home="费城街道银杏社区工作者",
    wanted="矛盾调解、网格治理",
    term="2026年1月1日至2026年12月31日",
    goals="一年内能够独立调解一般邻里纠纷，熟悉网格事项办理流程。",
    plan="每月一次现场调解观摩，每季度撰写一篇调解案例。\n上半年跟岗学习，下半年独立承办，导师复核。",
    assessment="每3个月评估一次，期满由双方互相评价，等次分为优秀、合格、不合格。",
    witness="费城街道办事处",
    foot=FOOT,
)
EVALUATION = MentoringEvaluation(
    number="帮带2026-017",
    mentor_name="李长青",
    mentor_post="费城街道书苑社区党组织书记",
    name="林一诺",
    home="费城街道银杏社区工作者",
    term="2025年1月1日至2025年12月31日",
    wanted="矛盾调解、网格治理",
    logs="12次，共26学时",
    held="应评估4次，已评估4次",
    goals="一年内能够独立调解一般邻里纠纷。",
    reviews="2025年3月28日：能够旁听记录。建议多走访。\n2025年6月30日：独立调解两起纠纷。",
    mentee_grade="优秀",
    mentee_opinion="肯学肯干，能够独立办理调解事项。",
    mentor_grade="优秀",
    mentor_opinion="耐心细致，毫无保留。",
    unit_opinion="同意期满结业。",
    completed_on="2026年1月5日",
    witness="费城街道办事处",
    foot=FOOT,
)
ROTATION = RotationForm(
    name="林一诺",
    sex="女",
    birth_month="1990.04",
    political="中共党员",
    home="费城街道银杏社区工作者",
    host="费县县委社会工作部　基层治理科科员",
    kind="挂职锻炼",
    term="2025.03.01—2026.02.28",
    work="参与全县社区工作者队伍建设调研，起草调研报告三篇。",
    self_summary="一年来，本人服从安排，认真学习机关工作规范。",
    host_opinion="该同志作风扎实，圆满完成挂职任务。",
    grade="优秀",
    home_opinion="同意接收单位鉴定。",
    district_opinion="同意。",
    evaluated_on="2026年3月10日",
    foot=FOOT,
)
NOMINATION = HonourForm(
    title="费县最美社工推荐审批表",
    unit="费城街道",
    number="TB-2026-000012",
    name="林一诺",
    sex="女",
    birth_month="1990.04",
    ethnic="汉族",
    native_place="山东费县",
    political="中共党员",
    joined_party="2011.06",
    education="大学本科",
    school="临沂大学　社会工作",
    certificate="社会工作师",
    joined_work="2012.07",
    joined_community="2018.07",
    home="费城街道银杏社区工作者",
    honour="费县最美社工（区县级）",
    nominated_by="费城街道党工委",
    resume="2012.07--2018.06　费城街道便民服务中心工作人员\n2018.07--　　　　　费城街道银杏社区工作者",
    merits="扎根社区八年，走访居民三千余户，化解矛盾纠纷百余起。",
    honours="2023年5月被费县授予“优秀共产党员”称号。",
    photo=portrait(),
    foot=FOOT,
)
LETTER = Certificate(
    number="费社聘〔2026〕17号",
    name="李长青",
    text="兹聘请您为费县社区工作者帮带导师（优秀社区党组织书记），聘期自2026年1月1日至2028年12月31日。",
    closing="特发此证。",
    issuer="中共费县县委社会工作部",
    on="2026年1月1日",
    foot=FOOT,
)
BOOK = LogBook(
    number="帮带2026-017",
    unit="费城街道办事处",
    mentor_name="李长青",
    mentor_post="费城街道书苑社区党组织书记",
    name="林一诺",
    home="费城街道银杏社区工作者",
    term="2026年1月1日至2026年12月31日",
    wanted="矛盾调解、网格治理",
    goals="一年内能够独立调解一般邻里纠纷。",
    entries=tuple(
        LogEntry(
            on=f"2026年{month}月12日",
            hours="2",
            topic="现场调解观摩",
            text="随导师到3号楼调解漏水纠纷，学习倾听和归纳争议焦点。",
            by="林一诺",
        )
        for month in range(1, 8)
    ),
    reviews=(ReviewEntry(on="2026年3月28日", progress="能够旁听记录。", opinion="多走访。", by="街道经办"),),
    total="共7次，14学时。",
    blanks=2,
    foot=FOOT,
)
ROSTER = ListPaper(
    title="费县帮带导师名册",
    columns=("序号", "姓名", "单位及职务", "导师类别", "专长", "聘书编号", "聘期", "现带\n人数", "帮带对象"),
    widths=(10, 18, 56, 30, 40, 32, 26, 13, 42),
    parts=(
        ListPart(
            head=("填报单位：费县（盖章）", "截至 2026年11月21日", "共 20 人"),
            rows=tuple(
                (
                    *(str(n), "李长青", "费城街道书苑社区党组织书记", "优秀社区党组织书记", "党的建设、矛盾调解"),
                    *("费社聘〔2026〕17号", "2026.01—2028.12", "2", "林一诺、王思远"),
                )
                for n in range(1, 21)
            ),
        ),
    ),
    left=frozenset({2, 4, 8}),
    sums=("优秀社区党组织书记 20 人。",),
    seals=("填表人：街道经办", "审核人：", "单位（盖章）："),
    foot=FOOT,
)
LONG_ROTATION = replace(ROTATION, work="走访入户。" * 400, self_summary="认真学习。" * 300)
