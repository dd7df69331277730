"""Claiming: whoever shows that a phone is theirs gets what guests of this phone have here.

Telegram vouches for a phone that is shared by its button. Guests are written down at the desk or by an import, with a
phone that nobody has verified; a phone that somebody else has verified is not given away.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotFoundError, PhoneTakenError
from domain.finance.model import WalletState
from domain.ids import PersonId, WalletId
from domain.people.merge_ports import MergeSide
from domain.people.merging import Brought, brought, make_way, merge_writes
from domain.people.model import Member
from domain.permissions import Actor, Operation
from domain.ports import UnitOfWork
from domain.writes.base import Write
from domain.writes.people import SetVerifiedPhone


@dataclass(frozen=True, slots=True)
class PhoneKept:
    """The member as they are now, and what came along with their phone (None: nobody was here before)."""

    member: Member
    brought: Brought | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What keeping a phone comes to: the writes, and what they bring along."""

    writes: tuple[Write, ...]
    brought: Brought | None
    has_wallet: bool


async def plan_claim(work: UnitOfWork, *, actor: Actor, phone: str, new_wallet_id: WalletId, now: datetime) -> Claim | None:
    """Return what keeping the phone comes to, or None where a second seat was made good first: plan again then.

    ``new_wallet_id`` is the wallet that the member gets in this transaction, where they have none yet. Raises
    PhoneTakenError and MergeNotNowError.
    """
    holders = await work.merging.list_phone_holders(center_id=actor.center_id, phone=phone)
    others = [each for each in holders if each.person_id != actor.person_id]
    if any(each.is_verified for each in others):
        raise PhoneTakenError
    verified = SetVerifiedPhone(actor.center_id, actor.person_id, phone, now)
    stays = await _side(work, actor, actor.person_id)
    guests = [await _side(work, actor, each.person_id) for each in others if each.is_guest]
    if not guests:
        return Claim((verified,), None, has_wallet=stays.wallet is not None)
    if await make_way(work, (stays, *guests), actor=actor, now=now):
        return None
    wallet = stays.wallet or WalletState(new_wallet_id, 0, 0)
    merged = merge_writes(stays, guests, wallet.id, Operation.CLAIM_GUEST_PROFILE, actor=actor, now=now)
    return Claim((*merged, verified), brought(guests, now=now), has_wallet=stays.wallet is not None)


async def _side(work: UnitOfWork, actor: Actor, person_id: PersonId) -> MergeSide:
    side = await work.merging.find_side(center_id=actor.center_id, person_id=person_id)
    if side is None:
        raise NotFoundError(what="person")
    return side
