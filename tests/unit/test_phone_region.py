"""Which country's numbers are meant where somebody types one without its country."""

import pytest

from bot.wiring import phone_region


@pytest.mark.parametrize(
    ("timezone", "region"),
    [("Africa/Cairo", "EG"), ("Asia/Riyadh", "SA"), ("Europe/Berlin", "DE"), ("Etc/UTC", "EG"), ("Nowhere/At_all", "EG")],
)
def test_is_the_time_zones_or_that_of_the_first_market(timezone: str, region: str) -> None:
    assert phone_region(timezone) == region
