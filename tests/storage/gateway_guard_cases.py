"""For every kind of guarded write on money from outside: one that finds its row, and those that must find none."""

from dataclasses import replace
from datetime import timedelta

from domain.finance.gateway_model import Gateway, RefundStatus
from domain.finance.model import PaymentStatus
from domain.ids import PaymentId, RefundId, StudentPackageId, new_id
from domain.writes.base import Write
from domain.writes.gateway import (
    AddGatewayEvent,
    AddRefund,
    BlankGatewayEvent,
    CallRefund,
    ClaimGatewayEvent,
    EndGatewayEvent,
    EndRefund,
    ParkGatewayEvent,
    RecallRefund,
    RefundOfPayment,
    RefundStudentPackage,
    RenewReference,
    SetCheckout,
    SetInquiry,
    TakeInquiry,
    TakeRefundInquiry,
)
from tests.cast import Cast
from tests.storage.gateway_insert_cases import order_of, payment_of

Case = tuple[Write, dict[str, Write]]


async def gateway_cases(cast: Cast, *, spare_id: StudentPackageId, exhausted_id: StudentPackageId) -> list[Case]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    return [
        *await _order_cases(cast),
        *await _event_cases(cast),
        *await _refund_cases(cast),
        _package(cast, spare_id, exhausted_id),
    ]


async def _order_cases(cast: Cast) -> list[Case]:
    now, nobody = cast.world.clock.now(), PaymentId(new_id())
    fresh, made = payment_of(cast), payment_of(cast)
    await cast.world.database.apply([fresh, order_of(cast, fresh.id), made, order_of(cast, made.id)])
    await cast.world.database.apply([SetCheckout(made.id, new_id().hex, None)])
    taken = TakeInquiry(made.id, now, now + timedelta(hours=1))
    counted = RefundOfPayment(made.id, 0, PaymentStatus.COMPLETED, 100)
    return [
        (
            RenewReference(fresh.id, fresh.id.hex, "another"),
            {
                "taken by another": RenewReference(fresh.id, "older", "another"),
                "made already": RenewReference(made.id, made.id.hex, "another"),
            },
        ),
        (SetCheckout(fresh.id, new_id().hex, "https://x"), {"made already": SetCheckout(made.id, new_id().hex, None)}),
        (taken, {"taken by another": replace(taken, was=now + timedelta(minutes=1))}),
        (SetInquiry(made.id, None), {"no such payment": SetInquiry(nobody, None)}),
        (
            counted,
            {
                "counted by another": replace(counted, was_refunded_minor=1),
                "no such payment": replace(counted, payment_id=nobody),
            },
        ),
    ]


async def _event_cases(cast: Cast) -> list[Case]:
    center, now = cast.world.center_id, cast.world.clock.now()
    due, claimed, done, parked, last = [
        AddGatewayEvent(new_id(), center, Gateway.PAYMOB, new_id().hex, "{}", None, None, now) for _ in range(5)
    ]
    await cast.world.database.apply([due, claimed, done, parked, last])
    await cast.world.database.apply(
        [
            ClaimGatewayEvent(claimed.id, 60.0),
            EndGatewayEvent(done.id, "PAID", now),
            ParkGatewayEvent(parked.id, "GIVEN_UP", now),
        ]
    )
    ended = {"ended": done.id, "given up": parked.id}
    return [
        (BlankGatewayEvent(done.id), {"not acted upon yet": BlankGatewayEvent(due.id)}),
        (
            ClaimGatewayEvent(due.id, 5.0),
            {
                "claimed": ClaimGatewayEvent(claimed.id, 5.0),
                **{why: ClaimGatewayEvent(id_, 5.0) for why, id_ in ended.items()},
            },
        ),
        (EndGatewayEvent(due.id, "PAID", now), {why: EndGatewayEvent(id_, "PAID", now) for why, id_ in ended.items()}),
        (
            ParkGatewayEvent(last.id, "GIVEN_UP", now),
            {why: ParkGatewayEvent(id_, "GIVEN_UP", now) for why, id_ in ended.items()},
        ),
    ]


async def _refund_cases(cast: Cast) -> list[Case]:
    center, now = cast.world.center_id, cast.world.clock.now()
    later, paid = now + timedelta(minutes=3), [payment_of(cast) for _ in range(4)]
    fresh, called, ended, recalled = [
        AddRefund(RefundId(new_id()), center, each.id, 500, RefundStatus.ASKED, "Moved", cast.admin.id, now, now)
        for each in paid
    ]
    await cast.world.database.apply([*paid, fresh, called, ended, recalled])
    await cast.world.database.apply(
        [
            CallRefund(called.id, now, later),
            CallRefund(recalled.id, now, later),
            EndRefund(ended.id, RefundStatus.REFUSED, None, now),
        ]
    )
    return [
        (
            CallRefund(fresh.id, now, later),
            {"called": CallRefund(called.id, now, later), "ended": CallRefund(ended.id, now, later)},
        ),
        (
            RecallRefund(recalled.id, now, later),
            {"called anew": RecallRefund(called.id, later, later), "ended": RecallRefund(ended.id, now, later)},
        ),
        (
            TakeRefundInquiry(called.id, later, None),
            {"taken by another": TakeRefundInquiry(called.id, now, None)},
        ),
        (
            EndRefund(called.id, RefundStatus.CONFIRMED, "1", now),
            {"ended": EndRefund(ended.id, RefundStatus.CONFIRMED, "1", now)},
        ),
    ]


def _package(cast: Cast, spare_id: StudentPackageId, exhausted_id: StudentPackageId) -> Case:
    now = cast.world.clock.now()
    refunded = RefundStudentPackage(spare_id, 2, 100, now)
    return (
        refunded,
        {
            "another took one": replace(refunded, was_credits_left=1),
            "another worth": replace(refunded, was_value_left_minor=99),
            "exhausted": RefundStudentPackage(exhausted_id, 0, 0, now),
        },
    )
