"""What each operation that takes an id is called with, beside the ids themselves.

A new operation with an id needs a line here, or the test of all operations fails.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.access.operations.accounts import NewGrant
from careerpath.access.operations.units import UnitChange
from careerpath.access.permissions import Role
from careerpath.appraisals.operations.district import Decision
from careerpath.appraisals.operations.street import RowEntry
from careerpath.appraisals.operations.writing import Draft, Opinion
from careerpath.employees.models import AttachmentKind
from careerpath.employees.operations.corrections import Answer
from careerpath.employees.operations.details import Details
from careerpath.employees.operations.facts import FactKind, NewAbsence, NewPosting
from careerpath.employees.operations.history import Ending
from careerpath.employees.operations.lines import LineKind, NewCareerLine
from careerpath.employees.operations.people import EndOfService
from careerpath.pay.operations.approvals import Approval
from careerpath.pay.operations.bases import NewBase
from careerpath.pay.operations.rounds import Review
from careerpath.policy.recruitment import Leaving
from careerpath.printing.operations.pay_changes import ChangesOrder
from careerpath.recruitment.models import CheckKind, Verdict
from careerpath.recruitment.operations.batches import BatchPlan, NewDays
from careerpath.recruitment.operations.checks import CheckGiven, DepartureGiven
from careerpath.recruitment.operations.lists import DirectGiven
from careerpath.recruitment.operations.notices import ObjectionGiven
from careerpath.recruitment.operations.particulars import Particulars
from careerpath.recruitment.operations.review import Finding
from careerpath.recruitment.operations.rooms import NewRoom
from careerpath.recruitment.queries.terms import Terms
from careerpath.talent_pool.models import ChannelResult, Readiness, TaskKind
from careerpath.talent_pool.models import Leaving as PoolLeaving
from careerpath.talent_pool.operations.appointments import ElectionGiven
from careerpath.talent_pool.operations.cadre import CadreGiven
from careerpath.talent_pool.operations.channels import CandidateFinding, ChannelOutcome, ChannelPlan
from careerpath.talent_pool.operations.development import PoolReviewGiven, TaskGiven
from careerpath.talent_pool.operations.nomination_review import EntrantFinding
from careerpath.talent_pool.operations.nominations import NominationGiven
from careerpath.talent_pool.operations.objections import PoolObjectionGiven
from careerpath.talent_pool.operations.pool import EntryChange, LeavingGiven
from careerpath.talent_pool.operations.promotions import PromotionGiven
from careerpath.talent_pool.operations.selections import SelectionPlan
from careerpath.words import msg
from tests.architecture.growth import GROWTH_SAMPLES
from tests.architecture.reporting import REPORT_SAMPLES
from tests.architecture.sample import Sample, near, own
from tests.employees.test_papers import make_image

DAY = date(2025, 12, 1)


def _file(*more: str, **rest: Any) -> Sample:
    return Sample(Role.STREET_HR, {name: name for name in ("employee_id", *more)}, rest)


def _pick(record: str, role: Role, **rest: Any) -> Sample:
    """A person in a channel, whose parameter is shorter than the name of the record."""
    return Sample(role, {"candidate_id": record}, rest)


def _pool(name: str, **rest: Any) -> Sample:
    return Sample(Role.DISTRICT_HR, {name: f"pool_{name}"}, rest)


def _reserve(name: str, **rest: Any) -> Sample:
    return Sample(Role.STREET_HR, {name: f"pool_{name}"}, rest)


_PARTICULARS = Particulars(name="林某", identity="371399199804120029")
_LINE = NewCareerLine(starts_on=DAY, text="社区工作者")
_POSTING = NewPosting(unit_id=1, post="staff", starts_on=DAY)
_FACT = NewAbsence(year=2025)
_PLAN = BatchPlan(name="第五批", title="招聘公告", year=2025, edition_key="feixian-2016", vacancies_on=DAY)
_CHANNEL = ChannelPlan(
    name="定向招聘", year=2025, edition_key="jixi-2021", gate="institution", places=1, reckoned_on=DAY, closes_on=DAY
)
_PROMOTION = PromotionGiven(employee_id=1, unit_id=1, rung="secretary", post="chief")
_DAYS = NewDays(closes_on=DAY, written_on=DAY, written_time="", interview_on=None, reason="延期")
_SELECTION = SelectionPlan(
    name="后备竞岗",
    year=2025,
    edition_key="feixian-pool-2016",
    gate="reserve_secretary",
    reckoned_on=DAY,
    closes_on=DAY,
)

SAMPLES: Mapping[str, Sample] = {
    "reset_password": own("user_id", Role.SYSTEM_ADMIN),
    "unlock_user": own("user_id", Role.SYSTEM_ADMIN),
    "set_active": own("user_id", Role.SYSTEM_ADMIN, active=False),
    "stop_reminders": own("user_id", Role.SYSTEM_ADMIN),
    "grant_role": own("user_id", Role.SECURITY_ADMIN, given=NewGrant(Role.WORKER, 1, DAY)),
    "end_grant": own("grant_id", Role.SECURITY_ADMIN),
    "change_unit": own("unit_id", Role.SYSTEM_ADMIN, given=UnitChange("某社区", None, None, DAY, None, 1)),
    "end_unit": own("unit_id", Role.SYSTEM_ADMIN, ends_on=DAY),
    "end_sign_in": own("sign_in_id"),
    "add_line": _file(given=_LINE),
    "change_line": _file("line_id", given=_LINE, version=1),
    "remove_line": _file("line_id", kind=LineKind.CAREER),
    "add_fact": _file(given=_FACT),
    "correct_fact": _file("fact_id", given=_POSTING),
    "withdraw_fact": _file("fact_id", kind=FactKind.POSTING),
    "end_posting": _file("fact_id", given=Ending(DAY)),
    "change_post": _file(given=_POSTING),
    "change_employee": _file(given=Details(name="林某", joined_community_on=DAY), version=1),
    "end_service": _file(given=EndOfService(left_on=DAY, reason="辞职")),
    "resume_service": _file(given=_POSTING),
    "link_account": _file("user_id"),
    "set_photo": _file(body=make_image()),
    "add_attachment": _file(kind=AttachmentKind.OTHER, name="证明.jpg", body=make_image()),
    "remove_attachment": _file("attachment_id"),
    "reveal_identity": _file(reason="核对身份"),
    "reveal_paper": _file("attachment_id", reason="核对身份"),
    "answer_correction": own("request_id", given=Answer(accepted=True, answer="已更正。")),
    "decide_records": own("street_id", Role.DISTRICT_HR, given=Decision((1,), {})),
    "return_records": Sample(
        Role.DISTRICT_HR, {"street_id": "street_id"}, {"appraisal_ids": (1,), "comment": "请补充。"}
    ),
    "revoke_decision": own("appraisal_id", Role.DISTRICT_HR, reason="复核后更正"),
    "approve_larger_quota": own("street_id", Role.DISTRICT_HR, document="费组字〔2025〕1号"),
    "write_summary": own("appraisal_id", Role.WORKER, given=Draft("总结", 1)),
    "confirm_result": own("appraisal_id", Role.WORKER, opinion="同意"),
    "write_opinion": own("appraisal_id", Role.COMMUNITY_SECRETARY, given=Opinion("同意", "", {}, 1)),
    "enrol_missing": own("year_id", Role.DISTRICT_HR),
    "close_year": own("year_id", Role.DISTRICT_HR),
    "fill_row": own("appraisal_id", given=RowEntry(1, {})),
    "fill_rows": own("street_id", given={}),
    "submit_street": own("street_id"),
    "generate_round": own("unit_id", on=DAY),
    "regenerate_round": own("round_id"),
    "review_proposals": own("round_id", given=Review((1,), withheld=True, note="待核")),
    "submit_round": own("round_id"),
    "drop_round": own("round_id"),
    "finish_round": own("round_id"),
    "approve_proposals": own("round_id", Role.DISTRICT_HR, given=Approval((1,))),
    "return_proposals": Sample(
        Role.DISTRICT_HR, {"round_id": "round_id"}, {"proposal_ids": (1,), "comment": "请补充。"}
    ),
    "revoke_placement": own("placement_id", Role.DISTRICT_HR, reason="误批"),
    "order_pay_changes": own("round_id", given=ChangesOrder(msg("打印"), "工资变动审批表")),
    "prepare_run": own("run_id", Role.DISTRICT_HR),
    "reckon_run": own("run_id", Role.DISTRICT_HR),
    "reckon_register": own("register_id", Role.DISTRICT_HR),
    "finish_reckoning": own("run_id", Role.DISTRICT_HR),
    "order_reckoning": own("run_id", Role.DISTRICT_HR),
    "confirm_run": own("run_id", Role.DISTRICT_HR),
    "drop_run": own("run_id", Role.DISTRICT_HR),
    "declare_base": _file(given=NewBase(date(2025, 12, 1), Decimal(5000))),
    "correct_base": _file("base_id", given=NewBase(date(2025, 12, 1), Decimal(5000))),
    "withdraw_base": _file("base_id"),
    "order_registers": own("run_id"),
    "order_slips": own("register_id"),
    "cancel_job": own("job_id"),
    "forget_job": own("job_id"),
    "order_import": own("import_id", step="compare"),
    "keep_preview": own("import_id", given=None),
    "write_import": own("import_id", given=None),
    "discard_import": own("import_id"),
    "undo_import": own("import_id"),
    "plan_batch": own("unit_id", Role.DISTRICT_HR, given=_PLAN),
    "change_plan": own("batch_id", Role.DISTRICT_HR, given=_PLAN, version=1),
    "drop_batch": own("batch_id", Role.DISTRICT_HR),
    "put_positions": own("batch_id", Role.DISTRICT_HR, given=()),
    "publish_batch": own("batch_id", Role.DISTRICT_HR, document="费社工发〔2025〕9号"),
    "change_days": own("batch_id", Role.DISTRICT_HR, given=_DAYS, version=1),
    "cancel_batch": own("batch_id", Role.DISTRICT_HR, reason="员额调整"),
    "conclude_batch": own("batch_id", Role.DISTRICT_HR),
    "reopen_batch": own("batch_id", Role.DISTRICT_HR, reason="递补"),
    "enter_application": near("batch_id", "position_id", given=_PARTICULARS),
    "enter_applications": near("batch_id", rows=((1, _PARTICULARS),)),
    "change_application": near("application_id", "position_id", given=_PARTICULARS, version=2),
    "withdraw_application": near("application_id", reason="另有安排"),
    "set_application_photo": near("application_id", body=make_image()),
    "add_application_paper": near("application_id", code="diploma", name="证书.jpg", body=make_image()),
    "remove_application_paper": near("application_id", "paper_id"),
    "reveal_applicant": near("application_id", reason="核对身份"),
    "review_application": near("application_id", given=Finding(Verdict.PASSED)),
    "review_applications": near("batch_id", application_ids=(1,), given=Finding(Verdict.PASSED)),
    "reopen_review": near("application_id", reason="误判"),
    "close_review": own("batch_id", Role.DISTRICT_HR),
    "keep_cadre_sheet": _file(given=CadreGiven(health="健康"), version=0),
    "take_over_lrmx": _file(body=b"<Person/>", chosen=("health",)),
    "permit_full_lrmx": _file(reason="报送审批"),
    "order_selection_forms": own("selection_id", Role.DISTRICT_HR, form="selection-form"),
    "order_recruitment_forms": near("batch_id", form="application-form"),
    "permit_full_forms": near("batch_id", application_ids=(1,), form="application-form", reason="归档留存"),
    "recheck_candidate": near("application_id", held=True),
    "reveal_application_paper": near("application_id", "paper_id", reason="核对身份"),
    "renew_code": near("application_id"),
    "draw_numbers": own("batch_id", Role.DISTRICT_HR, rooms=(NewRoom("一中 101", 30),)),
    "mark_attendance": own("batch_id", Role.DISTRICT_HR, marks={}),
    "type_scores": own("batch_id", Role.DISTRICT_HR, turn=1, paper="", points={}),
    "type_sheets": own("batch_id", Role.DISTRICT_HR, turn=1, given={"": {}}),
    "settle_score": own("batch_id", Role.DISTRICT_HR, secret_number="1234567", paper="", points=Decimal(80)),
    "release_written": own("batch_id", Role.DISTRICT_HR),
    "draw_interviews": own("batch_id", Role.DISTRICT_HR, groups=()),
    "join_interviews": own("batch_id", Role.DISTRICT_HR),
    "mark_interview_attendance": own("batch_id", Role.DISTRICT_HR, marks={}),
    "put_sheets": own("batch_id", Role.DISTRICT_HR, sheets={}),
    "fill_sheets": own("batch_id", Role.DISTRICT_HR, given={}),
    "record_direct": own("application_id", Role.DISTRICT_HR, given=DirectGiven(True, DAY, document="报告单")),
    "decide_order": own("batch_id", Role.DISTRICT_HR, exam_numbers=("2025001",), reason="加试"),
    "release_final": own("batch_id", Role.DISTRICT_HR),
    "record_check": own("application_id", Role.DISTRICT_HR, given=CheckGiven(CheckKind.MEDICAL, True, DAY)),
    "record_checks": own("batch_id", Role.DISTRICT_HR, rows={}),
    "record_departure": own(
        "application_id", Role.DISTRICT_HR, given=DepartureGiven(Leaving.WITHDRAWN, DAY, "本人声明")
    ),
    "undo_departure": own("application_id", Role.DISTRICT_HR, reason="误登记"),
    "fill_places": own("batch_id", Role.DISTRICT_HR, on=DAY),
    "open_notice": own("batch_id", Role.DISTRICT_HR, starts_on=DAY, ends_on=DAY, application_ids=None),
    "record_objection": own("batch_id", Role.DISTRICT_HR, given=ObjectionGiven(None, DAY, True, "徇私")),
    "answer_objection": own("objection_id", Role.DISTRICT_HR, upheld=False, answer="不属实", on=DAY),
    "cancel_appointment": own("application_id", Role.DISTRICT_HR, reason="误聘"),
    "withdraw_first_level": own("employee_id", Role.DISTRICT_HR),
    "remove_file": _file(),
    "appoint_one": own("application_id", Role.DISTRICT_HR, given=Terms(DAY, None, None)),
    "appoint_many": Sample(
        Role.DISTRICT_HR, {"batch_id": "batch_id"}, {"application_ids": (1,), "given": Terms(DAY, None, None)}
    ),
    "propose_first_levels": Sample(Role.DISTRICT_HR, {"unit_id": "unit_id"}, {"employee_ids": (1,), "on": DAY}),
    "put_points": own("selection_id", Role.DISTRICT_HR, stage="speech", points={}),
    "finish_stages": own("selection_id", Role.DISTRICT_HR),
    "reopen_stages": own("selection_id", Role.DISTRICT_HR, reason="补录成绩"),
    "decide_entrant_order": own("selection_id", Role.DISTRICT_HR, entrant_ids=(1,), reason="部务会研究"),
    "decide_selection": own("selection_id", Role.DISTRICT_HR, document="部务会纪要", on=DAY),
    "undo_decision": own("selection_id", Role.DISTRICT_HR, reason="文号有误"),
    "open_selection_notice": own("selection_id", Role.DISTRICT_HR, starts_on=DAY, ends_on=DAY),
    "release_selected": own("entrant_id", Role.DISTRICT_HR, reason="本人放弃"),
    "move_up": own("entrant_id", Role.DISTRICT_HR, ends_on=DAY),
    "conclude_selection": own("selection_id", Role.DISTRICT_HR, entered_on=DAY),
    "record_entrant_objection": own("entrant_id", Role.DISTRICT_HR, given=PoolObjectionGiven(DAY, True, "年限不足")),
    "record_promotion_objection": own(
        "promotion_id", Role.DISTRICT_HR, given=PoolObjectionGiven(DAY, True, "年限不足")
    ),
    "answer_pool_objection": _pool("objection_id", upheld=False, answer="不属实", on=DAY),
    "submit_promotion": near("promotion_id"),
    "change_promotion": near("promotion_id", given=_PROMOTION, version=1),
    "withdraw_promotion": near("promotion_id", reason="另有安排"),
    "return_promotion": own("promotion_id", Role.DISTRICT_HR, opinion="请补充"),
    "approve_promotion": own("promotion_id", Role.DISTRICT_HR, document="费组字〔2025〕3号", opinion="同意", on=DAY),
    "approve_promotions": Sample(
        Role.DISTRICT_HR,
        {},
        {"promotion_ids": (10**9,), "document": "费组字〔2025〕3号", "opinion": "同意", "on": DAY},
    ),
    "reject_promotion": own("promotion_id", Role.DISTRICT_HR, reason="职数已满"),
    "open_promotion_notice": own("promotion_id", Role.DISTRICT_HR, starts_on=DAY, ends_on=DAY),
    "open_promotion_notices": Sample(
        Role.DISTRICT_HR, {}, {"promotion_ids": (10**9,), "starts_on": DAY, "ends_on": DAY}
    ),
    "appoint_promotion": own("promotion_id", Role.DISTRICT_HR, starts_on=DAY),
    "appoint_promotions": Sample(Role.DISTRICT_HR, {}, {"promotion_ids": (10**9,), "starts_on": DAY}),
    "record_election": own(
        "promotion_id", Role.DISTRICT_HR, given=ElectionGiven(elected=False, held_on=DAY, document="报告")
    ),
    "plan_channel": own("unit_id", Role.DISTRICT_HR, given=_CHANNEL),
    "change_channel": own("channel_id", Role.DISTRICT_HR, given=_CHANNEL, version=1),
    "drop_channel": own("channel_id", Role.DISTRICT_HR),
    "announce_channel": own("channel_id", Role.DISTRICT_HR, document="人社发〔2025〕3号"),
    "extend_channel": own("channel_id", Role.DISTRICT_HR, closes_on=DAY, reason="报名不足"),
    "cancel_channel": own("channel_id", Role.DISTRICT_HR, reason="计划调整"),
    "conclude_channel": own("channel_id", Role.DISTRICT_HR),
    "reopen_channel": own("channel_id", Role.DISTRICT_HR, reason="补录"),
    "add_channel_candidate": near("channel_id", "employee_id"),
    "add_eligible": near("channel_id", employee_ids=(1,)),
    "apply_to_channel": own("channel_id", Role.WORKER),
    "withdraw_channel_candidate": _pick("channel_candidate_id", Role.STREET_HR, reason="本人放弃"),
    "withdraw_from_channel": own("channel_id", Role.WORKER, reason="另有安排"),
    "review_channel_candidate": _pick("channel_candidate_id", Role.DISTRICT_HR, given=CandidateFinding(True)),
    "review_channel_candidates": own("channel_id", Role.DISTRICT_HR, candidate_ids=(1,), given=CandidateFinding(True)),
    "close_channel_review": own("channel_id", Role.DISTRICT_HR),
    "record_channel_result": _pick(
        "channel_candidate_id", Role.DISTRICT_HR, given=ChannelOutcome(result=ChannelResult.NOT_HIRED)
    ),
    "record_channel_results": own("channel_id", Role.DISTRICT_HR, rows={}),
    "change_entry": _pool("entry_id", given=EntryChange(1, DAY, "", ""), version=1),
    "set_readiness": _reserve("entry_id", readiness=Readiness.NOW, remark="", version=1),
    "leave_pool": _pool("entry_id", given=LeavingGiven(PoolLeaving.AGE, DAY)),
    "undo_leaving": _pool("entry_id"),
    "add_task": _reserve("entry_id", given=TaskGiven(TaskKind.PRACTICE, "走访", DAY)),
    "change_task": near("task_id", given=TaskGiven(TaskKind.PRACTICE, "走访", DAY), version=1),
    "finish_task": near("task_id", done_on=DAY, result="已完成"),
    "reopen_task": near("task_id"),
    "drop_task": near("task_id"),
    "review_reserve": _reserve("entry_id", given=PoolReviewGiven(DAY, True, None, Readiness.NOW)),
    "withdraw_review": _reserve("review_id"),
    "accept_proposal": _pool("proposal_id", on=DAY),
    "accept_proposals": Sample(Role.DISTRICT_HR, {}, {"proposal_ids": (10**9,), "on": DAY}),
    "dismiss_proposal": _pool("proposal_id", reason="培养需要"),
    "dismiss_proposals": Sample(Role.DISTRICT_HR, {}, {"proposal_ids": (10**9,), "reason": "培养需要"}),
    "plan_selection": own("unit_id", Role.DISTRICT_HR, given=_SELECTION, places={}),
    "change_selection": own("selection_id", Role.DISTRICT_HR, given=_SELECTION, places=None, version=1),
    "put_places": own("selection_id", Role.DISTRICT_HR, places={}),
    "drop_selection": own("selection_id", Role.DISTRICT_HR),
    "announce_selection": own("selection_id", Role.DISTRICT_HR, document="费社工发〔2025〕21号", announced_on=DAY),
    "change_selection_days": own("selection_id", Role.DISTRICT_HR, closes_on=DAY, held_on=None, reason="延期"),
    "cancel_selection": own("selection_id", Role.DISTRICT_HR, reason="机构调整"),
    "nominate_person": near("selection_id", given=NominationGiven(employee_id=1, statement="推荐。")),
    "nominate_many": near("selection_id", rows=(NominationGiven(employee_id=1, statement="推荐。"),)),
    "nominate_oneself": Sample(
        Role.WORKER, {"selection_id": "selection_id", "unit_id": "unit_id"}, {"statement": "自荐。"}
    ),
    "nominate_colleague": own(
        "selection_id", Role.WORKER, employee_number="FX-0001", statement="群众认可。", supporters=3
    ),
    "withdraw_nomination": near("entrant_id", reason="另有安排"),
    "withdraw_oneself": own("selection_id", Role.WORKER, reason="另有安排"),
    "review_entrant": own("entrant_id", Role.DISTRICT_HR, given=EntrantFinding(True)),
    "review_entrants": own("selection_id", Role.DISTRICT_HR, entrant_ids=(1,), given=EntrantFinding(True)),
    "reopen_entrant_review": own("entrant_id", Role.DISTRICT_HR, reason="误判"),
    "close_nominations": own("selection_id", Role.DISTRICT_HR),
    "conclude_job": own("job_id", holder="", conclusion=None),
    **GROWTH_SAMPLES,
    **REPORT_SAMPLES,
}
"""Every operation that takes an id, by its name."""

OF_THE_INSTALLATION = frozenset({"adopt_edition", "withdraw_edition", "drop_draft"})
"""Operations whose records belong to no unit: editions of the rules serve everybody."""

MIXED = tuple(name for name, sample in SAMPLES.items() if len(sample.ids) > 1)
"""Those that take two: one's own file must not open another one's paper."""
