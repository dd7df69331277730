"""Money between wallets: once, balanced, never more than is free, and known to both owners."""

from typing import Any

import pytest

from domain.errors import (
    AmountTooLargeError,
    DeskWalletTooLowError,
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
)
from domain.finance.model import WalletOwner
from domain.finance.wallets_admin import TransferNotice, WalletTotals
from domain.ids import new_id
from domain.notifications.kinds import Audience, NotificationKind
from domain.notifications.telling import Tell
from domain.people.erasure import EraseSomebody
from domain.people.leaving import GivenUp
from storage.audit import audit
from storage.queries.wallets_admin import StoredWalletAdminViews
from storage.unit_of_work import unit_of_work_factory
from tests.builders.finance import balance_of, center_wallet, staff_wallet, student_wallet, transfer
from tests.builders.merging import merge
from tests.builders.notices import rows_of
from tests.cast import Cast
from tests.conversations.ledger import kept


class TestTransfer:
    async def test_moves_money_once_and_is_written_down(self, cast: Cast) -> None:
        world, id_, before = cast.world, new_id(), await kept(cast.world.database)
        source, target = student_wallet(cast.member), student_wallet(cast.poor)
        done = [await transfer(world, cast.admin, source, target, transfer_id=id_) for _ in range(2)]
        assert done[0] == done[1]
        assert (await balance_of(world, source), await balance_of(world, target)) == (25_000, 5_000)
        after = await kept(world.database)
        assert (after.entries, after.audit_rows, after.events) == (
            before.entries + 1,
            before.audit_rows + 1,
            before.events + 1,
        )
        assert await audit(world.database) == []

    async def test_under_another_ones_id_is_not_there(self, cast: Cast) -> None:
        world, id_ = cast.world, new_id()
        await transfer(world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), transfer_id=id_)
        with pytest.raises(NotFoundError):
            await transfer(world, cast.admin, student_wallet(cast.member), center_wallet(world), transfer_id=id_)

    async def test_takes_nothing_of_what_is_locked(self, cast: Cast) -> None:
        world = cast.world
        await world.book(cast.member, cast.session)  # EGP 80 of 300 are locked
        before = await kept(world.database)
        with pytest.raises(DeskWalletTooLowError) as caught:
            await transfer(world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), 22_001)
        assert caught.value.available_minor == 22_000
        assert await kept(world.database) == before
        await transfer(world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), 22_000)
        assert await audit(world.database) == []

    @pytest.mark.parametrize("amount_minor", [0, -5])
    async def test_of_nothing_is_refused(self, cast: Cast, amount_minor: int) -> None:
        with pytest.raises(InvalidInputError):
            await transfer(cast.world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), amount_minor)

    async def test_beyond_the_limit_is_refused(self, cast: Cast) -> None:
        await cast.world.database.execute("UPDATE centers SET largest_amount_minor = 4000")
        with pytest.raises(AmountTooLargeError):
            await transfer(cast.world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor))

    async def test_to_itself_or_without_a_reason_is_refused(self, cast: Cast) -> None:
        own = student_wallet(cast.member)
        with pytest.raises(InvalidInputError):
            await transfer(cast.world, cast.admin, own, own)
        with pytest.raises(InvalidInputError):
            await transfer(cast.world, cast.admin, own, student_wallet(cast.poor), reason="  ")

    async def test_to_another_center_or_as_staff_to_a_student_is_not_there(self, cast: Cast) -> None:
        own = student_wallet(cast.member)
        for target in (
            student_wallet(cast.outsider),
            center_wallet(cast.elsewhere),
            staff_wallet(cast.poor),
        ):
            with pytest.raises(NotFoundError):
                await transfer(cast.world, cast.admin, own, target)

    async def test_is_an_admins_alone(self, cast: Cast) -> None:
        for person in (cast.member, cast.staff, cast.blocked):
            with pytest.raises(NotPermittedError):
                await transfer(cast.world, person, student_wallet(cast.member), student_wallet(cast.poor))


class TestNewWallets:
    async def test_of_the_center_and_of_staff_are_opened_by_the_first_transfer(self, cast: Cast) -> None:
        world, source = cast.world, student_wallet(cast.member)
        for target in (center_wallet(world), staff_wallet(cast.staff), student_wallet(cast.staff)):
            for _ in range(2):
                await transfer(world, cast.admin, source, target, 1_000)
            assert await balance_of(world, target) == 2_000
        await transfer(world, cast.admin, center_wallet(world), source, 2_000)
        assert await audit(world.database) == []

    async def test_of_staff_goes_along_when_people_are_merged(self, cast: Cast) -> None:
        world, other = cast.world, await cast.world.add_staff("Hana Two")
        await transfer(world, cast.admin, student_wallet(cast.member), staff_wallet(other))
        brought = await merge(world, cast.admin, cast.member, other)
        assert brought.money_minor == 5_000
        assert await balance_of(world, student_wallet(cast.member)) == 30_000
        assert await audit(world.database) == []

    async def test_of_staff_is_waived_when_they_are_erased(self, cast: Cast) -> None:
        world = cast.world
        await transfer(world, cast.admin, student_wallet(cast.member), staff_wallet(cast.staff))
        await EraseSomebody(unit_of_work_factory(world.database), world.clock)(
            actor=cast.admin.actor, person_id=cast.staff.id, confirmed=GivenUp(5_000, 0), reason="left, agreed"
        )
        assert await audit(world.database) == []


class TestNews:
    async def test_goes_to_both_owners_once(self, cast: Cast) -> None:
        world, id_ = cast.world, new_id()
        await transfer(world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), transfer_id=id_)
        tell = Tell(
            unit_of_work_factory(world.database),
            world.clock,
            NotificationKind.WALLET_TRANSFERRED,
            Audience.WALLET_OWNERS,
        )
        for _ in range(2):
            await tell(world.center_id, id_)
        told = [row.person_id for row in await rows_of(world) if row.kind == NotificationKind.WALLET_TRANSFERRED]
        assert sorted(told) == sorted([cast.member.id, cast.poor.id])

    async def test_says_whose_wallet_gained(self, cast: Cast) -> None:
        world, id_ = cast.world, new_id()
        await transfer(world, cast.admin, student_wallet(cast.member), student_wallet(cast.poor), transfer_id=id_)
        where: dict[str, Any]
        views, where = StoredWalletAdminViews(world.database), {"center_id": world.center_id, "transfer_id": id_}
        student, why = WalletOwner.STUDENT, "paid for the sister"
        assert await views.find_transfer_notice(**where, person_id=cast.poor.id) == TransferNotice(
            5_000, why, gained=student, given=None
        )
        assert await views.find_transfer_notice(**where, person_id=cast.member.id) == TransferNotice(
            5_000, why, gained=None, given=student
        )
        assert await views.find_transfer_notice(**where, person_id=cast.owner.id) is None


class TestTotals:
    async def test_are_the_journals(self, cast: Cast) -> None:
        world = cast.world
        await world.book(cast.member, cast.session)
        await transfer(world, cast.admin, student_wallet(cast.member), center_wallet(world))
        views = StoredWalletAdminViews(world.database)
        totals = await views.find_totals(center_id=world.center_id)
        assert totals == await views.find_journal_totals(center_id=world.center_id)
        assert (totals.balance_minor, totals.locked_minor) == (80_000, 8_000)
        assert await views.find_totals(center_id=cast.elsewhere.center_id) == WalletTotals(1, 30_000, 0)
