"""Branches: opened with their cashbox, edited, and put away when nothing depends on them any more."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import BranchInUseError, NameTakenError, NotFoundError
from domain.ids import AccountId, BranchId, CenterId, new_id
from domain.organization.details import BranchDetails, differences, revised
from domain.organization.fields import Field, MoneyLimit, Subject, Value, checked
from domain.organization.opening import open_branch
from domain.organization.ports import over_before_of
from domain.people.typed_answers import TypedAnswer, taking
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.owner import ArchiveBranch, RequireBranch, ReviseBranch
from domain.writes.record import audit_row

_NO_MONEY = MoneyLimit("", 0)  # no field of a branch is an amount


@dataclass(frozen=True, slots=True)
class AddBranchWithCashbox:
    """Open a branch. Its id is made before: pressed twice, there is one."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, branch_id: BranchId, details: BranchDetails) -> BranchId:
        """Raises InvalidInputError, NameTakenError."""
        require(actor, Operation.MANAGE_BRANCHES)
        name = str(checked(Field.BRANCH_NAME, details.name, _NO_MONEY))
        address = str(checked(Field.ADDRESS, details.address or "", _NO_MONEY)) or None

        async def decide(work: UnitOfWork) -> BranchId:
            now = self.clock.now()
            found = await work.organization.find_branch(center_id=actor.center_id, branch_id=branch_id, now=now)
            if found is not None:
                return found.id
            await _require_free_name(work, actor.center_id, name, but=branch_id)
            work.add(
                *open_branch(
                    branch_id,
                    center_id=actor.center_id,
                    cashbox_id=AccountId(new_id()),
                    name=name,
                    address=address,
                    now=now,
                ),
                audit_row(
                    Operation.MANAGE_BRANCHES,
                    actor=actor,
                    now=now,
                    object_type="branch",
                    object_id=branch_id,
                    after={"name": name, "address": address},
                ),
            )
            await work.commit()
            return branch_id

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class EditBranch:
    """Change the name or the address of a branch."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, branch_id: BranchId, field: Field, value: Value, answer: TypedAnswer | None = None
    ) -> None:
        """Raises InvalidInputError, NameTakenError, NotFoundError."""
        require(actor, Operation.MANAGE_BRANCHES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await work.organization.find_branch(center_id=actor.center_id, branch_id=branch_id, now=now)
            if found is None or found.is_archived or field.subject is not Subject.BRANCH:
                raise NotFoundError(what="branch")
            becomes = revised(found.details, field, checked(field, value, _NO_MONEY))
            if becomes.name != found.details.name:
                await _require_free_name(work, actor.center_id, becomes.name, but=branch_id)
            work.add(*await taking(work, answer, now=now))
            if becomes != found.details:
                before, after = differences(found.details, becomes)
                work.add(
                    ReviseBranch(actor.center_id, branch_id, found.details, becomes),
                    audit_row(
                        Operation.MANAGE_BRANCHES,
                        actor=actor,
                        now=now,
                        object_type="branch",
                        object_id=branch_id,
                        before=before,
                        after=after,
                    ),
                )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PutBranchAway:
    """Archive a branch that nothing depends on. What took place there stays in the books."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, branch_id: BranchId) -> None:
        """Raises BranchInUseError, NotFoundError; done before, nothing changes."""
        require(actor, Operation.MANAGE_BRANCHES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await work.organization.find_branch(center_id=actor.center_id, branch_id=branch_id, now=now)
            if found is None:
                raise NotFoundError(what="branch")
            if found.is_archived:
                return
            if found.is_in_use:
                raise BranchInUseError(branch_id=branch_id)
            work.add(
                RequireBranch(actor.center_id, branch_id),
                ArchiveBranch(actor.center_id, branch_id, now, over_before_of(now)),
                audit_row(
                    Operation.MANAGE_BRANCHES,
                    actor=actor,
                    now=now,
                    object_type="branch",
                    object_id=branch_id,
                    after={"archived": True},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _require_free_name(work: UnitOfWork, center_id: CenterId, name: str, *, but: BranchId) -> None:
    """Raise NameTakenError for another branch's name, archived ones included: reports still name them."""
    holder = await work.organization.find_branch_named(center_id=center_id, name=name)
    if holder is not None and holder != but:
        raise NameTakenError(name=name)
