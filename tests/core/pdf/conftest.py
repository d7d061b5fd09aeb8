import pytest

from careerpath.core.pdf.fonts import Fonts


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts()
