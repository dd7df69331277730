"""Cards of branches, classes and packages, and what putting them away means."""

from collections.abc import Sequence
from uuid import UUID

from markupsafe import Markup

from domain.organization.fields import Field, Subject
from domain.organization.ports import BranchRecord, ClassRecord, PackageRecord
from domain.organization.views import BranchLine
from domain.packages.model import price_per_session
from domain.sessions.classes import DESCRIPTION
from domain.sessions.model import AbsenteePolicy
from handlers.admin.field_words import label
from handlers.admin.forms_view import line
from handlers.buttons.admin import (
    AskArchive,
    BeginForm,
    ConfirmArchive,
    EditField,
    ListBranches,
    ListClasses,
    ListProducts,
    OpenBranch,
    OpenClass,
    OpenProduct,
    OpenSettings,
    SwitchProduct,
)
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row
from handlers.team.broadcast_rows import branch_broadcast_row, class_broadcast_row

_EDITS_IN_A_ROW = 2


def branches(tr: Translator, lines: Sequence[BranchLine]) -> Screen:
    """Return the branches."""
    return Screen(
        tr.lines(
            tr.text("<b>Branches</b>"),
            tr.text("Each has its own staff, classes and cashbox.") if lines else tr.text("There is no branch yet."),
        ),
        (
            *(
                (Button(f"📍 {tr.plain('{branch}', branch=each.name)}", encode(OpenBranch(each.branch_id))),)
                for each in lines
            ),
            (Button(tr.plain("➕ New branch"), encode(BeginForm(Subject.BRANCH))),),
            (Button(tr.plain("⚙️ Settings"), encode(OpenSettings())), *home_row(tr)),
        ),
    )


def branch(tr: Translator, found: BranchRecord, *, currency: str) -> Screen:
    """Return a branch, what depends on it, and what can be edited."""
    return Screen(
        tr.lines(
            tr.text("📍 <b>{branch}</b>", branch=found.details.name),
            tr.text("🗄️ It was put away.") if found.is_archived else None,
            line(tr, Field.ADDRESS, found.details.address, currency=currency),
            *_depends_on_branch(tr, found, currency=currency),
        ),
        (
            *_edits(tr, found.id, (Field.BRANCH_NAME, Field.ADDRESS), is_archived=found.is_archived),
            *(() if found.is_archived else (branch_broadcast_row(tr, found.id),)),
            *_archive(tr, Subject.BRANCH, found.id, is_archived=found.is_archived),
            (Button(tr.plain("📍 Branches"), encode(ListBranches())), *home_row(tr)),
        ),
    )


def class_card(tr: Translator, found: ClassRecord, *, currency: str, may_edit_terms: bool) -> Screen:
    """Return a class; its terms are edited by admins alone."""
    fields = tuple(
        each
        for each in Field
        if each.subject is Subject.CLASS
        and (each is not Field.FEE or found.details.absentee_policy is AbsenteePolicy.FLEXIBLE)
    )
    edited = tuple(each for each in fields if may_edit_terms or each in DESCRIPTION)
    return Screen(
        tr.lines(
            tr.text("🎓 <b>{title}</b>", title=found.details.title),
            tr.text("🗄️ It was put away.") if found.is_archived else None,
            *(
                line(tr, each, getattr(found.details, each.attribute), currency=currency)
                for each in fields
                if each is not Field.TITLE
            ),
            "",
            tr.ntext("{n} class in the calendar", "{n} classes in the calendar", found.open_sessions),
            tr.ntext("{n} unused credit", "{n} unused credits", found.unused_credits) if found.unused_credits else None,
        ),
        (
            *_edits(tr, found.id, edited, is_archived=found.is_archived),
            *(_new_for_class(tr, found) if may_edit_terms else ()),
            *((class_broadcast_row(tr, found.id),) if may_edit_terms and not found.is_archived else ()),
            *(_archive(tr, Subject.CLASS, found.id, is_archived=found.is_archived) if may_edit_terms else ()),
            (
                Button(tr.plain("🎁 Its packages"), encode(ListProducts(0, is_search=False, class_id=found.id))),
                Button(tr.plain("🎓 Classes"), encode(ListClasses(0, is_search=False))),
            ),
            home_row(tr),
        ),
    )


def package(tr: Translator, found: PackageRecord, *, currency: str) -> Screen:
    """Return a package with what was bought of it."""
    details = found.details
    each_minor = price_per_session(details.price_minor, details.session_count)
    return Screen(
        tr.lines(
            tr.text("🎁 <b>{package}</b> · {title}", package=details.name, title=found.class_title),
            _is_sold(tr, found),
            line(tr, Field.SESSION_COUNT, details.session_count, currency=currency),
            line(tr, Field.PACKAGE_PRICE, details.price_minor, currency=currency),
            tr.text(
                "{each} each instead of {single}",
                each=tr.money(each_minor, currency),
                single=tr.money(found.single_price_minor, currency),
            ),
            "",
            tr.ntext("Bought {n} time", "Bought {n} times", found.sold),
            tr.ntext("{n} unused credit", "{n} unused credits", found.unused_credits) if found.unused_credits else None,
        ),
        (
            *_edits(
                tr,
                found.id,
                (Field.PACKAGE_NAME, Field.SESSION_COUNT, Field.PACKAGE_PRICE),
                is_archived=found.is_archived,
            ),
            *(() if found.is_archived else ((_switch(tr, found),),)),
            *_archive(tr, Subject.PACKAGE, found.id, is_archived=found.is_archived),
            (
                Button(tr.plain("🎓 {title}", title=found.class_title), encode(OpenClass(found.class_id))),
                Button(tr.plain("🎁 Packages"), encode(ListProducts(0, is_search=False, class_id=None))),
            ),
            home_row(tr),
        ),
    )


def ask_archive_branch(tr: Translator, found: BranchRecord, *, currency: str) -> Screen:
    """Return what putting a branch away means, or what is in the way and how it is cleared."""
    back = OpenBranch(found.id)
    if not found.is_in_use:
        meaning = tr.text("The branch is in no list any more. What took place there stays in the books.")
        return _ask_archive(tr, found.details.name, meaning, Subject.BRANCH, found.id, back=back)
    text = tr.lines(
        tr.text("<b>{name}</b> cannot be put away yet:", name=found.details.name),
        *_depends_on_branch(tr, found, currency=currency),
        "",
        tr.text(
            "Cancel or delete its classes and its timetable, take its roles and invitations back, and bring its cash to "
            "the bank. Then come back here."
        ),
    )
    return Screen(text, ((Button(tr.plain("◀️ Back"), encode(back)), *home_row(tr)),))


def ask_archive_class(tr: Translator, found: ClassRecord) -> Screen:
    """Return what putting a class away means, or what is in the way and how it is cleared."""
    back = OpenClass(found.id)
    if found.is_in_use:
        text = tr.lines(
            tr.text("<b>{name}</b> cannot be put away yet:", name=found.details.title),
            tr.ntext("• {n} class in the calendar", "• {n} classes in the calendar", found.open_sessions),
            tr.ntext("• {n} line of the timetable", "• {n} lines of the timetable", found.timetable_rules),
            "",
            tr.text("End its timetable and cancel or delete its classes first. Then come back here."),
        )
        return Screen(text, ((Button(tr.plain("◀️ Back"), encode(back)), *home_row(tr)),))
    meaning = tr.lines(
        tr.text("The class is in no list any more, and its packages are not sold any more. What took place stays."),
        tr.ntext(
            "⚠️ {n} credit for it is unused: whoever has it should get it refunded.",
            "⚠️ {n} credits for it are unused: whoever has them should get them refunded.",
            found.unused_credits,
        )
        if found.unused_credits
        else None,
    )
    return _ask_archive(tr, found.details.title, meaning, Subject.CLASS, found.id, back=back)


def ask_archive_package(tr: Translator, found: PackageRecord) -> Screen:
    """Return what putting a package away means."""
    meaning = tr.text("The package is neither sold nor listed any more. What was bought of it goes on.")
    back = OpenProduct(found.id)
    return _ask_archive(tr, found.details.name, meaning, Subject.PACKAGE, found.id, back=back)


def _ask_archive(tr: Translator, name: str, meaning: Markup, subject: Subject, id_: UUID, *, back: CallbackData) -> Screen:
    return Screen(
        tr.lines(tr.text("Put <b>{name}</b> away?", name=name), "", meaning, tr.text("It cannot be brought back.")),
        (
            (Button(tr.plain("Yes, put it away"), encode(ConfirmArchive(subject, id_)), Style.DANGER),),
            (Button(tr.plain("◀️ Back"), encode(back)), *home_row(tr)),
        ),
    )


def _depends_on_branch(tr: Translator, found: BranchRecord, *, currency: str) -> tuple[Markup, ...]:
    lines = (
        (
            found.open_sessions,
            tr.ntext("• {n} class in the calendar", "• {n} classes in the calendar", found.open_sessions),
        ),
        (
            found.timetable_rules,
            tr.ntext("• {n} line of the timetable", "• {n} lines of the timetable", found.timetable_rules),
        ),
        (found.staff, tr.ntext("• {n} member of staff", "• {n} members of staff", found.staff)),
        (found.invites, tr.ntext("• {n} open invitation", "• {n} open invitations", found.invites)),
        (found.cash_minor, tr.text("• {amount} in the cashbox", amount=tr.money(found.cash_minor, currency))),
    )
    return tuple(text for number, text in lines if number)


def _edits(tr: Translator, id_: UUID, fields: tuple[Field, ...], *, is_archived: bool) -> Rows:
    if is_archived:
        return ()
    buttons = [Button(f"✏️ {label(tr, each)}", encode(EditField(id_, each))) for each in fields]
    return tuple(tuple(buttons[at : at + _EDITS_IN_A_ROW]) for at in range(0, len(buttons), _EDITS_IN_A_ROW))


def _new_for_class(tr: Translator, found: ClassRecord) -> Rows:
    if found.is_archived:
        return ()
    return ((Button(tr.plain("🗓️ Into the timetable"), encode(BeginForm(Subject.RULE))),),)


def _archive(tr: Translator, subject: Subject, id_: UUID, *, is_archived: bool) -> Rows:
    return () if is_archived else ((Button(tr.plain("🗄️ Put away"), encode(AskArchive(subject, id_))),),)


def _switch(tr: Translator, found: PackageRecord) -> Button:
    if found.details.is_active:
        return Button(tr.plain("⏸️ Sell it no more"), encode(SwitchProduct(found.id, is_on_sale=False)))
    return Button(tr.plain("▶️ Sell it again"), encode(SwitchProduct(found.id, is_on_sale=True)))


def _is_sold(tr: Translator, found: PackageRecord) -> Markup:
    if found.is_archived:
        return tr.text("🗄️ It was put away.")
    if found.details.is_active:
        return tr.text("🟢 On sale")
    return tr.text("⏸️ Not on sale; what was bought of it goes on.")
