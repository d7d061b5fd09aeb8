"""Honours and mandates of people."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "honour",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= granted_on", name=op.f("ck_honour_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_honour_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
    )
    op.create_index("ix_honour_employee_id", "honour", ["employee_id"], unique=False)


def downgrade() -> None:
    op.drop_table("honour")
