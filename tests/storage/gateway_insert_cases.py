"""For every inserting write of money from outside: a row, and rows that are there already, by the shared key."""

from dataclasses import replace

from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.model import PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import PaymentId, RefundId, new_id
from domain.writes.base import Write
from domain.writes.gateway import AddGatewayEffect, AddGatewayEvent, AddGatewayOrder, AddRefund
from domain.writes.money import AddPayment
from tests.cast import Cast

Case = tuple[list[Write], dict[str, Write]]


def payment_of(cast: Cast) -> AddPayment:
    """Return a payment through a gateway."""
    return AddPayment(
        id=PaymentId(new_id()),
        center_id=cast.world.center_id,
        payer_id=cast.poor.id,
        method=PaymentMethod.GATEWAY,
        purpose=PaymentPurpose.TOP_UP,
        enrollment_id=None,
        student_package_id=None,
        amount_minor=500,
        status=PaymentStatus.COMPLETED,
        created_at=cast.world.clock.now(),
        ended_at=cast.world.clock.now(),
    )


def order_of(cast: Cast, payment_id: PaymentId) -> AddGatewayOrder:
    """Return what a gateway is asked for."""
    now = cast.world.clock.now()
    return AddGatewayOrder(
        payment_id=payment_id,
        center_id=cast.world.center_id,
        provider=Gateway.PAYMOB,
        reference=payment_id.hex,
        class_package_id=None,
        student_package_id=None,
        shown=None,
        created_at=now,
        expires_at=now,
        inquire_at=now,
    )


def gateway_inserts(cast: Cast) -> list[Case]:
    """Return a case for each table."""
    center, now = cast.world.center_id, cast.world.clock.now()
    payment, other = payment_of(cast), payment_of(cast)
    order = order_of(cast, payment.id)
    event = AddGatewayEvent(new_id(), center, Gateway.PAYMOB, new_id().hex, "{}", None, None, now)
    effect = AddGatewayEffect(new_id(), center, Gateway.PAYMOB, new_id().hex, GatewayEffect.PAID, payment.id, 500, now)
    refund = AddRefund(
        RefundId(new_id()), center, payment.id, 500, RefundStatus.ASKED, "Moved away", cast.admin.id, now, now
    )
    return [
        ([payment, other, order], {"payment": order, "reference": replace(order, payment_id=other.id)}),
        ([event], {"id": event, "body": replace(event, id=new_id())}),
        ([effect], {"id": effect, "transaction and kind": replace(effect, id=new_id())}),
        ([refund], {"id": refund, "open one": replace(refund, id=RefundId(new_id()))}),
    ]
