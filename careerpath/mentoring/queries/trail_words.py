"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.mentoring.queries.words import MATCHING_STATES, PAIRING_STATES
from careerpath.words import msg

MENTORING_WORDS = RoomWords(
    operations={
        "register_mentor": msg("聘任导师"),
        "register_mentors": msg("批量聘任导师"),
        "change_mentor": msg("修改导师聘任信息"),
        "end_mentor": msg("解聘导师"),
        "reopen_mentor": msg("撤销导师解聘"),
        "agree_pairing": msg("导师结对"),
        "agree_pairings": msg("批量导师结对"),
        "change_pairing": msg("修改帮带结对"),
        "end_pairing": msg("提前结束帮带"),
        "undo_ending": msg("撤销提前结束帮带"),
        "drop_pairing": msg("作废帮带结对"),
        "write_log": msg("填写帮带记录"),
        "change_log": msg("修改帮带记录"),
        "drop_log": msg("删除帮带记录"),
        "write_own_log": msg("本人填写帮带记录"),
        "change_own_log": msg("本人修改帮带记录"),
        "drop_own_log": msg("本人删除帮带记录"),
        "review_pairing": msg("帮带季度评估"),
        "change_mentoring_review": msg("修改帮带季度评估"),
        "drop_mentoring_review": msg("删除帮带季度评估"),
        "evaluate_mentee": msg("评价帮带对象"),
        "evaluate_mentor": msg("评价导师"),
        "evaluate_own_mentee": msg("导师评价帮带对象"),
        "evaluate_own_mentor": msg("帮带对象评价导师"),
        "complete_pairing": msg("帮带期满办结"),
        "reopen_pairing": msg("恢复办理帮带"),
    },
    tables={
        "mentor": msg("帮带导师"),
        "pairing": msg("帮带结对"),
        "mentoring_log": msg("帮带记录"),
        "mentoring_review": msg("帮带季度评估"),
        "matching": msg("导师匹配"),
        "match_line": msg("导师匹配人选"),
    },
    columns={
        "mentor_id": msg("导师"),
        "expertise": msg("专长"),
        "cap": msg("最多带教人数"),
        "end_reason": msg("结束原因"),
        "goals": msg("帮带目标"),
        "plan": msg("帮带计划"),
        "assessment": msg("考核办法"),
        "wanted": msg("学习业务"),
        "cap_reason": msg("超额理由"),
        "ended_on": msg("提前结束日期"),
        "mentee_grade": msg("对帮带对象的评价"),
        "mentee_opinion": msg("导师评语"),
        "mentor_grade": msg("对导师的评价"),
        "mentor_opinion": msg("帮带对象评语"),
        "unit_opinion": msg("见证单位意见"),
        "completed_on": msg("办结日期"),
        "hours": msg("时长"),
        "topic": msg("主题"),
        "progress": msg("进展"),
        "home_name": msg("单位及职务"),
        "pairing_id": msg("帮带结对"),
    },
    values={
        "state": {
            **{one.value: word for one, word in PAIRING_STATES.items()},
            **{one.value: word for one, word in MATCHING_STATES.items()},
        }
    },
)
