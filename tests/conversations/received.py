"""Files that came in the chat, as they can be opened."""

from bot.sandbox.files import StoredFile
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


def received_files(studio: Studio) -> list[StoredFile]:
    """Return every file and picture that the bot has sent, the oldest first."""
    return list(studio.sandbox.world.files._by_id.values())


async def file_after(studio: Studio, person: Person, label: str) -> StoredFile:
    """Tap what sends a file, wait for it, and return it."""
    before = len(received_files(studio))
    await person.taps(label)
    await person.wait_until(lambda _view: len(received_files(studio)) > before, what="a file")
    return received_files(studio)[-1]
