"""A link as a QR code, to be scanned from a screen or from paper."""

from io import BytesIO
from typing import Final

import segno

_PIXELS_A_MODULE: Final = 10
_MODULES_AROUND: Final = 4  # what the standard asks to be left white


def png_of(link: str) -> bytes:
    """Return the picture as PNG."""
    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=_PIXELS_A_MODULE, border=_MODULES_AROUND)
    return picture.getvalue()
