"""Packages as products: created, edited, taken off the shelf and put away. What was bought of them goes on."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import NotFoundError
from domain.ids import ClassId, ClassPackageId
from domain.organization.details import PackageDetails, differences, revised
from domain.organization.fields import Field, Subject, Value, checked
from domain.organization.ports import PackageRecord
from domain.people.typed_answers import TypedAnswer, taking
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.catalogue import AddClassPackage
from domain.writes.owner import ArchivePackage, RequireClass, RevisePackage
from domain.writes.record import AddAuditRow, audit_row


@dataclass(frozen=True, slots=True)
class CreatePackage:
    """Put a package of a class into the shop. Its id is made before: pressed twice, there is one."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, class_package_id: ClassPackageId, class_id: ClassId, details: PackageDetails
    ) -> ClassPackageId:
        """Raises InvalidInputError, NotFoundError (no such class, or it was put away)."""
        require(actor, Operation.MANAGE_PACKAGES)

        async def decide(work: UnitOfWork) -> ClassPackageId:
            now = self.clock.now()
            center_id = actor.center_id
            if await work.organization.find_package(center_id=center_id, class_package_id=class_package_id) is not None:
                return class_package_id
            center = await work.organization.find_center(center_id=center_id, now=now)
            of_class = await work.organization.find_class(center_id=center_id, class_id=class_id, now=now)
            if of_class is None or of_class.is_archived or center is None:
                raise NotFoundError(what="class")
            name = str(checked(Field.PACKAGE_NAME, details.name, center.money))
            count = int(checked(Field.SESSION_COUNT, details.session_count, center.money))
            price_minor = int(checked(Field.PACKAGE_PRICE, details.price_minor, center.money))
            work.add(
                RequireClass(center_id, class_id),
                AddClassPackage(
                    class_package_id,
                    center_id,
                    class_id,
                    name,
                    count,
                    price_minor,
                    is_active=details.is_active,
                    created_at=now,
                ),
                audit_row(
                    Operation.MANAGE_PACKAGES,
                    actor=actor,
                    now=now,
                    object_type="package",
                    object_id=class_package_id,
                    after={"name": name, "class_id": class_id, "session_count": count, "price_minor": price_minor},
                ),
            )
            await work.commit()
            return class_package_id

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class EditPackage:
    """Change the name, the sessions or the price of a package, for who buys it from now on."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        class_package_id: ClassPackageId,
        field: Field,
        value: Value,
        answer: TypedAnswer | None = None,
    ) -> None:
        """Raises InvalidInputError, NotFoundError."""
        require(actor, Operation.MANAGE_PACKAGES)
        if field.subject is not Subject.PACKAGE or field is Field.PACKAGE_CLASS:
            raise NotFoundError(what="package")

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, class_package_id)
            center = await work.organization.find_center(center_id=actor.center_id, now=now)
            if found.is_archived or center is None:
                raise NotFoundError(what="package")
            becomes = revised(found.details, field, checked(field, value, center.money))
            work.add(*await taking(work, answer, now=now))
            if becomes != found.details:
                before, after = differences(found.details, becomes)
                row = audit_row(
                    Operation.MANAGE_PACKAGES,
                    actor=actor,
                    now=now,
                    object_type="package",
                    object_id=class_package_id,
                    before=before,
                    after=after,
                )
                work.add(RevisePackage(actor.center_id, class_package_id, found.details, becomes), row)
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PutPackageOnSale:
    """Let a package be bought, or not for now; to what it is already, nothing changes."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, class_package_id: ClassPackageId, is_on_sale: bool) -> None:
        """Raises NotFoundError."""
        require(actor, Operation.MANAGE_PACKAGES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, class_package_id)
            if found.is_archived:
                raise NotFoundError(what="package")
            was = found.details
            if was.is_active is is_on_sale:
                return
            becomes = PackageDetails(was.name, was.session_count, was.price_minor, is_on_sale)
            before, after = differences(was, becomes)
            row = audit_row(
                Operation.MANAGE_PACKAGES,
                actor=actor,
                now=now,
                object_type="package",
                object_id=class_package_id,
                before=before,
                after=after,
            )
            work.add(RevisePackage(actor.center_id, class_package_id, was, becomes), row)
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PutPackageAway:
    """Archive a package: it is neither sold nor listed any more."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, class_package_id: ClassPackageId) -> None:
        """Raises NotFoundError; done before, nothing changes."""
        require(actor, Operation.MANAGE_PACKAGES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, class_package_id)
            if found.is_archived:
                return
            row: AddAuditRow = audit_row(
                Operation.MANAGE_PACKAGES,
                actor=actor,
                now=now,
                object_type="package",
                object_id=class_package_id,
                after={"archived": True},
            )
            work.add(ArchivePackage(actor.center_id, class_package_id, now), row)
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _find(work: UnitOfWork, actor: Actor, class_package_id: ClassPackageId) -> PackageRecord:
    found = await work.organization.find_package(center_id=actor.center_id, class_package_id=class_package_id)
    if found is None:
        raise NotFoundError(what="package")
    return found
