"""Buttons of those who run the center: its set-up, settings, branches, classes, packages, people and audit log."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.ids import BranchId, ClassId, ClassPackageId
from domain.organization.fields import Field, Subject
from handlers.callback_codec import CallbackData
from handlers.callback_owner import Number, SearchOf


@dataclass(frozen=True, slots=True)
class OpenSetUp(CallbackData):
    """How far the set-up has come, and what is next."""

    letter: ClassVar[str] = "+u"


@dataclass(frozen=True, slots=True)
class ShareLink(CallbackData):
    """The students' link with its QR image."""

    letter: ClassVar[str] = "+S"


@dataclass(frozen=True, slots=True)
class OpenSettings(CallbackData):
    """The center's settings."""

    letter: ClassVar[str] = "+s"


@dataclass(frozen=True, slots=True)
class ListBranches(CallbackData):
    """The branches."""

    letter: ClassVar[str] = "+b"


@dataclass(frozen=True, slots=True)
class OpenBranch(CallbackData):
    """A branch's card."""

    letter: ClassVar[str] = "+B"
    branch_id: BranchId


@dataclass(frozen=True, slots=True)
class ListClasses(CallbackData):
    """A page of the catalogue, counted from 0; of the words that were typed last, where ``is_search``."""

    letter: ClassVar[str] = "+c"
    page: int
    is_search: bool


@dataclass(frozen=True, slots=True)
class OpenClass(CallbackData):
    """A class's card."""

    letter: ClassVar[str] = "+C"
    class_id: ClassId


@dataclass(frozen=True, slots=True)
class ListProducts(CallbackData):
    """A page of the packages, of one class or of all."""

    letter: ClassVar[str] = "+p"
    page: int
    is_search: bool
    class_id: ClassId | None


@dataclass(frozen=True, slots=True)
class FilterProducts(CallbackData):
    """Choose the class whose packages are listed."""

    letter: ClassVar[str] = "+f"
    page: int


@dataclass(frozen=True, slots=True)
class OpenProduct(CallbackData):
    """A package's card."""

    letter: ClassVar[str] = "+P"
    class_package_id: ClassPackageId


@dataclass(frozen=True, slots=True)
class SwitchProduct(CallbackData):
    """Sell a package from now on, or not: the button says which."""

    letter: ClassVar[str] = "+w"
    class_package_id: ClassPackageId
    is_on_sale: bool


@dataclass(frozen=True, slots=True)
class AskSearch(CallbackData):
    """Be asked for words to look for."""

    letter: ClassVar[str] = "+q"
    of: SearchOf


@dataclass(frozen=True, slots=True)
class BeginForm(CallbackData):
    """Begin to fill in something new."""

    letter: ClassVar[str] = "+n"
    subject: Subject


@dataclass(frozen=True, slots=True)
class FillField(CallbackData):
    """Fill in a field of the open form: a number, or the place of a word or choice among those that are offered."""

    letter: ClassVar[str] = "+d"
    form_id: UUID
    field: Field
    value: Number


@dataclass(frozen=True, slots=True)
class FillFrom(CallbackData):
    """Fill in a field of the open form with something that exists, or with what is written there."""

    letter: ClassVar[str] = "+D"
    form_id: UUID
    field: Field
    source_id: UUID


@dataclass(frozen=True, slots=True)
class AskField(CallbackData):
    """Be asked again for a field of the open form."""

    letter: ClassVar[str] = "+A"
    form_id: UUID
    field: Field


@dataclass(frozen=True, slots=True)
class FinishForm(CallbackData):
    """Make what the open form says."""

    letter: ClassVar[str] = "+k"
    subject: Subject
    form_id: UUID


@dataclass(frozen=True, slots=True)
class LeaveForm(CallbackData):
    """Leave the open form, and forget it."""

    letter: ClassVar[str] = "+x"


@dataclass(frozen=True, slots=True)
class EditField(CallbackData):
    """What a field of something that exists means, and what it can be."""

    letter: ClassVar[str] = "+e"
    object_id: UUID
    field: Field


@dataclass(frozen=True, slots=True)
class ChangeField(CallbackData):
    """Set a field of something that exists, as FillField does of a form."""

    letter: ClassVar[str] = "+v"
    object_id: UUID
    field: Field
    value: Number


@dataclass(frozen=True, slots=True)
class ChangeFrom(CallbackData):
    """Set a field of something that exists, as FillFrom does of a form."""

    letter: ClassVar[str] = "+V"
    object_id: UUID
    field: Field
    source_id: UUID


@dataclass(frozen=True, slots=True)
class AskArchive(CallbackData):
    """What putting a branch, a class or a package away would mean."""

    letter: ClassVar[str] = "+z"
    subject: Subject
    object_id: UUID


@dataclass(frozen=True, slots=True)
class ConfirmArchive(CallbackData):
    """Put it away."""

    letter: ClassVar[str] = "+Z"
    subject: Subject
    object_id: UUID
