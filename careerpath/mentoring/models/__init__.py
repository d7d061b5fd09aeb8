"""What we keep of mentors, pairings and matchings."""

from careerpath.mentoring.models.matchings import Matching, MatchingState, MatchLine
from careerpath.mentoring.models.mentors import Mentor
from careerpath.mentoring.models.pairings import MentoringLog, MentoringReview, Pairing, PairingState

__all__ = [
    "MatchLine",
    "Matching",
    "MatchingState",
    "Mentor",
    "MentoringLog",
    "MentoringReview",
    "Pairing",
    "PairingState",
]
