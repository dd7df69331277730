"""Questions that are answered by typing: which flow takes the answer, and which buttons belong to the question."""

from collections.abc import Mapping

from domain.people.asking import answered_step, is_asking
from handlers import callback_data as cd
from handlers.admin import catalogue_lists, editing, forms, merging, payments, refunds, transfers, wallets
from handlers.admin import people as members
from handlers.context import Context
from handlers.desk import flows as desk
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Reply
from handlers.student import pay
from handlers.team import (
    broadcasts,
    door,
    holidays,
    override,
    rule_change,
    rule_plan,
    session_card,
    session_plan,
    timetable,
)

__all__ = ["QUESTIONS", "Question", "is_asked", "leave", "leave_for", "take_text"]


QUESTIONS: Mapping[str, Question] = {
    **forms.QUESTIONS,
    **editing.QUESTIONS,
    **catalogue_lists.QUESTIONS,
    **members.QUESTIONS,
    **merging.QUESTIONS,
    **payments.QUESTIONS,
    **refunds.QUESTIONS,
    **wallets.QUESTIONS,
    **transfers.QUESTIONS,
    **desk.QUESTIONS,
    **door.QUESTIONS,
    **session_card.QUESTIONS,
    **session_plan.QUESTIONS,
    **override.QUESTIONS,
    **timetable.QUESTIONS,
    **rule_plan.QUESTIONS,
    **rule_change.QUESTIONS,
    **holidays.QUESTIONS,
    **broadcasts.QUESTIONS,
    pay.ASK_AMOUNT: Question(pay.take_amount, pay.show_amount, pay.AMOUNT_BUTTONS),
}
"""Every question by its step."""


def is_asked(context: Context) -> bool:
    """Whether a question of these is open, or this very message answered one before."""
    dialog = context.member.dialog
    return is_asking(dialog) or answered_step(dialog, context.message_id) is not None


async def take_text(context: Context, text: str) -> Reply:
    """Give what was typed to the flow that asked; delivered again, show what came of it."""
    dialog = context.member.dialog
    step = answered_step(dialog, context.message_id)
    if step is not None:
        return await QUESTIONS[step].show(context)
    question = QUESTIONS[dialog.step]
    return await (question.show(context) if dialog.has_consumed(context.message_id) else question.take(context, text))


async def leave(context: Context, *, for_good: bool = False) -> Context:
    """Close the open question, if one is; a draft is kept unless it is left for good."""
    dialog = context.member.dialog
    if not is_asking(dialog):
        return context
    question = QUESTIONS.get(dialog.step)
    keeps_draft = question is not None and question.is_draft and not for_good
    return with_member(context, await context.services.stop_asking(member=context.member, keeps_draft=keeps_draft))


async def leave_for(context: Context, tapped: str) -> Context:
    """Close the open question for whoever taps what is not a part of it."""
    dialog = context.member.dialog
    if not is_asking(dialog):
        return context
    question = QUESTIONS.get(dialog.step)
    try:
        is_own = question is not None and type(cd.decode(tapped)) in question.buttons
    except cd.MalformedCallbackError:
        is_own = False
    return context if is_own else await leave(context)
