"""What students see: home, sessions, booking, their bookings, credits and wallet."""
