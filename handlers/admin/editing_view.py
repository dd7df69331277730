"""One field of something that exists: what it is, what a change of it means, and what it can be."""

from uuid import UUID

from markupsafe import Markup

from domain.ids import BranchId, ClassId, ClassPackageId
from domain.organization.fields import Field, Subject, Value
from handlers.admin.field_words import effects, label, question, value_text
from handlers.admin.forms_view import rows_of
from handlers.admin.suggestions import Suggestion, Surroundings, columns, suggestions
from handlers.buttons.admin import ChangeField, ChangeFrom, OpenBranch, OpenClass, OpenProduct, OpenSettings
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.callback_owner import Number
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row


def ask(
    tr: Translator,
    object_id: UUID,
    field: Field,
    value: Value | None,
    around: Surroundings,
    *,
    notice: Markup | None = None,
) -> Screen:
    """Return a field's value, its meaning and what is offered instead."""
    meaning = effects(tr, field)
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>{label}</b>: {value}", label=label(tr, field), value=_now(tr, field, value, around)),
            "",
            question(tr, field),
            "" if meaning else None,
            *meaning,
        ),
        (
            *rows_of(suggestions(tr, field, around), columns(field), lambda each: _change(object_id, field, each)),
            (Button(tr.plain("◀️ Back"), encode(_back(object_id, field))), *home_row(tr)),
        ),
    )


def _now(tr: Translator, field: Field, value: Value | None, around: Surroundings) -> str:
    return value_text(tr, field, value, currency=around.currency)


def _change(object_id: UUID, field: Field, each: Suggestion) -> CallbackData:
    if each.source_id is not None:
        return ChangeFrom(object_id, field, each.source_id)
    return ChangeField(object_id, field, Number(each.number))


def _back(object_id: UUID, field: Field) -> CallbackData:
    match field.subject:
        case Subject.BRANCH:
            return OpenBranch(BranchId(object_id))
        case Subject.CLASS:
            return OpenClass(ClassId(object_id))
        case Subject.PACKAGE:
            return OpenProduct(ClassPackageId(object_id))
        case _:
            return OpenSettings()
