"""Wallets, holds, payments, and the kinds of account and movement that the journal knows."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import WalletId


class PaymentMethod(StrEnum):
    """How money was asked for or returned."""

    GATEWAY = "GATEWAY"
    WALLET = "WALLET"
    CASH = "CASH"
    PACKAGE = "PACKAGE"


class PaymentPurpose(StrEnum):
    """What a payment is for."""

    ENROLLMENT = "ENROLLMENT"
    PACKAGE = "PACKAGE"
    TOP_UP = "TOP_UP"


class PaymentStatus(StrEnum):
    """PENDING ends as COMPLETED, FAILED or CANCELLED; COMPLETED may become REFUNDED. There are no other moves."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"


class HoldStatus(StrEnum):
    """A hold is resolved exactly once."""

    OPEN = "OPEN"
    CAPTURED = "CAPTURED"
    RELEASED = "RELEASED"


class CashDirection(StrEnum):
    """Into the drawer, or out of it."""

    IN = "IN"
    OUT = "OUT"


class CashKind(StrEnum):
    """Why cash went into a drawer or out of it."""

    ENROLLMENT = "ENROLLMENT"
    TOP_UP = "TOP_UP"
    PAY_OUT = "PAY_OUT"  # of a guest's wallet
    CORRECTION = "CORRECTION"  # of a wrong amount: the reverse of the one that it names
    TO_BANK = "TO_BANK"
    COUNT = "COUNT"  # more or less was counted than was recorded


class WalletOwner(StrEnum):
    """Whose money a wallet holds."""

    STUDENT = "STUDENT"
    CENTER = "CENTER"
    STAFF = "STAFF"


class AccountKind(StrEnum):
    """The accounts of the journal. A wallet and a cashbox have one each; the others exist once in a center."""

    WALLET = "WALLET"
    CASHBOX = "CASHBOX"
    GATEWAY_CLEARING = "GATEWAY_CLEARING"
    GATEWAY_LOSS = "GATEWAY_LOSS"
    REFUNDS_PAYABLE = "REFUNDS_PAYABLE"
    DEFERRED_REVENUE = "DEFERRED_REVENUE"
    EARNED_PACKAGE = "EARNED_PACKAGE"
    EARNED_WALLET = "EARNED_WALLET"
    EARNED_CASH = "EARNED_CASH"
    CASH_OVER_SHORT = "CASH_OVER_SHORT"
    CENTER_SAFE = "CENTER_SAFE"
    OPENING_BALANCES = "OPENING_BALANCES"
    WAIVED_BALANCES = "WAIVED_BALANCES"


CENTER_ACCOUNTS = tuple(kind for kind in AccountKind if kind not in {AccountKind.WALLET, AccountKind.CASHBOX})


class EntryCause(StrEnum):
    """What moved the money: one journal entry has one cause."""

    CASH_TOP_UP = "CASH_TOP_UP"
    PACKAGE_BOUGHT = "PACKAGE_BOUGHT"
    PACKAGE_REFUNDED = "PACKAGE_REFUNDED"
    BOOKING_CAPTURED = "BOOKING_CAPTURED"
    NO_SHOW_FEE = "NO_SHOW_FEE"
    CAPTURE_RETURNED = "CAPTURE_RETURNED"
    CREDIT_DELIVERED = "CREDIT_DELIVERED"  # the class took place for who paid with a credit
    DELIVERY_RETURNED = "DELIVERY_RETURNED"  # a delivered credit was given back
    CREDIT_PAID_BACK = "CREDIT_PAID_BACK"
    CASH_TAKEN = "CASH_TAKEN"  # for a seat, at the door
    CASH_CORRECTED = "CASH_CORRECTED"  # a wrong amount, by a reversing entry
    CASH_RETURNED = "CASH_RETURNED"  # for a seat paid in cash that the center cancelled: into the wallet
    WALLET_PAID_OUT = "WALLET_PAID_OUT"  # a guest's wallet, in cash
    CASH_COUNTED = "CASH_COUNTED"  # the drawer held more or less than was recorded
    CASH_BANKED = "CASH_BANKED"
    GATEWAY_RECEIVED = "GATEWAY_RECEIVED"
    GATEWAY_TAKEN_BACK = "GATEWAY_TAKEN_BACK"  # a refund or chargeback made at the gateway behind our back
    GATEWAY_LOSS = "GATEWAY_LOSS"  # the part of it that the wallet could not give
    REFUND_ASKED = "REFUND_ASKED"
    REFUND_CONFIRMED = "REFUND_CONFIRMED"
    REFUND_REFUSED = "REFUND_REFUSED"
    WALLET_TRANSFER = "WALLET_TRANSFER"
    PEOPLE_MERGED = "PEOPLE_MERGED"
    OPENING_BALANCE = "OPENING_BALANCE"
    BALANCE_WAIVED = "BALANCE_WAIVED"
    CREDITS_WAIVED = "CREDITS_WAIVED"


@dataclass(frozen=True, slots=True)
class WalletState:
    """A wallet as a decision sees it: minor units of the center's currency."""

    id: WalletId
    balance_minor: int
    locked_minor: int

    @property
    def available_minor(self) -> int:
        """What may be spent: the balance less what is locked for bookings."""
        return self.balance_minor - self.locked_minor
