"""The declared schema. The migrations bring a database to it; a test compares the two on both databases."""

from storage.tables import catalogue, money, operations, organization, triggers
from storage.tables.types import metadata

__all__ = ["catalogue", "metadata", "money", "operations", "organization", "triggers"]
