"""What every handler is given: who writes, how to speak to them, and what can be asked of the domain."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.views import BookingViews
from domain.finance.views import MeansViews
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.model import Member
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.permissions import Actor
from domain.sessions.views import SessionViews
from handlers.i18n import Translator


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases and views that the chat needs, wired once by the composition root."""

    clock: Clock
    meet_person: MeetPerson
    choose_language: ChooseLanguage
    accept_name: AcceptName
    share_phone: SharePhone
    accept_invite: AcceptInvite
    claim_configured_admin: ClaimConfiguredAdmin
    switch_role: SwitchRole
    note_reachability: NoteReachability
    book_session: BookSession
    cancel_enrollment: CancelEnrollment
    sessions: SessionViews
    bookings: BookingViews
    means: MeansViews


@dataclass(frozen=True, slots=True)
class Context:
    """One update's person, language and tools."""

    member: Member
    tr: Translator
    services: Services
    message_id: int | None = None  # of what the person typed, or of the message whose button they tapped

    @property
    def actor(self) -> Actor:
        """The member in the role they act in."""
        return self.member.actor
