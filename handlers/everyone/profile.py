"""What taps, texts and contacts do to one's own profile: parse, one use case or view, one screen."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from domain.errors import InvalidInputError, MergeNotNowError, NotFoundError, PhoneTakenError
from domain.people.leaving import Farewell
from domain.people.model import IDLE, Member
from domain.people.profile import ANSWERED, ASK_NEW_NAME, ASK_NEW_PHONE, QUESTIONS
from domain.permissions import Operation, require
from handlers import callback_data as cd
from handlers.commands import commands_for
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.everyone import erasure_view, profile_view
from handlers.everyone.claim_view import came_along
from handlers.home import with_member
from handlers.i18n import LANGUAGES, Translator
from handlers.screens import Answer, Document, KeyboardGone, Message, Reply, Screen
from handlers.tap import Taps, without_data

_KEEP_QUESTION_OPEN = (cd.AskNewName, cd.AskNewPhone, cd.LeaveAsked)


async def open_profile(context: Context) -> Reply:
    """Show the profile."""
    return Reply(await profile_screen(context))


async def profile_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw the profile as it is now, under a notice where something is to be said first."""
    require(context.actor, Operation.MANAGE_OWN_DATA)
    muted = await context.services.profiles.find_muted(center_id=context.actor.center_id, person_id=context.actor.person_id)
    return profile_view.profile(
        context.tr, name=context.member.name, phone=context.member.phone, muted=muted, notice=notice
    )


async def ask_name(context: Context) -> Reply:
    """Ask for another name."""
    await context.services.ask_member(member=context.member, question=ASK_NEW_NAME, shown_on=context.tapped_id)
    return Reply(profile_view.ask_name(context.tr))


async def ask_phone(context: Context) -> Reply:
    """Ask for the phone, with a keyboard that can share it."""
    await context.services.ask_member(member=context.member, question=ASK_NEW_PHONE, shown_on=context.tapped_id)
    return Reply(profile_view.phone_asked(context.tr), messages=(profile_view.ask_phone(context.tr),))


def is_asked(member: Member) -> bool:
    """Whether a question of the profile is open."""
    return member.dialog.step in QUESTIONS


def has_answered(context: Context) -> bool:
    """Whether this very message answered a question of the profile before: it was delivered again."""
    dialog = context.member.dialog
    return dialog.step == IDLE and dialog.data.get(ANSWERED) in QUESTIONS and dialog.has_consumed(context.message_id)


async def take_text(context: Context, text: str) -> Reply:
    """Take what was typed as the answer to the open question; delivered again, show what came of it."""
    if not is_asked(context.member):
        return Reply(await profile_screen(context))
    if context.member.dialog.step == ASK_NEW_PHONE:
        if text.strip() in _cancel_labels(context):
            return await leave(context)
        notice = profile_view.only_the_button(context.tr)
        return Reply(messages=(profile_view.ask_phone(context.tr, notice=notice),))
    try:
        member = await context.services.change_name(member=context.member, typed=text, message_id=context.message_id or 0)
    except InvalidInputError as error:
        return Reply(profile_view.ask_name(context.tr, notice=sentence(context.tr, error)))
    if is_asked(member):
        return Reply()  # an older message, delivered again after the question was asked anew
    context = with_member(context, member)
    return Reply(await profile_screen(context, notice=profile_view.new_name(context.tr, name=member.name)))


async def take_contact(context: Context, *, phone: str, contact_telegram_id: int | None) -> Reply:
    """Take a shared contact as the person's own phone, if it is and it was asked for."""
    if context.member.dialog.step != ASK_NEW_PHONE:
        return Reply(await profile_screen(context))
    try:
        kept = await context.services.change_phone(
            member=context.member,
            phone=phone,
            contact_telegram_id=contact_telegram_id,
            message_id=context.message_id or 0,
        )
    except (InvalidInputError, PhoneTakenError, MergeNotNowError) as error:
        notice = sentence(context.tr, error)
        return Reply(messages=(profile_view.ask_phone(context.tr, notice=notice),))
    context = with_member(context, kept.member)
    done = KeyboardGone(profile_view.new_phone(context.tr, came_along(context, kept)))
    return Reply(await profile_screen(context), messages=(done,))


async def leave(context: Context) -> Reply:
    """Leave the open question, and show the profile; where none is open, show it, too."""
    context, parting = await close_question(context)
    return Reply(await profile_screen(context), messages=parting)


async def leave_for(context: Context, tapped: str) -> tuple[Context, tuple[Message, ...]]:
    """Close an open question for whoever taps something else than its own buttons."""
    if not is_asked(context.member):
        return context, ()
    try:
        is_own = isinstance(cd.decode(tapped), _KEEP_QUESTION_OPEN)
    except cd.MalformedCallbackError:
        is_own = False
    return (context, ()) if is_own else await close_question(context)


async def close_question(context: Context) -> tuple[Context, tuple[Message, ...]]:
    """Close an open question; return the context without it, and what takes its keyboard away, if it has one."""
    if not is_asked(context.member):
        return context, ()
    has_keyboard = context.member.dialog.step == ASK_NEW_PHONE
    member = await context.services.leave_question(member=context.member)
    gone = (KeyboardGone(profile_view.unchanged(context.tr)),) if has_keyboard else ()
    return with_member(context, member), gone


async def switch_reminder(context: Context, data: cd.SwitchReminder) -> Reply:
    """Switch a reminder on or off."""
    await context.services.set_reminder(member=context.member, kind=data.kind, is_wanted=data.is_wanted)
    said = context.tr.plain("Switched on") if data.is_wanted else context.tr.plain("Switched off")
    return Reply(await profile_screen(context), answer=Answer(said))


async def send_my_data(context: Context) -> Reply:
    """Send everything that is kept on the person, as a file."""
    require(context.actor, Operation.MANAGE_OWN_DATA)
    record = await context.services.profiles.find_record(
        center_id=context.actor.center_id, person_id=context.actor.person_id
    )
    now = context.services.clock.now()
    center = context.member.center
    content = {"made_at": now, "amounts": f"minor units of {center.currency}", **record.sections}
    document = Document(
        file_name=f"my-data-{now.astimezone(context.tr.zone):%Y-%m-%d}.json",
        content=json.dumps(content, ensure_ascii=False, indent=2, default=plain_json).encode(),
        caption=profile_view.data_caption(context.tr, center_name=center.name),
    )
    return Reply(messages=(document,))


async def ask_erase(context: Context) -> Reply:
    """Say what being erased means, and ask."""
    return Reply(await erase_screen(context))


async def erase_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw the question as it is to be asked now, under a notice where something is to be said first."""
    return erasure_view.ask_erase(context.tr, await _farewell(context), notice=notice)


async def ask_give_up(context: Context) -> Reply:
    """Ask whether what is left is given up; where nothing is, or nothing can be by now, begin again."""
    farewell = await _farewell(context)
    if farewell.has_unsettled or farewell.given_up.is_nothing:
        return Reply(erasure_view.ask_erase(context.tr, farewell))
    return Reply(erasure_view.ask_give_up(context.tr, farewell))


async def confirm_erase(context: Context, data: cd.ConfirmErase) -> Reply:
    """Forget the person for good."""
    await context.services.erase_me(actor=context.actor, confirmed=data.given_up)
    screen = erasure_view.erased(context.tr, center_name=context.member.center.name)
    return Reply(screen, commands=commands_for(context.tr, None))


def stranger_tapped(tr: Translator, text: str, *, center_name: str) -> Reply:
    """Answer a button that somebody taps whom we do not know: an erased person's second press, or an old message's.

    Nobody is written down for it.
    """
    try:
        is_erasure = isinstance(cd.decode(text), cd.ConfirmErase)
    except cd.MalformedCallbackError:
        is_erasure = False
    if is_erasure:
        return Reply(erasure_view.erased(tr, center_name=center_name))
    said = tr.plain("Please send {command} to begin.", command="/start")
    return Reply(answer=Answer(said, is_alert=True), commands=commands_for(tr, None))


async def _farewell(context: Context) -> Farewell:
    require(context.actor, Operation.MANAGE_OWN_DATA)
    farewell = await context.services.profiles.find_farewell(
        center_id=context.actor.center_id, person_id=context.actor.person_id, now=context.services.clock.now()
    )
    if farewell is None:
        raise NotFoundError(what="person")
    return farewell


def _cancel_labels(context: Context) -> set[str]:
    """Return what leaves the question, in any language: the keyboard may have been drawn before the language changed."""
    return {profile_view.cancel_label(Translator(language, context.tr.zone)) for language in LANGUAGES}


def plain_json(value: object) -> object:
    """Return what JSON has no word for in one that it has: instants by ISO 8601, ids as text."""
    if isinstance(value, Mapping):
        return dict(value)
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else str(value)


TAPS: Taps = {
    cd.OpenProfile: without_data(open_profile),
    cd.AskNewName: without_data(ask_name),
    cd.AskNewPhone: without_data(ask_phone),
    cd.LeaveAsked: without_data(leave),
    cd.SwitchReminder: switch_reminder,
    cd.SendMyData: without_data(send_my_data),
    cd.AskErase: without_data(ask_erase),
    cd.AskGiveUp: without_data(ask_give_up),
    cd.ConfirmErase: confirm_erase,
}
