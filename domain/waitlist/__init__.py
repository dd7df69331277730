"""Full sessions: who waits for a seat, in order of arrival, and who has asked for every session of a timetable rule."""
