"""What reports say. Each figure is defined where it stands, and with an example in ``docs/reports.md``.

Amounts are minor units of the center's currency, and add up to what the journal says, to the last of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from domain.finance.reconciliation import Match, Reconciliation
from domain.ids import PersonId


class Report(StrEnum):
    """The reports that there are."""

    METHOD = "METHOD"
    CLASS = "CLASS"
    BRANCH = "BRANCH"
    TEACHER = "TEACHER"
    CASH = "CASH"
    ATTENDANCE = "ATTENDANCE"
    ABSENCES = "ABSENCES"
    RETENTION = "RETENTION"
    OWED = "OWED"
    MEASURES = "MEASURES"


class Source(StrEnum):
    """How what was earned was paid, and how what was collected came in."""

    PACKAGE = "PACKAGE"  # earned with credits
    WALLET = "WALLET"  # earned from wallets
    CASH = "CASH"  # earned, and collected, in cash
    ONLINE = "ONLINE"  # collected through the gateway


@dataclass(frozen=True, slots=True)
class Amounts:
    """Money earned (delivered) and collected (received, less what was paid back) beside each other."""

    earned_minor: int = 0
    collected_minor: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        """Add up both sides."""
        return Amounts(self.earned_minor + other.earned_minor, self.collected_minor + other.collected_minor)


@dataclass(frozen=True, slots=True)
class RevenueFact:
    """What one source brought for one class, branch and teacher. None: it was not for any one of them.

    *Earned* belongs to the session's class, branch and teacher. *Collected* in cash belongs to the branch whose drawer it
    went into; what was paid for a seat, also to the seat's session; an online payment for a package, to its class; a
    top-up is not for any class yet.
    """

    source: Source
    class_id: UUID | None
    class_title: str | None
    branch_id: UUID | None
    branch_name: str | None
    teacher: str | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """A row of the revenue: ``name`` is a class's, a branch's or a teacher's; ``source`` is set by method alone."""

    name: str | None
    source: Source | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Revenue:
    """Revenue one way, the most earned first, beside the total of the period before (None: there is none)."""

    by: Report
    lines: tuple[RevenueLine, ...]
    before: Amounts | None

    @property
    def total(self) -> Amounts:
        """All lines together: what the journal says."""
        return sum((line.amounts for line in self.lines), Amounts())


_KEYS: dict[Report, Callable[[RevenueFact], tuple[object, str | None, Source | None]]] = {
    Report.METHOD: lambda fact: (fact.source, None, fact.source),
    Report.CLASS: lambda fact: (fact.class_id, fact.class_title, None),
    Report.BRANCH: lambda fact: (fact.branch_id, fact.branch_name, None),
    Report.TEACHER: lambda fact: (fact.teacher, fact.teacher, None),
}
REVENUE_REPORTS = tuple(_KEYS)


def revenue_by(by: Report, facts: Iterable[RevenueFact], *, before: Amounts | None) -> Revenue:
    """Add facts up one way; what belongs to nothing comes last, and lines of nothing at all are left out."""
    lines: dict[object, RevenueLine] = {}
    for fact in facts:
        key, name, source = _KEYS[by](fact)
        sofar = lines[key].amounts if key in lines else Amounts()
        lines[key] = RevenueLine(name, source, sofar + fact.amounts)
    shown = [line for line in lines.values() if line.amounts != Amounts()]
    return Revenue(by, tuple(sorted(shown, key=_most_first)), before)


def _most_first(line: RevenueLine) -> tuple[bool, int, int, str]:
    is_of_nothing = line.name is None and line.source is None
    name = line.name or line.source or ""
    return (is_of_nothing, -line.amounts.earned_minor, -line.amounts.collected_minor, name)


@dataclass(frozen=True, slots=True)
class CashDay:
    """A branch's local day with a finished class in it: what its cash seats should have brought, and did."""

    branch_name: str
    day: date
    cash: Reconciliation


@dataclass(frozen=True, slots=True)
class CashDays:
    """Cash reconciliation by branch and day, the earliest first."""

    lines: tuple[CashDay, ...]

    @property
    def total(self) -> Reconciliation:
        """All days together."""
        return Reconciliation(
            sum(line.cash.expected_minor for line in self.lines), sum(line.cash.actual_minor for line in self.lines)
        )

    def count(self, match: Match) -> int:
        """How many branch days came out so."""
        return sum(line.cash.match is match for line in self.lines)


@dataclass(frozen=True, slots=True)
class Seats:
    """Finished classes, the seats that they had, and the heads that came: utilisation is heads ÷ seats."""

    sessions: int = 0
    capacity: int = 0
    heads: int = 0

    def __add__(self, other: "Seats") -> "Seats":
        """Add up."""
        return Seats(self.sessions + other.sessions, self.capacity + other.capacity, self.heads + other.heads)

    @property
    def share(self) -> float | None:
        """Utilisation; None where there was no seat."""
        return share(self.heads, self.capacity)


@dataclass(frozen=True, slots=True)
class SeatsFact:
    """The finished sessions of a class at one day and time."""

    class_id: UUID
    class_title: str
    day: date
    at: time
    seats: Seats


@dataclass(frozen=True, slots=True)
class Attendance:
    """Heads against seats: by class, the fullest first, and by weekday (0: Monday) and time of the local clock."""

    classes: tuple[tuple[str, Seats], ...]
    times: tuple[tuple[tuple[int, time], Seats], ...]
    before: Seats | None

    @property
    def total(self) -> Seats:
        """All classes together."""
        return sum((seats for _, seats in self.classes), Seats())


def attendance_of(facts: Sequence[SeatsFact], *, before: Seats | None) -> Attendance:
    """Add sessions up by class, and by when they were."""
    classes: dict[UUID, tuple[str, Seats]] = {}
    times: dict[tuple[int, time], Seats] = {}
    for fact in facts:
        classes[fact.class_id] = (fact.class_title, classes.get(fact.class_id, ("", Seats()))[1] + fact.seats)
        when = (fact.day.weekday(), fact.at)
        times[when] = times.get(when, Seats()) + fact.seats
    fullest_first = sorted(classes.values(), key=lambda each: (-(each[1].share or 0), each[0]))
    return Attendance(tuple(fullest_first), tuple(sorted(times.items())), before)


@dataclass(frozen=True, slots=True)
class Bookings:
    """What became of the bookings of classes that began in the period. Reservations that lapsed are none.

    ``booked`` is all of them but those that the center called off; ``came`` attended; ``no_shows`` kept the seat and did
    not come, ``charged`` of them paid for it; ``cancelled`` gave the seat back, ``late`` of them after the time until which
    it was free.
    """

    booked: int = 0
    came: int = 0
    no_shows: int = 0
    charged: int = 0
    cancelled: int = 0
    late: int = 0

    def __add__(self, other: "Bookings") -> "Bookings":
        """Add up."""
        return Bookings(
            self.booked + other.booked,
            self.came + other.came,
            self.no_shows + other.no_shows,
            self.charged + other.charged,
            self.cancelled + other.cancelled,
            self.late + other.late,
        )

    @property
    def no_show_share(self) -> float | None:
        """No-shows ÷ seats whose holder either came or did not."""
        return share(self.no_shows, self.came + self.no_shows)

    @property
    def late_share(self) -> float | None:
        """Late cancellations ÷ bookings."""
        return share(self.late, self.booked)

    @property
    def conversion(self) -> float | None:
        """Booking conversion: attended ÷ booked."""
        return share(self.came, self.booked)

    @property
    def protection(self) -> float | None:
        """Revenue protection: charged no-shows ÷ no-shows."""
        return share(self.charged, self.no_shows)


@dataclass(frozen=True, slots=True)
class Absences:
    """Bookings by class, the most no-shows first."""

    classes: tuple[tuple[str, Bookings], ...]
    before: Bookings | None

    @property
    def total(self) -> Bookings:
        """All classes together."""
        return sum((each for _, each in self.classes), Bookings())


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who came in the period before and not in this one: how often, and when last."""

    person_id: PersonId
    name: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """Who came at least ``least`` times in the period before, and whether they came at all in this one."""

    least: int
    came_before: int
    gone: tuple[Gone, ...]

    @property
    def came_again(self) -> int:
        """How many of them came."""
        return self.came_before - len(self.gone)

    @property
    def share(self) -> float | None:
        """How many of them came ÷ all of them."""
        return share(self.came_again, self.came_before)


@dataclass(frozen=True, slots=True)
class CreditsOwed:
    """Credits of a class's packages that are bought and not delivered: unused ones, and those on coming seats."""

    class_title: str
    credits: int
    value_minor: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What the center owes now. Together it is the journal's liabilities: wallets, deferred revenue, refunds payable.

    ``locked_minor`` of ``wallets_minor`` is locked for bookings. ``others_minor`` is in wallets that are not students'.
    """

    wallets_minor: int
    locked_minor: int
    others_minor: int
    refunds_minor: int
    credits: tuple[CreditsOwed, ...]

    @property
    def credits_minor(self) -> int:
        """What all credits are worth."""
        return sum(each.value_minor for each in self.credits)

    @property
    def to_students_minor(self) -> int:
        """All that students could ask for."""
        return self.wallets_minor + self.credits_minor + self.refunds_minor


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments that were begun in the period and have ended: how many, and how many of them succeeded."""

    ended: int = 0
    completed: int = 0
    online_ended: int = 0
    online_completed: int = 0


@dataclass(frozen=True, slots=True)
class Credits:
    """Credits of packages that were bought in the period, and how many of these were used until now."""

    sold: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A share with what it is made of; ``share`` is None where there is nothing to divide by."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Part ÷ whole."""
        return share(self.part, self.whole)


class Measured(StrEnum):
    """The measures that a center is run by."""

    PROTECTION = "PROTECTION"
    CONVERSION = "CONVERSION"
    PAYMENTS = "PAYMENTS"
    ONLINE_PAYMENTS = "ONLINE_PAYMENTS"
    RECONCILIATION = "RECONCILIATION"
    PACKAGES = "PACKAGES"


@dataclass(frozen=True, slots=True)
class Measures:
    """Each measure in the period, and in the one before."""

    now: dict[Measured, Measure]
    before: dict[Measured, Measure] | None


def measures_of(bookings: Bookings, payments: Payments, cash: CashDays, credit: Credits) -> dict[Measured, Measure]:
    """Return every measure of a period."""
    return {
        Measured.PROTECTION: Measure(bookings.charged, bookings.no_shows),
        Measured.CONVERSION: Measure(bookings.came, bookings.booked),
        Measured.PAYMENTS: Measure(payments.completed, payments.ended),
        Measured.ONLINE_PAYMENTS: Measure(payments.online_completed, payments.online_ended),
        Measured.RECONCILIATION: Measure(cash.count(Match.MATCHED), len(cash.lines)),
        Measured.PACKAGES: Measure(credit.used, credit.sold),
    }


Figures = Revenue | CashDays | Attendance | Absences | Retention | Owed | Measures


def share(part: int, whole: int) -> float | None:
    """Return part ÷ whole, or None where there is nothing to divide by."""
    return part / whole if whole else None
