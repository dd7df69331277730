"""The queue of messages that are to be sent: claimed by one conditional UPDATE, each outcome one more.

A sender that dies leaves its claims to the next one when the lease runs out. What was in the air then is marked so
beforehand: it alone may have arrived.
"""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from domain.clock import Clock
from domain.ids import CenterId, NotificationId
from domain.notifications.model import MutableNotification, NotificationStatus, Priority
from domain.notifications.ports import Outgoing
from domain.permissions import Role
from storage.database import Database
from storage.database_time import database_later, database_now
from storage.listed import IdList, is_claimed, is_listed
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.messages import notifications
from storage.tables.organization import muted_notifications, people, role_assignments
from storage.tables.types import Instant

IN_THE_AIR: Final = "in the air"
_LONGEST_ERROR: Final = 500
_IS_PENDING = notifications.c.status == constant(NotificationStatus.PENDING)

_READY = (
    sa.select(notifications.c.id)
    .where(
        _IS_PENDING,
        notifications.c.priority == outside("priority"),
        notifications.c.send_after <= outside("now", Instant()),
        notifications.c.center_id == outside("center_id"),
        sa.or_(notifications.c.claimed_until.is_(None), notifications.c.claimed_until <= database_now()),
    )
    .order_by(notifications.c.send_after, notifications.c.id)
    .limit(outside("limit", sa.Integer()))
    .with_for_update(skip_locked=True)
    .cte("ready")
)
_CLAIM = Query(
    notifications.update()
    .where(is_claimed(notifications.c.id, sa.select(_READY.c.id).scalar_subquery()))
    .values(claimed_until=database_later(outside("seconds", sa.Double())))
    .returning(notifications.c.id),
    NotificationId,
)
_CLAIMED = Query(
    sa.select(
        notifications.c.id,
        notifications.c.person_id,
        notifications.c.kind,
        notifications.c.subject_id,
        notifications.c.occurrence,
        notifications.c.data,
        notifications.c.priority,
        notifications.c.created_at,
        notifications.c.attempts,
        notifications.c.last_error,
        people.c.telegram_id,
        people.c.language,
        people.c.unreachable_at,
        people.c.blocked_at,
    )
    .select_from(notifications.join(people, people.c.id == notifications.c.person_id))
    .where(is_listed(notifications.c.id, outside("ids", IdList())))
    .order_by(notifications.c.send_after, notifications.c.id),
    lambda *columns: columns,
)
_MUTED = Query(
    sa.select(muted_notifications.c.person_id, muted_notifications.c.kind).where(
        is_listed(muted_notifications.c.person_id, outside("ids", IdList()))
    ),
    lambda person_id, kind: (person_id, kind),
)


_ROLES = Query(
    sa.select(role_assignments.c.person_id, role_assignments.c.role).where(
        is_listed(role_assignments.c.person_id, outside("ids", IdList())), role_assignments.c.revoked_at.is_(None)
    ),
    lambda person_id, role: (person_id, role),
)


def _pending(**values: Any) -> Query[UUID]:
    """Return a statement that changes a message which is still to be sent."""
    return Query(
        notifications.update()
        .where(notifications.c.id == outside("id"), _IS_PENDING)
        .values(**values)
        .returning(notifications.c.id),
        lambda id_: id_,
    )


_BEGIN = _pending(
    claimed_until=database_later(outside("seconds", sa.Double())),
    attempts=notifications.c.attempts + sa.literal_column("1"),
    last_error=constant(IN_THE_AIR),
)
_PUT_OFF = _pending(claimed_until=database_later(outside("seconds", sa.Double())), last_error=outside("error"))
_END = _pending(
    status=outside("status"),
    sent_at=outside("sent_at", Instant()),
    message_id=outside("message_id"),
    last_error=outside("error"),
)


class StoredOutgoingQueue:
    """See ``domain.notifications.ports.OutgoingQueue``."""

    def __init__(self, database: Database, *, center_id: CenterId, clock: Clock) -> None:
        self._database = database
        self._center_id = center_id
        self._clock = clock

    async def claim(self, *, priority: Priority, limit: int, lease_seconds: float) -> list[Outgoing]:
        """Take messages whose time has come, the oldest first."""
        now = self._clock.now()
        ids = await self._database.claim(
            _CLAIM, center_id=self._center_id, priority=int(priority), now=now, limit=limit, seconds=lease_seconds
        )
        if not ids:
            return []
        rows = await self._database.fetch(_CLAIMED, ids=ids)
        muted: dict[UUID, set[MutableNotification]] = {}
        for person_id, kind in await self._database.fetch(_MUTED, ids=[row[1] for row in rows]):
            muted.setdefault(person_id, set()).add(kind)
        roles: dict[UUID, set[Role]] = {}
        for person_id, role in await self._database.fetch(_ROLES, ids=[row[1] for row in rows]):
            roles.setdefault(person_id, set()).add(role)
        return [
            _outgoing(row, muted=frozenset(muted.get(row[1], ())), roles=frozenset(roles.get(row[1], ()))) for row in rows
        ]

    async def begin(self, notification_id: NotificationId, *, lease_seconds: float) -> bool:
        """Note that it goes out now; False where it has ended by now."""
        return bool(await self._database.claim(_BEGIN, id=notification_id, seconds=lease_seconds))

    async def note_sent(self, notification_id: NotificationId, *, message_id: int | None) -> None:
        """It has arrived."""
        await self._end(notification_id, NotificationStatus.SENT, message_id=message_id)

    async def note_unknown(self, notification_id: NotificationId) -> None:
        """It may have arrived, and is not worth a second one."""
        await self._end(notification_id, NotificationStatus.UNKNOWN)

    async def note_stale(self, notification_id: NotificationId) -> None:
        """It had lost its sense."""
        await self._end(notification_id, NotificationStatus.STALE)

    async def note_unreachable(self, notification_id: NotificationId) -> None:
        """The person cannot be reached."""
        await self._end(notification_id, NotificationStatus.UNREACHABLE)

    async def note_failed(self, notification_id: NotificationId, *, error: str) -> None:
        """It can never be sent."""
        await self._end(notification_id, NotificationStatus.FAILED, error=error[:_LONGEST_ERROR])

    async def put_off(self, notification_id: NotificationId, *, seconds: float, error: str | None) -> None:
        """It comes again after a while."""
        await self._database.claim(
            _PUT_OFF, id=notification_id, seconds=seconds, error=None if error is None else error[:_LONGEST_ERROR]
        )

    async def _end(
        self,
        notification_id: NotificationId,
        status: NotificationStatus,
        *,
        message_id: int | None = None,
        error: str | None = None,
    ) -> None:
        sent_at = self._clock.now() if status in {NotificationStatus.SENT, NotificationStatus.UNKNOWN} else None
        await self._database.claim(
            _END, id=notification_id, status=status, sent_at=sent_at, message_id=message_id, error=error
        )


def _outgoing(row: tuple[Any, ...], *, muted: frozenset[MutableNotification], roles: frozenset[Role]) -> Outgoing:
    *known, attempts, last_error, telegram_id, language, unreachable_at, blocked_at = row
    id_, person_id, kind, subject_id, occurrence, data, priority, created_at = known
    return Outgoing(
        id=id_,
        person_id=person_id,
        kind=kind,
        subject_id=subject_id,
        occurrence=occurrence,
        data=data,
        priority=Priority(priority),
        created_at=created_at,
        attempts=attempts,
        was_interrupted=last_error == IN_THE_AIR,
        telegram_id=telegram_id,
        language=language,
        is_reachable=unreachable_at is None and blocked_at is None,
        muted=muted,
        roles=roles,
    )
