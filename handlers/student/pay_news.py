"""What people are told about their payments without asking: how one ended, and money that came or went back."""

from domain.finance.model import PaymentPurpose, PaymentStatus
from domain.finance.payment_views import PaymentCard
from domain.ids import PaymentId, StudentPackageId
from domain.notifications.kinds import NotificationKind
from domain.notifications.ports import Outgoing
from handlers.notices import Composers, Notice, NoticeContext
from handlers.student import packages_view, pay_view, wallet_view


async def _card(context: NoticeContext, message: Outgoing) -> PaymentCard | None:
    return await context.services.payments.find_own(
        center_id=context.center.id, payer_id=message.person_id, payment_id=PaymentId(message.subject_id)
    )


async def _completed(context: NoticeContext, message: Outgoing) -> Notice | None:
    card = await _card(context, message)
    return pay_view.news(context.tr, card) if card is not None and card.status is PaymentStatus.COMPLETED else None


async def _failed(context: NoticeContext, message: Outgoing) -> Notice | None:
    """Tell of an attempt that failed and of a seat that is held no more; not of what the payer let go themselves."""
    card = await _card(context, message)
    if card is None or card.ended_at is None or card.ended_at < card.expires_at:
        return None
    is_news = card.status is PaymentStatus.FAILED or (
        card.status is PaymentStatus.CANCELLED and card.purpose is PaymentPurpose.ENROLLMENT
    )
    return pay_view.news(context.tr, card) if is_news else None


async def _surplus(context: NoticeContext, message: Outgoing) -> Notice | None:
    card = await _card(context, message)
    return pay_view.surplus_news(context.tr, card) if card is not None else None


async def _refunded(context: NoticeContext, message: Outgoing) -> Notice | None:
    card = await _card(context, message)
    if card is None:
        return None
    return pay_view.news(context.tr, card) if card.refunded_minor else pay_view.gone_back_news(context.tr, card)


async def _refused(context: NoticeContext, message: Outgoing) -> Notice | None:
    card = await _card(context, message)
    return pay_view.refused_refund_news(context.tr, card) if card is not None else None


async def _package(context: NoticeContext, message: Outgoing) -> Notice | None:
    owned = await context.services.packages.find_owned(
        center_id=context.center.id,
        student_id=message.person_id,
        student_package_id=StudentPackageId(message.subject_id),
    )
    return packages_view.refunded_news(context.tr, owned) if owned is not None else None


async def _transferred(context: NoticeContext, message: Outgoing) -> Notice | None:
    found = await context.services.wallets.find_transfer_notice(
        center_id=context.center.id, transfer_id=message.subject_id, person_id=message.person_id
    )
    return wallet_view.transfer_news(context.tr, found, currency=context.center.currency) if found is not None else None


COMPOSERS: Composers = {
    NotificationKind.WALLET_TRANSFERRED.value: _transferred,
    NotificationKind.PAYMENT_COMPLETED.value: _completed,
    NotificationKind.PAYMENT_FAILED.value: _failed,
    NotificationKind.PAYMENT_SURPLUS.value: _surplus,
    NotificationKind.PAYMENT_REFUNDED.value: _refunded,
    NotificationKind.REFUND_REFUSED.value: _refused,
    NotificationKind.PACKAGE_REFUNDED.value: _package,
}
