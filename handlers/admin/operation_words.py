"""What somebody did, in the words of the audit log: every operation there is has its own."""

from domain.permissions import Operation
from handlers.i18n import Translator


def operation(tr: Translator, name: str) -> str:
    """Return what was done; what an older version wrote under another name is shown by that name."""
    try:
        known = Operation(name)
    except ValueError:
        return name
    return _at_the_door(tr, known) or _with_money(tr, known) or _around_the_center(tr, known)


def _at_the_door(tr: Translator, known: Operation) -> str | None:  # noqa: C901, PLR0912 -- one line for each
    match known:
        case Operation.VIEW_SESSIONS:
            return tr.plain("looked at classes")
        case Operation.BOOK_SESSION:
            return tr.plain("booked a seat")
        case Operation.MANAGE_SESSIONS:
            return tr.plain("kept the calendar")
        case Operation.CHECK_IN_SESSION:
            return tr.plain("opened check-in")
        case Operation.START_SESSION:
            return tr.plain("started a class")
        case Operation.FINISH_SESSION:
            return tr.plain("finished a class")
        case Operation.CANCEL_SESSION:
            return tr.plain("called a class off")
        case Operation.RESCHEDULE_SESSION:
            return tr.plain("moved a class")
        case Operation.CREATE_SESSION:
            return tr.plain("put a class into the calendar")
        case Operation.EDIT_SESSION:
            return tr.plain("changed a class in the calendar")
        case Operation.DELETE_SESSION:
            return tr.plain("removed a class from the calendar")
        case Operation.VIEW_ENROLLMENTS:
            return tr.plain("looked at bookings")
        case Operation.CANCEL_ENROLLMENT:
            return tr.plain("cancelled a booking")
        case Operation.OVERRIDE_CANCELLATION:
            return tr.plain("cancelled somebody's booking")
        case Operation.MARK_ATTENDANCE:
            return tr.plain("marked attendance")
        case Operation.CORRECT_ATTENDANCE:
            return tr.plain("corrected attendance")
        case Operation.DECIDE_ENROLLMENT:
            return tr.plain("decided a case")
        case Operation.JOIN_WAITLIST:
            return tr.plain("waited for a seat")
        case Operation.SET_STANDING_BOOKING:
            return tr.plain("set a standing booking")
        case _:
            return None


def _with_money(tr: Translator, known: Operation) -> str | None:  # noqa: C901, PLR0912 -- one line for each
    match known:
        case Operation.LOG_CASH_PAYMENT:
            return tr.plain("took cash for a class")
        case Operation.LOG_CASH_TOP_UP:
            return tr.plain("took cash for a wallet")
        case Operation.PAY_OUT_GUEST_WALLET:
            return tr.plain("paid a guest's wallet out")
        case Operation.COUNT_CASHBOX:
            return tr.plain("counted a cashbox")
        case Operation.VIEW_CASHBOX:
            return tr.plain("looked at a cashbox")
        case Operation.TAKE_CASH_TO_BANK:
            return tr.plain("took cash to the bank")
        case Operation.CORRECT_CASH_SAME_DAY | Operation.CORRECT_CASH_LATER:
            return tr.plain("corrected cash")
        case Operation.BUY_PACKAGE:
            return tr.plain("bought a package")
        case Operation.VIEW_STUDENT_PACKAGES:
            return tr.plain("looked at packages")
        case Operation.VIEW_OWN_WALLET | Operation.VIEW_ANY_WALLET | Operation.VIEW_WALLET_TOTALS:
            return tr.plain("looked at a wallet")
        case Operation.TOP_UP_WALLET:
            return tr.plain("paid online")
        case Operation.VIEW_PAYMENTS:
            return tr.plain("looked at payments")
        case Operation.TRANSFER_BETWEEN_WALLETS:
            return tr.plain("moved money between wallets")
        case Operation.VIEW_REPORTS:
            return tr.plain("looked at reports")
        case Operation.REFUND_PAYMENT:
            return tr.plain("refunded a payment")
        case Operation.REFUND_PACKAGE:
            return tr.plain("refunded a package")
        case _:
            return None


def _around_the_center(tr: Translator, known: Operation) -> str:  # noqa: C901, PLR0912 -- one line for each
    match known:
        case Operation.MANAGE_PACKAGES:
            return tr.plain("changed a package")
        case Operation.MANAGE_TIMETABLE:
            return tr.plain("changed the timetable")
        case Operation.EDIT_CLASS_DESCRIPTION | Operation.EDIT_CLASS_TERMS:
            return tr.plain("changed a class")
        case Operation.MANAGE_BRANCHES:
            return tr.plain("changed a branch")
        case Operation.MANAGE_SETTINGS:
            return tr.plain("changed the settings")
        case Operation.MANAGE_ROLES:
            return tr.plain("changed roles")
        case Operation.MANAGE_PEOPLE:
            return tr.plain("changed a person")
        case Operation.MANAGE_OWN_DATA:
            return tr.plain("changed their own data")
        case Operation.CLAIM_GUEST_PROFILE:
            return tr.plain("took over a guest's profile")
        case Operation.MERGE_PEOPLE:
            return tr.plain("merged two people")
        case Operation.BROADCAST_TO_SESSION:
            return tr.plain("wrote to a class")
        case Operation.BROADCAST_WIDELY:
            return tr.plain("wrote to many")
        case Operation.EXPORT_DATA:
            return tr.plain("took data out")
        case Operation.VIEW_AUDIT_LOG:
            return tr.plain("saw to an alert")
        case _:
            return str(known)
