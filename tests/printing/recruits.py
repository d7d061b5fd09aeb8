"""Applicants as their papers show them: a usual one, one with everything long, one with nothing but a name."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.recruitment.people import ApplicationForm, HiringForm, Person, Relative, ReviewCell
from careerpath.printing.documents.recruitment.tickets import AdmissionTicket


def portrait(colour: str = "navy") -> bytes:
    """A small photograph."""
    target = BytesIO()
    Image.new("RGB", (240, 320), colour).save(target, "JPEG")
    return target.getvalue()


FOOT = Foot(number="BM-2025-000001", printed_by="费县", printed_at="2025-12-05 10:42", check_code="7F3A-91C2")
UYGUR = "阿卜杜热合曼·买买提明江·吐尔逊"

PERSON = Person(
    name="林一诺",
    sex="女",
    birth_month="1998.04",
    ethnic="汉族",
    native_place="山东费县",
    political="共青团员",
    identity="371399********0010",
    education="大学本科",
    household_place="山东省临沂市费县费城街道",
    address="费县费城街道文化路1号",
    mobile="138****5678",
    source="高校毕业生",
    full_time=("大学本科　学士", "临沂大学　社会工作（2020.06毕业）"),
    certificate="助理社会工作师",
    certified_on="2022.09.12",
    certificate_number="22371320209",
    resume=("2016.09—2020.06　临沂大学学习", "2020.07—至今　　费城街道网格员"),
    family=(Relative(relation="父亲", name="林建国", birth_month="1968.03", political="中共党员", work="务农"),),
    photo=portrait(),
)

LONG_PERSON = replace(
    PERSON,
    name=UYGUR,
    ethnic="柯尔克孜族",
    native_place="新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县",
    address="山东省临沂市费县费城街道建设路与中山路交汇处东南角幸福家园小区二十八号楼三单元一千二百零一室",
    full_time=("博士研究生　博士", "中国人民大学社会与人口学院社会工作与社会政策专业（2024.06毕业）"),
    resume=tuple(
        f"20{year:02d}.09—20{year + 1:02d}.08　第{year}段经历，在某大学学习并担任班级团支部书记、学生会部长等职务"
        for year in range(3, 21)
    ),
    family=tuple(
        Relative(relation="兄弟", name=f"买买提·吐尔逊{number}", birth_month="1968.03", work="某州某县某局某科")
        for number in range(1, 9)
    ),
)

FORM = ApplicationForm(
    title="费县2025年公开招聘社区工作者报名登记表",
    unit="费城街道",
    number="2025-01-0001",
    applied_on="2025年11月20日",
    person=PERSON,
    position="001　费城街道书苑社区　社区工作者",
    transfer="服从",
    bonus="助理社会工作师（2分）。证明：社会工作者职业资格证书。",
    first=ReviewCell(finding="合格。", by="王敏", on="2025年11月21日"),
    second=ReviewCell(finding="合格。认定加分：助理社会工作师（2分）。", by="李强", on="2025年11月22日"),
    foot=FOOT,
)
LONG_FORM = replace(FORM, person=LONG_PERSON)
EMPTY_FORM = ApplicationForm(
    title=FORM.title,
    unit="",
    number="2025-01-0002",
    applied_on="",
    person=Person(name="林诺"),
    position="001　书苑社区　社区工作者",
    transfer="不服从",
)

HIRED = HiringForm(
    title="社区工作者录用登记表",
    unit="费城街道",
    number="FX-0107",
    applied_on="2025年11月20日",
    person=PERSON,
    contract="固定期限劳动合同，自2026年3月2日至2029年3月1日，试用期至2026年5月1日。",
    community="书苑社区",
    starts_on="2026.03.02",
    post="社区工作者（一般）",
    pay="2 级，月工资 3,296.00 元，自2026年3月2日起执行（待批准）。",
    channel="公开招聘　第四批（2026年）",
    foot=FOOT,
)

TICKET = AdmissionTicket(
    title="费县2025年公开招聘社区工作者笔试",
    name="林一诺",
    sex="女",
    exam_number="25010006",
    identity="371399********0010",
    position="001　费城街道书苑社区　社区工作者",
    room="第2考场",
    seat="07",
    place="费县第一中学 1 号楼 102",
    time="2025年12月20日（星期六）上午9:00—11:00",
    photo=portrait(),
    contact="0539-5221234",
    foot=FOOT,
)
