"""For every kind of guarded write on waitlists: one that finds its row, and those that must find none."""

from dataclasses import replace

from domain.ids import StandingBookingId, TimetableRuleId, WaitlistEntryId, new_id
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import Write
from domain.writes.waitlist import EndPlace, EndStandingBooking, MoveStandingToRule, OfferPlace, RequireStandingBooking
from tests.builders.reservations import hold_a_seat
from tests.builders.standing import add_rule, add_rule_session, ask_for_all, rule_of, stop
from tests.builders.waitlist import Line
from tests.cast import Cast
from tests.factories import Scheduled

Cases = list[tuple[Write, dict[str, Write]]]


async def waitlist_cases(cast: Cast, *, full: Scheduled) -> Cases:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    return [*await _place_cases(cast, full=full), *await _standing_cases(cast)]


async def _place_cases(cast: Cast, *, full: Scheduled) -> Cases:
    world, now, line = cast.world, cast.world.clock.now(), Line(cast.world, full)
    waiting, ended = await line.join(cast.member), await line.join(cast.poor)
    await line.leave(cast.poor, ended)
    held = await hold_a_seat(world, await world.add_student("Held by offer"), cast.session)
    offered = OfferPlace(waiting, held.enrollment_id, now, held.held_until)
    left = EndPlace(waiting, WaitlistStatus.OFFERED, WaitlistStatus.LEFT, now)
    return [
        (
            offered,
            {
                "ended": replace(offered, entry_id=ended),
                "no such place": replace(offered, entry_id=WaitlistEntryId(new_id())),
            },
        ),
        (
            left,
            {
                "in another status": replace(left, was=WaitlistStatus.PASSED),
                "ended": replace(left, entry_id=ended, was=WaitlistStatus.LEFT),
            },
        ),
    ]


async def _standing_cases(cast: Cast) -> Cases:
    world, now = cast.world, cast.world.clock.now()
    session = await add_rule_session(world, cast.taught)
    on, stopped = await ask_for_all(world, cast.poor, session), await ask_for_all(world, cast.owner, session)
    await stop(world, cast.owner, stopped)
    nothing = StandingBookingId(new_id())
    was, other = await rule_of(world, session), await add_rule(world, cast.taught)
    moved = MoveStandingToRule(on, was, TimetableRuleId(other))
    return [
        (RequireStandingBooking(on), {"stopped": RequireStandingBooking(stopped), "none": RequireStandingBooking(nothing)}),
        (
            moved,
            {
                "stopped": replace(moved, standing_booking_id=stopped),
                "of another rule": replace(moved, was_rule_id=TimetableRuleId(other)),
            },
        ),
        (EndStandingBooking(on, now), {"stopped": EndStandingBooking(stopped, now)}),
    ]
