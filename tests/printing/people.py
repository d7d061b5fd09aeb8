"""Awkward people: whatever a form has met that printed badly."""

from dataclasses import replace

from careerpath.appraisals.documents import AppraisalForm

PLAIN = AppraisalForm(
    year="2025",
    name="林一诺",
    sex="女",
    birth_month="1995.03",
    ethnic="汉族",
    political="中共党员",
    education="大学本科",
    qualification="社会工作师",
    post_since="2023.02",
    unit_and_post="费城街道书苑社区　社区工作者",
    duties="网格治理",
    summary=(
        "一年来，本人负责第三网格 412 户的日常走访、矛盾调解和便民代办工作。全年入户走访 1 286 户次，"
        "协调解决楼道照明、停车秩序等问题 73 件，调解邻里纠纷 19 起；与导师结对完成“老旧小区改造意见征集”项目。"
    ),
    training="市级 8 学时　区级 48 学时　街道 20 学时",
    ballots="优秀 21 票　称职 9 票　基本称职 0 票　不称职 0 票",
    satisfaction="96.4%",
    scores="任务完成 37.5/40　廉洁自律 20.0/20　教育培训 14.0/15　群众满意度 24.1/25　合计 95.6",
    community_opinion="工作主动，群众基础好，同意推荐为优秀等次。",
    community_signer="王小明",
    community_date="2025年12月12日",
    street_opinion="建议评定为优秀等次。",
    street_grade="● 优秀",
    street_date="2025年12月18日",
    number="KH-2025-0107",
    printed_by="费城街道",
    printed_at="2025-12-18 10:42",
    check_code="7F3A-91C2",
)

PARAGRAPH = "坚持每周二、四晚到小区值班（含节假日），做到“小事不出网格、大事不出社区”；办结率98.6%。"

AWKWARD = {
    "plain": PLAIN,
    "very long summary": replace(PLAIN, summary="\n".join([PARAGRAPH * 6] * 8)),
    "summary that just shrinks": replace(PLAIN, summary=PARAGRAPH * 13),
    "rare characters": replace(PLAIN, name="镕喆堃赟䶮㛃", community_signer="赟䶮", summary="镕喆堃赟䶮㛃。" * 30),
    "latin and numbers": replace(
        PLAIN,
        duties="GIS/OA 系统、12345 热线",
        summary=(
            "Completed 1,286 household visits; https://example.invalid/a/very/long/address?with=numbers&and=signs&"
            "more=of&them=without&end=in&sight=at&all=0123456789012345678901234567890123456789 处理率 98.6%。"
        )
        * 4,
    ),
    "nothing but a name": AppraisalForm(year="2025", name="林一诺"),
    "nothing at all": AppraisalForm(),
    "minority name": replace(PLAIN, name="阿卜杜热合曼·买买提", ethnic="维吾尔族", political="农工党党员"),
    "many paragraphs": replace(PLAIN, summary="\n\n".join(f"{n}. {PARAGRAPH[:20]}。" for n in range(1, 15))),
    "long everywhere": replace(
        PLAIN,
        unit_and_post="费城街道办事处党群服务中心驻书苑社区党群工作站站长兼第三小区党支部书记、居民委员会委员",
        duties="党建、宣传、统战、群团、民政、社会救助、养老、残联、退役军人、劳动保障、医保、计生、卫生健康",
        training="市级 8 学时（社会工作者能力提升班）　区级 48 学时（网格员轮训、应急管理）　街道 20 学时",
        community_opinion=PARAGRAPH * 5,
        street_opinion=PARAGRAPH * 5,
        district_decision=PARAGRAPH * 5,
        own_opinion=PARAGRAPH * 5,
        explanation=PARAGRAPH * 5,
        street_grade="5B 被立案调查尚未结案，不确定等次",
    ),
    "markup in a text": replace(PLAIN, summary="<b>不是</b>标记 & 也不是 {{ name }} \\(x\\)", duties="<img src=x>"),
}
