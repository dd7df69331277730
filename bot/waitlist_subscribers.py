"""What waitlists, standing bookings and hints do after an event, and what the clock looks for."""

from domain.clock import Clock
from domain.outbox import Subscriber
from domain.packages.low_credits import HintLowCredits
from domain.ports import UnitOfWorkFactory
from domain.waitlist.accepting import SettlePlace
from domain.waitlist.closing import CloseWaitlist, LapseOffers
from domain.waitlist.offering import OfferFreedSeats
from domain.waitlist.standing import BookStanding
from scheduler.ticks import Job


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


def waitlist_jobs(units: UnitOfWorkFactory, clock: Clock) -> tuple[Job, ...]:
    """Return what the clock looks for, in this order: what lapses and ends frees the seats that are offered then."""
    return (
        Job("lapsed_offers", 10.0, LapseOffers(units, clock)),
        Job("outlived_waitlists", 60.0, CloseWaitlist(units, clock).everywhere),
        Job("free_seats", 30.0, OfferFreedSeats(units, clock).everywhere),
        Job("standing_bookings", 120.0, BookStanding(units, clock).everywhere),
    )
