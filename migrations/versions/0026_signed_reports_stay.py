"""The database itself refuses to change or remove a signed annual report, or what was written into it.

A signed report may become a draft again, and nothing else. A later migration that rebuilds one of these tables on
SQLite (a batch) must set its triggers again: ``protect``.
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_SIGNED = "EXISTS (SELECT 1 FROM annual_report WHERE id = {row}.report_id AND state = 'frozen')"
SIGNED = {
    ("annual_report", "update"): "OLD.state = 'frozen' AND NEW.state = 'frozen'",
    ("annual_report", "delete"): "OLD.state = 'frozen'",
    ("report_text", "insert"): _SIGNED.format(row="NEW"),
    ("report_text", "update"): _SIGNED.format(row="OLD"),
    ("report_text", "delete"): _SIGNED.format(row="OLD"),
}
"""By table and deed: what says that a row belongs to a signed report."""


def protect() -> None:
    """Set the triggers."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for (table, deed), when in SIGNED.items():
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_stays_{deed} BEFORE {deed.upper()} ON {table} WHEN {when} "
                "BEGIN SELECT RAISE(ABORT, 'a signed report stays as it is'); END"
            )
            continue
        # PostgreSQL allows no sub-query in WHEN: the function looks itself.
        result = "OLD" if deed == "delete" else "NEW"
        op.execute(
            f"CREATE FUNCTION {table}_stays_{deed}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION 'a signed report stays as it is'; END IF; "
            f"RETURN {result}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays_{deed} BEFORE {deed.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_stays_{deed}()"
        )


def upgrade() -> None:
    protect()


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, deed in SIGNED:
        op.execute(f"DROP TRIGGER {table}_stays_{deed}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION {table}_stays_{deed}")
