"""Branches, classes and packages one by one: their cards, what they are sold as, and putting them away."""

from domain.errors import NotFoundError
from domain.ids import BranchId, ClassId, ClassPackageId
from domain.organization.fields import Subject
from domain.organization.ports import BranchRecord, ClassRecord, PackageRecord
from domain.permissions import Operation, require, scope_of
from handlers.admin import catalogue_view
from handlers.buttons.admin import (
    AskArchive,
    ConfirmArchive,
    ListBranches,
    OpenBranch,
    OpenClass,
    OpenProduct,
    SwitchProduct,
)
from handlers.context import Context
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps, without_data


async def list_branches(context: Context) -> Reply:
    """Show the branches."""
    return Reply(await branches_screen(context))


async def branches_screen(context: Context) -> Screen:
    """Draw the branches."""
    require(context.actor, Operation.MANAGE_BRANCHES)
    lines = await context.services.organization.list_branches(center_id=context.actor.center_id)
    return catalogue_view.branches(context.tr, lines)


async def open_branch(context: Context, data: OpenBranch) -> Reply:
    """Show a branch."""
    return Reply(await branch_screen(context, data.branch_id))


async def branch_screen(context: Context, branch_id: BranchId) -> Screen:
    """Draw a branch."""
    require(context.actor, Operation.MANAGE_BRANCHES)
    found = await _branch(context, branch_id)
    return catalogue_view.branch(context.tr, found, currency=context.member.center.currency)


async def open_class(context: Context, data: OpenClass) -> Reply:
    """Show a class."""
    return Reply(await class_screen(context, data.class_id))


async def class_screen(context: Context, class_id: ClassId) -> Screen:
    """Draw a class, with what the actor may edit of it."""
    require(context.actor, Operation.EDIT_CLASS_DESCRIPTION)
    found = await _class(context, class_id)
    may_edit_terms = scope_of(context.actor, Operation.EDIT_CLASS_TERMS) is not None
    currency = context.member.center.currency
    return catalogue_view.class_card(context.tr, found, currency=currency, may_edit_terms=may_edit_terms)


async def open_product(context: Context, data: OpenProduct) -> Reply:
    """Show a package."""
    return Reply(await product_screen(context, data.class_package_id))


async def product_screen(context: Context, class_package_id: ClassPackageId) -> Screen:
    """Draw a package."""
    require(context.actor, Operation.MANAGE_PACKAGES)
    found = await _package(context, class_package_id)
    return catalogue_view.package(context.tr, found, currency=context.member.center.currency)


async def switch_product(context: Context, data: SwitchProduct) -> Reply:
    """Sell a package from now on, or not."""
    await context.services.put_package_on_sale(
        actor=context.actor, class_package_id=data.class_package_id, is_on_sale=data.is_on_sale
    )
    tr = context.tr
    said = tr.plain("It is on sale") if data.is_on_sale else tr.plain("It is not sold any more")
    return Reply(await product_screen(context, data.class_package_id), answer=Answer(said))


async def ask_archive(context: Context, data: AskArchive) -> Reply:
    """Say what putting it away means, or what is in the way."""
    tr, id_, currency = context.tr, data.object_id, context.member.center.currency
    match data.subject:
        case Subject.BRANCH:
            require(context.actor, Operation.MANAGE_BRANCHES)
            return Reply(catalogue_view.ask_archive_branch(tr, await _branch(context, BranchId(id_)), currency=currency))
        case Subject.CLASS:
            require(context.actor, Operation.EDIT_CLASS_TERMS)
            return Reply(catalogue_view.ask_archive_class(tr, await _class(context, ClassId(id_))))
        case Subject.PACKAGE:
            require(context.actor, Operation.MANAGE_PACKAGES)
            return Reply(catalogue_view.ask_archive_package(tr, await _package(context, ClassPackageId(id_))))
        case _:
            raise NotFoundError(what=data.subject)


async def confirm_archive(context: Context, data: ConfirmArchive) -> Reply:
    """Put it away."""
    services, actor, id_ = context.services, context.actor, data.object_id
    match data.subject:
        case Subject.BRANCH:
            await services.put_branch_away(actor=actor, branch_id=BranchId(id_))
            screen = await branches_screen(context)
        case Subject.CLASS:
            await services.put_class_away(actor=actor, class_id=ClassId(id_))
            screen = await class_screen(context, ClassId(id_))
        case Subject.PACKAGE:
            await services.put_package_away(actor=actor, class_package_id=ClassPackageId(id_))
            screen = await product_screen(context, ClassPackageId(id_))
        case _:
            raise NotFoundError(what=data.subject)
    return Reply(screen, answer=Answer(context.tr.plain("Put away ✅")))


async def _branch(context: Context, branch_id: BranchId) -> BranchRecord:
    found = await context.services.organization.find_branch(
        center_id=context.actor.center_id, branch_id=branch_id, now=context.services.clock.now()
    )
    if found is None:
        raise NotFoundError(what="branch")
    return found


async def _class(context: Context, class_id: ClassId) -> ClassRecord:
    found = await context.services.organization.find_class(
        center_id=context.actor.center_id, class_id=class_id, now=context.services.clock.now()
    )
    if found is None:
        raise NotFoundError(what="class")
    return found


async def _package(context: Context, class_package_id: ClassPackageId) -> PackageRecord:
    found = await context.services.organization.find_package(
        center_id=context.actor.center_id, class_package_id=class_package_id
    )
    if found is None:
        raise NotFoundError(what="package")
    return found


TAPS: Taps = {
    ListBranches: without_data(list_branches),
    OpenBranch: open_branch,
    OpenClass: open_class,
    OpenProduct: open_product,
    SwitchProduct: switch_product,
    AskArchive: ask_archive,
    ConfirmArchive: confirm_archive,
}
