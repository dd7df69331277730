"""Whatever people do in an evening, in whatever order, and wherever a process is killed: the books are right."""

import asyncio
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import EntryCause
from domain.ids import PersonId
from domain.permissions import Operation
from storage.audit import audit
from storage.database import Database
from storage.engine import open_database
from storage.prepared import Query, outside
from storage.tables.money import entries, holds, postings, wallets
from storage.tables.operations import audit_log
from tests.properties.books import reports_agree_with_the_journal
from tests.properties.evening import SEATS, VERDICTS, WALLET, WALLET_METHOD, Evening, cost_minor

DOINGS = (
    *("book",) * 6,
    *("advance",) * 6,
    *("mark",) * 4,
    *("cancel", "override", "call_off", "resize", "everyone", "correct", "decide", "walk_in", "top_up", "fix_cash"),
    *("count", "bank", "wait", "events", "killed", "killed"),
)
STEP = st.tuples(st.sampled_from(DOINGS), st.integers(0, 3), st.integers(0, 2), st.integers(0, 4))
STEPS = st.lists(STEP, min_size=10, max_size=40)

Step = tuple[str, int, int, int]
# An evening that runs its course, so that it gets to what comes last; in each part of it people do as they like.
PARTS = (
    (*("book",) * 5, "cancel", "top_up"),
    (*("walk_in",) * 2, "book", "cancel", "resize", "killed"),
    (*("mark",) * 6, "everyone", "walk_in", "override", "killed"),
    (*("correct",) * 3, *("decide",) * 3, "fix_cash", "count", "bank", "events", "killed"),
)
COURSE = st.tuples(
    *(
        st.lists(st.tuples(st.sampled_from(part), st.integers(0, 3), st.integers(0, 2), st.integers(0, 4)), max_size=12)
        for part in PARTS
    )
)
_TOTAL = Query(sa.select(sa.func.coalesce(sa.func.sum(postings.c.amount_minor), sa.literal_column("0"))), int)
_DONE = Query(sa.select(audit_log.c.operation).distinct(), Operation)
LATE = {
    Operation.LOG_CASH_PAYMENT,
    Operation.MARK_ATTENDANCE,
    Operation.CORRECT_ATTENDANCE,
    Operation.DECIDE_ENROLLMENT,
    Operation.CORRECT_CASH_SAME_DAY,
}
_OPEN = Query(sa.select(holds.c.enrollment_id).where(holds.c.status == sa.literal_column("'OPEN'")), lambda id_: id_)
# What reached a wallet but through its own seats: cash of cancelled seats, credits paid back.
_GIVEN = Query(
    sa.select(sa.func.coalesce(-sa.func.sum(postings.c.amount_minor), sa.literal_column("0")))
    .select_from(
        postings.join(wallets, wallets.c.id == postings.c.account_id).join(entries, entries.c.id == postings.c.entry_id)
    )
    .where(wallets.c.owner_id == outside("id"), entries.c.cause == sa.literal_column(f"'{EntryCause.CASH_RETURNED}'")),
    int,
)


async def check(evening: Evening) -> None:
    """Fail where the books do not add up, or a wallet is a piastre off from the model."""
    database = evening.world.database
    assert await audit(database) == []
    assert await database.fetch(_TOTAL) == [0]
    await reports_agree_with_the_journal(evening.world)
    undecided = set(await database.fetch(_OPEN))
    outcomes: dict[UUID, list[tuple[str, str | None, int]]] = defaultdict(list)
    for enrollment_id, kind, outcome, amount in await database.fetch(VERDICTS):
        outcomes[enrollment_id].append((kind, outcome, amount))
    costs: dict[PersonId, int] = defaultdict(int)
    for id_, student_id, _, status, method, policy, _ in await database.fetch(SEATS):
        if method is WALLET_METHOD:
            costs[student_id] += cost_minor(EnrollmentStatus(status), policy, outcomes[id_], is_open=id_ in undecided)
    for student in evening.students:
        (balance,) = await database.fetch(WALLET, id=student.id)
        (given_back,) = await database.fetch(_GIVEN, id=student.id)
        assert balance == evening.paid_in[student.id] - costs[student.id] + given_back


async def play(database: Database, steps: list[Step]) -> None:
    evening = await Evening.begin(database)
    for step in steps:
        await evening.step(*step)
        assert await audit(database) == []
    await check(evening)
    await evening.catch_up()
    await evening.catch_up()  # again: it changes nothing
    await check(evening)


def course(parts: Sequence[list[Step]]) -> list[Step]:
    """Return the steps of an evening whose three classes are opened, begun and finished between its parts."""
    all_advance: list[Step] = [("advance", 0, which, 0) for which in range(3)]
    events: Step = ("events", 0, 0, 0)
    booking, opening, marking, settling = parts
    opened: list[Step] = [("wait", 0, 0, 5), *all_advance, events]
    begun: list[Step] = [("wait", 0, 0, 4), *all_advance]
    return [*booking, *opened, *opening, *begun, *marking, *all_advance, events, *settling]


async def _with_database(template: Path, steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copyfile(template, Path(folder) / "rollcall.db")
        database = open_database(f"sqlite+aiosqlite:///{path}")
        try:
            await play(database, steps)
        finally:
            await database.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_evening_leaves_the_books_right(sqlite_template: Path, steps: list[Step]) -> None:
    asyncio.run(_with_database(sqlite_template, steps))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=COURSE)
def test_an_evening_that_runs_its_course_leaves_them_right(sqlite_template: Path, parts: Sequence[list[Step]]) -> None:
    asyncio.run(_with_database(sqlite_template, course(parts)))


async def test_a_full_evening_that_runs_its_course_leaves_them_right_on_postgresql(postgres_url: str) -> None:
    chance = random.Random(34)  # of those that get to everything: a third of them do
    parts = [
        [(chance.choice(part), chance.randrange(4), chance.randrange(3), chance.randrange(5)) for _ in range(20)]
        for part in PARTS
    ]
    database = open_database(postgres_url)
    try:
        await play(database, course(parts))
        done = set(await database.fetch(_DONE))
    finally:
        await database.close()
    assert done >= LATE  # it got to what comes last


async def test_a_long_evening_leaves_them_right_on_postgresql(postgres_url: str) -> None:
    chance = random.Random(20261125)
    steps = [(chance.choice(DOINGS), chance.randrange(4), chance.randrange(3), chance.randrange(5)) for _ in range(250)]
    database = open_database(postgres_url)
    try:
        await play(database, steps)
    finally:
        await database.close()
