"""Wallets, holds, enrollments, payments, cashboxes, and the journal.

Bulk tables reach their center through composite foreign keys (center, session), (center, person) and the like: nothing
can point into another center, and the center's own row, which every booking would lock, is left alone.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.enrollments.model import EnrollmentStatus, MadeGood, ReservedFor
from domain.finance.model import (
    AccountKind,
    EntryCause,
    HoldStatus,
    PaymentMethod,
    PaymentPurpose,
    PaymentStatus,
    WalletOwner,
)
from domain.sessions.model import AbsenteePolicy
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

accounts = Table(
    "accounts",
    metadata,
    id_column(),  # a wallet's or a cashbox's account has its id
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("kind", EnumText(AccountKind), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("center_id", "id"),
    one_of("kind", AccountKind),
)
_IS_CENTERS_OWN = accounts.c.kind.not_in([AccountKind.WALLET, AccountKind.CASHBOX])
Index(
    "uq_accounts_center_kind",
    accounts.c.center_id,
    accounts.c.kind,
    unique=True,
    sqlite_where=_IS_CENTERS_OWN,
    postgresql_where=_IS_CENTERS_OWN,
)

entries = Table(
    "entries",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("cause", EnumText(EntryCause), nullable=False),
    Column("subject_id", Uuid, nullable=False),  # what the cause happened to: an enrollment, a package, a cashbox …
    Column("actor_id", Uuid, ForeignKey("people.id")),
    Column("reverses_id", Uuid, ForeignKey("entries.id")),
    Column("reason", Text),
    Column("occurred_at", Instant, nullable=False),
    UniqueConstraint("center_id", "id"),
    UniqueConstraint("reverses_id"),  # an entry is reversed at most once
    one_of("cause", EntryCause),
    Index("ix_entries_subject_id", "subject_id"),
    Index("ix_entries_center_id_occurred_at_id", "center_id", "occurred_at", "id"),
)
_IS_TRANSFER = entries.c.cause == EntryCause.WALLET_TRANSFER
Index(
    "uq_entries_transfer",  # a transfer is its entry's subject: confirmed twice, it is made once
    entries.c.subject_id,
    unique=True,
    sqlite_where=_IS_TRANSFER,
    postgresql_where=_IS_TRANSFER,
)

postings = Table(
    "postings",
    metadata,
    Column("entry_id", Uuid, primary_key=True),
    Column("line", SmallInteger, primary_key=True, autoincrement=False),
    Column("center_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),  # positive: debit; negative: credit
    # A posting belongs to an entry and an account of its own center; the entry comes last and seals it, so this
    # constraint is looked at when the transaction commits.
    ForeignKeyConstraint(
        ["center_id", "entry_id"], ["entries.center_id", "entries.id"], deferrable=True, initially="DEFERRED"
    ),
    ForeignKeyConstraint(["center_id", "account_id"], ["accounts.center_id", "accounts.id"]),
    CheckConstraint("amount_minor <> 0", name="amount_not_zero"),
    Index("ix_postings_account_id_entry_id", "account_id", "entry_id", postgresql_include=["amount_minor"]),
)

wallets = Table(
    "wallets",
    metadata,
    id_column("id", ForeignKey("accounts.id")),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("owner_kind", EnumText(WalletOwner), nullable=False),
    Column("owner_id", Uuid, nullable=False),  # a person, or the center
    Column("balance_minor", BigInteger, nullable=False),
    Column("locked_minor", BigInteger, nullable=False),
    UniqueConstraint("owner_id", "owner_kind"),
    one_of("owner_kind", WalletOwner),
    CheckConstraint("locked_minor >= 0 AND balance_minor >= locked_minor", name="never_below_locked"),
)

cashboxes = Table(
    "cashboxes",
    metadata,
    id_column("id", ForeignKey("accounts.id")),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id"), nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    UniqueConstraint("branch_id"),
    CheckConstraint("balance_minor >= 0", name="balance_not_negative"),
)

enrollments = Table(
    "enrollments",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("student_id", Uuid, nullable=False),
    Column("status", EnumText(EnrollmentStatus), nullable=False),
    Column("method", EnumText(PaymentMethod)),  # None: free of charge
    # The contract, as it was confirmed; what the class becomes later does not touch it.
    Column("price_minor", BigInteger, nullable=False),
    Column("policy", EnumText(AbsenteePolicy), nullable=False),
    Column("no_show_fee_percent", Integer, nullable=False),
    Column("free_cancel_until", Instant, nullable=False),
    Column("student_package_id", Uuid, ForeignKey("student_packages.id")),
    Column("credit_value_minor", BigInteger, nullable=False),  # exactly what was taken, and what giving back returns
    Column("reserved_for", EnumText(ReservedFor)),  # kept when the reservation has become a booking, or has lapsed
    Column("held_until", Instant),
    Column("attended_at", Instant),
    Column("marked_absent_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("cancelled_at", Instant),
    Column("cancelled_by", Uuid, ForeignKey("people.id")),
    Column("made_good", EnumText(MadeGood)),
    Column("made_good_minor", BigInteger, nullable=False, server_default="0"),
    ForeignKeyConstraint(["center_id", "session_id"], ["sessions.center_id", "sessions.id"]),
    ForeignKeyConstraint(["center_id", "student_id"], ["people.center_id", "people.id"]),
    one_of("status", EnrollmentStatus),
    CheckConstraint("method IN ('GATEWAY', 'WALLET', 'CASH', 'PACKAGE')", name="method_known"),
    one_of("policy", AbsenteePolicy),
    CheckConstraint(
        "made_good IN ('CREDIT', 'UNLOCKED', 'RETURNED', 'NOTHING_CASH', 'NOTHING_FREE')", name="made_good_known"
    ),
    CheckConstraint("reserved_for IN ('PAYMENT', 'OFFER')", name="reserved_for_known"),
    CheckConstraint("status <> 'HELD' OR reserved_for IS NOT NULL", name="held_for_something"),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    CheckConstraint("credit_value_minor >= 0", name="credit_value_not_negative"),
    CheckConstraint("made_good_minor >= 0", name="made_good_not_negative"),
    CheckConstraint("no_show_fee_percent BETWEEN 0 AND 100", name="fee_is_a_percentage"),
    CheckConstraint("status <> 'LOCKED' OR method = 'WALLET'", name="locked_means_wallet"),
    CheckConstraint("(method = 'PACKAGE') = (student_package_id IS NOT NULL) OR method IS NULL", name="package_has_credit"),
    CheckConstraint("method IS NOT NULL OR price_minor = 0 OR status IN ('HELD', 'CANCELLED')", name="paid_somehow"),
    CheckConstraint("(status = 'CANCELLED') = (cancelled_at IS NOT NULL)", name="cancelled_whole"),
    CheckConstraint("(status = 'HELD') = (held_until IS NOT NULL)", name="held_whole"),
    CheckConstraint("attended_at IS NULL OR marked_absent_at IS NULL", name="attended_or_absent"),
    Index("ix_enrollments_student_id_created_at_id", "student_id", "created_at", "id"),
    Index("ix_enrollments_center_id_created_at_id", "center_id", "created_at", "id"),
    Index("ix_enrollments_student_package_id", "student_package_id"),
    Index("ix_enrollments_session_id", "session_id"),
)
_HAS_A_SEAT = enrollments.c.status != EnrollmentStatus.CANCELLED
Index(
    "uq_enrollments_one_seat_each",
    enrollments.c.session_id,
    enrollments.c.student_id,
    unique=True,
    sqlite_where=_HAS_A_SEAT,
    postgresql_where=_HAS_A_SEAT,
)

holds = Table(
    "holds",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("wallet_id", Uuid, ForeignKey("wallets.id"), nullable=False),
    Column("enrollment_id", Uuid, ForeignKey("enrollments.id"), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("captured_minor", BigInteger, nullable=False, server_default="0"),
    Column("status", EnumText(HoldStatus), nullable=False, server_default=HoldStatus.OPEN.value),
    Column("created_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    one_of("status", HoldStatus),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("captured_minor BETWEEN 0 AND amount_minor", name="captured_within_amount"),
    CheckConstraint("(status = 'CAPTURED') = (captured_minor > 0)", name="captured_whole"),
    CheckConstraint("(status = 'OPEN') = (resolved_at IS NULL)", name="resolved_whole"),
    Index("ix_holds_enrollment_id", "enrollment_id"),
)
_IS_OPEN = holds.c.status == HoldStatus.OPEN
Index("ix_holds_open", holds.c.wallet_id, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)

payments = Table(
    "payments",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("payer_id", Uuid, nullable=False),
    Column("method", EnumText(PaymentMethod), nullable=False),
    Column("purpose", EnumText(PaymentPurpose), nullable=False),
    Column("enrollment_id", Uuid, ForeignKey("enrollments.id")),
    Column("student_package_id", Uuid, ForeignKey("student_packages.id")),
    Column("amount_minor", BigInteger, nullable=False),
    Column("refunded_minor", BigInteger, nullable=False, server_default="0"),
    Column("status", EnumText(PaymentStatus), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    ForeignKeyConstraint(["center_id", "payer_id"], ["people.center_id", "people.id"]),
    one_of("method", PaymentMethod),
    one_of("purpose", PaymentPurpose),
    one_of("status", PaymentStatus),
    CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
    CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunded_within_amount"),
    CheckConstraint("(status = 'PENDING') = (ended_at IS NULL)", name="ended_whole"),
    CheckConstraint("status <> 'REFUNDED' OR refunded_minor = amount_minor", name="refunded_whole"),
    Index("ix_payments_enrollment_id", "enrollment_id"),
    Index("ix_payments_payer_id_created_at_id", "payer_id", "created_at", "id"),
    Index("ix_payments_center_id_created_at_id", "center_id", "created_at", "id"),
    Index("ix_payments_center_id_method_status_created_at_id", "center_id", "method", "status", "created_at", "id"),
    Index("ix_payments_student_package_id", "student_package_id"),
)
_IS_OPEN_FOR_A_SEAT = payments.c.status.in_([PaymentStatus.PENDING, PaymentStatus.COMPLETED]) & (
    payments.c.method != PaymentMethod.GATEWAY
)
Index(
    "uq_payments_one_for_a_seat",  # what comes through a gateway goes to the wallet, which then pays
    payments.c.enrollment_id,
    unique=True,
    sqlite_where=_IS_OPEN_FOR_A_SEAT,
    postgresql_where=_IS_OPEN_FOR_A_SEAT,
)
_IS_HELD = enrollments.c.status == EnrollmentStatus.HELD
Index("ix_enrollments_held", enrollments.c.held_until, sqlite_where=_IS_HELD, postgresql_where=_IS_HELD)
