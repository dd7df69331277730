"""No screen without its picture: the views are asked which messages they make, and the pictures which they show."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from types import ModuleType

import handlers
from docs.screenshots_catalogue import CHAPTERS, WITHOUT_PICTURE
from handlers.screens import Document, Message

SHOWN = {function for chapter in CHAPTERS for picture in chapter.pictures for function in picture.shows}


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(handlers.__path__, prefix="handlers."):
        yield importlib.import_module(found.name)


def public_functions(module: ModuleType) -> Iterator[tuple[str, typing.Any]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{module.__name__.removeprefix('handlers.')}.{name}", function


def kinds_returned(function: object) -> set[object]:
    returned = typing.get_type_hints(function).get("return")
    return {returned, *typing.get_args(returned)}


def screens_of_views() -> set[str]:
    views = [module for module in modules() if module.__name__.endswith("view")]
    functions = (each for module in views for each in public_functions(module))
    return {name for name, function in functions if kinds_returned(function) & set(typing.get_args(Message))}


def files_of_handlers() -> set[str]:
    """Return the handlers that make a file themselves, whose bytes are no view's business."""
    functions = (each for module in modules() if not module.__name__.endswith("view") for each in public_functions(module))
    return {name for name, function in functions if Document.__name__ in inspect.unwrap(function).__code__.co_names}


def test_views_are_found_at_all() -> None:
    assert {"student.home_view.home", "team.view.home", "everyone.joining_view.ask_phone"} <= screens_of_views()
    assert files_of_handlers() == {
        "everyone.profile.send_my_data",
        "admin.audit_log.send_file",
        "admin.people.send_data",
        "admin.reports.send_file",
    }


def test_every_screen_of_the_code_is_on_a_picture() -> None:
    assert sorted((screens_of_views() | files_of_handlers()) - SHOWN - WITHOUT_PICTURE.keys()) == []


def test_no_picture_claims_a_screen_that_is_gone() -> None:
    assert sorted((SHOWN | WITHOUT_PICTURE.keys()) - screens_of_views() - files_of_handlers()) == []


def test_what_has_no_picture_has_a_reason_and_none_in_secret() -> None:
    assert all(reason.strip() for reason in WITHOUT_PICTURE.values())
    assert sorted(WITHOUT_PICTURE.keys() & SHOWN) == []
