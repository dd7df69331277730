"""Identifiers: UUIDv7, made by us before the write, so that they are the idempotency keys as well.

The id of a future row travels in the button that will create it. A button pressed twice, an update delivered twice
and a use case retried after a crash all name the same row, and the second one finds the first one's outcome.
"""

from typing import NewType
from uuid import UUID

import uuid_utils.compat

CenterId = NewType("CenterId", UUID)
BranchId = NewType("BranchId", UUID)
PersonId = NewType("PersonId", UUID)
ClassId = NewType("ClassId", UUID)
SessionId = NewType("SessionId", UUID)
EnrollmentId = NewType("EnrollmentId", UUID)
ClassPackageId = NewType("ClassPackageId", UUID)
StudentPackageId = NewType("StudentPackageId", UUID)
WalletId = NewType("WalletId", UUID)
HoldId = NewType("HoldId", UUID)
PaymentId = NewType("PaymentId", UUID)
AccountId = NewType("AccountId", UUID)
EntryId = NewType("EntryId", UUID)
DecisionId = NewType("DecisionId", UUID)
CashTransactionId = NewType("CashTransactionId", UUID)
CashCountId = NewType("CashCountId", UUID)
TimetableRuleId = NewType("TimetableRuleId", UUID)
HolidayId = NewType("HolidayId", UUID)
RefundId = NewType("RefundId", UUID)
NotificationId = NewType("NotificationId", UUID)
WaitlistEntryId = NewType("WaitlistEntryId", UUID)
StandingBookingId = NewType("StandingBookingId", UUID)
BroadcastId = NewType("BroadcastId", UUID)


def new_id() -> UUID:
    """Return a fresh UUIDv7: unique, and ordered by the machine's time of its making."""
    return uuid_utils.compat.uuid7()
