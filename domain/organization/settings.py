"""The center's settings, edited in the chat: what they may be, and which are held fast by what has happened since."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import NotFoundError, SettingFrozenError
from domain.ids import CenterId
from domain.organization.currencies import decimals_of
from domain.organization.details import CenterDetails, differences, revised
from domain.organization.fields import Field, Subject, Value, checked
from domain.organization.ports import CenterRecord
from domain.people.typed_answers import TypedAnswer, taking
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.owner import HoldAccounts, RequireZone, ReviseCenter
from domain.writes.record import audit_row


@dataclass(frozen=True, slots=True)
class EditSettings:
    """Change settings of the center. What they become is shown before; processes read them with every update.

    Of two admins at once, both changes hold where they are of different settings, else the later one; each is written
    down with what it replaced.

    Raises InvalidInputError, SettingFrozenError. ``is_confirmation``: the admin says that they are right as they are, and
    that is written down, too.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        changes: Mapping[Field, Value],
        answer: TypedAnswer | None = None,
        is_confirmation: bool = False,
    ) -> CenterDetails:
        """Return the settings as they are then."""
        require(actor, Operation.MANAGE_SETTINGS)

        async def decide(work: UnitOfWork) -> CenterDetails:
            now = self.clock.now()
            record = await work.organization.find_center(center_id=actor.center_id, now=now)
            if record is None:
                raise NotFoundError(what="center")
            becomes = plan_settings(record, changes)
            work.add(*await taking(work, answer, now=now))
            if becomes != record.details or is_confirmation:
                before, after = differences(record.details, becomes)
                work.add(
                    *_held(actor.center_id, record.details, becomes),
                    ReviseCenter(actor.center_id, record.details, becomes, now),
                    audit_row(
                        Operation.MANAGE_SETTINGS,
                        actor=actor,
                        now=now,
                        object_type="center",
                        object_id=actor.center_id,
                        before=before or None,
                        after=after or {"confirmed": True},
                    ),
                )
            await work.commit()
            return becomes

        return await decide_and_commit(self.new_unit_of_work, decide)


def _held(center_id: CenterId, was: CenterDetails, becomes: CenterDetails) -> list[Write]:
    """Return what keeps money and sessions from coming in between, where what they rest on changes."""
    held: list[Write] = []
    if becomes.timezone != was.timezone:
        held.append(RequireZone(center_id, was.timezone))
    if becomes.currency != was.currency:
        held.append(HoldAccounts(center_id))
    return held


def plan_settings(record: CenterRecord, changes: Mapping[Field, Value]) -> CenterDetails:
    """Return what the settings become. Pure.

    The currency is frozen by the first posting, and a currency of another minor unit by the first price; the time zone
    while sessions are to come, whose local times it made.
    """
    becomes = record.details
    for field, value in changes.items():
        if field.subject is not Subject.CENTER:
            raise NotFoundError(what="setting")
        becomes = revised(becomes, field, checked(field, value, record.money))
    was = record.details
    if becomes.currency != was.currency:
        if record.is_posted:
            raise SettingFrozenError(reason="posted")
        if record.is_priced and decimals_of(becomes.currency) != decimals_of(was.currency):
            raise SettingFrozenError(reason="priced")
    if becomes.timezone != was.timezone and record.has_sessions_to_come:
        raise SettingFrozenError(reason="to_come")
    return becomes
