"""Full months of military service, which some pay rules count as years of community service."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite need not copy the table, and whoever is there already has no known service.
    op.add_column("employee", sa.Column("military_months", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("employee", "military_months")
