"""The example center's contents as data: branches, classes, timetable, packages, and the people one can be in the demo."""

from dataclasses import dataclass
from datetime import time

from domain.organization.opening import OpeningSettings
from domain.permissions import Role
from domain.sessions.model import AbsenteePolicy

CENTER = OpeningSettings(name="Nile Studio", currency="EGP", timezone="Africa/Cairo", default_language="en")

OWNER = "tarek"

BRANCHES = {"Maadi": "12 Road 9, Maadi, Cairo", "Zamalek": "5 Brazil St, Zamalek, Cairo"}


@dataclass(frozen=True, slots=True)
class ExampleClass:
    """A class, when and where it takes place each week, and the package sold for it. Amounts in piastres."""

    title: str
    subject: str
    level: str
    teacher: str
    price_minor: int
    capacity: int
    duration_minutes: int
    policy: AbsenteePolicy
    window_minutes: int
    fee_percent: int
    weekly: tuple[tuple[str, str, time], ...]  # branch, RFC 5545 days, local time
    package: tuple[str, int, int]  # name, sessions, price


BALLET = ExampleClass(
    title="Ballet I",
    subject="Dance",
    level="Beginners",
    teacher="Salma Nabil",
    price_minor=8_000,
    capacity=12,
    duration_minutes=60,
    policy=AbsenteePolicy.STRICT,
    window_minutes=120,
    fee_percent=0,
    weekly=(("Maadi", "SU,TU", time(18)), ("Zamalek", "TH", time(17, 30))),
    package=("Ballet 8", 8, 56_000),
)
YOGA = ExampleClass(
    title="Hatha Yoga",
    subject="Yoga",
    level="All levels",
    teacher="Karim Aziz",
    price_minor=12_000,
    capacity=8,
    duration_minutes=75,
    policy=AbsenteePolicy.FLEXIBLE,
    window_minutes=120,
    fee_percent=50,
    weekly=(("Zamalek", "MO,WE", time(19)), ("Maadi", "SA", time(10))),
    package=("Yoga 10", 10, 100_000),
)
KARATE = ExampleClass(
    title="Karate Kids",
    subject="Martial arts",
    level="White belt",
    teacher="Hossam Fathy",
    price_minor=6_000,
    capacity=10,
    duration_minutes=60,
    policy=AbsenteePolicy.MANUAL,
    window_minutes=180,
    fee_percent=0,
    weekly=(("Maadi", "MO,TH", time(16)),),
    package=("Karate 12", 12, 60_000),
)
MATHS = ExampleClass(
    title="رياضيات ثالثة ثانوي",
    subject="Mathematics",
    level="Grade 12",
    teacher="أ. منى الشريف",
    price_minor=15_000,
    capacity=6,
    duration_minutes=90,
    policy=AbsenteePolicy.FLEXIBLE,
    window_minutes=240,
    fee_percent=0,
    weekly=(("Zamalek", "SA,TU", time(15)),),
    package=("رياضيات 4", 4, 54_000),
)
CLASSES = (BALLET, YOGA, KARATE, MATHS)


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """Somebody one can be in the demo. ``packages`` are bought on top of the wallet's balance."""

    telegram_id: int
    slug: str
    first_name: str
    last_name: str
    language: str
    phone: str
    note: str
    group: str
    role: Role | None = None  # None: has never written to the bot
    branch: str | None = None
    wallet_minor: int = 0
    packages: tuple[ExampleClass, ...] = ()


PEOPLE = (
    ExamplePerson(
        telegram_id=71_000_001,
        slug="mona",
        first_name="Mona",
        last_name="Adel",
        language="en",
        phone="+201001234561",
        note="Ballet credits and EGP 700",
        group="Students",
        role=Role.STUDENT,
        wallet_minor=70_000,
        packages=(BALLET,),
    ),
    ExamplePerson(
        telegram_id=71_000_002,
        slug="omar",
        first_name="عمر",
        last_name="خالد",
        language="ar",
        phone="+201001234562",
        note="EGP 300, no credits · Arabic",
        group="Students",
        role=Role.STUDENT,
        wallet_minor=30_000,
    ),
    ExamplePerson(
        telegram_id=71_000_003,
        slug="nour",
        first_name="Nour",
        last_name="Hassan",
        language="en",
        phone="+201001234563",
        note="No credits, no money",
        group="Students",
        role=Role.STUDENT,
    ),
    ExamplePerson(
        telegram_id=71_000_004,
        slug="laila",
        first_name="ليلى",
        last_name="سمير",
        language="ar",
        phone="+201001234564",
        note="Maths credits · Arabic",
        group="Students",
        role=Role.STUDENT,
        packages=(MATHS,),
    ),
    ExamplePerson(
        telegram_id=71_000_005,
        slug="jack",
        first_name="Jack",
        last_name="Reed",
        language="en",
        phone="+201001234565",
        note="Never wrote to the bot",
        group="Strangers",
    ),
    ExamplePerson(
        telegram_id=71_000_006,
        slug="yasmin",
        first_name="ياسمين",
        last_name="فؤاد",
        language="ar",
        phone="+201001234566",
        note="Never wrote to the bot · Arabic",
        group="Strangers",
    ),
    ExamplePerson(
        telegram_id=71_000_007,
        slug="hana",
        first_name="Hana",
        last_name="Zaki",
        language="en",
        phone="+201001234567",
        note="Receptionist at Maadi",
        group="Team",
        role=Role.STAFF,
        branch="Maadi",
    ),
    ExamplePerson(
        telegram_id=71_000_008,
        slug="tarek",
        first_name="Tarek",
        last_name="Mansour",
        language="en",
        phone="+201001234568",
        note="Owner",
        group="Team",
        role=Role.ADMIN,
    ),
)

# Regulars who fill the classes: they have no Telegram, so they are guests with money in their wallets.
REGULARS = (
    "Farida Sami", "Amr Lotfy", "Dina Kamal", "Sherif Gamal", "Rana Ezzat", "Tamer Fouad", "Heba Nagy", "Ziad Morsi",
    "Mariam Saad", "Adham Rashad", "Nadine Farag", "Seif Hamdy",
)  # fmt: skip
RECEPTIONIST = "Sara Adly"  # at Zamalek, before the demo begins
REGULARS_WALLET_MINOR = 60_000
