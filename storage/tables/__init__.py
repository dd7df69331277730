"""The declared schema. The migrations bring a database to it; a test compares the two on both databases."""

from storage.tables import (
    catalogue,
    door,
    errands,
    gateway,
    messages,
    money,
    operations,
    organization,
    reports,
    triggers,
    waitlist,
)
from storage.tables.types import metadata

__all__ = [
    "catalogue",
    "door",
    "errands",
    "gateway",
    "messages",
    "metadata",
    "money",
    "operations",
    "organization",
    "reports",
    "triggers",
    "waitlist",
]
