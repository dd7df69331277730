"""What a picture and a chapter of them are."""  # noqa: INP001 -- a script beside the documents, not a package

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in each language, ``<name>-<language>.png``; ``shows`` names the functions whose messages are on it.

    A function is named by its module below ``handlers`` and its own name.
    """

    name: str
    caption: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pictures that belong together, in the order in which a person comes upon them."""

    title: str
    pictures: tuple[Picture, ...]


def of(module: str, *pictures: tuple[str, str, str]) -> tuple[Picture, ...]:
    """Return the pictures (name, function, caption) of one module's screens."""
    return tuple(Picture(name, caption, (f"{module}.{function}",)) for name, function, caption in pictures)
