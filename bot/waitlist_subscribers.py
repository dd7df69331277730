"""What waitlists, standing bookings and hints do after an event."""

from domain.clock import Clock
from domain.outbox import Subscriber
from domain.packages.low_credits import HintLowCredits
from domain.ports import UnitOfWorkFactory
from domain.waitlist.accepting import SettlePlace
from domain.waitlist.closing import CloseWaitlist
from domain.waitlist.offering import OfferFreedSeats
from domain.waitlist.standing import BookStanding


def waitlist_subscriptions(units: UnitOfWorkFactory, clock: Clock) -> tuple[tuple[str, Subscriber], ...]:
    """Return who is to be called after which kind of event."""
    offer, close = OfferFreedSeats(units, clock), CloseWaitlist(units, clock)
    return (
        ("enrollment.booked", SettlePlace(units, clock)),
        ("enrollment.booked", HintLowCredits(units, clock)),
        ("enrollment.cancelled", offer.of_enrollment),
        ("reservation.lapsed", offer.of_enrollment),
        ("waitlist.joined", offer),
        ("session.created", BookStanding(units, clock)),
        ("session.updated", close),  # before the offers: who waited for another time is asked no more
        ("session.updated", offer),
        ("session.started", close),
        ("session.canceled", close),
        ("session.missed", close),
    )
