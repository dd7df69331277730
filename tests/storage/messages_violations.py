"""For each CHECK on messages and on what a center has chosen for them: a statement that breaks it."""

_MESSAGE = (
    "INSERT INTO notifications (id, center_id, person_id, kind, subject_id, occurrence, data, priority, created_at, "
    "send_after, status, attempts) SELECT id, center_id, id, 'X', id, '', '{{}}', {priority}, created_at, created_at, "
    "'{status}', {attempts} FROM people"
)
MESSAGES_VIOLATIONS = {
    "ck_notifications_status_known": _MESSAGE.format(priority=1, status="NONSENSE", attempts=0),
    "ck_notifications_priority_known": _MESSAGE.format(priority=4, status="SENT", attempts=0),
    "ck_notifications_attempts_not_negative": _MESSAGE.format(priority=1, status="SENT", attempts=-1),
    "ck_centers_quiet_hours_of_a_day": "UPDATE centers SET quiet_from_minutes = 1440",
    "ck_centers_digest_within_a_day": "UPDATE centers SET digest_at_minutes = -1",
    "ck_centers_reminders_not_negative": "UPDATE centers SET late_reminder_minutes = -1",
    "ck_centers_offer_positive": "UPDATE centers SET offer_minutes = 0",
}
