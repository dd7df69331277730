"""A form that is being filled in: what it is of, and what is in it so far. It waits in its dialog's row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domain.organization.fields import Field, Subject, Value
from domain.people.asking import draft_of
from domain.people.model import Dialog
from domain.permissions import Operation
from domain.sessions.model import AbsenteePolicy

STEP: Final = "ask.admin.form"
_WEEKDAYS: Final = "picked"

_ORDER: Final[Mapping[Subject, tuple[Field, ...]]] = {
    Subject.CENTER: (Field.CENTER_NAME, Field.CURRENCY, Field.TIMEZONE, Field.LANGUAGE),
    Subject.BRANCH: (Field.BRANCH_NAME, Field.ADDRESS),
    Subject.CLASS: (
        Field.TITLE,
        Field.SUBJECT,
        Field.LEVEL,
        Field.TEACHER,
        Field.PRICE,
        Field.CAPACITY,
        Field.DURATION,
        Field.POLICY,
        Field.FEE,
        Field.WINDOW,
    ),
    Subject.PACKAGE: (Field.PACKAGE_CLASS, Field.SESSION_COUNT, Field.PACKAGE_PRICE, Field.PACKAGE_NAME),
    Subject.RULE: (Field.RULE_CLASS, Field.RULE_BRANCH, Field.WEEKDAYS, Field.RULE_TIME),
}

OPERATIONS: Final[Mapping[Subject, Operation]] = {
    Subject.CENTER: Operation.MANAGE_SETTINGS,
    Subject.BRANCH: Operation.MANAGE_BRANCHES,
    Subject.CLASS: Operation.EDIT_CLASS_TERMS,
    Subject.PACKAGE: Operation.MANAGE_PACKAGES,
    Subject.RULE: Operation.MANAGE_TIMETABLE,
}
"""What making each is, for who may begin it."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is filled in, by attribute. ``picked`` are the weekdays that are tapped so far."""

    id: UUID
    subject: Subject
    values: Mapping[str, Value] = field(default_factory=dict)
    picked: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """All that is to be filled in: the no-show fee only where the policy knows one."""
        is_flexible = self.values.get(Field.POLICY.attribute) == AbsenteePolicy.FLEXIBLE
        return tuple(each for each in _ORDER[self.subject] if each is not Field.FEE or is_flexible)

    @property
    def next_field(self) -> Field | None:
        """The first field that is still empty; None where the form is complete."""
        return next((each for each in self.fields if each.attribute not in self.values), None)

    def filled(self, each: Field, value: Value) -> "Form":
        """Return the form with a field filled in."""
        return Form(self.id, self.subject, {**self.values, each.attribute: value}, self.picked)

    def emptied(self, each: Field) -> "Form":
        """Return the form with a field to be filled in again."""
        kept = {name: value for name, value in self.values.items() if name != each.attribute}
        return Form(self.id, self.subject, kept, self.picked)

    def with_picked(self, bits: int) -> "Form":
        """Return the form with these weekdays tapped."""
        return Form(self.id, self.subject, self.values, bits)

    @property
    def data(self) -> Mapping[str, Any]:
        """The form as plain JSON."""
        return {"form": self.id.hex, "of": self.subject.value, "values": dict(self.values), _WEEKDAYS: self.picked}


def form_of(dialog: Dialog) -> Form | None:
    """Return the form that is open, if one is."""
    return _form_from(dialog.data) if dialog.step == STEP else None


def left_form_of(dialog: Dialog, subject: Subject) -> Form | None:
    """Return a form of something that was left half filled in, where nothing was asked since."""
    data = draft_of(dialog, STEP)
    form = _form_from(data) if data is not None else None
    return form if form is not None and form.subject is subject and form.values else None


def _form_from(data: Mapping[str, Any]) -> Form:
    return Form(UUID(data["form"]), Subject(data["of"]), data["values"], data[_WEEKDAYS])
