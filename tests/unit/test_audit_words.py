"""What stands in the audit log is read by people: every operation, key and value has its word in every language."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

import domain
from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionKind, DecisionOutcome, EnrollmentStatus, MadeGood, ReservedFor
from domain.finance.model import CashDirection, CashKind, PaymentMethod, PaymentPurpose, PaymentStatus, WalletOwner
from domain.notifications.model import MutableNotification
from domain.organization.audit_views import AuditGroup, AuditRow, operations_of
from domain.organization.fields import Field
from domain.packages.model import StudentPackageStatus
from domain.permissions import Operation, Role
from domain.reports.exporting import ExportKind
from domain.sessions.model import SessionStatus
from domain.waitlist.model import WaitlistStatus
from handlers.admin import audit_words
from handlers.admin.audit_values import KEYS, VALUES
from handlers.admin.object_words import OBJECTS
from handlers.admin.operation_words import operation as operation_words
from handlers.i18n import Translator, load_catalogs
from tests.factories import ZONE

NO_DOING = {operation for operation in Operation if operation.startswith("view_")} - {Operation.VIEW_AUDIT_LOG}
DOINGS = sorted(set(Operation) - NO_DOING)
NAMED = (
    Mark,
    EnrollmentStatus,
    MadeGood,
    ReservedFor,
    DecisionKind,
    DecisionOutcome,
    CashDirection,
    CashKind,
    PaymentMethod,
    PaymentPurpose,
    PaymentStatus,
    StudentPackageStatus,
    SessionStatus,
    WaitlistStatus,
    ErrandKind,
    ExportKind,
    WalletOwner,
)
LATIN = re.compile("[A-Za-z]")


@pytest.fixture(scope="module", autouse=True)
def _catalogs() -> None:
    load_catalogs()


def keys_written() -> Iterator[str]:
    """Yield what the domain writes into ``before`` and ``after`` of its audit rows."""
    for path in Path(domain.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg in {"before", "after"}:
                yield from _keys_of(node.value)
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if {each.id for each in targets if isinstance(each, ast.Name)} & {"before", "after"}:
                    yield from _keys_of(node.value)


def _keys_of(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def objects_written() -> set[str]:
    """Return the kinds of things that the domain's audit rows are about."""
    sources = (path.read_text() for path in Path(domain.__file__).parent.rglob("*.py"))
    return {found for source in sources for found in re.findall(r'object_type="(\w+)"', source)}


def row(operation: str, **values: object) -> AuditRow:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    id_ = UUID(int=1)
    return AuditRow(id_, at, None, None, Role.ADMIN, operation, "enrollment", id_, None, None, values, None)


@pytest.mark.parametrize("operation", DOINGS)
def test_every_doing_has_its_words_and_its_group(operation: Operation) -> None:
    english, arabic = (operation_words(Translator(language, ZONE), operation) for language in ("en", "ar"))
    assert "_" not in english
    assert not LATIN.search(arabic)
    assert [group for group in AuditGroup if operation in operations_of(group)]


def test_no_doing_is_in_two_groups() -> None:
    listed = [operation for group in AuditGroup for operation in operations_of(group)]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("key", sorted({key for key in keys_written() if not key.endswith("_id")}))
def test_every_key_has_its_word(key: str) -> None:
    assert key in KEYS or key in {field.attribute for field in Field}


@pytest.mark.parametrize("value", sorted({each.value for kind in NAMED for each in kind}))
def test_every_name_of_ours_has_its_word(value: str) -> None:
    assert not LATIN.search(VALUES[value](Translator("ar", ZONE)))


@pytest.mark.parametrize("object_type", sorted(objects_written()))
def test_every_kind_of_thing_has_its_word(object_type: str) -> None:
    assert not LATIN.search(OBJECTS[object_type](Translator("ar", ZONE)))


def test_every_switch_has_its_word() -> None:
    assert {each.value.lower() for each in MutableNotification} <= VALUES.keys()


def test_a_row_is_read_in_the_readers_language() -> None:
    changed = row(
        Operation.EDIT_SESSION, status="LOCKED", starts_at="2026-11-24T08:00:00+00:00", day="2026-12-25", amount_minor=8_000
    )
    english = audit_words.changes(Translator("en", ZONE), changed, currency="EGP")
    plain = [(name, re.sub("[\u2066-\u2069\u200e\u200f]", "", after or "")) for name, _, after in english]
    assert plain == [
        ("Status", "booked, money locked"),
        ("Begins", "Tue 24 Nov 10:00"),
        ("Day", "Fri 25 Dec"),
        ("Amount", "EGP 80"),
    ]
    arabic = audit_words.changes(Translator("ar", ZONE), changed, currency="EGP")
    assert not [text for name, _, after in arabic for text in (name, after) if LATIN.search(text or "")]


def test_what_was_typed_is_no_name_of_ours() -> None:
    texts = audit_words.changes(Translator("ar", ZONE), row("edit_session", teacher="OUT", name="name"), currency="EGP")
    assert [after for _, _, after in texts] == ["OUT", "name"]


def test_ids_are_shown_by_the_names_that_are_known() -> None:
    branch = UUID(int=7)
    changed = row(Operation.MANAGE_ROLES, role="STAFF", branch_id=str(branch), invite_id=str(UUID(int=8)))
    assert audit_words.references(changed) == {branch}
    shown = audit_words.changes(Translator("en", ZONE), changed, currency="EGP", names_of={str(branch): "Maadi"})
    assert [(name, after) for name, _, after in shown] == [("Role", "staff"), ("Branch", "Maadi")]
