"""Recruitment: exam, scores, lists, checks, objections, appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exam_room",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_exam_room_seats_wanted")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_exam_room_batch_id_recruitment_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_room")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_exam_room_batch_id_number")),
    )
    op.create_table(
        "interview_group",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("time", sa.String(length=40), nullable=False),
        sa.Column("judges", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_interview_group_batch_id_recruitment_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_group")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_interview_group_batch_id_number")),
    )
    op.create_table(
        "appointment",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("probation_ends_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_appointment_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_appointment_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_appointment_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["placement_round.id"],
            name=op.f("fk_appointment_round_id_placement_round"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appointment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("application_id", name=op.f("uq_appointment_application_id")),
        sa.UniqueConstraint("employee_id", "batch_id", name=op.f("uq_appointment_employee_id_batch_id")),
    )
    op.create_table(
        "candidate_check",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_candidate_check_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_check")),
        sa.UniqueConstraint("application_id", "kind", name=op.f("uq_candidate_check_application_id_kind")),
    )
    op.create_table(
        "candidate_departure",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("leaving", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("filled_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_candidate_departure_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_candidate_departure_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["application.id"], name=op.f("fk_candidate_departure_successor_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_departure")),
        sa.UniqueConstraint("application_id", name=op.f("uq_candidate_departure_application_id")),
    )
    op.create_index("ix_candidate_departure_batch_id", "candidate_departure", ["batch_id"], unique=False)
    op.create_table(
        "direct_result",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("successful", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_cast", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_direct_result_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_result")),
        sa.UniqueConstraint("application_id", name=op.f("uq_direct_result_application_id")),
    )
    op.create_table(
        "examinee",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("exam_number", sa.String(length=20), nullable=False),
        sa.Column("secret_number", sa.String(length=12), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.String(length=32), nullable=True),
        sa.Column("written", sa.JSON(), nullable=True),
        sa.Column("shortlisted", sa.Boolean(), nullable=True),
        sa.Column("rechecked", sa.Boolean(), nullable=True),
        sa.Column("interview_group_id", sa.Integer(), nullable=True),
        sa.Column("interview_order", sa.Integer(), nullable=True),
        sa.Column("interview_attendance", sa.String(length=32), nullable=True),
        sa.Column("decided_order", sa.Integer(), nullable=True),
        sa.Column("decided_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_examinee_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_examinee_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(
            ["interview_group_id"], ["interview_group.id"], name=op.f("fk_examinee_interview_group_id_interview_group")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["exam_room.id"], name=op.f("fk_examinee_room_id_exam_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examinee")),
        sa.UniqueConstraint("application_id", name=op.f("uq_examinee_application_id")),
        sa.UniqueConstraint("batch_id", "exam_number", name=op.f("uq_examinee_batch_id_exam_number")),
        sa.UniqueConstraint("batch_id", "secret_number", name=op.f("uq_examinee_batch_id_secret_number")),
        sa.UniqueConstraint("room_id", "seat", name=op.f("uq_examinee_room_id_seat")),
    )
    op.create_index("ix_examinee_interview_group_id", "examinee", ["interview_group_id"], unique=False)
    op.create_table(
        "recruitment_list_line",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=True),
        sa.Column("interview", sa.Integer(), nullable=True),
        sa.Column("bonus", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("first_outcome", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("notice_ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_recruitment_list_line_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_recruitment_list_line_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["recruitment_position.id"],
            name=op.f("fk_recruitment_list_line_position_id_recruitment_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_list_line")),
        sa.UniqueConstraint("application_id", "stage", name=op.f("uq_recruitment_list_line_application_id_stage")),
    )
    op.create_index("ix_recruitment_list_line_batch_id", "recruitment_list_line", ["batch_id"], unique=False)
    op.create_index("ix_recruitment_list_line_position_id", "recruitment_list_line", ["position_id"], unique=False)
    op.create_table(
        "recruitment_objection",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_by", sa.String(length=64), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_recruitment_objection_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_recruitment_objection_batch_id_recruitment_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_objection")),
    )
    op.create_index("ix_recruitment_objection_batch_id", "recruitment_objection", ["batch_id"], unique=False)
    op.create_table(
        "interview_mark",
        sa.Column("examinee_id", sa.Integer(), nullable=False),
        sa.Column("judge", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["examinee_id"], ["examinee.id"], name=op.f("fk_interview_mark_examinee_id_examinee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_mark")),
        sa.UniqueConstraint("examinee_id", "judge", name=op.f("uq_interview_mark_examinee_id_judge")),
    )
    op.create_table(
        "score_entry",
        sa.Column("examinee_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("turn BETWEEN 1 AND 3", name=op.f("ck_score_entry_turn_known")),
        sa.ForeignKeyConstraint(["examinee_id"], ["examinee.id"], name=op.f("fk_score_entry_examinee_id_examinee")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_score_entry_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_entry")),
        sa.UniqueConstraint("examinee_id", "paper", "turn", name=op.f("uq_score_entry_examinee_id_paper_turn")),
    )


def downgrade() -> None:
    op.drop_table("score_entry")
    op.drop_table("interview_mark")
    op.drop_table("recruitment_objection")
    op.drop_table("recruitment_list_line")
    op.drop_table("examinee")
    op.drop_table("direct_result")
    op.drop_table("candidate_departure")
    op.drop_table("candidate_check")
    op.drop_table("appointment")
    op.drop_table("interview_group")
    op.drop_table("exam_room")
