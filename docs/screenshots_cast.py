"""Who of the example center is photographed in which language."""  # noqa: INP001 -- a script beside the documents, not a package

from dataclasses import dataclass

from bot.example.cast import BALLET, YOGA, ExampleClass


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's phone (a slug of the cast) with what somebody else of it owns, under a name of the language."""

    slug: str
    owns_as: str
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one language. The student has credits for ballet and money, the newcomer has neither."""

    language: str
    stranger: str
    student: Role
    newcomer: Role
    staff: Role
    admin: Role
    chat_class: ExampleClass


CASTS = (
    Cast(
        "en",
        stranger="jack",
        student=Role("mona", "mona", "Mona Adel"),
        newcomer=Role("nour", "nour", "Nour Hassan"),
        staff=Role("hana", "hana", "Hana Zaki"),
        admin=Role("tarek", "tarek", "Tarek Mansour"),
        chat_class=BALLET,
    ),
    Cast(
        "ar",
        stranger="yasmin",
        student=Role("omar", "mona", "عمر خالد"),
        newcomer=Role("laila", "nour", "ليلى سمير"),
        staff=Role("hana", "hana", "هناء زكي"),
        admin=Role("tarek", "tarek", "طارق منصور"),
        chat_class=YOGA,
    ),
)
