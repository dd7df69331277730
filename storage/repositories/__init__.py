"""Load what decisions need: one query each, flat rows turned into the domain's own types."""
