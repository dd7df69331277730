"""What stands in the audit log, in words: operations, objects, and the values before and after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.organization.audit_views import AuditGroup, AuditPeriod, AuditRow
from domain.organization.fields import Field, Subject
from domain.permissions import Role
from handlers.admin.audit_values import key_text, plain_value
from handlers.admin.field_words import label, value_text
from handlers.admin.object_words import object_text
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


def changes(
    tr: Translator, row: AuditRow, *, currency: str, names_of: Mapping[str, str] | None = None
) -> list[tuple[str, str | None, str | None]]:
    """Return what changed: its name, before (None: it was not), after (None: it is no more).

    Of ids, only those that ``names_of`` knows by name are shown: the others tell nobody anything.
    """
    known = names_of or {}
    before, after = row.before or {}, row.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [
        (
            _key(tr, row, name),
            _value(tr, row, name, _with_names(before, known), currency=currency),
            _value(tr, row, name, _with_names(after, known), currency=currency),
        )
        for name in names
        if not _is_reference(name) or any(_name(values, name, known) is not None for values in (before, after))
    ]


def references(row: AuditRow) -> set[UUID]:
    """Return the branches, classes and people that a row names by their ids."""
    values = [found for each in (row.before, row.after) if each for name, found in each.items() if name in _REFERENCES]
    return {UUID(str(value)) for value in values if value is not None}


def _with_names(values: Mapping[str, Any], names_of: Mapping[str, str]) -> Mapping[str, Any]:
    return {name: _name(values, name, names_of) or value for name, value in values.items()}


def _name(values: Mapping[str, Any], key: str, names_of: Mapping[str, str]) -> str | None:
    value = values.get(key) if key in _REFERENCES else None
    return names_of.get(str(UUID(str(value)))) if value is not None else None


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
        row.object_name or object_text(tr, row.object_type),
        str(row.object_id),
        before,
        after,
        row.reason or "",
    ]
    return [text.translate(_INVISIBLE) for text in texts]


_REFERENCES = frozenset({"branch_id", "class_id", "source_owner_id", "target_owner_id"})
_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))


def _role(tr: Translator, role: Role | None) -> str:
    return "" if role is None else str(role_name(tr, role))


def _is_reference(name: str) -> bool:
    """Whether a value is an id, which tells nobody anything."""
    return name.endswith("_id")


def _field(row: AuditRow, name: str) -> Field | None:
    subject = _SUBJECTS.get(row.object_type)
    return next((each for each in Field if each.subject is subject and each.attribute == name), None)


def _key(tr: Translator, row: AuditRow, name: str) -> str:
    field = _field(row, name)
    return key_text(tr, name) if field is None else label(tr, field)


def _value(tr: Translator, row: AuditRow, name: str, values: Mapping[str, Any], *, currency: str) -> str | None:
    if name not in values:
        return None
    value, field = values[name], _field(row, name)
    if field is not None and (value is None or isinstance(value, str | int)):
        return value_text(tr, field, value, currency=currency)
    return plain_value(tr, name, value, currency=currency)
