import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from careerpath.settings import resource_folder


@pytest.fixture(scope="session")
def templates() -> Environment:
    """The templates of printed papers; a value that a template misses is a failure."""
    return Environment(
        loader=FileSystemLoader(resource_folder("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
