"""Who is told after an event about money from outside."""

from domain.clock import Clock
from domain.events import (
    PackageRefunded,
    PaymentCompleted,
    PaymentFailed,
    PaymentRefunded,
    PaymentSurplus,
    RefundRefused,
    WalletTransferred,
)
from domain.notifications.kinds import Audience, NotificationKind
from domain.notifications.telling import Tell
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory


def payment_subscriptions(units: UnitOfWorkFactory, clock: Clock) -> tuple[tuple[str, Subscriber], ...]:
    """Return who is to be called after which kind of event."""

    def tell(kind: NotificationKind, audience: Audience) -> Subscriber:
        return Tell(units, clock, kind, audience)

    return (
        (PaymentCompleted.kind, tell(NotificationKind.PAYMENT_COMPLETED, Audience.PAYER)),
        (PaymentFailed.kind, tell(NotificationKind.PAYMENT_FAILED, Audience.PAYER)),
        (PaymentSurplus.kind, tell(NotificationKind.PAYMENT_SURPLUS, Audience.PAYER_EACH_TIME)),
        (PaymentRefunded.kind, tell(NotificationKind.PAYMENT_REFUNDED, Audience.PAYER_EACH_TIME)),
        (RefundRefused.kind, tell(NotificationKind.REFUND_REFUSED, Audience.PAYER_EACH_TIME)),
        (WalletTransferred.kind, tell(NotificationKind.WALLET_TRANSFERRED, Audience.WALLET_OWNERS)),
        (PackageRefunded.kind, tell(NotificationKind.PACKAGE_REFUNDED, Audience.PACKAGE_OWNER)),
    )
