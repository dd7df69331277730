"""First contact, one question after the other; each survives a restart, and is repeated when the answer does not fit."""

from markupsafe import Markup

from domain.errors import InvalidInputError, MergeNotNowError, PhoneTakenError
from domain.people.joining import ASK_NAME, ASK_PHONE
from domain.people.model import Member
from handlers.callback_data import KeepName, PickLanguage
from handlers.commands import commands_for
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.everyone import joining_view
from handlers.everyone.claim_view import came_along
from handlers.home import home_screen, with_member
from handlers.i18n import LANGUAGES, Translator
from handlers.screens import KeyboardGone, Reply
from handlers.tap import Taps, without_data


def current_question(context: Context, *, notice: Markup | None = None) -> Reply:
    """Ask what first contact has come to."""
    match context.member.dialog.step:
        case step if step == ASK_NAME:
            return Reply(joining_view.ask_name(context.tr, name=context.member.name, notice=notice))
        case step if step == ASK_PHONE:
            return Reply(messages=(joining_view.ask_phone(context.tr, notice=notice),))
        case _:
            return ask_language(context, notice=notice)


def ask_language(context: Context, *, notice: Markup | None = None) -> Reply:
    """Ask for the language: the first question, and again for whoever tapped the wrong one."""
    center_name = context.member.center.name
    return Reply(joining_view.ask_language(context.tr, center_name=center_name, is_first_contact=True, notice=notice))


async def pick_language(context: Context, data: PickLanguage) -> Reply:
    """Speak the chosen language from now on."""
    member = await context.services.choose_language(member=context.member, language=data.language)
    context = with_member(context, member, language=data.language)
    if member.joined_at is None:
        return current_question(context)
    return Reply(await home_screen(context), commands=commands_for(context.tr, context.actor.role))


async def keep_name(context: Context) -> Reply:
    """Take the name that Telegram knows, and go on."""
    member = await context.services.accept_name(member=context.member)
    return _after_name(with_member(context, member))


async def take_text(context: Context, text: str) -> Reply:
    """Take what was typed as the answer to the open question."""
    step = context.member.dialog.step
    try:
        if step == ASK_NAME:
            member = await context.services.accept_name(member=context.member, typed=text, message_id=context.message_id)
            return _after_name(with_member(context, member))
        if step == ASK_PHONE and text.strip() in _skip_labels(context):
            return await _finish(context, phone=None, contact_telegram_id=None)
    except InvalidInputError as error:
        return current_question(context, notice=sentence(context.tr, error))
    return current_question(context)


async def take_contact(context: Context, *, phone: str, contact_telegram_id: int | None) -> Reply:
    """Take a shared contact as the person's own phone, if it is."""
    if context.member.dialog.step != ASK_PHONE:
        return current_question(context)
    try:
        return await _finish(context, phone=phone, contact_telegram_id=contact_telegram_id)
    except (InvalidInputError, PhoneTakenError, MergeNotNowError) as error:
        return current_question(context, notice=sentence(context.tr, error))


async def _finish(context: Context, *, phone: str | None, contact_telegram_id: int | None) -> Reply:
    kept = await context.services.share_phone(
        member=context.member,
        phone=phone,
        contact_telegram_id=contact_telegram_id,
        message_id=context.message_id,
    )
    context = with_member(context, kept.member)
    if kept.member.joined_at is None:
        return current_question(context)
    done = KeyboardGone(joining_view.welcome(context.tr, came_along(context, kept)))
    return Reply(await home_screen(context), messages=(done,), commands=commands_for(context.tr, context.actor.role))


def _after_name(context: Context) -> Reply:
    if context.member.dialog.step != ASK_PHONE:
        return current_question(context) if context.member.joined_at is None else Reply()
    named = joining_view.named(context.tr, name=context.member.name)
    return Reply(named, messages=(joining_view.ask_phone(context.tr),), screen_comes_first=True)


def _skip_labels(context: Context) -> set[str]:
    """Return what skips the phone, in any language: the keyboard may have been drawn before the language changed."""
    return {joining_view.skip_label(Translator(language, context.tr.zone)) for language in LANGUAGES}


def is_joining(member: Member) -> bool:
    """Whether first contact is still to be finished."""
    return member.joined_at is None


LANGUAGE_TAPS: Taps = {PickLanguage: pick_language}
JOINING_TAPS: Taps = {KeepName: without_data(keep_name)}
