"""What we ask of a payment gateway, whichever it is: checkouts, inquiries, refunds; and what it reports of its own accord.

A gateway is outside: it may be away, lie, repeat itself, or never say how a call ended. So nothing here is called within
a transaction, and what it says is data to be checked, not an order to be followed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.finance.gateway_model import Gateway


class GatewayDownError(Exception):
    """The gateway cannot be reached, or refuses everybody at the moment: nothing was done."""


class GatewayRefusedError(Exception):
    """The gateway says no to this call, for the reason it gives: nothing was done."""


class GatewayOutcomeUnknownError(Exception):
    """The call was sent and not answered: it may have been done. Inquire; never repeat what moves money."""


class ForgedReportError(Exception):
    """A report that the gateway has not signed."""


class UnreadableReportError(Exception):
    """A signed report that does not have the shape it must have: digits may have slid between its fields."""


class Doubt(StrEnum):
    """Why a report is not about a payment as we asked for it, by the gateway's own fields."""

    INTEGRATION = "INTEGRATION"  # another way of paying than ours
    OWNER = "OWNER"  # another merchant


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, as gateways want to know it."""

    name: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """A payment to be asked for. ``reference`` is ours and fresh, and was saved before; ``title`` is what it is for."""

    payment_key: str  # what the address that the payer comes back to tells the payment by
    reference: str
    amount_minor: int
    currency: str
    title: str
    payer: Payer
    lifetime_seconds: int


@dataclass(frozen=True, slots=True)
class Checkout:
    """A payment that can be made: the gateway's own id of it, and where. None: it is paid in the chat."""

    order_id: str
    url: str | None


@dataclass(frozen=True, slots=True)
class GatewayTransaction:
    """One attempt to pay an order, or, ``has_parent``, money going back; only what the gateway's signature covers.

    ``amount_minor`` is in minor units. ``is_success`` is false where it is pending, in error, or only authorised.
    """

    id: str
    order_id: str
    amount_minor: int
    currency: str
    is_pending: bool
    is_success: bool
    has_parent: bool
    is_voided: bool
    is_refunded: bool
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A signed report, as it is to be kept. Its ids are only for finding it again: they may be missing."""

    body: str
    order_id: str | None
    transaction_id: str | None


class GatewayReports(Protocol):
    """Tells what a gateway says from what others say in its name, and reads it."""

    @property
    def provider(self) -> Gateway:
        """Return whose reports these are."""
        ...

    def open(self, body: bytes, signature: str) -> Report | None:
        """Return a report that arrived, or None for one that does not concern us. Raises ForgedReportError."""
        ...

    def read(self, body: str) -> GatewayTransaction:
        """Return what a report that we keep says. Raises UnreadableReportError."""
        ...


class PaymentGateway(Protocol):
    """One gateway. Every call may raise GatewayDownError; those that change something GatewayOutcomeUnknownError, too."""

    @property
    def provider(self) -> Gateway:
        """Return which one it is."""
        ...

    @property
    def needs_phone(self) -> bool:
        """Return whether it insists on the payer's phone number."""
        ...

    @property
    def refunds_by_hand(self) -> bool:
        """Return whether somebody has to refund in the gateway's own pages, since it cannot be asked."""
        ...

    async def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Let a payment be made. Repeated with another reference it makes another, which nobody knows of: harmless."""
        ...

    async def inquire(self, order_id: str) -> tuple[Report, ...]:
        """Return a report of every attempt on an order, and of money that went back, the earliest first."""
        ...

    async def refund(self, transaction_id: str, *, amount_minor: int) -> str:
        """Give money back, and return the id of that transaction. Raises GatewayRefusedError. Asked twice, given twice."""
        ...

    async def void(self, transaction_id: str) -> str:
        """Undo a payment before it is settled, and return the id of that transaction. Raises GatewayRefusedError."""
        ...
