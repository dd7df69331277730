"""All that is tapped in the center's administration."""

from handlers.admin import audit_log, catalogue, catalogue_lists, editing, forms, invites, people, set_up, settings
from handlers.tap import Taps, merged

TAPS: Taps = merged(
    audit_log.TAPS,
    catalogue.TAPS,
    catalogue_lists.TAPS,
    editing.TAPS,
    forms.TAPS,
    invites.TAPS,
    people.TAPS,
    set_up.TAPS,
    settings.TAPS,
)
