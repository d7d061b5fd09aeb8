"""Pay: approved levels, proposals, contribution bases, and the months that were run."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pay_run",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("pay_edition", sa.JSON(), nullable=False),
        sa.Column("insurance_edition", sa.JSON(), nullable=False),
        sa.Column("other_editions", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("computed_by", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pay_run_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_run")),
        sa.UniqueConstraint("unit_id", "month", name=op.f("uq_pay_run_unit_id_month")),
    )
    op.create_table(
        "placement_round",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("edition", sa.JSON(), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("lacking", sa.JSON(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generated_by", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_round_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_round")),
    )
    with op.batch_alter_table("placement_round", schema=None) as batch_op:
        batch_op.create_index("ix_placement_round_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "contribution_base",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_contribution_base_not_negative")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_contribution_base_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_base")),
    )
    with op.batch_alter_table("contribution_base", schema=None) as batch_op:
        batch_op.create_index("ix_contribution_base_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "pay_difference",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("was", sa.BigInteger(), nullable=False),
        sa.Column("now", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pay_difference_employee_id_employee")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_difference_run_id_pay_run")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pay_difference_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_difference")),
        sa.UniqueConstraint(
            "run_id",
            "employee_id",
            "month",
            "side",
            "code",
            name=op.f("uq_pay_difference_run_id_employee_id_month_side_code"),
        ),
    )
    with op.batch_alter_table("pay_difference", schema=None) as batch_op:
        batch_op.create_index("ix_pay_difference_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_pay_difference_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "pay_reasons",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_reasons_run_id_pay_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_reasons")),
        sa.UniqueConstraint("run_id", "digest", name=op.f("uq_pay_reasons_run_id_digest")),
    )
    op.create_table(
        "pay_register",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("lacking", sa.Integer(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("back_pay", sa.BigInteger(), nullable=False),
        sa.Column("deducted", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column("employer", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_register_run_id_pay_run")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pay_register_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_register")),
        sa.UniqueConstraint("run_id", "unit_id", name=op.f("uq_pay_register_run_id_unit_id")),
    )
    with op.batch_alter_table("pay_register", schema=None) as batch_op:
        batch_op.create_index("ix_pay_register_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "placement_proposal",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("roster_order", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("before_tier", sa.Integer(), nullable=True),
        sa.Column("before_level", sa.Integer(), nullable=True),
        sa.Column("before_since", sa.Date(), nullable=True),
        sa.Column("after_tier", sa.Integer(), nullable=True),
        sa.Column("after_level", sa.Integer(), nullable=False),
        sa.Column("before_items", sa.JSON(), nullable=False),
        sa.Column("after_items", sa.JSON(), nullable=False),
        sa.Column("before_monthly", sa.BigInteger(), nullable=True),
        sa.Column("after_monthly", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("street_by", sa.String(length=64), nullable=False),
        sa.Column("street_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_placement_proposal_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["placement_round.id"], name=op.f("fk_placement_proposal_round_id_placement_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_proposal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_proposal")),
        sa.UniqueConstraint(
            "round_id", "employee_id", "starts_on", name=op.f("uq_placement_proposal_round_id_employee_id_starts_on")
        ),
    )
    with op.batch_alter_table("placement_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_placement_proposal_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_placement_proposal_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "pay_line",
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("roster_order", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("insurance", sa.JSON(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("back_pay", sa.BigInteger(), nullable=False),
        sa.Column("deducted", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column("employer", sa.BigInteger(), nullable=False),
        sa.Column("reasons_id", sa.Integer(), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pay_line_employee_id_employee")),
        sa.ForeignKeyConstraint(["reasons_id"], ["pay_reasons.id"], name=op.f("fk_pay_line_reasons_id_pay_reasons")),
        sa.ForeignKeyConstraint(
            ["register_id"], ["pay_register.id"], name=op.f("fk_pay_line_register_id_pay_register")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pay_line_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_line")),
        sa.UniqueConstraint("employee_id", "month", name=op.f("uq_pay_line_employee_id_month")),
    )
    with op.batch_alter_table("pay_line", schema=None) as batch_op:
        batch_op.create_index("ix_pay_line_register_id", ["register_id"], unique=False)
        batch_op.create_index("ix_pay_line_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("edition_key", sa.String(length=64), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_placement_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["placement_proposal.id"], name=op.f("fk_placement_proposal_id_placement_proposal")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index("ix_placement_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_placement_unit_id", ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index("ix_placement_unit_id")
        batch_op.drop_index("ix_placement_employee_id")

    op.drop_table("placement")
    with op.batch_alter_table("pay_line", schema=None) as batch_op:
        batch_op.drop_index("ix_pay_line_unit_id")
        batch_op.drop_index("ix_pay_line_register_id")

    op.drop_table("pay_line")
    with op.batch_alter_table("placement_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_placement_proposal_unit_id")
        batch_op.drop_index("ix_placement_proposal_employee_id")

    op.drop_table("placement_proposal")
    with op.batch_alter_table("pay_register", schema=None) as batch_op:
        batch_op.drop_index("ix_pay_register_unit_id")

    op.drop_table("pay_register")
    op.drop_table("pay_reasons")
    with op.batch_alter_table("pay_difference", schema=None) as batch_op:
        batch_op.drop_index("ix_pay_difference_unit_id")
        batch_op.drop_index("ix_pay_difference_employee_id")

    op.drop_table("pay_difference")
    with op.batch_alter_table("contribution_base", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_base_employee_id")

    op.drop_table("contribution_base")
    with op.batch_alter_table("placement_round", schema=None) as batch_op:
        batch_op.drop_index("ix_placement_round_unit_id")

    op.drop_table("placement_round")
    op.drop_table("pay_run")
