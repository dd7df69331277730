from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.example.load import load_example_center
from domain.people.erasure import ERASED_NAME
from domain.sessions.model import SessionStatus
from storage.audit import CHECKS, audit
from storage.audit.check import Discrepancy
from storage.audit.gateway import CHECKS as GATEWAY_CHECKS  # which have tests of their own
from storage.database import Database
from storage.prepared import Query
from storage.tables.catalogue import sessions
from tests.cast import Cast
from tests.factories import FixedClock, sql_id
from tests.storage.corruption import corrupt
from tests.storage.test_cash_audit import CODES_TRIED
from tests.storage.waitlist_corruptions import WAITLIST_CORRUPTIONS

SOMEBODY = "00000000000070008000000000000000"
CAPTURE = "(SELECT id FROM entries WHERE cause = 'BOOKING_CAPTURED')"


class TestCleanDatabase:
    async def test_of_the_cast_adds_up(self, cast: Cast) -> None:
        await cast.world.book(cast.member, cast.session)
        await cast.world.cancel(cast.owner, cast.booking.id)
        assert await audit(cast.world.database) == []
        assert await audit(cast.world.database, cast.world.center_id) == []

    async def test_of_the_example_center_adds_up(self, database: Database) -> None:
        await load_example_center(database, clock=FixedClock(), bot_id=None)
        assert await audit(database) == []

    async def test_of_an_example_center_with_a_past_adds_up(self, database: Database) -> None:
        await load_example_center(database, clock=FixedClock(), bot_id=None, weeks_of_past=2)
        finished = await database.fetch(Query(sa.select(sessions.c.id).where(sessions.c.status == "FINISHED"), str))
        assert len(finished) > 10
        assert await audit(database) == []

    def test_checks_have_names_of_their_own(self) -> None:
        assert len({(check.table, check.code) for check in CHECKS}) == len(CHECKS)


@dataclass(frozen=True, slots=True)
class Corruption:
    """Statements, the row they spoil, and everything that the audit must say about it."""

    name: str
    statements: tuple[str, ...]
    spoilt: str
    codes: frozenset[str]

    def __str__(self) -> str:
        return self.name


def corruption(name: str, *statements: str, of: str, says: str) -> Corruption:
    return Corruption(name, statements, of, frozenset(says.split()))


CORRUPTIONS = (
    corruption(
        "entry out of balance",
        f"UPDATE postings SET amount_minor = amount_minor + 1 WHERE entry_id = {CAPTURE} AND amount_minor < 0",
        of="capture",
        says="entry_unbalanced",
    ),
    corruption(
        "entry with one line",
        f"DELETE FROM postings WHERE entry_id = {CAPTURE} AND amount_minor < 0",
        of="capture",
        says="entry_unbalanced entry_too_few_lines",
    ),
    corruption(
        "entry without lines",
        f"DELETE FROM postings WHERE entry_id = {CAPTURE}",
        of="capture",
        says="entry_too_few_lines wallet_balance enrollment_capture",
    ),
    corruption(
        "posting without entry",
        f"DELETE FROM entries WHERE id = {CAPTURE}",
        of="capture",
        says="wrong_entry_id enrollment_capture",
    ),
    corruption(
        "package sold twice",
        "INSERT INTO entries (id, center_id, cause, subject_id, occurred_at) "
        f"SELECT '{SOMEBODY}', center_id, cause, subject_id, occurred_at FROM entries WHERE cause = 'PACKAGE_BOUGHT'",
        of="package",
        says="package_bought_twice entry_too_few_lines",
    ),
    corruption(
        "balance without posting",
        "UPDATE wallets SET balance_minor = balance_minor + 100 WHERE id = '{member_wallet}'",
        of="member_wallet",
        says="wallet_balance",
    ),
    corruption(
        "lock without hold",
        "UPDATE wallets SET locked_minor = locked_minor + 100 WHERE id = '{member_wallet}'",
        of="member_wallet",
        says="wallet_locked",
    ),
    corruption(
        "cash that nobody paid in",
        "UPDATE cashboxes SET balance_minor = balance_minor + 100 WHERE id = '{cashbox}'",
        of="cashbox",
        says="cashbox_balance cashbox_movements",
    ),
    corruption(
        "wallet on an account of another kind",
        "DELETE FROM accounts WHERE kind = 'CENTER_SAFE' AND center_id = '{center}'",
        "UPDATE accounts SET kind = 'CENTER_SAFE' WHERE id = '{poor_wallet}'",
        of="poor_wallet",
        says="wallet_account_kind",
    ),
    corruption(
        "cashbox on an account of another kind",
        "UPDATE accounts SET kind = 'WALLET' WHERE id = '{cashbox}'",
        of="cashbox",
        says="cashbox_account_kind account_without_owner",
    ),
    corruption(
        "account without its wallet",
        "DELETE FROM wallets WHERE id = '{poor_wallet}'",
        of="poor_wallet",
        says="account_without_owner",
    ),
    corruption(
        "seat counted that nobody has",
        "UPDATE sessions SET seats_taken = seats_taken + 1 WHERE id = '{session}'",
        of="session",
        says="session_seats_taken",
    ),
    corruption(
        "more seats than chairs",
        "UPDATE sessions SET capacity = 1 WHERE id = '{session}'",
        of="session",
        says="session_oversold",
    ),
    corruption(
        "cancelled without giving the seat back",
        "UPDATE enrollments SET status = 'CANCELLED', cancelled_at = created_at, made_good = 'NOTHING_FREE', "
        "method = NULL, student_package_id = NULL, credit_value_minor = 0 WHERE id = '{credit_seat}'",
        of="session",
        says="session_seats_taken package_credits package_value deferred_revenue enrollment_payment_count",
    ),
    corruption(
        "two seats for one person",
        "DROP INDEX uq_enrollments_one_seat_each",
        "UPDATE enrollments SET student_id = '{owner}' WHERE id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_second_seat hold_owner",
    ),
    corruption(
        "credit out of nothing",
        "UPDATE student_packages SET credits_left = credits_left + 1 WHERE id = '{package}'",
        of="package",
        says="package_credits",
    ),
    corruption(
        "value out of nothing",
        "UPDATE student_packages SET value_left_minor = value_left_minor + 100 WHERE id = '{package}'",
        of="package",
        says="package_value deferred_revenue",
    ),
    corruption(
        "more credits used than bought",
        "UPDATE student_packages SET credits_total = 0, credits_left = 0, value_left_minor = 0, status = 'REFUNDED', "
        "refunded_at = purchased_at WHERE id = '{package}'",
        of="package",
        says="package_overdrawn deferred_revenue",
    ),
    corruption(
        "exhausted with credits left",
        "UPDATE student_packages SET status = 'EXHAUSTED' WHERE id = '{package}'",
        of="package",
        says="package_status",
    ),
    corruption(
        "package that nobody paid",
        "DELETE FROM payments WHERE purpose = 'PACKAGE'",
        of="package",
        says="package_payment",
    ),
    corruption(
        "package of another person",
        "UPDATE student_packages SET student_id = '{member}' WHERE id = '{package}'",
        of="credit_seat",
        says="enrollment_credit_owner",
    ),
    corruption(
        "package for another class",
        "UPDATE student_packages SET class_id = '{other_class}' WHERE id = '{package}'",
        of="credit_seat",
        says="enrollment_credit_class",
    ),
    corruption(
        "locked without a hold",
        "DELETE FROM holds WHERE enrollment_id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_hold_count wallet_locked",
    ),
    corruption(
        "cancelled with an open hold",
        "UPDATE enrollments SET status = 'CANCELLED', cancelled_at = created_at, made_good = 'UNLOCKED' "
        "WHERE id = '{locked_seat}'",
        "UPDATE payments SET status = 'CANCELLED', ended_at = created_at WHERE enrollment_id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_hold_count session_seats_taken",
    ),
    corruption(
        "hold of less than the price",
        "UPDATE holds SET amount_minor = amount_minor - 100 WHERE enrollment_id = '{locked_seat}'",
        of="hold",
        says="hold_amount wallet_locked",
    ),
    corruption(
        "hold in another person's wallet",
        "UPDATE holds SET wallet_id = '{owner_wallet}' WHERE enrollment_id = '{locked_seat}'",
        of="hold",
        says="hold_owner wallet_locked",
    ),
    corruption(
        "locked seat paid already",
        "UPDATE payments SET status = 'COMPLETED', ended_at = created_at WHERE enrollment_id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_payment_status",
    ),
    corruption(
        "cancelled but still asked to pay",
        "UPDATE payments SET status = 'PENDING', ended_at = NULL WHERE enrollment_id = '{cancelled_seat}'",
        of="cancelled_seat",
        says="enrollment_payment_status enrollment_payment_count",
    ),
    corruption(
        "paid twice",
        "DROP INDEX uq_payments_one_for_a_seat",
        "INSERT INTO payments (id, center_id, payer_id, method, purpose, enrollment_id, amount_minor, status, created_at, "
        f"ended_at) SELECT '{SOMEBODY}', center_id, payer_id, method, purpose, enrollment_id, amount_minor, status, "
        "created_at, ended_at FROM payments WHERE enrollment_id = '{credit_seat}'",
        of="credit_seat",
        says="enrollment_payment_count",
    ),
    corruption(
        "payment of less than the price",
        "UPDATE payments SET amount_minor = amount_minor - 100 WHERE enrollment_id = '{locked_seat}'",
        of="locked_payment",
        says="payment_amount",
    ),
    corruption(
        "paid without taking the money",
        "UPDATE enrollments SET status = 'PAID' WHERE id = '{locked_seat}'",
        "UPDATE payments SET status = 'COMPLETED', ended_at = created_at WHERE enrollment_id = '{locked_seat}'",
        "DELETE FROM holds WHERE enrollment_id = '{locked_seat}'",
        "UPDATE wallets SET locked_minor = 0 WHERE id = '{member_wallet}'",
        of="locked_seat",
        says="enrollment_capture",
    ),
    corruption(
        "missed without anybody being asked",
        "UPDATE enrollments SET status = 'NO_SHOW', policy = 'MANUAL' WHERE id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_undecided enrollment_hold_count enrollment_payment_count payment_amount",
    ),
    corruption(
        "missed, and never charged",
        "UPDATE enrollments SET status = 'NO_SHOW' WHERE id = '{locked_seat}'",
        of="locked_seat",
        says="enrollment_hold_count enrollment_payment_status enrollment_capture",
    ),
    corruption(
        "attended a seat that was given back",
        "UPDATE enrollments SET attended_at = created_at WHERE id = '{cancelled_seat}'",
        of="cancelled_seat",
        says="enrollment_mark",
    ),
    corruption(
        "seat in another center's session",
        "UPDATE sessions SET center_id = '{elsewhere}' WHERE id = '{other_session}'",
        of="other_session",
        says="wrong_class_id wrong_branch_id wrong_session_id",
    ),
    corruption(
        "erased person who still has everything",
        "UPDATE people SET erased_at = created_at WHERE id = '{owner}'",
        of="owner",
        says="erased_person_known erased_person_owns package_credits package_value",
    ),
    corruption(
        "wallet of a person who is not there",
        f"UPDATE wallets SET owner_id = '{SOMEBODY}' WHERE id = '{{poor_wallet}}'",
        of="poor_wallet",
        says="wrong_owner_id",
    ),
    corruption(
        "erased but still known",
        "UPDATE people SET erased_at = created_at WHERE id = '{guest}'",
        of="guest",
        says="erased_person_known",
    ),
    corruption(
        "money of nobody",
        f"UPDATE people SET erased_at = created_at, name = '{ERASED_NAME}', telegram_id = NULL, language = NULL "
        "WHERE id = '{member}'",
        "UPDATE role_assignments SET revoked_at = granted_at WHERE person_id = '{member}'",
        of="member_wallet",
        says="erased_person_owns",
    ),
    corruption(
        "row of a center that is not there",
        f"UPDATE people SET center_id = '{SOMEBODY}' WHERE id = '{{guest}}'",
        of="guest",
        says="wrong_center_id",
    ),
    *(corruption(name, *statements, of="", says=says) for name, statements, says in WAITLIST_CORRUPTIONS),
)


@pytest.fixture
async def names(cast: Cast) -> dict[str, UUID]:
    """Every kind of seat there is, by the names that the corruptions use."""
    world = cast.world
    locked = await world.book(cast.member, cast.session)
    other_class = await world.add_class("Hatha Yoga")
    other = await world.add_session(other_class, starts_in=timedelta(minutes=30), status=SessionStatus.CHECKING_IN)
    taken = await world.book(cast.member, other)
    cancelled = await world.book(cast.member, await world.add_session(cast.taught, starts_in=timedelta(days=2)))
    await world.cancel(cast.member, cancelled.id)
    found = {
        "center": world.center_id,
        "elsewhere": cast.elsewhere.center_id,
        "cashbox": world.branch.cashbox_id,
        "session": cast.session.id,
        "other_class": other_class.id,
        "other_session": other.id,
        "owner": cast.owner.id,
        "member": cast.member.id,
        "guest": (await world.add_guest()).id,
        "owner_wallet": cast.owner.owner.wallet_id,
        "member_wallet": cast.member.owner.wallet_id,
        "poor_wallet": cast.poor.owner.wallet_id,
        "package": cast.package_id,
        "credit_seat": cast.booking.id,
        "locked_seat": locked.id,
        "taken_seat": taken.id,
        "cancelled_seat": cancelled.id,
    }
    return {name: UUID(str(id_)) for name, id_ in found.items()}


async def spoil(url: str, names: dict[str, UUID], case: Corruption) -> None:
    literals = {name: sql_id(id_) for name, id_ in names.items()}
    await corrupt(url, [statement.format(**literals) for statement in case.statements])


class TestCorruption:
    async def test_begins_with_what_adds_up(self, cast: Cast, names: dict[str, UUID]) -> None:
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("case", CORRUPTIONS, ids=str)
    async def test_is_found_and_named(
        self, database_url: str, cast: Cast, names: dict[str, UUID], case: Corruption
    ) -> None:
        await spoil(database_url, names, case)
        found = await audit(cast.world.database)
        assert {each.code for each in found} == case.codes
        assert case.spoilt not in names or names[case.spoilt] in {each.id for each in found}

    def test_of_every_kind_is_tried(self) -> None:
        beside = CODES_TRIED | {check.code for check in GATEWAY_CHECKS}
        tried = {code for case in CORRUPTIONS for code in case.codes} | beside
        assert {check.code for check in CHECKS if not check.code.startswith("wrong_")} <= tried

    async def test_says_what_was_expected_and_what_is_there(
        self, database_url: str, cast: Cast, names: dict[str, UUID]
    ) -> None:
        await corrupt(database_url, [f"UPDATE sessions SET seats_taken = 5 WHERE id = '{sql_id(cast.session.id)}'"])
        assert await audit(cast.world.database) == [
            Discrepancy("session_seats_taken", "sessions", cast.session.id, expected=2, found=5)
        ]

    async def test_of_another_center_is_not_this_centers(
        self, database_url: str, cast: Cast, names: dict[str, UUID]
    ) -> None:
        await spoil(database_url, names, next(case for case in CORRUPTIONS if case.name == "credit out of nothing"))
        assert await audit(cast.world.database, cast.elsewhere.center_id) == []
        assert await audit(cast.world.database, cast.world.center_id) != []
