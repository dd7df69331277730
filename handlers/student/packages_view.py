"""Packages: credits by class, what is owned and what its credits were used for, the shop, and buying."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from domain.finance.views import CreditLine
from domain.ids import ClassId, StudentPackageId
from domain.packages.buying import ShownOffer
from domain.packages.model import StudentPackageStatus
from domain.packages.views import CreditUse, Offer, OwnedPackage, PurchaseCursor, ShopLine, UseCursor
from handlers.callback_data import (
    ConfirmPurchase,
    ListPackages,
    ListSessions,
    OpenOffer,
    OpenPackage,
    OpenShop,
    OpenWallet,
    encode,
)
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.history_view import outcome_icon
from handlers.student.home_view import home_row


def packages(
    tr: Translator,
    *,
    credits_left: Sequence[CreditLine],
    owned: Sequence[OwnedPackage],
    has_more: bool,
    is_first_page: bool,
) -> Screen:
    """Return the credits by class, and a page of the packages that were bought."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListPackages(None))))
    if has_more:
        cursor = PurchaseCursor(owned[-1].purchased_at, owned[-1].student_package_id)
        turning.append(Button(tr.plain("Older ▶️"), encode(ListPackages(cursor))))
    return Screen(
        tr.lines(
            tr.text("<b>Packages</b>"),
            *_credits(tr, credits_left),
            "" if owned else None,
            tr.text("Tap a package to see what its credits were used for.") if owned else None,
        ),
        (
            *((Button(_owned_label(tr, each), encode(OpenPackage(each.student_package_id, None))),) for each in owned),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("🛍️ Buy a package"), encode(OpenShop(None, None)), Style.PRIMARY),),
            (Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))), *home_row(tr)),
        ),
    )


def package(
    tr: Translator,
    owned: OwnedPackage,
    *,
    uses: Sequence[CreditUse],
    has_more: bool,
    is_first_page: bool,
    currency: str,
    now: datetime,
) -> Screen:
    """Return a package of one's own, and a page of what its credits were used for."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenPackage(owned.student_package_id, None))))
    if has_more:
        cursor = UseCursor(uses[-1].booked_at, uses[-1].enrollment_id)
        turning.append(Button(tr.plain("Older ▶️"), encode(OpenPackage(owned.student_package_id, cursor))))
    return Screen(
        tr.lines(
            tr.text("🎁 <b>{package}</b> · {title}", package=owned.name, title=owned.class_title),
            tr.text(
                "Bought {day} for {price}",
                day=tr.past_day(owned.purchased_at, now=now),
                price=tr.money(owned.price_minor, currency),
            ),
            _left(tr, owned),
            "",
            *((tr.text("<b>What they were used for</b>"), *(_use(tr, use, now=now) for use in uses)) if uses else ()),
            None if uses else tr.text("None of its credits has been used yet."),
        ),
        (
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("📅 All classes"), encode(ListSessions(None))),),
            (Button(tr.plain("🎁 Packages"), encode(ListPackages(None))), *home_row(tr)),
        ),
    )


def shop(
    tr: Translator,
    *,
    lines: Sequence[ShopLine],
    class_id: ClassId | None,
    has_more: bool,
    is_first_page: bool,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Return a page of what can be bought, by class, with what one session comes to."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenShop(class_id, None))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(OpenShop(class_id, lines[-1].class_package_id))))
    others = (Button(tr.plain("🛍️ All packages"), encode(OpenShop(None, None))),)
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>Buy a package</b>"),
            tr.text("A package is paid once and gives you credits. They never expire."),
            *_shelves(tr, lines, currency=currency),
            *_empty_shelf(tr, lines, class_id=class_id),
        ),
        (
            *(
                (Button(_shop_label(tr, line, currency=currency), encode(OpenOffer(line.class_package_id))),)
                for line in lines
            ),
            *((tuple(turning),) if turning else ()),
            *((others,) if class_id is not None else ()),
            (Button(tr.plain("🎁 My packages"), encode(ListPackages(None))), *home_row(tr)),
        ),
    )


def offer(
    tr: Translator,
    found: Offer,
    *,
    student_package_id: StudentPackageId,
    currency: str,
    notice: Markup | None = None,
    online: Rows = (),
) -> Screen:
    """Return exactly what buying would do. ``student_package_id`` is what the package will be called, if it is bought.

    ``online`` are the ways to pay for it without the wallet.
    """
    line = found.line
    shown = ShownOffer(line.price_minor, line.session_count)
    confirm = Button(
        tr.plain("Buy for {price}", price=tr.money(line.price_minor, currency)),
        encode(ConfirmPurchase(student_package_id, line.class_package_id, shown)),
        Style.SUCCESS,
    )
    wallet = Button(tr.plain("💳 Wallet"), encode(OpenWallet(None)))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("🎁 <b>{package}</b> · {title}", package=line.name, title=line.class_title),
            tr.ntext(
                "{n} class, {price}", "{n} classes, {price}", line.session_count, price=_each(tr, line, currency=currency)
            ),
            "",
            *_deal(tr, found, currency=currency, is_online=bool(online)),
        ),
        (
            (wallet if found.missing_minor else confirm,),
            *online,
            (Button(tr.plain("◀️ Back"), encode(OpenShop(line.class_id, None))), *home_row(tr)),
        ),
    )


def _deal(tr: Translator, found: Offer, *, currency: str, is_online: bool) -> tuple[Markup | str, ...]:
    line, available = found.line, found.available_minor
    if found.missing_minor:
        return (
            tr.text("🏷️ Price: {price}", price=tr.money(line.price_minor, currency)),
            tr.text("💳 Free in your wallet: {available}", available=tr.money(available, currency)),
            tr.text("⚠️ <b>{missing} is missing</b>", missing=tr.money(found.missing_minor, currency)),
            "",
            tr.text("You can pay it online, or top up your wallet at the studio's reception.")
            if is_online
            else tr.text("Your wallet can be topped up at the studio's reception."),
        )
    return (
        tr.text(
            "💳 {price} is taken from your wallet now; {left} is left to spend.",
            price=tr.money(line.price_minor, currency),
            left=tr.money(available - line.price_minor, currency),
        ),
        tr.ntext(
            "🎟️ Then you have {n} credit for {title}.",
            "🎟️ Then you have {n} credits for {title}.",
            found.credits_left + line.session_count,
            title=line.class_title,
        ),
        tr.text("Credits never expire. If you cancel a booking in time, its credit comes back."),
    )


def _shelves(tr: Translator, lines: Sequence[ShopLine], *, currency: str) -> tuple[Markup | str, ...]:
    text: list[Markup | str] = []
    for (title, single_minor), shelf in groupby(lines, key=lambda line: (line.class_title, line.single_price_minor)):
        single = tr.money(single_minor, currency)
        text += ["", tr.text("<b>{title}</b> (one class: {single})", title=title, single=single)]
        text += [
            tr.ntext(
                "• {n} class {price} · {each} each",
                "• {n} classes {price} · {each} each",
                line.session_count,
                price=tr.money(line.price_minor, currency),
                each=tr.money(line.per_session_minor, currency),
            )
            for line in shelf
        ]
    return tuple(text)


def _empty_shelf(tr: Translator, lines: Sequence[ShopLine], *, class_id: ClassId | None) -> tuple[Markup | str, ...]:
    if lines:
        return ()
    if class_id is not None:
        return ("", tr.text("There is no package for this class at the moment."))
    return ("", tr.text("There are no packages at the moment."))


def _each(tr: Translator, line: ShopLine, *, currency: str) -> Markup:
    each = tr.money(line.per_session_minor, currency)
    if line.per_session_minor < line.single_price_minor:
        return tr.text("{each} each instead of {single}", each=each, single=tr.money(line.single_price_minor, currency))
    return tr.text("{each} each", each=each)


def _credits(tr: Translator, lines: Sequence[CreditLine]) -> tuple[Markup, ...]:
    if not lines:
        return (tr.text("You have no credits. A package gives you several classes for less."),)
    return tuple(
        tr.ntext("🎟️ {title}: {n} credit left", "🎟️ {title}: {n} credits left", line.credits_left, title=line.class_title)
        for line in lines
    )


def _left(tr: Translator, owned: OwnedPackage) -> Markup:
    if owned.status is StudentPackageStatus.REFUNDED:
        return tr.text("↩️ It was refunded to your wallet.")
    if owned.credits_left == 0:
        return tr.text("🎟️ All its credits are used.")
    return tr.text("🎟️ {left} of {total} credits left", left=owned.credits_left, total=owned.credits_total)


def _use(tr: Translator, use: CreditUse, *, now: datetime) -> Markup:
    booked = tr.past_day(use.booked_at, now=now)
    values = {
        "icon": outcome_icon(use.outcome),
        "moment": tr.past_moment(use.starts_at, now=now),
        "title": use.class_title,
        "booked": booked,
    }
    if use.was_returned:
        return tr.text("{icon} {moment} {title} — booked {booked}, credit given back", **values)
    return tr.text("{icon} {moment} {title} — booked {booked}", **values)


def _owned_label(tr: Translator, owned: OwnedPackage) -> str:
    name = f"🎁 {tr.plain('{package}', package=owned.name)}"
    if owned.status is StudentPackageStatus.REFUNDED:
        return tr.label(name, tr.plain("refunded"))
    if owned.credits_left == 0:
        return tr.label(name, tr.plain("used up"))
    return tr.label(name, tr.plain("{left} of {total} left", left=owned.credits_left, total=owned.credits_total))


def _shop_label(tr: Translator, line: ShopLine, *, currency: str) -> str:
    return tr.label(tr.plain("{package}", package=line.name), tr.money(line.price_minor, currency))


def refunded_news(tr: Translator, owned: OwnedPackage) -> Screen:
    """The unused credits of a package were paid back to the reader's wallet."""
    return Screen(
        tr.lines(
            tr.text("🎁 <b>{package}</b> · {title}", package=owned.name, title=owned.class_title),
            tr.text("↩️ Its unused credits were paid back to your wallet."),
        ),
        ((Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))),),),
    )
