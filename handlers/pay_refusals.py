"""Which screen stands below a refusal of paying online or of refunding: how things are now, with the ways on."""

from markupsafe import Markup

from domain.errors import (
    InvalidInputError,
    OfferChangedError,
    PackageNotOnSaleError,
    PaymentEndedError,
    PaymentGatewayError,
    PhoneNeededError,
    RefusalError,
)
from domain.permissions import Role
from handlers.admin import payment_card
from handlers.buttons.pay import (
    AskRefund,
    ConfirmPackageRefund,
    ConfirmRefund,
    PayPackage,
    PaySeat,
    SettleByHand,
    StartTopUp,
)
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.screens import Screen
from handlers.student import flows, packages, pay, pay_view


async def screen_after(context: Context, data: CallbackData, error: RefusalError, notice: Markup) -> Screen | None:
    """Return the screen, None for a refusal that is not ours to say."""
    if context.actor.role is Role.STUDENT:
        return await _for_student(context, data, error, notice)
    if context.actor.role is Role.ADMIN and isinstance(
        data, AskRefund | ConfirmRefund | ConfirmPackageRefund | SettleByHand
    ):
        return await payment_card.card_screen(context, data.payment_id, notice=notice)
    return None


async def _for_student(context: Context, data: CallbackData, error: RefusalError, notice: Markup) -> Screen | None:
    match data, error:
        case _, PhoneNeededError():
            return pay_view.phone_needed(context.tr, notice)
        case _, PaymentGatewayError() | PaymentEndedError():
            return await pay.payment_screen(context, error.payment_id, notice=notice)
        case StartTopUp(), InvalidInputError():
            return pay.top_up_screen(context, notice=notice)
        case PayPackage(), PackageNotOnSaleError():
            return await packages.shop_screen(context, None, notice=notice)
        case PayPackage(class_package_id=id_), OfferChangedError():
            return await packages.offer_screen(context, id_, notice=notice)
        case PaySeat(session_id=id_), _:
            return await flows.session_screen(context, id_, notice=notice)
        case _:
            return None
