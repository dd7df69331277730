"""An evening reckoned by hand, and what reports say of it."""

from datetime import date, time, timedelta

import pytest

from domain.errors import NotPermittedError
from domain.finance.reconciliation import Match, Reconciliation
from domain.reports.figures import (
    Absences,
    Amounts,
    Attendance,
    Bookings,
    CashDays,
    Measure,
    Measured,
    Measures,
    Owed,
    Report,
    Retention,
    Revenue,
    Seats,
    Source,
)
from domain.reports.reading import ReadReport
from storage.audit import audit
from storage.queries.reports import StoredReportViews
from tests.builders.cash import add_guest, correct, count, pay_out, take_seat, to_bank, top_up
from tests.builders.door import finish, open_check_in
from tests.builders.gateway import Till
from tests.builders.reports import ReckonedEvening, reckoned_evening
from tests.factories import Scheduled, World, sql_id
from tests.properties.books import reports_agree_with_the_journal


@pytest.fixture
async def evening(world: World) -> ReckonedEvening:
    evening = await reckoned_evening(world)
    assert await audit(world.database) == []
    return evening


async def revenue(evening: ReckonedEvening, by: Report) -> dict[str | None, tuple[int, int]]:
    found = await evening.read(actor=evening.admin.actor, report=by, asked=evening.asked())
    assert isinstance(found, Revenue)
    assert found.total == Amounts(34_833, 63_000)
    return {line.name or line.source: (line.amounts.earned_minor, line.amounts.collected_minor) for line in found.lines}


class TestRevenue:
    async def test_by_method_tells_earned_from_collected(self, evening: ReckonedEvening) -> None:
        assert await revenue(evening, Report.METHOD) == {
            Source.WALLET: (18_500, 0),
            Source.CASH: (13_000, 63_000),
            Source.PACKAGE: (3_333, 0),
        }

    async def test_by_class_leaves_top_ups_to_no_class(self, evening: ReckonedEvening) -> None:
        assert await revenue(evening, Report.CLASS) == {
            "Ballet I": (27_333, 8_000),
            "Karate": (7_500, 5_000),
            None: (0, 50_000),
        }

    async def test_by_branch_counts_cash_where_the_drawer_is(self, evening: ReckonedEvening) -> None:
        assert await revenue(evening, Report.BRANCH) == {"Maadi": (27_333, 58_000), "Zamalek": (7_500, 5_000)}

    async def test_by_teacher_is_by_who_gave_the_session(self, evening: ReckonedEvening) -> None:
        karate = sql_id(evening.karate.id)
        await evening.world.database.execute(f"UPDATE sessions SET teacher = 'Adel Sami' WHERE id = '{karate}'")
        assert await revenue(evening, Report.TEACHER) == {
            "Salma Nabil": (27_333, 8_000),
            "Adel Sami": (7_500, 5_000),
            None: (0, 50_000),
        }

    async def test_online_money_is_of_what_it_paid_for(self, evening: ReckonedEvening) -> None:
        world, till = evening.world, Till(evening.world)
        order = await till.start(evening.mona, await till.offer(evening.ballet.taught))
        await till.paid(order)
        facts = await StoredReportViews(world.database).list_revenue(center_id=world.center_id, span=evening.asked().span)
        online = [fact for fact in facts if fact.source is Source.ONLINE]
        assert [(fact.class_title, fact.branch_name, fact.amounts) for fact in online] == [
            ("Ballet I", None, Amounts(0, 28_000))
        ]

    async def test_another_day_is_empty_and_compared_with_this_one(self, evening: ReckonedEvening) -> None:
        tomorrow = evening.day + timedelta(days=1)
        found = await evening.read(actor=evening.admin.actor, report=Report.METHOD, asked=evening.asked(tomorrow))
        assert found == Revenue(Report.METHOD, (), Amounts(34_833, 63_000))

    async def test_money_to_the_bank_and_counts_are_not_collected(self, evening: ReckonedEvening) -> None:
        await to_bank(evening.world, evening.staff, 20_000)
        await count(evening.world, evening.staff, counted_minor=38_100, recorded_minor=38_000)
        assert await revenue(evening, Report.BRANCH) == {"Maadi": (27_333, 58_000), "Zamalek": (7_500, 5_000)}


class TestAgreement:
    """Whatever moves, reports are what the journal is."""

    async def test_holds_while_money_goes_back_through_the_gateway(self, evening: ReckonedEvening) -> None:
        world, till = evening.world, Till(evening.world)
        await till.paid(await till.start(evening.mona, await till.offer(evening.ballet.taught)))
        order = await till.top_up(evening.nour)
        await till.paid(order)
        await till.refund(evening.admin, order, 4_000)
        await reports_agree_with_the_journal(world)  # it is asked for, and still owed
        world.clock.advance(timedelta(days=1))
        await till.sweep()
        await reports_agree_with_the_journal(world)

    async def test_holds_where_the_gateway_takes_back_what_is_spent(self, evening: ReckonedEvening) -> None:
        world, till = evening.world, Till(evening.world)
        student = await world.add_student("Laila Sherif")
        said = await till.paid(await till.top_up(student))
        await world.book(student, await open_class(evening))  # captured at once: EGP 20 of 100 are left
        await till.hears({**said, "is_voided": True})
        assert await audit(world.database) == []
        await reports_agree_with_the_journal(world)

    async def test_holds_for_pay_outs_and_corrected_cash(self, evening: ReckonedEvening) -> None:
        world, staff = evening.world, evening.staff
        guest = await add_guest(world, "Karim Nabil", "+201001234588")
        wrong = await top_up(world, staff, guest, 9_000)
        await correct(world, staff, wrong.id, right_minor=8_000)
        await pay_out(world, staff, guest, 3_000)
        banked = await to_bank(world, staff, 10_000)
        await correct(world, evening.admin, banked.id, right_minor=9_000)
        assert await audit(world.database) == []
        await reports_agree_with_the_journal(world)


class TestOthers:
    async def test_cash_is_reconciled_by_branch_and_day(self, evening: ReckonedEvening) -> None:
        found = await evening.read(actor=evening.admin.actor, report=Report.CASH, asked=evening.asked())
        assert isinstance(found, CashDays)
        assert [(line.branch_name, line.day, line.cash) for line in found.lines] == [
            ("Maadi", evening.day, Reconciliation(8_000, 8_000)),
            ("Zamalek", evening.day, Reconciliation(5_000, 5_000)),
        ]
        assert (found.count(Match.MATCHED), found.count(Match.UNDER)) == (2, 0)

    async def test_cash_that_was_too_little_is_under(self, evening: ReckonedEvening) -> None:
        session = await open_class(evening)
        await take_seat(evening.world, evening.staff, session, evening.nour, amount_minor=7_500)
        await close(evening, session)
        found = await evening.read(actor=evening.admin.actor, report=Report.CASH, asked=evening.asked())
        assert isinstance(found, CashDays)
        assert (found.lines[0].cash, found.lines[0].cash.match) == (Reconciliation(16_000, 15_500), Match.UNDER)

    async def test_utilisation_is_heads_of_seats(self, evening: ReckonedEvening) -> None:
        found = await evening.read(actor=evening.admin.actor, report=Report.ATTENDANCE, asked=evening.asked())
        assert isinstance(found, Attendance)
        assert found.classes == (("Ballet I", Seats(1, 4, 3)), ("Karate", Seats(1, 10, 1)))
        assert found.times == (
            ((0, time(14)), Seats(1, 4, 3)),
            ((0, time(16)), Seats(1, 10, 1)),
        )  # a Monday, by Cairo's clock
        assert found.total.share == 4 / 14

    async def test_absences_tell_what_became_of_bookings(self, evening: ReckonedEvening) -> None:
        found = await evening.read(actor=evening.admin.actor, report=Report.ABSENCES, asked=evening.asked())
        assert isinstance(found, Absences)
        assert dict(found.classes) == {
            "Ballet I": Bookings(booked=4, came=3, no_shows=1, charged=1),
            "Karate": Bookings(booked=3, came=1, no_shows=1, charged=1, cancelled=1),
        }
        assert found.total.no_show_share == 2 / 6

    async def test_a_cancellation_after_the_free_time_is_late(self, evening: ReckonedEvening) -> None:
        await evening.world.database.execute(
            "UPDATE enrollments SET free_cancel_until = created_at, cancelled_at = '2026-11-23T09:00:00.000000Z'"
            " WHERE status = 'CANCELLED'"
        )
        found = await evening.read(actor=evening.admin.actor, report=Report.ABSENCES, asked=evening.asked())
        assert isinstance(found, Absences)
        assert found.total.late == 1

    async def test_retention_names_who_stopped_coming(self, evening: ReckonedEvening) -> None:
        tomorrow = evening.asked(evening.day + timedelta(days=1))
        found = await evening.read(actor=evening.admin.actor, report=Report.RETENTION, asked=tomorrow)
        assert isinstance(found, Retention)
        assert [(gone.name, gone.times) for gone in found.gone] == [
            ("Mona Adel", 1),
            ("Omar Khaled", 1),
            ("Sara Magdy", 1),
            ("Ziad Morsi", 1),
        ]
        assert (found.came_before, found.came_again) == (4, 0)
        twice = evening.asked(evening.day + timedelta(days=1), least=2)
        found = await evening.read(actor=evening.admin.actor, report=Report.RETENTION, asked=twice)
        assert found == Retention(2, 0, ())

    async def test_owed_is_wallets_and_credits_that_are_not_delivered(self, evening: ReckonedEvening) -> None:
        found = await evening.read(actor=evening.admin.actor, report=Report.OWED, asked=evening.asked())
        assert isinstance(found, Owed)
        # Omar 200 − 80 − 25, Nour 200 − 80; of Mona's three credits two are left
        assert (found.wallets_minor, found.locked_minor) == (9_500 + 12_000, 0)
        assert [(each.class_title, each.credits, each.value_minor) for each in found.credits] == [("Ballet I", 2, 6_667)]
        assert found.to_students_minor == 28_167

    async def test_measures_are_shares_with_their_parts(self, evening: ReckonedEvening) -> None:
        found = await evening.read(actor=evening.admin.actor, report=Report.MEASURES, asked=evening.asked())
        assert isinstance(found, Measures)
        assert found.now[Measured.PROTECTION] == Measure(2, 2)
        assert found.now[Measured.CONVERSION] == Measure(4, 7)
        assert found.now[Measured.RECONCILIATION] == Measure(2, 2)
        assert found.now[Measured.PACKAGES] == Measure(1, 3)
        assert found.now[Measured.ONLINE_PAYMENTS].share is None


class TestReach:
    @pytest.mark.parametrize("report", list(Report))
    async def test_only_admins_read(self, evening: ReckonedEvening, report: Report) -> None:
        for person in (evening.staff, evening.mona):
            with pytest.raises(NotPermittedError):
                await evening.read(actor=person.actor, report=report, asked=evening.asked())

    @pytest.mark.parametrize("report", list(Report))
    async def test_another_center_has_figures_of_its_own(self, evening: ReckonedEvening, report: Report) -> None:
        delta = await World.open(evening.world.database, clock=evening.world.clock, name="Delta Academy")
        admin, read = await delta.add_admin("Dalia Samir"), ReadReport(StoredReportViews(delta.database))
        found = await read(actor=admin.actor, report=report, asked=evening.asked())
        assert "Ballet" not in repr(found)
        assert "Mona" not in repr(found)
        assert all(word not in repr(found) for word in ("_minor=8", "part=1", "part=2", "booked=4"))

    async def test_a_day_ends_with_the_local_day(self, evening: ReckonedEvening) -> None:
        summer_time_begins = date(2026, 4, 24)  # Egypt skips the hour after midnight
        span = evening.asked(summer_time_begins).span
        assert span.until - span.since == timedelta(hours=23)


async def open_class(evening: ReckonedEvening) -> Scheduled:
    session = await evening.world.add_session(evening.ballet.taught, starts_in=timedelta(minutes=30))
    await open_check_in(evening.world, session)
    return session


async def close(evening: ReckonedEvening, session: Scheduled) -> None:
    await finish(evening.world, session, by=evening.staff)
