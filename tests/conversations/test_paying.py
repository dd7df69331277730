"""Paying online: from the tap to the page, back to the chat, and whatever goes wrong on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.sandbox.server import PROVIDER_TOKEN
from domain.ids import ClassPackageId, new_id
from domain.writes.catalogue import AddClassPackage
from tests.conversations.ledger import seats_taken
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import sql_id


@pytest.fixture
async def phones(studio: Studio) -> None:
    """Everybody has given their phone."""
    for number, member in enumerate((studio.cast.owner, studio.cast.member, studio.cast.poor)):
        phone = f"+20100123450{number}"
        await studio.database.execute(f"UPDATE people SET phone = '{phone}' WHERE id = '{sql_id(member.id)}'")


@pytest.fixture
async def offered(studio: Studio) -> ClassPackageId:
    return await put_on_sale(studio)


async def put_on_sale(studio: Studio) -> ClassPackageId:
    """Put a package of eight into the shop."""
    package_id, world = ClassPackageId(new_id()), studio.world
    added = AddClassPackage(
        package_id,
        world.center_id,
        studio.cast.taught.id,
        "Octet",
        8,
        56_000,
        is_active=True,
        created_at=world.clock.now(),
    )
    await world.database.apply([added])
    return package_id


async def order(studio: Studio) -> dict[str, Any]:
    """Return the newest checkout."""
    found: dict[str, Any] = (await studio.driver.get("paymob/orders"))["orders"][-1]
    return found


async def pay(studio: Studio, action: str = "pay", **body: Any) -> Any:
    """Do something on the newest checkout's page."""
    return await studio.driver.post(f"paymob/orders/{(await order(studio))['id']}/{action}", 200, **body)


async def to_seat(person: Person) -> None:
    await person.starts()
    await person.taps("Ballet I")


@pytest.mark.usefixtures("phones")
class TestTopUp:
    async def test_is_paid_and_told(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("EGP 100")
        await nour.reads("Wallet", "EGP 100", "Pay with the button below")
        assert (await order(studio))["amount_cents"] == 10_000
        await pay(studio)
        await nour.reads("EGP 100 received", "in your wallet")
        await nour.says("/wallet")
        await nour.reads("EGP 100 to spend", "+EGP 100", "Paid online")
        await studio.adds_up()

    async def test_takes_a_typed_amount(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("Another amount")
        await nour.says("a lot")
        await nour.reads("above zero")
        await nour.says("100000000")
        await nour.reads("at most EGP 100,000")
        await nour.says("٢٥٠")
        await nour.reads("Top up your wallet with EGP 250?")
        await nour.taps("Pay EGP 250 online")
        await nour.reads("Pay with the button below")
        assert (await order(studio))["amount_cents"] == 25_000

    async def test_pressed_again_shows_the_same_link(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        key = await nour.key("EGP 200")
        await nour.presses(key)
        await nour.reads("Pay with the button below")
        await nour.presses(key)
        await nour.reads("Pay with the button below")
        assert len((await studio.driver.get("paymob/orders"))["orders"]) == 1

    async def test_offers_to_try_again_where_the_gateway_is_down(self, studio: Studio, nour: Person) -> None:
        await studio.driver.post("paymob/faults", 201, kind="server_error", calls=["intention"], count=3)
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("EGP 100")
        await nour.reads("Payment gateway error", "no link to pay yet")
        studio.clock.advance(timedelta(minutes=1))

    async def test_declined_and_then_paid_is_paid_once(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("EGP 100")
        await nour.reads("Pay with the button below")
        await pay(studio, "decline")
        await nour.taps("I have paid")
        await nour.reads("Pay with the button below")
        await pay(studio)
        await nour.reads("EGP 100 received")
        await studio.adds_up()


@pytest.mark.usefixtures("phones")
class TestSeat:
    async def test_is_held_paid_and_booked(self, studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.reads("EGP 0 in your wallet: not enough")
        await nour.taps("Pay EGP 80 and book")
        await nour.reads("Ballet I", "Your seat is held until 10:15")
        assert await seats_taken(studio.database, studio.cast.session.id) == 2
        await pay(studio)
        await nour.reads("EGP 80 received: you are booked")
        await nour.taps("See the booking")
        await nour.reads("✅ Booked", "EGP 80 is locked", "EGP 80 paid online")
        await studio.adds_up()

    async def test_that_is_held_leads_to_its_payment(self, studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.reads("Your seat is held")
        await to_seat(nour)
        await nour.reads("Your seat is held until 10:15")

    async def test_is_let_go(self, studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.taps("Let the seat go")
        await nour.reads("ended without being paid")
        assert await seats_taken(studio.database, studio.cast.session.id) == 1
        await studio.adds_up()

    async def test_that_was_not_paid_in_time_is_free_again(self, studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.reads("Your seat is held")
        studio.clock.advance(timedelta(minutes=15))
        await nour.reads("ended without being paid")
        assert await seats_taken(studio.database, studio.cast.session.id) == 1
        await pay(studio, late=True)
        await nour.reads("We received EGP 80 after the time to pay was up", "in your wallet")
        await studio.adds_up()

    async def test_is_booked_though_the_report_got_lost(self, studio: Studio, nour: Person) -> None:
        await studio.driver.post("paymob/faults", 201, kind="lost", count=1)
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.reads("Your seat is held")
        await pay(studio)
        studio.clock.advance(timedelta(minutes=3))
        await nour.reads("you are booked")


@pytest.mark.usefixtures("phones")
class TestPackage:
    async def test_is_paid_without_the_wallet(self, studio: Studio, nour: Person, offered: ClassPackageId) -> None:
        await nour.says("/packages")
        await nour.taps("Buy a package")
        await nour.taps("Octet")
        await nour.taps("Pay EGP 560 online")
        await nour.reads("Octet", "EGP 560", "Pay with the button below")
        await studio.driver.post("paymob/faults", 201, kind="duplicated", copies=10, concurrently=True, identical=False)
        await pay(studio)
        await nour.reads("EGP 560 received: the package is yours")
        await nour.taps("See the package")
        await nour.reads("8 of 8 credits left")
        await studio.adds_up()


class TestPhone:
    async def test_is_asked_for_where_it_is_missing(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("EGP 100")
        await nour.reads("needs your phone number")
        assert "📱 Share my phone" in await nour.labels()


@pytest.mark.usefixtures("phones")
class TestAdmin:
    async def test_refunds_a_part(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("Top up online")
        await nour.taps("EGP 100")
        await nour.reads("Pay with the button below")
        await pay(studio)
        await nour.reads("EGP 100 received")
        tarek = studio.phone("tarek")
        await tarek.says("/payments")
        await tarek.taps("Nour Hassan")
        await tarek.reads("Nour Hassan", "paid", "online")
        await tarek.taps("Payment service")
        await tarek.reads("Order: ", "EGP 100 came in", "report, paid")
        await tarek.taps("Back")
        await tarek.taps("Refund to the payer")
        await tarek.reads("At most EGP 100")
        await tarek.says("100.50")
        await tarek.reads("At most EGP 100 can go back now", "How much is to go back?")
        await tarek.says("40")
        await tarek.reads("Why?")
        await tarek.says("Moved to another city")
        await tarek.reads("Refund EGP 40 to Nour Hassan?", "Moved to another city")
        await tarek.taps("Refund EGP 40")
        await nour.reads("EGP 40 of it was refunded")
        await tarek.says("/payments")
        await tarek.taps("Nour Hassan")
        await tarek.reads("EGP 40 given back, EGP 60 left")
        await tarek.taps("Payment service")
        await tarek.reads("refund of EGP 40, made", "EGP 40 went back")
        await nour.says("/wallet")
        await nour.reads("EGP 60 to spend", "−EGP 40", "Refund to your card")
        await studio.adds_up()

    async def test_is_told_why_a_seats_payment_cannot_go_back_and_what_frees_it(self, studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.reads("Your seat is held")
        await pay(studio)
        await nour.reads("you are booked")
        tarek = studio.phone("tarek")
        await tarek.says("/payments")
        await tarek.taps("🌐 EGP 80")
        await tarek.reads("nothing of it is free in the wallet", "The booking stays")
        await tarek.taps("Booking")
        await tarek.taps("Give the seat back")
        await tarek.says("She is ill")
        await tarek.says("/payments")
        await tarek.taps("🌐 EGP 80")
        await tarek.taps("Refund to the payer")
        await tarek.taps("All of it: EGP 80")
        await tarek.says("She is ill")
        await tarek.taps("Refund EGP 80")
        await nour.reads("refunded")
        await studio.adds_up()

    async def test_alone_sees_payments(self, studio: Studio, nour: Person) -> None:
        hana = studio.phone("hana")
        await hana.says("/payments")
        assert not [label for label in await hana.labels() if "Payments" in label]


class TestInChat:
    @pytest.fixture
    async def nour(self, closed_studio: Studio) -> AsyncIterator[Person]:
        """Nour's phone, with a bot that takes payments in the chat; she has given no number."""
        settings = closed_studio.settings.model_copy(
            update={"payment_gateway": "telegram", "telegram_provider_token": SecretStr(PROVIDER_TOKEN)}
        )
        async with closed_studio.bot(settings=settings):
            yield closed_studio.phone("nour")

    async def pay_invoice(self, studio: Studio) -> Any:
        messages = (await studio.driver.get("chats/nour"))["messages"]
        message_id = [message["message_id"] for message in messages if message.get("invoice")][-1]
        return await studio.driver.post("people/nour/pay", 200, message_id=message_id)

    async def test_is_paid_by_an_invoice(self, closed_studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.wait_until(lambda view: "invoice in this chat" in str(view))
        await nour.key("Send the invoice again")
        assert (await self.pay_invoice(closed_studio))["paid"] is True
        await nour.reads("EGP 80 received: you are booked")
        await closed_studio.adds_up()

    async def test_is_refused_when_its_time_is_up(self, closed_studio: Studio, nour: Person) -> None:
        await to_seat(nour)
        await nour.taps("Pay EGP 80 and book")
        await nour.key("Send the invoice again")
        closed_studio.clock.advance(timedelta(minutes=15))
        paid = await self.pay_invoice(closed_studio)
        assert (paid["paid"], paid["reason"]) == (False, "refused")
