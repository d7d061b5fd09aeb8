"""What was brought in before there were drafts counts as before; going back leaves no draft in force."""

from pathlib import Path

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from careerpath.app import create_app
from careerpath.core.db import db
from tests.conftest import make_settings

INSERT = """
INSERT INTO stored_edition (rule, key, title, place, effective_from, content, source_text, added_at, added_by,
    withdrawn_at)
VALUES ('appraisal', :key, '办法', '某县', '2025-01-01', '{}', '', '2025-01-02 03:04:05', 'wang', :gone)
"""


def test_editions_keep_their_state_through_the_change(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    with app.app_context():
        upgrade(revision="0006")
        with db.engine.begin() as connection:
            connection.execute(
                text(INSERT), [{"key": "in", "gone": None}, {"key": "out", "gone": "2025-02-01 00:00:00"}]
            )
        upgrade(revision="0007")
        with db.engine.begin() as connection:
            found = connection.execute(text("SELECT key, state, adopted_by FROM stored_edition ORDER BY key")).all()
            assert [tuple(row) for row in found] == [("in", "adopted", "wang"), ("out", "withdrawn", "wang")]
            connection.execute(text("UPDATE stored_edition SET state = 'draft' WHERE key = 'in'"))
        downgrade(revision="0006")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT key FROM stored_edition")).scalars().all() == ["out"]
        db.session.remove()
        db.engine.dispose()
