"""From an update to a reply: who writes, what they want, what they are told. Nothing here speaks to the network."""

import logging
import secrets
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import CallbackQuery, ChatMember, Message, PreCheckoutQuery, Update, User
from telegram.constants import ChatType

from domain.enrollments.history import HistoryChoice
from domain.errors import BusyError, NotFoundError, NotPermittedError, OutOfDateError, RefusalError
from domain.organization.model import Center
from domain.people.input import profile_name
from domain.people.model import IDLE, Member
from domain.permissions import Operation, Role, scope_of
from domain.writes.base import ConflictError, DatabaseAwayError, UnknownOutcomeError
from handlers import chat_payments, error_texts, questions
from handlers.admin import catalogue_lists, payments, people_lists, reports, settings, wallets
from handlers.callback_data import ListBookings, ListHistory, ListPackages
from handlers.commands import commands_for
from handlers.context import Context, Services
from handlers.desk import cashbox
from handlers.everyone import flows as everyone
from handlers.everyone import guide, joining, profile
from handlers.home import home_screen, with_member
from handlers.i18n import Translator, negotiate
from handlers.screens import Reply, Screen
from handlers.start_payload import InviteLink, PaymentLink, SessionLink, TicketLink, parse_payload
from handlers.student import calendar, history, packages, pay, wallet
from handlers.student import flows as student
from handlers.taps import answer_of, handle_tap, refused_tap, with_notice
from handlers.team import door, timetable
from handlers.team import flows as team

_LOGGER = logging.getLogger(__name__)
_REFERENCE_BYTES = 4


class _LatestCenter:
    """The center as it was read last: what is said where nothing can be read."""

    __slots__ = ("center",)

    def __init__(self) -> None:
        self.center: Center | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """The bot's side of every private chat of one center.

    ``on_refusal`` is told the code and role of every refusal, ``on_fault`` of every fault: for the counters.
    """

    center: Center
    services: Services
    on_refusal: Callable[[str, str], None]
    on_fault: Callable[[], None]
    _latest: _LatestCenter = field(default_factory=_LatestCenter, init=False)

    async def handle(self, update: Update) -> Reply | None:
        """Commit what an update asks for, and return what the person is told, or None for what concerns nobody.

        Raises DatabaseAwayError, with nothing done: the same update is to be handled when the database is back.
        """
        user, chat = update.effective_user, update.effective_chat
        if update.pre_checkout_query is not None:
            return await self._before_payment(update.pre_checkout_query)
        if user is None or user.is_bot or chat is None or chat.type != ChatType.PRIVATE:
            return None
        if update.my_chat_member is not None:
            await self._note_reachability(user, status=update.my_chat_member.new_chat_member.status)
            return None
        if update.callback_query is None and update.message is None:
            return None
        context: Context | None = None
        try:
            member = await self._meet(user) if update.callback_query is None else await self._find(user)
            if member is None:
                return await self._stranger_tapped(user, update.callback_query)
            context = await self._context(user, member)
            return _with_question_spent(await self._dispatch(context, update), member, update)
        except DatabaseAwayError:
            raise
        except RefusalError as error:
            reply = await self._refused(context, update, error)
            return _with_question_spent(reply, context.member, update) if reply and context else reply
        except (ConflictError, UnknownOutcomeError):
            return await self._refused(context, update, BusyError())
        except Exception:  # noqa: BLE001 -- the outermost handler: whatever it is, the person gets an answer
            return self._failed(user, update)

    async def _before_payment(self, query: PreCheckoutQuery) -> Reply:
        member = await self._find(query.from_user)
        translator = self._translator_of(query.from_user)
        return await chat_payments.answer_before_payment(self.services, translator, member, query)

    async def _meet(self, user: User) -> Member:
        name = profile_name(user.first_name, user.last_name, telegram_id=user.id)
        member = await self.services.meet_person(center_id=self.center.id, telegram_id=user.id, name=name)
        self._latest.center = member.center
        return member

    async def _find(self, user: User) -> Member | None:
        """Find who is known: what is no word to us makes nobody known, least of all somebody who was erased."""
        member = await self.services.find_member(center_id=self.center.id, telegram_id=user.id)
        if member is not None:
            self._latest.center = member.center
        return member

    async def _context(self, user: User, member: Member) -> Context:
        if member.is_unreachable:
            await self.services.note_reachability(center_id=member.center.id, person_id=member.person_id, is_reachable=True)
        language = member.language or negotiate(user.language_code, default=member.center.default_language)
        return Context(member, Translator(language, ZoneInfo(member.center.timezone)), self.services)

    async def _dispatch(self, context: Context, update: Update) -> Reply:
        if update.message is not None and update.message.successful_payment is not None:
            return await chat_payments.keep_payment(self.services, self.center.id, update.message.successful_payment)
        if context.member.is_blocked:
            notice = error_texts.blocked(context.tr)
            if update.callback_query is not None:
                return Reply(answer=answer_of(notice, is_alert=True))
            return Reply(messages=(Screen(context.tr.lines(notice)),))
        if update.callback_query is not None:
            return await self._tapped(context, update.callback_query)
        if update.message is not None:
            return await self._written(replace(context, message_id=update.message.message_id), update.message)
        return Reply()

    async def _tapped(self, context: Context, query: CallbackQuery) -> Reply:
        if query.message is not None:
            context = replace(context, message_id=query.message.message_id, is_tap=True)
        context = await questions.leave_for(context, query.data or "")
        context, parting = await profile.leave_for(context, query.data or "")
        reply = await handle_tap(context, query.data or "")
        return replace(reply, messages=(*parting, *reply.messages))

    async def _written(self, context: Context, message: Message) -> Reply:
        if message.contact is not None and profile.is_asked(context.member):
            return await profile.take_contact(
                context, phone=message.contact.phone_number, contact_telegram_id=message.contact.user_id
            )
        if message.contact is not None and joining.is_joining(context.member):
            return await joining.take_contact(
                context, phone=message.contact.phone_number, contact_telegram_id=message.contact.user_id
            )
        text = message.text or ""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            command = name.partition("@")[0].lower()
            if command == "cancel" and profile.is_asked(context.member):
                return await profile.leave(context)
            was_asked = questions.is_asked(context)
            context = await questions.leave(context, for_good=command == "cancel")
            if command == "cancel" and was_asked:
                return await self._home(context, context.tr.text("Left."))
            context, parting = await profile.close_question(context)
            reply = await self._commanded(context, command, argument.strip())
            return replace(reply, messages=(*parting, *reply.messages))
        if joining.is_joining(context.member):
            return await joining.take_text(context, text)
        if profile.is_asked(context.member) or profile.has_answered(context):
            return await profile.take_text(context, text)
        if questions.is_asked(context):
            return await questions.take_text(context, text)
        if context.actor.role is Role.STUDENT and history.is_asked(context):
            return await history.take_words(context, text)
        return await self._home(context, context.tr.text("Please use the buttons: everything is done with them."))

    async def _commanded(self, context: Context, command: str, argument: str) -> Reply:
        if command == "start":
            return await self._started(context, argument)
        if joining.is_joining(context.member):
            return joining.ask_language(context) if command == "language" else joining.current_question(context)
        commands = {Role.STUDENT: _STUDENT_COMMANDS, Role.ADMIN: _ADMIN_COMMANDS}.get(
            context.actor.role or Role.STAFF, _TEAM_COMMANDS
        )
        handler = commands.get(command)
        if handler is not None:
            return await handler(context)
        if command == "cancel" and await history.leave_question(context):
            return await history.list_history(context, ListHistory(HistoryChoice(), None))
        if command == "cancel":
            return await self._home(context, context.tr.text("There was nothing to leave."))
        return await self._home(context, context.tr.text("There is no such command here."))

    async def _started(self, context: Context, payload: str) -> Reply:
        link = parse_payload(payload) if payload else None
        if isinstance(link, InviteLink):
            await self.services.accept_invite(member=context.member, code=link.code)
            context = await self._again(context)
        member = await self.services.claim_configured_admin(member=context.member)
        context = with_member(context, member)
        if joining.is_joining(member):
            return replace(joining.current_question(context), commands=commands_for(context.tr, None))
        if isinstance(link, SessionLink) and context.actor.role is Role.STUDENT:
            return Reply(await student.session_screen(context, link.session_id))
        if isinstance(link, TicketLink):
            return await self._ticket(context, link)
        if isinstance(link, PaymentLink) and context.actor.role is Role.STUDENT:
            return Reply(await pay.payment_screen(context, link.payment_id))
        if payload and link is None:
            raise OutOfDateError
        return Reply(await home_screen(context), commands=commands_for(context.tr, context.actor.role))

    async def _ticket(self, context: Context, link: TicketLink) -> Reply:
        """Open a scanned ticket for who may mark it; to everybody else it is a link to nothing."""
        if scope_of(context.actor, Operation.MARK_ATTENDANCE) is None:
            raise NotFoundError(what="ticket")
        return Reply(await door.head_screen(context, link.enrollment_id))

    async def _again(self, context: Context) -> Context:
        member = await self.services.meet_person(
            center_id=self.center.id, telegram_id=context.member.telegram_id, name=context.member.name
        )
        return with_member(context, member)

    async def _home(self, context: Context, notice: Markup) -> Reply:
        return Reply(with_notice(context, await home_screen(context), notice))

    async def _refused(self, context: Context | None, update: Update, error: RefusalError) -> Reply | None:
        role = context.actor.role if context is not None else None
        self.on_refusal(error.code, role or "NONE")
        _LOGGER.info("refused %s to a %s: %s", error.code, role, error)
        user = update.effective_user
        try:
            if context is None or isinstance(error, BusyError):
                translator = context.tr if context is not None else self._translator_of(user)
                notice = error_texts.sentence(translator, error)
                return self._told(update, notice, translator)
            if update.callback_query is not None:
                return await refused_tap(context, update.callback_query.data or "", error)
            notice = error_texts.sentence(context.tr, error)
            if joining.is_joining(context.member):
                return joining.current_question(context, notice=notice)
            if isinstance(error, NotPermittedError | NotFoundError):  # nobody who asks is left, or nothing asked about
                context = await questions.leave(context)
            return await self._home(context, notice)
        except DatabaseAwayError:
            raise
        except Exception:  # noqa: BLE001 -- the outermost handler: whatever it is, the person gets an answer
            return self._failed(user, update)

    def _translator_of(self, user: User | None) -> Translator:
        center = self._latest.center or self.center
        language = negotiate(user.language_code if user is not None else None, default=center.default_language)
        return Translator(language, ZoneInfo(center.timezone))

    def _failed(self, user: User | None, update: Update) -> Reply:
        """Log a fault of ours with a reference, and answer with it."""
        reference = secrets.token_hex(_REFERENCE_BYTES)
        self.on_fault()
        _LOGGER.error("fault %s while handling update %s", reference, update.update_id, exc_info=sys.exception())
        translator = self._translator_of(user)
        return self._told(update, error_texts.fault(translator, reference=reference), translator)

    def _told(self, update: Update, notice: Markup, translator: Translator) -> Reply:
        """Tell something without touching the screen: as a pop-up on a tap, as a message otherwise."""
        if update.callback_query is not None:
            answer = answer_of(notice, is_alert=True)
            if answer.text:
                return Reply(answer=answer)
        return Reply(messages=(Screen(translator.lines(notice)),))

    async def _note_reachability(self, user: User, *, status: str) -> None:
        member = await self._find(user)
        if member is not None:
            await self.services.note_reachability(
                center_id=member.center.id, person_id=member.person_id, is_reachable=status != ChatMember.BANNED
            )

    async def _stranger_tapped(self, user: User, query: CallbackQuery | None) -> Reply:
        text = query.data if query is not None else None
        center = await self.services.organization.find_served(center_id=self.center.id) or self.center
        self._latest.center = center
        return profile.stranger_tapped(self._translator_of(user), text or "", center_name=center.name)


def _with_question_spent(reply: Reply, member: Member, update: Update) -> Reply:
    """Let the buttons of what was asked go: typing brings a new message, and a tap elsewhere leaves the question.

    A tap on the question itself changes its message in place.
    """
    dialog = member.dialog
    if dialog.step == IDLE:
        return reply
    tapped = update.callback_query.message if update.callback_query is not None else None
    spent_id = dialog.question_message_id if tapped is None or tapped.message_id != dialog.question_message_id else None
    return replace(reply, spent_message_id=spent_id, asked_id=member.person_id if update.callback_query is None else None)


_EVERYBODYS_COMMANDS: dict[str, Callable[[Context], Awaitable[Reply]]] = {
    "help": guide.open_help,
    "language": everyone.open_languages,
    "role": everyone.open_roles,
}
_STUDENT_COMMANDS: dict[str, Callable[[Context], Awaitable[Reply]]] = {
    **_EVERYBODYS_COMMANDS,
    "calendar": calendar.open_calendar,
    "bookings": lambda context: student.list_bookings(context, ListBookings(None)),
    "packages": lambda context: packages.list_packages(context, ListPackages(None)),
    "profile": profile.open_profile,
    "wallet": wallet.open_first_page,
}
_TEAM_COMMANDS: dict[str, Callable[[Context], Awaitable[Reply]]] = {
    **_EVERYBODYS_COMMANDS,
    "today": team.open_today,
    "sessions": team.open_first_page,
    "timetable": timetable.open_first_page,
    "cashbox": cashbox.open_cashboxes,
    "packages": catalogue_lists.open_products,
}
_ADMIN_COMMANDS: dict[str, Callable[[Context], Awaitable[Reply]]] = {
    **_TEAM_COMMANDS,
    "reports": reports.open_reports,
    "payments": payments.open_list,
    "wallets": wallets.open_wallets,
    "people": people_lists.open_people,
    "settings": settings.open_settings,
}
