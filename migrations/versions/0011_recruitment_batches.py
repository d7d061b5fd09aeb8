"""Recruitment: batches, positions, applications with their papers and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recruitment_batch",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("vacancies_on", sa.Date(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("written_time", sa.String(length=40), nullable=False),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("keep_months", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("notice_starts_on", sa.Date(), nullable=True),
        sa.Column("notice_ends_on", sa.Date(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("purged_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_recruitment_batch_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_batch")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_recruitment_batch_unit_id_name")),
    )
    op.create_index("ix_recruitment_batch_unit_id", "recruitment_batch", ["unit_id"], unique=False)
    op.create_table(
        "recruitment_position",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("actual", sa.Integer(), nullable=True),
        sa.Column("demand", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_recruitment_position_places_wanted")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_recruitment_position_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_recruitment_position_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_position")),
        sa.UniqueConstraint("batch_id", "code", name=op.f("uq_recruitment_position_batch_id_code")),
    )
    op.create_index("ix_recruitment_position_unit_id", "recruitment_position", ["unit_id"], unique=False)
    op.create_table(
        "recruitment_step",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_recruitment_step_batch_id_recruitment_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_step")),
    )
    op.create_index("ix_recruitment_step_batch_id", "recruitment_step", ["batch_id"], unique=False)
    op.create_table(
        "applicant_tally",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("education", sa.String(length=2), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("reached", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_applicant_tally_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["recruitment_position.id"],
            name=op.f("fk_applicant_tally_position_id_recruitment_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_tally")),
    )
    op.create_index("ix_applicant_tally_batch_id", "applicant_tally", ["batch_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("entry", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("initials", sa.String(length=32), nullable=False),
        sa.Column("identity_sealed", sa.String(length=160), nullable=False),
        sa.Column("identity_index", sa.String(length=64), nullable=False),
        sa.Column("identity_masked", sa.String(length=18), nullable=False),
        sa.Column("taken_index", sa.String(length=64), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("ethnic", sa.String(length=2), nullable=False),
        sa.Column("native_place", sa.String(length=80), nullable=False),
        sa.Column("marital", sa.String(length=2), nullable=False),
        sa.Column("household_place", sa.String(length=120), nullable=False),
        sa.Column("phone_sealed", sa.String(length=160), nullable=False),
        sa.Column("phone_masked", sa.String(length=20), nullable=False),
        sa.Column("address_sealed", sa.String(length=600), nullable=False),
        sa.Column("political", sa.String(length=2), nullable=False),
        sa.Column("political_since", sa.Date(), nullable=True),
        sa.Column("education", sa.String(length=2), nullable=False),
        sa.Column("degree", sa.String(length=3), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("school", sa.String(length=80), nullable=False),
        sa.Column("major", sa.String(length=80), nullable=False),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.Column("joined_work_on", sa.Date(), nullable=True),
        sa.Column("experience_months", sa.Integer(), nullable=True),
        sa.Column("military_months", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.String(length=16), nullable=False),
        sa.Column("certificate_number", sa.String(length=40), nullable=False),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("bonus", sa.JSON(), nullable=False),
        sa.Column("bonus_granted", sa.JSON(), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("accepts_transfer", sa.Boolean(), nullable=False),
        sa.Column("resume", sa.JSON(), nullable=False),
        sa.Column("family", sa.JSON(), nullable=False),
        sa.Column("rewards", sa.String(length=400), nullable=False),
        sa.Column("photo_key", sa.String(length=64), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["recruitment_batch.id"], name=op.f("fk_application_batch_id_recruitment_batch")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["recruitment_position.id"], name=op.f("fk_application_position_id_recruitment_position")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_application_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_application_batch_id_number")),
        sa.UniqueConstraint("batch_id", "taken_index", name=op.f("uq_application_batch_id_taken_index")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_uid")),
    )
    op.create_index("ix_application_batch_id_state", "application", ["batch_id", "state"], unique=False)
    op.create_index("ix_application_identity_index", "application", ["identity_index"], unique=False)
    op.create_index("ix_application_position_id", "application", ["position_id"], unique=False)
    op.create_index("ix_application_unit_id", "application", ["unit_id"], unique=False)
    op.create_table(
        "application_paper",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_paper_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_paper")),
    )
    op.create_index("ix_application_paper_application_id", "application_paper", ["application_id"], unique=False)
    op.create_table(
        "eligibility_review",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_eligibility_review_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_eligibility_review_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_review")),
    )
    op.create_index("ix_eligibility_review_application_id", "eligibility_review", ["application_id"], unique=False)


def downgrade() -> None:
    op.drop_table("eligibility_review")
    op.drop_table("application_paper")
    op.drop_table("application")
    op.drop_table("applicant_tally")
    op.drop_table("recruitment_step")
    op.drop_table("recruitment_position")
    op.drop_table("recruitment_batch")
