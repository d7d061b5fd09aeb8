"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

TRAINING_WORDS = RoomWords(
    operations={},
    tables={
        "course": msg("培训课程"),
        "training_class": msg("培训班"),
        "class_day": msg("培训日程"),
        "enrolment": msg("参训人员"),
        "class_sign_in": msg("培训签到"),
        "class_paper": msg("培训资料"),
        "certificate_try": msg("职业资格考试报考"),
        "degree_study": msg("在职学历教育"),
    },
    columns={},
)
