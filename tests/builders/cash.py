"""People at the desk, and what is done for them there."""

from datetime import timedelta

from domain.enrollments.model import Enrollment
from domain.finance.cash import CashTransaction
from domain.finance.cash_correction import CorrectCash
from domain.finance.cash_seats import RegisterCashSeat
from domain.finance.cash_wallets import CashTopUp, PayOutGuest
from domain.finance.cashbox import CashCount, CountCashbox, TakeToBank
from domain.ids import CashCountId, CashTransactionId, EnrollmentId, PersonId, new_id
from domain.people.guests import AddGuestAtDesk, NewGuest
from domain.people.joining import new_wallet
from domain.permissions import Actor
from domain.sessions.model import SessionStatus
from domain.writes.catalogue import AddWallet
from domain.writes.people import AddGuest
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Branch, Person, Scheduled, Taught, World, new_enrollment_id

ZIADS_PHONE = "+201001234599"


def new_transaction_id() -> CashTransactionId:
    """Return the id that a confirm screen drawn now would put into its button."""
    return CashTransactionId(new_id())


def new_guest(name: str = "Ziad Morsi", phone: str | None = ZIADS_PHONE) -> NewGuest:
    """Return somebody who is not known yet."""
    return NewGuest(PersonId(new_id()), name, phone)


async def add_guest(world: World, name: str = "Ziad Morsi", phone: str = ZIADS_PHONE) -> Person:
    """Add a guest with a phone and an empty wallet, as the desk and the import do."""
    actor = Actor(world.center_id, PersonId(new_id()), None)
    wallet = new_wallet(world.center_id, actor.person_id, now=world.clock.now())
    wallet_id = next(write.id for write in wallet if isinstance(write, AddWallet))
    row = AddGuest(actor.person_id, world.center_id, name, phone, None, world.clock.now())
    await world.database.apply([row, *wallet])
    return Person(name, None, actor, wallet_id)


async def at_the_door(world: World, taught: Taught, *, capacity: int | None = None) -> Scheduled:
    """Add a session whose door is open: it begins in half an hour."""
    return await world.add_session(
        taught, starts_in=timedelta(minutes=30), capacity=capacity, status=SessionStatus.CHECKING_IN
    )


async def set_status(world: World, session: Scheduled, status: SessionStatus) -> None:
    """Let a session be in another state."""
    await world.database.execute(f"UPDATE sessions SET status = '{status}' WHERE id = '{session.id.hex}'")


async def take_seat(
    world: World,
    staff: Person,
    session: Scheduled,
    visitor: Person | NewGuest,
    *,
    amount_minor: int | None = None,
    enrollment_id: EnrollmentId | None = None,
) -> Enrollment:
    """Let staff take cash for a seat: the price, unless another amount is given."""
    return await RegisterCashSeat(unit_of_work_factory(world.database), world.clock)(
        actor=staff.actor,
        session_id=session.id,
        visitor=visitor if isinstance(visitor, NewGuest) else visitor.id,
        enrollment_id=enrollment_id or new_enrollment_id(),
        amount_minor=session.taught.price_minor if amount_minor is None else amount_minor,
    )


async def top_up(
    world: World,
    staff: Person,
    person: Person,
    amount_minor: int,
    *,
    branch: Branch | None = None,
    transaction_id: CashTransactionId | None = None,
) -> CashTransaction:
    """Let staff put cash into somebody's wallet."""
    return await CashTopUp(unit_of_work_factory(world.database), world.clock)(
        actor=staff.actor,
        branch_id=(branch or world.branch).id,
        person_id=person.id,
        transaction_id=transaction_id or new_transaction_id(),
        amount_minor=amount_minor,
    )


async def pay_out(
    world: World,
    staff: Person,
    person: Person,
    amount_minor: int,
    *,
    branch: Branch | None = None,
    transaction_id: CashTransactionId | None = None,
) -> CashTransaction:
    """Let staff pay a guest's wallet out."""
    return await PayOutGuest(unit_of_work_factory(world.database), world.clock)(
        actor=staff.actor,
        branch_id=(branch or world.branch).id,
        person_id=person.id,
        transaction_id=transaction_id or new_transaction_id(),
        amount_minor=amount_minor,
    )


async def correct(
    world: World,
    actor: Person,
    transaction_id: CashTransactionId,
    *,
    right_minor: int | None = None,
    reason: str = "typed wrong",
    correction_id: CashTransactionId | None = None,
) -> CashTransaction:
    """Let somebody correct a movement of a drawer."""
    return await CorrectCash(unit_of_work_factory(world.database), world.clock)(
        actor=actor.actor,
        transaction_id=transaction_id,
        correction_id=correction_id or new_transaction_id(),
        reason=reason,
        right_minor=right_minor,
    )


async def count(
    world: World,
    staff: Person,
    counted_minor: int,
    *,
    recorded_minor: int,
    count_id: CashCountId | None = None,
    denominations: dict[str, int] | None = None,
) -> CashCount:
    """Let staff count the drawer of the first branch."""
    return await CountCashbox(unit_of_work_factory(world.database), world.clock)(
        actor=staff.actor,
        branch_id=world.branch.id,
        count_id=count_id or CashCountId(new_id()),
        counted_minor=counted_minor,
        recorded_minor=recorded_minor,
        denominations=denominations,
    )


async def to_bank(
    world: World, actor: Person, amount_minor: int, *, transaction_id: CashTransactionId | None = None
) -> CashTransaction:
    """Let somebody take cash of the first branch to the bank."""
    return await TakeToBank(unit_of_work_factory(world.database), world.clock)(
        actor=actor.actor,
        branch_id=world.branch.id,
        transaction_id=transaction_id or new_transaction_id(),
        amount_minor=amount_minor,
    )


async def write_down(world: World, staff: Person, guest: NewGuest) -> PersonId:
    """Let staff write a guest down."""
    return await AddGuestAtDesk(unit_of_work_factory(world.database), world.clock)(actor=staff.actor, guest=guest)
