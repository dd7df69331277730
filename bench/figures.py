"""What a measurement found: every round's sample, their median, and whether the target is met."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """Samples of one quantity, one for each round (or each call, where ``is_latency``)."""

    label: str
    unit: str
    samples: tuple[float, ...]
    is_latency: bool = False

    @property
    def median(self) -> float:
        """The middle sample."""
        return statistics.median(self.samples)

    @property
    def percentile_99(self) -> float:
        """The sample that one in a hundred exceeds; the largest, where there are few."""
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]

    def as_text(self) -> str:
        """Return one line for people."""
        spread = (
            f"99 % within {_number(self.percentile_99)}, {len(self.samples)} calls"
            if self.is_latency
            else f"{_number(min(self.samples))} to {_number(max(self.samples))} in {len(self.samples)} rounds"
        )
        return f"{self.label:<42} {_number(self.median):>9} {self.unit:<10} ({spread})"

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for machines."""
        found = {"label": self.label, "unit": self.unit, "median": self.median}
        if self.is_latency:
            return found | {"percentile_99": self.percentile_99, "calls": len(self.samples)}
        return found | {"rounds": list(self.samples)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure held against its target."""

    label: str
    value: float
    target: str
    is_met: bool

    def as_text(self) -> str:
        """Return one line for people."""
        return f"{self.label:<42} {_number(self.value):>9} {'':<10} (target {self.target}: {_met(is_met=self.is_met)})"

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for machines."""
        return {"label": self.label, "value": self.value, "target": self.target, "is_met": self.is_met}


@dataclass(frozen=True, slots=True)
class Result:
    """One part's findings under its name, with a sentence on what was done."""

    name: str
    what: str
    measures: tuple[Measure, ...]
    verdicts: tuple[Verdict, ...]

    def as_text(self) -> str:
        """Return a paragraph for people."""
        found = [each.as_text() for each in self.measures] + [each.as_text() for each in self.verdicts]
        return "\n".join([self.name, *(f"  {line}" for line in (self.what, *found))])

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for machines."""
        return {
            "name": self.name,
            "what": self.what,
            "measures": [measure.as_json() for measure in self.measures],
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
        }


class NotMeasurableError(Exception):
    """A part cannot be measured here; the message says why."""


def at_least(label: str, value: float, bound: float) -> Verdict:
    """Return the verdict on a figure that should be this large."""
    return Verdict(label, value, f"at least {bound:g}", value >= bound)


def at_most(label: str, value: float, bound: float) -> Verdict:
    """Return the verdict on a figure that should not be larger."""
    return Verdict(label, value, f"at most {bound:g}", value <= bound)


def exactly(label: str, value: float, wanted: float) -> Verdict:
    """Return the verdict on a count that has one right value."""
    return Verdict(label, value, f"exactly {wanted:g}", value == wanted)


def median_ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """Return the median of each round's own ratio: what else the machine did in a round, it did to both."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours, floor, strict=True))


def _met(*, is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
