"""Moving in: people, credits and wallet balances that a studio brings from elsewhere.

Whoever has joined with the same phone, verified by Telegram, gets what is theirs; everybody else becomes a guest with a
phone. Nobody is given an opening balance twice. What the studio owes them arrives as journal entries against *opening
balances*: money in wallets, and the worth of credits as deferred revenue. The whole file is taken, or nothing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause
from domain.folding import fold
from domain.ids import AccountId, CenterId, ClassId, PersonId, StudentPackageId, WalletId, new_id
from domain.packages.model import StudentPackageStatus
from domain.people.joining import new_wallet
from domain.permissions import Actor, Operation, system_actor
from domain.writes.base import Write
from domain.writes.catalogue import AddClassPackage, AddStudentPackage, AddWallet
from domain.writes.money import CreditWallet
from domain.writes.people import AddGuest
from domain.writes.record import audit_row

PACKAGE_NAME = "Opening balance"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One checked line: a person, and what they bring. Amounts in minor units; phones in E.164."""

    number: int
    name: str
    phone: str
    language: str | None = None
    wallet_minor: int = 0
    class_title: str | None = None
    credits: int = 0
    credits_value_minor: int = 0


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who has a phone of the file already. ``wallet_id`` is None for who has none to put money into."""

    phone: str
    person_id: PersonId
    wallet_id: WalletId | None
    is_verified: bool
    has_opening_balance: bool

    @property
    def may_receive(self) -> bool:
        """Whether the person has joined with this phone, and been brought nothing yet."""
        return self.is_verified and self.wallet_id is not None and not self.has_opening_balance


@dataclass(frozen=True, slots=True)
class KnownCenter:
    """What the import must fit to: class ids by folded title, and people by the phones that are taken already."""

    center_id: CenterId
    classes: Mapping[str, ClassId]
    people: Mapping[str, KnownPerson]
    opening_account_id: AccountId
    deferred_account_id: AccountId


@dataclass(slots=True)
class ImportPlan:
    """What an import would do: who is added, who is there already, what they bring, and what is wrong with the file."""

    writes: list[Write] = field(default_factory=list)
    added: int = 0
    found: int = 0  # have joined with this phone before
    already_there: list[ImportLine] = field(default_factory=list)
    credits: int = 0
    wallet_minor: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Imported:
    name: str
    person_id: PersonId
    wallet_id: WalletId


def plan_import(lines: Sequence[ImportLine], known: KnownCenter, *, now: datetime) -> ImportPlan:
    """Decide what a file's lines come to. Several lines of one phone are one person with credits of several classes."""
    plan = ImportPlan()
    people: dict[str, _Imported] = {}
    packages: dict[ClassId, UUID] = {}
    for line in lines:
        joined = known.people.get(line.phone)
        if joined is not None and not joined.may_receive:
            plan.already_there.append(line)
            continue
        if line.phone in people and people[line.phone].name != line.name:
            plan.problems.append((line.number, f"phone {line.phone} belongs to {people[line.phone].name} on another line"))
            continue
        if line.phone not in people:
            people[line.phone] = (
                _add_person(plan, line, known, now=now)
                if joined is None
                else _find_person(plan, line, joined, known, now=now)
            )
        _add_money(plan, line, people[line.phone], known, now=now)
        if line.credits:
            _add_credits(plan, line, people[line.phone], known, packages, now=now)
    return plan


def folded_title(title: str) -> str:
    """Return a class title as it is compared: case, spaces and variants of Arabic letters make no difference."""
    return fold(title)


def _server(known: KnownCenter) -> Actor:
    return system_actor(known.center_id)


def _add_person(plan: ImportPlan, line: ImportLine, known: KnownCenter, *, now: datetime) -> _Imported:
    person_id = PersonId(new_id())
    wallet = new_wallet(known.center_id, person_id, now=now)
    wallet_id = next(write.id for write in wallet if isinstance(write, AddWallet))
    plan.added += 1
    plan.writes += [
        AddGuest(person_id, known.center_id, line.name, line.phone, line.language, now),
        *wallet,
        _audited(line, person_id, known, now=now),
    ]
    return _Imported(line.name, person_id, wallet_id)


def _find_person(
    plan: ImportPlan, line: ImportLine, joined: KnownPerson, known: KnownCenter, *, now: datetime
) -> _Imported:
    plan.found += 1
    plan.writes.append(_audited(line, joined.person_id, known, now=now))
    return _Imported(line.name, joined.person_id, joined.wallet_id or WalletId(joined.person_id))


def _audited(line: ImportLine, person_id: PersonId, known: KnownCenter, *, now: datetime) -> Write:
    return audit_row(
        Operation.MANAGE_PEOPLE,
        actor=_server(known),
        now=now,
        object_type="person",
        object_id=person_id,
        after={"imported": True, "line": line.number},
    )


def _add_money(plan: ImportPlan, line: ImportLine, person: _Imported, known: KnownCenter, *, now: datetime) -> None:
    if line.wallet_minor:
        plan.wallet_minor += line.wallet_minor
        plan.writes += [
            CreditWallet(person.wallet_id, line.wallet_minor),
            *_opening(wallet_account(person.wallet_id), line.wallet_minor, person.person_id, known, now=now),
        ]


def _add_credits(
    plan: ImportPlan,
    line: ImportLine,
    person: _Imported,
    known: KnownCenter,
    packages: dict[ClassId, UUID],
    *,
    now: datetime,
) -> None:
    class_id = known.classes.get(folded_title(line.class_title or ""))
    if class_id is None:
        there = ", ".join(sorted(known.classes)) or "none yet"
        plan.problems.append((line.number, f"there is no class {line.class_title!r}; there is: {there}"))
        return
    if class_id not in packages:
        packages[class_id] = new_id()
        plan.writes.append(
            AddClassPackage(
                packages[class_id], known.center_id, class_id, PACKAGE_NAME, 1, 0, is_active=False, created_at=now
            )
        )
    plan.credits += line.credits
    student_package_id = StudentPackageId(new_id())
    plan.writes.append(
        AddStudentPackage(
            id=student_package_id,
            center_id=known.center_id,
            student_id=person.person_id,
            class_package_id=packages[class_id],
            class_id=class_id,
            credits_total=line.credits,
            credits_left=line.credits,
            price_minor=line.credits_value_minor,
            value_left_minor=line.credits_value_minor,
            status=StudentPackageStatus.ACTIVE,
            purchased_at=now,
        )
    )
    if line.credits_value_minor:
        plan.writes += _opening(known.deferred_account_id, line.credits_value_minor, student_package_id, known, now=now)


def _opening(
    account_id: AccountId, amount_minor: int, subject_id: UUID, known: KnownCenter, *, now: datetime
) -> list[Write]:
    return entry(
        Movement(debit=known.opening_account_id, credit=account_id, amount_minor=amount_minor),
        cause=EntryCause.OPENING_BALANCE,
        subject_id=subject_id,
        center_id=known.center_id,
        actor_id=None,
        now=now,
    )
