"""An admin looks at all wallets together, at anybody's, and moves money between them."""

import pytest

from handlers.buttons.finance import OpenWalletCard, OpenWallets
from handlers.callback_data import encode
from tests.builders.finance import balance_of, center_wallet, student_wallet
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


async def to_wallet(tarek: Person, name: str) -> None:
    await tarek.says("/wallets")
    await tarek.taps("Whose wallet?")
    await tarek.says(name)
    await tarek.taps(name)
    await tarek.reads(f"👛 {name}")


async def confirm_key(tarek: Person, amount: str = "50") -> Key:
    """Go from Omar's wallet to the last question, and return its button."""
    await to_wallet(tarek, "Omar Khaled")
    await tarek.taps("Transfer to another wallet")
    await tarek.says("nour")
    await tarek.taps("Nour Hassan")
    await tarek.says(amount)
    await tarek.says("paid for the sister")
    return await tarek.key("Transfer EGP")


class TestWallets:
    async def test_are_summed_and_agree_with_the_journal(self, studio: Studio, tarek: Person) -> None:
        await studio.world.book(studio.cast.member, studio.cast.session)
        await tarek.says("/wallets")
        await tarek.reads("In all of them: EGP 800", "EGP 80 locked", "EGP 720 free")
        await tarek.taps("Compare with the journal")
        await tarek.reads("By the journal: EGP 800", "Open locks: EGP 80", "They agree")

    async def test_show_locks_packages_and_where_each_line_belongs(self, studio: Studio, tarek: Person) -> None:
        await studio.world.book(studio.cast.member, studio.cast.session)
        await to_wallet(tarek, "Omar Khaled")
        await tarek.reads("In it: EGP 300", "EGP 80 locked", "EGP 220 free", "Ballet I")
        await tarek.taps("🔒 EGP 80")
        await tarek.reads("EGP 80 locked in the wallet")
        await to_wallet(tarek, "Mona Adel")
        await tarek.reads("7 of 8 credits left, worth EGP 490")
        await tarek.taps("−EGP 560")
        await tarek.reads("from the wallet", "EGP 560")

    async def test_are_nothing_for_others(self, studio: Studio, omar: Person) -> None:
        hana = studio.phone("hana")
        await hana.says("/wallets")
        await hana.reads("no such command")
        await omar.starts()
        for person in (hana, omar):
            for data in (
                encode(OpenWallets()),
                encode(OpenWalletCard(student_wallet(studio.cast.owner), None)),
            ):
                await person.forges(data)
                assert "Mona" not in (await person.screen()).text
                assert "In all of them" not in (await person.screen()).text

    async def test_of_another_center_are_not_there(self, studio: Studio, tarek: Person) -> None:
        await tarek.starts()
        for ref in (student_wallet(studio.cast.outsider), center_wallet(studio.cast.elsewhere)):
            await tarek.forges(encode(OpenWalletCard(ref, None)))
            assert "Delta" not in (await tarek.screen()).text


class TestTransfer:
    async def test_says_exactly_what_happens_and_tells_both(
        self, studio: Studio, tarek: Person, omar: Person, nour: Person
    ) -> None:
        await omar.starts()
        await nour.starts()
        confirm = await confirm_key(tarek, "٥٠٫٥")
        await tarek.reads("From: Omar Khaled", "To: Nour Hassan", "EGP 300 → EGP 249.50", "EGP 0 → EGP 50.50")
        await tarek.presses(confirm)
        await tarek.reads("EGP 50.50 transferred", "In it: EGP 249.50")
        await omar.reads("EGP 50.50 was moved out of your wallet", "paid for the sister")
        await nour.reads("EGP 50.50 was moved into your wallet", "paid for the sister")
        await studio.adds_up()

    async def test_is_in_the_audit_log_with_both_names(self, studio: Studio, tarek: Person) -> None:
        await tarek.presses(await confirm_key(tarek))
        await tarek.reads("EGP 50 transferred")
        await tarek.starts()
        await tarek.taps("📜 Audit log")
        await tarek.taps("Tarek Mansour · ")
        await tarek.reads("From whom: Omar Khaled", "To whom: Nour Hassan", "paid for the sister")

    async def test_pressed_twice_moves_it_once(self, studio: Studio, tarek: Person) -> None:
        confirm = await confirm_key(tarek)
        await tarek.presses(confirm)
        await tarek.reads("EGP 50 transferred")
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.reads("This was done before: EGP 50 transferred", "In it: EGP 250")
        assert await studio.kept() == before

    async def test_of_more_than_is_free_asks_again(self, studio: Studio, tarek: Person) -> None:
        await studio.world.book(studio.cast.member, studio.cast.session)
        await to_wallet(tarek, "Omar Khaled")
        await tarek.taps("Transfer to another wallet")
        await tarek.taps("The center's wallet")
        await tarek.says("221")
        await tarek.reads("Only EGP 220 is free", "How much?")
        await tarek.taps("All of it: EGP 220")
        await tarek.says("closing the account")
        await tarek.taps("Transfer EGP 220")
        await tarek.reads("EGP 220 transferred")
        assert await balance_of(studio.world, center_wallet(studio.world)) == 22_000
        await studio.adds_up()

    async def test_asks_for_another_amount_where_it_was_spent_meanwhile(self, studio: Studio, tarek: Person) -> None:
        confirm = await confirm_key(tarek, "250")
        await studio.world.book(studio.cast.member, studio.cast.session)
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.reads("Only EGP 220 is free", "How much?")
        assert await studio.kept() == before

    async def test_to_the_same_wallet_is_refused(self, studio: Studio, tarek: Person) -> None:
        await to_wallet(tarek, "Omar Khaled")
        await tarek.taps("Transfer to another wallet")
        await tarek.says("omar")
        await tarek.taps("Omar Khaled")
        await tarek.reads("two different wallets")

    async def test_takes_no_answer_that_is_none(self, studio: Studio, tarek: Person) -> None:
        await to_wallet(tarek, "Omar Khaled")
        await tarek.taps("Transfer to another wallet")
        await tarek.says("zzz")
        await tarek.reads("Nobody is called so")
        await tarek.says("nour")
        await tarek.taps("Nour Hassan")
        await tarek.says("a lot")
        await tarek.reads("amount above zero")
        await tarek.says("50")
        await tarek.says("x" * 300)
        await tarek.reads("too long")
        await tarek.taps("Cancel")
        await tarek.reads("In it: EGP 300")

    async def test_goes_to_somebodys_wallet_as_staff(self, studio: Studio, tarek: Person) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        await to_wallet(tarek, "Omar Khaled")
        await tarek.taps("Transfer to another wallet")
        await tarek.says("hana")
        await tarek.taps("Hana Zaki")
        await tarek.taps("Hana Zaki, as staff")
        await tarek.says("20")
        await tarek.says("bonus")
        await tarek.reads("To: Hana Zaki, as staff")
        await tarek.taps("Transfer EGP 20")
        await hana.reads("EGP 20 was moved into your wallet", "bonus")
        await studio.adds_up()

    async def test_reads_in_arabic(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/language")
        await tarek.taps("العربية")
        await tarek.says("/wallets")
        await tarek.reads("المحافظ", "فيها جميعًا")
        await tarek.says("/payments")
        await tarek.reads("المدفوعات")
