"""Promotions, the green channel, and what the cadre form asks beside the file."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promotion",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("party_role", sa.String(length=40), nullable=False),
        sa.Column("dual_head", sa.Boolean(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("former_post", sa.String(length=120), nullable=False),
        sa.Column("relieved_of", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("notice_starts_on", sa.Date(), nullable=True),
        sa.Column("notice_ends_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_cast", sa.Integer(), nullable=True),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_promotion_employee_id_employee")),
        sa.ForeignKeyConstraint(["entry_id"], ["pool_entry.id"], name=op.f("fk_promotion_entry_id_pool_entry")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_promotion_posting_id_posting"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_promotion_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion")),
    )
    op.create_index("ix_promotion_employee_id", "promotion", ["employee_id"], unique=False)
    op.create_index("ix_promotion_unit_id", "promotion", ["unit_id"], unique=False)
    op.create_table(
        "promotion_step",
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("opinion", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotion.id"], name=op.f("fk_promotion_step_promotion_id_promotion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_step")),
    )
    op.create_index("ix_promotion_step_promotion_id", "promotion_step", ["promotion_id"], unique=False)
    op.create_table(
        "pool_objection",
        sa.Column("entrant_id", sa.Integer(), nullable=True),
        sa.Column("promotion_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
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
        sa.CheckConstraint(
            "(entrant_id IS NULL) <> (promotion_id IS NULL)", name=op.f("ck_pool_objection_about_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["entrant_id"], ["selection_entrant.id"], name=op.f("fk_pool_objection_entrant_id_selection_entrant")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotion.id"], name=op.f("fk_pool_objection_promotion_id_promotion")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pool_objection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_objection")),
    )
    op.create_index("ix_pool_objection_entrant_id", "pool_objection", ["entrant_id"], unique=False)
    op.create_index("ix_pool_objection_promotion_id", "pool_objection", ["promotion_id"], unique=False)
    op.create_table(
        "channel_round",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reckoned_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_channel_round_places_wanted")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_channel_round_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_round")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_channel_round_unit_id_name")),
    )
    op.create_index("ix_channel_round_unit_id", "channel_round", ["unit_id"], unique=False)
    op.create_table(
        "channel_step",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel_round.id"], name=op.f("fk_channel_step_channel_id_channel_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_step")),
    )
    op.create_index("ix_channel_step_channel_id", "channel_step", ["channel_id"], unique=False)
    op.create_table(
        "channel_candidate",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("home_name", sa.String(length=120), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=64), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_reason", sa.String(length=200), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("hired_by", sa.String(length=80), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_service", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel_round.id"], name=op.f("fk_channel_candidate_channel_id_channel_round")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_channel_candidate_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_channel_candidate_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_candidate")),
        sa.UniqueConstraint("channel_id", "employee_id", name=op.f("uq_channel_candidate_channel_id_employee_id")),
    )
    op.create_index("ix_channel_candidate_employee_id", "channel_candidate", ["employee_id"], unique=False)
    op.create_index("ix_channel_candidate_unit_id", "channel_candidate", ["unit_id"], unique=False)
    op.create_table(
        "cadre_sheet",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("birth_place", sa.String(length=80), nullable=False),
        sa.Column("health", sa.String(length=40), nullable=False),
        sa.Column("technical_post", sa.String(length=80), nullable=False),
        sa.Column("speciality", sa.String(length=120), nullable=False),
        sa.Column("rewards", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_cadre_sheet_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadre_sheet")),
        sa.UniqueConstraint("employee_id", name=op.f("uq_cadre_sheet_employee_id")),
    )


def downgrade() -> None:
    op.drop_table("cadre_sheet")
    op.drop_table("channel_candidate")
    op.drop_table("channel_step")
    op.drop_table("channel_round")
    op.drop_table("pool_objection")
    op.drop_table("promotion_step")
    op.drop_table("promotion")
