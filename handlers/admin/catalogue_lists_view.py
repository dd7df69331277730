"""Pages of classes and packages, and the question which words to look for."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from domain.ids import ClassId
from domain.organization.fields import Field, Subject
from domain.organization.views import ClassLine, PackageLine
from handlers.admin.field_words import value_text
from handlers.buttons.admin import (
    AskSearch,
    BeginForm,
    FilterProducts,
    LeaveForm,
    ListClasses,
    ListProducts,
    OpenClass,
    OpenProduct,
)
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.callback_owner import SearchOf
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row


def classes(
    tr: Translator,
    lines: Sequence[ClassLine],
    *,
    page: int,
    has_more: bool,
    words: str | None,
    currency: str,
    may_create: bool,
) -> Screen:
    """Return a page of the catalogue."""
    is_search = words is not None
    new = Button(tr.plain("➕ New class"), encode(BeginForm(Subject.CLASS)))
    return Screen(
        tr.lines(tr.text("<b>Classes</b>"), _searched(tr, words), _empty(tr, lines, words=words)),
        (
            *(
                (
                    Button(
                        tr.label(
                            tr.plain("🎓 {title}", title=each.title),
                            tr.plain("{teacher}", teacher=each.teacher),
                            value_text(tr, Field.PRICE, each.price_minor, currency=currency),
                        ),
                        encode(OpenClass(each.class_id)),
                    ),
                )
                for each in lines
            ),
            *_turning(tr, page, has_more=has_more, to=lambda number: ListClasses(number, is_search)),
            *(((new,),) if may_create else ()),
            _search_row(tr, SearchOf.CLASSES, all_of=ListClasses(0, is_search=False), is_narrowed=is_search),
            home_row(tr),
        ),
    )


def products(
    tr: Translator,
    lines: Sequence[PackageLine],
    *,
    page: int,
    has_more: bool,
    words: str | None,
    class_id: ClassId | None,
    currency: str,
) -> Screen:
    """Return a page of the packages, on sale or not."""
    is_search = words is not None
    return Screen(
        tr.lines(tr.text("<b>Packages</b>"), _searched(tr, words), _empty(tr, lines, words=words)),
        (
            *(
                (Button(_product_label(tr, each, currency=currency), encode(OpenProduct(each.class_package_id))),)
                for each in lines
            ),
            *_turning(tr, page, has_more=has_more, to=lambda number: ListProducts(number, is_search, class_id)),
            (Button(tr.plain("➕ New package"), encode(BeginForm(Subject.PACKAGE))),),
            (
                Button(tr.plain("🎓 Of one class"), encode(FilterProducts(0))),
                *_search_row(
                    tr,
                    SearchOf.PACKAGES,
                    all_of=ListProducts(0, is_search=False, class_id=None),
                    is_narrowed=is_search or class_id is not None,
                ),
            ),
            home_row(tr),
        ),
    )


def product_classes(tr: Translator, lines: Sequence[ClassLine], *, page: int, has_more: bool) -> Screen:
    """Return the classes, to choose whose packages are listed."""
    return Screen(
        tr.lines(tr.text("Packages of which class?")),
        (
            *(
                (
                    Button(
                        tr.plain("🎓 {title}", title=each.title),
                        encode(ListProducts(0, is_search=False, class_id=each.class_id)),
                    ),
                )
                for each in lines
            ),
            *_turning(tr, page, has_more=has_more, to=FilterProducts),
            (Button(tr.plain("🎁 All packages"), encode(ListProducts(0, is_search=False, class_id=None))), *home_row(tr)),
        ),
    )


def ask_words(tr: Translator, of: SearchOf, *, notice: Markup | None = None) -> Screen:
    """Return the question which words to look for."""
    asked: Markup
    match of:
        case SearchOf.CLASSES:
            asked = tr.text("Type a part of the title, the subject or the teacher, for example: ballet")
        case SearchOf.PACKAGES:
            asked = tr.text("Type a part of the package's name, for example: 8 classes")
        case _:
            asked = tr.text("Type a part of the name or the phone number, for example: Mona, or 0100")
    return Screen(
        tr.lines(notice, "" if notice is not None else None, asked),
        ((Button(tr.plain("Cancel"), encode(LeaveForm())),),),
    )


def _searched(tr: Translator, words: str | None) -> Markup | None:
    return tr.text("🔎 {words}", words=words) if words is not None else None


def _empty(tr: Translator, lines: Sequence[object], *, words: str | None) -> Markup | None:
    if lines:
        return None
    return tr.text("There is nothing with these words.") if words is not None else tr.text("There is nothing here yet.")


def _search_row(tr: Translator, of: SearchOf, *, all_of: CallbackData, is_narrowed: bool) -> tuple[Button, ...]:
    search = Button(tr.plain("🔎 Search"), encode(AskSearch(of)))
    return (search, Button(tr.plain("Show all"), encode(all_of))) if is_narrowed else (search,)


def _turning(tr: Translator, page: int, *, has_more: bool, to: Callable[[int], CallbackData]) -> Rows:
    buttons = []
    if page > 0:
        buttons.append(Button(tr.plain("◀️ Before"), encode(to(page - 1))))
    if has_more:
        buttons.append(Button(tr.plain("More ▶️"), encode(to(page + 1))))
    return (tuple(buttons),) if buttons else ()


def _product_label(tr: Translator, each: PackageLine, *, currency: str) -> str:
    icon = "🎁" if each.is_active else "⏸️"
    return tr.label(
        f"{icon} {tr.plain('{package}', package=each.name)}",
        tr.plain("{title}", title=each.class_title),
        tr.money(each.price_minor, currency),
    )
