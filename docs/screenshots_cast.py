"""Who of the example center is photographed in which language."""  # noqa: INP001 -- a script beside the documents, not a package

from dataclasses import dataclass

from bot.example.cast import BALLET, PEOPLE, YOGA, ExampleClass

TELEGRAM_IDS = {person.slug: person.telegram_id for person in PEOPLE}
"""The Telegram ids of the example center's people, by slug."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's phone, under a name of the language, with what a person of the example center (``owns_as``) owns.

    Whose slug is of nobody there is given a phone of their own, with the ``own_telegram_id``.
    """

    slug: str
    owns_as: str
    name: str
    own_telegram_id: int | None = None

    @property
    def telegram_id(self) -> int:
        """The Telegram id of the phone."""
        return TELEGRAM_IDS[self.slug] if self.own_telegram_id is None else self.own_telegram_id


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one language. The student has credits for ballet and money, the newcomer has neither.

    The owner has installed a bot of their own and is the first to write to it.
    """

    language: str
    stranger: str
    student: Role
    newcomer: Role
    staff: Role
    admin: Role
    owner: Role
    chat_class: ExampleClass


CASTS = (
    Cast(
        "en",
        stranger="jack",
        student=Role("mona", "mona", "Mona Adel"),
        newcomer=Role("nour", "nour", "Nour Hassan"),
        staff=Role("hana", "hana", "Hana Zaki"),
        admin=Role("tarek", "tarek", "Tarek Mansour"),
        owner=Role("owner", "owner", "Tarek Mansour", own_telegram_id=71_000_109),
        chat_class=BALLET,
    ),
    Cast(
        "ar",
        stranger="yasmin",
        student=Role("omar", "mona", "عمر خالد"),
        newcomer=Role("laila", "nour", "ليلى سمير"),
        staff=Role("hanaa", "hana", "هناء زكي", own_telegram_id=71_000_107),
        admin=Role("tariq", "tarek", "طارق منصور", own_telegram_id=71_000_108),
        owner=Role("owner", "owner", "طارق منصور", own_telegram_id=71_000_109),
        chat_class=YOGA,
    ),
)
