"""For every kind of guarded write: one that finds its row, and those that must find none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from domain.enrollments.model import Enrollment, EnrollmentStatus, MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.finance.model import PaymentStatus
from domain.ids import AccountId, EnrollmentId, HoldId, PaymentId, SessionId, StudentPackageId, WalletId, new_id
from domain.notifications.model import MutableNotification
from domain.permissions import Role
from domain.sessions.model import SessionStatus
from domain.writes import catalogue, money, people, seats
from domain.writes.base import Write
from storage.database import fetch_one
from storage.repositories.enrollments import CANCELLATION_FACTS
from tests.builders.drawer import drawer_minor
from tests.cast import Cast
from tests.factories import Person, Scheduled, sql_id
from tests.storage.broadcast_cases import broadcast_cases
from tests.storage.cash_guard_cases import add_waiting, cash_cases, merging_cases
from tests.storage.door_cases import door_guard_cases
from tests.storage.errand_cases import errand_cases
from tests.storage.gateway_guard_cases import gateway_cases
from tests.storage.messages_guard_cases import messages_cases
from tests.storage.owner_guard_cases import owner_guard_cases
from tests.storage.reservation_guard_cases import reservation_cases
from tests.storage.session_guard_cases import Cases, session_guard_cases, timetable_guard_cases
from tests.storage.waitlist_guard_cases import waitlist_cases

NOBODY = UUID(int=7)
KIND, OTHER_KIND = MutableNotification.REMINDER_DAY_BEFORE, MutableNotification.REMINDER_HOURS_BEFORE


@dataclass(frozen=True, slots=True)
class Scene:
    """The cast, with a locked seat of the member's, and objects in the states that guards ask about."""

    cast: Cast
    locked: Enrollment
    locked_facts: CancellationFacts
    attended: Enrollment
    released_hold_id: HoldId
    full: Scheduled
    conducting: Scheduled
    started: Scheduled
    empty: Scheduled
    used_package_id: StudentPackageId
    refunded_package_id: StudentPackageId
    exhausted_package_id: StudentPackageId
    spare_package_id: StudentPackageId
    session_cases: Cases
    timetable_cases: Cases
    role_id: UUID
    revoked_role_id: UUID
    erased: Person
    invite_id: UUID
    used_invite_id: UUID
    late_invite_id: UUID
    reservations: list[tuple[Write, dict[str, Write]]]
    waitlist: list[tuple[Write, dict[str, Write]]]
    messages: list[tuple[Write, dict[str, Write]]]
    door: list[tuple[Write, dict[str, Write]]]
    owner: list[tuple[Write, dict[str, Write]]]
    gateway: list[tuple[Write, dict[str, Write]]]
    recorded_minor: int  # in the drawer


async def set_scene(cast: Cast) -> Scene:
    """Bring everything about."""
    world, now = cast.world, cast.world.clock.now()
    locked = await world.book(cast.member, cast.session)
    attended = await world.book(cast.member, await world.add_session(cast.taught, starts_in=timedelta(days=2)))
    await world.database.execute(f"UPDATE enrollments SET attended_at = created_at WHERE id = '{sql_id(attended.id)}'")
    cancelled = await world.book(cast.member, await world.add_session(cast.taught, starts_in=timedelta(days=3)))
    cancelled_facts = await facts_of(cast, cancelled.id)
    await world.cancel(cast.member, cancelled.id)
    assert cancelled_facts.hold_id is not None
    full = await world.add_session(cast.taught, capacity=1)
    await world.book(cast.owner, full)
    refunded_package_id = await world.add_package(cast.poor, cast.taught, credits_total=2, price_minor=100)
    await world.database.execute(
        "UPDATE student_packages SET status = 'REFUNDED', refunded_at = purchased_at, credits_left = 0, "
        f"value_left_minor = 0 WHERE id = '{sql_id(refunded_package_id)}'"
    )
    yoga = await world.add_class("Hatha Yoga")
    exhausted_package_id = await world.add_package(cast.poor, yoga, credits_total=1, price_minor=100)
    await world.book(cast.poor, await world.add_session(yoga))
    spare_package_id = await world.add_package(cast.owner, yoga, credits_total=2, price_minor=100)
    erased = await world.add_guest("Gone")
    await world.database.execute(f"UPDATE people SET erased_at = created_at WHERE id = '{sql_id(erased.id)}'")
    roles = [
        people.AddRole(new_id(), world.center_id, cast.member.id, role, None, None, now)
        for role in (Role.ADMIN, Role.STAFF)
    ]
    roles[1] = replace(roles[1], branch_id=world.branch.id)
    await world.database.apply([*roles, people.MuteNotification(cast.member.id, KIND)])
    await world.database.apply([people.RevokeRole(roles[1].id, now)])
    invites = [
        people.AddInvite(new_id(), world.center_id, Role.ADMIN, None, str(number), None, now, now + timedelta(hours=number))
        for number in range(3)
    ]
    await world.database.apply(invites)
    await world.database.apply([people.RedeemInvite(invites[1].id, cast.member.id, now)])
    await world.database.apply([catalogue.BindCenter(cast.elsewhere.center_id, 99)])
    conducting = await world.add_session(cast.taught, status=SessionStatus.CONDUCTING)
    await add_waiting(cast)
    scene = Scene(
        cast=cast,
        locked=locked,
        locked_facts=await facts_of(cast, locked.id),
        attended=attended,
        released_hold_id=cancelled_facts.hold_id,
        full=full,
        conducting=conducting,
        started=await world.add_session(cast.taught, starts_in=timedelta(0)),
        empty=await world.add_session(cast.taught),
        used_package_id=cast.package_id,
        refunded_package_id=refunded_package_id,
        exhausted_package_id=exhausted_package_id,
        session_cases=await session_guard_cases(cast),
        timetable_cases=await timetable_guard_cases(cast),
        spare_package_id=spare_package_id,
        role_id=roles[0].id,
        revoked_role_id=roles[1].id,
        erased=erased,
        invite_id=invites[2].id,
        used_invite_id=invites[1].id,
        late_invite_id=invites[0].id,
        reservations=await reservation_cases(cast, booked_id=locked.id, conducting=conducting),
        waitlist=await waitlist_cases(cast, full=full),
        messages=[*await messages_cases(cast), *await broadcast_cases(cast), *await errand_cases(cast)],
        door=await door_guard_cases(cast),
        owner=await owner_guard_cases(cast, revoked_role_id=roles[1].id),
        gateway=await gateway_cases(cast, spare_id=spare_package_id, exhausted_id=exhausted_package_id),
        recorded_minor=0,
    )
    return replace(scene, recorded_minor=await drawer_minor(world))


async def facts_of(cast: Cast, enrollment_id: EnrollmentId) -> CancellationFacts:
    """Return the ids of the hold and the payment of a seat of the member's."""
    facts = await fetch_one(
        cast.world.database,
        CANCELLATION_FACTS,
        center_id=cast.world.center_id,
        student_id=cast.member.id,
        enrollment_id=enrollment_id,
    )
    assert facts is not None
    return facts


@dataclass(frozen=True, slots=True)
class Case:
    """A write that its guard lets through, and others that it must stop, by what is wrong with them."""

    passes: Write
    stopped: dict[str, Write]


def _wallet_cases(scene: Scene) -> list[Case]:
    wallet = WalletId(scene.cast.member.owner.wallet_id)  # EGP 300, of which two seats of EGP 80 are locked
    owners = WalletId(scene.cast.owner.owner.wallet_id)  # EGP 200
    nowhere = WalletId(NOBODY)
    return [
        Case(money.HoldMoney(wallet, 14_000), {"too much": money.HoldMoney(wallet, 14_001)}),
        Case(money.UnlockMoney(wallet, 16_000), {"more than locked": money.UnlockMoney(wallet, 16_001)}),
        Case(
            money.WaiveMoney(owners, 20_000),
            {"not all of it": money.WaiveMoney(owners, 19_999), "partly locked": money.WaiveMoney(wallet, 30_000)},
        ),
        Case(money.CreditWallet(wallet, 1), {"no such wallet": money.CreditWallet(nowhere, 1)}),
        Case(money.DebitWallet(wallet, 14_000), {"what is locked": money.DebitWallet(wallet, 14_001)}),
        Case(
            money.PutCashIn(scene.cast.world.branch.cashbox_id, 1),
            {"no such cashbox": money.PutCashIn(AccountId(NOBODY), 1)},
        ),
    ]


def _package_cases(scene: Scene) -> list[Case]:
    used = money.UseCredit(scene.used_package_id, 6, 42_000, 7_000)
    returned = money.ReturnCredit(scene.used_package_id, 7_000)
    waived = money.WaiveCredits(scene.spare_package_id, 2, 100)
    return [
        Case(
            used,
            {
                "another took one": replace(used, was_credits_left=7),
                "another worth": replace(used, was_value_left_minor=42_001),
                "refunded": money.UseCredit(scene.refunded_package_id, 0, 0, 0),
                "exhausted": money.UseCredit(scene.exhausted_package_id, 0, 0, 0),
                "no such package": replace(used, student_package_id=StudentPackageId(NOBODY)),
            },
        ),
        Case(
            returned,
            {
                "refunded": replace(returned, student_package_id=scene.refunded_package_id),
                "more than it took": replace(returned, value_minor=14_001),
            },
        ),
        Case(
            waived,
            {
                "another took one": replace(waived, was_credits_left=1),
                "another worth": replace(waived, was_value_left_minor=99),
                "refunded": money.WaiveCredits(scene.refunded_package_id, 0, 0),
            },
        ),
        Case(
            money.RequireRefundedPackage(scene.refunded_package_id),
            {"active": money.RequireRefundedPackage(scene.used_package_id)},
        ),
    ]


def _payment_cases(scene: Scene) -> list[Case]:
    facts, now = scene.locked_facts, scene.cast.world.clock.now()
    assert facts.hold_id is not None
    assert facts.payment_id is not None
    ended = money.EndPayment(facts.payment_id, PaymentStatus.PENDING, PaymentStatus.CANCELLED, 0, now)
    return [
        Case(money.ReleaseHold(facts.hold_id, now), {"resolved": money.ReleaseHold(scene.released_hold_id, now)}),
        Case(
            ended,
            {
                "in another status": replace(ended, was=PaymentStatus.COMPLETED),
                "no such payment": replace(ended, payment_id=PaymentId(NOBODY)),
            },
        ),
    ]


def _seat_cases(scene: Scene) -> list[Case]:
    now, member = scene.cast.world.clock.now(), scene.cast.member
    cancelled = seats.CancelSeat(scene.locked.id, EnrollmentStatus.LOCKED, now, member.id, MadeGood.UNLOCKED, 0)
    session = scene.cast.session
    taken = seats.TakeSeat(session.id, session.starts_at, now)
    return [
        Case(
            cancelled,
            {
                "in another status": replace(cancelled, was=EnrollmentStatus.PAID),
                "attended": replace(cancelled, enrollment_id=scene.attended.id),
            },
        ),
        Case(
            taken,
            {
                "full": seats.TakeSeat(scene.full.id, scene.full.starts_at, now),
                "moved": replace(taken, expected_starts_at=session.starts_at + timedelta(hours=1)),
                "begun by the clock": seats.TakeSeat(scene.started.id, scene.started.starts_at, now),
                "begun by staff": seats.TakeSeat(scene.conducting.id, scene.conducting.starts_at, now),
                "no such session": replace(taken, session_id=SessionId(NOBODY)),
            },
        ),
        Case(seats.GiveSeatBack(session.id), {"nobody in it": seats.GiveSeatBack(scene.empty.id)}),
    ]


def _people_cases(scene: Scene) -> list[Case]:
    world, elsewhere, member = scene.cast.world, scene.cast.elsewhere.center_id, scene.cast.member.id
    center, now, guest = world.center_id, world.clock.now(), scene.cast.unjoined.id
    redeemed = people.RedeemInvite(scene.invite_id, member, now)
    secret = people.SetCalendarSecret(center, member, None, "new")
    moved = people.MoveDialog(member, 1, "asking", {"at": 1}, 5, now)
    return [
        Case(people.RenamePerson(center, member, "A"), {"elsewhere": people.RenamePerson(elsewhere, member, "A")}),
        Case(people.SetLanguage(center, member, "ar"), {"elsewhere": people.SetLanguage(elsewhere, member, "ar")}),
        Case(
            people.SetVerifiedPhone(center, member, "+201001234567", now),
            {"elsewhere": people.SetVerifiedPhone(elsewhere, member, "+201001234567", now)},
        ),
        Case(
            people.FinishJoining(center, guest, now, Role.STUDENT),
            {"joined before": people.FinishJoining(center, member, now, Role.STUDENT)},
        ),
        Case(
            people.SetActingRole(center, member, Role.ADMIN),
            {"elsewhere": people.SetActingRole(elsewhere, member, Role.ADMIN)},
        ),
        Case(people.SetUnreachable(center, member, now), {"elsewhere": people.SetUnreachable(elsewhere, member, now)}),
        Case(
            secret,
            {"elsewhere": replace(secret, center_id=elsewhere), "renewed by another": replace(secret, was="older")},
        ),
        Case(people.RevokeRole(scene.role_id, now), {"revoked": people.RevokeRole(scene.revoked_role_id, now)}),
        Case(
            people.UnmuteNotification(member, KIND),
            {"not muted": people.UnmuteNotification(member, OTHER_KIND)},
        ),
        Case(
            people.ErasePerson(center, scene.cast.poor.id, "-", now),
            {
                "elsewhere": people.ErasePerson(elsewhere, scene.cast.poor.id, "-", now),
                "erased before": people.ErasePerson(center, scene.erased.id, "-", now),
            },
        ),
        Case(
            redeemed,
            {
                "used": replace(redeemed, invite_id=scene.used_invite_id),
                "expired": replace(redeemed, invite_id=scene.late_invite_id),
            },
        ),
        Case(moved, {"moved by another": replace(moved, was_version=2)}),
        Case(  # after that: they are asked something
            people.PlaceQuestion(member, 7), {"asked nothing": people.PlaceQuestion(scene.cast.owner.id, 7)}
        ),
        Case(catalogue.BindCenter(center, 1), {"served by another": catalogue.BindCenter(elsewhere, 2)}),
    ]


CASES: dict[str, Callable[[Scene], list[Case]]] = {
    "wallets": _wallet_cases,
    "packages": _package_cases,
    "payments": _payment_cases,
    "seats": _seat_cases,
    "people": _people_cases,
    "reservations": lambda scene: [Case(*each) for each in scene.reservations],
    "waitlist": lambda scene: [Case(*each) for each in scene.waitlist],
    "gateway": lambda scene: [Case(*each) for each in scene.gateway],
    "messages": lambda scene: [Case(*each) for each in scene.messages],
    "sessions": lambda scene: [Case(*case) for case in scene.session_cases],
    "timetable": lambda scene: [Case(*case) for case in scene.timetable_cases],
    "door": lambda scene: [Case(*each) for each in scene.door],
    "owner": lambda scene: [Case(*each) for each in scene.owner],
    "cash": lambda scene: [Case(*each) for each in cash_cases(scene)],
    "merging": lambda scene: [Case(*each) for each in merging_cases(scene)],
}
