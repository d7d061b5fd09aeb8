"""Every form that is printed, one line each: code, name, the permission it asks for, and what it is printed for."""

from dataclasses import dataclass

from careerpath.access.permissions import Permission
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One form. ``each`` says what it is for: a person's year, a street's year, a change of pay, a round of them,
    a month, a batch of recruitment, an applicant, a selection, an entrant, a pool, a promotion, a file, a career,
    a pairing, a mentor, a rotation, a class, a call for honours, or a unit on a day."""

    code: str
    name: Message
    permission: Permission
    each: str


FORMS: tuple[PrintedForm, ...] = (
    PrintedForm("appraisal-form", msg("年度考核登记表"), Permission.APPRAISAL_PRINT, "person"),
    PrintedForm("appraisal-summary", msg("年度考核情况汇总表"), Permission.APPRAISAL_PRINT, "street"),
    PrintedForm("pay-change-form", msg("工资变动审批表"), Permission.PAY_VIEW, "change"),
    PrintedForm("pay-change-list", msg("工资变动审批名册"), Permission.PAY_VIEW, "round"),
    PrintedForm("pay-register", msg("工资发放登记表"), Permission.PAY_VIEW, "month"),
    PrintedForm("pay-slip", msg("工资条"), Permission.PAY_VIEW, "month"),
    PrintedForm("recruitment-notice", msg("招聘公告"), Permission.RECRUITMENT_VIEW, "batch"),
    PrintedForm("application-form", msg("报名登记表"), Permission.RECRUITMENT_VIEW, "applicant"),
    PrintedForm("admission-ticket", msg("准考证"), Permission.RECRUITMENT_VIEW, "applicant"),
    PrintedForm("seating-chart", msg("考场座次表"), Permission.RECRUITMENT_SCORE, "batch"),
    PrintedForm("secret-labels", msg("密号条"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("score-list", msg("成绩公告"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("interview-list", msg("面试人员名单"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("medical-list", msg("体检人员名单"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("background-list", msg("考察人员名单"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("appointment-notice", msg("拟聘用人员公示"), Permission.RECRUITMENT_DECIDE, "batch"),
    PrintedForm("hiring-form", msg("录用登记表"), Permission.RECRUITMENT_VIEW, "applicant"),
    PrintedForm("selection-notice", msg("竞岗公告"), Permission.POOL_VIEW, "selection"),
    PrintedForm("recommendation-form", msg("后备人才推荐表"), Permission.POOL_VIEW, "entrant"),
    PrintedForm("selection-form", msg("竞岗报名表"), Permission.POOL_VIEW, "entrant"),
    PrintedForm("selection-result", msg("入选公示"), Permission.POOL_DECIDE, "selection"),
    PrintedForm("pool-roster", msg("入库名册"), Permission.POOL_VIEW, "pool"),
    PrintedForm("background-cover", msg("考察材料封面"), Permission.POOL_VIEW, "promotion"),
    PrintedForm("promotion-notice", msg("任前公示"), Permission.POOL_DECIDE, "promotion"),
    PrintedForm("appointment-form", msg("干部任免审批表"), Permission.EMPLOYEE_EDIT, "file"),
    PrintedForm("career-file", msg("成长档案"), Permission.EMPLOYEE_VIEW, "career"),
    PrintedForm("mentor-agreement", msg("导师帮带协议书"), Permission.MENTORING_VIEW, "pairing"),
    PrintedForm("mentoring-evaluation", msg("帮带期满评价表"), Permission.MENTORING_VIEW, "pairing"),
    PrintedForm("mentoring-log", msg("帮带记录册"), Permission.MENTORING_VIEW, "pairing"),
    PrintedForm("mentor-letter", msg("导师聘书"), Permission.MENTORING_VIEW, "mentor"),
    PrintedForm("mentor-roster", msg("导师名册"), Permission.MENTORING_VIEW, "unit"),
    PrintedForm("rotation-notice", msg("轮岗派出通知"), Permission.ROTATION_VIEW, "rotation"),
    PrintedForm("rotation-form", msg("挂职（轮岗）鉴定表"), Permission.ROTATION_VIEW, "rotation"),
    PrintedForm("rotation-roster", msg("轮岗锻炼人员名册"), Permission.ROTATION_VIEW, "unit"),
    PrintedForm("class-notice", msg("培训通知"), Permission.TRAINING_VIEW, "class"),
    PrintedForm("class-sign-in", msg("培训签到册"), Permission.TRAINING_VIEW, "class"),
    PrintedForm("class-roster", msg("参训人员花名册"), Permission.TRAINING_VIEW, "class"),
    PrintedForm("class-certificate", msg("结业证书"), Permission.TRAINING_VIEW, "class"),
    PrintedForm("honour-notice", msg("评选公告"), Permission.HONOUR_VIEW, "call"),
    PrintedForm("honour-publicity", msg("表彰人选公示"), Permission.HONOUR_DECIDE, "call"),
    PrintedForm("honour-form", msg("推荐审批表"), Permission.HONOUR_VIEW, "call"),
    PrintedForm("honour-decision", msg("表彰决定"), Permission.HONOUR_DECIDE, "call"),
    PrintedForm("skill-cover", msg("业务覆盖表"), Permission.SKILL_VIEW, "unit"),
)
