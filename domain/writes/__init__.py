"""Guarded writes: small facts that a use case decided, made true in one transaction or not at all."""
