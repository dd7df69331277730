"""The center's settings on one screen."""

from domain.ids import CenterId
from domain.organization.fields import Field, Subject
from domain.organization.ports import CenterRecord
from handlers.admin.field_words import label
from handlers.admin.forms_view import line
from handlers.buttons.admin import EditField, ListBranches, OpenSetUp, ShareLink
from handlers.buttons.members import ListInvites
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row

_EDITS_IN_A_ROW = 2


def settings(tr: Translator, found: CenterRecord, *, center_id: CenterId) -> Screen:
    """Return all settings, and a button for each that can still be changed."""
    fields = tuple(field for field in Field if field.subject is Subject.CENTER)
    edits = [
        Button(f"✏️ {label(tr, field)}", encode(EditField(center_id, field)))
        for field in fields
        if not (field is Field.CURRENCY and found.is_posted)
    ]
    return Screen(
        tr.lines(
            tr.text("<b>Settings</b>"),
            *(
                line(tr, field, getattr(found.details, field.attribute), currency=found.details.currency)
                for field in fields
            ),
            "",
            tr.text("Tap one to read what it means, and to change it."),
        ),
        (
            *(tuple(edits[at : at + _EDITS_IN_A_ROW]) for at in range(0, len(edits), _EDITS_IN_A_ROW)),
            (
                Button(tr.plain("📍 Branches"), encode(ListBranches())),
                Button(tr.plain("👋 Invitations"), encode(ListInvites())),
            ),
            (
                Button(tr.plain("🔗 Link for students"), encode(ShareLink())),
                Button(tr.plain("🧭 Set-up"), encode(OpenSetUp())),
            ),
            home_row(tr),
        ),
    )
