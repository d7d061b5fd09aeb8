"""Pictures in the places of a laid-out page."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from careerpath.core.pdf.filling import Form, fill_many
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import lay_out
from tests.core.pdf.pages import ATTACHED, PAGE

WITH_PLACE = PAGE.replace("</body>", '<p style="width: 75pt; height: 105pt" data-picture="photo"></p></body>')


@pytest.fixture(scope="module")
def form(fonts: Fonts) -> Form:
    return Form(lay_out(WITH_PLACE, fonts, title="表"), lay_out(ATTACHED, fonts, title="表"), fonts)


def picture(colour: str, size: tuple[int, int] = (50, 70)) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return target.getvalue()


def test_a_page_carries_its_own_picture_and_nobody_elses(form: Form) -> None:
    red, blue = picture("red"), picture("blue")
    target = BytesIO()
    fill_many(form, [{"name": "甲", "photo": red}, {"name": "乙", "photo": blue}, {"name": "丙"}], target)
    with pikepdf.open(target) as pdf:
        found = [
            [bytes(one.read_raw_bytes()) for name, one in page.Resources.XObject.items() if name != "/B"]
            for page in pdf.pages
        ]
    assert found == [[red], [blue], []]


def test_a_picture_stands_whole_in_the_middle_of_its_place(form: Form) -> None:
    place = form.page.pictures[0]
    target = BytesIO()
    fill_many(form, [{"photo": picture("red", (140, 70))}], target)
    with pikepdf.open(target) as pdf:
        drawn = pikepdf.parse_content_stream(pdf.pages[0])
    width, _, _, height, left, bottom = next(
        [float(number) for number in one.operands] for one in drawn if str(one.operator) == "cm"
    )
    assert (width, height) == pytest.approx((75, 37.5), abs=0.01)
    assert left == pytest.approx(place.x, abs=0.01)
    assert bottom - place.y == pytest.approx(place.y + place.height - bottom - height, abs=0.02)


def test_a_place_may_not_have_the_name_of_a_cell(fonts: Fonts) -> None:
    with pytest.raises(ValueError, match="same name"):
        lay_out(WITH_PLACE.replace('data-picture="photo"', 'data-picture="name"'), fonts, title="表")
