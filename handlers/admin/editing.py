"""Editing one thing about what exists: what it is now, what a change means, and what it can be; then it is so."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NameTakenError, NotFoundError, SettingFrozenError
from domain.ids import BranchId, ClassId, ClassPackageId
from domain.organization.fields import Field, Subject, Value, parsed
from domain.people.typed_answers import TypedAnswer
from domain.permissions import Operation, require
from domain.sessions.classes import operation_on
from handlers.admin import catalogue, editing_view, settings
from handlers.admin.field_words import wrong
from handlers.admin.forms import tapped_value
from handlers.admin.surroundings import center_of, source_value, surroundings_of
from handlers.buttons.admin import ChangeField, ChangeFrom, EditField
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps

STEP: Final = "ask.admin.field"
_ID, _FIELD = "id", "field"


async def edit_field(context: Context, data: EditField) -> Reply:
    """Show what a field is, and ask what it is to be: tapped, or typed."""
    _require(context, data.field)
    kept = {_ID: data.object_id.hex, _FIELD: data.field.value}
    await _values(context, data.object_id, data.field)
    context = with_member(context, await context.ask(step=STEP, data=kept))
    return Reply(await asked(context, data.object_id, data.field))


async def change_field(context: Context, data: ChangeField) -> Reply:
    """Make the field what was tapped."""
    values = await _values(context, data.object_id, data.field)
    around = await surroundings_of(context, data.field, values)
    value = tapped_value(context, data.field, data.value, around)
    return await _changed(context, data.object_id, data.field, value)


async def change_from(context: Context, data: ChangeFrom) -> Reply:
    """Make the field what is written elsewhere."""
    _require(context, data.field)
    return await _changed(context, data.object_id, data.field, await source_value(context, data.field, data.source_id))


async def take_text(context: Context, text: str) -> Reply:
    """Make the field what was typed; where it does not fit, ask again."""
    object_id, field = _open(context)
    center = await center_of(context)
    answer = TypedAnswer(context.member, STEP, context.message_id)
    try:
        value = parsed(field, text, center.money)
        await _change(context, object_id, field, value, answer=answer)
    except InvalidInputError as error:
        notice = wrong(context.tr, error, field, currency=center.details.currency)
        return Reply(await asked(context, object_id, field, notice=notice))
    except (NameTakenError, SettingFrozenError) as error:
        return Reply(await asked(context, object_id, field, notice=sentence(context.tr, error)))
    return Reply(await _screen(await _reloaded(context), object_id, field))


async def show(context: Context) -> Reply:
    """Draw what is asked, or, once it is answered, what was edited."""
    object_id, field = _open(context)
    if context.member.dialog.step == STEP:
        return Reply(await asked(context, object_id, field))
    return Reply(await _screen(context, object_id, field))


async def _changed(context: Context, object_id: UUID, field: Field, value: Value) -> Reply:
    await _change(context, object_id, field, value)
    context = with_member(context, await context.services.stop_asking(member=context.member))
    return Reply(await _screen(context, object_id, field), answer=Answer(context.tr.plain("Saved ✅")))


async def _change(
    context: Context, object_id: UUID, field: Field, value: Value, *, answer: TypedAnswer | None = None
) -> None:
    services, actor = context.services, context.actor
    match field.subject:
        case Subject.CENTER:
            await services.edit_settings(actor=actor, changes={field: value}, answer=answer)
        case Subject.BRANCH:
            await services.edit_branch(actor=actor, branch_id=BranchId(object_id), field=field, value=value, answer=answer)
        case Subject.CLASS:
            await services.edit_class(actor=actor, class_id=ClassId(object_id), field=field, value=value, answer=answer)
        case Subject.PACKAGE:
            await services.edit_package(
                actor=actor, class_package_id=ClassPackageId(object_id), field=field, value=value, answer=answer
            )
        case _:
            raise NotFoundError(what=field)


def _require(context: Context, field: Field) -> None:
    match field.subject:
        case Subject.CENTER:
            require(context.actor, Operation.MANAGE_SETTINGS)
        case Subject.BRANCH:
            require(context.actor, Operation.MANAGE_BRANCHES)
        case Subject.CLASS:
            require(context.actor, operation_on(field))
        case _:
            require(context.actor, Operation.MANAGE_PACKAGES)


async def _values(context: Context, object_id: UUID, field: Field) -> Mapping[str, Value]:
    """Return what the object is now, by attribute. Raises NotFoundError where it isn't there, or was put away."""
    _require(context, field)
    views, center_id, now = context.services.organization, context.actor.center_id, context.services.clock.now()
    match field.subject:
        case Subject.CENTER:
            return _attributes((await center_of(context)).details, Subject.CENTER)
        case Subject.BRANCH:
            branch = await views.find_branch(center_id=center_id, branch_id=BranchId(object_id), now=now)
            if branch is not None and not branch.is_archived:
                return _attributes(branch.details, Subject.BRANCH)
        case Subject.CLASS:
            of_class = await views.find_class(center_id=center_id, class_id=ClassId(object_id), now=now)
            if of_class is not None and not of_class.is_archived:
                return _attributes(of_class.details, Subject.CLASS)
        case Subject.PACKAGE if field is not Field.PACKAGE_CLASS:
            package = await views.find_package(center_id=center_id, class_package_id=ClassPackageId(object_id))
            if package is not None and not package.is_archived:
                return {**_attributes(package.details, Subject.PACKAGE), "class_id": package.class_id.hex}
        case _:
            pass
    raise NotFoundError(what=field)


def _attributes(details: object, subject: Subject) -> dict[str, Value]:
    named = {field.attribute: getattr(details, field.attribute, None) for field in Field if field.subject is subject}
    return {name: value for name, value in named.items() if value is not None}


async def asked(context: Context, object_id: UUID, field: Field, *, notice: Markup | None = None) -> Screen:
    """Draw the field as it is now, under a notice where something is to be said first."""
    values = await _values(context, object_id, field)
    around = await surroundings_of(context, field, values)
    value = values.get(field.attribute)
    return editing_view.ask(context.tr, object_id, field, value, around, notice=notice)


async def _screen(context: Context, object_id: UUID, field: Field) -> Screen:
    match field.subject:
        case Subject.BRANCH:
            return await catalogue.branch_screen(context, BranchId(object_id))
        case Subject.CLASS:
            return await catalogue.class_screen(context, ClassId(object_id))
        case Subject.PACKAGE:
            return await catalogue.product_screen(context, ClassPackageId(object_id))
        case _:
            return await settings.screen(context)


def _open(context: Context) -> tuple[UUID, Field]:
    data = context.member.dialog.data
    return UUID(data[_ID]), Field(data[_FIELD])


async def _reloaded(context: Context) -> Context:
    """Return the context as it is after an answer was taken: the center may be called otherwise now."""
    member = await context.services.find_member(center_id=context.actor.center_id, telegram_id=context.member.telegram_id)
    if member is None:
        raise NotFoundError(what="person")
    return with_member(context, member)


TAPS: Taps = {EditField: edit_field, ChangeField: change_field, ChangeFrom: change_from}
QUESTIONS = {STEP: Question(take_text, show, frozenset({ChangeField, ChangeFrom}))}
