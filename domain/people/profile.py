"""A student's own profile: name, phone and reminders, changed by themselves after first contact.

What has to be typed or shared is asked for in a dialog row, so that the question survives a restart; the row remembers the
message that answered it, so that the same message delivered again neither changes anything nor answers another question.
"""

from dataclasses import dataclass
from typing import Final

from domain.clock import Clock
from domain.errors import InvalidInputError, NotFoundError, NotPermittedError
from domain.ids import CenterId
from domain.notifications.model import SWITCHES, MutableNotification
from domain.people.claiming import PhoneKept, plan_claim
from domain.people.input import clean_name, clean_phone
from domain.people.joining import new_wallet, wallet_id_of
from domain.people.model import IDLE, Member
from domain.permissions import Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.people import MoveDialog, MuteNotification, RenamePerson, UnmuteNotification
from domain.writes.record import AddAuditRow, audit_row

ASK_NEW_NAME: Final = "profile.name"
ASK_NEW_PHONE: Final = "profile.phone"
QUESTIONS: Final = frozenset({ASK_NEW_NAME, ASK_NEW_PHONE})

ANSWERED: Final = "answered"
"""Where an idle dialog's data keep the question that its last consumed message answered."""


@dataclass(frozen=True, slots=True)
class FindMember:
    """Return the member behind a Telegram id without writing a stranger down, as MeetPerson does.

    For what is no wish to join: a button of an old message, the news that somebody blocked the bot. Whoever was erased
    would otherwise be known again by it.
    """

    new_unit_of_work: UnitOfWorkFactory

    async def __call__(self, *, center_id: CenterId, telegram_id: int) -> Member | None:
        """Return None for a stranger."""
        async with self.new_unit_of_work() as work:
            return await work.people.find_member(center_id=center_id, telegram_id=telegram_id)


@dataclass(frozen=True, slots=True)
class AskMember:
    """Open a question of the profile on the message that becomes it; asked again, it stays open."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, question: str, shown_on: int | None) -> Member:
        """Raises InvalidInputError for what is no question of the profile."""
        require(member.actor, Operation.MANAGE_OWN_DATA)
        if question not in QUESTIONS:
            raise InvalidInputError(field="question", reason="unknown")

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            if current.dialog.step == question and current.dialog.question_message_id == shown_on:
                return current
            work.add(self._asked(current, question, shown_on))
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _asked(self, member: Member, question: str, shown_on: int | None) -> Write:
        dialog, now = member.dialog, self.clock.now()
        return MoveDialog(member.person_id, dialog.version, question, {}, dialog.consumed_message_id, now, shown_on)


@dataclass(frozen=True, slots=True)
class LeaveQuestion:
    """Close an open question of the profile without an answer."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member) -> Member:
        """Return the member; where no such question is open, nothing changes."""

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            dialog = current.dialog
            if dialog.step not in QUESTIONS:
                return current
            now = self.clock.now()
            work.add(MoveDialog(current.person_id, dialog.version, IDLE, {}, dialog.consumed_message_id, now))
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class ChangeName:
    """Take the name that a member typed as theirs, while it is asked for."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, typed: str, message_id: int) -> Member:
        """Raises InvalidInputError for a name that is empty or too long; the question stays open."""
        require(member.actor, Operation.MANAGE_OWN_DATA)

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            if current.dialog.step != ASK_NEW_NAME or current.dialog.has_consumed(message_id):
                return current
            work.add(
                RenamePerson(current.center.id, current.person_id, clean_name(typed)),
                *_answered(current, ASK_NEW_NAME, message_id=message_id, clock=self.clock),
            )
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class ChangePhone:
    """Keep the phone that Telegram vouches for as a member's own, while it is asked for."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    phone_region: str

    async def __call__(self, *, member: Member, phone: str, contact_telegram_id: int | None, message_id: int) -> PhoneKept:
        """Return the member, and what guests of the same phone bring along, in the same transaction.

        Raises InvalidInputError (``not_yours``, ``not_a_phone``), PhoneTakenError and MergeNotNowError; the question stays
        open.
        """
        require(member.actor, Operation.MANAGE_OWN_DATA)
        if contact_telegram_id != member.telegram_id:
            raise InvalidInputError(field="phone", reason="not_yours")
        number = clean_phone(phone, region=self.phone_region)

        async def decide(work: UnitOfWork) -> PhoneKept | None:
            current = await _reload(work, member)
            if current.dialog.step != ASK_NEW_PHONE or current.dialog.has_consumed(message_id):
                return PhoneKept(current)
            now = self.clock.now()
            wallet = new_wallet(current.center.id, current.person_id, now=now)
            claim = await plan_claim(work, actor=current.actor, phone=number, new_wallet_id=wallet_id_of(wallet), now=now)
            if claim is None:
                return None
            work.add(
                *(() if claim.has_wallet else wallet),
                *claim.writes,
                *_answered(current, ASK_NEW_PHONE, message_id=message_id, clock=self.clock),
            )
            await work.commit()
            return PhoneKept(await _reload(work, member), claim.brought)

        while (kept := await decide_and_commit(self.new_unit_of_work, decide)) is None:
            pass  # one transaction for each session in which both have a seat
        return kept


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Switch a kind of message on or off, of those that one's role gets; to what it is already, that changes nothing."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, kind: MutableNotification, is_wanted: bool) -> None:
        """Keep the member's wish."""
        actor = member.actor
        if actor.is_blocked or actor.role is None or kind not in SWITCHES[actor.role]:
            raise NotPermittedError(operation=Operation.MANAGE_OWN_DATA.value)

        async def decide(work: UnitOfWork) -> None:
            muted = await work.people.find_muted(center_id=actor.center_id, person_id=actor.person_id)
            if (kind not in muted) == is_wanted:
                return
            change = UnmuteNotification if is_wanted else MuteNotification
            work.add(
                change(actor.person_id, kind),
                _audit(member, changed=kind.value.lower(), clock=self.clock, is_on=is_wanted),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def _answered(member: Member, question: str, *, message_id: int, clock: Clock) -> list[Write]:
    """Return the writes that close a question by its answer."""
    data = {ANSWERED: question}
    return [
        MoveDialog(member.person_id, member.dialog.version, IDLE, data, message_id, clock.now()),
        _audit(member, changed=question.removeprefix("profile."), clock=clock),
    ]


def _audit(member: Member, *, changed: str, clock: Clock, is_on: bool | None = None) -> AddAuditRow:
    """Say what was changed, not into what: the audit log outlives an erased person's name and phone."""
    return audit_row(
        Operation.MANAGE_OWN_DATA,
        actor=member.actor,
        now=clock.now(),
        object_type="person",
        object_id=member.person_id,
        after={"changed": changed} if is_on is None else {"changed": changed, "is_on": is_on},
    )


async def _reload(work: UnitOfWork, member: Member) -> Member:
    current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
    if current is None:
        raise NotFoundError(what="person")
    return current
