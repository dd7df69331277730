"""People as an admin sees them: the list, the card, and what is confirmed before it is done to somebody."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.model import EnrollmentStatus
from domain.organization.audit_views import AuditAbout, AuditFilter
from domain.people.admin_views import PersonCard, PersonLine, RecentBooking, RoleLine
from domain.people.leaving import Farewell, GivenUp
from domain.permissions import Role
from domain.sessions.model import SessionStatus
from handlers.admin.menu_view import person_row
from handlers.buttons import members as buttons
from handlers.buttons.admin import AskSearch
from handlers.buttons.audit_log import ListAudit
from handlers.buttons.merging import AskMergeWith
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.callback_owner import SearchOf
from handlers.everyone.role_view import role_name
from handlers.i18n import Formatted, Translator
from handlers.screens import Button, Screen, Style
from handlers.student.home_view import home_row


def people(
    tr: Translator, lines: Sequence[PersonLine], *, words: str | None, has_more: bool, is_first_page: bool
) -> Screen:
    """Return a page of people."""
    is_search = words is not None
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(buttons.ListPeople(None, is_search))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(buttons.ListPeople(lines[-1].person_id, is_search))))
    everybody = (Button(tr.plain("Show all"), encode(buttons.ListPeople(None, is_search=False))),) if is_search else ()
    return Screen(
        tr.lines(
            tr.text("<b>People</b>"),
            tr.text("🔎 {words}", words=words) if words is not None else None,
            None if lines else tr.text("Nobody is called so."),
        ),
        (
            *((Button(_label(tr, each), encode(buttons.OpenPerson(each.person_id))),) for each in lines),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("🔎 Search"), encode(AskSearch(SearchOf.PEOPLE))), *everybody),
            (
                Button(tr.plain("👋 Invite to the team"), encode(buttons.AskInvite())),
                Button(tr.plain("📨 Invitations"), encode(buttons.ListInvites())),
            ),
            home_row(tr),
        ),
    )


def person(tr: Translator, card: PersonCard, *, currency: str, now: datetime, notice: Markup | None = None) -> Screen:
    """Return a person's card with all that an admin does about them."""
    id_ = card.person_id
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("👤 <b>{name}</b>", name=card.name),
            *_standing(tr, card, now=now),
            *(tr.text("🎭 {role}", role=_role(tr, each)) for each in card.roles),
            *_means(tr, card, currency=currency),
            *_bookings(tr, card.bookings, now=now),
            "" if card.notes else None,
            tr.text("📝 {notes}", notes=card.notes) if card.notes else None,
        ),
        (
            *(
                (Button(tr.plain("➖ {role}", role=_role(tr, each)), encode(buttons.AskTakeRole(id_, each.role_id))),)
                for each in card.roles
                if each.role is not Role.STUDENT
            ),
            person_row(tr, id_),
            (
                Button(tr.plain("✏️ Name"), encode(buttons.AskNewNameOf(id_))),
                Button(tr.plain("📝 Note"), encode(buttons.AskNotesOn(id_))),
            ),
            (Button(tr.plain("🤝 Merge with another"), encode(AskMergeWith(id_))),),
            (Button(tr.plain("📄 Their data"), encode(buttons.SendDataOf(id_))), _block(tr, card)),
            (
                Button(tr.plain("📜 What they did"), encode(ListAudit(AuditFilter(AuditAbout.BY, id_), None))),
                Button(tr.plain("📎 What was done to them"), encode(ListAudit(AuditFilter(AuditAbout.ON, id_), None))),
            ),
            (Button(tr.plain("🗑️ Erase"), encode(buttons.AskEraseOf(id_))),),
            (Button(tr.plain("👥 People"), encode(buttons.ListPeople(None, is_search=False))), *home_row(tr)),
        ),
    )


def ask_take_role(tr: Translator, card: PersonCard, role: RoleLine, *, is_self: bool) -> Screen:
    """Return what taking a role away means."""
    meaning = (
        tr.text("You can do nothing of it any more, at once.")
        if is_self
        else tr.text("They can do nothing of it any more, at once, on open screens as well.")
    )
    text = tr.lines(tr.text("Take the role {role} from <b>{name}</b>?", role=_role(tr, role), name=card.name), meaning)
    yes = buttons.ConfirmTakeRole(card.person_id, role.role_id)
    return _ask(tr, text, tr.plain("Yes, take it away"), yes, card=card)


def ask_block(tr: Translator, card: PersonCard) -> Screen:
    """Return what blocking means."""
    text = tr.lines(
        tr.text("Block <b>{name}</b>?", name=card.name),
        tr.text("They can do nothing in this chat any more. What they have booked and own stays; you can unblock them."),
    )
    return _ask(tr, text, tr.plain("Yes, block"), buttons.SetBlock(card.person_id, is_blocked=True), card=card)


def ask_name(tr: Translator, card: PersonCard, *, notice: Markup | None = None) -> Screen:
    """Return the question for a person's name."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("What is <b>{name}</b> called? Type the name, for example: Mona Adel", name=card.name),
        ),
        ((Button(tr.plain("◀️ Back"), encode(buttons.OpenPerson(card.person_id))),),),
    )


def ask_notes(tr: Translator, card: PersonCard, *, notice: Markup | None = None) -> Screen:
    """Return the question for the note on a person."""
    clear = (Button(tr.plain("Remove the note"), encode(buttons.ClearNotesOn(card.person_id))),)
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("What is to be noted on <b>{name}</b>? For example: knee injury, no jumps", name=card.name),
            tr.text("Admins see it, and so does {name} in their own data.", name=card.name),
        ),
        (
            *((clear,) if card.notes else ()),
            (Button(tr.plain("◀️ Back"), encode(buttons.OpenPerson(card.person_id))),),
        ),
    )


def ask_reason(tr: Translator, card: PersonCard, farewell: Farewell, *, notice: Markup | None = None) -> Screen:
    """Return what would be waived, and the question why."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>Erase {name}</b>", name=card.name),
            tr.text("They still have {what}. Pay it back first, or waive it.", what=_what(tr, farewell)),
            "",
            tr.text("To waive it, type the reason, for example: moved away, agreed by phone"),
        ),
        ((Button(tr.plain("No, keep"), encode(buttons.OpenPerson(card.person_id))),),),
    )


def ask_erase(tr: Translator, card: PersonCard, farewell: Farewell, *, reason: str | None) -> Screen:
    """Return what erasing a person means, to be confirmed; or why it cannot be done now."""
    back = Button(tr.plain("No, keep"), encode(buttons.OpenPerson(card.person_id)))
    if farewell.has_unsettled:
        text = tr.text("A class of theirs is going on or is not settled yet. They can be erased when it is.")
        return Screen(tr.lines(tr.text("<b>Erase {name}</b>", name=card.name), text), ((back,),))
    lines = [
        tr.text("<b>Erase {name} for good?</b>", name=card.name),
        tr.text("• Name, phone, notes and the link to the chat are removed; the books keep their amounts."),
    ]
    if farewell.booking_count:
        lines.append(
            tr.ntext(
                "• {n} coming booking is cancelled and paid back in full.",
                "• {n} coming bookings are cancelled and paid back in full.",
                farewell.booking_count,
            )
        )
    if not farewell.given_up.is_nothing:
        lines.append(tr.text("• {what} is waived: {reason}", what=_what(tr, farewell), reason=reason or ""))
    lines.append(tr.text("It cannot be undone."))
    yes = Button(
        tr.plain("Erase for good"), encode(buttons.ConfirmEraseOf(card.person_id, farewell.given_up)), Style.DANGER
    )
    return Screen(tr.lines(*lines), ((yes,), (back,)))


def _ask(tr: Translator, text: Markup, label: str, yes: CallbackData, *, card: PersonCard) -> Screen:
    back = Button(tr.plain("◀️ Back"), encode(buttons.OpenPerson(card.person_id)))
    return Screen(text, ((Button(label, encode(yes), Style.DANGER),), (back, *home_row(tr))))


def _standing(tr: Translator, card: PersonCard, *, now: datetime) -> tuple[Markup | None, ...]:
    phone = tr.text("📱 {phone}", phone=card.phone) if card.phone else None
    verified = tr.text("📱 {phone} (verified)", phone=card.phone) if card.is_phone_verified else phone
    joined = tr.text("Member since {day}", day=tr.past_day(card.joined_at, now=now)) if card.joined_at else None
    return (
        verified,
        tr.text("A guest: they have not written to this chat yet.") if card.is_guest else joined,
        tr.text("⛔ Blocked") if card.is_blocked else None,
        tr.text("📵 They have stopped this chat: messages do not reach them.") if card.is_unreachable else None,
    )


def _means(tr: Translator, card: PersonCard, *, currency: str) -> tuple[Markup, ...]:
    lines = []
    if card.wallet is not None:
        balance = tr.money(card.wallet.balance_minor, currency)
        if card.wallet.locked_minor:
            locked = tr.money(card.wallet.locked_minor, currency)
            lines.append(tr.text("💳 Wallet: {balance}, of which {locked} is locked", balance=balance, locked=locked))
        else:
            lines.append(tr.text("💳 Wallet: {balance}", balance=balance))
    lines += [
        tr.text(
            "🎁 {package} · {title}: {left} of {total} credits left",
            package=each.name,
            title=each.class_title,
            left=each.credits_left,
            total=each.credits_total,
        )
        for each in card.packages
    ]
    return tuple(lines)


def _bookings(tr: Translator, bookings: Sequence[RecentBooking], *, now: datetime) -> tuple[Markup | str, ...]:
    if not bookings:
        return ()
    return (
        "",
        tr.text("<b>Latest bookings</b>"),
        *(
            tr.text(
                "{icon} {moment} {title}",
                icon=_icon(each, now=now),
                moment=tr.past_moment(each.starts_at, now=now),
                title=each.class_title,
            )
            for each in bookings
        ),
    )


def _icon(booking: RecentBooking, *, now: datetime) -> str:
    if booking.status is EnrollmentStatus.CANCELLED or booking.session_status is SessionStatus.CANCELED:
        return "↩️"
    if booking.attended_at is not None:
        return "✅"
    if booking.status is EnrollmentStatus.NO_SHOW:
        return "❌"
    return "🕓" if booking.starts_at > now else "▫️"


def _block(tr: Translator, card: PersonCard) -> Button:
    if card.is_blocked:
        return Button(tr.plain("🟢 Unblock"), encode(buttons.SetBlock(card.person_id, is_blocked=False)))
    return Button(tr.plain("⛔ Block"), encode(buttons.AskBlock(card.person_id)))


def _role(tr: Translator, each: RoleLine) -> str:
    name = role_name(tr, each.role)
    return tr.label(name, tr.plain("{branch}", branch=each.branch_name)) if each.branch_name else str(name)


def _what(tr: Translator, farewell: Farewell) -> Markup | Formatted:
    given_up: GivenUp = farewell.given_up
    money = tr.money(given_up.money_minor, farewell.currency)
    if given_up.credits == 0:
        return money
    class_credits = tr.ntext("{n} credit", "{n} credits", given_up.credits)
    return tr.text("{money} and {credits}", money=money, credits=class_credits) if given_up.money_minor else class_credits


def _label(tr: Translator, each: PersonLine) -> str:
    icon = "⛔" if each.is_blocked else "🚶" if each.is_guest else "👤"
    name = f"{icon} {tr.plain('{name}', name=each.name)}"
    return tr.label(name, tr.plain("{phone}", phone=each.phone)) if each.phone else tr.label(name)
