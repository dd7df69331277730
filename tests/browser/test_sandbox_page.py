"""The sandbox's page in a real browser: what a person sees and presses, against a small bot that polls over HTTP."""

from playwright.async_api import Page, expect

from tests.browser.chromium import MARKS
from tests.browser.small_bot import HOSTILE, MONA, OMAR, PICTURE, SmallBot, phone_of, say, started

pytestmark = MARKS


class TestFirstLook:
    async def test_shows_the_first_person_and_how_to_begin(self, page: Page) -> None:
        await page.goto("/")
        await expect(phone_of(page, MONA)).to_contain_text("You are Mona. Say /start or press Start.")
        await expect(page.locator("button.person")).to_have_count(3)

    async def test_picking_a_person_changes_the_phone_and_the_address(self, page: Page) -> None:
        await page.goto("/")
        await page.locator('button.person[data-person="omar"]').click()
        await expect(phone_of(page, OMAR)).to_be_visible()
        await expect(phone_of(page, MONA)).to_have_count(0)
        assert page.url.endswith("?person=omar")

    async def test_two_people_in_the_address_stand_side_by_side(self, page: Page) -> None:
        await page.goto("/?person=mona&person=omar&bare=1")
        await expect(phone_of(page, MONA)).to_be_visible()
        await expect(phone_of(page, OMAR)).to_be_visible()
        await expect(page.locator(".sidebar")).to_be_hidden()

    async def test_a_hostile_name_is_only_text(self, page: Page) -> None:
        phone = await started(page, HOSTILE)
        await expect(phone.locator(".from-bot .text")).to_contain_text(HOSTILE.first_name)
        await expect(page.locator('button.person[data-person="hostile"]')).to_contain_text(HOSTILE.first_name)
        await expect(page.locator("img[src=x]")).to_have_count(0)
        assert "owned" not in (await page.title()).removeprefix(HOSTILE.first_name)

    async def test_markup_that_no_chat_knows_is_rebuilt_as_text(self, page: Page) -> None:
        await page.goto("/")
        hostile = "<b>bold</b><iframe src=/></iframe><img src=x><a href='javascript:alert(1)'>link</a><script>1</script>"
        rebuilt = await page.evaluate(
            """async (html) => {
                const { richText } = await import("/static/rich_text.js");
                const box = document.createElement("div");
                box.append(richText(html, { botUsername: "b" }));
                return box.innerHTML;
            }""",
            hostile,
        )
        assert rebuilt == "<b>bold</b>link"

    async def test_moves_the_business_clock(self, page: Page) -> None:
        await page.goto("/?tz=UTC")
        before = await page.locator(".clock-day").inner_text()
        await page.get_by_role("button", name="+1 day").click()
        await expect(page.locator(".clock-day")).not_to_have_text(before)


class TestTapping:
    async def test_start_says_start_and_shows_the_answer_as_rich_text(self, page: Page) -> None:
        phone = await started(page)
        await expect(phone.locator(".from-person .text")).to_have_text("/start")
        await expect(phone.locator(".from-bot .text b")).to_have_text("Hello")
        await expect(phone.locator(".start-button:visible")).to_have_count(0)

    async def test_a_tap_edits_the_message_in_place_and_toasts(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_role("button", name="Book").click()
        await expect(phone.locator(".from-bot .text")).to_have_text("You are booked")
        await expect(phone.locator(".from-bot .edited")).to_be_visible()
        await expect(phone.locator(".toast.shown")).to_have_text("Done")
        await expect(phone.locator(".inline-keyboard .danger")).to_have_text("Cancel it")

    async def test_an_alert_waits_until_it_is_read(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_role("button", name="Alert").click()
        await expect(phone.get_by_role("alertdialog")).to_contain_text("Read this first")
        await page.keyboard.press("Escape")
        await expect(phone.get_by_role("alertdialog")).to_have_count(0)

    async def test_a_deep_link_to_the_bot_stays_in_the_chat(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_role("button", name="Invite").click()
        await expect(phone.locator(".from-bot .text").last).to_have_text("You said: /start friend")
        await expect(phone.get_by_role("link", name="Site")).to_have_attribute("target", "_blank")

    async def test_the_contact_button_asks_and_then_shares_the_persons_number(self, page: Page) -> None:
        phone = await started(page)
        await say(phone, "/phone")
        await phone.get_by_role("button", name="Share my number").click()
        await expect(phone.get_by_role("dialog")).to_contain_text(MONA.phone)
        await phone.get_by_role("button", name="Share", exact=True).click()
        await expect(phone.locator(".from-bot .text").last).to_have_text(f"Got {MONA.phone}")
        await expect(phone.locator(".reply-keyboard")).to_be_hidden()

    async def test_everything_works_by_keyboard(self, page: Page) -> None:
        await page.goto("/?person=mona")
        phone = phone_of(page, MONA)
        await phone.locator("textarea").focus()
        await page.keyboard.type("/start")
        await page.keyboard.press("Enter")
        await expect(phone.get_by_role("button", name="Book")).to_be_visible()
        await expect(phone.locator("textarea")).to_be_focused()
        for _ in range(7):  # back over the menu, the links and the rows, to the first button
            await page.keyboard.press("Shift+Tab")
            if await phone.get_by_role("button", name="Toast").evaluate("key => key === document.activeElement"):
                break
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(phone.locator(".from-bot .text")).to_have_text("You are booked")
        await expect(phone.get_by_role("button", name="Cancel it")).to_be_focused()

    async def test_the_menu_lists_the_commands_and_escape_closes_it(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_role("button", name="Commands").press("Enter")
        await expect(phone.locator(".command").first).to_be_focused()
        await expect(phone.locator(".command")).to_have_text(["Begin/start", "My number/phone"])
        await page.keyboard.press("Escape")
        await expect(phone.locator(".commands")).to_be_hidden()

    async def test_photos_grow_and_files_are_downloaded(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await bot.send_file("sendPhoto", "photo", "chart.png", PICTURE, MONA)
        await bot.send_file("sendDocument", "document", "report.csv", b"a,b\n" * 512, MONA)
        await phone.get_by_role("button", name="Enlarge the photo").click()
        await expect(page.locator("dialog.viewer img")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog.viewer")).to_have_count(0)
        await expect(phone.locator(".file")).to_contain_text("2 kB")
        async with page.expect_download() as download:
            await phone.locator(".file").click()
        assert (await download.value).suggested_filename == "report.csv"

    async def test_a_blocked_bot_can_be_started_again(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_label("More").click()
        await phone.get_by_role("button", name="Block bot", exact=True).click()
        await expect(phone.locator("textarea")).to_be_hidden()
        await phone.get_by_role("button", name="Restart bot").click()
        await expect(phone.locator(".inline-keyboard")).to_have_count(2)

    async def test_a_text_that_could_not_be_sent_is_not_lost(self, page: Page) -> None:
        phone = await started(page)
        await page.route("**/say", lambda route: route.abort())
        await say(phone, "Do not lose me")
        await expect(phone.locator(".toast.shown")).to_contain_text("does not answer")
        await expect(phone.locator("textarea")).to_have_value("Do not lose me")


class TestArabic:
    async def test_an_arabic_phone_is_mirrored_and_speaks_arabic(self, page: Page) -> None:
        phone = await started(page, OMAR)
        await expect(phone).to_have_attribute("dir", "rtl")
        await expect(phone.locator("textarea")).to_have_attribute("placeholder", "رسالة")
        mine = await phone.locator(".from-person .bubble").bounding_box()
        theirs = await phone.locator(".from-bot .bubble").bounding_box()
        assert mine is not None
        assert theirs is not None
        assert mine["x"] < theirs["x"]


class TestLive:
    async def test_messages_of_others_are_marked_unread(self, page: Page, bot: SmallBot) -> None:
        await started(page, OMAR)
        await started(page, MONA)
        await bot.call("sendMessage", chat_id=OMAR.id, text="Your class begins soon")
        await expect(page.locator('button.person[data-person="omar"] .unread')).to_have_text("1")

    async def test_a_message_that_the_bot_deletes_vanishes(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        sent = await bot.call("sendMessage", chat_id=MONA.id, text="Forget this")
        await expect(phone.get_by_text("Forget this")).to_be_visible()
        await bot.call("deleteMessage", chat_id=MONA.id, message_id=sent["message_id"])
        await expect(phone.get_by_text("Forget this")).to_have_count(0)

    async def test_new_messages_scroll_down_only_for_who_is_at_the_bottom(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await bot.call("sendMessage", chat_id=MONA.id, text="\n".join(["A long story"] * 60))
        await bot.call("sendMessage", chat_id=MONA.id, text="The end")
        await expect(phone.get_by_text("The end")).to_be_in_viewport()
        await phone.locator(".log").hover()
        await page.mouse.wheel(0, -5000)
        await expect(phone.get_by_text("The end")).not_to_be_in_viewport()
        await bot.call("sendMessage", chat_id=MONA.id, text="One more")
        await expect(phone.get_by_role("button", name="New messages")).to_be_visible()
        await expect(phone.get_by_text("One more")).not_to_be_in_viewport()

    async def test_long_polls_carry_on_where_events_cannot(self, page: Page, bot: SmallBot) -> None:
        await page.route("**/sandbox/events", lambda route: route.abort())
        phone = await started(page)
        await expect(phone.locator(".inline-keyboard")).to_be_visible()
        await bot.call("sendMessage", chat_id=MONA.id, text="By another way")
        await expect(phone.get_by_text("By another way")).to_be_visible(timeout=15_000)
