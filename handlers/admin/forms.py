"""Filling in something new, question by question: each answer is kept at once, so that it outlives a pause or a restart."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError, OutOfDateError
from domain.ids import BranchId, ClassId, ClassPackageId, TimetableRuleId, new_id
from domain.organization.details import BranchDetails, ClassDetails, PackageDetails
from domain.organization.fields import (
    DAYS_A_WEEK,
    MINUTES_AN_HOUR,
    RULES,
    Field,
    Kind,
    MoneyLimit,
    Subject,
    Value,
    checked,
    parsed,
)
from domain.organization.ports import CenterRecord
from domain.permissions import require
from domain.sessions.calendar import local_day
from domain.sessions.model import AbsenteePolicy
from domain.sessions.ports import staff_of
from domain.sessions.rules import NewRule
from handlers.admin import catalogue, forms_view, set_up
from handlers.admin.field_words import not_typed, wrong
from handlers.admin.form_state import OPERATIONS, STEP, Form, form_of, left_form_of
from handlers.admin.suggestions import DONE, Surroundings, word_at
from handlers.admin.surroundings import center_of, names_of, source_value, surroundings_of
from handlers.buttons.admin import AskField, BeginForm, FillField, FillFrom, FinishForm, LeaveForm
from handlers.context import Context
from handlers.home import home_screen, with_member
from handlers.question import Question
from handlers.screens import Answer, Reply
from handlers.tap import Taps, without_data


async def begin(context: Context, data: BeginForm) -> Reply:
    """Open a form as it was left, or an empty one; where only one thing can be meant, that is filled in."""
    require(context.actor, OPERATIONS[data.subject])
    left = left_form_of(context.member.dialog, data.subject)
    if left is not None:
        return await _keep(context, left, notice=forms_view.taken_up(context.tr))
    form = await _prefilled(context, Form(new_id(), data.subject))
    return await _keep(context, form)


async def fill_field(context: Context, data: FillField) -> Reply:
    """Fill in what was tapped, and ask for the next field."""
    form = _open_form(context, data.form_id, data.field)
    around = await surroundings_of(context, data.field, form.values)
    if data.field is Field.WEEKDAYS and not data.value & DONE:
        return await _keep(context, form.with_picked(data.value))
    value = tapped_value(context, data.field, data.value & ~DONE if data.field is Field.WEEKDAYS else data.value, around)
    return await _keep(context, form.filled(data.field, checked(data.field, value, await _money(context))))


async def fill_from(context: Context, data: FillFrom) -> Reply:
    """Fill in something that exists, or what is written there."""
    form = _open_form(context, data.form_id, data.field)
    return await _keep(context, form.filled(data.field, await source_value(context, data.field, data.source_id)))


async def ask_field(context: Context, data: AskField) -> Reply:
    """Ask for a field again."""
    form = _open_form(context, data.form_id, data.field)
    return await _keep(context, form.emptied(data.field))


async def take_text(context: Context, text: str) -> Reply:
    """Take what was typed for the field that is asked for."""
    form = form_of(context.member.dialog)
    if form is None:
        return await show(context)
    if (field := form.next_field) is None:
        return await _asked(context, form, notice=not_typed(context.tr))
    money = await _money(context)
    try:
        filled = form.filled(field, parsed(field, text, money))
    except InvalidInputError as error:
        return await _asked(context, form, notice=wrong(context.tr, error, field, currency=money.currency))
    member = await context.services.take_answer(
        member=context.member, step=STEP, message_id=context.message_id, next_step=STEP, data=filled.data
    )
    return await show(with_member(context, member))


async def show(context: Context) -> Reply:
    """Draw what the open form asks now."""
    form = form_of(context.member.dialog)
    return Reply(await home_screen(context)) if form is None else await _asked(context, form)


async def finish(context: Context, data: FinishForm) -> Reply:
    """Make what the form says; pressed again, show what the first press made.

    Raises OutOfDateError for a form that was left for another before it made anything.
    """
    form = form_of(context.member.dialog)
    if form is None or form.id != data.form_id or form.subject is not data.subject:
        if not await _was_made(context, data.subject, data.form_id):
            raise OutOfDateError
        return await _after(context, data.subject, data.form_id)
    if form.next_field is not None:
        return await _asked(context, form)
    await _make(context, form)
    context = with_member(context, await context.services.stop_asking(member=context.member))
    return await _after(context, data.subject, data.form_id)


async def leave(context: Context) -> Reply:
    """Forget the form."""
    context = with_member(context, await context.services.stop_asking(member=context.member))
    return Reply(await home_screen(context), answer=Answer(context.tr.plain("Left.")))


def tapped_value(context: Context, field: Field, number: int, around: Surroundings) -> Value:
    """Return the value that a number on a button stands for. Raises OutOfDateError for one that was never offered."""
    rule = RULES[field]
    if rule.kind is Kind.TEXT:
        return word_at(context.tr, field, number, around)
    if rule.kind is Kind.CHOICE:
        if number >= len(rule.choices):
            raise OutOfDateError
        return rule.choices[number]
    if rule.kind is Kind.ID:
        raise OutOfDateError
    return number


def _open_form(context: Context, form_id: UUID, field: Field) -> Form:
    form = form_of(context.member.dialog)
    if form is None or form.id != form_id or field.subject is not form.subject:
        raise OutOfDateError
    require(context.actor, OPERATIONS[form.subject])
    return form


async def _keep(context: Context, form: Form, *, notice: Markup | None = None) -> Reply:
    member = await context.ask(step=STEP, data=form.data)
    return await _asked(with_member(context, member), form, notice=notice)


async def _asked(context: Context, form: Form, *, notice: Markup | None = None) -> Reply:
    field, tr = form.next_field, context.tr
    names = await names_of(context, form)
    if field is None:
        around = Surroundings(form.values.get(Field.CURRENCY.attribute, context.member.center.currency))  # type: ignore[arg-type]
        return Reply(forms_view.confirm(tr, form, around, names=names, notice=notice))
    around = await surroundings_of(context, field, form.values)
    return Reply(forms_view.ask(tr, form, field, around, names=names, notice=notice))


async def _prefilled(context: Context, form: Form) -> Form:
    for field in form.fields:
        if RULES[field].kind is Kind.ID:
            known = (await surroundings_of(context, field, form.values)).known
            if not known:
                raise NotFoundError(what=field.attribute)
            if len(known) == 1:
                form = form.filled(field, known[0][0].hex)
    if form.subject is Subject.CENTER and (await center_of(context)).is_posted:
        form = form.filled(Field.CURRENCY, context.member.center.currency)
    return form


async def _money(context: Context) -> MoneyLimit:
    center: CenterRecord = await center_of(context)
    return center.money


async def _make(context: Context, form: Form) -> None:
    """Call the use case of what the form is of; its id is the form's own."""
    services, actor, values = context.services, context.actor, _values(form)
    match form.subject:
        case Subject.CENTER:
            changes = {field: values[field.attribute] for field in form.fields}
            await services.edit_settings(actor=actor, changes=changes, is_confirmation=True)
        case Subject.BRANCH:
            details = BranchDetails(values["name"], values["address"] or None)
            await services.add_branch(actor=actor, branch_id=BranchId(form.id), details=details)
        case Subject.CLASS:
            policy = AbsenteePolicy(values.pop(Field.POLICY.attribute))
            of_class = ClassDetails(absentee_policy=policy, **{Field.FEE.attribute: 0, **values})
            await services.create_class(actor=actor, class_id=ClassId(form.id), details=of_class)
        case Subject.PACKAGE:
            of_package = PackageDetails(values["name"], values["session_count"], values["price_minor"], is_active=True)
            await services.create_package(
                actor=actor,
                class_package_id=ClassPackageId(form.id),
                class_id=ClassId(UUID(values["class_id"])),
                details=of_package,
            )
        case Subject.RULE:
            hour, minute = divmod(values["local_time"], MINUTES_AN_HOUR)
            rule = NewRule(
                rule_id=TimetableRuleId(form.id),
                class_id=ClassId(UUID(values["class_id"])),
                branch_id=BranchId(UUID(values["branch_id"])),
                weekdays=frozenset(day for day in range(DAYS_A_WEEK) if values["weekdays"] >> day & 1),
                at=time(hour, minute),
                starts_on=local_day(services.clock.now(), context.tr.zone),
            )
            await services.add_rule(actor=actor, rule=rule)


async def _was_made(context: Context, subject: Subject, form_id: UUID) -> bool:
    services, actor = context.services, context.actor
    center_id, views, now = actor.center_id, services.organization, services.clock.now()
    match subject:
        case Subject.CENTER:
            return (await views.find_progress(center_id=center_id, now=now)).is_center_confirmed
        case Subject.BRANCH:
            return await views.find_branch(center_id=center_id, branch_id=BranchId(form_id), now=now) is not None
        case Subject.CLASS:
            return await views.find_class(center_id=center_id, class_id=ClassId(form_id), now=now) is not None
        case Subject.PACKAGE:
            return await views.find_package(center_id=center_id, class_package_id=ClassPackageId(form_id)) is not None
        case Subject.RULE:
            found = await services.timetable.find_rule(
                center_id=center_id, staff_id=staff_of(actor), rule_id=TimetableRuleId(form_id)
            )
            return found is not None


def _values(form: Form) -> dict[str, Any]:
    kept: Mapping[str, Any] = form.values
    return {field.attribute: kept[field.attribute] for field in form.fields}


async def _after(context: Context, subject: Subject, form_id: UUID) -> Reply:
    """Show what was made; while the set-up goes on, what is next."""
    answer = Answer(context.tr.plain("Done ✅"))
    if subject in {Subject.CENTER, Subject.RULE} or not await set_up.is_ready(context):
        return Reply(await set_up.screen(context), answer=answer)
    match subject:
        case Subject.BRANCH:
            return Reply(await catalogue.branch_screen(context, BranchId(form_id)), answer=answer)
        case Subject.CLASS:
            return Reply(await catalogue.class_screen(context, ClassId(form_id)), answer=answer)
        case _:
            return Reply(await catalogue.product_screen(context, ClassPackageId(form_id)), answer=answer)


TAPS: Taps = {
    BeginForm: begin,
    FillField: fill_field,
    FillFrom: fill_from,
    AskField: ask_field,
    FinishForm: finish,
    LeaveForm: without_data(leave),
}
QUESTIONS = {
    STEP: Question(take_text, show, frozenset({FillField, FillFrom, AskField, FinishForm, LeaveForm}), is_draft=True),
}
