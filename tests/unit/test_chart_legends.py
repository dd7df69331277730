from io import BytesIO

import pytest
from PIL import Image

from handlers.charts import grouped_bars

BLUE, ORANGE = (0x2F, 0x7E, 0xD8), (0xF2, 0xA3, 0x3C)
FOOT = 0.9


def middle_of(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """Return how far from the left a colour stands in the picture's foot, where the legend is."""
    foot = picture.crop((0, round(picture.height * FOOT), *picture.size))
    places = [place % foot.width for place, pixel in enumerate(foot.get_flattened_data()) if pixel == colour]
    return sum(places) / len(places)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_legends_name_the_series_in_the_order_of_their_bars(language: str) -> None:
    is_right_to_left = language == "ar"
    series = (("Earned", [1.0, 2.0]), ("Collected", [2.0, 1.0]))
    png = grouped_bars(title="Money", labels=["Sat", "Sun"], series=series, is_right_to_left=is_right_to_left)
    picture = Image.open(BytesIO(png)).convert("RGB")
    assert (middle_of(picture, ORANGE) < middle_of(picture, BLUE)) is is_right_to_left
