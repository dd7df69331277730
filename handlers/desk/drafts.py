"""What is being typed and confirmed at the desk: kept in the person's dialog row as plain JSON until it is done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from babel.numbers import get_currency_precision
from markupsafe import Markup

from domain.errors import AmountTooLargeError, OutOfDateError
from domain.finance.amounts import parse_amount, parse_amount_or_zero
from handlers.context import Context
from handlers.home import with_member
from handlers.i18n import Translator
from handlers.screens import Screen

Draft = Mapping[str, Any]


async def ask(context: Context, step: str, draft: Draft) -> Context:
    """Open a question with what its answer will need."""
    return with_member(context, await context.ask(step=step, data=draft))


async def take(context: Context, step: str, *, next_step: str, draft: Draft) -> Context:
    """Take what was typed, and go on."""
    member = await context.services.take_answer(
        member=context.member, step=step, message_id=context.message_id, next_step=next_step, data=draft
    )
    return with_member(context, member)


async def close(context: Context) -> Context:
    """Close the question, whose draft has been done."""
    return with_member(context, await context.services.stop_asking(member=context.member))


def draft_of(context: Context, *steps: str) -> Draft:
    """Return what is being asked about. Raises OutOfDateError where something else is, or nothing."""
    dialog = context.member.dialog
    if dialog.step not in steps:
        raise OutOfDateError
    return dialog.data


def id_in(draft: Draft, name: str) -> UUID:
    """Return an id of a draft."""
    return UUID(hex=draft[name])


def typed_amount(context: Context, text: str, *, limit_minor: int, may_be_nothing: bool = False) -> int:
    """Return a typed amount in minor units. Raises InvalidInputError, AmountTooLargeError."""
    currency = context.member.center.currency
    parse = parse_amount_or_zero if may_be_nothing else parse_amount
    amount_minor = parse(text, digits=get_currency_precision(currency))
    if amount_minor > limit_minor:
        raise AmountTooLargeError(limit_minor=limit_minor, currency=currency)
    return amount_minor


def under_notice(tr: Translator, screen: Screen, notice: Markup | None) -> Screen:
    """Put a notice above a screen, where there is one."""
    if notice is None:
        return screen
    return Screen(Markup("{}\n\n{}").format(tr.lines(notice), screen.text), screen.rows)
