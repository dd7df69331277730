"""Paying online in Arabic: every step from the tap to what is told, with amounts and times that stay where they belong."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.finance.refunding import RefundPayment
from domain.ids import PaymentId, RefundId, new_id
from storage.prepared import Query
from storage.tables.money import payments
from storage.unit_of_work import unit_of_work_factory
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.conversations.test_paying import pay, put_on_sale

_PAYMENT = Query(sa.select(payments.c.id).where(payments.c.method == "GATEWAY"), PaymentId)


@pytest.fixture
async def nour(studio: Studio) -> Person:
    """Nour, who reads Arabic, has given her phone, and has no money."""
    await studio.database.execute("UPDATE people SET language = 'ar', phone = '+201001234502'")
    return studio.phone("nour")


async def has_no_double_stops(studio: Studio, nour: Person) -> None:
    """Fail where an amount's own full stop is followed by the sentence's."""
    assert ".." not in str(await nour.view())
    chat = await studio.driver.get("chats/nour")
    amounts = [message["text"] for message in chat["messages"] if "ج.م." in message["text"]]
    assert amounts
    assert all("ج.م.\u2069" in text for text in amounts)


class TestTopUp:
    async def test_is_chosen_paid_and_told(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("شحن المحفظة إلكترونيًا")
        await nour.reads("كم المبلغ؟")
        await nour.taps("100 ج.م.")
        await nour.reads("المحفظة · 100 ج.م.", "ينتهي الرابط الساعة 11:00", "سنخبرك هنا فور إتمام الدفع")
        await nour.key("💳 ادفع 100 ج.م.")
        await pay(studio)
        await nour.reads("وصل 100 ج.م.: المبلغ في محفظتك")
        await nour.says("/wallet")
        await nour.reads("100 ج.م. متاح لك", "+100 ج.م. · الاثنين 23 نوفمبر 10:00", "دفع إلكتروني")
        await has_no_double_stops(studio, nour)

    async def test_is_typed_with_arabic_digits(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("شحن المحفظة إلكترونيًا")
        await nour.taps("مبلغ آخر")
        await nour.reads("اكتب المبلغ، مثلًا: 250")
        await nour.says("كثيرًا")
        await nour.reads("اكتب مبلغًا أكبر من صفر")
        await nour.says("١٬٢٥٠٫٥٠")
        await nour.reads("شحن محفظتك بمبلغ 1,250.50 ج.م.؟")
        await nour.taps("ادفع 1,250.50 ج.م. إلكترونيًا")
        await nour.reads("المحفظة · 1,250.50 ج.م.")

    async def test_is_refused_as_long_as_the_gateway_is_down(self, studio: Studio, nour: Person) -> None:
        await studio.driver.post("paymob/faults", 201, kind="server_error", calls=["intention"], count=3)
        await nour.says("/wallet")
        await nour.taps("شحن المحفظة إلكترونيًا")
        await nour.taps("200 ج.م.")
        await nour.reads("بوابة الدفع", "لا يوجد رابط للدفع بعد")
        await nour.key("حاول مرة أخرى")

    async def test_that_was_declined_is_told_when_its_time_is_up(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("شحن المحفظة إلكترونيًا")
        await nour.taps("100 ج.م.")
        await nour.reads("ينتهي الرابط")
        await pay(studio, "decline")
        studio.clock.advance(timedelta(minutes=61))
        await nour.reads("❌ لم يتم الدفع", "البدء من جديد")

    async def test_that_goes_back_in_part_says_how_much(self, studio: Studio, nour: Person) -> None:
        await nour.says("/wallet")
        await nour.taps("شحن المحفظة إلكترونيًا")
        await nour.taps("100 ج.م.")
        await nour.reads("ينتهي الرابط")
        await pay(studio)
        await nour.reads("وصل 100 ج.م.")
        (payment_id,) = await studio.database.fetch(_PAYMENT)
        refund = RefundPayment(unit_of_work_factory(studio.database), studio.world.clock)
        actor = studio.cast.admin.actor
        await refund(
            actor=actor, payment_id=payment_id, refund_id=RefundId(new_id()), amount_minor=4_050, reason="Moved away"
        )
        await nour.reads("تم رد 40.50 ج.م.")
        await has_no_double_stops(studio, nour)
        await studio.adds_up()


class TestSeat:
    async def test_is_held_paid_and_booked(self, studio: Studio, nour: Person) -> None:
        await nour.starts()
        await nour.taps("Ballet I")
        await nour.reads("السعر 80 ج.م.", "المتاح في محفظتك 0 ج.م. فقط")
        await nour.taps("ادفع 80 ج.م. واحجز")
        await nour.reads("Ballet I، الثلاثاء 24 نوفمبر 10:00 · 80 ج.م.", "مقعدك محجوز مؤقتًا حتى الساعة 10:15")
        await pay(studio)
        await nour.reads("وصل 80 ج.م.: تم حجزك")
        await nour.taps("عرض الحجز")
        await nour.reads("دُفع 80 ج.م. إلكترونيًا")
        await has_no_double_stops(studio, nour)
        await studio.adds_up()

    async def test_that_is_paid_too_late_says_where_the_money_is(self, studio: Studio, nour: Person) -> None:
        await nour.starts()
        await nour.taps("Ballet I")
        await nour.taps("ادفع 80 ج.م. واحجز")
        await nour.reads("مقعدك محجوز مؤقتًا")
        studio.clock.advance(timedelta(minutes=15))
        await nour.reads("انتهى الوقت دون دفع، ولم يعد المقعد محجوزًا لك")
        await pay(studio, late=True)
        await nour.reads("وصلنا 80 ج.م. بعد انتهاء وقت الدفع", "في محفظتك")
        await studio.adds_up()


class TestPackage:
    async def test_is_paid_and_owned(self, studio: Studio, nour: Person) -> None:
        await put_on_sale(studio)
        await nour.says("/packages")
        await nour.taps("شراء باقة")
        await nour.taps("Octet")
        await nour.taps("ادفع 560 ج.م. إلكترونيًا")
        await nour.reads("Octet · 560 ج.م.", "ينتهي الرابط الساعة 11:00")
        await pay(studio)
        await nour.reads("وصل 560 ج.م.: الباقة أصبحت لك")
        await nour.taps("عرض الباقة")
        await nour.reads("8")
        await studio.adds_up()
