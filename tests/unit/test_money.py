import pytest

from domain.finance.model import WalletState
from domain.ids import StudentPackageId, WalletId, new_id
from domain.money import CurrencyMismatchError, Money
from domain.packages.model import CreditSource


class TestMoney:
    def test_adds_and_subtracts_whole_minor_units(self) -> None:
        assert Money(8_000, "EGP") + Money(1, "EGP") - Money(8_002, "EGP") == Money(-1, "EGP")

    def test_of_two_currencies_does_not_meet_in_one_sum(self) -> None:
        with pytest.raises(CurrencyMismatchError):
            Money(1, "EGP") + Money(1, "USD")
        with pytest.raises(CurrencyMismatchError):
            Money(1, "EGP") - Money(1, "USD")

    def test_is_equal_only_in_the_same_currency(self) -> None:
        assert Money(1, "EGP") != Money(1, "USD")


class TestWallet:
    def test_has_available_what_is_not_locked(self) -> None:
        assert WalletState(WalletId(new_id()), balance_minor=300, locked_minor=80).available_minor == 220


class TestIds:
    def test_are_ordered_by_the_time_of_their_making(self) -> None:
        ids = [new_id() for _ in range(1_000)]
        assert ids == sorted(ids)
        assert {each.version for each in ids} == {7}


def values_of(credits_total: int, price_minor: int) -> list[int]:
    """Use a package up, and return what each credit took of it."""
    values: list[int] = []
    for credits_left in range(credits_total, 0, -1):
        value = CreditSource(StudentPackageId(new_id()), credits_left, price_minor - sum(values)).next_credit_value_minor
        values.append(value)
    return values


class TestCredits:
    @pytest.mark.parametrize(
        ("credits_total", "price_minor", "values"),
        [
            (3, 100, [33, 34, 33]),
            (8, 56_000, [7_000] * 8),
            (1, 99, [99]),
            (4, 3, [1, 1, 1, 0]),
            (2, 0, [0, 0]),
            (7, 100, [14, 14, 14, 15, 14, 15, 14]),
        ],
    )
    def test_share_the_price_to_the_last_piastre(self, credits_total: int, price_minor: int, values: list[int]) -> None:
        assert values_of(credits_total, price_minor) == values
        assert sum(values) == price_minor

    @pytest.mark.parametrize("credits_total", range(1, 13))
    def test_never_differ_by_more_than_one(self, credits_total: int) -> None:
        for price_minor in range(0, 200, 7):
            values = values_of(credits_total, price_minor)
            assert max(values) - min(values) <= 1
