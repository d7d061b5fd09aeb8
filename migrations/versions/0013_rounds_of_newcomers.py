"""Pay: rounds for people who were just appointed, beside the street's own."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite need not copy the table, and every round that is there already is a street's own.
    op.add_column("placement_round", sa.Column("newcomers", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("placement_round", "newcomers")
