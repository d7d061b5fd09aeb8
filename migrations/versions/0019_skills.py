"""Lines of work and skills; until when a certificate is registered."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_line",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_work_line_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_line")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_work_line_unit_id_code")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_work_line_unit_id_name")),
    )
    op.create_index("ix_work_line_unit_id", "work_line", ["unit_id"], unique=False)
    op.create_table(
        "skill",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("shown_by", sa.String(length=32), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_skill_employee_id_employee")),
        sa.ForeignKeyConstraint(["line_id"], ["work_line.id"], name=op.f("fk_skill_line_id_work_line")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint(
            "employee_id",
            "line_id",
            "shown_by",
            "shown_on",
            name=op.f("uq_skill_employee_id_line_id_shown_by_shown_on"),
        ),
    )
    op.create_index("ix_skill_employee_id", "skill", ["employee_id"], unique=False)
    op.create_index("ix_skill_line_id", "skill", ["line_id"], unique=False)
    with op.batch_alter_table("certificate") as table:
        table.add_column(sa.Column("registered_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("certificate") as table:
        table.drop_column("registered_until")
    op.drop_table("skill")
    op.drop_table("work_line")
