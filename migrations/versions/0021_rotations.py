"""Hosts, rotations, reports, wishes, plans."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "host",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at_unit_id", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'unit') = (at_unit_id IS NOT NULL)", name=op.f("ck_host_unit_of_the_tree")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_host_places_not_negative")),
        sa.ForeignKeyConstraint(["at_unit_id"], ["unit.id"], name=op.f("fk_host_at_unit_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_host_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("at_unit_id", name=op.f("uq_host_at_unit_id")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_host_unit_id_name")),
    )
    op.create_index("ix_host_unit_id", "host", ["unit_id"], unique=False)
    op.create_table(
        "rotation_wish",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_rotation_wish_employee_id_employee")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_rotation_wish_host_id_host")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rotation_wish_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_wish")),
    )
    op.create_index("ix_rotation_wish_employee_id", "rotation_wish", ["employee_id"], unique=False)
    op.create_index("ix_rotation_wish_unit_id", "rotation_wish", ["unit_id"], unique=False)
    op.create_table(
        "rotation",
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=64), nullable=False),
        sa.Column("home_name", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("host_post", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("first_end", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(length=200), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("self_summary", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=24), nullable=False),
        sa.Column("host_opinion", sa.Text(), nullable=False),
        sa.Column("home_opinion", sa.Text(), nullable=False),
        sa.Column("district_opinion", sa.Text(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("wish_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("employee_id IS NOT NULL OR person_name <> ''", name=op.f("ck_rotation_somebody")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_rotation_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_rotation_employee_id_employee")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_rotation_host_id_host")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rotation_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["rotation_wish.id"], name=op.f("fk_rotation_wish_id_rotation_wish"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation")),
    )
    op.create_index("ix_rotation_employee_id", "rotation", ["employee_id"], unique=False)
    op.create_index("ix_rotation_host_id", "rotation", ["host_id"], unique=False)
    op.create_index("ix_rotation_unit_id", "rotation", ["unit_id"], unique=False)
    op.create_table(
        "rotation_step",
        sa.Column("rotation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rotation_id"], ["rotation.id"], name=op.f("fk_rotation_step_rotation_id_rotation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_step")),
    )
    op.create_index("ix_rotation_step_rotation_id", "rotation_step", ["rotation_id"], unique=False)
    op.create_table(
        "rotation_report",
        sa.Column("rotation_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rotation_id"], ["rotation.id"], name=op.f("fk_rotation_report_rotation_id_rotation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_report")),
        sa.UniqueConstraint("rotation_id", "on", name=op.f("uq_rotation_report_rotation_id_on")),
    )
    op.create_table(
        "rotation_plan",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("host_ids", sa.JSON(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_rotation_plan_dates_in_order")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rotation_plan_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_plan")),
    )
    op.create_index("ix_rotation_plan_unit_id", "rotation_plan", ["unit_id"], unique=False)
    op.create_table(
        "rotation_plan_line",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("wish_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("rotation_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_rotation_plan_line_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_rotation_plan_line_host_id_host")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["rotation_plan.id"], name=op.f("fk_rotation_plan_line_plan_id_rotation_plan")
        ),
        sa.ForeignKeyConstraint(
            ["rotation_id"],
            ["rotation.id"],
            name=op.f("fk_rotation_plan_line_rotation_id_rotation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rotation_plan_line_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["wish_id"],
            ["rotation_wish.id"],
            name=op.f("fk_rotation_plan_line_wish_id_rotation_wish"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_plan_line")),
        sa.UniqueConstraint("plan_id", "employee_id", name=op.f("uq_rotation_plan_line_plan_id_employee_id")),
    )
    op.create_index("ix_rotation_plan_line_employee_id", "rotation_plan_line", ["employee_id"], unique=False)


def downgrade() -> None:
    op.drop_table("rotation_plan_line")
    op.drop_table("rotation_plan")
    op.drop_table("rotation_report")
    op.drop_table("rotation_step")
    op.drop_table("rotation")
    op.drop_table("rotation_wish")
    op.drop_table("host")
