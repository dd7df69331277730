"""What a student's taps on packages do: look at what they own, look into the shop, buy."""

from markupsafe import Markup

from domain.errors import NotFoundError
from domain.ids import ClassId, ClassPackageId, StudentPackageId, new_id
from domain.packages.views import UseCursor
from domain.permissions import Operation, require
from handlers.callback_data import ConfirmPurchase, ListPackages, OpenOffer, OpenPackage, OpenShop
from handlers.context import Context
from handlers.screens import Answer, Reply, Screen
from handlers.student import packages_view, pay
from handlers.tap import Taps

_PAGE = 8


async def list_packages(context: Context, data: ListPackages) -> Reply:
    """Show credits by class, and a page of the packages that were bought."""
    require(context.actor, Operation.VIEW_STUDENT_PACKAGES, owner_id=context.actor.person_id)
    center_id, student_id = context.actor.center_id, context.actor.person_id
    means = await context.services.means.find_means(center_id=center_id, student_id=student_id)
    owned = await context.services.packages.list_owned(
        center_id=center_id, student_id=student_id, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        packages_view.packages(
            context.tr,
            credits_left=means.credits,
            owned=owned[:_PAGE],
            has_more=len(owned) > _PAGE,
            is_first_page=data.after is None,
        )
    )


async def open_package(context: Context, data: OpenPackage) -> Reply:
    """Show a package of one's own, and what its credits were used for."""
    return Reply(await _package_screen(context, data.student_package_id, data.after))


async def open_shop(context: Context, data: OpenShop) -> Reply:
    """Show a page of what can be bought."""
    return Reply(await shop_screen(context, data.class_id, data.after))


async def open_offer(context: Context, data: OpenOffer) -> Reply:
    """Say exactly what buying would do, and ask."""
    return Reply(await offer_screen(context, data.class_package_id))


async def confirm_purchase(context: Context, data: ConfirmPurchase) -> Reply:
    """Buy; pressed again, show what the first press did."""
    bought = await context.services.buy_package(
        actor=context.actor,
        class_package_id=data.class_package_id,
        student_package_id=data.student_package_id,
        shown=data.shown,
    )
    screen = await _package_screen(context, bought.student_package_id, None)
    return Reply(screen, answer=Answer(context.tr.plain("The package is yours ✅")))


async def shop_screen(
    context: Context, class_id: ClassId | None, after: ClassPackageId | None = None, *, notice: Markup | None = None
) -> Screen:
    """Draw a page of the shop as it is now, under a notice where something is to be said first."""
    require(context.actor, Operation.BUY_PACKAGE)
    lines = await context.services.packages.list_shop(
        center_id=context.actor.center_id, class_id=class_id, limit=_PAGE + 1, after=after
    )
    return packages_view.shop(
        context.tr,
        lines=lines[:_PAGE],
        class_id=class_id,
        has_more=len(lines) > _PAGE,
        is_first_page=after is None,
        currency=context.member.center.currency,
        notice=notice,
    )


async def offer_screen(context: Context, class_package_id: ClassPackageId, *, notice: Markup | None = None) -> Screen:
    """Draw what buying would do now, under a notice where something is to be said first."""
    require(context.actor, Operation.BUY_PACKAGE)
    found = await context.services.packages.find_offer(
        center_id=context.actor.center_id, reader_id=context.actor.person_id, class_package_id=class_package_id
    )
    if found is None:
        raise NotFoundError(what="package")
    return packages_view.offer(
        context.tr,
        found,
        student_package_id=StudentPackageId(new_id()),
        currency=context.member.center.currency,
        notice=notice,
        online=pay.package_rows(context, found),
    )


async def _package_screen(context: Context, student_package_id: StudentPackageId, after: UseCursor | None) -> Screen:
    require(context.actor, Operation.VIEW_STUDENT_PACKAGES, owner_id=context.actor.person_id)
    center_id, student_id = context.actor.center_id, context.actor.person_id
    owned = await context.services.packages.find_owned(
        center_id=center_id, student_id=student_id, student_package_id=student_package_id
    )
    if owned is None:
        raise NotFoundError(what="package")
    now = context.services.clock.now()
    uses = await context.services.packages.list_uses(
        center_id=center_id,
        student_id=student_id,
        student_package_id=student_package_id,
        now=now,
        limit=_PAGE + 1,
        after=after,
    )
    return packages_view.package(
        context.tr,
        owned,
        uses=uses[:_PAGE],
        has_more=len(uses) > _PAGE,
        is_first_page=after is None,
        currency=context.member.center.currency,
        now=now,
    )


TAPS: Taps = {
    ListPackages: list_packages,
    OpenPackage: open_package,
    OpenShop: open_shop,
    OpenOffer: open_offer,
    ConfirmPurchase: confirm_purchase,
}
