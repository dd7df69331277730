"""The rows of the team's home that lead to the center's administration."""

from domain.organization.audit_views import AuditFilter
from domain.permissions import Role
from handlers.buttons.admin import ListClasses, ListProducts, OpenSettings
from handlers.buttons.audit_log import ListAudit
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
    reports = Button(tr.plain("📊 Reports"), encode(OpenReports()))
    settings = Button(tr.plain("⚙️ Settings"), encode(OpenSettings()))
    return ((people, classes, packages), (reports, broadcasts_button(tr)), (settings, log))
