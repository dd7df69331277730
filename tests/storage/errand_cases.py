"""For every write on errands: one that finds its row, and those that must find none; and broken CHECKs."""

from dataclasses import replace

from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.model import DecisionOutcome
from domain.ids import new_id
from domain.permissions import Role
from domain.writes.base import Write
from domain.writes.errands import AddErrand, AdvanceErrand
from tests.cast import Cast

_ERRAND = (
    "INSERT INTO errands (id, center_id, kind, subject_id, outcome, until, person_id, role, total, created_at) "
    "SELECT id, center_id, '{kind}', id, {outcome}, {until}, id, '{role}', {total}, created_at FROM people"
)
_SOUND = {"kind": "MARK_EVERYONE", "outcome": "NULL", "until": "NULL", "role": "STAFF", "total": 40}


def _broken(**changes: object) -> str:
    return _ERRAND.format(**{**_SOUND, **changes})


ERRAND_VIOLATIONS = {
    "ck_errands_kind_known": _broken(kind="NONSENSE"),
    "ck_errands_role_known": _broken(role="NONSENSE"),
    "ck_errands_outcome_known": _broken(kind="DECIDE_ALL", outcome="'NONSENSE'", until="created_at"),
    "ck_errands_total_positive": _broken(total=0),
    "ck_errands_decides_whole": _broken(kind="DECIDE_ALL"),
}


def errand(cast: Cast) -> AddErrand:
    """Return an order to decide all cases."""
    now = cast.world.clock.now()
    return AddErrand(
        id=new_id(),
        center_id=cast.world.center_id,
        kind=ErrandKind.DECIDE_ALL,
        subject_id=new_id(),
        outcome=DecisionOutcome.RELEASED,
        until=now,
        person_id=cast.admin.id,
        role=Role.ADMIN,
        message_id=7,
        total=40,
        created_at=now,
    )


def errand_inserts(cast: Cast) -> tuple[list[Write], dict[str, Write]]:
    """Return an order, the same once more, and another one of the same while it is under way."""
    order = errand(cast)
    again = replace(order, subject_id=new_id())
    return [order], {"id": again, "center_id, kind, subject_id": replace(order, id=new_id())}


async def errand_cases(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    going, ended, now = errand(cast), errand(cast), cast.world.clock.now()
    await cast.world.database.apply([going, ended, AdvanceErrand(ended.id, None, None, now)])
    further = AdvanceErrand(going.id, None, new_id(), None)
    return [
        (
            further,
            {
                "somebody was there before": replace(further, was_after_id=new_id()),
                "ended": replace(further, errand_id=ended.id),
            },
        )
    ]
