"""What happens behind the scenes while the pictures are taken: others book, prices change, classes are attended.

It writes straight into the demo's SQLite file, which is thrown away afterwards; nothing else may do so.
"""  # noqa: INP001 -- a script beside the documents, not a package

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from bot.example.cast import PEOPLE
from docs.screenshots_cast import TELEGRAM_IDS, Cast, Role
from domain.clock import Clock
from domain.finance.top_up import WalletOf, cash_top_up
from domain.folding import fold
from domain.ids import AccountId, CenterId, PersonId, WalletId, new_id
from domain.notifications.model import MutableNotification
from domain.permissions import Actor
from domain.permissions import Role as Acting
from storage.engine import open_database

_PATIENCE_SECONDS = 10.0


class Backstage:
    """The demo's database, changed behind the bot's back."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock

    def dress(self, cast: Cast) -> None:
        """Give everybody of the cast the row of whom they play, their language and their name.

        Whose phone it was has the name of whom they play then, and no phone any more.
        """
        roles = (cast.student, cast.newcomer, cast.staff, cast.admin)
        names = {person.slug: f"{person.first_name} {person.last_name}" for person in PEOPLE}
        with self._writing() as connection:
            rows = [(self._person(connection, role.owns_as), role) for role in roles]
            connection.executemany(
                "UPDATE people SET telegram_id = NULL, name = ?, name_folded = ? WHERE telegram_id = ?",
                [(names[role.owns_as], fold(names[role.owns_as]), role.telegram_id) for role in roles],
            )
            connection.executemany(
                "UPDATE people SET telegram_id = ?, name = ?, name_folded = ?, language = ? WHERE id = ?",
                [(role.telegram_id, role.name, fold(role.name), cast.language, row) for row, role in rows],
            )

    def make_student_too(self, role: Role) -> None:
        """Let somebody of the team be a student as well."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO role_assignments (id, center_id, person_id, role, granted_at)"
                " SELECT ?, center_id, id, 'STUDENT', created_at FROM people WHERE telegram_id = ?",
                (new_id().hex, role.telegram_id),
            )

    @contextmanager
    def filled(self, title: str) -> Iterator[None]:
        """Let others have the last seats of a class's nearly full sessions for a while."""
        of_class = " AND class_id = (SELECT id FROM classes WHERE title = ?)"
        with self._writing() as connection:
            connection.execute(
                f"UPDATE sessions SET seats_taken = capacity WHERE seats_taken = capacity - 1{of_class}", (title,)
            )
        yield
        with self._writing() as connection:
            connection.execute(
                f"UPDATE sessions SET seats_taken = capacity - 1 WHERE seats_taken = capacity{of_class}", (title,)
            )

    def raise_price(self, table: str, *, title: str, step_minor: int) -> None:
        """Raise the price of a class or of a package."""
        column = {"classes": "title", "class_packages": "name"}[table]
        with self._writing() as connection:
            connection.execute(
                f"UPDATE {table} SET price_minor = price_minor + ? WHERE {column} = ?",
                (step_minor, title),
            )

    def start_of_booking(self, role: Role, *, place: int) -> datetime:
        """Return when the session begins that a credit pays for: the one at ``place``, soonest first."""
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection:
            found = connection.execute(
                "SELECT starts_at FROM enrollments JOIN sessions ON sessions.id = session_id"
                " JOIN people ON people.id = student_id"
                " WHERE telegram_id = ? AND method = 'PACKAGE' ORDER BY starts_at LIMIT 1 OFFSET ?",
                (role.telegram_id, place),
            ).fetchone()
        return datetime.fromisoformat(found[0])

    def start_of_class(self, title: str) -> datetime:
        """Return when the soonest session of a class begins."""
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection:
            found = connection.execute(
                "SELECT starts_at FROM sessions WHERE class_id = (SELECT id FROM classes WHERE title = ?)"
                " ORDER BY starts_at LIMIT 1",
                (title,),
            ).fetchone()
        return datetime.fromisoformat(found[0])

    def quiet(self, role: Role) -> None:
        """Let somebody have switched off every message that can be: none comes between two pictures."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO muted_notifications (person_id, kind)"
                " SELECT id, ? FROM people WHERE telegram_id = ?",
                [(kind.value, role.telegram_id) for kind in MutableNotification],
            )

    def let_pass(self, role: Role) -> None:
        """Let the first two sessions that a student's credits pay for be over: attended, and missed."""
        first, second = (self.start_of_booking(role, place=place) for place in (0, 1))
        theirs = (
            " WHERE method = 'PACKAGE' AND student_id = (SELECT id FROM people WHERE telegram_id = :person)"
            " AND session_id IN (SELECT id FROM sessions WHERE starts_at = :starts_at)"
        )
        with self._writing() as connection:
            for starts_at, change in (
                (first, "attended_at = :starts_at"),
                (second, "status = 'NO_SHOW', marked_absent_at = :starts_at"),
            ):
                values = {"person": role.telegram_id, "starts_at": _as_stored(starts_at)}
                connection.execute(f"UPDATE enrollments SET {change}{theirs}", values)
                connection.execute(
                    "UPDATE sessions SET status = 'FINISHED', settled_at = ends_at WHERE starts_at = :starts_at", values
                )

    async def top_up(self, role: Role, *amounts_minor: int) -> None:
        """Put cash into a wallet, amount by amount, as the reception does."""
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection:
            center, person, wallet, cashbox = connection.execute(
                "SELECT people.center_id, people.id, wallets.id, (SELECT id FROM cashboxes LIMIT 1) FROM people"
                " JOIN wallets ON owner_id = people.id WHERE telegram_id = ?",
                (role.telegram_id,),
            ).fetchone()
        person_id, center_id = PersonId(UUID(person)), CenterId(UUID(center))
        owner = WalletOf(person_id, WalletId(UUID(wallet)))
        actor, now = Actor(center_id, person_id, Acting.STUDENT), self._clock.now()
        database = open_database(f"sqlite+aiosqlite:///{self._path}")
        try:
            for amount in amounts_minor:
                writes = cash_top_up(owner, cashbox_id=AccountId(UUID(cashbox)), amount_minor=amount, actor=actor, now=now)
                await database.apply(sorted(writes, key=lambda write: write.rank))
        finally:
            await database.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection, connection:
            yield connection

    def _person(self, connection: sqlite3.Connection, slug: str) -> str:
        (found,) = connection.execute("SELECT id FROM people WHERE telegram_id = ?", (TELEGRAM_IDS[slug],)).fetchone()
        return str(found)


def _as_stored(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
