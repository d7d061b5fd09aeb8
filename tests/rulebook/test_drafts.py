"""Editions come in as drafts, are adopted and withdrawn; only adopted ones count."""

from datetime import date

import pytest
from sqlalchemy import func, select

from careerpath.access.models import AuditEntry
from careerpath.core.db import db
from careerpath.policy.catalogue import RULES, read_toml, shipped
from careerpath.policy.edition import to_plain
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.operations import (
    adopt_edition,
    draft_edition,
    draft_workbook,
    drop_draft,
    import_edition,
    withdraw_edition,
)
from careerpath.rulebook.queries import edition_on, every_edition
from careerpath.words import NotFound, Refused
from tests.factories.rulebook import FILE, appraisal_text, editor
from tests.rulebook.test_sheets import content_of, edition_of

pytestmark = pytest.mark.usefixtures("app")


def keys() -> set[str]:
    """The keys of all editions of the appraisal that count."""
    return {edition.head.key for edition in every_edition("appraisal")}


def stored(edition_id: int) -> StoredEdition:
    found = db.session.get(StoredEdition, edition_id)
    assert found is not None
    return found


def test_a_draft_counts_only_once_it_is_adopted() -> None:
    edition_id = draft_edition(editor(), appraisal_text(), FILE)
    assert stored(edition_id).state is EditionState.DRAFT
    assert "test-2025" not in keys()
    adopt_edition(editor(), edition_id)
    kept = stored(edition_id)
    assert (kept.state, kept.adopted_by, kept.file_name) == (EditionState.ADOPTED, "editor", FILE)
    assert edition_on(every_edition("appraisal"), date(2025, 6, 1), "某县").head.key == "test-2025"


def test_a_draft_is_replaced_by_a_better_one_and_an_adopted_edition_by_nothing() -> None:
    edition_id = draft_edition(editor(), appraisal_text(), FILE)
    assert draft_edition(editor(), appraisal_text(share="0.15"), FILE) == edition_id
    assert stored(edition_id).content["quota"]["share"] == "0.15"
    adopt_edition(editor(), edition_id)
    with pytest.raises(Refused, match="请换一个编号"):
        draft_edition(editor(), appraisal_text(share="0.10"), FILE)
    with pytest.raises(Refused, match="内容相同"):
        draft_edition(editor(), appraisal_text(share="0.15"), FILE)


def test_what_is_unsound_leaves_nothing_behind() -> None:
    with pytest.raises(Refused, match=r"办法.toml：indicators\[1\].maximum"):
        draft_edition(editor(), appraisal_text(maximum="5000"), FILE)
    with pytest.raises(Refused, match="不是有效的 TOML"):
        draft_edition(editor(), "head = ", FILE)
    assert db.session.scalar(select(func.count()).select_from(StoredEdition)) == 0


def test_two_editions_of_one_place_cannot_begin_on_the_same_day() -> None:
    first = import_edition(editor(), appraisal_text("first"), FILE)
    second = draft_edition(editor(), appraisal_text("second"), FILE)
    with pytest.raises(Refused, match=r"某县自 2025-01-01 起施行的版本已有：.*first"):
        adopt_edition(editor(), second)
    with pytest.raises(Refused, match="同一天只能有一版生效"):
        import_edition(editor(), appraisal_text("third"), FILE)
    assert "third" not in keys()
    withdraw_edition(editor(), first, "文件已废止")
    adopt_edition(editor(), second)
    assert {"first", "second"} & keys() == {"second"}


def test_other_places_and_other_days_do_not_stand_in_the_way() -> None:
    import_edition(editor(), appraisal_text("first"), FILE)
    import_edition(editor(), appraisal_text("later", day="2026-01-01"), FILE)
    import_edition(editor(), appraisal_text("elsewhere", place="邻县"), FILE)
    assert {"first", "later", "elsewhere"} <= keys()


def test_a_shipped_edition_gives_way_only_under_its_own_key() -> None:
    head = edition_of("appraisal", "feixian-2022").head
    with pytest.raises(Refused, match="随程序提供的版本请用同一编号替代"):
        import_edition(editor(), appraisal_text("mine", str(head.effective_from), head.place), FILE)
    import_edition(editor(), appraisal_text(head.key, str(head.effective_from), head.place, share="0.15"), FILE)
    found = edition_on(every_edition("appraisal"), date(2025, 1, 1), head.place)
    assert to_plain(found)["quota"]["share"] == "0.15"


def test_an_edition_is_withdrawn_with_a_reason_that_stays_in_the_trail() -> None:
    edition_id = import_edition(editor(), appraisal_text(), FILE)
    with pytest.raises(Refused, match="停用的原因"):
        withdraw_edition(editor(), edition_id, "  ")
    withdraw_edition(editor(), edition_id, "文件已废止")
    kept = stored(edition_id)
    assert (kept.state, kept.withdrawn_by, kept.withdrawn_reason) == (EditionState.WITHDRAWN, "editor", "文件已废止")
    note = db.session.scalar(select(AuditEntry.note).where(AuditEntry.operation == "withdraw_edition"))
    assert note == "文件已废止"
    with pytest.raises(Refused, match="已停用"):
        adopt_edition(editor(), edition_id)


def test_the_same_text_once_more_adopts_a_withdrawn_edition_again() -> None:
    edition_id = import_edition(editor(), appraisal_text(), FILE)
    assert import_edition(editor(), appraisal_text(), FILE) == edition_id
    withdraw_edition(editor(), edition_id, "误停")
    assert import_edition(editor(), appraisal_text(), FILE) == edition_id
    assert stored(edition_id).withdrawn_at is None
    assert "test-2025" in keys()


def test_a_draft_is_deleted_and_an_adopted_edition_is_not() -> None:
    draft, adopted = (
        draft_edition(editor(), appraisal_text(), FILE),
        import_edition(editor(), appraisal_text("other", "2026-01-01"), FILE),
    )
    drop_draft(editor(), draft)
    assert db.session.get(StoredEdition, draft) is None
    with pytest.raises(Refused, match="已采用"):
        drop_draft(editor(), adopted)
    with pytest.raises(Refused, match="只有采用过的"):
        withdraw_edition(editor(), draft_edition(editor(), appraisal_text(), FILE), "不用了")
    with pytest.raises(NotFound):
        adopt_edition(editor(), 987_654)


def test_a_key_is_no_longer_than_its_column() -> None:
    with pytest.raises(Refused, match="编号超过 64 个字"):
        draft_edition(editor(), appraisal_text("k" * 65), FILE)


@pytest.mark.parametrize("rule", RULES)
def test_a_workbook_is_kept_as_text_that_reads_the_same(rule: str) -> None:
    edition = shipped(rule)[0]
    edition_id = draft_workbook(editor(), content_of(edition), "办法.xlsx")
    kept = stored(edition_id)
    assert (kept.rule, kept.key, kept.file_name) == (rule, edition.head.key, "办法.xlsx")
    assert read_toml(kept.source_text, "again") == edition
    adopt_edition(editor(), edition_id)
    assert edition in every_edition(rule)
