"""What each CHECK on waitlists and standing bookings refuses."""

WAITLIST_VIOLATIONS = {
    "ck_enrollments_held_for_something": "UPDATE enrollments SET reserved_for = NULL WHERE status = 'HELD'",
    "ck_enrollments_reserved_for_known": "UPDATE enrollments SET reserved_for = 'NONSENSE'",
    "ck_standing_bookings_most_not_negative": "UPDATE standing_bookings SET most_minor = -1",
    "ck_waitlist_entries_ended_whole": "UPDATE waitlist_entries SET ended_at = joined_at WHERE status = 'WAITING'",
    "ck_waitlist_entries_offered_whole": "UPDATE waitlist_entries SET status = 'OFFERED' WHERE enrollment_id IS NULL",
    "ck_waitlist_entries_status_known": "UPDATE waitlist_entries SET status = 'NONSENSE', ended_at = joined_at",
}
