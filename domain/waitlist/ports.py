"""What decisions on waiting need to know, loaded in one read each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, WaitlistEntryId
from domain.notifications.quiet import QuietHours
from domain.sessions.model import BookableSession
from domain.waitlist.model import Place


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """What joining a line rests on. ``live`` is the student's place in it, ``same`` whatever has the new one's id."""

    session: BookableSession
    same: Place | None
    live: Place | None
    enrollment_id: EnrollmentId | None


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What an offer rests on. ``first`` is the first in line who can be offered a seat, None where nobody is."""

    session: BookableSession
    offer_minutes: int
    quiet: QuietHours
    first: Place | None


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Whether waiting for the session has lost its sense, and who still does."""

    session: BookableSession
    quiet: QuietHours
    places: tuple[Place, ...]


class WaitlistRepository(Protocol):
    """Loads what decisions on waiting need. Another center's rows do not exist for it."""

    async def find_joining_facts(
        self, *, center_id: CenterId, session_id: SessionId, student_id: PersonId, entry_id: WaitlistEntryId
    ) -> JoiningFacts | None:
        """Return what joining rests on, or None where there is no such session."""
        ...

    async def find_place(self, *, center_id: CenterId, student_id: PersonId, entry_id: WaitlistEntryId) -> Place | None:
        """Return a place of the student's, or None where they have no such place."""
        ...

    async def find_place_by_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> Place | None:
        """Return the live place, in the session of an enrollment, of whoever's enrollment it is."""
        ...

    async def list_live_places(self, *, center_id: CenterId, student_id: PersonId) -> list[Place]:
        """Return all live places of a student."""
        ...

    async def find_offer_facts(self, *, center_id: CenterId, session_id: SessionId) -> OfferFacts | None:
        """Return what an offer rests on, or None where there is no such session.

        Nobody who is blocked, erased or out of reach, or who has a seat already, is the first in line.
        """
        ...

    async def list_unaware(self, *, center_id: CenterId, session_id: SessionId) -> list[PersonId]:
        """Return who waits for the session, wants to hear of free seats, can be reached, and has not been told of any."""
        ...

    async def find_closing_facts(self, *, center_id: CenterId, session_id: SessionId) -> ClosingFacts | None:
        """Return the session with its live places, or None where there is no such session."""
        ...

    async def find_session_of(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SessionId | None:
        """Return the session of an enrollment."""
        ...

    async def list_lapsing(self, *, center_id: CenterId, now: datetime) -> list[Place]:
        """Return the places whose offers are over."""
        ...

    async def list_waited_for(self, *, center_id: CenterId, now: datetime) -> list[SessionId]:
        """Return open sessions that have free seats and people who wait."""
        ...

    async def list_outlived(self, *, center_id: CenterId, now: datetime) -> list[SessionId]:
        """Return sessions that people still wait for, though they have begun, ended, or were moved or cancelled."""
        ...
