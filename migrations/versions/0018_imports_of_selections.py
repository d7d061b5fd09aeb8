"""Imports are about a selection, or about a targeted recruitment into institution posts."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sheet_import") as table:
        table.add_column(sa.Column("selection_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("channel_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sheet_import") as table:
        table.drop_column("channel_id")
        table.drop_column("selection_id")
