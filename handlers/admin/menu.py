"""All that is tapped in the center's administration, and what is shown where it was refused."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup

from domain.errors import BranchInUseError, ClassInUseError, RefusalError
from handlers.admin import (
    audit_log,
    cashboxes,
    catalogue,
    catalogue_lists,
    editing,
    enrollment_card,
    exports,
    forms,
    invites,
    merging,
    payment_card,
    payments,
    people,
    refunds,
    reports,
    set_up,
    settings,
    transfers,
    wallets,
)
from handlers.buttons.admin import AskArchive, ChangeField, ChangeFrom, ConfirmArchive
from handlers.buttons.finance import ConfirmTransfer
from handlers.buttons.members import ConfirmTakeRole, SetBlock
from handlers.buttons.merging import ConfirmMerge
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.screens import Screen
from handlers.tap import Taps, merged

TAPS: Taps = merged(
    audit_log.TAPS,
    cashboxes.TAPS,
    catalogue.TAPS,
    catalogue_lists.TAPS,
    editing.TAPS,
    enrollment_card.TAPS,
    exports.TAPS,
    forms.TAPS,
    invites.TAPS,
    merging.TAPS,
    payment_card.TAPS,
    payments.TAPS,
    people.TAPS,
    refunds.TAPS,
    reports.TAPS,
    set_up.TAPS,
    settings.TAPS,
    transfers.TAPS,
    wallets.TAPS,
)


async def _edited(context: Context, data: ChangeField | ChangeFrom, _error: RefusalError, notice: Markup) -> Screen | None:
    return await editing.asked(context, data.object_id, data.field, notice=notice)


async def _archived(context: Context, data: ConfirmArchive, error: RefusalError, _notice: Markup) -> Screen | None:
    if isinstance(error, BranchInUseError | ClassInUseError):
        return (await catalogue.ask_archive(context, AskArchive(data.subject, data.object_id))).screen
    return None


async def _merged(context: Context, data: ConfirmMerge, _error: RefusalError, notice: Markup) -> Screen | None:
    return await people.person_screen(context, data.first_id, notice=notice)


async def _person(
    context: Context, data: ConfirmTakeRole | SetBlock, _error: RefusalError, notice: Markup
) -> Screen | None:
    return await people.person_screen(context, data.person_id, notice=notice)


Draw = Callable[[Context, Any, RefusalError, Markup], Awaitable[Screen | None]]
AFTER_REFUSAL: Mapping[type[CallbackData], Draw] = {
    ChangeField: _edited,
    ChangeFrom: _edited,
    ConfirmArchive: _archived,
    ConfirmTakeRole: _person,
    SetBlock: _person,
    ConfirmMerge: _merged,
    ConfirmTransfer: transfers.after_refusal,
}
