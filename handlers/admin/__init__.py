"""What those who run the center see: set-up, settings, catalogue, people, audit log."""
