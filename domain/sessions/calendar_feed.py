"""The secret address of a person's calendar feed: made on the first wish, renewed at will.

Whoever knows the address can read when and where its owner has classes; so it is long, never logged, and dies at once
when its owner wants another.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import NotFoundError
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.people import SetCalendarSecret
from domain.writes.record import audit_row

_SECRET_BYTES = 24  # 192 bits: cannot be guessed, and fits into an address
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")
FINGERPRINT_BYTES = 8


@dataclass(frozen=True, slots=True)
class OpenCalendarFeed:
    """Return the secret of the actor's own calendar feed, made now if they have none."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor) -> str:
        """Return the secret. Raises NotPermittedError, NotFoundError."""
        require(actor, Operation.MANAGE_OWN_DATA)

        async def decide(work: UnitOfWork) -> str:
            found = await work.people.find_calendar_feed(center_id=actor.center_id, person_id=actor.person_id)
            if found is None:
                raise NotFoundError(what="person")
            if found.secret is not None:
                return found.secret
            return await _keep_new_secret(work, actor=actor, clock=self.clock, was=None)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class RenewCalendarFeed:
    """Give the actor's calendar feed another secret; the old address is nobody's from then on.

    ``fingerprint`` is of the secret that was on the screen: pressed twice, the button renews once.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, fingerprint: bytes) -> str:
        """Return the secret in force. Raises NotPermittedError, NotFoundError."""
        require(actor, Operation.MANAGE_OWN_DATA)

        async def decide(work: UnitOfWork) -> str:
            found = await work.people.find_calendar_feed(center_id=actor.center_id, person_id=actor.person_id)
            if found is None or found.secret is None:
                raise NotFoundError(what="calendar_feed")
            if fingerprint_of(found.secret) != fingerprint:
                return found.secret
            return await _keep_new_secret(work, actor=actor, clock=self.clock, was=found.secret)

        return await decide_and_commit(self.new_unit_of_work, decide)


def fingerprint_of(secret: str) -> bytes:
    """Return what tells one secret from the next without giving either away."""
    return hashlib.sha256(secret.encode()).digest()[:FINGERPRINT_BYTES]


def feed_address(public_url: str, secret: str) -> str:
    """Return the address of a feed on a web server that is reached at ``public_url``."""
    return f"{public_url}/calendar/{secret}.ics"


def is_secret(text: str) -> bool:
    """Whether a text has the shape of a feed's secret: anything else need not be looked for."""
    return _SHAPE.fullmatch(text) is not None


async def _keep_new_secret(work: UnitOfWork, *, actor: Actor, clock: Clock, was: str | None) -> str:
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    work.add(
        SetCalendarSecret(actor.center_id, actor.person_id, was, secret),
        audit_row(
            Operation.MANAGE_OWN_DATA,
            actor=actor,
            now=clock.now(),
            object_type="calendar_feed",
            object_id=actor.person_id,
            before={"exists": was is not None},
            after={"exists": True},  # that it changed, never what it is
        ),
    )
    await work.commit()
    return secret
