"""Calls for honours, nominations, objections; sheets about a class or a call."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "honour_call",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("least_years", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("notice_starts_on", sa.Date(), nullable=True),
        sa.Column("notice_ends_on", sa.Date(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("grant_document", sa.String(length=120), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_honour_call_places_wanted")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_honour_call_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour_call")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_honour_call_unit_id_name")),
    )
    op.create_index("ix_honour_call_unit_id", "honour_call", ["unit_id"], unique=False)
    op.create_table(
        "honour_step",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["honour_call.id"], name=op.f("fk_honour_step_call_id_honour_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour_step")),
    )
    op.create_index("ix_honour_step_call_id", "honour_step", ["call_id"], unique=False)
    op.create_table(
        "honour_nominee",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("home_name", sa.String(length=120), nullable=False),
        sa.Column("nominated_by", sa.String(length=120), nullable=False),
        sa.Column("nominated_on", sa.Date(), nullable=False),
        sa.Column("merits", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("honour_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["honour_call.id"], name=op.f("fk_honour_nominee_call_id_honour_call")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_honour_nominee_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["honour_id"], ["honour.id"], name=op.f("fk_honour_nominee_honour_id_honour"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_honour_nominee_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour_nominee")),
        sa.UniqueConstraint("call_id", "employee_id", name=op.f("uq_honour_nominee_call_id_employee_id")),
    )
    op.create_index("ix_honour_nominee_employee_id", "honour_nominee", ["employee_id"], unique=False)
    op.create_index("ix_honour_nominee_unit_id", "honour_nominee", ["unit_id"], unique=False)
    op.create_table(
        "honour_objection",
        sa.Column("nominee_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["honour_nominee.id"], name=op.f("fk_honour_objection_nominee_id_honour_nominee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_honour_objection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour_objection")),
    )
    op.create_index("ix_honour_objection_nominee_id", "honour_objection", ["nominee_id"], unique=False)
    with op.batch_alter_table("sheet_import") as table:
        table.add_column(sa.Column("class_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("call_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sheet_import") as table:
        table.drop_column("call_id")
        table.drop_column("class_id")
    op.drop_table("honour_objection")
    op.drop_table("honour_nominee")
    op.drop_table("honour_step")
    op.drop_table("honour_call")
