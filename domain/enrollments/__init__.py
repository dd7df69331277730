"""Enrollments: one student's seat in one session, from booking to cancelling."""
