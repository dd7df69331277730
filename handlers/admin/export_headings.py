"""What the columns of exports are called: in the order in which the database gives their rows."""

from typing import assert_never

from domain.reports.exporting import ExportKind
from handlers.files.table import Column, ColumnKind, Heading
from handlers.i18n import Translator

_TEXT, _MONEY, _MOMENT = ColumnKind.TEXT, ColumnKind.MONEY, ColumnKind.MOMENT


def heading_of(tr: Translator, kind: ExportKind) -> Heading:
    """Return what a file is called inside, and its columns."""
    return Heading(export_name(tr, kind), tuple(Column(title, of) for title, of in _columns(tr, kind)))


def export_name(tr: Translator, kind: ExportKind) -> str:
    """Return what is exported."""
    match kind:
        case ExportKind.PEOPLE:
            return tr.plain("People")
        case ExportKind.ENROLLMENTS:
            return tr.plain("Bookings")
        case ExportKind.PAYMENTS:
            return tr.plain("Payments")
        case ExportKind.JOURNAL:
            return tr.plain("Journal")
        case _:
            assert_never(kind)


def _columns(tr: Translator, kind: ExportKind) -> tuple[tuple[str, ColumnKind], ...]:
    match kind:
        case ExportKind.PEOPLE:
            return (
                (tr.plain("Name"), _TEXT),
                (tr.plain("Phone"), _TEXT),
                (tr.plain("Known since"), _MOMENT),
                (tr.plain("Joined"), _MOMENT),
                (tr.plain("Wallet"), _MONEY),
                (tr.plain("of it locked"), _MONEY),
                (tr.plain("Id"), _TEXT),
            )
        case ExportKind.ENROLLMENTS:
            return (
                (tr.plain("Booked at"), _MOMENT),
                (tr.plain("Name"), _TEXT),
                (tr.plain("Class"), _TEXT),
                (tr.plain("Branch"), _TEXT),
                (tr.plain("Teacher"), _TEXT),
                (tr.plain("Starts at"), _MOMENT),
                (tr.plain("Status"), _TEXT),
                (tr.plain("Paid with"), _TEXT),
                (tr.plain("Price"), _MONEY),
                (tr.plain("Worth of the credit"), _MONEY),
                (tr.plain("Came at"), _MOMENT),
                (tr.plain("Cancelled at"), _MOMENT),
                (tr.plain("Made good"), _TEXT),
                (tr.plain("Id"), _TEXT),
            )
        case ExportKind.PAYMENTS:
            return (
                (tr.plain("Begun at"), _MOMENT),
                (tr.plain("Name"), _TEXT),
                (tr.plain("Method"), _TEXT),
                (tr.plain("Purpose"), _TEXT),
                (tr.plain("What for"), _TEXT),
                (tr.plain("Amount"), _MONEY),
                (tr.plain("Refunded"), _MONEY),
                (tr.plain("Status"), _TEXT),
                (tr.plain("Ended at"), _MOMENT),
                (tr.plain("Id"), _TEXT),
            )
        case ExportKind.JOURNAL:
            return (
                (tr.plain("When"), _MOMENT),
                (tr.plain("Cause"), _TEXT),
                (tr.plain("Account"), _TEXT),
                (tr.plain("Of whom"), _TEXT),
                (tr.plain("Debit"), _MONEY),
                (tr.plain("Credit"), _MONEY),
                (tr.plain("Who"), _TEXT),
                (tr.plain("Reason"), _TEXT),
                (tr.plain("About"), _TEXT),
                (tr.plain("Entry"), _TEXT),
                (tr.plain("Reverses"), _TEXT),
            )
        case _:
            assert_never(kind)
