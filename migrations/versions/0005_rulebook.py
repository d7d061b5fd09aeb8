"""Editions brought in by the installation."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_edition",
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_edition")),
        sa.UniqueConstraint("rule", "key", name=op.f("uq_stored_edition_rule_key")),
    )
    with op.batch_alter_table("stored_edition", schema=None) as batch_op:
        batch_op.create_index("ix_stored_edition_effective_from", ["effective_from"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stored_edition", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_edition_effective_from")

    op.drop_table("stored_edition")
