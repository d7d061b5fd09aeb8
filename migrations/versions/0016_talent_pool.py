"""The reserve pool: selections, entries, tasks, reviews, proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "selection",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("reckoned_on", sa.Date(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decision_document", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("notice_starts_on", sa.Date(), nullable=True),
        sa.Column("notice_ends_on", sa.Date(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_selection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_selection_unit_id_name")),
    )
    op.create_index("ix_selection_unit_id", "selection", ["unit_id"], unique=False)
    op.create_table(
        "selection_places",
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_selection_places_places_wanted")),
        sa.ForeignKeyConstraint(
            ["selection_id"], ["selection.id"], name=op.f("fk_selection_places_selection_id_selection")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_selection_places_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_places")),
        sa.UniqueConstraint("selection_id", "unit_id", name=op.f("uq_selection_places_selection_id_unit_id")),
    )
    op.create_table(
        "selection_step",
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["selection_id"], ["selection.id"], name=op.f("fk_selection_step_selection_id_selection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_step")),
    )
    op.create_index("ix_selection_step_selection_id", "selection_step", ["selection_id"], unique=False)
    op.create_table(
        "selection_entrant",
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("home_name", sa.String(length=120), nullable=False),
        sa.Column("nomination", sa.String(length=32), nullable=False),
        sa.Column("nominated_by", sa.String(length=120), nullable=False),
        sa.Column("supporters", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("nominated_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=64), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_reason", sa.String(length=200), nullable=False),
        sa.Column("decided_order", sa.Integer(), nullable=True),
        sa.Column("last_stage", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_selection_entrant_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["selection_id"], ["selection.id"], name=op.f("fk_selection_entrant_selection_id_selection")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_selection_entrant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_entrant")),
        sa.UniqueConstraint("selection_id", "employee_id", name=op.f("uq_selection_entrant_selection_id_employee_id")),
    )
    op.create_index("ix_selection_entrant_employee_id", "selection_entrant", ["employee_id"], unique=False)
    op.create_index("ix_selection_entrant_unit_id", "selection_entrant", ["unit_id"], unique=False)
    op.create_table(
        "stage_points",
        sa.Column("entrant_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_cast", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entrant_id"], ["selection_entrant.id"], name=op.f("fk_stage_points_entrant_id_selection_entrant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_points")),
        sa.UniqueConstraint("entrant_id", "stage", name=op.f("uq_stage_points_entrant_id_stage")),
    )
    op.create_table(
        "pool_entry",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("selection_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("readiness", sa.String(length=32), nullable=False),
        sa.Column("potential", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=400), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("leaving", sa.String(length=32), nullable=True),
        sa.Column("left_reason", sa.String(length=200), nullable=False),
        sa.Column("left_document", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("left_on IS NULL OR left_on >= entered_on", name=op.f("ck_pool_entry_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pool_entry_employee_id_employee")),
        sa.ForeignKeyConstraint(["selection_id"], ["selection.id"], name=op.f("fk_pool_entry_selection_id_selection")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pool_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_entry")),
    )
    op.create_index("ix_pool_entry_employee_id", "pool_entry", ["employee_id"], unique=False)
    op.create_index("ix_pool_entry_unit_id", "pool_entry", ["unit_id"], unique=False)
    op.create_table(
        "development_task",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["pool_entry.id"], name=op.f("fk_development_task_entry_id_pool_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_task")),
    )
    op.create_index("ix_development_task_entry_id", "development_task", ["entry_id"], unique=False)
    op.create_table(
        "pool_review",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("potential", sa.Integer(), nullable=True),
        sa.Column("readiness", sa.String(length=32), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["pool_entry.id"], name=op.f("fk_pool_review_entry_id_pool_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_review")),
        sa.UniqueConstraint("entry_id", "on", name=op.f("uq_pool_review_entry_id_on")),
    )
    op.create_table(
        "pool_proposal",
        sa.Column("proposed", sa.String(length=32), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pool_proposal_employee_id_employee")),
        sa.ForeignKeyConstraint(["entry_id"], ["pool_entry.id"], name=op.f("fk_pool_proposal_entry_id_pool_entry")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pool_proposal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_proposal")),
        sa.UniqueConstraint(
            "employee_id",
            "rung",
            "proposed",
            "ground",
            "since",
            name=op.f("uq_pool_proposal_employee_id_rung_proposed_ground_since"),
        ),
    )
    op.create_index("ix_pool_proposal_state", "pool_proposal", ["state"], unique=False)
    op.create_index("ix_pool_proposal_unit_id", "pool_proposal", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("pool_proposal")
    op.drop_table("pool_review")
    op.drop_table("development_task")
    op.drop_table("pool_entry")
    op.drop_table("stage_points")
    op.drop_table("selection_entrant")
    op.drop_table("selection_step")
    op.drop_table("selection_places")
    op.drop_table("selection")
