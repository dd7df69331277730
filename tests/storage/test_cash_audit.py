"""What the audit finds where somebody's hands were on the drawers' rows."""

import pytest

from storage.audit import audit
from tests.builders.cash import at_the_door, take_seat
from tests.cast import Cast
from tests.storage.corruption import corrupt

A_TOP_UP = "(SELECT id FROM cash_transactions WHERE kind = 'TOP_UP' ORDER BY id LIMIT 1)"
DAMAGES = {
    "a movement of another amount": (
        f"UPDATE cash_transactions SET amount_minor = amount_minor + 1 WHERE id = {A_TOP_UP}",
        {"cashbox_movements", "cash_transaction_entry"},
    ),
    "a movement that is gone": (
        f"DELETE FROM cash_transactions WHERE id = {A_TOP_UP}",
        {"cashbox_movements", "cash_entry_unwritten"},
    ),
    "a seat that was paid with less than came in": (
        "UPDATE payments SET amount_minor = 1 WHERE method = 'CASH' AND purpose = 'ENROLLMENT'",
        {"enrollment_cash"},
    ),
    "a seat paid in cash whose payment is gone": (
        "DELETE FROM payments WHERE method = 'CASH' AND purpose = 'ENROLLMENT'",
        {"enrollment_cash", "enrollment_payment_status", "wrong_payment_id"},
    ),
}
CODES_TRIED = frozenset().union(*(codes for _, codes in DAMAGES.values()))


class TestDamage:
    @pytest.mark.parametrize("name", DAMAGES)
    async def test_is_found_and_named(self, database_url: str, cast: Cast, name: str) -> None:
        await take_seat(cast.world, cast.staff, await at_the_door(cast.world, cast.taught), cast.poor)
        assert await audit(cast.world.database) == []
        statement, codes = DAMAGES[name]
        await corrupt(database_url, [statement])
        assert {each.code for each in await audit(cast.world.database)} == codes
