"""Guard cases of drawers, of walk-ins, and of what makes two people one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.ids import PersonId, SessionId, StandingBookingId, WaitlistEntryId, WalletId
from domain.writes import cash, merging
from tests.factories import sql_id

if TYPE_CHECKING:
    from domain.writes.base import Write
    from tests.cast import Cast
    from tests.storage.guard_cases import Scene

NOBODY, WAITING, ENDED, RULE, STANDING, STOPPED = (UUID(int=number) for number in (7, 71, 72, 73, 74, 75))

Cases = list[tuple["Write", dict[str, "Write"]]]


async def add_waiting(cast: Cast) -> None:
    """Let the member wait for a session and have a standing booking, and have ended one of each."""
    world, at = cast.world, cast.world.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    center, member, session = sql_id(world.center_id), sql_id(cast.member.id), sql_id(cast.session.id)
    places = "INSERT INTO waitlist_entries (id, center_id, session_id, student_id, status, joined_at, ended_at) VALUES"
    standing = (
        "INSERT INTO standing_bookings (id, center_id, student_id, rule_id, most_minor, created_at, stopped_at) VALUES"
    )
    rule = (
        "INSERT INTO timetable_rules (id, center_id, class_id, branch_id, recurrence, local_time, starts_on, created_at) "
        f"VALUES ('{sql_id(RULE)}', '{center}', '{sql_id(cast.taught.id)}', '{sql_id(world.branch.id)}', 'FREQ=WEEKLY', "
        f"'18:00:00', '2026-11-23', '{at}')"
    )
    for statement in (
        f"{places} ('{sql_id(WAITING)}', '{center}', '{session}', '{member}', 'WAITING', '{at}', NULL)",
        f"{places} ('{sql_id(ENDED)}', '{center}', '{session}', '{member}', 'LEFT', '{at}', '{at}')",
        rule,
        f"{standing} ('{sql_id(STANDING)}', '{center}', '{member}', '{sql_id(RULE)}', 1, '{at}', NULL)",
        f"{standing} ('{sql_id(STOPPED)}', '{center}', '{member}', '{sql_id(RULE)}', 1, '{at}', '{at}')",
    ):
        await world.database.execute(statement)


def cash_cases(scene: Scene) -> Cases:
    """Return the cases of drawers and walk-ins."""
    recorded = scene.recorded_minor
    drawer, session = scene.cast.world.branch.cashbox_id, scene.cast.session
    counted = cash.SetCountedCash(drawer, recorded, 100_000)
    taken = cash.TakeWalkInSeat(scene.conducting.id, scene.conducting.starts_at)
    return [
        (counted, {"another took some": replace(counted, was_minor=recorded - 1)}),
        (cash.TakeCashOut(drawer, 100_000), {"more than is there": cash.TakeCashOut(drawer, recorded + 1)}),
        (
            taken,
            {
                "full": cash.TakeWalkInSeat(scene.full.id, scene.full.starts_at),
                "moved": cash.TakeWalkInSeat(session.id, session.starts_at + timedelta(hours=1)),
                "no such session": replace(taken, session_id=SessionId(NOBODY)),
            },
        ),
    ]


def merging_cases(scene: Scene) -> Cases:
    """Return the cases of what makes two people one."""
    cast, now = scene.cast, scene.cast.world.clock.now()
    center, elsewhere, member, poor = cast.world.center_id, cast.elsewhere.center_id, cast.member.id, cast.poor.id
    wallet, nowhere = cast.member.owner.wallet_id, WalletId(NOBODY)
    emptied = merging.EmptyMergedWallet(wallet, 30_000, 16_000)
    moved = merging.MoveSeat(cast.booking.id, cast.owner.id, poor)
    second = merging.CancelSecondSeat(scene.locked.id, EnrollmentStatus.LOCKED, now, member, MadeGood.UNLOCKED, 0)
    merged = merging.MarkMerged(center, cast.blocked.id, cast.owner.id)
    required = merging.RequirePerson(center, member)
    return [
        (
            required,
            {"elsewhere": replace(required, center_id=elsewhere), "erased": replace(required, person_id=scene.erased.id)},
        ),
        (merging.RequireSeatCount(member, 3), {"another came": merging.RequireSeatCount(member, 2)}),
        (merging.RequireWalletCount(member, 1), {"another was opened": merging.RequireWalletCount(member, 0)}),
        (
            emptied,
            {"more came": replace(emptied, balance_minor=29_999), "more is locked": replace(emptied, locked_minor=0)},
        ),
        (merging.FillMergedWallet(wallet, 2, 1), {"no such wallet": merging.FillMergedWallet(nowhere, 2, 1)}),
        (
            merging.MovePackage(cast.package_id, cast.owner.id, poor),
            {"not theirs": merging.MovePackage(cast.package_id, member, poor)},
        ),
        (moved, {"not theirs": replace(moved, was_id=poor), "has a seat": replace(moved, becomes_id=member)}),
        (second, {"in another status": replace(second, was=EnrollmentStatus.PAID)}),
        *_record_cases(scene),
        (
            merged,
            {"elsewhere": replace(merged, center_id=elsewhere), "erased": replace(merged, person_id=scene.erased.id)},
        ),
        (
            merging.RepointMerged(cast.blocked.id, cast.owner.id, member),
            {"somebody else's": merging.RepointMerged(cast.blocked.id, poor, member)},
        ),
    ]


def _record_cases(scene: Scene) -> Cases:
    cast, facts, now = scene.cast, scene.locked_facts, scene.cast.world.clock.now()
    member, poor, wallet = cast.member.id, PersonId(cast.poor.id), cast.member.owner.wallet_id
    assert facts.hold_id is not None
    assert facts.payment_id is not None
    hold = merging.MoveHold(facts.hold_id, wallet, cast.poor.owner.wallet_id)
    payment = merging.MovePayment(facts.payment_id, member, poor)
    place, ended = WaitlistEntryId(WAITING), WaitlistEntryId(ENDED)
    standing, stopped = StandingBookingId(STANDING), StandingBookingId(STOPPED)
    return [
        (hold, {"not theirs": replace(hold, was_id=WalletId(NOBODY))}),
        (payment, {"not theirs": replace(payment, was_id=poor)}),
        (merging.MovePlace(place, member, poor), {"not theirs": merging.MovePlace(place, poor, member)}),
        (merging.LeavePlace(place, now), {"ended": merging.LeavePlace(ended, now)}),
        (
            merging.MoveStandingBooking(standing, member, poor),
            {"not theirs": merging.MoveStandingBooking(standing, poor, member)},
        ),
        (merging.EndStandingBooking(standing, now), {"stopped": merging.EndStandingBooking(stopped, now)}),
    ]
