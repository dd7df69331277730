"""A gateway that tests decide about: what it answers, and what it reports, signed as Paymob signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson
import sqlalchemy as sa

from bot.gateways.paymob_reports import PaymobReports, inquired, signature_of, signed_text
from domain.enrollments.quote import ConfirmedTerms, quote_seat, terms_shown
from domain.finance.gateway import Checkout, CheckoutRequest, Report
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import OrderFacts, OrderRow
from domain.finance.gateway_receiving import ProcessGatewayEvents, ReceiveGatewayEvent
from domain.finance.gateway_sweeping import ExpirePayments, InquireAboutPayments
from domain.finance.paying import DropPayment, PackageFor, SeatFor, StartPayment, TopUp, Wanted
from domain.finance.refunding import ProcessRefunds, RefundPayment
from domain.ids import ClassPackageId, PaymentId, RefundId, new_id
from domain.packages.buying import ShownOffer
from domain.writes.catalogue import AddClassPackage
from storage.database import fetch_one
from storage.prepared import Query, outside
from storage.queries.sessions import StoredSessionViews
from storage.tables.gateway import gateway_events
from storage.tables.messages import alerts
from storage.tables.money import wallets
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, Scheduled, Taught, World, sql_id

SECRET, INTEGRATION, OWNER = "the-hmac-secret", 11, 77
READER = PaymobReports(SECRET, frozenset({INTEGRATION}), OWNER)

_OUTCOMES = Query(sa.select(gateway_events.c.outcome).order_by(gateway_events.c.id), lambda outcome: outcome)
_ALERTS = Query(sa.select(alerts.c.kind).order_by(alerts.c.id), lambda kind: kind)
_BALANCE = Query(
    sa.select(wallets.c.balance_minor, wallets.c.locked_minor).where(wallets.c.id == outside("wallet_id")),
    lambda balance, locked: (balance, locked),
)


@dataclass
class StubGateway:
    """Answers as a test says. ``failures`` are raised first, one a call; ``asked`` is what it was called for."""

    provider: Gateway = Gateway.PAYMOB
    needs_phone: bool = True
    refunds_by_hand: bool = False
    failures: list[Exception] = field(default_factory=list)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    found: list[Report] = field(default_factory=list)
    ids: Any = field(default_factory=lambda: count(9_000))

    def _call(self, *what: Any) -> None:
        self.asked.append(what)
        if self.failures:
            raise self.failures.pop(0)

    async def create_checkout(self, request: CheckoutRequest) -> Checkout:
        self._call("checkout", request.reference, request.amount_minor)
        order_id = str(next(self.ids))
        return Checkout(order_id, f"https://pay.example/{order_id}")

    async def inquire(self, order_id: str) -> tuple[Report, ...]:
        self._call("inquire", order_id)
        return tuple(self.found)

    async def refund(self, transaction_id: str, *, amount_minor: int) -> str:
        self._call("refund", transaction_id, amount_minor)
        return str(next(self.ids))

    async def void(self, transaction_id: str) -> str:
        self._call("void", transaction_id)
        return str(next(self.ids))


@dataclass
class Till:
    """Everything about money from outside, on the world's database."""

    world: World
    gateway: StubGateway = field(default_factory=StubGateway)
    transaction_ids: Any = field(default_factory=lambda: count(1_000))

    @property
    def units(self) -> Any:
        """What use cases begin a unit of work with."""
        return unit_of_work_factory(self.world.database)

    async def start(self, student: Person, wanted: Wanted, *, payment_id: PaymentId | None = None) -> OrderRow:
        """Press a button that asks for money online."""
        await self.give_phone(student)
        start = StartPayment(self.units, self.world.clock, self.gateway)
        return await start(
            actor=student.actor, payment_id=payment_id or PaymentId(new_id()), wanted=wanted, title="Nile Studio"
        )

    async def top_up(self, student: Person, amount_minor: int = 10_000) -> OrderRow:
        """Ask for a top-up."""
        return await self.start(student, TopUp(amount_minor))

    async def pay_and_book(self, student: Person, session: Scheduled) -> OrderRow:
        """Ask to pay for a seat, as the session's card offers it."""
        return await self.start(student, SeatFor(session.id, await self.terms(student, session)))

    async def terms(self, student: Person, session: Scheduled) -> ConfirmedTerms:
        """Read the card."""
        card = await StoredSessionViews(self.world.database).find_card(
            center_id=self.world.center_id, reader_id=student.id, session_id=session.id
        )
        assert card is not None
        return terms_shown(card.session, quote_seat(card.session, credit=None, wallet=None))

    async def offer(self, taught: Taught, *, price_minor: int = 28_000) -> PackageFor:
        """Put a package of four into the shop."""
        package_id = ClassPackageId(new_id())
        await self.world.database.apply(
            [
                AddClassPackage(
                    package_id,
                    self.world.center_id,
                    taught.id,
                    "Quartet",
                    4,
                    price_minor,
                    is_active=True,
                    created_at=self.world.clock.now(),
                )
            ]
        )
        return PackageFor(package_id, ShownOffer(price_minor, 4))

    async def give_phone(self, person: Person) -> None:
        """Let a person have a phone, as gateways want it."""
        await self.world.database.execute(f"UPDATE people SET phone = '+201001234500' WHERE id = '{sql_id(person.id)}'")

    # --- what the gateway says ---

    def transaction(self, order: OrderRow, /, **changes: Any) -> dict[str, Any]:
        """Write a success of an order, with changes."""
        assert order.order_id is not None
        return {
            "id": next(self.transaction_ids),
            "pending": False,
            "amount_cents": order.amount_minor,
            "success": True,
            "is_auth": False,
            "is_capture": False,
            "is_standalone_payment": True,
            "is_voided": False,
            "is_refunded": False,
            "is_3d_secure": True,
            "integration_id": INTEGRATION,
            "has_parent_transaction": False,
            "order": {"id": int(order.order_id), "merchant_order_id": order.reference},
            "created_at": "2026-11-23T10:00:00.000001",
            "currency": "EGP",
            "source_data": {"pan": "2346", "type": "card", "sub_type": "MasterCard"},
            "error_occured": False,
            "owner": OWNER,
            **changes,
        }

    async def hears(self, said: Mapping[str, Any], *, signature: str | None = None) -> bool:
        """Get a callback, and process it."""
        kept = await self.keeps(said, signature=signature)
        await self.process()
        return kept

    async def keeps(self, said: Mapping[str, Any], *, signature: str | None = None) -> bool:
        """Get a callback; it is not processed yet."""
        body = orjson.dumps({"type": "TRANSACTION", "obj": said})
        receive = ReceiveGatewayEvent(self.units, self.world.clock, READER)
        signed = signature or signature_of(SECRET, signed_text("TRANSACTION", dict(said)))
        return await receive(center_id=self.world.center_id, body=body, signature=signed)

    async def process(self) -> int:
        """Process what waits, whatever its next time would be."""
        await self.world.database.execute("UPDATE gateway_events SET due_at = NULL WHERE due_at IS NOT NULL")
        return await self.process_what_is_due()

    async def process_what_is_due(self) -> int:
        """Process as one process among others."""
        process = ProcessGatewayEvents(self.units, self.world.clock, {Gateway.PAYMOB: READER})
        return await process(center_id=self.world.center_id)

    async def paid(self, order: OrderRow, /, **changes: Any) -> dict[str, Any]:
        """Let an order be paid and reported; return the transaction."""
        said = self.transaction(order, **changes)
        await self.hears(said)
        return said

    def finds(self, *said: Mapping[str, Any]) -> None:
        """Let inquiries find these transactions."""
        self.gateway.found = [inquired(dict(each)) for each in said]

    # --- what the clock does ---

    async def sweep(self) -> None:
        """Do what is due."""
        center_id, clock, gateways = self.world.center_id, self.world.clock, {Gateway.PAYMOB: self.gateway}
        await InquireAboutPayments(self.units, clock, gateways)(center_id=center_id)
        await self.process()
        await ExpirePayments(self.units, clock)(center_id=center_id)
        await ProcessRefunds(self.units, clock, gateways)(center_id=center_id)
        await self.process()

    async def drop(self, student: Person, order: OrderRow) -> None:
        """Let a payment go."""
        await DropPayment(self.units, self.world.clock)(actor=student.actor, payment_id=order.payment_id)

    async def refund(
        self, admin: Person, order: OrderRow, amount_minor: int, *, refund_id: RefundId | None = None
    ) -> RefundId:
        """Ask for a refund; the gateway is asked in the next sweep."""
        refund_id = refund_id or RefundId(new_id())
        await RefundPayment(self.units, self.world.clock)(
            actor=admin.actor,
            payment_id=order.payment_id,
            refund_id=refund_id,
            amount_minor=amount_minor,
            reason="Asked at the desk",
        )
        return refund_id

    # --- what was kept ---

    async def facts(self, order: OrderRow) -> OrderFacts:
        """Read a payment with all that happened to it."""
        async with self.units() as work:
            found = await work.gateway.find_payment(center_id=self.world.center_id, payment_id=order.payment_id)
        assert isinstance(found, OrderFacts)
        return found

    async def status(self, order: OrderRow) -> tuple[str, int]:
        """Return a payment's status and what of it was refunded."""
        now = (await self.facts(order)).order
        return str(now.status), now.refunded_minor

    async def outcomes(self) -> list[str | None]:
        """Return what each report came to, in their order; None for one that waits."""
        return await self.world.database.fetch(_OUTCOMES)

    async def alerts(self) -> list[str]:
        """Return what admins are shown."""
        return await self.world.database.fetch(_ALERTS)

    async def wallet(self, student: Person) -> tuple[int, int]:
        """Return balance and locked part."""
        found = await fetch_one(self.world.database, _BALANCE, wallet_id=student.wallet_id)
        assert found is not None
        return found
