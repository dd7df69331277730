"""The catalogue of classes: created, edited, put away.

Staff keep titles, subjects, levels and teachers; the terms are the admins'. Whatever is edited holds for what is booked
and made from then on: an enrollment keeps the terms it was booked under, a session its capacity and teacher.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.clock import Clock
from domain.errors import ClassInUseError, InvalidInputError, NotFoundError
from domain.ids import ClassId
from domain.organization.details import ClassDetails, differences, revised
from domain.organization.fields import Field, MoneyLimit, Subject, Value, checked
from domain.organization.ports import over_before_of
from domain.people.typed_answers import TypedAnswer, taking
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import AbsenteePolicy
from domain.writes.catalogue import AddClass
from domain.writes.owner import ArchiveClass, RequireClass, ReviseClass
from domain.writes.record import audit_row

DESCRIPTION: Final = frozenset({Field.TITLE, Field.SUBJECT, Field.LEVEL, Field.TEACHER})
"""What staff may edit, too."""


def operation_on(field: Field) -> Operation:
    """Return the operation that editing a field of a class is."""
    if field.subject is not Subject.CLASS:
        raise NotFoundError(what="class")
    return Operation.EDIT_CLASS_DESCRIPTION if field in DESCRIPTION else Operation.EDIT_CLASS_TERMS


@dataclass(frozen=True, slots=True)
class CreateClass:
    """Add a class to the catalogue. Its id is made before: pressed twice, there is one."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, class_id: ClassId, details: ClassDetails) -> ClassId:
        """Raises InvalidInputError."""
        require(actor, Operation.EDIT_CLASS_TERMS)

        async def decide(work: UnitOfWork) -> ClassId:
            now = self.clock.now()
            if await work.organization.find_class(center_id=actor.center_id, class_id=class_id, now=now) is not None:
                return class_id
            center = await work.organization.find_center(center_id=actor.center_id, now=now)
            if center is None:
                raise NotFoundError(what="center")
            kept = _checked(details, center.money)
            values = _as_values(kept)
            work.add(
                AddClass(id=class_id, center_id=actor.center_id, created_at=now, **values),
                audit_row(
                    Operation.EDIT_CLASS_TERMS,
                    actor=actor,
                    now=now,
                    object_type="class",
                    object_id=class_id,
                    after=values,
                ),
            )
            await work.commit()
            return class_id

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class EditClass:
    """Change one thing about a class, for what is booked from now on."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, class_id: ClassId, field: Field, value: Value, answer: TypedAnswer | None = None
    ) -> None:
        """Raises InvalidInputError, NotFoundError."""
        operation = operation_on(field)
        require(actor, operation)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await work.organization.find_class(center_id=actor.center_id, class_id=class_id, now=now)
            center = await work.organization.find_center(center_id=actor.center_id, now=now)
            if found is None or found.is_archived or center is None:
                raise NotFoundError(what="class")
            becomes = _fitting(revised(found.details, field, checked(field, value, center.money)))
            work.add(*await taking(work, answer, now=now))
            if becomes != found.details:
                before, after = differences(found.details, becomes)
                work.add(
                    ReviseClass(actor.center_id, class_id, found.details, becomes),
                    audit_row(
                        operation,
                        actor=actor,
                        now=now,
                        object_type="class",
                        object_id=class_id,
                        before=before,
                        after=after,
                    ),
                )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PutClassAway:
    """Archive a class that is not in the timetable any more; its packages are not sold from then on."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, class_id: ClassId) -> None:
        """Raises ClassInUseError, NotFoundError; done before, nothing changes."""
        require(actor, Operation.EDIT_CLASS_TERMS)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await work.organization.find_class(center_id=actor.center_id, class_id=class_id, now=now)
            if found is None:
                raise NotFoundError(what="class")
            if found.is_archived:
                return
            if found.is_in_use:
                raise ClassInUseError(class_id=class_id)
            work.add(
                RequireClass(actor.center_id, class_id),
                ArchiveClass(actor.center_id, class_id, now, over_before_of(now)),
                audit_row(
                    Operation.EDIT_CLASS_TERMS,
                    actor=actor,
                    now=now,
                    object_type="class",
                    object_id=class_id,
                    after={"archived": True},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def _checked(details: ClassDetails, money: MoneyLimit) -> ClassDetails:
    """Return the details of a new class where each fits, and all fit together."""
    kept = details
    for field in Field:
        if field.subject is Subject.CLASS and field is not Field.POLICY:
            kept = revised(kept, field, checked(field, getattr(details, field.attribute), money))
    return _fitting(kept)


def _fitting(details: ClassDetails) -> ClassDetails:
    """Return details that fit together: only a FLEXIBLE class has a no-show fee.

    What is not edited is not looked at again: a limit that came later is not in the way of a new title.
    """
    if details.no_show_fee_percent and details.absentee_policy is not AbsenteePolicy.FLEXIBLE:
        raise InvalidInputError(field=Field.FEE, reason="only_flexible")
    return details


def _as_values(details: ClassDetails) -> Mapping[str, Any]:
    return {field.attribute: getattr(details, field.attribute) for field in Field if field.subject is Subject.CLASS}
