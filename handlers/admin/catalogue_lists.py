"""Lists of classes and packages: page by page, of a class, and by words that are typed."""

from typing import Final

from markupsafe import Markup

from domain.enrollments.searching import clean_words
from domain.errors import InvalidInputError, OutOfDateError
from domain.ids import ClassId
from domain.permissions import Operation, require, scope_of
from handlers.admin import catalogue_lists_view as view
from handlers.admin import people_lists
from handlers.buttons.admin import AskSearch, FilterProducts, ListClasses, ListProducts
from handlers.callback_owner import SearchOf
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

STEP: Final = "ask.admin.search"
_PAGE: Final = 8
_WORDS, _OF = "words", "of"
_OPERATIONS: Final = {
    SearchOf.CLASSES: Operation.EDIT_CLASS_DESCRIPTION,
    SearchOf.PACKAGES: Operation.MANAGE_PACKAGES,
    SearchOf.PEOPLE: Operation.MANAGE_PEOPLE,
}


async def list_classes(context: Context, data: ListClasses) -> Reply:
    """Show a page of the classes."""
    return Reply(await classes_screen(context, page=data.page, is_search=data.is_search))


async def classes_screen(context: Context, *, page: int = 0, is_search: bool = False) -> Screen:
    """Draw a page of the classes, or of those that the typed words are found in."""
    require(context.actor, Operation.EDIT_CLASS_DESCRIPTION)
    words = _words(context, SearchOf.CLASSES) if is_search else None
    lines = await context.services.organization.list_classes(center_id=context.actor.center_id, words=words)
    return view.classes(
        context.tr,
        lines[page * _PAGE : (page + 1) * _PAGE],
        page=page,
        has_more=len(lines) > (page + 1) * _PAGE,
        words=words,
        currency=context.member.center.currency,
        may_create=scope_of(context.actor, Operation.EDIT_CLASS_TERMS) is not None,
    )


async def list_products(context: Context, data: ListProducts) -> Reply:
    """Show a page of the packages."""
    return Reply(await products_screen(context, page=data.page, is_search=data.is_search, class_id=data.class_id))


async def products_screen(
    context: Context, *, page: int = 0, is_search: bool = False, class_id: ClassId | None = None
) -> Screen:
    """Draw a page of the packages: of a class, or those that the typed words are found in."""
    require(context.actor, Operation.MANAGE_PACKAGES)
    words = _words(context, SearchOf.PACKAGES) if is_search else None
    lines = await context.services.organization.list_packages(
        center_id=context.actor.center_id, class_id=class_id, words=words
    )
    return view.products(
        context.tr,
        lines[page * _PAGE : (page + 1) * _PAGE],
        page=page,
        has_more=len(lines) > (page + 1) * _PAGE,
        words=words,
        class_id=class_id,
        currency=context.member.center.currency,
    )


async def open_products(context: Context) -> Reply:
    """Show the first page of all packages."""
    return Reply(await products_screen(context))


async def filter_products(context: Context, data: FilterProducts) -> Reply:
    """Ask of which class packages are to be listed."""
    require(context.actor, Operation.MANAGE_PACKAGES)
    lines = await context.services.organization.list_classes(center_id=context.actor.center_id)
    shown = lines[data.page * _PAGE : (data.page + 1) * _PAGE]
    has_more = len(lines) > (data.page + 1) * _PAGE
    return Reply(view.product_classes(context.tr, shown, page=data.page, has_more=has_more))


async def ask_search(context: Context, data: AskSearch) -> Reply:
    """Ask for words."""
    require(context.actor, _OPERATIONS[data.of])
    member = await context.ask(step=STEP, data={_OF: data.of.value})
    return await _asked(with_member(context, member))


async def take_words(context: Context, text: str) -> Reply:
    """Take the words, and show what they are found in."""
    try:
        words = clean_words(text)
    except InvalidInputError as error:
        return await _asked(context, notice=sentence(context.tr, error))
    of = context.member.dialog.data[_OF]
    member = await context.services.take_answer(
        member=context.member, step=STEP, message_id=context.message_id, next_step=None, data={_OF: of, _WORDS: words}
    )
    return await show(with_member(context, member))


async def show(context: Context) -> Reply:
    """Draw the question, or what was found."""
    data = context.member.dialog.data
    if _WORDS not in data:
        return await _asked(context)
    match SearchOf(data[_OF]):
        case SearchOf.CLASSES:
            return Reply(await classes_screen(context, is_search=True))
        case SearchOf.PACKAGES:
            return Reply(await products_screen(context, is_search=True))
        case SearchOf.PEOPLE:
            return Reply(await people_lists.people_screen(context, words=str(data[_WORDS])))


async def list_people(context: Context, data: people_lists.ListPeople) -> Reply:
    """Show a page of people."""
    words = _words(context, SearchOf.PEOPLE) if data.is_search else None
    return Reply(await people_lists.people_screen(context, words=words, after=data.after))


async def _asked(context: Context, *, notice: Markup | None = None) -> Reply:
    return Reply(view.ask_words(context.tr, SearchOf(context.member.dialog.data[_OF]), notice=notice))


def _words(context: Context, of: SearchOf) -> str:
    """Return the words that were typed last for this list. Raises OutOfDateError where others were typed since."""
    data = context.member.dialog.data
    if data.get(_OF) != of or _WORDS not in data:
        raise OutOfDateError
    return str(data[_WORDS])


TAPS: Taps = {
    ListClasses: list_classes,
    ListProducts: list_products,
    FilterProducts: filter_products,
    AskSearch: ask_search,
    people_lists.ListPeople: list_people,
}
QUESTIONS = {STEP: Question(take_words, show)}
