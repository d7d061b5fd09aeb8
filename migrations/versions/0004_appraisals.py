"""Annual appraisals."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appraisal_year",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=False),
        sa.Column("self_summary_due_on", sa.Date(), nullable=False),
        sa.Column("community_due_on", sa.Date(), nullable=False),
        sa.Column("street_due_on", sa.Date(), nullable=False),
        sa.Column("district_due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appraisal_year_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_year")),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_appraisal_year_unit_id_year")),
    )
    op.create_table(
        "street_appraisal",
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quota_document", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_street_appraisal_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["year_id"], ["appraisal_year.id"], name=op.f("fk_street_appraisal_year_id_appraisal_year")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_appraisal")),
        sa.UniqueConstraint("year_id", "unit_id", name=op.f("uq_street_appraisal_year_id_unit_id")),
    )
    with op.batch_alter_table("street_appraisal", schema=None) as batch_op:
        batch_op.create_index("ix_street_appraisal_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "appraisal",
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("street_appraisal_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("roster_order", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("post_since", sa.Date(), nullable=True),
        sa.Column("duties", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("special", sa.String(length=2), nullable=False),
        sa.Column("special_because", sa.JSON(), nullable=False),
        sa.Column("self_summary", sa.Text(), nullable=False),
        sa.Column("self_summary_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("training", sa.String(length=120), nullable=False),
        sa.Column("ballots", sa.JSON(), nullable=False),
        sa.Column("community_opinion", sa.Text(), nullable=False),
        sa.Column("community_by", sa.String(length=64), nullable=False),
        sa.Column("community_on", sa.Date(), nullable=True),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("suggested_grade", sa.String(length=2), nullable=False),
        sa.Column("street_grade", sa.String(length=2), nullable=False),
        sa.Column("street_opinion", sa.Text(), nullable=False),
        sa.Column("street_by", sa.String(length=64), nullable=False),
        sa.Column("street_on", sa.Date(), nullable=True),
        sa.Column("touched_by", sa.String(length=64), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("return_comment", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("undetermined_note", sa.Text(), nullable=False),
        sa.Column("signed_off", sa.Boolean(), nullable=False),
        sa.Column("own_opinion", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_appraisal_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["street_appraisal_id"],
            ["street_appraisal.id"],
            name=op.f("fk_appraisal_street_appraisal_id_street_appraisal"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appraisal_unit_id_unit")),
        sa.ForeignKeyConstraint(["year_id"], ["appraisal_year.id"], name=op.f("fk_appraisal_year_id_appraisal_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("year_id", "employee_id", name=op.f("uq_appraisal_year_id_employee_id")),
    )
    with op.batch_alter_table("appraisal", schema=None) as batch_op:
        batch_op.create_index("ix_appraisal_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_appraisal_street_appraisal_id", ["street_appraisal_id"], unique=False)
        batch_op.create_index("ix_appraisal_unit_id", ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("appraisal", schema=None) as batch_op:
        batch_op.drop_index("ix_appraisal_unit_id")
        batch_op.drop_index("ix_appraisal_street_appraisal_id")
        batch_op.drop_index("ix_appraisal_employee_id")

    op.drop_table("appraisal")
    with op.batch_alter_table("street_appraisal", schema=None) as batch_op:
        batch_op.drop_index("ix_street_appraisal_unit_id")

    op.drop_table("street_appraisal")
    op.drop_table("appraisal_year")
