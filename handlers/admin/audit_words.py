"""What stands in the audit log, in words: operations, objects, and the values before and after."""

from collections.abc import Mapping
from typing import Any

from domain.organization.audit_views import AuditGroup, AuditPeriod, AuditRow
from domain.organization.fields import Field, Subject
from domain.permissions import Role
from handlers.admin.field_words import label, value_text
from handlers.admin.operation_words import operation
from handlers.everyone.role_view import role_name
from handlers.i18n import Translator

_SUBJECTS = {"center": Subject.CENTER, "branch": Subject.BRANCH, "class": Subject.CLASS, "package": Subject.PACKAGE}


def group(tr: Translator, chosen: AuditGroup | None) -> str:
    """Return what a group of operations is called; None is all."""
    match chosen:
        case AuditGroup.BOOKINGS:
            return tr.plain("Bookings and attendance")
        case AuditGroup.SESSIONS:
            return tr.plain("Calendar and timetable")
        case AuditGroup.MONEY:
            return tr.plain("Money")
        case AuditGroup.CATALOGUE:
            return tr.plain("Classes and packages")
        case AuditGroup.PEOPLE:
            return tr.plain("People and roles")
        case AuditGroup.CENTER:
            return tr.plain("Center and branches")
        case None:
            return tr.plain("Everything")


def period(tr: Translator, chosen: AuditPeriod) -> str:
    """Return what a period is called."""
    match chosen:
        case AuditPeriod.DAY:
            return tr.plain("The last 24 hours")
        case AuditPeriod.WEEK:
            return tr.plain("The last 7 days")
        case AuditPeriod.MONTH:
            return tr.plain("The last 31 days")
        case AuditPeriod.EVER:
            return tr.plain("All the time")


def actor(tr: Translator, row: AuditRow) -> str:
    """Return who did it."""
    if row.actor_id is None:
        return tr.plain("the system")
    return row.actor_name or tr.plain("somebody who was erased")


def changes(tr: Translator, row: AuditRow, *, currency: str) -> list[tuple[str, str | None, str | None]]:
    """Return what changed: its name, before (None: it was not), after (None: it is no more)."""
    before, after = row.before or {}, row.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [
        (
            _key(tr, row, name),
            _value(tr, row, name, before, currency=currency),
            _value(tr, row, name, after, currency=currency),
        )
        for name in names
        if not _is_reference(name)
    ]


def columns(tr: Translator) -> list[str]:
    """Return the heads of the file's columns."""
    return [
        tr.plain("When"),
        tr.plain("Who"),
        tr.plain("As"),
        tr.plain("What"),
        tr.plain("To what"),
        tr.plain("Id"),
        tr.plain("Before"),
        tr.plain("After"),
        tr.plain("Reason"),
    ]


def cells(tr: Translator, row: AuditRow, *, currency: str) -> list[str]:
    """Return a row of the file."""
    changed = changes(tr, row, currency=currency)
    before = "; ".join(f"{name}: {was}" for name, was, _ in changed if was is not None)
    after = "; ".join(f"{name}: {now}" for name, _, now in changed if now is not None)
    texts = [
        row.at.astimezone(tr.zone).isoformat(sep=" ", timespec="seconds"),
        actor(tr, row),
        _role(tr, row.actor_role),
        operation(tr, row.operation),
        row.object_name or row.object_type,
        str(row.object_id),
        before,
        after,
        row.reason or "",
    ]
    return [text.translate(_INVISIBLE) for text in texts]


_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))


def _role(tr: Translator, role: Role | None) -> str:
    return "" if role is None else str(role_name(tr, role))


def _is_reference(name: str) -> bool:
    """Whether a value is an id, which tells nobody anything."""
    return name.endswith("_id")


def _field(row: AuditRow, name: str) -> Field | None:
    subject = _SUBJECTS.get(row.object_type)
    return next((each for each in Field if each.subject is subject and each.attribute == name), None)


def _key(tr: Translator, row: AuditRow, name: str) -> str:  # noqa: C901, PLR0912 -- one line for each word
    field = _field(row, name)
    if field is not None:
        return label(tr, field)
    match name:
        case "status":
            return tr.plain("Status")
        case "method":
            return tr.plain("Paid by")
        case "role":
            return tr.plain("Role")
        case "archived":
            return tr.plain("Put away")
        case "blocked":
            return tr.plain("Blocked")
        case "people":
            return tr.plain("People told")
        case "stopped":
            return tr.plain("Stopped")
        case "is_active":
            return tr.plain("On sale")
        case "changed":
            return tr.plain("Changed")
        case "confirmed":
            return tr.plain("Confirmed")
        case "ended":
            return tr.plain("Taken back")
        case "credits" | "waived_credits":
            return tr.plain("Credits")
        case _ if name.endswith("_minor"):
            return tr.plain("Amount")
        case _:
            return name.replace("_", " ").capitalize()


def _value(tr: Translator, row: AuditRow, name: str, values: Mapping[str, Any], *, currency: str) -> str | None:
    if name not in values:
        return None
    value, field = values[name], _field(row, name)
    if field is not None and (value is None or isinstance(value, str | int)):
        return value_text(tr, field, value, currency=currency)
    if isinstance(value, bool):
        return tr.plain("yes") if value else tr.plain("no")
    if name == "role" and value in tuple(Role):
        return str(role_name(tr, Role(value)))
    if name.endswith("_minor") and isinstance(value, int):
        return tr.money(value, currency)
    return tr.plain("none") if value is None else str(value)
