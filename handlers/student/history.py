"""What a student's taps and typed words do to the list of their past bookings."""

from dataclasses import replace

from markupsafe import Markup

from domain.enrollments.history import HistoryChoice, HistoryCursor
from domain.enrollments.searching import ASK_WORDS, choice_of, words_of
from domain.errors import InvalidInputError
from domain.permissions import Operation, require
from handlers.callback_data import ListHistory, OpenHistoryPanel
from handlers.callback_lists import HistoryPanel
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.screens import Reply, Screen
from handlers.student import history_view
from handlers.tap import Taps

_PAGE = 8


async def list_history(context: Context, data: ListHistory) -> Reply:
    """Show a page of past bookings; whoever was asked for words has thought better of it."""
    await leave_question(context)
    words = words_of(context.member.dialog) if data.choice.is_search else None
    if data.choice.is_search and words is None:
        notice = history_view.search_ended(context.tr)
        return Reply(await _screen(context, data.choice.without_search(), None, words=None, notice=notice))
    return Reply(await _screen(context, data.choice, data.after, words=words))


async def open_panel(context: Context, data: OpenHistoryPanel) -> Reply:
    """Ask which bookings, of which class, or with which words in them."""
    require(context.actor, Operation.VIEW_ENROLLMENTS, owner_id=context.actor.person_id)
    choice, tr = data.choice, context.tr
    if data.panel is HistoryPanel.WORDS:
        await context.services.ask_for_words(member=context.member, choice=choice, shown_on=context.tapped_id)
        return Reply(history_view.ask_words(tr, choice))
    classes = await context.services.history.list_classes(
        center_id=context.actor.center_id, student_id=context.actor.person_id
    )
    if data.panel is HistoryPanel.CLASSES:
        return Reply(history_view.ask_class(tr, choice, classes=classes))
    title = next((each.title for each in classes if each.class_id == choice.class_id), None)
    return Reply(history_view.ask_filter(tr, choice, class_title=title))


def is_asked(context: Context) -> bool:
    """Whether what the person types are words to look for: asked for now, or this same message answered before."""
    dialog = context.member.dialog
    is_repeated = words_of(dialog) is not None and dialog.consumed_message_id == context.message_id
    return dialog.step == ASK_WORDS or is_repeated


async def take_words(context: Context, text: str) -> Reply:
    """Show what is found for the typed words, or ask again where they are none."""
    try:
        member = await context.services.search_for_words(member=context.member, typed=text, message_id=context.message_id)
    except InvalidInputError as error:
        choice = choice_of(context.member.dialog)
        return Reply(history_view.ask_words(context.tr, choice, notice=sentence(context.tr, error)))
    choice = replace(choice_of(member.dialog), is_search=True)
    return Reply(await _screen(with_member(context, member), choice, None, words=words_of(member.dialog)))


async def leave_question(context: Context) -> bool:
    """Close the question for words, if it is open; return whether it was."""
    if context.member.dialog.step != ASK_WORDS:
        return False
    await context.services.leave_search(member=context.member)
    return True


async def _screen(
    context: Context,
    choice: HistoryChoice,
    after: HistoryCursor | None,
    *,
    words: str | None,
    notice: Markup | None = None,
) -> Screen:
    require(context.actor, Operation.VIEW_ENROLLMENTS, owner_id=context.actor.person_id)
    now = context.services.clock.now()
    page = await context.services.history.list_past(
        center_id=context.actor.center_id,
        student_id=context.actor.person_id,
        now=now,
        choice=choice,
        words=words,
        limit=_PAGE,
        after=after,
    )
    return history_view.history(
        context.tr, page, choice=choice, words=words, is_first_page=after is None, now=now, notice=notice
    )


TAPS: Taps = {ListHistory: list_history, OpenHistoryPanel: open_panel}
