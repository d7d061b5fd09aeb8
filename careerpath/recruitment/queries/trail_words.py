"""What operations, tables and columns of recruitment are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

RECRUITMENT_WORDS = RoomWords(
    operations={
        "plan_batch": msg("拟定招聘批次"),
        "change_plan": msg("修改招聘计划"),
        "drop_batch": msg("撤回招聘计划"),
        "put_positions": msg("确定招聘岗位"),
        "publish_batch": msg("发布招聘公告"),
        "change_days": msg("调整招聘日程"),
        "cancel_batch": msg("取消招聘批次"),
        "conclude_batch": msg("办结招聘批次"),
        "reopen_batch": msg("恢复办理招聘批次"),
        "review_application": msg("审查报名"),
        "review_applications": msg("批量审查报名"),
        "reopen_review": msg("重新审查报名"),
        "close_review": msg("结束资格审查"),
        "recheck_candidate": msg("面试前资格复审"),
        "reveal_application_paper": msg("查看报名身份证件"),
        "purge_applicants": msg("清除未聘用人员信息"),
    },
    tables={
        "recruitment_batch": msg("招聘批次"),
        "recruitment_position": msg("招聘岗位"),
        "recruitment_step": msg("招聘阶段"),
        "applicant_tally": msg("报名人数统计"),
        "application": msg("报名"),
        "application_paper": msg("报名材料"),
        "eligibility_review": msg("资格审查"),
        "exam_room": msg("考场"),
        "interview_group": msg("面试组"),
        "examinee": msg("考生"),
        "score_entry": msg("笔试成绩录入"),
        "interview_mark": msg("考官评分"),
        "recruitment_list_line": msg("招聘名单"),
        "direct_result": msg("补选转隶结果"),
        "candidate_check": msg("体检考察"),
        "candidate_departure": msg("放弃或不合格"),
        "recruitment_objection": msg("公示异议"),
        "appointment": msg("聘用"),
    },
    columns={
        "batch_id": msg("招聘批次"),
        "position_id": msg("招聘岗位"),
        "application_id": msg("报名"),
        "examinee_id": msg("考生"),
    },
)
