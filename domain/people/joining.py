"""First contact: a stranger becomes a member in three questions, each of which survives a restart.

Language, name, phone (may be skipped), then home. Every answer moves the dialog by compare-and-set; an answer to a
question that has been answered already changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.clock import Clock
from domain.errors import InvalidInputError, NotFoundError
from domain.events import PersonJoined
from domain.finance.model import AccountKind, WalletOwner
from domain.ids import AccountId, CenterId, PersonId, WalletId, new_id
from domain.people.claiming import PhoneKept, plan_claim
from domain.people.input import clean_name, clean_phone
from domain.people.languages import LANGUAGES
from domain.people.model import IDLE, Member
from domain.permissions import Operation, Role
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.catalogue import AddAccount, AddWallet
from domain.writes.people import (
    AddDialog,
    AddPerson,
    AddRole,
    FinishJoining,
    MoveDialog,
    RenamePerson,
    SetLanguage,
)
from domain.writes.record import audit_row, event_row

ASK_LANGUAGE: Final = "join.language"
ASK_NAME: Final = "join.name"
ASK_PHONE: Final = "join.phone"


@dataclass(frozen=True, slots=True)
class MeetPerson:
    """Return the member behind a Telegram id; a stranger is written down and asked for their language."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, center_id: CenterId, telegram_id: int, name: str) -> Member:
        """Find or add the person."""

        async def decide(work: UnitOfWork) -> Member:
            member = await work.people.find_member(center_id=center_id, telegram_id=telegram_id)
            if member is not None:
                return member
            person_id, now = PersonId(new_id()), self.clock.now()
            work.add(
                AddPerson(person_id, center_id, telegram_id, name, None, now),
                AddDialog(person_id, center_id, ASK_LANGUAGE, {}, 1, None, now),
            )
            await work.commit()
            met = await work.people.find_member(center_id=center_id, telegram_id=telegram_id)
            if met is None:
                raise NotFoundError(what="person")
            return met

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Set the language a person reads everything in; during first contact, go on to the name."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, language: str) -> Member:
        """Raises InvalidInputError for a language that we do not speak."""
        if language not in LANGUAGES:
            raise InvalidInputError(field="language", reason="unknown")

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            work.add(SetLanguage(current.center.id, current.person_id, language))
            if current.dialog.step == ASK_LANGUAGE:
                work.add(self._next(current))
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _next(self, member: Member) -> Write:
        dialog, now = member.dialog, self.clock.now()
        return MoveDialog(member.person_id, dialog.version, ASK_NAME, {}, None, now, dialog.question_message_id)


@dataclass(frozen=True, slots=True)
class AcceptName:
    """Take the name that a person typed, or (None) the one from their profile, and go on to the phone."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, typed: str | None = None, message_id: int | None = None) -> Member:
        """Raises InvalidInputError for a name that is empty or too long; the question stays open."""
        name = None if typed is None else clean_name(typed)

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            if current.dialog.step != ASK_NAME or current.dialog.has_consumed(message_id):
                return current
            if name is not None:
                work.add(RenamePerson(current.center.id, current.person_id, name))
            work.add(MoveDialog(current.person_id, current.dialog.version, ASK_PHONE, {}, message_id, self.clock.now()))
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class SharePhone:
    """Keep the phone that Telegram vouches for, or (None) skip it, and finish first contact.

    ``contact_telegram_id`` is whose contact it is: somebody else's is refused. ``admin_telegram_ids`` are admins from
    their first contact on, by the installation's settings.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    admin_telegram_ids: frozenset[int]
    phone_region: str

    async def __call__(
        self,
        *,
        member: Member,
        phone: str | None = None,
        contact_telegram_id: int | None = None,
        message_id: int | None = None,
    ) -> PhoneKept:
        """Return the member, and what guests of the same phone bring along, in the same transaction.

        Raises InvalidInputError (``not_yours``, ``not_a_phone``), PhoneTakenError and MergeNotNowError; the question stays
        open.
        """
        if phone is not None and contact_telegram_id != member.telegram_id:
            raise InvalidInputError(field="phone", reason="not_yours")
        number = None if phone is None else clean_phone(phone, region=self.phone_region)

        async def decide(work: UnitOfWork) -> PhoneKept | None:
            current = await _reload(work, member)
            if current.dialog.step != ASK_PHONE or current.dialog.has_consumed(message_id):
                return PhoneKept(current)
            now = self.clock.now()
            wallet = new_wallet(current.center.id, current.person_id, now=now)
            claim = None
            if number is not None:
                claim = await plan_claim(
                    work, actor=current.actor, phone=number, new_wallet_id=wallet_id_of(wallet), now=now
                )
                if claim is None:
                    return None
                work.add(*claim.writes)
            work.add(
                MoveDialog(current.person_id, current.dialog.version, IDLE, {}, message_id, now),
                *(() if claim is not None and claim.has_wallet else wallet),
                *self._joining(current),
            )
            await work.commit()
            return PhoneKept(await _reload(work, member), claim.brought if claim is not None else None)

        while (kept := await decide_and_commit(self.new_unit_of_work, decide)) is None:
            pass  # one transaction for each session in which both have a seat
        return kept

    def _joining(self, member: Member) -> list[Write]:
        now = self.clock.now()
        held = set(member.roles)
        new_roles = {Role.STUDENT} | ({Role.ADMIN} if member.telegram_id in self.admin_telegram_ids else set())
        acting = next(role for role in (Role.ADMIN, Role.STAFF, Role.STUDENT) if role in held | new_roles)
        return [
            FinishJoining(member.center.id, member.person_id, now, acting),
            *(
                AddRole(new_id(), member.center.id, member.person_id, role, None, None, now)
                for role in sorted(new_roles - held)
            ),
            event_row(PersonJoined(member.person_id), actor=member.actor, now=now),
            audit_row(
                Operation.MANAGE_OWN_DATA,
                actor=member.actor,
                now=now,
                object_type="person",
                object_id=member.person_id,
                after={"joined": True, "roles": sorted(held | new_roles)},
            ),
        ]


def wallet_id_of(wallet: list[Write]) -> WalletId:
    """Return the id of the wallet that ``new_wallet`` adds."""
    return next(write.id for write in wallet if isinstance(write, AddWallet))


def new_wallet(center_id: CenterId, person_id: PersonId, *, now: datetime) -> list[Write]:
    """Return the writes of a student's empty wallet and its account, which share one id."""
    wallet_id = new_id()
    return [
        AddAccount(AccountId(wallet_id), center_id, AccountKind.WALLET, now),
        AddWallet(WalletId(wallet_id), center_id, WalletOwner.STUDENT, person_id, 0, 0),
    ]


async def _reload(work: UnitOfWork, member: Member) -> Member:
    current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
    if current is None:
        raise NotFoundError(what="person")
    return current
