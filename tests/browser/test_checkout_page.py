"""Paymob's checkout page in a real browser, in English and Arabic, on a window as wide as a phone."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.sandbox import PaymobAccount, RunningSandbox, Sandbox, run_sandbox
from tests.browser.chromium import MARKS

ACCOUNT = PaymobAccount(integration_ids=(11, 12), methods={12: "wallet"}, merchant_name="Nile <b>Studio</b>")

pytestmark = MARKS


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with run_sandbox(Sandbox(token="1:checkout", paymob=ACCOUNT)) as running:
        yield running


async def checkout(sandbox: RunningSandbox, **changes: Any) -> str:
    """Make a checkout and return its page's address."""
    body = {
        "amount": 45_000,
        "currency": "EGP",
        "payment_methods": [11, 12],
        "items": [{"name": "Ballet, 8 classes", "amount": 45_000}],
        "billing_data": {"first_name": "Mona", "last_name": "Adel", "email": "m@example.org", "phone_number": "+2010"},
        "special_reference": "payment-1",
        "expiration": 600,
        "redirection_url": f"{sandbox.url}/static/icon.svg?from=paymob",
    }
    headers = {"Authorization": f"Token {ACCOUNT.secret_key}"}
    sent = {key: value for key, value in (body | changes).items() if value is not None}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{sandbox.url}/paymob/v1/intention/", json=sent, headers=headers) as response,
    ):
        secret = (await response.json())["client_secret"]
    return f"{sandbox.url}/paymob/unifiedcheckout/?publicKey={ACCOUNT.public_key}&clientSecret={secret}"


async def opened(browser: Browser, locale: str = "en-GB") -> Page:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    page = await context.new_page()
    page.set_default_timeout(10_000)
    return page


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    opened_page = await opened(browser)
    faults: list[str] = []
    opened_page.on("pageerror", lambda error: faults.append(str(error)))
    yield opened_page
    await opened_page.context.close()
    assert faults == []


async def test_shows_who_is_paid_and_how_much(page: Page, sandbox: RunningSandbox) -> None:
    await page.goto(await checkout(sandbox))
    await expect(page.locator(".merchant")).to_have_text("Nile <b>Studio</b>")
    await expect(page.locator(".amount .total")).to_contain_text("450.00")
    await expect(page.locator(".items li")).to_have_count(1)
    await expect(page.locator(".expiry")).to_contain_text("Expires in")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


async def test_paying_by_wallet_goes_back_to_the_merchant(page: Page, sandbox: RunningSandbox) -> None:
    await page.goto(await checkout(sandbox))
    await page.get_by_label("Mobile wallet").check()
    await page.locator("button.pay").click()
    await expect(page.locator(".result.good")).to_be_visible()
    await page.wait_for_url("**/icon.svg?from=paymob&*success=true*")
    assert "source_data.type=wallet" in page.url


async def test_leaving_goes_back_without_a_word(page: Page, sandbox: RunningSandbox) -> None:
    await page.goto(await checkout(sandbox))
    await page.get_by_role("button", name="I leave without paying").click()
    await page.wait_for_url("**/icon.svg?from=paymob")


async def test_declined_can_be_tried_again_where_there_is_nowhere_to_go(page: Page, sandbox: RunningSandbox) -> None:
    await page.goto(await checkout(sandbox, redirection_url=None))
    await page.get_by_role("button", name="The bank declines").click()
    await expect(page.get_by_role("alert")).to_contain_text("You can try again")
    await page.get_by_role("button", name="It is paid twice").click()
    await expect(page.locator(".result")).to_have_attribute("data-state", "paid")


async def test_expired_and_unknown_checkouts_say_so(page: Page, sandbox: RunningSandbox) -> None:
    address = await checkout(sandbox)
    async with aiohttp.ClientSession() as http:
        await http.post(f"{sandbox.url}/sandbox/clock", json={"advance_minutes": 11})
    await page.goto(address)
    await expect(page.locator(".result")).to_have_attribute("data-state", "expired")
    await expect(page.get_by_role("link", name="Back to")).to_be_visible()
    await page.goto(f"{address}x")
    await expect(page.locator(".result")).to_have_attribute("data-state", "missing")


async def test_arabic_browser_reads_arabic_and_can_switch(browser: Browser, sandbox: RunningSandbox) -> None:
    page = await opened(browser, "ar-EG")
    await page.goto(await checkout(sandbox))
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(page.locator("button.pay")).to_contain_text("ادفع")
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("button.pay")).to_contain_text("Pay")
    await page.context.close()
