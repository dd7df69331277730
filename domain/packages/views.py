"""What screens show of packages: the shop, and what a student owns of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.history import Outcome
from domain.finance.model import WalletState
from domain.ids import CenterId, ClassId, ClassPackageId, EnrollmentId, PersonId, StudentPackageId
from domain.packages.model import StudentPackageStatus, price_per_session


@dataclass(frozen=True, slots=True)
class OwnedPackage:
    """A package that a student has bought."""

    student_package_id: StudentPackageId
    name: str
    class_id: ClassId
    class_title: str
    credits_left: int
    credits_total: int
    price_minor: int
    status: StudentPackageStatus
    purchased_at: datetime


@dataclass(frozen=True, slots=True)
class PurchaseCursor:
    """The place in a list of packages owned after which the next page begins."""

    purchased_at: datetime
    student_package_id: StudentPackageId


@dataclass(frozen=True, slots=True)
class CreditUse:
    """What a credit was taken for. ``outcome`` is None while the class is still to come.

    ``was_returned``: the seat was cancelled, and the credit is back in the package.
    """

    enrollment_id: EnrollmentId
    class_title: str
    starts_at: datetime
    booked_at: datetime
    outcome: Outcome | None
    was_returned: bool


@dataclass(frozen=True, slots=True)
class UseCursor:
    """The place in a list of uses after which the next page begins."""

    booked_at: datetime
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ShopLine:
    """A package that can be bought now. ``single_price_minor`` is what one session costs without it."""

    class_package_id: ClassPackageId
    name: str
    class_id: ClassId
    class_title: str
    session_count: int
    price_minor: int
    single_price_minor: int

    @property
    def per_session_minor(self) -> int:
        """What one session of it comes to, to the nearest minor unit."""
        return price_per_session(self.price_minor, self.session_count)


@dataclass(frozen=True, slots=True)
class Offer:
    """A package with what buying it would do, read at one moment."""

    line: ShopLine
    wallet: WalletState | None
    credits_left: int

    @property
    def available_minor(self) -> int:
        """What the reader may spend."""
        return self.wallet.available_minor if self.wallet is not None else 0

    @property
    def missing_minor(self) -> int:
        """How much more money it takes; 0 where there is enough."""
        return max(0, self.line.price_minor - self.available_minor)


class PackageViews(Protocol):
    """Reads the shop and a student's own packages. Other people's packages do not exist for it."""

    async def list_owned(
        self, *, center_id: CenterId, student_id: PersonId, limit: int, after: PurchaseCursor | None = None
    ) -> list[OwnedPackage]:
        """Return the packages that the student has bought, the latest first."""
        ...

    async def find_owned(
        self, *, center_id: CenterId, student_id: PersonId, student_package_id: StudentPackageId
    ) -> OwnedPackage | None:
        """Return one package of the student's."""
        ...

    async def list_uses(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        student_package_id: StudentPackageId,
        now: datetime,
        limit: int,
        after: UseCursor | None = None,
    ) -> list[CreditUse]:
        """Return what the credits of a package were taken for, the latest booking first."""
        ...

    async def list_shop(
        self, *, center_id: CenterId, class_id: ClassId | None, limit: int, after: ClassPackageId | None = None
    ) -> list[ShopLine]:
        """Return what can be bought, by class and price; of one class, where one is given."""
        ...

    async def find_offer(
        self, *, center_id: CenterId, reader_id: PersonId, class_package_id: ClassPackageId
    ) -> Offer | None:
        """Return a package that can be bought now, with what the reader has; None where it cannot."""
        ...
