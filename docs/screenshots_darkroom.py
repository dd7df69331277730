"""What becomes of a picture that was taken: few colours, a small file, and no new file where nothing has changed."""  # noqa: INP001 -- a script beside the documents, not a package

import io
from pathlib import Path

from PIL import Image

_COLOURS = 256


def develop(taken: bytes, path: Path) -> None:
    """Write a screenshot as a small PNG: the chat has few colours, so a palette shows all that is to be seen."""
    with Image.open(io.BytesIO(taken)) as picture:
        reduced = picture.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(path, "PNG", optimize=True)
