"""The command line: the same operations as the web, for the console and for scripts."""

from careerpath.cli.program import main

__all__ = ["main"]
