"""How much is measured: the full amount, and a tiny one that only shows that the measurements still run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of everything. A part states its targets for ``FULL``; at another scale the figures mean nothing."""

    rounds: int
    people: int  # who tap at once, half of them paying by package credit and half from the wallet
    sessions: int  # over which they are spread
    scarce_seats: int
    warm_up_people: int
    enrollments: int  # of everybody together, in the table that histories are read from
    history_students: int
    postings: int  # in the journal that is audited
    pages: int  # read of each kind
    page_rows: int
    taps: int  # of one round through the running bot
    burst_people: int
    bot_api_seconds: float  # how long the Bot API takes for a call during the burst
    broadcast_people: int  # whom a broadcast goes to
    tappers: int  # who tap meanwhile, each with a pause between two taps
    broadcast_windows: int  # of taps with a broadcast and without, by turns
    broadcast_seconds: float  # each
    due_rows: int  # of each kind that the clock's jobs look at, all of them still to come

    @property
    def enrollments_each(self) -> int:
        """How long one student's history is."""
        return self.enrollments // self.history_students


FULL = Scale(
    rounds=5,
    people=1_000,
    sessions=200,
    scarce_seats=30,
    warm_up_people=64,
    enrollments=1_000_000,
    history_students=100,
    postings=1_000_000,
    pages=400,
    page_rows=10,
    taps=100,
    burst_people=150,
    bot_api_seconds=0.05,
    broadcast_people=5_000,
    tappers=50,
    broadcast_windows=3,
    broadcast_seconds=12.0,
    due_rows=1_000_000,
)
SMALL = Scale(
    rounds=1,
    people=12,
    sessions=3,
    scarce_seats=4,
    warm_up_people=2,
    enrollments=400,
    history_students=4,
    postings=400,
    pages=3,
    page_rows=10,
    taps=4,
    burst_people=6,
    bot_api_seconds=0.01,
    broadcast_people=40,
    tappers=3,
    broadcast_windows=1,
    broadcast_seconds=1.5,
    due_rows=200,
)
