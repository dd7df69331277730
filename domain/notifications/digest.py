"""The evening's digest: once for each local day, to every admin who wants it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clock import Clock
from domain.ids import CenterId
from domain.notifications.kinds import MANNERS, Audience, NotificationKind
from domain.notifications.ports import NoticeSettings
from domain.notifications.quiet import at_local
from domain.notifications.telling import notices
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.messages import NoteDigestMade


def due_digest(settings: NoticeSettings, *, now: datetime) -> date | None:
    """Return the local day whose digest is to be made now: the last one whose evening has come, unless it was made.

    A center that never had one begins with today's.
    """
    local = now.astimezone(settings.quiet.zone)
    has_come = at_local(local, settings.digest_at_minutes) <= now
    day = local.date() if has_come else local.date() - timedelta(days=1)
    if settings.digest_made_for is None:
        return day if has_come else None
    return day if settings.digest_made_for < day else None


@dataclass(frozen=True, slots=True)
class MakeDigest:
    """Write the digest's messages where the evening has come."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId) -> date | None:
        """Return the local day that it was made for."""

        async def decide(work: UnitOfWork) -> date | None:
            now = self.clock.now()
            settings = await work.notifications.find_settings(center_id=center_id)
            day = due_digest(settings, now=now) if settings is not None else None
            if settings is None or day is None:
                return None
            kind = NotificationKind.DIGEST
            admins = await work.notifications.list_readers(
                Audience.ADMINS, center_id=center_id, subject_id=center_id, switch=MANNERS[kind].switch
            )
            work.add(
                *notices(
                    admins,
                    kind,
                    center_id=center_id,
                    subject_id=center_id,
                    settings=settings,
                    now=now,
                    occurrence=day.isoformat(),
                ),
                NoteDigestMade(center_id, settings.digest_made_for, day),
            )
            await work.commit()
            return day

        return await decide_and_commit(self.new_unit_of_work, decide)
