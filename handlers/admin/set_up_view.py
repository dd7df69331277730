"""The checklist of the set-up, and the students' link."""

from markupsafe import Markup

from domain.organization.fields import Subject
from domain.organization.model import Center
from domain.organization.views import SetUpProgress
from domain.permissions import Role
from handlers.admin.field_words import city
from handlers.buttons.admin import BeginForm, ListClasses, ListProducts, OpenSettings, OpenSetUp, ShareLink
from handlers.buttons.members import AskInvite
from handlers.callback_data import encode
from handlers.everyone.role_view import role_name
from handlers.i18n import LANGUAGE_NAMES, Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row


def checklist(
    tr: Translator, progress: SetUpProgress, *, center: Center, name: str, role: Role | None, may_set_up: bool
) -> Screen:
    """Return what is there and what is not; the next thing is the first button."""
    return Screen(
        tr.lines(
            tr.text("<b>{center}</b>", center=center.name),
            tr.text("Hello {name}! You are here as {role}.", name=name, role=role_name(tr, role)),
            "",
            tr.text("Your center is ready: students can book.")
            if progress.is_ready
            else tr.text("A few taps, and students can book. You can stop at any time and go on later."),
            "",
            _step(
                tr,
                tr.text(
                    "{center}, {currency}, {city}, {language}",
                    center=center.name,
                    currency=tr.currency(center.currency),
                    city=city(tr, center.timezone),
                    language=LANGUAGE_NAMES.get(center.default_language, center.default_language),
                ),
                is_done=progress.is_center_confirmed,
            ),
            _step(tr, tr.text("A branch"), is_done=progress.branches > 0),
            _step(tr, tr.text("A class"), is_done=progress.classes > 0),
            _step(tr, tr.text("Its place in the timetable"), is_done=bool(progress.timetable_rules or progress.sessions)),
            _step(tr, tr.text("A package (if you sell any)"), is_done=progress.packages > 0),
            _step(tr, tr.text("Somebody at reception (if it isn't you)"), is_done=bool(progress.staff or progress.invites)),
        ),
        (*(_rows(tr, progress) if may_set_up else ()), *_home(tr, progress)),
    )


def link_caption(tr: Translator, *, link: str, center_name: str) -> Markup:
    """Return what stands below the QR image."""
    return tr.lines(
        tr.text("<b>{center}</b>: book your classes here", center=center_name),
        link,
        tr.text("Print it, or send it on."),
    )


def _step(tr: Translator, text: Markup, *, is_done: bool) -> Markup:
    return tr.text("✅ {step}", step=text) if is_done else tr.text("▫️ {step}", step=text)


def _rows(tr: Translator, progress: SetUpProgress) -> Rows:
    """Return a button for each thing; what is next stands out."""
    has_class = progress.branches > 0 and progress.classes > 0
    steps = [
        (not progress.is_center_confirmed, True, Button(tr.plain("🏠 Center"), encode(BeginForm(Subject.CENTER)))),
        (progress.branches == 0, True, Button(tr.plain("📍 Branch"), encode(BeginForm(Subject.BRANCH)))),
        (progress.classes == 0, True, Button(tr.plain("🎓 Class"), encode(BeginForm(Subject.CLASS)))),
        (
            not (progress.timetable_rules or progress.sessions),
            has_class,
            Button(tr.plain("🗓️ Timetable"), encode(BeginForm(Subject.RULE))),
        ),
        (
            progress.packages == 0,
            progress.classes > 0,
            Button(tr.plain("🎁 Package"), encode(BeginForm(Subject.PACKAGE))),
        ),
        (
            progress.staff + progress.invites == 0,
            progress.branches > 0,
            Button(tr.plain("👋 Invite staff"), encode(AskInvite())),
        ),
    ]
    possible = [(is_missing, button) for is_missing, is_possible, button in steps if is_possible]
    following = next((button for is_missing, button in possible if is_missing), None)
    others = [button for _, button in possible if button is not following]
    share = Button(tr.plain("🔗 Link for students"), encode(ShareLink()))
    made = [  # to be looked at and put right; once all is ready, they are on the home screen
        (progress.classes > 0, Button(tr.plain("🎓 Classes"), encode(ListClasses(0, is_search=False)))),
        (progress.packages > 0, Button(tr.plain("🎁 Packages"), encode(ListProducts(0, is_search=False, class_id=None)))),
        (progress.branches > 0, Button(tr.plain("⚙️ Settings"), encode(OpenSettings()))),
    ]
    return (
        *(((Button(tr.plain("Next: {step}", step=following.label), following.data, Style.PRIMARY),),) if following else ()),
        *(tuple(others[at : at + 2]) for at in range(0, len(others), 2)),
        (share,) if progress.is_ready else tuple(button for is_there, button in made if is_there),
    )


def _home(tr: Translator, progress: SetUpProgress) -> Rows:
    return (home_row(tr),) if progress.is_ready else ((Button(tr.plain("🔄 Look again"), encode(OpenSetUp())),),)
