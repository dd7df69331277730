"""What a field is called, what is asked for it, what it means for people and money, and how its value reads."""

from babel import Locale
from babel.numbers import get_currency_name
from markupsafe import Markup

from domain.errors import InvalidInputError
from domain.organization.fields import RULES, Field, Kind, Value
from handlers.i18n import LANGUAGE_NAMES, LANGUAGES, Translator
from handlers.student.calendar_words import week

_MINUTES_AN_HOUR, _MINUTES_A_DAY = 60, 24 * 60


def label(tr: Translator, field: Field) -> str:  # noqa: C901, PLR0912 -- one line for each field
    """Return what a field is called on buttons and cards."""
    match field:
        case Field.CENTER_NAME | Field.BRANCH_NAME | Field.PACKAGE_NAME:
            return tr.plain("Name")
        case Field.CURRENCY:
            return tr.plain("Currency")
        case Field.TIMEZONE:
            return tr.plain("Time zone")
        case Field.LANGUAGE:
            return tr.plain("First language")
        case Field.CHECK_IN_OPENS:
            return tr.plain("Check-in opens")
        case Field.RESERVATION:
            return tr.plain("Pay link lasts")
        case Field.OFFER:
            return tr.plain("Waitlist offer lasts")
        case Field.HORIZON:
            return tr.plain("Timetable ahead")
        case Field.LARGEST_AMOUNT:
            return tr.plain("Largest amount")
        case Field.QUIET_FROM:
            return tr.plain("Quiet from")
        case Field.QUIET_UNTIL:
            return tr.plain("Quiet until")
        case Field.DIGEST_AT:
            return tr.plain("Daily digest")
        case Field.EARLY_REMINDER:
            return tr.plain("Early reminder")
        case Field.LATE_REMINDER:
            return tr.plain("Late reminder")
        case Field.ADDRESS:
            return tr.plain("Address")
        case Field.TITLE:
            return tr.plain("Title")
        case Field.SUBJECT:
            return tr.plain("Subject")
        case Field.LEVEL:
            return tr.plain("Level")
        case Field.TEACHER:
            return tr.plain("Teacher")
        case Field.PRICE | Field.PACKAGE_PRICE:
            return tr.plain("Price")
        case Field.CAPACITY:
            return tr.plain("Seats")
        case Field.DURATION:
            return tr.plain("Length")
        case Field.POLICY:
            return tr.plain("Who doesn't come")
        case Field.FEE:
            return tr.plain("No-show fee")
        case Field.WINDOW:
            return tr.plain("Free to cancel")
        case Field.PACKAGE_CLASS | Field.RULE_CLASS:
            return tr.plain("Class")
        case Field.SESSION_COUNT:
            return tr.plain("Classes in it")
        case Field.RULE_BRANCH:
            return tr.plain("Branch")
        case Field.WEEKDAYS:
            return tr.plain("Weekdays")
        case Field.RULE_TIME:
            return tr.plain("Time")


def question(tr: Translator, field: Field) -> Markup:  # noqa: C901, PLR0912 -- one line for each field
    """Return what is asked, with an example where it can be typed."""
    match field:
        case Field.CENTER_NAME:
            return tr.text("What is your center called? Type its name, for example: Nile Studio")
        case Field.CURRENCY:
            return tr.text("In which currency do you take money?")
        case Field.TIMEZONE:
            return tr.text("Where is your center? Choose, or type the name of a large city in English, for example: Cairo")
        case Field.LANGUAGE:
            return tr.text("Which language do we speak to people who haven't chosen one?")
        case Field.CHECK_IN_OPENS:
            return tr.text("How many minutes before a class can check-in open at the earliest? For example: 60")
        case Field.RESERVATION:
            return tr.text("For how many minutes does an open pay link keep a seat? For example: 15")
        case Field.OFFER:
            return tr.text("For how many minutes is a freed seat offered to the next one in line? For example: 15")
        case Field.HORIZON:
            return tr.text("For how many days ahead are classes put into the calendar? For example: 28")
        case Field.LARGEST_AMOUNT:
            return tr.text("Above which amount does nobody mean it? For example: 100,000")
        case Field.QUIET_FROM:
            return tr.text("From when in the evening are no reminders and offers sent? For example: 22:00")
        case Field.QUIET_UNTIL:
            return tr.text("Until when in the morning are no reminders and offers sent? For example: 8:00")
        case Field.DIGEST_AT:
            return tr.text("At what time do you get the day in one message? For example: 21:00")
        case Field.EARLY_REMINDER:
            return tr.text("How many minutes before a class comes the first reminder? For example: 1440 (a day)")
        case Field.LATE_REMINDER:
            return tr.text("How many minutes before a class comes the second reminder? For example: 120 (two hours)")
        case Field.BRANCH_NAME:
            return tr.text("What is the branch called? Type its name, for example: Maadi")
        case Field.ADDRESS:
            return tr.text("What is its address? Students see it. For example: 12 Road 9, Maadi")
        case Field.TITLE:
            return tr.text("What is the class called? For example: Ballet I")
        case Field.SUBJECT:
            return tr.text("What is it about? For example: Dance")
        case Field.LEVEL:
            return tr.text("For whom is it? For example: Beginners")
        case Field.TEACHER:
            return tr.text("Who teaches it? For example: Salma Nabil")
        case Field.PRICE:
            return tr.text("What does one class cost? For example: 80")
        case Field.CAPACITY:
            return tr.text("How many seats are there? For example: 12")
        case Field.DURATION:
            return tr.text("How many minutes does it take? For example: 60")
        case Field.POLICY:
            return tr.text("Who booked and doesn't come:")
        case Field.FEE:
            return tr.text("How many percent of the price does somebody pay who booked and didn't come? For example: 50")
        case Field.WINDOW:
            return tr.text("Until how many minutes before the class can students cancel free of charge? For example: 120")
        case Field.PACKAGE_CLASS:
            return tr.text("Of which class is the package?")
        case Field.SESSION_COUNT:
            return tr.text("How many classes are in the package? For example: 8")
        case Field.PACKAGE_PRICE:
            return tr.text("What does the package cost? For example: 560")
        case Field.PACKAGE_NAME:
            return tr.text("What is the package called? For example: 8 classes")
        case Field.RULE_CLASS:
            return tr.text("Which class?")
        case Field.RULE_BRANCH:
            return tr.text("At which branch?")
        case Field.WEEKDAYS:
            return tr.text("On which weekdays? Tap each, then go on.")
        case Field.RULE_TIME:
            return tr.text("At what time does it begin? For example: 18:30")


def effects(tr: Translator, field: Field) -> tuple[Markup, ...]:  # noqa: C901, PLR0912 -- by field
    """Return what a change of the field means, as it is to be known before."""
    match field:
        case Field.CURRENCY:
            return (tr.text("It can be changed until the first money is written down; then never again."),)
        case Field.TIMEZONE:
            return (tr.text("Times of classes are times on the clock there. It can be changed while no class is to come."),)
        case Field.LANGUAGE:
            return (tr.text("Whoever has chosen a language keeps it."),)
        case Field.CHECK_IN_OPENS:
            return (
                tr.text("From then on the team can open check-in; where everybody pays, that is when the money is taken."),
                tr.text("It holds at once, for classes that are in the calendar, too."),
            )
        case Field.RESERVATION:
            return (
                tr.text("Who pays by link keeps the seat so long, but never past the time until which cancelling is free."),
                tr.text("Links that are open already keep their time."),
            )
        case Field.OFFER:
            return (
                tr.text("A freed seat is kept so long for whoever is first in line; then the next one is asked."),
                tr.text("Offers that are open already keep their time."),
            )
        case Field.DIGEST_AT:
            return (tr.text("Every admin gets the day's figures at that time; each can switch them off."),)
        case Field.HORIZON:
            return (tr.text("Classes that are in the calendar stay there."),)
        case Field.LARGEST_AMOUNT:
            return (tr.text("Larger amounts are taken for slips of the finger, and refused. What is kept already stays."),)
        case Field.QUIET_FROM | Field.QUIET_UNTIL:
            return (
                tr.text("In between, reminders wait or are left out, and no freed seat is offered."),
                tr.text("News about money and about classes that are moved or cancelled are always sent."),
            )
        case Field.EARLY_REMINDER | Field.LATE_REMINDER:
            return (tr.text("Everybody can switch reminders off for themselves."),)
        case Field.PRICE:
            return (
                tr.text("A new price holds for bookings made from now on. What was booked or bought keeps its price."),
                tr.text("Packages have prices of their own."),
            )
        case Field.CAPACITY | Field.DURATION | Field.TEACHER:
            return (tr.text("A change holds for classes put into the calendar from now on; those in it stay as they are."),)
        case Field.POLICY:
            return policy_effects(tr)
        case Field.FEE:
            return (
                tr.text("💳 Who pays from the wallet: so much of the locked price is taken when the class has ended."),
                tr.text("🎁 Who pays with a package: the credit is used, whatever the fee."),
                tr.text("What is booked already keeps its fee."),
            )
        case Field.WINDOW:
            return (tr.text("Until then a seat given back costs nothing. What is booked already keeps its time."),)
        case Field.PACKAGE_PRICE | Field.SESSION_COUNT:
            return (tr.text("What was bought already keeps its credits and its price."),)
        case _:
            return ()


def policy_effects(tr: Translator) -> tuple[Markup, ...]:
    """Return what each policy means for who pays from the wallet, and for who pays with a package."""
    return (
        tr.text("<b>Everybody pays</b>"),
        tr.text("💳 The price is taken from the wallet when check-in opens, whoever comes."),
        tr.text("🎁 The credit is used, whoever comes."),
        tr.text("<b>Who comes pays</b>"),
        tr.text("💳 The price is taken when somebody is marked as here. Who isn't pays the no-show fee, 0 to 100 %."),
        tr.text("🎁 The credit is used, whoever comes."),
        tr.text("<b>You decide</b>"),
        tr.text("💳 Who comes pays; each of the others waits in your decision list, to be charged or let off."),
        tr.text("🎁 The credit is used, whoever comes."),
        tr.text("What is booked already keeps what it was booked under."),
    )


def value_text(tr: Translator, field: Field, value: Value | None, *, currency: str) -> str:  # noqa: C901, PLR0912 -- by field
    """Return a value as people read it; to be inserted, and isolated there."""
    rule = RULES[field]
    if value is None or value == "":
        return tr.plain("none")
    match field:
        case Field.CURRENCY:
            return f"{get_currency_name(str(value), locale=LANGUAGES[tr.language])} ({value})"
        case Field.TIMEZONE:
            return city(tr, str(value))
        case Field.LANGUAGE:
            return LANGUAGE_NAMES.get(str(value), str(value))
        case Field.POLICY:
            return policy(tr, str(value))
        case Field.FEE:
            return tr.plain("{percent} %", percent=int(value))
        case Field.WEEKDAYS:
            return weekdays(tr, int(value))
        case Field.HORIZON:
            return tr.nplain("{n} day", "{n} days", int(value))
        case Field.CAPACITY:
            return tr.nplain("{n} seat", "{n} seats", int(value))
        case Field.SESSION_COUNT:
            return tr.nplain("{n} class", "{n} classes", int(value))
        case Field.EARLY_REMINDER | Field.LATE_REMINDER if value == 0:
            return tr.plain("none")
        case Field.PRICE if value == 0:
            return tr.plain("free")
        case Field.WINDOW if value == 0:
            return tr.plain("until it begins")
        case Field.EARLY_REMINDER | Field.LATE_REMINDER | Field.CHECK_IN_OPENS | Field.WINDOW:
            return tr.plain("{duration} before", duration=duration(tr, int(value)))
        case Field.RESERVATION | Field.OFFER | Field.DURATION:
            return duration(tr, int(value))
    if rule.kind is Kind.AMOUNT:
        return tr.money(int(value), currency)
    if rule.kind is Kind.TIME:
        return clock_time(int(value))
    return str(value)


def policy(tr: Translator, value: str) -> str:
    """Return what a policy is called."""
    match value:
        case "STRICT":
            return tr.plain("everybody pays")
        case "FLEXIBLE":
            return tr.plain("who comes pays")
        case _:
            return tr.plain("you decide")


def duration(tr: Translator, minutes: int) -> str:
    """Return a length of time in its largest whole unit."""
    if minutes and minutes % _MINUTES_A_DAY == 0:
        return tr.nplain("{n} day", "{n} days", minutes // _MINUTES_A_DAY)
    if minutes and minutes % _MINUTES_AN_HOUR == 0:
        return tr.nplain("{n} hour", "{n} hours", minutes // _MINUTES_AN_HOUR)
    return tr.nplain("{n} minute", "{n} minutes", minutes)


def clock_time(minutes: int) -> str:
    """Return minutes after midnight as a time on 24 hours."""
    hours, rest = divmod(minutes, _MINUTES_AN_HOUR)
    return f"{hours:02}:{rest:02}"


def weekday(tr: Translator, number: int) -> str:
    """Return a weekday's short name; 0 is Monday."""
    return str(Locale.parse(LANGUAGES[tr.language]).days["stand-alone"]["abbreviated"][number])


def weekdays(tr: Translator, bits: int) -> str:
    """Return the names of weekdays; bit 0 is Monday."""
    return tr.listed(weekday(tr, day) for day in week(tr.zone) if bits >> day & 1)


def city(tr: Translator, timezone: str) -> str:
    """Return a time zone by its city, as the language writes it."""
    known = Locale.parse(LANGUAGES[tr.language]).time_zones.get(timezone, {}).get("city")
    return str(known or timezone.rpartition("/")[2].replace("_", " "))


def wrong_text(tr: Translator, error: InvalidInputError) -> Markup:
    """Return why a typed text does not fit."""
    return wrong(tr, error, Field.TITLE, currency="")


def wrong(tr: Translator, error: InvalidInputError, field: Field, *, currency: str) -> Markup:  # noqa: C901 -- by reason
    """Return why what was typed does not fit, before it is asked for again."""
    limit = error.limit or 0
    match error.reason:
        case "too_long":
            return tr.ntext(
                "That is too long: at most {n} letter, please.", "That is too long: at most {n} letters, please.", limit
            )
        case "empty":
            return tr.text("There is nothing to be seen in that. Please type a few letters.")
        case "not_a_number" if RULES[field].kind is Kind.LENGTH:
            return tr.text("Please type how many minutes, hours or days, for example: 90, or 2 hours")
        case "not_a_number":
            return tr.text("Please type a number, nothing else.")
        case "not_a_time":
            return tr.text("Please type a time of day on 24 hours, for example: 18:30")
        case "too_fine":
            return tr.ntext(
                "That has too many digits behind the point: at most {n} digit, please.",
                "That has too many digits behind the point: at most {n} digits, please.",
                limit,
            )
        case "too_small" if RULES[field].kind is Kind.AMOUNT:
            return tr.text("Please type an amount above zero.")
        case "too_small":
            return tr.text("That is too little: at least {limit}, please.", limit=limit)
        case "too_large" if RULES[field].kind is Kind.AMOUNT:
            return tr.text("That is too much: at most {limit}, please.", limit=tr.money(limit, currency))
        case "too_large":
            return tr.text("That is too much: at most {limit}, please.", limit=limit)
        case "not_a_choice" if field is Field.TIMEZONE:
            return tr.text("We don't know that city. Please type another large city of your time zone, in English.")
        case _:
            return not_typed(tr)


def not_typed(tr: Translator) -> Markup:
    """Say that something here is tapped, not typed."""
    return tr.text("That does not fit here. Please use the buttons.")
