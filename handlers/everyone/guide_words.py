"""What the pages of the guide are called, and what they say."""

from markupsafe import Markup

from handlers.everyone import guide_admin_words, guide_staff_words, guide_student_words
from handlers.guide_topics import GuideTopic
from handlers.i18n import Translator


def title(tr: Translator, topic: GuideTopic) -> str:
    """Return what a page is called, on its button and at its head."""
    titles = {
        GuideTopic.BOOK: tr.plain("📅 Booking"),
        GuideTopic.CANCEL: tr.plain("↩️ Cancelling"),
        GuideTopic.CREDITS: tr.plain("🎁 Packages"),
        GuideTopic.WALLET: tr.plain("💳 Wallet and paying"),
        GuideTopic.WAITLIST: tr.plain("⏳ Waitlist"),
        GuideTopic.TICKET: tr.plain("🎫 Ticket and reminders"),
        GuideTopic.MY_DATA: tr.plain("👤 My data"),
        GuideTopic.CHECK_IN: tr.plain("🚪 Check-in"),
        GuideTopic.ROSTER: tr.plain("📋 Roster"),
        GuideTopic.WALK_IN: tr.plain("💵 Walk-ins"),
        GuideTopic.CASH: tr.plain("🏦 The drawer"),
        GuideTopic.COUNT: tr.plain("🧮 Counting"),
        GuideTopic.CALL_OFF: tr.plain("❌ Moving and cancelling"),
        GuideTopic.SET_UP: tr.plain("🧭 Set-up"),
        GuideTopic.PEOPLE: tr.plain("👥 People and roles"),
        GuideTopic.CLASSES: tr.plain("🎓 Classes and prices"),
        GuideTopic.PACKAGES: tr.plain("🎁 Packages on sale"),
        GuideTopic.MONEY: tr.plain("💰 The day's money"),
        GuideTopic.PAYMENTS: tr.plain("💳 Payments and wallets"),
        GuideTopic.REPORTS: tr.plain("📊 Reports"),
        GuideTopic.BROADCAST: tr.plain("📣 Announcements"),
        GuideTopic.SETTINGS: tr.plain("⚙️ Settings"),
        GuideTopic.AUDIT: tr.plain("📜 Who did what"),
    }
    return titles[topic]


def sentences(tr: Translator, topic: GuideTopic) -> tuple[Markup, ...]:
    """Return what a page says."""
    parts = (guide_student_words, guide_staff_words, guide_admin_words)
    return next(found for part in parts if (found := part.sentences(tr, topic)))
