"""What happens when a student buys a package from their wallet: the money leaves it, and the credits are theirs.

The student package's id is made when the confirm screen is drawn and travels in its button with what was shown: pressed
twice, delivered twice or retried, one package is bought, and the price shown is the price paid.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import NotFoundError, OfferChangedError, PackageNotOnSaleError, WalletTooLowError
from domain.events import PackageBought
from domain.finance.top_up import WalletOf
from domain.ids import ClassPackageId, StudentPackageId
from domain.packages.ports import Purchase, PurchaseFacts
from domain.packages.purchase import wallet_purchase
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """What the person saw when they confirmed: so many sessions for this price."""

    price_minor: int
    session_count: int


@dataclass(frozen=True, slots=True)
class BuyPackage:
    """Buy a package for the actor, from the actor's own wallet.

    Raises the refusals of ``plan_purchase`` and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        class_package_id: ClassPackageId,
        student_package_id: StudentPackageId,
        shown: ShownOffer,
    ) -> Purchase:
        """Buy, and return the purchase (the first one, where this button was pressed before)."""
        require(actor, Operation.BUY_PACKAGE)

        async def decide(work: UnitOfWork) -> Purchase:
            facts = await work.packages.find_purchase_facts(
                center_id=actor.center_id,
                class_package_id=class_package_id,
                buyer_id=actor.person_id,
                student_package_id=student_package_id,
            )
            if facts is None:
                raise NotFoundError(what="package")
            plan = plan_purchase(
                facts, actor=actor, student_package_id=student_package_id, shown=shown, now=self.clock.now()
            )
            work.add(*plan.writes)
            await work.commit()
            return plan.purchase

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """The purchase that will be, and the writes that make it so (none, where it is already)."""

    purchase: Purchase
    writes: tuple[Write, ...]


def plan_purchase(
    facts: PurchaseFacts, *, actor: Actor, student_package_id: StudentPackageId, shown: ShownOffer, now: datetime
) -> PurchasePlan:
    """Decide a purchase from what was read. Pure but for fresh ids.

    Raises NotFoundError (the id is somebody else's), PackageNotOnSaleError, OfferChangedError, WalletTooLowError. Only
    the wallet is guarded when it is committed: an offer that ends at this very instant was bought just before.
    """
    package = facts.package
    purchase = Purchase(student_package_id, actor.person_id, ClassPackageId(package.id))
    if facts.same_id is not None:
        if facts.same_id != purchase:
            raise NotFoundError(what="package")
        return PurchasePlan(purchase, ())
    if not facts.is_on_sale:
        raise PackageNotOnSaleError(class_package_id=purchase.class_package_id)
    if shown != ShownOffer(package.price_minor, package.session_count):
        raise OfferChangedError(class_package_id=purchase.class_package_id)
    wallet = facts.wallet
    if wallet is None or wallet.available_minor < package.price_minor:
        raise WalletTooLowError(
            class_package_id=purchase.class_package_id,
            price_minor=package.price_minor,
            available_minor=wallet.available_minor if wallet is not None else 0,
            currency=facts.currency,
        )
    return PurchasePlan(
        purchase,
        (
            *wallet_purchase(
                WalletOf(actor.person_id, wallet.id),
                package,
                student_package_id=student_package_id,
                deferred_account_id=facts.deferred_account_id,
                actor=actor,
                now=now,
            ),
            event_row(PackageBought(student_package_id), actor=actor, now=now),
            audit_row(
                Operation.BUY_PACKAGE,
                actor=actor,
                now=now,
                object_type="student_package",
                object_id=student_package_id,
                after={"price_minor": package.price_minor, "credits": package.session_count, "method": "WALLET"},
            ),
        ),
    )
