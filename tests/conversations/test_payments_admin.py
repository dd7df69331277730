"""An admin looks through all payments, narrows them, follows one to its journal, its person and its booking."""

import pytest

from domain.finance.payments_admin import PaymentChoice
from domain.ids import PaymentId, new_id
from handlers.buttons.finance import ListPayments, OpenEnrollmentCard, OpenEntry
from handlers.buttons.pay import OpenPaymentCard
from handlers.callback_data import encode
from tests.builders.cash import at_the_door, take_seat
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


@pytest.fixture
def hana(studio: Studio) -> Person:
    """The receptionist."""
    return studio.phone("hana")


class TestList:
    async def test_is_narrowed_by_several_things_and_each_is_cleared_alone(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/payments")
        await tarek.reads("Payments", "The latest first")
        await tarek.taps("Narrow")
        await tarek.taps("in cash")
        await tarek.reads("• 💵 in cash")
        await tarek.taps("Narrow")
        await tarek.taps("This month")
        await tarek.taps("Of one person")
        await tarek.says("omar")
        await tarek.taps("Omar Khaled")
        await tarek.reads("• 💵 in cash", "• 🗓️ This month", "• 👤 Omar Khaled")
        assert [label for label in await tarek.labels() if "EGP" in label] == ["✅ 💵 EGP 300 · Omar Khaled · Mon 23 Nov"]
        await tarek.taps("✖️ 👤 Omar Khaled")
        assert any("Mona Adel" in label for label in await tarek.labels())
        await tarek.taps("✖️ 💵 in cash")
        await tarek.taps("✖️ 🗓️ This month")
        assert not [label for label in await tarek.labels() if "✖️" in label]

    async def test_is_narrowed_to_a_branch(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.says("/payments")
        await tarek.taps("Narrow")
        await tarek.taps("Branch")
        await tarek.taps("Zamalek")
        await tarek.reads("• 🏢 Zamalek", "Nothing like that was found")
        await tarek.taps("Narrow")
        await tarek.taps("Branch")
        await tarek.taps("Maadi")
        assert any("Omar Khaled" in label for label in await tarek.labels())

    async def test_turns_pages(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_students(9, money_minor=1_000)
        await tarek.says("/payments")
        first = await tarek.labels()
        await tarek.taps("Older")
        assert not {label for label in first if "EGP" in label} & {each for each in await tarek.labels() if "EGP" in each}
        await tarek.taps("First page")
        assert await tarek.labels() == first

    async def test_is_not_there_for_others(self, studio: Studio, hana: Person, omar: Person, tarek: Person) -> None:
        await tarek.says("/payments")
        card = await tarek.key("Omar Khaled")
        for person in (hana, omar):
            await person.says("/payments")
            await person.reads("no such command")
            for data in (card.data, encode(ListPayments(PaymentChoice(), None))):
                await person.forges(data)
                assert "Payments" not in (await person.screen()).text
                assert "EGP 300" not in (await person.screen()).text

    async def test_of_nothing_that_is_there_says_so(self, studio: Studio, tarek: Person) -> None:
        await tarek.starts()
        for data in (
            encode(OpenPaymentCard(PaymentId(new_id()))),
            encode(OpenEntry(new_id())),  # type: ignore[arg-type]
            encode(OpenEnrollmentCard(new_id())),  # type: ignore[arg-type]
            encode(ListPayments(PaymentChoice(branch=77), None)),
            encode(ListPayments(PaymentChoice(person_id=studio.cast.outsider.id), None)),
        ):
            popup = await tarek.forges(data)
            assert "not available any more" in popup.text, popup


class TestCard:
    async def test_leads_to_journal_person_wallet_and_booking(self, studio: Studio, tarek: Person) -> None:
        session = await at_the_door(studio.world, studio.cast.taught)
        await take_seat(studio.world, studio.cast.staff, session, studio.cast.poor, amount_minor=8_000)
        await tarek.says("/payments")
        await tarek.taps("Nour Hassan")
        await tarek.reads("Ballet I", "EGP 80", "in cash", "Maadi", "Taken by: Hana Zaki")
        await tarek.taps("Journal")
        await tarek.reads(
            "cash at the door", "debit EGP 80: cashbox Maadi", "credit EGP 80: earned in cash", "By: Hana Zaki"
        )
        await tarek.taps("cash at the door")
        await tarek.reads("Journal entry", "Id: ")
        await tarek.taps("Booking")
        await tarek.reads("Price: EGP 80 · in cash", "EGP 80 paid in cash", "Who did what", "Hana Zaki")
        await tarek.taps("🧾 Payments")
        await tarek.taps("Nour Hassan")
        await tarek.taps("Person")
        await tarek.reads("Nour Hassan")
        await tarek.taps("Wallet")
        await tarek.reads("In it: EGP 0")

    async def test_pays_unused_credits_back_however_they_were_bought(
        self, studio: Studio, tarek: Person, mona: Person
    ) -> None:
        await tarek.says("/people")
        await tarek.taps("Mona Adel")
        await tarek.taps("Payments")
        await tarek.taps("EGP 560 · Mona Adel · Mon 23 Nov · Ballet I")
        await tarek.taps("Unused credits to the wallet")
        await tarek.says("moved away")
        await tarek.reads("End Ballet I of Mona Adel", "moved away")
        await tarek.taps("Yes, pay it back")
        await tarek.reads("EGP 490 given back, EGP 70 left")
        await studio.adds_up()


class TestEnrollmentCard:
    async def test_is_reached_from_a_person_and_gives_the_seat_back(
        self, studio: Studio, tarek: Person, omar: Person
    ) -> None:
        await studio.world.book(studio.cast.member, studio.cast.session)
        await tarek.says("/people")
        await tarek.taps("Omar Khaled")
        await tarek.taps("Bookings")
        await tarek.taps("Ballet I")
        await tarek.reads("Price: EGP 80 · from the wallet", "EGP 80 locked in the wallet", "Omar Khaled booked")
        booking = await tarek.key("Give the seat back")
        await tarek.presses(booking)
        await tarek.says("asked on the phone")
        await tarek.reads("The booking of Omar Khaled is cancelled")
        await tarek.says("/people")
        await tarek.taps("Omar Khaled")
        await tarek.taps("Bookings")
        await tarek.taps("❌")
        await tarek.reads("Cancelled", "by Tarek Mansour", "EGP 80 became free again", "asked on the phone")
        assert not [label for label in await tarek.labels() if "Give the seat back" in label]
        await studio.adds_up()

    async def test_is_reached_from_the_roster_by_admins_alone(self, studio: Studio, tarek: Person, hana: Person) -> None:
        session = await at_the_door(studio.world, studio.cast.taught)
        await studio.world.book(studio.cast.member, session)
        for person in (tarek, hana):
            await person.starts()
            await person.taps("Ballet I")
            await person.taps("Roster")
            await person.taps("Omar Khaled")
        assert not [label for label in await hana.labels() if "All about" in label]

    async def test_leads_to_an_attendance_that_can_be_corrected(self, studio: Studio, tarek: Person) -> None:
        session = await at_the_door(studio.world, studio.cast.taught)
        booked = await studio.world.book(studio.cast.member, session)
        await tarek.starts()
        await tarek.forges(encode(OpenEnrollmentCard(booked.id)))
        await tarek.taps("Attendance")
        await tarek.taps("✅ Attended")
        await tarek.taps("All about this booking")
        await tarek.reads("✔️ attended", "Came at")


class TestCashboxes:
    async def test_stand_side_by_side_with_their_counts(self, studio: Studio, tarek: Person, hana: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await hana.says("/cashbox")
        await hana.taps("Count")
        await hana.says("1000")
        await hana.taps("Write")
        await tarek.says("/cashbox")
        await tarek.reads("In all of them", "Maadi", "Last counted", "Zamalek", "Nobody has counted it yet")
        await tarek.taps("Maadi")
        await tarek.taps("Counts")
        await tarek.taps("Hana Zaki")
        await tarek.reads("Counted: EGP 1,000", "Recorded: ", "By: Hana Zaki")

    async def test_of_another_branch_are_nothing_for_staff(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.says("/cashbox")
        await tarek.taps("Zamalek")
        counts = await tarek.key("Counts")
        await hana.starts()
        await hana.forges(counts.data)
        assert "Zamalek" not in (await hana.screen()).text
