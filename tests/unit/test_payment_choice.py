"""What a list of payments is narrowed to: its periods by the center's days, and its way through a button."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.finance.model import PaymentMethod, PaymentStatus, WalletOwner
from domain.finance.payments_admin import PaymentChoice, PaymentPeriod
from domain.finance.wallets_admin import WalletRef
from domain.ids import PaymentId, PersonId, new_id
from handlers.buttons.finance import ListPayments, OpenWalletCard
from handlers.callback_data import decode, encode
from handlers.callback_finance import MOST_BRANCHES, pack_payment_choice, unpack_payment_choice, unpack_wallet_ref
from tests.factories import ZONE

LATE = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # Tuesday, 00:30 in Cairo


def local(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, tzinfo=ZONE).astimezone(UTC)


class TestPeriods:
    @pytest.mark.parametrize(
        ("period", "since", "until"),
        [
            (PaymentPeriod.TODAY, local(24), local(25)),
            (PaymentPeriod.WEEK, local(18), local(25)),
            (PaymentPeriod.MONTH, local(1), local(1, 12)),
            (PaymentPeriod.LAST_MONTH, local(1, 10), local(1)),
        ],
    )
    def test_are_the_centers_days(self, period: PaymentPeriod, since: datetime, until: datetime) -> None:
        span = period.span(LATE, ZONE)
        assert (span.since, span.until) == (since, until)

    def test_of_last_month_is_as_long_as_it_was_by_the_clocks(self) -> None:
        span = PaymentPeriod.LAST_MONTH.span(LATE, ZONE)  # Egypt's clocks go back at the end of October
        assert span.until - span.since == timedelta(days=31, hours=1)

    def test_ever_has_no_end(self) -> None:
        span = PaymentPeriod.EVER.span(LATE, ZONE)
        assert span.since < LATE - timedelta(days=9_000)
        assert span.until > LATE + timedelta(days=9_000)


class TestButtons:
    @pytest.mark.parametrize(
        "choice",
        [
            PaymentChoice(),
            PaymentChoice(
                PaymentStatus.REFUNDED,
                PaymentMethod.CASH,
                PaymentPeriod.LAST_MONTH,
                PersonId(new_id()),
                MOST_BRANCHES - 1,
            ),
        ],
    )
    def test_carry_every_choice_and_a_place(self, choice: PaymentChoice) -> None:
        data = ListPayments(choice, PaymentId(new_id()))
        assert decode(encode(data)) == data

    @pytest.mark.parametrize("kind", WalletOwner)
    def test_carry_every_wallet(self, kind: WalletOwner) -> None:
        data = OpenWalletCard(WalletRef(kind, new_id()), None)
        assert decode(encode(data)) == data

    @pytest.mark.parametrize("place", range(3))
    def test_refuse_what_is_no_choice(self, place: int) -> None:
        packed = bytearray(pack_payment_choice(PaymentChoice()))
        packed[place] = 99
        with pytest.raises(ValueError, match="not a choice"):
            unpack_payment_choice(bytes(packed))

    def test_refuse_what_is_no_wallet(self) -> None:
        with pytest.raises(ValueError, match="not a wallet"):
            unpack_wallet_ref(bytes([9]) + UUID(int=1).bytes)
