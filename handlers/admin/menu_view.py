"""The rows of the team's home, and of other screens, that lead to the center's administration and its money."""

from domain.finance.model import WalletOwner
from domain.finance.payments_admin import PaymentChoice
from domain.finance.wallets_admin import WalletRef
from domain.ids import EnrollmentId, PersonId
from domain.organization.audit_views import AuditFilter
from domain.permissions import Actor, Operation, Role, Scope, scope_of
from handlers.buttons.admin import ListClasses, ListProducts, OpenSettings
from handlers.buttons.audit_log import ListAudit
from handlers.buttons.finance import ListPayments, ListPersonBookings, OpenEnrollmentCard, OpenWalletCard, OpenWallets
from handlers.buttons.members import ListPeople
from handlers.buttons.reports import OpenReports
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows
from handlers.team.broadcast_rows import broadcasts_button


def rows_for(tr: Translator, role: Role | None) -> Rows:
    """Return what a role may administer: staff the catalogue, admins everything."""
    classes = Button(tr.plain("🎓 Classes"), encode(ListClasses(0, is_search=False)))
    packages = Button(tr.plain("🎁 Packages"), encode(ListProducts(0, is_search=False, class_id=None)))
    if role is not Role.ADMIN:
        return ((classes, packages), (broadcasts_button(tr),))
    people = Button(tr.plain("👥 People"), encode(ListPeople(None, is_search=False)))
    log = Button(tr.plain("📜 Audit log"), encode(ListAudit(AuditFilter(), None)))
    payments = Button(tr.plain("🧾 Payments"), encode(ListPayments(PaymentChoice(), None)))
    wallets = Button(tr.plain("👛 Wallets"), encode(OpenWallets()))
    reports = Button(tr.plain("📊 Reports"), encode(OpenReports()))
    settings = Button(tr.plain("⚙️ Settings"), encode(OpenSettings()))
    return ((payments, wallets), (reports, broadcasts_button(tr)), (people, classes, packages), (settings, log))


def seat_rows(tr: Translator, actor: Actor, enrollment_id: EnrollmentId) -> Rows:
    """Return what leads from a head at the door to all about its booking, for who may see that."""
    if scope_of(actor, Operation.VIEW_ENROLLMENTS) is not Scope.CENTER:
        return ()
    return ((Button(tr.plain("🎟️ All about this booking"), encode(OpenEnrollmentCard(enrollment_id))),),)


def person_row(tr: Translator, person_id: PersonId) -> tuple[Button, ...]:
    """Return what leads from a person to what they booked, paid and own."""
    payments = ListPayments(PaymentChoice(person_id=person_id), None)
    wallet = OpenWalletCard(WalletRef(WalletOwner.STUDENT, person_id), None)
    return (
        Button(tr.plain("🎟️ Bookings"), encode(ListPersonBookings(person_id, None))),
        Button(tr.plain("🧾 Payments"), encode(payments)),
        Button(tr.plain("👛 Wallet"), encode(wallet)),
    )
