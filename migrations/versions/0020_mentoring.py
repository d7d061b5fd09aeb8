"""Mentors, pairings, logs, reviews, matchings."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentor",
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("expertise", sa.JSON(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("cap IS NULL OR cap > 0", name=op.f("ck_mentor_cap_wanted")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_mentor_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_mentor_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mentor_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor")),
        sa.UniqueConstraint("employee_id", name=op.f("uq_mentor_employee_id")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_mentor_unit_id_number")),
    )
    op.create_index("ix_mentor_unit_id", "mentor", ["unit_id"], unique=False)
    op.create_table(
        "pairing",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("home_name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("cap_reason", sa.String(length=200), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("mentee_grade", sa.String(length=24), nullable=False),
        sa.Column("mentee_opinion", sa.Text(), nullable=False),
        sa.Column("mentor_grade", sa.String(length=24), nullable=False),
        sa.Column("mentor_opinion", sa.Text(), nullable=False),
        sa.Column("unit_opinion", sa.Text(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_pairing_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pairing_employee_id_employee")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_pairing_mentor_id_mentor")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pairing_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_pairing_unit_id_number")),
    )
    op.create_index("ix_pairing_employee_id", "pairing", ["employee_id"], unique=False)
    op.create_index("ix_pairing_mentor_id", "pairing", ["mentor_id"], unique=False)
    op.create_index("ix_pairing_unit_id", "pairing", ["unit_id"], unique=False)
    op.create_table(
        "mentoring_log",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_mentoring_log_hours_not_negative")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_mentoring_log_pairing_id_pairing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_log")),
    )
    op.create_index("ix_mentoring_log_pairing_id", "mentoring_log", ["pairing_id"], unique=False)
    op.create_table(
        "mentoring_review",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_mentoring_review_pairing_id_pairing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_review")),
        sa.UniqueConstraint("pairing_id", "on", name=op.f("uq_mentoring_review_pairing_id_on")),
    )
    op.create_table(
        "matching",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("mentor_ids", sa.JSON(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_matching_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching")),
    )
    op.create_index("ix_matching_unit_id", "matching", ["unit_id"], unique=False)
    op.create_table(
        "match_line",
        sa.Column("matching_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_match_line_employee_id_employee")),
        sa.ForeignKeyConstraint(["matching_id"], ["matching.id"], name=op.f("fk_match_line_matching_id_matching")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_match_line_mentor_id_mentor")),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_match_line_pairing_id_pairing"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_match_line_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_line")),
        sa.UniqueConstraint("matching_id", "employee_id", name=op.f("uq_match_line_matching_id_employee_id")),
    )
    op.create_index("ix_match_line_employee_id", "match_line", ["employee_id"], unique=False)


def downgrade() -> None:
    op.drop_table("match_line")
    op.drop_table("matching")
    op.drop_table("mentoring_review")
    op.drop_table("mentoring_log")
    op.drop_table("pairing")
    op.drop_table("mentor")
