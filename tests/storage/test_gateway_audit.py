"""The audit finds what does not add up about money from outside."""

import pytest

from storage.audit import audit
from storage.audit.gateway import CHECKS
from tests.builders.gateway import Till
from tests.cast import Cast
from tests.storage.corruption import corrupt

DAMAGE = {
    "payment without money": (
        "DELETE FROM gateway_effects",
        {"gateway_payment_without_money", "gateway_clearing", "gateway_refunded"},
    ),
    "effect of another amount": (
        "UPDATE gateway_effects SET amount_minor = amount_minor + 1",
        {"gateway_clearing"},
    ),
    "refunded by a stroke of the pen": (
        "UPDATE payments SET refunded_minor = 5 WHERE method = 'GATEWAY' AND status = 'COMPLETED'",
        {"gateway_refunded"},
    ),
    "refund forgotten": (
        "UPDATE refunds SET status = 'REFUSED', ended_at = asked_at",
        {"refunds_payable"},
    ),
    "seat held for ever": (
        "UPDATE payments SET status = 'CANCELLED', ended_at = created_at WHERE method = 'GATEWAY' AND status = 'PENDING'",
        {"held_without_payment"},
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
async def test_finds(cast: Cast, database_url: str, name: str) -> None:
    till = Till(cast.world)
    paid = await till.top_up(cast.member)
    await till.paid(paid)
    await till.refund(cast.admin, paid, 4_000)
    await till.pay_and_book(cast.poor, cast.session)
    assert await audit(cast.world.database) == []
    statement, codes = DAMAGE[name]
    await corrupt(database_url, [statement])
    assert {each.code for each in await audit(cast.world.database)} == codes


def test_every_check_is_tried() -> None:
    assert {check.code for check in CHECKS} == {code for _, codes in DAMAGE.values() for code in codes}
