"""Charts as pictures for a phone: few words, large, in the reader's language and direction.

matplotlib shapes and orders Arabic by itself; what steers direction in chats (isolates) would be drawn as boxes, and goes.
"""

from collections.abc import Callable, Sequence
from io import BytesIO

_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))
_WIDTH_INCHES, _HEIGHT_INCHES, _DOTS_AN_INCH = 7.2, 4.6, 130
_COLOURS = ("#2f7ed8", "#f2a33c")
_BAR = 0.4


def grouped_bars(
    *, title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], is_right_to_left: bool
) -> bytes:
    """Return a PNG of two bars beside each other for each label; from right to left where the language runs so."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy: a process that draws nothing starts without it
    from matplotlib.figure import Figure

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
    legend = {"fontsize": 13, "frameon": False, "ncols": len(series), "reverse": is_right_to_left}
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), **legend)
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def plain(text: str) -> str:
    """Return a text without the marks that only steer its direction."""
    return text.translate(_INVISIBLE)


_SINGLE_BAR, _ROW_INCHES, _FRAME_INCHES = 0.62, 0.52, 1.5
_LONGEST_LABEL = 24


def horizontal_bars(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    written: Callable[[float], str],
    is_right_to_left: bool,
) -> bytes:
    """Return a PNG with one row for each label, the first at the top: names can be long, and each bar says what it is.

    ``written`` gives the words at the end of a bar. Bars grow in the language's direction.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # heavy: see above
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    rows = len(labels) * (1 + 0.45 * (len(series) - 1))
    height = min(max(_FRAME_INCHES + _ROW_INCHES * rows, 2.6), 9.0)
    margins = ConstrainedLayoutEngine(w_pad=0.14, h_pad=0.12)
    figure = Figure(figsize=(_WIDTH_INCHES, height), dpi=_DOTS_AN_INCH, layout=margins)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if is_right_to_left:  # before anything is placed beside the bars
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    bar = _SINGLE_BAR if len(series) == 1 else _BAR
    for number, (name, values) in enumerate(series):
        at = [place + (number - (len(series) - 1) / 2) * bar for place in range(len(labels))]
        drawn = axes.barh(at, values, height=bar * 0.94, color=_COLOURS[number], label=plain(name))
        axes.bar_label(drawn, [plain(written(value)) if value else "" for value in values], padding=4, fontsize=11.5)
    figure.suptitle(plain(title), fontsize=16, fontweight="bold")
    axes.set_yticks(list(range(len(labels))), [_shortened(plain(label)) for label in labels], fontsize=13)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    lowest, highest = sorted(axes.get_xlim())
    room = (highest - lowest or 1.0) * 0.22  # for what is written at the ends
    ends = (lowest - (room if lowest < 0 else 0), highest + room)
    axes.set_xlim(*(ends[::-1] if is_right_to_left else ends))
    axes.xaxis.set_visible(False)
    axes.axvline(0, color="#999999", linewidth=1)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    if len(series) > 1:
        figure.legend(fontsize=13, frameon=False, ncols=len(series), loc="outside lower center", reverse=is_right_to_left)
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
