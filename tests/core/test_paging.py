"""Pages of rows that are in memory: nothing is left out, nothing comes twice, and every page has its way back."""

from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.web.paging import Page, listed_page

keys = st.lists(st.text("abcFX-01239", min_size=1, max_size=6), unique=True, max_size=40).map(sorted)


def page_of(rows: list[str], size: int, after: str | None = None, before: str | None = None) -> Page[str]:
    """A page of texts that are their own keys."""
    return listed_page(rows, str, after=after, before=before, size=size)


@given(keys, st.integers(1, 9))
def test_all_pages_together_are_the_list(rows: list[str], size: int) -> None:
    seen: list[str] = []
    page = page_of(rows, size)
    assert page.before is None
    while True:
        assert page.total == len(rows)
        assert len(page.rows) <= size
        seen += page.rows
        if page.after is None:
            break
        following = page_of(rows, size, after=page.after)
        back = page_of(rows, size, before=following.before)
        assert list(back.rows) == list(page.rows)
        page = following
    assert seen == rows


def test_a_mark_of_a_row_that_has_gone_still_leads_to_its_place() -> None:
    rows = ["a", "c", "d", "e"]
    assert page_of(rows, 2, after="b").rows == ["c", "d"]
    assert page_of(rows, 2, before="d").rows == ["a", "c"]


def test_a_mark_beyond_the_list_finds_nothing_and_leads_nowhere() -> None:
    assert page_of(["a", "b"], 2, after="z") == Page([], 2, None, None)
    assert page_of([], 2, before="a") == Page([], 0, None, None)
