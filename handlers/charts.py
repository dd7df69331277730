"""Charts as pictures for a phone: few words, large, in the reader's language and direction.

matplotlib shapes and orders Arabic by itself; what steers direction in chats (isolates) would be drawn as boxes, and goes.
"""

from collections.abc import Sequence
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))
_WIDTH_INCHES, _HEIGHT_INCHES, _DOTS_AN_INCH = 7.2, 4.6, 130
_COLOURS = ("#2f7ed8", "#f2a33c")
_BAR = 0.4


def grouped_bars(
    *, title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], is_right_to_left: bool
) -> bytes:
    """Return a PNG of two bars beside each other for each label; from right to left where the language runs so."""
    figure = Figure(figsize=(_WIDTH_INCHES, _HEIGHT_INCHES), dpi=_DOTS_AN_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(labels))
    for number, (name, values) in enumerate(series):
        at = [place + (number - 0.5) * _BAR for place in places]
        axes.bar(at, values, width=_BAR, color=_COLOURS[number], label=plain(name))
    axes.set_title(plain(title), fontsize=17, pad=14, fontweight="bold")
    axes.set_xticks(list(places), [plain(label) for label in labels], fontsize=12)
    axes.tick_params(axis="y", labelsize=12)
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:,.0f}")
    axes.grid(axis="y", color="#dddddd")
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    if is_right_to_left:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    axes.legend(fontsize=13, frameon=False, ncols=len(series), loc="upper center", bbox_to_anchor=(0.5, -0.14))
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def plain(text: str) -> str:
    """Return a text without the marks that only steer its direction."""
    return text.translate(_INVISIBLE)
