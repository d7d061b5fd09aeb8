"""Where a person stands on one day: the few values that every amount is looked up by."""

from dataclasses import dataclass
from datetime import date

from careerpath.policy.codes import Certificate, Post

NUMBERS = ("tier", "level", "years")
"""Facts that are whole numbers."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on one day. Equal standings are paid equally, which is what makes a hundred thousand people fast.

    ``years``: full counted years of community service. ``education`` and ``degree``: ``doctor`` to ``lower``; ``None``
    where unknown. ``certificate``: the highest that counts on the day, ``None`` for none. ``other``: facts that the
    edition declares, as sorted pairs. ``withheld``: the performance part is not paid (a failed year).
    """

    on: date | None
    post: Post | None
    tier: int | None
    level: int | None
    years: int | None
    year_start_years: int | None
    """Full counted years on the 31 December before."""
    education: str | None
    degree: str | None
    certificate: Certificate | None
    dual_head: bool
    elected: bool
    on_probation: bool
    withheld: bool
    other: tuple[tuple[str, str], ...] = ()

    def code(self, name: str) -> str | None:
        """A fact that is a code, as conditions write it; ``None`` where it is not known."""
        if name == "post":
            return None if self.post is None else self.post.value
        if name == "certificate":
            return "none" if self.certificate is None else self.certificate.value
        if name in ("dual_head", "elected"):
            return "yes" if getattr(self, name) else "no"
        if name in ("education", "degree"):
            value: str | None = getattr(self, name)
            return value
        return dict(self.other).get(name)

    def number(self, name: str) -> int | None:
        """A fact that is a whole number; ``None`` where it is not known."""
        value: int | None = getattr(self, name)
        return value
