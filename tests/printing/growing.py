"""A small district with a pairing, a rotation, a class and a call, in the states in which their papers are printed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.operations.facts import NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.honours.models import CallState, HonourCall, NomineeState
from careerpath.mentoring.models import PairingState
from careerpath.policy.rotation import Direction
from careerpath.rotations.models import RotationState, RotationStep
from careerpath.skills.codes import SkillLevel
from careerpath.training.models import ClassState, EnrolmentState
from tests.core.pdf.pages import text_of
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee, make_identity
from tests.factories.honours import make_call, make_nominee
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing
from tests.factories.rotations import NOW, make_host, make_rotation
from tests.factories.skills import make_line, make_skill
from tests.factories.training import make_class, make_course, make_enrolment

DOCUMENT = "费组通〔2025〕18号"


class Growth:
    """A street whose clerk prints, a district above it, and a stranger of another street."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)
        self.mine = make_employee(
            None,
            self.town.community,
            name="林一诺",
            identity=make_identity(date(1990, 4, 12)),
            native_place="山东费县",
            political="01",
            title="社区工作者",
        )
        self.other = make_employee(None, self.town.foreign, name="王思远", title="社区党组织副书记", post="deputy")
        self.lines = [
            make_line(self.town.district, "mediation", "矛盾调解", wanted=2),
            make_line(self.town.district, "grid", "网格治理", wanted=1),
        ]
        make_skill(self.mine, self.lines[1], SkillLevel.TEACHING)
        self._pair()
        self._lend()
        self._train()
        self._call()

    def _pair(self) -> None:
        self.mentor = make_mentor(self.town.street, name="周长青", expertise=["mediation"], ends_on=date(2027, 12, 31))
        self.pairing = make_pairing(
            self.mentor,
            self.mine,
            self.town.community,
            wanted=["mediation", "grid"],
            goals="一年内能够独立调解一般邻里纠纷。",
            plan="每月一次现场调解观摩。\n每季度撰写一篇调解案例。",
        )
        make_log(self.pairing, date(2025, 4, 10), topic="邻里纠纷调解", text="随导师到三号楼调解漏水纠纷。")
        make_log(self.pairing, date(2025, 5, 12), hours=Decimal("1.5"))
        make_mentoring_review(self.pairing, date(2025, 5, 30), opinion="多走访。")
        self.finished = make_pairing(
            self.mentor,
            self.other,
            self.town.foreign,
            state=PairingState.COMPLETED,
            starts_on=date(2024, 3, 1),
            ends_on=date(2025, 2, 28),
            mentee_grade="excellent",
            mentee_opinion="肯学肯干，能够独立办理调解事项。",
            mentor_grade="fair",
            mentor_opinion="耐心细致。",
            unit_opinion="同意期满结业。",
            completed_on=date(2025, 3, 5),
        )

    def _lend(self) -> None:
        self.host = make_host(self.town.district, name="县委社会工作部")
        self.rotation = make_rotation(self.mine, self.host, document=DOCUMENT, host_post="基层治理科科员")
        with writing() as session:
            session.add(RotationStep(rotation_id=self.rotation.id, state=RotationState.APPROVED, at=NOW, by="区级经办"))
        self.second = make_rotation(self.other, self.host, document=DOCUMENT, host_post="人才科科员")
        self.evaluated = make_rotation(
            self.other,
            self.host,
            RotationState.EVALUATED,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
            returned_on=date(2024, 12, 31),
            work="参与全县社区工作者队伍建设调研。",
            self_summary="一年来，本人服从安排，认真学习机关工作规范。",
            grade="excellent",
            host_opinion="该同志作风扎实，圆满完成挂职任务。",
            home_opinion="同意接收单位鉴定。",
            district_opinion="同意。",
            evaluated_on=date(2025, 1, 10),
        )
        self.cadre = make_rotation(
            None,
            make_host(self.town.street, name="书苑社区（下派）"),
            person_name="赵明德",
            unit_id=self.town.street.id,
            home_name="费城街道 党政办公室 主任",
            kind="downward",
            direction=Direction.DOWN,
        )

    def _train(self) -> None:
        self.course = make_course(self.town.district, lines=["mediation"], outline="调解技巧、法律法规")
        self.open_class = make_class(
            self.course,
            name="2025年第3期社区工作者培训班",
            teacher="李教授",
            capacity=60,
            audience={"posts": ["chief", "deputy"], "requirement": "everybody", "lines": ["mediation"]},
            enrol_until=date(2025, 12, 3),
            score_wanted=Decimal(60),
            remark="自带笔记本。",
        )
        for person in (self.mine, self.other):
            make_enrolment(self.open_class, person)
        self.closed_class = make_class(
            self.course,
            ClassState.CLOSED,
            name="2025年第2期社区工作者培训班",
            starts_on=date(2025, 6, 5),
            ends_on=date(2025, 6, 6),
            closed_on=date(2025, 6, 9),
        )
        attended, absent = EnrolmentState.ATTENDED, EnrolmentState.ABSENT
        self.certified = make_enrolment(
            self.closed_class, self.mine, state=attended, score=Decimal("88.5"), passed=True
        )
        self.failed = make_enrolment(self.closed_class, self.other, state=attended, score=Decimal(40), passed=False)
        self.absent_person = make_employee(None, self.town.neighbour)
        self.absent = make_enrolment(self.closed_class, self.absent_person, state=absent, note="病假")

    def _call(self) -> None:
        add_fact(
            CLERK,
            self.mine.id,
            NewHonour(
                kind="other", level="county", title="优秀共产党员", granted_on=date(2023, 7, 1), granted_by="费县县委"
            ),
        )
        self.call = self.called(CallState.NOTICE)
        self.nominee = make_nominee(self.call, self.mine, self.town.community, state=NomineeState.CHOSEN, rank=1)
        self.passed_over = make_nominee(self.call, self.other, self.town.foreign, state=NomineeState.NOT_CHOSEN)

    def called(self, state: CallState, **changes: object) -> HonourCall:
        """A call of the district with its days."""
        noticed = state in (CallState.NOTICE, CallState.CONCLUDED)
        return make_call(
            self.town.district,
            state,
            conditions="热爱社区工作\n群众满意度高",
            least_years=3,
            notice_starts_on=date(2025, 12, 22) if noticed else None,
            notice_ends_on=date(2025, 12, 26) if noticed else None,
            **changes,
        )

    def conclude(self) -> None:
        """The call is concluded and its honour granted."""
        with writing():
            self.call.state = CallState.CONCLUDED
            self.call.granted_on, self.call.grant_document = date(2025, 12, 30), "费社工发〔2025〕40号"
            self.nominee.state = NomineeState.GRANTED
        db.session.expire_all()

    @staticmethod
    def text(content: bytes, folder: Path) -> str:
        """The text of a PDF, without blanks."""
        return text_of(content, folder)
