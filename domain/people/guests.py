"""Guests: people without Telegram, written down at the desk. Later they claim their profile with the same phone."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import NotFoundError, PhoneKnownError
from domain.events import GuestAdded
from domain.folding import fold
from domain.ids import CenterId, PersonId
from domain.people.input import clean_phone
from domain.people.joining import new_wallet
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.people import AddGuest, AddPerson
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class NewGuest:
    """Somebody who is not known yet. The id is made before they are written down; the phone (E.164) may be missing."""

    person_id: PersonId
    name: str
    phone: str | None


def guest_writes(guest: NewGuest, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of a guest and their empty wallet."""
    center_id = actor.center_id
    return [
        _row(guest, center_id, now=now),
        *new_wallet(center_id, guest.person_id, now=now),
        event_row(GuestAdded(guest.person_id), actor=actor, now=now),
        audit_row(
            Operation.LOG_CASH_PAYMENT,
            actor=actor,
            now=now,
            object_type="person",
            object_id=guest.person_id,
            after={"guest": True, "has_phone": guest.phone is not None},
        ),
    ]


def _row(guest: NewGuest, center_id: CenterId, *, now: datetime) -> Write:
    if guest.phone is None:
        return AddPerson(guest.person_id, center_id, None, guest.name, None, now)
    return AddGuest(guest.person_id, center_id, guest.name, guest.phone, None, now)


async def check_phone_free(work: UnitOfWork, guest: NewGuest, *, center_id: CenterId) -> None:
    """Raise PhoneKnownError where somebody has the phone of a new guest: it is them who stand at the desk."""
    if guest.phone is None:
        return
    known = await work.people.find_by_phone(center_id=center_id, phone=guest.phone)
    if known is not None:
        raise PhoneKnownError(person_id=known)


@dataclass(frozen=True, slots=True)
class TypedPhone:
    """A phone (E.164) that was typed at the desk, and who has it already, if somebody does."""

    phone: str
    person_id: PersonId | None


@dataclass(frozen=True, slots=True)
class LookUpPhone:
    """Tell whose phone was typed at the desk. ``phone_region`` (ISO 3166) completes a national number."""

    new_unit_of_work: UnitOfWorkFactory
    phone_region: str

    async def __call__(self, *, actor: Actor, typed: str) -> TypedPhone:
        """Raises InvalidInputError (``phone``: ``not_a_phone``)."""
        require(actor, Operation.LOG_CASH_TOP_UP)
        phone = clean_phone(fold(typed), region=self.phone_region)
        async with self.new_unit_of_work() as work:
            return TypedPhone(phone, await work.people.find_by_phone(center_id=actor.center_id, phone=phone))


@dataclass(frozen=True, slots=True)
class AddGuestAtDesk:
    """Write a guest down, with an empty wallet. The id is the button's: pressed twice, the first one is found.

    Raises PhoneKnownError, NotFoundError (the id is somebody else's) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, guest: NewGuest) -> PersonId:
        """Return the guest's id."""
        require(actor, Operation.LOG_CASH_TOP_UP)

        async def decide(work: UnitOfWork) -> PersonId:
            known = await work.people.find_guest_name(center_id=actor.center_id, person_id=guest.person_id)
            if known is not None:
                if known != guest.name:
                    raise NotFoundError(what="person")
                return guest.person_id
            await check_phone_free(work, guest, center_id=actor.center_id)
            work.add(*guest_writes(guest, actor=actor, now=self.clock.now()))
            await work.commit()
            return guest.person_id

        return await decide_and_commit(self.new_unit_of_work, decide)
