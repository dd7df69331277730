"""What decisions on packages need to know, loaded in one read each."""

from dataclasses import dataclass
from typing import Protocol

from domain.finance.model import WalletState
from domain.ids import AccountId, CenterId, ClassPackageId, EnrollmentId, PersonId, StudentPackageId
from domain.notifications.quiet import QuietHours
from domain.packages.purchase import PackageForSale


@dataclass(frozen=True, slots=True)
class Purchase:
    """A package as it was bought."""

    student_package_id: StudentPackageId
    student_id: PersonId
    class_package_id: ClassPackageId


@dataclass(frozen=True, slots=True)
class PurchaseFacts:
    """All that a purchase decision needs. ``same_id`` is whatever package already has the id that the new one would get."""

    package: PackageForSale
    is_on_sale: bool
    currency: str
    same_id: Purchase | None
    wallet: WalletState | None
    deferred_account_id: AccountId


@dataclass(frozen=True, slots=True)
class LastCredit:
    """The only credit that a student has left of a class, and the center's quiet hours."""

    student_id: PersonId
    student_package_id: StudentPackageId
    quiet: QuietHours


class PackageRepository(Protocol):
    """Loads what decisions on packages need. Another center's rows do not exist for it."""

    async def find_purchase_facts(
        self,
        *,
        center_id: CenterId,
        class_package_id: ClassPackageId,
        buyer_id: PersonId,
        student_package_id: StudentPackageId,
    ) -> PurchaseFacts | None:
        """Return what a purchase rests on, or None where there is no such package."""
        ...

    async def find_last_credit(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> LastCredit | None:
        """Return the only credit left after a booking paid with one; None where they are not to hear of it (again)."""
        ...
