"""The database itself refuses to change, add to or remove from a confirmed month.

A later migration that rebuilds one of these tables on SQLite (a batch) must set its triggers again: ``protect``.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CONFIRMED = {
    "pay_run": "{row}.confirmed_at IS NOT NULL",
    "pay_register": "EXISTS (SELECT 1 FROM pay_run WHERE id = {row}.run_id AND confirmed_at IS NOT NULL)",
    "pay_difference": "EXISTS (SELECT 1 FROM pay_run WHERE id = {row}.run_id AND confirmed_at IS NOT NULL)",
    "pay_reasons": "EXISTS (SELECT 1 FROM pay_run WHERE id = {row}.run_id AND confirmed_at IS NOT NULL)",
    "pay_line": (
        "EXISTS (SELECT 1 FROM pay_register JOIN pay_run ON pay_run.id = pay_register.run_id "
        "WHERE pay_register.id = {row}.register_id AND pay_run.confirmed_at IS NOT NULL)"
    ),
}
"""By table: what says that a row belongs to a confirmed month."""

DEEDS = {"update": "OLD", "delete": "OLD", "insert": "NEW"}


def deeds_of(table: str) -> dict[str, str]:
    """What is refused in a table, with the row that is looked at; a run itself comes in as it is."""
    return {deed: row for deed, row in DEEDS.items() if table != "pay_run" or deed != "insert"}


def protect() -> None:
    """Set the triggers."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, condition in CONFIRMED.items():
        for deed, row in deeds_of(table).items():
            when = condition.format(row=row)
            if sqlite:
                op.execute(
                    f"CREATE TRIGGER {table}_stays_{deed} BEFORE {deed.upper()} ON {table} WHEN {when} "
                    "BEGIN SELECT RAISE(ABORT, 'a confirmed month stays as it is'); END"
                )
                continue
            # PostgreSQL allows no sub-query in WHEN: the function looks itself.
            result = "OLD" if deed == "delete" else "NEW"
            op.execute(
                f"CREATE FUNCTION {table}_stays_{deed}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {when} THEN RAISE EXCEPTION 'a confirmed month stays as it is'; END IF; "
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
    for table in CONFIRMED:
        for deed in deeds_of(table):
            op.execute(f"DROP TRIGGER {table}_stays_{deed}" + ("" if sqlite else f" ON {table}"))
            if not sqlite:
                op.execute(f"DROP FUNCTION {table}_stays_{deed}")
