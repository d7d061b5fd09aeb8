"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.words import msg

SKILL_WORDS = RoomWords(
    operations={
        "keep_work_line": msg("设置业务条线"),
        "change_work_line": msg("修改业务条线"),
        "retire_work_line": msg("停用业务条线"),
        "restore_work_line": msg("恢复业务条线"),
        "take_usual_lines": msg("采用常用业务条线"),
        "record_skill": msg("登记业务技能"),
        "record_skills": msg("批量登记业务技能"),
        "record_contest": msg("登记比武成绩"),
        "change_skill": msg("更正业务技能"),
        "drop_skill": msg("删除业务技能记录"),
    },
    tables={
        "work_line": msg("业务条线"),
        "skill": msg("业务技能"),
    },
    columns={
        "unit_id": msg("单位"),
        "employee_id": msg("人员"),
        "code": msg("代码"),
        "name": msg("名称"),
        "place": msg("排序号"),
        "wanted": msg("每社区应有人数"),
        "active": msg("使用中"),
        "line_id": msg("业务条线"),
        "level": msg("技能等级"),
        "shown_by": msg("认定方式"),
        "shown_on": msg("认定日期"),
        "valid_until": msg("有效期止"),
        "evidence": msg("认定依据"),
    },
    values={
        "level": {
            SkillLevel.LEARNING.value: msg("在学"),
            SkillLevel.ABLE.value: msg("能办"),
            SkillLevel.TEACHING.value: msg("能教"),
        },
        "shown_by": {
            ShownBy.COURSE.value: msg("培训结业"),
            ShownBy.CONTEST.value: msg("大比武"),
            ShownBy.TEST.value: msg("测试"),
            ShownBy.PRACTICE.value: msg("岗位实践"),
        },
    },
)
