"""The conditional statements of writes on people: names, roles, invitations, notifications and dialogs."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Delete, Update

from domain.people.model import IDLE
from domain.writes import people
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.operations import dialogs
from storage.tables.organization import invites, muted_notifications, role_assignments
from storage.tables.organization import people as people_table

Statement = Update | Delete

_ONE: sa.ColumnElement[int] = sa.literal_column("1")


def _set_person() -> Update:
    return people_table.update().where(
        people_table.c.id == outside("person_id"), people_table.c.center_id == outside("center_id")
    )


def _rename_person() -> Statement:
    return _set_person().values(name=outside("name"), name_folded=outside("name_folded"))


def _set_language() -> Statement:
    return _set_person().values(language=outside("language"))


def _set_verified_phone() -> Statement:
    return _set_person().values(phone=outside("phone"), phone_verified_at=outside("verified_at"))


def _finish_joining() -> Statement:
    return (
        _set_person()
        .where(people_table.c.joined_at.is_(None))
        .values(joined_at=outside("joined_at"), acting_role=outside("acting_role"))
    )


def _set_acting_role() -> Statement:
    return _set_person().values(acting_role=outside("acting_role"))


def _set_unreachable() -> Statement:
    return _set_person().values(unreachable_at=outside("unreachable_at"))


def _set_calendar_secret() -> Statement:
    was = outside("was", people_table.c.calendar_secret.type)
    return (
        _set_person()
        .where(people_table.c.calendar_secret.is_not_distinct_from(was))
        .values(calendar_secret=outside("secret"))
    )


_OTHERS = ("calendar_secret", "notes")


def _erase_person() -> Statement:
    gone = ("telegram_id", "language", "phone", "phone_verified_at", "acting_role", "unreachable_at", *_OTHERS)
    return (
        _set_person()
        .where(people_table.c.erased_at.is_(None))
        .values(
            name=outside("name"),
            name_folded=outside("name_folded"),
            erased_at=outside("erased_at"),
            **{column: sa.null() for column in gone},
        )
    )


def _revoke_role() -> Statement:
    return (
        role_assignments.update()
        .where(role_assignments.c.id == outside("role_id"), role_assignments.c.revoked_at.is_(None))
        .values(revoked_at=outside("revoked_at"))
    )


def _unmute_notification() -> Statement:
    return muted_notifications.delete().where(
        muted_notifications.c.person_id == outside("person_id"), muted_notifications.c.kind == outside("kind")
    )


def _redeem_invite() -> Statement:
    return (
        invites.update()
        .where(
            invites.c.id == outside("invite_id"),
            invites.c.redeemed_at.is_(None),
            invites.c.expires_at > outside("redeemed_at"),
        )
        .values(redeemed_by=outside("redeemed_by"), redeemed_at=outside("redeemed_at"))
    )


def _move_dialog() -> Statement:
    return (
        dialogs.update()
        .where(dialogs.c.person_id == outside("person_id"), dialogs.c.version == outside("was_version"))
        .values(
            step=outside("step"),
            data=outside("data"),
            version=dialogs.c.version + _ONE,
            consumed_message_id=outside("consumed_message_id"),
            updated_at=outside("updated_at"),
            question_message_id=outside("question_message_id"),
        )
    )


def _place_question() -> Statement:
    return (
        dialogs.update()
        .where(dialogs.c.person_id == outside("person_id"), dialogs.c.step != sa.literal_column(f"'{IDLE}'"))
        .values(question_message_id=outside("question_message_id"))
    )


PEOPLE_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    people.RenamePerson: _rename_person,
    people.SetLanguage: _set_language,
    people.SetVerifiedPhone: _set_verified_phone,
    people.FinishJoining: _finish_joining,
    people.SetActingRole: _set_acting_role,
    people.SetUnreachable: _set_unreachable,
    people.SetCalendarSecret: _set_calendar_secret,
    people.ErasePerson: _erase_person,
    people.RevokeRole: _revoke_role,
    people.UnmuteNotification: _unmute_notification,
    people.RedeemInvite: _redeem_invite,
    people.MoveDialog: _move_dialog,
    people.PlaceQuestion: _place_question,
}
