"""Days that are coming or have passed: contracts, probations, retirements, certificates, rotations, mentoring."""

from careerpath.dashboard.queries.deadlines.deadline import Deadline, DeadlineKind, Span
from careerpath.dashboard.queries.deadlines.finding import FINDERS, counts, deadline_counts, deadlines

__all__ = ["FINDERS", "Deadline", "DeadlineKind", "Span", "counts", "deadline_counts", "deadlines"]
