"""Pairings of mentors and mentees: agreed, changed, ended before their time, completed."""

from careerpath.mentoring.operations.pairings.agreeing import (
    PairingGiven,
    PairingRefused,
    agree_pairing,
    agree_pairings,
)
from careerpath.mentoring.operations.pairings.changing import (
    PairingChange,
    change_pairing,
    drop_pairing,
    end_pairing,
    undo_ending,
)

__all__ = [
    "PairingChange",
    "PairingGiven",
    "PairingRefused",
    "agree_pairing",
    "agree_pairings",
    "change_pairing",
    "drop_pairing",
    "end_pairing",
    "undo_ending",
]
