"""Puts the pictures of the guide in the chat together: for each page the way through two or three screens."""  # noqa: INP001 -- a script beside the documents, not a package

from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from docs.screenshots_darkroom import reduced
from handlers.guide_topics import GuideTopic
from handlers.i18n import LANGUAGES

WAYS: Mapping[GuideTopic, tuple[str, ...]] = {
    GuideTopic.BOOK: ("home", "session-credit", "booked"),
    GuideTopic.CANCEL: ("booking", "cancel", "cancelled"),
    GuideTopic.CREDITS: ("shop", "offer", "bought"),
    GuideTopic.WALLET: ("wallet", "pay-top-up", "pay-link"),
    GuideTopic.WAITLIST: ("session-full", "news-offer", "seat-offer"),
    GuideTopic.TICKET: ("booking", "ticket", "news-reminder"),
    GuideTopic.MY_DATA: ("profile", "my-data"),
    GuideTopic.CHECK_IN: ("staff-today", "door-before", "door-open"),
    GuideTopic.ROSTER: ("roster", "roster-marked", "roster-everyone"),
    GuideTopic.WALK_IN: ("walk-in", "walk-in-seat", "walk-in-done"),
    GuideTopic.CASH: ("drawer", "movement", "desk-top-up"),
    GuideTopic.COUNT: ("count", "count-confirm", "day-summary"),
    GuideTopic.CALL_OFF: ("session-change", "call-off-reason", "call-off"),
    GuideTopic.SET_UP: ("set-up", "form-confirm", "set-up-done"),
    GuideTopic.PEOPLE: ("people", "person", "invite"),
    GuideTopic.CLASSES: ("class-card", "class-price", "form-policy"),
    GuideTopic.PACKAGES: ("package-list", "package-card"),
    GuideTopic.MONEY: ("digest", "drawers", "decisions"),
    GuideTopic.PAYMENTS: ("payments", "payment-card", "wallet-card"),
    GuideTopic.REPORTS: ("reports", "report", "report-chart"),
    GuideTopic.BROADCAST: ("announce-text", "announce-preview", "announce-sent"),
    GuideTopic.SETTINGS: ("settings", "branches"),
    GuideTopic.AUDIT: ("audit-log", "audit-row", "audit-filter"),
}
"""The screens of each page's picture, in the order in which one comes by them."""

_SCREEN_WIDTH, _TALLEST, _GAP, _HEAD = 412, 760, 10, 44
_GROUND, _INK, _PAPER = "#cfe3d6", "#16689f", "#ffffff"


def put_together(screens: Path, guide: Path) -> None:
    """Write the guide's pictures of every language whose screens are all there, from those in a folder."""
    for language in LANGUAGES:
        (guide / language).mkdir(parents=True, exist_ok=True)
        for topic, names in WAYS.items():
            paths = [screens / f"{name}-{language}.png" for name in names]
            if all(path.exists() for path in paths):
                is_turned = language == "ar"
                reduced(_side_by_side(paths, is_turned=is_turned)).save(guide / language / topic.file_name, optimize=True)


def _side_by_side(paths: list[Path], *, is_turned: bool) -> Image.Image:
    """Return the screens beside one another with their numbers above, the first at the side where one begins to read."""
    screens = [_of_height(path) for path in paths]
    width = len(screens) * _SCREEN_WIDTH + (len(screens) - 1) * _GAP
    whole = Image.new("RGB", (width, _HEAD + max(screen.height for screen in screens)), _GROUND)
    draw = ImageDraw.Draw(whole)
    for place, screen in enumerate(screens):
        column = len(screens) - 1 - place if is_turned else place
        left = column * (_SCREEN_WIDTH + _GAP)
        whole.paste(screen, (left, _HEAD))
        _number(draw, place + 1, left + _SCREEN_WIDTH // 2)
        if column:
            draw.rectangle((left - _GAP, 0, left - 1, whole.height), fill=_PAPER)
    return whole


def _of_height(path: Path) -> Image.Image:
    """Return a screen, of which only the end is shown where it is very long, as on a phone."""
    with Image.open(path) as screen:
        return screen.convert("RGB").crop((0, max(0, screen.height - _TALLEST), *screen.size))


def _number(draw: ImageDraw.ImageDraw, number: int, middle: int) -> None:
    radius, center = 16, _HEAD // 2
    draw.ellipse((middle - radius, center - radius, middle + radius, center + radius), fill=_INK)
    draw.text((middle, center), str(number), fill=_PAPER, font=ImageFont.load_default(20), anchor="mm")
