"""Making two people one: everything of the one who goes becomes the other's, in one transaction.

Where both have a seat in one session, the attended one is kept, else the older; the other is made good before, in a
transaction of its own: stopped halfway, the merge goes on where it stopped. Reservations are waited for: they end by
themselves. Drawers keep their history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.clock import Clock
from domain.enrollments.cancellation import cancellation_writes
from domain.enrollments.model import LIVE, EnrollmentStatus
from domain.enrollments.ports import CancellationFacts
from domain.errors import InvalidInputError, MergeNotNowError, NotFoundError
from domain.events import PeopleMerged
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, WalletState
from domain.ids import PersonId, WalletId
from domain.people.erasure import in_full
from domain.people.merge_ports import MergeSide, Seat
from domain.people.staying import staying_writes
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.merging import (
    CancelSecondSeat,
    EmptyMergedWallet,
    EndStandingBooking,
    FillMergedWallet,
    LeavePlace,
    MarkMerged,
    MoveHold,
    MovePackage,
    MovePayment,
    MovePlace,
    MoveSeat,
    MoveStandingBooking,
    RepointMerged,
    RequireSeatCount,
    RequireWalletCount,
)
from domain.writes.people import RevokeRole
from domain.writes.record import audit_row, event_row
from domain.writes.seats import CancelSeat


@dataclass(frozen=True, slots=True)
class Brought:
    """What came along with those who went: bookings to come, credits, money."""

    bookings: int
    credits: int
    money_minor: int

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing to bring but a name."""
        return not (self.bookings or self.credits or self.money_minor)


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Make two people one, for an admin. Whoever has Telegram stays; where both or neither have, the first does.

    The roles of who goes end: whoever stays has their own. Pressed twice, the second finds nothing left to merge. Raises
    NotFoundError, MergeNotNowError, InvalidInputError (the same person twice), LastAdminError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, stays_id: PersonId, goes_id: PersonId) -> Brought:
        """Merge, and return what came along."""
        require(actor, Operation.MERGE_PEOPLE)
        if stays_id == goes_id:
            raise InvalidInputError(field="person", reason="same")

        async def decide(work: UnitOfWork) -> Brought | None:
            now = self.clock.now()
            first = await work.merging.find_side(center_id=actor.center_id, person_id=stays_id)
            second = await work.merging.find_side(center_id=actor.center_id, person_id=goes_id)
            if first is None or second is None:
                raise NotFoundError(what="person")
            is_turned = not first.has_telegram and second.has_telegram
            stays, goes = (second, first) if is_turned else (first, second)
            staying = await staying_writes(work, actor=actor, goes_id=goes.person_id)
            if await make_way(work, (stays, goes), actor=actor, now=now):
                return None
            if stays.wallet is None:
                raise NotFoundError(what="wallet")
            work.add(*staying, *merge_writes(stays, [goes], stays.wallet.id, Operation.MERGE_PEOPLE, actor=actor, now=now))
            await work.commit()
            return brought([goes], now=now)

        while (done := await decide_and_commit(self.new_unit_of_work, decide)) is None:
            pass  # one transaction for each session in which both have a seat
        return done


async def make_way(work: UnitOfWork, sides: Sequence[MergeSide], *, actor: Actor, now: datetime) -> bool:
    """Make one second seat good, in a transaction of its own, and return True; False where there is none.

    Raises MergeNotNowError while a seat is reserved, or the money of a second seat is still to be decided.
    """
    for side in sides:
        if any(seat.status is EnrollmentStatus.HELD for seat in side.seats):
            raise MergeNotNowError(person_id=side.person_id)
    found = second_seat(sides)
    if found is None:
        return False
    facts = await work.enrollments.find_cancellation_facts(
        center_id=actor.center_id, student_id=found.student_id, enrollment_id=found.id
    )
    if facts is None:
        raise NotFoundError(what="enrollment")
    if facts.status is EnrollmentStatus.NO_SHOW and facts.hold_id is not None:
        raise MergeNotNowError(person_id=found.student_id)
    work.add(*_made_good(facts, found, actor=actor, now=now))
    await work.commit()
    return True


def second_seat(sides: Sequence[MergeSide]) -> Seat | None:
    """Return a seat that is one too many where all of these are one person: not the attended one, else the younger."""
    kept: dict[UUID, Seat] = {}
    for seat in (each for side in sides for each in side.seats if each.status is not EnrollmentStatus.CANCELLED):
        other = kept.get(seat.session_id)
        if other is not None:
            return max(seat, other, key=_is_less_worth)
        kept[seat.session_id] = seat
    return None


def _is_less_worth(seat: Seat) -> tuple[bool, datetime, UUID]:
    return (seat.attended_at is None, seat.created_at, seat.id)


def _made_good(facts: CancellationFacts, seat: Seat, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of a cancellation in full, for a seat that may have been used, too."""
    writes = cancellation_writes(facts, in_full(facts), actor=actor, now=now)
    is_delivered = seat.attended_at is not None or facts.status is EnrollmentStatus.NO_SHOW
    if is_delivered and facts.method is PaymentMethod.PACKAGE and facts.credit_value_minor:
        writes += entry(
            Movement(facts.earned_package_account_id, facts.deferred_account_id, facts.credit_value_minor),
            cause=EntryCause.DELIVERY_RETURNED,
            subject_id=facts.enrollment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
        )
    return [_also_attended(write) for write in writes]


def _also_attended(write: Write) -> Write:
    if not isinstance(write, CancelSeat):
        return write
    return CancelSecondSeat(
        write.enrollment_id,
        write.was,
        write.cancelled_at,
        write.cancelled_by,
        write.made_good,
        write.made_good_minor,
    )


def brought(goes: Sequence[MergeSide], *, now: datetime) -> Brought:
    """Tell what comes along with people."""
    return Brought(
        bookings=sum(seat.status in LIVE and seat.starts_at > now for side in goes for seat in side.seats),
        credits=sum(package.credits_left for side in goes for package in side.packages),
        money_minor=sum(wallet.balance_minor for side in goes for wallet in side.wallets),
    )


def merge_writes(
    stays: MergeSide,
    goes: Sequence[MergeSide],
    wallet_id: WalletId,
    operation: Operation,
    *,
    actor: Actor,
    now: datetime,
) -> list[Write]:
    """Return the writes that make people one. ``wallet_id`` is the wallet of the one who stays."""
    what = brought(goes, now=now)
    return [
        *(write for side in goes for write in _gone(side, stays, actor=actor, now=now)),
        *(write for side in goes for wallet in side.wallets for write in _money(side, wallet, wallet_id, actor, now)),
        *(write for side in goes for write in _moved(side, stays, now=now)),
        event_row(PeopleMerged(stays.person_id), actor=actor, now=now),
        audit_row(
            operation,
            actor=actor,
            now=now,
            object_type="person",
            object_id=stays.person_id,
            after={
                "merged": [str(side.person_id) for side in goes],
                "bookings": what.bookings,
                "credits": what.credits,
                "money_minor": what.money_minor,
            },
        ),
    ]


def _gone(side: MergeSide, stays: MergeSide, *, actor: Actor, now: datetime) -> list[Write]:
    return [
        MarkMerged(actor.center_id, side.person_id, stays.person_id),
        RequireSeatCount(side.person_id, len(side.seats)),
        RequireWalletCount(side.person_id, len(side.wallets)),
        *(RepointMerged(each, side.person_id, stays.person_id) for each in side.merged_before),
        *(RevokeRole(role_id, now) for role_id in side.role_ids),
    ]


def _money(side: MergeSide, wallet: WalletState, wallet_id: WalletId, actor: Actor, now: datetime) -> list[Write]:
    """Move the whole wallet with its holds; even an empty one is held to being so."""
    writes: list[Write] = [EmptyMergedWallet(wallet.id, wallet.balance_minor, wallet.locked_minor)]
    if wallet.balance_minor:
        movement = Movement(wallet_account(wallet.id), wallet_account(wallet_id), wallet.balance_minor)
        writes += [
            FillMergedWallet(wallet_id, wallet.balance_minor, wallet.locked_minor),
            *entry(
                movement,
                cause=EntryCause.PEOPLE_MERGED,
                subject_id=side.person_id,
                center_id=actor.center_id,
                actor_id=actor.recorded_id,
                now=now,
            ),
        ]
    return [*writes, *(MoveHold(hold_id, wallet.id, wallet_id) for hold_id in side.hold_ids)]


def _moved(side: MergeSide, stays: MergeSide, *, now: datetime) -> list[Write]:
    was, becomes = side.person_id, stays.person_id
    seated = {seat.session_id for seat in stays.seats if seat.status is not EnrollmentStatus.CANCELLED}
    waiting = {place.session_id for place in stays.places if place.is_live} | seated
    standing = {booking.rule_id for booking in stays.standing if booking.is_on}
    return [
        *(MovePackage(package.id, was, becomes) for package in side.packages),
        *(MoveSeat(seat.id, was, becomes) for seat in side.seats),
        *(MovePayment(payment_id, was, becomes) for payment_id in side.payment_ids),
        *(LeavePlace(each.id, now) for each in side.places if each.is_live and each.session_id in waiting),
        *(MovePlace(each.id, was, becomes) for each in side.places),
        *(EndStandingBooking(each.id, now) for each in side.standing if each.is_on and each.rule_id in standing),
        *(MoveStandingBooking(each.id, was, becomes) for each in side.standing),
    ]
