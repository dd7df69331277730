"""A walk-in whose cash was corrected to nothing keeps the seat; whatever becomes of it, no money appears from nowhere."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.enrollments.model import Enrollment, MadeGood
from domain.enrollments.override import OverrideCancellation
from domain.ids import CashTransactionId
from domain.sessions.model import SessionStatus
from storage.audit import audit
from storage.prepared import Query, outside
from storage.tables.door import cash_transactions
from storage.unit_of_work import unit_of_work_factory
from tests.builders import cash
from tests.builders.door import finish, seat, set_status
from tests.builders.drawer import drawer_minor, wallet_minor
from tests.builders.sessions import cancel_session, make_good
from tests.cast import Cast
from tests.factories import Scheduled

_CASH_OF_SEAT = Query(
    sa.select(cash_transactions.c.id).where(cash_transactions.c.enrollment_id == outside("enrollment_id")),
    CashTransactionId,
)


async def corrected(cast: Cast) -> tuple[Scheduled, Enrollment]:
    world = cast.world
    session = await world.add_session(cast.taught, starts_in=timedelta(minutes=30), status=SessionStatus.CHECKING_IN)
    taken = await cash.take_seat(world, cast.staff, session, cast.poor)
    (transaction_id,) = await world.database.fetch(_CASH_OF_SEAT, enrollment_id=taken.id)
    await cash.correct(world, cast.staff, transaction_id, right_minor=None)
    return session, taken


class TestCashCorrectedToNothing:
    async def test_is_a_no_show_without_a_payment(self, cast: Cast) -> None:
        session, taken = await corrected(cast)
        await finish(cast.world, session, by=cast.staff)
        assert await seat(cast.world.database, taken.id) == "NO_SHOW"
        assert await audit(cast.world.database) == []

    async def test_gives_nothing_back_where_the_class_is_cancelled(self, cast: Cast) -> None:
        session, taken = await corrected(cast)
        before = await drawer_minor(cast.world)
        await cancel_session(cast.world, cast.staff, session)
        await make_good(cast.world, session)
        assert await seat(cast.world.database, taken.id) == f"CANCELLED {MadeGood.NOTHING_CASH}"
        assert (await wallet_minor(cast.world, cast.poor), await drawer_minor(cast.world)) == (0, before)
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("returns_cash", [True, False])
    async def test_gives_nothing_back_where_an_admin_cancels(self, cast: Cast, *, returns_cash: bool) -> None:
        session, taken = await corrected(cast)
        await set_status(cast.world, session, SessionStatus.CONDUCTING)
        override = OverrideCancellation(unit_of_work_factory(cast.world.database), cast.world.clock)
        done = await override(actor=cast.admin.actor, enrollment_id=taken.id, reason="asked for", returns_cash=returns_cash)
        assert (done.made_good, done.amount_minor) == (MadeGood.NOTHING_CASH, 0)
        assert await audit(cast.world.database) == []
