"""What spoils waitlists, held seats and standing bookings, and what the audit must say about each."""

ID, OTHER_ID = "00000000000070008000000000000001", "00000000000070008000000000000002"

_COUNTED = "UPDATE sessions SET seats_taken = seats_taken + 1 WHERE id = '{session}'"


def _held(reserved_for: str, held_until: str) -> str:
    return (
        "INSERT INTO enrollments (id, center_id, session_id, student_id, status, price_minor, policy, "
        "no_show_fee_percent, free_cancel_until, credit_value_minor, reserved_for, held_until, created_at) "
        f"SELECT '{ID}', center_id, session_id, '{{guest}}', 'HELD', price_minor, policy, no_show_fee_percent, "
        f"free_cancel_until, 0, '{reserved_for}', {held_until}, created_at FROM enrollments WHERE id = '{{credit_seat}}'"
    )


def _place(id_: str) -> str:
    return (
        "INSERT INTO waitlist_entries (id, center_id, session_id, student_id, status, joined_at) "
        f"SELECT '{id_}', center_id, id, '{{guest}}', 'WAITING', created_at FROM sessions WHERE id = '{{session}}'"
    )


WAITLIST_CORRUPTIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "offer whose seat was let go",
        (
            (
                "INSERT INTO waitlist_entries "
                "(id, center_id, session_id, student_id, status, joined_at, enrollment_id, offer_expires_at) "
                f"SELECT '{ID}', center_id, session_id, student_id, 'OFFERED', created_at, id, created_at "
                "FROM enrollments WHERE id = '{cancelled_seat}'"
            ),
        ),
        "waitlist_offer_without_seat",
    ),
    ("seat held for no offer", (_held("OFFER", "created_at"), _COUNTED), "reservation_without_offer"),
    (
        "seat held for too long",
        (_held("PAYMENT", "'2099-01-01T00:00:00.000000Z'"), _COUNTED),
        "reservation_held_too_long held_without_payment",
    ),
    (
        "two places for one person",
        ("DROP INDEX uq_waitlist_entries_one_place", _place(ID), _place(OTHER_ID)),
        "waitlist_second_place",
    ),
    (
        "standing booking that booked nothing",
        (
            (
                "INSERT INTO timetable_rules "
                "(id, center_id, class_id, branch_id, recurrence, local_time, starts_on, created_at) "
                f"SELECT '{ID}', center_id, class_id, branch_id, 'FREQ=WEEKLY', local_time, local_date, created_at "
                "FROM sessions WHERE id = '{session}'"
            ),
            (
                "INSERT INTO standing_bookings (id, center_id, student_id, rule_id, most_minor, created_at) "
                f"SELECT '{ID}', center_id, '{{member}}', '{ID}', 0, created_at FROM sessions WHERE id = '{{session}}'"
            ),
            (
                "INSERT INTO standing_attempts (standing_booking_id, session_id, center_id, outcome, attempted_at) "
                f"SELECT '{ID}', id, center_id, 'BOOKED', created_at FROM sessions WHERE id = '{{session}}'"
            ),
        ),
        "standing_attempt_astray",
    ),
)
