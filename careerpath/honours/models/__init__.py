"""What we keep of calls for honours."""

from careerpath.honours.models.calls import (
    CallState,
    HonourCall,
    HonourNominee,
    HonourObjection,
    HonourStep,
    NomineeState,
)

__all__ = ["CallState", "HonourCall", "HonourNominee", "HonourObjection", "HonourStep", "NomineeState"]
