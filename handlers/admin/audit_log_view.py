"""The audit log's screens: a page, a row, and what narrows it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from domain.organization.audit_views import AuditAbout, AuditFilter, AuditGroup, AuditPeriod, AuditRow
from handlers.admin import audit_words as words
from handlers.admin.operation_words import operation
from handlers.buttons.audit_log import ListAudit, OpenAuditFilter, OpenAuditRow, SendAuditFile
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row


def rows(
    tr: Translator,
    shown: Sequence[AuditRow],
    *,
    chosen: AuditFilter,
    about_name: str | None,
    has_more: bool,
    is_first_page: bool,
    now: datetime,
) -> Screen:
    """Return a page of the log."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListAudit(chosen, None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(ListAudit(chosen, shown[-1].id))))
    return Screen(
        tr.lines(
            tr.text("<b>Audit log</b>"),
            *_narrowed(tr, chosen, about_name),
            None if shown else tr.text("There is nothing here yet."),
        ),
        (
            *((Button(_label(tr, row, now=now), encode(OpenAuditRow(row.id, chosen))),) for row in shown),
            *((tuple(turning),) if turning else ()),
            (
                Button(tr.plain("🔎 Narrow"), encode(OpenAuditFilter(chosen))),
                Button(tr.plain("📄 As a file"), encode(SendAuditFile(chosen))),
            ),
            home_row(tr),
        ),
    )


def row(
    tr: Translator, found: AuditRow, *, chosen: AuditFilter, currency: str, names_of: Mapping[str, str] | None = None
) -> Screen:
    """Return one row: who, what, before and after."""
    by = AuditFilter(AuditAbout.BY, found.actor_id)
    on = AuditFilter(AuditAbout.ON, found.object_id)
    whose = (Button(tr.plain("👤 All of theirs"), encode(ListAudit(by, None))),) if found.actor_id else ()
    return Screen(
        tr.lines(
            tr.text("<b>{who}</b> {did}", who=words.actor(tr, found), did=operation(tr, found.operation)),
            tr.text("🕓 {moment}", moment=tr.moment(found.at)),
            tr.text("📎 {name}", name=found.object_name) if found.object_name else None,
            "",
            *(_change(tr, *each) for each in words.changes(tr, found, currency=currency, names_of=names_of)),
            tr.text("Reason: {reason}", reason=found.reason) if found.reason else None,
        ),
        (
            (*whose, Button(tr.plain("📎 All on this"), encode(ListAudit(on, None)))),
            (Button(tr.plain("◀️ Back"), encode(ListAudit(chosen, None))), *home_row(tr)),
        ),
    )


def choice(tr: Translator, chosen: AuditFilter, *, about_name: str | None) -> Screen:
    """Return what narrows the log."""
    groups = [(None, words.group(tr, None)), *((each, words.group(tr, each)) for each in AuditGroup)]
    group_buttons = [
        Button(_marked(text, is_chosen=each is chosen.group), encode(ListAudit(replace(chosen, group=each), None)))
        for each, text in groups
    ]
    period_buttons = [
        Button(
            _marked(words.period(tr, each), is_chosen=each is chosen.period),
            encode(ListAudit(replace(chosen, period=each), None)),
        )
        for each in AuditPeriod
    ]
    everybody = replace(chosen, about=AuditAbout.ANYTHING, about_id=None)
    return Screen(
        tr.lines(
            tr.text("<b>Audit log</b>"),
            *_narrowed(tr, chosen, about_name),
            "",
            tr.text("What would you like to see?"),
            tr.text("What one person did, or what was done to one thing: open a row, and tap it there."),
        ),
        (
            *(tuple(group_buttons[at : at + 2]) for at in range(0, len(group_buttons), 2)),
            *(tuple(period_buttons[at : at + 2]) for at in range(0, len(period_buttons), 2)),
            *(
                ((Button(tr.plain("Of everybody"), encode(ListAudit(everybody, None))),),)
                if chosen.about is not AuditAbout.ANYTHING
                else ()
            ),
            (Button(tr.plain("◀️ Back"), encode(ListAudit(chosen, None))), *home_row(tr)),
        ),
    )


def file_caption(tr: Translator, count: int, *, is_cut: bool) -> Markup:
    """Return what stands below the file."""
    return tr.lines(
        tr.ntext("The audit log: {n} row", "The audit log: {n} rows", count),
        tr.text("Older rows are left out: narrow the log to get them.") if is_cut else None,
    )


def _narrowed(tr: Translator, chosen: AuditFilter, about_name: str | None) -> tuple[Markup | None, ...]:
    name = about_name or tr.plain("somebody or something that is gone")
    return (
        tr.text("By: {name}", name=name) if chosen.about is AuditAbout.BY else None,
        tr.text("On: {name}", name=name) if chosen.about is AuditAbout.ON else None,
        tr.text("{group}", group=words.group(tr, chosen.group)) if chosen.group is not None else None,
        tr.text("{period}", period=words.period(tr, chosen.period)) if chosen.period is not AuditPeriod.EVER else None,
    )


def _change(tr: Translator, name: str, before: str | None, after: str | None) -> Markup:
    if before is None:
        return tr.text("{name}: {after}", name=name, after=after or "")
    return tr.text("{name}: {before} → {after}", name=name, before=before, after=after or tr.plain("none"))


def _label(tr: Translator, each: AuditRow, *, now: datetime) -> str:
    """Return who did what and when; on what stands on the row's card: a label that is too long is cut."""
    who = tr.plain("{who}", who=words.actor(tr, each))
    return tr.label(tr.soon(each.at, now=now), who, operation(tr, each.operation))


def _marked(text: str, *, is_chosen: bool) -> str:
    return f"✅ {text}" if is_chosen else text
