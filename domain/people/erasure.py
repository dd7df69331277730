"""Erasing a person at their own wish: their future bookings are made good, what is left is given up, the rest forgotten.

The books keep every amount, and the rows that they rest on, without a name, a phone or a link to Telegram; what a gateway
reported of their payments is blanked, once it has been acted upon. Whoever writes again from the same Telegram account is
a stranger.

Each booking is made good in a transaction of its own, the person is erased in the last: stopped halfway, the same button
goes on where it stopped, for what is given up is the same before and after a booking is made good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.clock import Clock
from domain.enrollments.cancellation import Cancellation, cancellation_writes, what_comes_back
from domain.enrollments.model import MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.errors import InvalidInputError, LastAdminError, NotFoundError, StillOwnedError, UnsettledBookingsError
from domain.events import PersonErased
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, WalletState
from domain.ids import PersonId
from domain.packages.model import CreditSource
from domain.people.leaving import ErasureFacts, Farewell, GivenUp
from domain.people.model import IDLE
from domain.people.staying import staying_writes
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.ending import ending_writes
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.standing import stopping_writes
from domain.writes.base import Write
from domain.writes.gateway import BlankGatewayEvent
from domain.writes.merging import RequireWalletCount
from domain.writes.money import WaiveCredits, WaiveMoney
from domain.writes.people import ErasePerson, MoveDialog, RevokeRole, UnmuteNotification
from domain.writes.record import audit_row, event_row

ERASED_NAME: Final = "—"
_REASON: Final = "given up by the person, who asked to be erased"
_NOTHING_LEFT: Final = "erased by the center"


def farewell(facts: ErasureFacts) -> Farewell:
    """Tell what erasing would come to."""
    return Farewell(given_up(facts), len(facts.seats), facts.has_unsettled, facts.currency)


def given_up(facts: ErasureFacts) -> GivenUp:
    """Return what will be left once every future booking is made good: the same, however many of them are already."""
    comes_back = [in_full(seat) for seat in facts.seats]
    return GivenUp(
        money_minor=sum(wallet.balance_minor for wallet in facts.wallets)
        + sum(each.amount_minor for each in comes_back if each.made_good is MadeGood.RETURNED),
        credits=sum(package.credits_left for package in facts.packages)
        + sum(1 for each in comes_back if each.made_good is MadeGood.CREDIT),
    )


def in_full(facts: CancellationFacts) -> Cancellation:
    """Tell what comes back where a seat is made good in full: as when a student cancels in time, and cash as well."""
    return what_comes_back(facts, with_cash=True)


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Forget the actor for good, at their own wish.

    ``confirmed`` is what the confirm screen said that they give up. Raises NotFoundError (erased before),
    UnsettledBookingsError, StillOwnedError where more or less is left by now than was confirmed, LastAdminError for whoever
    runs the center alone, and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, confirmed: GivenUp) -> None:
        """Make good, waive, erase."""
        require(actor, Operation.MANAGE_OWN_DATA)
        own = Erasing(actor, actor.person_id, confirmed, Operation.MANAGE_OWN_DATA, _REASON)
        await erase_person(self.new_unit_of_work, self.clock, own)


@dataclass(frozen=True, slots=True)
class EraseSomebody:
    """Forget a person for good, on an admin's word: what is left of theirs is waived, for the reason that is given.

    Raises what EraseMe raises, InvalidInputError where something is waived without a reason, and LastAdminError for
    oneself: whoever runs the center leaves it by their own profile.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, person_id: PersonId, confirmed: GivenUp, reason: str | None) -> None:
        """Make good, waive, erase."""
        require(actor, Operation.MANAGE_PEOPLE)
        if person_id == actor.person_id:
            raise LastAdminError
        if reason is None and not confirmed.is_nothing:
            raise InvalidInputError(field="reason", reason="empty")
        theirs = Erasing(actor, person_id, confirmed, Operation.MANAGE_PEOPLE, reason or _NOTHING_LEFT)
        await erase_person(self.new_unit_of_work, self.clock, theirs)


@dataclass(frozen=True, slots=True)
class Erasing:
    """Who is erased by whom, what was confirmed to be given up, and as what it is written down."""

    actor: Actor
    person_id: PersonId
    confirmed: GivenUp
    operation: Operation
    reason: str


async def erase_person(new_unit_of_work: UnitOfWorkFactory, clock: Clock, erasing: Erasing) -> None:
    """Make a person's seats good and end their waiting, one transaction each, then erase them."""
    actor = erasing.actor

    async def decide(work: UnitOfWork) -> UUID | None:
        """Make one seat good, or end one place in a waitlist, and return its id; where none is left, erase."""
        now = clock.now()
        facts = await work.people.find_erasure_facts(center_id=actor.center_id, person_id=erasing.person_id, now=now)
        if facts is None:
            raise NotFoundError(what="person")
        staying = await staying_writes(work, actor=actor, goes_id=erasing.person_id)
        _check(facts, confirmed=erasing.confirmed)
        if facts.seats:
            work.add(*_make_good(facts.seats[0], actor=actor, now=now))
            await work.commit()
            return facts.seats[0].enrollment_id
        if facts.places:
            work.add(*ending_writes(facts.places[0], WaitlistStatus.LEFT, actor=actor, now=now))
            await work.commit()
            return facts.places[0].id
        work.add(*staying, *_erase(facts, erasing, now=now))
        await work.commit()
        return None

    while await decide_and_commit(new_unit_of_work, decide) is not None:
        pass  # one transaction each; the seats are as many as one person booked


def _check(facts: ErasureFacts, *, confirmed: GivenUp) -> None:
    if facts.has_unsettled:
        raise UnsettledBookingsError
    left = given_up(facts)
    if left != confirmed:
        raise StillOwnedError(money_minor=left.money_minor, credits=left.credits, currency=facts.currency)


def _make_good(seat: CancellationFacts, *, actor: Actor, now: datetime) -> Sequence[Write]:
    return cancellation_writes(seat, in_full(seat), actor=actor, now=now)


def _erase(facts: ErasureFacts, erasing: Erasing, *, now: datetime) -> list[Write]:
    left, actor = given_up(facts), erasing.actor
    center_id, person_id = actor.center_id, facts.person_id
    return [
        RequireWalletCount(person_id, len(facts.wallets)),
        *(write for wallet in facts.wallets for write in _waive_money(wallet, facts, erasing, now=now)),
        *(write for package in facts.packages for write in _waive_credits(package, facts, erasing, now=now)),
        *(write for id_ in facts.standing_booking_ids for write in stopping_writes(id_, actor=actor, now=now)),
        *(RevokeRole(role_id, now) for role_id in facts.role_ids),
        *(UnmuteNotification(person_id, kind) for kind in facts.muted),
        *([MoveDialog(person_id, facts.dialog_version, IDLE, {}, None, now)] if facts.dialog_version is not None else []),
        *(MoveDialog(who, version, IDLE, {}, None, now) for who, version in facts.merged_dialogs),
        *(BlankGatewayEvent(report_id) for report_id in facts.report_ids),
        *(ErasePerson(center_id, each, ERASED_NAME, now) for each in (*facts.merged_ids, person_id)),
        event_row(PersonErased(person_id), actor=actor, now=now),
        audit_row(
            erasing.operation,
            actor=actor,
            now=now,
            object_type="person",
            object_id=person_id,
            after={"erased": True, "waived_minor": left.money_minor, "waived_credits": left.credits},
            reason=None if left.is_nothing else erasing.reason,
        ),
    ]


def _waive_money(wallet: WalletState, facts: ErasureFacts, erasing: Erasing, *, now: datetime) -> list[Write]:
    """Empty a wallet, to waived balances. An empty one is held to being empty."""
    amount_minor = wallet.balance_minor
    movement = Movement(wallet_account(wallet.id), facts.waived_account_id, amount_minor)
    return [
        WaiveMoney(wallet.id, amount_minor),
        *_waiver(movement, EntryCause.BALANCE_WAIVED, subject_id=wallet.id, erasing=erasing, now=now),
    ]


def _waive_credits(package: CreditSource, facts: ErasureFacts, erasing: Erasing, *, now: datetime) -> list[Write]:
    """End a package: what is left of its price moves from deferred revenue to waived balances."""
    movement = Movement(facts.deferred_account_id, facts.waived_account_id, package.value_left_minor)
    return [
        WaiveCredits(package.id, package.credits_left, package.value_left_minor),
        *_waiver(movement, EntryCause.CREDITS_WAIVED, subject_id=package.id, erasing=erasing, now=now),
    ]


def _waiver(movement: Movement, cause: EntryCause, *, subject_id: UUID, erasing: Erasing, now: datetime) -> list[Write]:
    if movement.amount_minor == 0:
        return []
    return entry(
        movement,
        cause=cause,
        subject_id=subject_id,
        center_id=erasing.actor.center_id,
        actor_id=erasing.actor.recorded_id,
        now=now,
        reason=erasing.reason,
    )
