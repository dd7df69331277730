"""Column types: aware instants, enums as text, JSON documents. The same meaning on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import CheckConstraint, Column, Dialect, MetaData, Text, Uuid
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Processor = Callable[[Any], Any] | None


class DirectType:
    """A column type that tells how its values pass to and from the raw driver, without SQLAlchemy in between."""

    def driver_bind(self, backend: str) -> _Processor:
        """Return what to call on a value before the driver gets it, or None where the driver takes it as it is."""
        raise TypeError(backend)

    def driver_result(self, backend: str) -> _Processor:
        """Return what to call on a value that the driver gave, or None where it is right as it is."""
        raise TypeError(backend)


class Instant(TypeDecorator[datetime], DirectType):
    """An aware instant in UTC. On SQLite, whose own type drops offsets silently, sortable ISO text ending in Z."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use ``timestamptz`` on PostgreSQL and text on SQLite."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive datetimes: a wall-clock time without its zone is not an instant."""
        process = self.driver_bind(dialect.name)
        return value if process is None else process(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return an aware datetime in UTC."""
        process = self.driver_result(dialect.name)
        instant: datetime | None = value if process is None else process(value)
        return instant

    def driver_bind(self, backend: str) -> _Processor:
        """PostgreSQL takes aware datetimes, SQLite our text."""
        return _aware if backend == "postgresql" else _instant_to_text

    def driver_result(self, backend: str) -> _Processor:
        """PostgreSQL returns aware datetimes in UTC."""
        return None if backend == "postgresql" else _text_to_instant


def _aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError(f"naive datetime {value!r}")
    return value


def _instant_to_text(value: datetime | None) -> str | None:
    _aware(value)
    if value is None:
        return None
    # Not strftime, whose %Y writes early years without their zeros: such text would not sort as time does.
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _text_to_instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


class EnumText(TypeDecorator[StrEnum], DirectType):
    """A StrEnum stored as its text; the table's CHECK lists the values."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum
        self._members: dict[str, StrEnum] = {member.value: member for member in enum}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Store the member's text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Return the member."""
        return None if value is None else self._members[value]

    def driver_bind(self, backend: str) -> _Processor:  # noqa: ARG002 -- the same for both
        """Both drivers take a StrEnum for the str that it is."""
        return None

    def driver_result(self, backend: str) -> _Processor:  # noqa: ARG002 -- the same for both
        """Return the member for its text."""
        return self._members.get


class Document(TypeDecorator[Any], DirectType):
    """A small JSON document: ``jsonb`` on PostgreSQL, text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use ``jsonb`` on PostgreSQL. The driver passes it as text, as SQLite does."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(_TextOfJsonb())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Write JSON; None is SQL's NULL."""
        return _document_to_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 -- SQLAlchemy's signature
        """Read JSON."""
        return _text_to_document(value)

    def driver_bind(self, backend: str) -> _Processor:  # noqa: ARG002 -- the same for both
        """Both drivers take JSON as text."""
        return _document_to_text

    def driver_result(self, backend: str) -> _Processor:  # noqa: ARG002 -- the same for both
        """Both drivers give JSON as text."""
        return _text_to_document


def _document_to_text(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, default=str).decode()


def _text_to_document(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


class _TextOfJsonb(postgresql.JSONB):
    """``jsonb`` without SQLAlchemy's own (de)serialisation: Document has done it."""

    def bind_processor(self, dialect: Dialect) -> None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None


def id_column(name: str = "id", *constraints: Any, primary_key: bool = True) -> Column[Any]:
    """Return a UUID column, by default the primary key."""
    return Column(name, Uuid(), *constraints, primary_key=primary_key, nullable=False)


def one_of(column: str, enum: type[StrEnum]) -> CheckConstraint:
    """Return the CHECK that the column holds one of the enum's values."""
    values = ", ".join(f"'{member.value}'" for member in enum)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")
