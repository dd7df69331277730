"""The states of a place in a session's waitlist."""

from enum import StrEnum


class WaitlistStatus(StrEnum):
    """WAITING and OFFERED are live; a person has one live place in a session's waitlist."""

    WAITING = "WAITING"
    OFFERED = "OFFERED"  # a seat is held for them
    BOOKED = "BOOKED"
    LEFT = "LEFT"  # at their own wish
    PASSED = "PASSED"  # said no to an offer
    LAPSED = "LAPSED"  # did not answer an offer
    CLOSED = "CLOSED"  # the session was cancelled, moved or has begun
