"""What a deep link carries: ``t.me/<bot>?start=<payload>``, at most 64 characters of ``A-Za-z0-9_-``, never trusted."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from domain.ids import EnrollmentId, PaymentId, SessionId

_INVITE, _SESSION, _TICKET, _PAYMENT = "i", "s", "k", "p"
_UUID_BYTES = 16


@dataclass(frozen=True, slots=True)
class InviteLink:
    """An invitation to a role."""

    code: str


@dataclass(frozen=True, slots=True)
class SessionLink:
    """A session to open."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class TicketLink:
    """A booking's ticket, to be scanned at the door."""

    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class PaymentLink:
    """A payment to come back to."""

    payment_id: PaymentId


def invite_payload(code: str) -> str:
    """Return the payload of an invitation's link."""
    return _INVITE + code


def session_payload(session_id: SessionId) -> str:
    """Return the payload of a session's link."""
    return _SESSION + urlsafe_b64encode(session_id.bytes).rstrip(b"=").decode()


def ticket_payload(enrollment_id: EnrollmentId) -> str:
    """Return the payload of a ticket's link."""
    return _TICKET + urlsafe_b64encode(enrollment_id.bytes).rstrip(b"=").decode()


def payment_payload(payment_id: PaymentId) -> str:
    """Return the payload of the link that leads back from a payment."""
    return _PAYMENT + urlsafe_b64encode(payment_id.bytes).rstrip(b"=").decode()


def parse_payload(payload: str) -> InviteLink | SessionLink | TicketLink | PaymentLink | None:
    """Return what a payload means, or None for nothing that we made."""
    kind, rest = payload[:1], payload[1:]
    if kind == _INVITE and rest:
        return InviteLink(rest)
    if kind == _SESSION:
        session_id = _unpacked(rest)
        return SessionLink(SessionId(session_id)) if session_id is not None else None
    if kind == _TICKET:
        enrollment_id = _unpacked(rest)
        return TicketLink(EnrollmentId(enrollment_id)) if enrollment_id is not None else None
    if kind == _PAYMENT:
        payment_id = _unpacked(rest)
        return PaymentLink(PaymentId(payment_id)) if payment_id is not None else None
    return None


def _unpacked(text: str) -> UUID | None:
    try:
        packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    return UUID(bytes=packed) if len(packed) == _UUID_BYTES else None
