"""A form's screens: one question at a time with what can be tapped, then all of it once more before it is made."""

from collections.abc import Callable
from uuid import UUID

from markupsafe import Markup

from domain.organization.fields import RULES, Field, Kind, Subject, Value
from handlers.admin.field_words import effects, label, question, value_text
from handlers.admin.form_state import Form
from handlers.admin.suggestions import Suggestion, Surroundings, columns, suggestions
from handlers.buttons.admin import AskField, FillField, FillFrom, FinishForm, LeaveForm
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.callback_owner import Number
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style

_EDITS_IN_A_ROW = 2


def ask(
    tr: Translator, form: Form, field: Field, around: Surroundings, *, names: dict[str, str], notice: Markup | None = None
) -> Screen:
    """Return the question for one field of a form. ``names`` are those of what the form refers to."""
    place = form.fields.index(field) + 1
    offered = suggestions(tr, field, around, picked=form.picked)
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>{form}</b> · {place} of {all}", form=title(tr, form.subject), place=place, all=len(form.fields)),
            *_filled(tr, form, around, names=names),
            "",
            question(tr, field),
            *_beside(tr, field),
        ),
        (
            *rows_of(offered, columns(field), lambda each: fill(form.id, field, each)),
            (Button(tr.plain("Cancel"), encode(LeaveForm())),),
        ),
    )


def confirm(
    tr: Translator, form: Form, around: Surroundings, *, names: dict[str, str], notice: Markup | None = None
) -> Screen:
    """Return all that is filled in, to be made so."""
    edits = [Button(f"✏️ {label(tr, each)}", encode(AskField(form.id, each))) for each in form.fields]
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>{form}</b>", form=title(tr, form.subject)),
            *_filled(tr, form, around, names=names),
            "",
            tr.text("Is that right?"),
        ),
        (
            (Button(_finish_label(tr, form.subject), encode(FinishForm(form.subject, form.id)), Style.SUCCESS),),
            *(tuple(edits[at : at + _EDITS_IN_A_ROW]) for at in range(0, len(edits), _EDITS_IN_A_ROW)),
            (Button(tr.plain("Cancel"), encode(LeaveForm())),),
        ),
    )


def taken_up(tr: Translator) -> Markup:
    """Say that a form goes on where it was left."""
    return tr.text("You go on where you left. To begin anew, tap Cancel first.")


def title(tr: Translator, subject: Subject) -> str:
    """Return what a form makes."""
    match subject:
        case Subject.CENTER:
            return tr.plain("Your center")
        case Subject.BRANCH:
            return tr.plain("New branch")
        case Subject.CLASS:
            return tr.plain("New class")
        case Subject.PACKAGE:
            return tr.plain("New package")
        case Subject.RULE:
            return tr.plain("Into the timetable")


def rows_of(offered: tuple[Suggestion, ...], width: int, data: Callable[[Suggestion], CallbackData]) -> Rows:
    """Return suggestions as rows of buttons."""
    buttons = [Button(each.label, encode(data(each))) for each in offered]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def fill(form_id: UUID, field: Field, each: Suggestion) -> CallbackData:
    """Return what a suggestion's button of a form carries."""
    if each.source_id is not None:
        return FillFrom(form_id, field, each.source_id)
    return FillField(form_id, field, Number(each.number))


def line(tr: Translator, field: Field, value: Value | None, *, currency: str) -> Markup:
    """Return a field with its value, for cards."""
    return tr.text("{label}: {value}", label=label(tr, field), value=value_text(tr, field, value, currency=currency))


def _beside(tr: Translator, field: Field) -> tuple[Markup | str, ...]:
    """Return what choosing means, where that is not plain from the question: when something is new, nothing changes."""
    if field is Field.CURRENCY or RULES[field].kind is Kind.CHOICE:
        return ("", *effects(tr, field)[:9])
    return ()


def _filled(tr: Translator, form: Form, around: Surroundings, *, names: dict[str, str]) -> tuple[Markup, ...]:
    return tuple(
        tr.text("{label}: {value}", label=label(tr, each), value=names.get(str(value)) or _text(tr, each, value, around))
        for each in form.fields
        if (value := form.values.get(each.attribute)) is not None
    )


def _text(tr: Translator, field: Field, value: Value, around: Surroundings) -> str:
    return value_text(tr, field, value, currency=around.currency)


def _finish_label(tr: Translator, subject: Subject) -> str:
    match subject:
        case Subject.CENTER:
            return tr.plain("✅ That's right")
        case Subject.RULE:
            return tr.plain("✅ Put it into the timetable")
        case _:
            return tr.plain("✅ Create it")
