"""A member: a person as the bot knows them at the beginning of every update, with roles and the open dialog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.ids import BranchId, CenterId, PersonId
from domain.organization.model import Center
from domain.permissions import Actor, Role

ROLE_ORDER = (Role.ADMIN, Role.STAFF, Role.STUDENT)  # who holds several and has not chosen acts in the first


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role in force; STAFF at one branch."""

    role: Role
    branch_id: BranchId | None


@dataclass(frozen=True, slots=True)
class Dialog:
    """Where a person stands in a conversation that asks them something. Kept in the database, so it outlives us.

    ``version`` is compared and set by every move; ``consumed_message_id`` is the last typed message that was taken: the
    same message delivered again must not answer the next question. ``question_message_id`` is the message whose buttons
    belong to what is asked, where that is known.
    """

    step: str
    data: Mapping[str, Any]
    version: int
    consumed_message_id: int | None
    question_message_id: int | None = None

    def has_consumed(self, message_id: int | None) -> bool:
        """Whether this typed message took the dialog on before: it was delivered again, and answers nothing now."""
        return message_id is not None and self.consumed_message_id is not None and message_id <= self.consumed_message_id


IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a center who writes to its bot."""

    person_id: PersonId
    center: Center
    telegram_id: int
    name: str
    language: str | None
    phone: str | None
    joined_at: datetime | None
    is_blocked: bool
    is_unreachable: bool
    acting_role: Role | None
    grants: tuple[RoleGrant, ...]
    dialog: Dialog = field(default_factory=lambda: Dialog(IDLE, MappingProxyType({}), 0, None))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles in force, strongest first."""
        held = {grant.role for grant in self.grants}
        return tuple(role for role in ROLE_ORDER if role in held)

    @property
    def actor(self) -> Actor:
        """The member as use cases see them: acting in the chosen role, if it is still theirs, else in the strongest."""
        roles = self.roles if self.joined_at is not None else ()
        role = self.acting_role if self.acting_role in roles else (roles[0] if roles else None)
        branches = frozenset(grant.branch_id for grant in self.grants if grant.role is role and grant.branch_id is not None)
        return Actor(self.center.id, self.person_id, role, branches, is_blocked=self.is_blocked)


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """A person's calendar feed; ``secret`` is None until they wish for one."""

    secret: str | None


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation to a role; usable once, until it expires."""

    id: UUID
    center_id: CenterId
    role: Role
    branch_id: BranchId | None
    expires_at: datetime
    redeemed_by: PersonId | None
    created_by: PersonId | None = None  # None: the server
