"""Anybody's enrollment, for admins, and the list of one person's."""

from typing import Final

from domain.errors import NotFoundError
from domain.ids import EnrollmentId
from domain.organization.audit_views import AuditAbout, AuditFilter
from domain.permissions import Operation, Scope, require
from handlers.admin import enrollment_card_view
from handlers.buttons.finance import ListPersonBookings, OpenEnrollmentCard
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps

_PAGE: Final = 8
_TRAIL: Final = 6  # a message has room for so many; the audit log has the others


async def open_card(context: Context, data: OpenEnrollmentCard) -> Reply:
    """Show an enrollment."""
    return Reply(await card_screen(context, data.enrollment_id))


async def card_screen(context: Context, enrollment_id: EnrollmentId) -> Screen:
    """Draw an enrollment as it is now: the contract, what happened to the seat, what happened to the money."""
    if require(context.actor, Operation.VIEW_ENROLLMENTS) is not Scope.CENTER:
        raise NotFoundError(what="enrollment")
    center_id, now = context.actor.center_id, context.services.clock.now()
    card = await context.services.any_enrollments.find_card(center_id=center_id, enrollment_id=enrollment_id)
    if card is None:
        raise NotFoundError(what="enrollment")
    money = await context.services.money_trail.list_money(
        center_id=center_id, student_id=card.student_id, enrollment_id=enrollment_id
    )
    trail = await context.services.audit_log.list_rows(
        center_id=center_id, chosen=AuditFilter(AuditAbout.ON, enrollment_id), now=now, limit=_TRAIL
    )
    return enrollment_card_view.card(
        context.tr, card, money=money, trail=trail, currency=context.member.center.currency, now=now
    )


async def list_of_person(context: Context, data: ListPersonBookings) -> Reply:
    """Show a page of somebody's enrollments."""
    require(context.actor, Operation.MANAGE_PEOPLE)
    center_id = context.actor.center_id
    person = await context.services.people.find_card(center_id=center_id, person_id=data.person_id)
    if person is None:
        raise NotFoundError(what="person")
    lines = await context.services.any_enrollments.list_of_person(
        center_id=center_id, person_id=data.person_id, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        enrollment_card_view.of_person(
            context.tr,
            person.name,
            data.person_id,
            lines[:_PAGE],
            has_more=len(lines) > _PAGE,
            is_first_page=data.after is None,
            now=context.services.clock.now(),
        )
    )


TAPS: Taps = {OpenEnrollmentCard: open_card, ListPersonBookings: list_of_person}
