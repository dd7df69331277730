"""What becomes of a picture that was taken: few colours, a small file, and no new file where nothing has changed."""  # noqa: INP001 -- a script beside the documents, not a package

import io
from pathlib import Path

from PIL import Image, ImageChops

_COLOURS = 256
_MARGIN = 10


def develop(taken: bytes, path: Path, *, is_trimmed: bool = False) -> None:
    """Write a screenshot as a small PNG: the chat has few colours, so a palette shows all that is to be seen.

    ``is_trimmed`` leaves out the empty part of the chat above what is shown.
    """
    with Image.open(io.BytesIO(taken)) as picture:
        whole = picture.convert("RGB")
    if is_trimmed:
        whole = _without_empty_top(whole)
    reduced(whole).save(path, optimize=True)


def reduced(whole: Image.Image) -> Image.Image:
    """Return a picture with so few colours that its file is small."""
    return whole.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _without_empty_top(whole: Image.Image) -> Image.Image:
    empty = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    shown = ImageChops.difference(whole, empty).getbbox()
    return whole.crop((0, max(0, shown[1] - _MARGIN), *whole.size)) if shown is not None else whole
