"""Code tables: national standards (GB/T) and the neutral codes of grades, posts, certificates and units."""

from careerpath.policy.codes.code import Code, read_code
from careerpath.policy.codes.education import Degree, Education, degree_level
from careerpath.policy.codes.ethnic import Ethnic
from careerpath.policy.codes.grades import DETERMINED, UNDETERMINED, Grade
from careerpath.policy.codes.honours import REPRESENTATION, HonourKind, HonourLevel
from careerpath.policy.codes.people import Marital, Political, Sex
from careerpath.policy.codes.posts import Certificate, Post
from careerpath.policy.codes.units import UnitKind

__all__ = [
    "DETERMINED",
    "REPRESENTATION",
    "UNDETERMINED",
    "Certificate",
    "Code",
    "Degree",
    "Education",
    "Ethnic",
    "Grade",
    "HonourKind",
    "HonourLevel",
    "Marital",
    "Political",
    "Post",
    "Sex",
    "UnitKind",
    "degree_level",
    "read_code",
]
