"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

TALENT_POOL_WORDS = RoomWords(
    operations={},
    tables={
        "selection": msg("竞岗"),
        "selection_places": msg("竞岗名额"),
        "selection_step": msg("竞岗步骤"),
        "selection_entrant": msg("竞岗人选"),
        "stage_points": msg("竞岗环节成绩"),
        "pool_entry": msg("后备人才"),
        "development_task": msg("培养任务"),
        "pool_review": msg("后备评估"),
        "pool_proposal": msg("入库出库建议"),
        "promotion": msg("晋升任用"),
        "promotion_step": msg("晋升步骤"),
        "pool_objection": msg("公示反映"),
        "channel_round": msg("事业编定向招聘"),
        "channel_step": msg("定向招聘步骤"),
        "channel_candidate": msg("定向招聘人选"),
        "cadre_sheet": msg("任免审批表信息"),
    },
    columns={},
)
