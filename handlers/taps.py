"""Which handler a tapped button reaches, by what it carries and the role the person acts in."""

from markupsafe import Markup

from domain.errors import (
    AlreadyEnrolledError,
    NotFoundError,
    NotPermittedError,
    OfferChangedError,
    OutOfDateError,
    PackageNotOnSaleError,
    RefusalError,
    WalletTooLowError,
)
from domain.permissions import Role
from handlers import callback_data as cd
from handlers import pay_refusals
from handlers.admin import menu as administration
from handlers.buttons.pay import (
    DropLink,
    PayPackage,
    PaySeat,
    RetryLink,
    StartTopUp,
)
from handlers.buttons.waitlist import ConfirmOffer, ConfirmStanding, JoinLine
from handlers.context import Context
from handlers.desk import flows as desk
from handlers.error_texts import not_there, sentence
from handlers.everyone import announced, joining, profile, switches
from handlers.everyone import flows as everyone
from handlers.home import home_screen
from handlers.screens import Answer, Reply, Screen
from handlers.student import calendar, calendar_export, history, packages, pay, standing, ticket, waitlist, wallet
from handlers.student import flows as student
from handlers.tap import merged
from handlers.team import (
    alerts,
    broadcasts,
    decisions,
    door,
    holidays,
    override,
    rule_change,
    rule_plan,
    session_card,
    session_plan,
    timetable,
)
from handlers.team import flows as team

_LONGEST_ANSWER = 200

_FOR_STUDENTS = merged(
    everyone.TAPS,
    announced.TAPS,
    joining.LANGUAGE_TAPS,
    profile.TAPS,
    switches.TAPS,
    student.TAPS,
    history.TAPS,
    packages.TAPS,
    wallet.TAPS,
    calendar.TAPS,
    calendar_export.TAPS,
    ticket.TAPS,
    waitlist.TAPS,
    standing.TAPS,
    pay.TAPS,
)
_FOR_TEAM = merged(
    everyone.TAPS,
    announced.TAPS,
    joining.LANGUAGE_TAPS,
    team.TAPS,
    alerts.TAPS,
    switches.TAPS,
    session_card.TAPS,
    session_plan.TAPS,
    override.TAPS,
    timetable.TAPS,
    rule_plan.TAPS,
    rule_change.TAPS,
    holidays.TAPS,
    door.TAPS,
    decisions.TAPS,
    desk.TAPS,
    administration.TAPS,
    broadcasts.TAPS,
    # A student's own doings reach the use case, which refuses: what a role may do is decided there alone.
    {kind: student.TAPS[kind] for kind in (cd.ConfirmBooking, cd.ConfirmCancel)},
    {kind: waitlist.TAPS[kind] for kind in (JoinLine, ConfirmOffer)},
    {ConfirmStanding: standing.TAPS[ConfirmStanding]},
    {cd.ConfirmPurchase: packages.TAPS[cd.ConfirmPurchase]},
    {kind: pay.TAPS[kind] for kind in (StartTopUp, PayPackage, PaySeat, RetryLink, DropLink)},
    {cd.ConfirmErase: profile.TAPS[cd.ConfirmErase]},
)
_WHILE_JOINING = merged(joining.LANGUAGE_TAPS, joining.JOINING_TAPS)


async def handle_tap(context: Context, text: str) -> Reply:
    """Do what a button says. Raises OutOfDateError where it says nothing that we know, and the refusals of its use case."""
    try:
        data = cd.decode(text)
    except cd.MalformedCallbackError:
        raise OutOfDateError from None
    if joining.is_joining(context.member):
        tap = _WHILE_JOINING.get(type(data))
        return joining.current_question(context) if tap is None else await tap(context, data)
    taps = _FOR_STUDENTS if context.actor.role is Role.STUDENT else _FOR_TEAM
    tap = taps.get(type(data))
    if context.actor.role is not Role.STUDENT:
        await door.leave_roster(context, data)
    if tap is None:
        raise OutOfDateError
    return await tap(context, data)


async def refused_tap(context: Context, text: str, error: RefusalError) -> Reply:
    """Say no, on a screen that shows the present state and the ways on."""
    notice = sentence(context.tr, error)
    answer = answer_of(notice)
    try:
        data = cd.decode(text)
        paying = await pay_refusals.screen_after(context, data, error, notice)
        return Reply(paying or await _screen_after(context, data, error, notice), answer=answer)
    except (NotFoundError, NotPermittedError):
        state = await _present_state(context, not_there(context.tr))
    except cd.MalformedCallbackError:
        state = await _present_state(context, notice)
    return Reply(state.screen, state.messages, answer=answer)


async def _screen_after(context: Context, data: cd.CallbackData, error: RefusalError, notice: Markup) -> Screen | None:  # noqa: C901, PLR0912 -- one case each
    is_student = context.actor.role is Role.STUDENT
    drawings = {} if is_student else {**desk.AFTER_REFUSAL, **administration.AFTER_REFUSAL, **broadcasts.AFTER_REFUSAL}
    draw = drawings.get(type(data))
    if draw is not None and (drawn := await draw(context, data, error, notice)) is not None:
        return drawn
    match data:
        case _ if isinstance(error, AlreadyEnrolledError) and is_student:
            return await student.booking_screen(context, error.enrollment_id, notice=notice)
        case cd.ConfirmPurchase() if isinstance(error, PackageNotOnSaleError):
            return await packages.shop_screen(context, None, notice=notice)
        case cd.ConfirmPurchase(class_package_id=id_) if isinstance(error, OfferChangedError | WalletTooLowError):
            return await packages.offer_screen(context, id_, notice=notice)
        case cd.ConfirmBooking(session_id=session_id) | cd.OpenSession(session_id=session_id) if is_student:
            return await student.session_screen(context, session_id, notice=notice)
        case _ if not is_student and session_card.is_about_a_session(data, error):
            return await session_card.session_screen(context, session_card.session_of(data), notice=notice)
        case JoinLine(session_id=session_id) if is_student:
            return await student.session_screen(context, session_id, notice=notice)
        case ConfirmOffer(entry_id=entry_id) if is_student:
            return await waitlist.place_screen(context, entry_id, notice=notice)
        case ConfirmStanding(session_id=session_id) if is_student:
            return await standing.question_screen(context, session_id, notice=notice)
        case cd.ConfirmErase() if is_student:
            return await profile.erase_screen(context, notice=notice)
        case (
            cd.AskCancel(enrollment_id=enrollment_id)
            | cd.ConfirmCancel(enrollment_id=enrollment_id)
            | cd.SendCalendarFile(enrollment_id=enrollment_id)
        ) if is_student:
            return await student.booking_screen(context, enrollment_id, notice=notice)
        case _ if not is_student:
            screen = await door.screen_after(context, data, notice) or await decisions.screen_after(context, data, notice)
            return screen or (await _present_state(context, notice)).screen
        case _:
            return (await _present_state(context, notice)).screen


async def _present_state(context: Context, notice: Markup) -> Reply:
    """Show the first screen, or the open question of first contact, under a notice."""
    if joining.is_joining(context.member):
        return joining.current_question(context, notice=notice)
    return Reply(with_notice(context, await home_screen(context), notice))


def with_notice(context: Context, screen: Screen, notice: Markup) -> Screen:
    """Put a notice above a screen."""
    return Screen(Markup("{}\n\n{}").format(context.tr.lines(notice), screen.text), screen.rows)


def answer_of(notice: Markup, *, is_alert: bool = False) -> Answer:
    """Return a notice as what pops up on a tap; what is too long for that stands on the screen alone."""
    text = notice.striptags()
    return Answer(text, is_alert) if len(text) <= _LONGEST_ANSWER else Answer()
