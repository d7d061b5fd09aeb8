"""The personnel file."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employee",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("initials", sa.String(length=32), nullable=False),
        sa.Column("identity_sealed", sa.String(length=160), nullable=False),
        sa.Column("identity_index", sa.String(length=64), nullable=False),
        sa.Column("identity_masked", sa.String(length=18), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("ethnic", sa.String(length=2), nullable=False),
        sa.Column("native_place", sa.String(length=80), nullable=False),
        sa.Column("marital", sa.String(length=2), nullable=False),
        sa.Column("household_place", sa.String(length=120), nullable=False),
        sa.Column("phone_sealed", sa.String(length=160), nullable=False),
        sa.Column("phone_masked", sa.String(length=20), nullable=False),
        sa.Column("address_sealed", sa.String(length=600), nullable=False),
        sa.Column("political", sa.String(length=2), nullable=False),
        sa.Column("political_since", sa.Date(), nullable=True),
        sa.Column("political_full_since", sa.Date(), nullable=True),
        sa.Column("highest_education", sa.String(length=2), nullable=False),
        sa.Column("highest_certificate", sa.String(length=16), nullable=False),
        sa.Column("joined_work_on", sa.Date(), nullable=True),
        sa.Column("joined_community_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(length=120), nullable=False),
        sa.Column("photo_key", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= joined_community_on", name=op.f("ck_employee_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_employee_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_employee_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
        sa.UniqueConstraint("identity_index", name=op.f("uq_employee_identity_index")),
        sa.UniqueConstraint("number", name=op.f("uq_employee_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_employee_uid")),
        sa.UniqueConstraint("user_id", name=op.f("uq_employee_user_id")),
    )
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.create_index("ix_employee_initials", ["initials"], unique=False)
        batch_op.create_index("ix_employee_name", ["name"], unique=False)
        batch_op.create_index("ix_employee_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "number_series",
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("prefix", name=op.f("uq_number_series_prefix")),
    )
    op.create_table(
        "correction_request",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_correction_request_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_correction_request_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
    )
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.create_index("ix_correction_request_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_correction_request_unit_id", ["unit_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sick_days", sa.Integer(), nullable=False),
        sa.Column("personal_days", sa.Integer(), nullable=False),
        sa.Column("unexcused_days", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_absence_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index("ix_absence_employee_id_year", ["employee_id", "year"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_attachment_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "career_line",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_career_line_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_line")),
    )
    with op.batch_alter_table("career_line", schema=None) as batch_op:
        batch_op.create_index("ix_career_line_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("certificate_number", sa.String(length=40), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_certificate_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("probation_ends_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_contract_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_contract_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index("ix_contract_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "discipline",
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_discipline_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discipline")),
    )
    with op.batch_alter_table("discipline", schema=None) as batch_op:
        batch_op.create_index("ix_discipline_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "education",
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("degree", sa.String(length=3), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("school", sa.String(length=80), nullable=False),
        sa.Column("major", sa.String(length=80), nullable=False),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_education_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
    )
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.create_index("ix_education_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "family_member",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("political", sa.String(length=2), nullable=False),
        sa.Column("work", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_family_member_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_member")),
    )
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.create_index("ix_family_member_employee_id", ["employee_id"], unique=False)

    op.create_table(
        "posting",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("party_role", sa.String(length=40), nullable=False),
        sa.Column("dual_head", sa.Boolean(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("duties", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_posting_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_posting_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_posting_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_employee_id", ["employee_id"], unique=False)
        batch_op.create_index("ix_posting_unit_id", ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index("ix_posting_unit_id")
        batch_op.drop_index("ix_posting_employee_id")

    op.drop_table("posting")
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.drop_index("ix_family_member_employee_id")

    op.drop_table("family_member")
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.drop_index("ix_education_employee_id")

    op.drop_table("education")
    with op.batch_alter_table("discipline", schema=None) as batch_op:
        batch_op.drop_index("ix_discipline_employee_id")

    op.drop_table("discipline")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_employee_id")

    op.drop_table("contract")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index("ix_certificate_employee_id")

    op.drop_table("certificate")
    with op.batch_alter_table("career_line", schema=None) as batch_op:
        batch_op.drop_index("ix_career_line_employee_id")

    op.drop_table("career_line")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_employee_id")

    op.drop_table("attachment")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_employee_id_year")

    op.drop_table("absence")
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.drop_index("ix_correction_request_unit_id")
        batch_op.drop_index("ix_correction_request_employee_id")

    op.drop_table("correction_request")
    op.drop_table("number_series")
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.drop_index("ix_employee_unit_id")
        batch_op.drop_index("ix_employee_name")
        batch_op.drop_index("ix_employee_initials")

    op.drop_table("employee")
