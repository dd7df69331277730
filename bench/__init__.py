"""Measurements, each beside its floor in the same run: ``make bench``, or ``python -m bench --only NAME``."""
