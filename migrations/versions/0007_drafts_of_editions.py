"""Editions are drafts before they are adopted; who adopted and who withdrew them, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXTS = {"file_name": 200, "adopted_by": 64, "withdrawn_by": 64, "withdrawn_reason": 400}


def upgrade() -> None:
    with op.batch_alter_table("stored_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True))
        for name, length in TEXTS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=True))

    # What was brought in until now counted at once.
    op.execute(
        "UPDATE stored_edition SET adopted_at = added_at, adopted_by = added_by, file_name = '', withdrawn_by = '', "
        "withdrawn_reason = '', state = CASE WHEN withdrawn_at IS NULL THEN 'adopted' ELSE 'withdrawn' END"
    )

    with op.batch_alter_table("stored_edition", schema=None) as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=16), nullable=False)
        for name, length in TEXTS.items():
            batch_op.alter_column(name, existing_type=sa.String(length=length), nullable=False)


def downgrade() -> None:
    # A draft that is no longer marked as one would come into force.
    op.execute("DELETE FROM stored_edition WHERE state = 'draft'")
    with op.batch_alter_table("stored_edition", schema=None) as batch_op:
        for name in reversed(TEXTS):
            batch_op.drop_column(name)
        batch_op.drop_column("adopted_at")
        batch_op.drop_column("state")
