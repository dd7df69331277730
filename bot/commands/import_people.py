"""`rollcall import`: brings people, credits and wallet balances from a CSV file; says what it would do, then does it."""

import argparse
import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from babel.numbers import get_currency_precision
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.commands.runtime import database_of, require_schema, run_async
from bot.settings import Settings, SettingsError, load_settings
from bot.wiring import phone_region, served_center
from domain.clock import SystemClock
from domain.errors import InvalidInputError
from domain.organization.model import Center
from domain.people.importing import ImportLine, ImportPlan, plan_import
from domain.people.input import clean_name, clean_phone
from domain.people.languages import LANGUAGES
from storage.queries.importing import known_center

COLUMNS = ("name", "phone", "language", "wallet", "class", "credits", "credits_value")
_MOST_PROBLEMS_SHOWN = 50

# Arabic-Indic digits and separators, as a spreadsheet in Arabic writes them.
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", "٬,")
_Digits = BeforeValidator(lambda text: str(text).strip().translate(_WESTERN) or "0")


class _Row(BaseModel):
    """One line of the file as it was typed. Amounts in whole units of the currency, e.g. 120.50."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str
    phone: str
    language: str = ""
    wallet: Annotated[Decimal, _Digits, Field(ge=0, le=1_000_000)] = Decimal(0)
    class_: Annotated[str, Field(alias="class")] = ""
    credits: Annotated[int, _Digits, Field(ge=0, le=1_000)] = 0
    credits_value: Annotated[Decimal, _Digits, Field(ge=0, le=1_000_000)] = Decimal(0)


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("import", help="bring people, credits and wallet balances from a CSV file")
    parser.add_argument("file", type=Path, help=f"with the columns {', '.join(COLUMNS)}")
    parser.add_argument("--apply", action="store_true", help="do it; without this, only say what it would do")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Check the whole file, say what it comes to, and do it where that is asked for and nothing is wrong."""
    settings = load_settings()
    _ = settings.token
    require_schema(settings)
    return run_async(_import(settings, options.file, is_applied=options.apply))


async def _import(settings: Settings, path: Path, *, is_applied: bool) -> int:
    clock = SystemClock()
    async with database_of(settings) as database:
        center = await served_center(database, settings, clock=clock)
        lines, problems = read_lines(path, center)
        plan = plan_import(lines, await known_center(database, center.id), now=clock.now())
        problems = sorted([*problems, *plan.problems])
        for number, problem in problems[:_MOST_PROBLEMS_SHOWN]:
            print(f"line {number}: {problem}")
        if problems:
            print(f"{len(problems)} problems; nothing was imported.")
            return 1
        if is_applied:
            await database.apply(sorted(plan.writes, key=lambda write: write.rank))
        print(_summary(plan, center, is_applied=is_applied))
    return 0


def read_lines(path: Path, center: Center) -> tuple[list[ImportLine], list[tuple[int, str]]]:
    """Return the file's checked lines, and what is wrong by line number. Raises SettingsError for an unreadable file."""
    lines: list[ImportLine] = []
    problems: list[tuple[int, str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_header(reader.fieldnames)
            for row in reader:
                try:
                    lines.append(_line(row, reader.line_num, center))
                except (ValidationError, InvalidInputError) as error:
                    problems.append((reader.line_num, _explain(error)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read as a UTF-8 CSV file: {error}.") from None
    return lines, problems


def _check_header(header: Sequence[str] | None) -> None:
    unknown = [name for name in header or () if name not in COLUMNS]
    missing = [name for name in ("name", "phone") if name not in (header or ())]
    if unknown or missing:
        raise SettingsError(f"The first line names the columns: {', '.join(COLUMNS)} (name and phone are required).")


def _line(row: dict[str | Any, Any], number: int, center: Center) -> ImportLine:
    checked = _Row.model_validate({name: value if value is not None else "" for name, value in row.items()})
    if checked.language and checked.language not in LANGUAGES:
        raise InvalidInputError(field="language", reason=f"is not one of {', '.join(LANGUAGES)}")
    if checked.credits and not checked.class_:
        raise InvalidInputError(field="class", reason="is missing: credits are for a class")
    return ImportLine(
        number=number,
        name=clean_name(checked.name),
        phone=clean_phone(checked.phone.translate(_WESTERN), region=phone_region(center.timezone)),
        language=checked.language or None,
        wallet_minor=_minor(checked.wallet, "wallet", center),
        class_title=checked.class_ or None,
        credits=checked.credits,
        credits_value_minor=_minor(checked.credits_value, "credits_value", center),
    )


def _minor(amount: Decimal, field: str, center: Center) -> int:
    minor = amount.scaleb(get_currency_precision(center.currency))
    if minor != minor.to_integral_value():
        raise InvalidInputError(field=field, reason="has too many decimals")
    return int(minor)


def _explain(error: ValidationError | InvalidInputError) -> str:
    if isinstance(error, InvalidInputError):
        return f"{error.field} {error.reason.replace('_', ' ')}"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _summary(plan: ImportPlan, center: Center, *, is_applied: bool) -> str:
    precision = get_currency_precision(center.currency)
    wallet = Decimal(plan.wallet_minor).scaleb(-precision)
    verb = "added" if is_applied else "would be added"
    money = f"{center.currency} {wallet:,.{precision}f}"
    said = [f"{plan.added} people {verb}, with {plan.credits} credits and {money} in their wallets."]
    if plan.found:
        said.append(f"{plan.found} joined with the same phone before, and {'get' if is_applied else 'would get'} theirs.")
    if plan.already_there:
        said.append(f"{len(plan.already_there)} lines passed over: their phones are known already.")
    if not is_applied:
        said.append("Nothing was written. Add --apply to do it.")
    return "\n".join(said)
