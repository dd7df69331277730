"""Buttons of the audit log. Their letters go on where ``members``'s end."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.organization.audit_views import AuditFilter
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class ListAudit(CallbackData):
    """A page of the log, after a row (None: the first page)."""

    letter: ClassVar[str] = "+h"
    chosen: AuditFilter
    after: UUID | None


@dataclass(frozen=True, slots=True)
class OpenAuditRow(CallbackData):
    """One row, before and after; the filter leads back."""

    letter: ClassVar[str] = "+H"
    row_id: UUID
    chosen: AuditFilter


@dataclass(frozen=True, slots=True)
class OpenAuditFilter(CallbackData):
    """Choose which rows are shown."""

    letter: ClassVar[str] = "+g"
    chosen: AuditFilter


@dataclass(frozen=True, slots=True)
class SendAuditFile(CallbackData):
    """The rows that are shown, all of them, as a file."""

    letter: ClassVar[str] = "+G"
    chosen: AuditFilter
