"""Running a center: what is in the way, what goes along, and what an invitation is worth."""

import secrets
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from domain.clock import Clock
from domain.enrollments.door_screens import RememberRoster
from domain.errors import (
    BranchInUseError,
    ClassInUseError,
    InviteNotValidError,
    LastAdminError,
    NotFoundError,
    NotPermittedError,
)
from domain.ids import BranchId, ClassPackageId, SessionId, TimetableRuleId, new_id
from domain.organization.branches import PutBranchAway
from domain.organization.details import PackageDetails
from domain.organization.fields import Field
from domain.organization.settings import EditSettings
from domain.packages.managing import CreatePackage
from domain.people.administering import BlockPerson, TakeRoleAway
from domain.people.erasure import EraseMe
from domain.people.inviting import InviteToRole, TakeInviteBack
from domain.people.leaving import GivenUp
from domain.people.model import Member
from domain.people.roles import AcceptInvite
from domain.permissions import Actor, Role
from domain.ports import UnitOfWorkFactory
from domain.sessions.calling_off import CancelSession, RescheduleSession
from domain.sessions.classes import EditClass, PutClassAway
from domain.sessions.rules import AddRule, EndTimetableRule, NewRule
from domain.writes.people import AddRole
from storage.queries.door import StoredDoorViews
from storage.repositories.organization import StoredOrganization
from storage.repositories.people import StoredPeople
from storage.repositories.team import StoredTeam
from storage.unit_of_work import unit_of_work_factory
from tests.cast import Cast
from tests.factories import OPENING_DAY, Person, World


def of(world: World) -> tuple[UnitOfWorkFactory, Clock]:
    return unit_of_work_factory(world.database), world.clock


async def member(world: World, person: Person) -> Member:
    assert person.telegram_id is not None
    found = await StoredPeople(world.database).find_member(center_id=world.center_id, telegram_id=person.telegram_id)
    assert found is not None
    return found


async def role_id(world: World, person: Person) -> UUID:
    found = await StoredTeam(world.database).find_person(center_id=world.center_id, person_id=person.id)
    assert found is not None
    return next(each.id for each in found.roles if each.role is not Role.STUDENT)


class TestPuttingAway:
    async def test_is_not_hindered_by_a_rule_that_is_over(self, world: World) -> None:
        admin, taught, branch = await world.add_admin(), await world.add_class("Salsa"), await world.add_branch("Dokki")
        today = OPENING_DAY.date()
        rule = NewRule(TimetableRuleId(new_id()), taught.id, branch.id, frozenset(range(7)), time(20, 0), today)
        await AddRule(*of(world))(actor=admin.actor, rule=rule)
        await EndTimetableRule(*of(world))(actor=admin.actor, rule_id=rule.rule_id, last_day=today)
        with pytest.raises(ClassInUseError):
            await PutClassAway(*of(world))(actor=admin.actor, class_id=taught.id)
        await world.database.execute("DELETE FROM sessions")
        world.clock.advance(timedelta(days=3))
        await PutClassAway(*of(world))(actor=admin.actor, class_id=taught.id)
        await PutBranchAway(*of(world))(actor=admin.actor, branch_id=branch.id)

    async def test_leaves_no_way_back_for_a_cancelled_class(self, world: World) -> None:
        admin, taught = await world.add_admin(), await world.add_class("Salsa")
        session = await world.add_session(taught)
        await CancelSession(*of(world))(
            actor=admin.actor, session_id=session.id, shown_starts_at=session.starts_at, reason="no teacher"
        )
        await PutClassAway(*of(world))(actor=admin.actor, class_id=taught.id)
        with pytest.raises(NotFoundError):
            await RescheduleSession(*of(world))(
                actor=admin.actor, session_id=session.id, day=OPENING_DAY.date() + timedelta(days=5), at=time(18, 0)
            )

    async def test_of_another_centers_branch_or_class_finds_nothing(self, cast: Cast) -> None:
        stranger = await cast.elsewhere.add_admin()
        with pytest.raises(NotFoundError):
            await PutBranchAway(*of(cast.world))(actor=stranger.actor, branch_id=cast.world.branch.id)
        with pytest.raises(NotFoundError):
            await PutClassAway(*of(cast.world))(actor=stranger.actor, class_id=cast.taught.id)

    async def test_of_a_branch_with_cash_is_refused(self, cast: Cast) -> None:
        with pytest.raises(BranchInUseError):
            await PutBranchAway(*of(cast.world))(actor=cast.admin.actor, branch_id=cast.world.branch.id)


class TestEditingAClass:
    async def test_looks_at_what_is_edited_alone(self, cast: Cast) -> None:
        settings, edit = EditSettings(*of(cast.world)), EditClass(*of(cast.world))
        await settings(actor=cast.admin.actor, changes={Field.LARGEST_AMOUNT: 5_000})  # the class costs 8,000
        await edit(actor=cast.staff.actor, class_id=cast.taught.id, field=Field.TITLE, value="Ballet One")
        found = await StoredOrganization(cast.world.database).find_class(
            center_id=cast.world.center_id, class_id=cast.taught.id, now=OPENING_DAY
        )
        assert found is not None
        assert (found.details.title, found.details.price_minor) == ("Ballet One", 8_000)

    @pytest.mark.parametrize("field", [Field.PRICE, Field.CAPACITY, Field.DURATION, Field.FEE, Field.WINDOW, Field.POLICY])
    async def test_of_its_terms_is_not_for_staff(self, cast: Cast, field: Field) -> None:
        with pytest.raises(NotPermittedError):
            await EditClass(*of(cast.world))(actor=cast.staff.actor, class_id=cast.taught.id, field=field, value=1)

    async def test_touches_nothing_that_was_booked_or_bought(self, cast: Cast) -> None:
        edit = EditClass(*of(cast.world))
        booking = await cast.world.book(cast.member, cast.session)
        changes: dict[Field, str | int] = {
            Field.PRICE: 100,
            Field.WINDOW: 0,
            Field.POLICY: "FLEXIBLE",
            Field.FEE: 100,
            Field.CAPACITY: 1,
        }
        for field, value in changes.items():
            await edit(actor=cast.admin.actor, class_id=cast.taught.id, field=field, value=value)
        kept = "price_minor = 8000 AND policy = 'STRICT' AND no_show_fee_percent = 0 AND free_cancel_until IS NOT NULL"
        assert await cast.world.database.execute(f"UPDATE enrollments SET price_minor = price_minor WHERE {kept}") == 2
        assert await cast.world.database.execute("UPDATE sessions SET capacity = 12 WHERE capacity = 12") == 1
        again = await cast.world.cancel(cast.member, booking.id)
        assert again.amount_minor == 8_000


class TestPackages:
    async def test_of_a_class_that_was_put_away_are_not_made(self, world: World) -> None:
        admin, taught = await world.add_admin(), await world.add_class("Salsa")
        await PutClassAway(*of(world))(actor=admin.actor, class_id=taught.id)
        with pytest.raises(NotFoundError):
            await CreatePackage(*of(world))(
                actor=admin.actor,
                class_package_id=ClassPackageId(new_id()),
                class_id=taught.id,
                details=PackageDetails("Four", 4, 100, is_active=True),
            )


class TestInvitations:
    async def invited(self, world: World, admin: Person, *, code: str | None = None, branch: BranchId | None = None) -> str:
        code = code or secrets.token_urlsafe(18)
        role = Role.ADMIN if branch is None else Role.STAFF
        await InviteToRole(*of(world))(actor=admin.actor, code=code, role=role, branch_id=branch)
        return code

    async def accept(self, world: World, person: Person, code: str) -> None:
        await AcceptInvite(*of(world))(member=await member(world, person), code=code)

    async def test_of_who_is_no_admin_any_more_give_nothing(self, cast: Cast) -> None:
        world, leaver = cast.world, await cast.world.add_admin("Laila Fahmy")
        code = await self.invited(world, leaver)
        take = TakeRoleAway(*of(world))
        await take(actor=cast.admin.actor, person_id=leaver.id, role_id=await role_id(world, leaver))
        with pytest.raises(InviteNotValidError):
            await self.accept(world, leaver, code)
        record = await StoredTeam(world.database).list_open_invites(
            center_id=world.center_id, created_by=leaver.id, now=OPENING_DAY
        )
        assert record == []

    async def test_made_while_the_role_was_taken_give_nothing(self, cast: Cast) -> None:
        world, leaver = cast.world, await cast.world.add_admin("Laila Fahmy")
        take = TakeRoleAway(*of(world))
        await take(actor=cast.admin.actor, person_id=leaver.id, role_id=await role_id(world, leaver))
        code = await self.invited(world, leaver)  # its update was read a moment before
        with pytest.raises(InviteNotValidError):
            await self.accept(world, cast.member, code)

    async def test_of_who_is_blocked_end(self, cast: Cast) -> None:
        world, leaver = cast.world, await cast.world.add_admin("Laila Fahmy")
        code = await self.invited(world, leaver)
        await BlockPerson(*of(world))(actor=cast.admin.actor, person_id=leaver.id, is_blocked=True)
        await BlockPerson(*of(world))(actor=cast.admin.actor, person_id=leaver.id, is_blocked=False)
        with pytest.raises(InviteNotValidError):
            await self.accept(world, cast.member, code)

    async def test_that_were_used_or_taken_back_are_not_handed_out_again(self, cast: Cast) -> None:
        world = cast.world
        used, ended = await self.invited(world, cast.admin), await self.invited(world, cast.admin)
        await self.accept(world, cast.member, used)
        (open_id,) = await StoredTeam(world.database).list_open_invites(
            center_id=world.center_id, created_by=cast.admin.id, now=OPENING_DAY
        )
        await TakeInviteBack(*of(world))(actor=cast.admin.actor, invite_id=open_id)
        for code in (used, ended):
            with pytest.raises(InviteNotValidError):
                await self.invited(world, cast.admin, code=code)

    async def test_to_a_branch_that_was_put_away_give_nothing(self, cast: Cast) -> None:
        world, branch = cast.world, await cast.world.add_branch("Dokki")
        await world.database.execute("UPDATE branches SET archived_at = created_at WHERE name = 'Dokki'")
        with pytest.raises(NotFoundError):
            await self.invited(world, cast.admin, branch=branch.id)

    async def test_are_another_centers_business(self, cast: Cast) -> None:
        code = await self.invited(cast.world, cast.admin)
        with pytest.raises(InviteNotValidError):
            await AcceptInvite(*of(cast.elsewhere))(member=await member(cast.elsewhere, cast.outsider), code=code)


class TestTheLastAdmin:
    async def test_is_not_erased_by_their_own_wish(self, cast: Cast) -> None:
        world = cast.world
        also_student = AddRole(new_id(), world.center_id, cast.admin.id, Role.STUDENT, None, None, OPENING_DAY)
        await world.database.apply([also_student])
        as_student = replace(cast.admin.actor, role=Role.STUDENT)
        with pytest.raises(LastAdminError):
            await EraseMe(*of(world))(actor=as_student, confirmed=GivenUp(0, 0))
        await world.add_admin("Laila Fahmy")
        await EraseMe(*of(world))(actor=as_student, confirmed=GivenUp(0, 0))


class TestRosters:
    async def watchers(self, cast: Cast) -> list[object]:
        views = StoredDoorViews(cast.world.database)
        found = await views.list_watchers(center_id=cast.world.center_id, session_id=cast.session.id)
        return [each.person_id for each in found]

    async def open(self, cast: Cast, actor: Actor) -> None:
        units, clock = of(cast.world)
        remember = RememberRoster(units, StoredDoorViews(cast.world.database), clock)
        await remember(actor=actor, session_id=SessionId(cast.session.id), message_id=7, page=0)

    async def test_are_not_redrawn_for_who_lost_the_role_or_was_blocked(self, cast: Cast) -> None:
        await self.open(cast, cast.staff.actor)
        assert await self.watchers(cast) == [cast.staff.id]
        take = TakeRoleAway(*of(cast.world))
        await take(actor=cast.admin.actor, person_id=cast.staff.id, role_id=await role_id(cast.world, cast.staff))
        assert await self.watchers(cast) == []

    async def test_are_not_redrawn_for_who_was_blocked(self, cast: Cast) -> None:
        await self.open(cast, cast.staff.actor)
        await BlockPerson(*of(cast.world))(actor=cast.admin.actor, person_id=cast.staff.id, is_blocked=True)
        assert await self.watchers(cast) == []
