"""Reads what a field's suggestions are made from: classes and branches that exist, texts that were used before."""

from collections.abc import Mapping
from uuid import UUID

from domain.errors import NotFoundError
from domain.ids import ClassId
from domain.organization.fields import RULES, Field, Kind, Value
from domain.organization.ports import CenterRecord
from domain.organization.views import ClassLine
from domain.permissions import Operation, Scope, require
from handlers.admin.form_state import Form
from handlers.admin.suggestions import Surroundings
from handlers.context import Context

_COPIED = (Field.SUBJECT, Field.LEVEL, Field.TEACHER)


async def center_of(context: Context) -> CenterRecord:
    """Return the center with its settings."""
    found = await context.services.organization.find_center(
        center_id=context.actor.center_id, now=context.services.clock.now()
    )
    if found is None:
        raise NotFoundError(what="center")
    return found


async def surroundings_of(context: Context, field: Field, values: Mapping[str, Value]) -> Surroundings:
    """Return what the suggestions for a field are made from, beside what is filled in already."""
    currency, name = context.member.center.currency, context.member.center.name
    if field in {Field.PACKAGE_CLASS, Field.RULE_CLASS} or field in _COPIED:
        return Surroundings(currency, known=_known(field, await _classes(context)), own_name=context.member.name)
    if field is Field.RULE_BRANCH:
        return Surroundings(currency, known=await _branches(context))
    if field in {Field.PACKAGE_PRICE, Field.PACKAGE_NAME} and "class_id" in values:
        return await _of_package(context, UUID(str(values["class_id"])), int(values.get("session_count", 0)))
    return Surroundings(currency, center_name=name, own_name=context.member.name)


async def source_value(context: Context, field: Field, source_id: UUID) -> Value:
    """Return what FillFrom and ChangeFrom fill in. Raises NotFoundError where it isn't there, or out of reach."""
    if field is Field.RULE_BRANCH:
        if source_id not in {id_ for id_, _ in await _branches(context)}:
            raise NotFoundError(what="branch")
        return source_id.hex
    source = next((each for each in await _classes(context) if each.class_id == source_id), None)
    if source is None or not (field in _COPIED or RULES[field].kind is Kind.ID):
        raise NotFoundError(what="class")
    return source_id.hex if RULES[field].kind is Kind.ID else str(getattr(source, field.attribute))


async def names_of(context: Context, form: Form) -> dict[str, str]:
    """Return the names of the classes and branches that a form refers to, by id."""
    kinds = {RULES[each].kind for each in form.fields}
    if Kind.ID not in kinds:
        return {}
    names = {line.class_id.hex: line.title for line in await _classes(context)}
    return names | {id_.hex: name for id_, name in await _branches(context)}


async def _classes(context: Context) -> list[ClassLine]:
    return await context.services.organization.list_classes(center_id=context.actor.center_id)


async def _branches(context: Context) -> tuple[tuple[UUID, str], ...]:
    """Return the branches whose timetable the actor keeps."""
    scope = require(context.actor, Operation.MANAGE_TIMETABLE)
    lines = await context.services.organization.list_branches(center_id=context.actor.center_id)
    return tuple(
        (line.branch_id, line.name) for line in lines if scope is Scope.CENTER or line.branch_id in context.actor.branch_ids
    )


def _known(field: Field, lines: list[ClassLine]) -> tuple[tuple[UUID, str], ...]:
    if field not in _COPIED:
        return tuple((line.class_id, line.title) for line in lines)
    by_text: dict[str, UUID] = {}
    for line in lines:
        by_text.setdefault(getattr(line, field.attribute), line.class_id)
    return tuple((id_, text) for text, id_ in by_text.items())


async def _of_package(context: Context, class_id: UUID, session_count: int) -> Surroundings:
    found = await context.services.organization.find_class(
        center_id=context.actor.center_id, class_id=ClassId(class_id), now=context.services.clock.now()
    )
    if found is None:
        raise NotFoundError(what="class")
    return Surroundings(
        context.member.center.currency,
        class_title=found.details.title,
        single_price_minor=found.details.price_minor,
        session_count=session_count,
    )
