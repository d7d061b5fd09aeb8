"""The sheets there are: a table of contents, one line each."""

from collections.abc import Iterable
from dataclasses import dataclass

from careerpath.access.actor import Actor
from careerpath.access.guard import Denied
from careerpath.access.permissions import Permission
from careerpath.spreadsheets.sheets.applications import ApplicationsDesk
from careerpath.spreadsheets.sheets.appraisals import AppraisalsDesk
from careerpath.spreadsheets.sheets.bases import BasesDesk
from careerpath.spreadsheets.sheets.channels import CandidatesDesk
from careerpath.spreadsheets.sheets.checks import ChecksDesk
from careerpath.spreadsheets.sheets.class_people import ClassPeopleDesk
from careerpath.spreadsheets.sheets.desk import Desk
from careerpath.spreadsheets.sheets.employees import EmployeesDesk
from careerpath.spreadsheets.sheets.exams import AttendanceDesk, ScoresDesk
from careerpath.spreadsheets.sheets.honour_nominees import NomineesDesk
from careerpath.spreadsheets.sheets.honours import HonoursDesk
from careerpath.spreadsheets.sheets.hosts import HostsDesk, TurnsDesk, WishesDesk
from careerpath.spreadsheets.sheets.interviews import InterviewsDesk
from careerpath.spreadsheets.sheets.mentoring_logs import LogsDesk
from careerpath.spreadsheets.sheets.mentors import MentorsDesk
from careerpath.spreadsheets.sheets.outcomes import AppointmentsDesk, FinalDesk
from careerpath.spreadsheets.sheets.pairings import PairingsDesk
from careerpath.spreadsheets.sheets.positions import PositionsDesk
from careerpath.spreadsheets.sheets.promotions import PromotionsDesk
from careerpath.spreadsheets.sheets.reserves import ReservesDesk
from careerpath.spreadsheets.sheets.rotations import RotationsDesk
from careerpath.spreadsheets.sheets.selection_entrants import EntrantsDesk
from careerpath.spreadsheets.sheets.skills import CoverDesk, SkillsDesk
from careerpath.spreadsheets.sheets.stage_points import StagePointsDesk
from careerpath.spreadsheets.sheets.studies import StudiesDesk, TriesDesk
from careerpath.spreadsheets.sheets.succession import SuccessionDesk
from careerpath.spreadsheets.sheets.training import ClassesDesk, CoursesDesk
from careerpath.spreadsheets.sheets.training_needs import NeedsDesk, RatesDesk
from careerpath.spreadsheets.sheets.units import UnitsDesk
from careerpath.words import Message, NotFound, msg


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet, and what must be held to bring it in and to take it out."""

    code: str
    title: Message
    about: Message
    import_permission: Permission
    export_permission: Permission
    desk: Desk
    yearly: bool = False
    """Whether an import or export is about one year."""
    batched: bool = False
    """Whether an import or export is about one recruitment batch."""
    of_selection: bool = False
    """Whether an import or export is about one selection for the reserve pool."""
    of_channel: bool = False
    """Whether an import or export is about one targeted recruitment into institution posts."""
    of_call: bool = False
    """Whether an import or export is about one call for honours."""
    of_class: bool = False
    """Whether an import or export is about one class of a training course."""
    empties: bool = True
    """Whether （空） in a cell takes a value away; elsewhere a value is replaced, never taken."""
    out_only: bool = False
    """Whether it is made here and only goes out; then nobody may bring it in."""

    def may_bring(self, actor: Actor) -> bool:
        """Whether the actor may bring it in."""
        return not self.out_only and actor.has(self.import_permission)

    def may_hand_out(self, actor: Actor) -> bool:
        """Whether the actor may take it out."""
        return actor.has(self.export_permission)


_P = Permission

SHEETS = (
    Sheet("employees", msg("花名册"), msg("社区工作者的基本信息、学历、证书、任职、合同和请假，一人一行。"),
          _P.EMPLOYEE_IMPORT, _P.EMPLOYEE_EXPORT, EmployeesDesk()),
    Sheet("honours", msg("荣誉和两代表一委员"), msg("荣誉、代表和委员的类别、级别、日期和任期，一项荣誉一行。"),
          _P.EMPLOYEE_IMPORT, _P.EMPLOYEE_EXPORT, HonoursDesk(), empties=False),
    Sheet("appraisals", msg("年度考核"), msg("街道填报的指标得分、满意度、建议等次和街道意见，一人一行。"),
          _P.APPRAISAL_FILL, _P.APPRAISAL_PRINT, AppraisalsDesk(), yearly=True),
    Sheet("contribution-bases", msg("申报缴费基数"), msg("五险一金的申报缴费基数和执行起始月份，一人一行。"),
          _P.PAY_PROPOSE, _P.PAY_VIEW, BasesDesk()),
    Sheet("units", msg("单位"), msg("市、区县、街道（镇）、社区（村）、小区和网格，一个单位一行。"),
          _P.UNIT_EDIT, _P.UNIT_VIEW, UnitsDesk(), empties=False),
    Sheet("positions", msg("招聘岗位"), msg("一个招聘批次的岗位，公告发布前可以导入，一个岗位一行。"),
          _P.RECRUITMENT_PLAN, _P.RECRUITMENT_VIEW, PositionsDesk(), batched=True),
    Sheet("applications", msg("报名"), msg("报考岗位和个人情况，一人一行；简历和家庭成员除外。"),
          _P.RECRUITMENT_ENTER, _P.RECRUITMENT_VIEW, ApplicationsDesk(), batched=True),
    Sheet("attendance", msg("笔试到考情况"), msg("考场、座位、准考证号和到考情况，一人一行。"),
          _P.RECRUITMENT_SCORE, _P.RECRUITMENT_SCORE, AttendanceDesk(), batched=True, empties=False),
    Sheet("written-scores", msg("笔试成绩"), msg("按密号录入的成绩，两遍由不同的人录入；公布后按准考证号导出。"),
          _P.RECRUITMENT_SCORE, _P.RECRUITMENT_SCORE, ScoresDesk(), batched=True, empties=False),
    Sheet("interview-sheets", msg("面试评分"), msg("面试到场情况和各考官的评分，一人一行，不列姓名。"),
          _P.RECRUITMENT_SCORE, _P.RECRUITMENT_SCORE, InterviewsDesk(), batched=True, empties=False),
    Sheet("candidate-checks", msg("体检考察"), msg("拟聘用人员的体检和考察结论，一人一行。"),
          _P.RECRUITMENT_DECIDE, _P.RECRUITMENT_DECIDE, ChecksDesk(), batched=True, empties=False),
    Sheet("final-list", msg("最终名单"), msg("总成绩、名次、体检考察和递补情况，一人一行。"),
          _P.RECRUITMENT_VIEW, _P.RECRUITMENT_VIEW, FinalDesk(), batched=True, out_only=True),
    Sheet("appointments", msg("聘用人员名单"), msg("已聘用人员的岗位、聘期和试用期，一人一行。"),
          _P.RECRUITMENT_VIEW, _P.RECRUITMENT_VIEW, AppointmentsDesk(), batched=True, out_only=True),
    Sheet("selection-entrants", msg("竞岗人选"), msg("一次竞岗的推荐人选，一人一行；导出时含审查、成绩、名次和结果。"),
          _P.POOL_NOMINATE, _P.POOL_VIEW, EntrantsDesk(), of_selection=True, empties=False),
    Sheet("stage-points", msg("竞岗环节成绩"), msg("各环节的得分，或得票和投票人数，一人一行。"),
          _P.POOL_DECIDE, _P.POOL_VIEW, StagePointsDesk(), of_selection=True, empties=False),
    Sheet("succession", msg("梯队储备"), msg("社区正副职的在任人员、退休和任期、后备人才，一人或一个空缺一行。"),
          _P.POOL_VIEW, _P.POOL_VIEW, SuccessionDesk(), out_only=True),
    Sheet("channel-candidates", msg("定向招聘人选"), msg("事业编定向招聘的人选、条件和结果，一人一行；导入登记结果。"),
          _P.POOL_DECIDE, _P.POOL_VIEW, CandidatesDesk(), of_channel=True, empties=False),
    Sheet("reserves", msg("入库名册"), msg("后备人才的所在社区、培养方向、入库时间和成熟程度，一人一行。"),
          _P.POOL_DECIDE, _P.POOL_VIEW, ReservesDesk(), empties=False),
    Sheet("promotions", msg("晋升任用名单"), msg("拟任、公示、任职和选举结果，一人次一行。"),
          _P.POOL_VIEW, _P.POOL_VIEW, PromotionsDesk(), out_only=True),
    Sheet("mentors", msg("导师名册"), msg("导师的类别、专长、聘期和现带人数，一名导师一行。"),
          _P.MENTORING_KEEP, _P.MENTORING_VIEW, MentorsDesk(), empties=False),
    Sheet("pairings", msg("帮带结对"), msg("导师、帮带对象、期限、目标和计划，一对一行；导入为登记结对。"),
          _P.MENTORING_KEEP, _P.MENTORING_VIEW, PairingsDesk(), empties=False),
    Sheet("mentoring-logs", msg("帮带记录"), msg("帮带的日期、时长、主题和内容，一次一行。"),
          _P.MENTORING_LOG, _P.MENTORING_VIEW, LogsDesk(), empties=False),
    Sheet("rotations", msg("轮岗锻炼"), msg("锻炼人员、接收单位和起止日期，一人次一行；导入为提出。"),
          _P.ROTATION_PROPOSE, _P.ROTATION_VIEW, RotationsDesk(), empties=False),
    Sheet("hosts", msg("接收单位"), msg("接收锻炼人员的机关部门和街道科室，一个单位一行。"),
          _P.ROTATION_PROPOSE, _P.ROTATION_VIEW, HostsDesk(), empties=False),
    Sheet("rotation-wishes", msg("轮岗意愿"), msg("待安排的轮岗意愿，一条一行。"),
          _P.ROTATION_PROPOSE, _P.ROTATION_VIEW, WishesDesk(), empties=False),
    Sheet("rotation-turns", msg("应轮岗人员"), msg("多年没有参加轮岗锻炼的在职人员，一人一行。"),
          _P.ROTATION_VIEW, _P.ROTATION_VIEW, TurnsDesk(), out_only=True),
    Sheet("skills", msg("业务技能"), msg("人员在各业务条线上的等级、认定方式、日期和依据，一次认定一行。"),
          _P.SKILL_KEEP, _P.SKILL_VIEW, SkillsDesk(), empties=False),
    Sheet("skill-cover", msg("业务覆盖"), msg("各社区每条业务能办的人数和缺口，一个社区一行。"),
          _P.SKILL_VIEW, _P.SKILL_VIEW, CoverDesk(), out_only=True),
    Sheet("training-needs", msg("培训达标情况"), msg("一个年度各项培训要求的已有和尚缺天数，一人一项要求一行。"),
          _P.TRAINING_VIEW, _P.TRAINING_VIEW, NeedsDesk(), out_only=True),
    Sheet("training-rates", msg("培训率和持证率"), msg("一个年度各单位的在岗、参训和持证人数，一个单位一行。"),
          _P.TRAINING_VIEW, _P.TRAINING_VIEW, RatesDesk(), out_only=True),
    Sheet("certificate-tries", msg("职业资格考试"), msg("社会工作者职业资格考试的报考和结果，一人次一行。"),
          _P.TRAINING_HOLD, _P.TRAINING_VIEW, TriesDesk(), empties=False),
    Sheet("degree-studies", msg("在职学历教育"), msg("在职攻读学历的院校、起止时间和单位资助，一项学业一行。"),
          _P.TRAINING_HOLD, _P.TRAINING_VIEW, StudiesDesk(), empties=False),
    Sheet("honour-nominees", msg("评选推荐人选"), msg("一次评选的推荐人选，一人一行；导出时含状态、名次和得票。"),
          _P.HONOUR_NOMINATE, _P.HONOUR_VIEW, NomineesDesk(), of_call=True, empties=False),
    Sheet("courses", msg("培训课程"), msg("各举办单位的课程、层级、学时和对应的业务条线，一门课程一行。"),
          _P.TRAINING_HOLD, _P.TRAINING_VIEW, CoursesDesk(), empties=False),
    Sheet("classes", msg("培训班"), msg("班次的起止日期、地点、名额和办理情况，一个班次一行；导入的为拟定班次。"),
          _P.TRAINING_HOLD, _P.TRAINING_VIEW, ClassesDesk(), empties=False),
    Sheet("class-people", msg("参训人员"), msg("一个培训班的名单、签到、成绩和学时，一人一行；导入名单和成绩。"),
          _P.TRAINING_HOLD, _P.TRAINING_VIEW, ClassPeopleDesk(), of_class=True, empties=False),
)  # fmt: skip

CODES = tuple(sheet.code for sheet in SHEETS)
"""The codes, as they stand in addresses and on the command line."""


def sheet_named(code: str) -> Sheet:
    """A sheet by its code. Raises ``NotFound`` that lists the codes there are."""
    for sheet in SHEETS:
        if sheet.code == code:
            return sheet
    raise NotFound(msg("没有“%(code)s”这种表格，现有：%(codes)s。", code=code, codes="、".join(CODES)))


def importable(actor: Actor, code: str) -> Sheet:
    """A sheet that the actor may bring in. Raises ``Denied``."""
    sheet = sheet_named(code)
    if not sheet.may_bring(actor):
        raise Denied
    return sheet


def exportable(actor: Actor, code: str) -> Sheet:
    """A sheet that the actor may take out. Raises ``Denied``."""
    sheet = sheet_named(code)
    if not sheet.may_hand_out(actor):
        raise Denied
    return sheet


def usable(actor: Actor) -> Iterable[Sheet]:
    """The sheets that the actor may bring in or take out."""
    return [sheet for sheet in SHEETS if sheet.may_bring(actor) or sheet.may_hand_out(actor)]
