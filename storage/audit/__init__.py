"""The audit: recomputes every balance, seat count, credit and status from the journal and the rows.

Each check is one set-based statement, so it sees one moment of the database and may run while people book. A check that
finds nothing says so by returning nothing; whatever it returns is a fault, of ours or of somebody's hands on the tables.
"""

from domain.ids import CenterId
from storage.audit.cash import CHECKS as CASH_CHECKS
from storage.audit.check import Discrepancy, prepared
from storage.audit.gateway import CHECKS as GATEWAY_CHECKS
from storage.audit.journal import CHECKS as JOURNAL_CHECKS
from storage.audit.packages import CHECKS as PACKAGE_CHECKS
from storage.audit.payments import CHECKS as PAYMENT_CHECKS
from storage.audit.people import CHECKS as PEOPLE_CHECKS
from storage.audit.references import CHECKS as REFERENCE_CHECKS
from storage.audit.seats import CHECKS as SEAT_CHECKS
from storage.audit.waitlist import CHECKS as WAITLIST_CHECKS
from storage.database import Database

CHECKS = (
    *JOURNAL_CHECKS,
    *SEAT_CHECKS,
    *PACKAGE_CHECKS,
    *PAYMENT_CHECKS,
    *CASH_CHECKS,
    *GATEWAY_CHECKS,
    *WAITLIST_CHECKS,
    *PEOPLE_CHECKS,
    *REFERENCE_CHECKS,
)

__all__ = ["CHECKS", "Discrepancy", "audit"]


async def audit(database: Database, center_id: CenterId | None = None) -> list[Discrepancy]:
    """Return what does not add up in one center, or (None) in the whole database; an empty list where everything does."""
    parameters = {} if center_id is None else {"center_id": center_id}
    found: list[Discrepancy] = []
    for check in CHECKS:
        found += await database.fetch(prepared(check, is_of_one_center=center_id is not None), **parameters)
    return found
