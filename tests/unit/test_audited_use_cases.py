"""Every use case that commits changes writes down who did it; those that do not are named, each with its reason.

What a use case calls is followed through the domain's own functions and methods, by their source.
"""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from types import FunctionType
from typing import Any

import pytest

import domain
from domain.ids import PersonId
from domain.people.administering import BlockPerson
from domain.permissions import Actor, Operation
from domain.ports import UnitOfWorkFactory
from domain.writes.owner import SetNotes
from domain.writes.record import audit_row

UNAUDITED: dict[str, str] = {
    "Ask": "moves the dialog of the one who is asked",
    "TakeAnswer": "moves the dialog of the one who answers",
    "StopAsking": "moves the dialog of the one who leaves",
    "NoteQuestion": "which message on somebody's screen asks them",
    "AskMember": "moves one's own dialog",
    "LeaveQuestion": "moves one's own dialog",
    "AskForWords": "moves one's own dialog",
    "SearchForWords": "moves one's own dialog",
    "LeaveSearch": "moves one's own dialog",
    "MeetPerson": "writes a stranger down before they have said anything; joining is audited",
    "ChooseLanguage": "a person's own taste, of no consequence to others",
    "AcceptName": "a step of joining, which is audited when it is finished",
    "SwitchRole": "which of one's own roles one looks through",
    "RememberRoster": "where a roster is on somebody's screen, to be redrawn",
    "ForgetRoster": "where a roster is on somebody's screen no more",
    "WriteBroadcast": "messages to be sent; sending the broadcast is audited",
    "FollowBroadcasts": "what became of a broadcast whose sending is audited",
    "FollowBroadcast": "which message on somebody's screen shows a broadcast",
    "LeaveBroadcast": "which message on somebody's screen shows a broadcast no more",
    "Tell": "messages to be sent; what they tell of is audited where it happened",
    "HintLowCredits": "a message to be sent",
    "RemindOfSessions": "messages to be sent",
    "RemindOfDecisions": "messages to be sent",
    "MakeDigest": "a message to be sent",
    "ReceiveGatewayEvent": "keeps a report as it came; acting on it is audited",
    "ReceiveChatPayment": "keeps a report as it came; acting on it is audited",
    "InquireAboutPayments": "keeps the gateway's answers as they came; acting on them is audited",
    "RetryPayment": "keeps the gateway's link for a payment whose making was audited",
    "NoteReachability": "Telegram's news about a chat, not anybody's doing",
}


def use_cases() -> Iterator[type]:
    for found in pkgutil.walk_packages(domain.__path__, prefix="domain."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and _commits_itself(kind):
                yield kind


def _commits_itself(kind: type) -> bool:
    return UnitOfWorkFactory in getattr(kind, "__annotations__", {}).values() and "__call__" in vars(kind)


@cache
def reached(start: type) -> frozenset[Any]:
    """Return the domain's functions and classes that a use case's source names, and those that theirs name."""
    seen: set[Any] = set()
    waiting: list[Any] = [start]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        waiting += [found for found in _named_in(each) if found not in seen]
    return frozenset(seen)


@cache
def _named_in(each: Any) -> tuple[Any, ...]:
    return tuple(_found_in(each))


def _found_in(each: Any) -> Iterator[Any]:
    module = inspect.getmodule(each)
    tree = ast.parse(textwrap.dedent(inspect.getsource(each)))
    _forget_annotations(tree)
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else None
        found = vars(module).get(name) if module is not None and name is not None else None
        if isinstance(found, FunctionType | type) and found.__module__.startswith("domain."):
            yield found


def _forget_annotations(tree: ast.AST) -> None:
    """What a field or an argument is says nothing of what is done with it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(value=None)
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None


def commits(kind: type) -> bool:
    return any(".commit()" in inspect.getsource(each) for each in reached(kind))


COMMITTING = sorted((kind for kind in use_cases() if commits(kind)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", COMMITTING, ids=lambda kind: kind.__name__)
def test_is_written_down(kind: type) -> None:
    is_audited = audit_row in reached(kind)
    if kind.__name__ in UNAUDITED:
        assert not is_audited, "it is audited: take it from the list of exceptions"
    else:
        assert is_audited, "it commits changes and writes no audit row"


def test_exceptions_exist_and_use_cases_are_found() -> None:
    names = {kind.__name__ for kind in COMMITTING}
    assert set(UNAUDITED) <= names
    assert {"BookSession", "EditSettings", "EraseSomebody", "TakeRoleAway"} <= names


class _WithoutARow:
    """A use case that writes something and tells nobody; a dependency of it is audited."""

    units: UnitOfWorkFactory
    other: BlockPerson

    async def __call__(self, *, actor: Actor, person_id: PersonId) -> None:
        async with self.units() as work:
            work.add(SetNotes(actor.center_id, person_id, "x"))
            await work.commit()


class _WithARow(_WithoutARow):
    units: UnitOfWorkFactory

    async def __call__(self, *, actor: Actor, person_id: PersonId) -> None:
        now = datetime(2026, 11, 23, tzinfo=UTC)
        async with self.units() as work:
            work.add(audit_row(Operation.MANAGE_PEOPLE, actor=actor, now=now, object_type="person", object_id=person_id))
            await work.commit()


@pytest.mark.parametrize(("kind", "is_audited"), [(_WithoutARow, False), (_WithARow, True)])
def test_is_told_by_what_is_done_not_by_what_is_named(kind: type, *, is_audited: bool) -> None:
    assert _commits_itself(kind)
    assert commits(kind)
    assert ("audit_row" in _names_used(kind)) is is_audited
    assert BlockPerson not in reached(kind)


def _names_used(kind: type) -> set[str]:
    return {each.__name__ for each in reached(kind)}
