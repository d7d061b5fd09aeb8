"""What is kept sealed of a person: opened only for a purpose that the caller answers for."""

from careerpath.core.sealing import Seal

SEAL = Seal("employee")

sealed, opened = SEAL.sealed, SEAL.opened
keep_file, kept_file = SEAL.keep_file, SEAL.kept_file
