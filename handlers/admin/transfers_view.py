"""A transfer between wallets, step by step: where to, how much, why, and exactly what it does."""

from collections.abc import Sequence
from uuid import UUID

from markupsafe import Markup

from domain.finance.model import WalletOwner
from domain.finance.wallets_admin import WalletCard, WalletRef
from domain.people.admin_views import PersonLine
from handlers.admin.journal_view import wallet_name
from handlers.admin.payments_view import person_label
from handlers.admin.wallets_view import money_lines
from handlers.buttons.finance import ConfirmTransfer, OpenWalletCard, PickTarget, TransferAll
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style


def ask_target(
    tr: Translator,
    source: WalletCard,
    *,
    center: WalletRef,
    found: Sequence[PersonLine],
    words: str | None,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask where the money goes: a person who is looked for, the center, or the same person's other wallet."""
    nobody = words is not None and not found
    return _screen(
        tr,
        source,
        notice,
        *money_lines(tr, source, currency=currency),
        "",
        tr.text("🔎 {words}", words=words) if words is not None else None,
        tr.text("Nobody is called so. Type another name or phone number.") if nobody else None,
        tr.text("To whose wallet? Tap it, or type a name or a phone number, for example: Mona"),
        rows=(
            *(
                (Button(person_label(tr, each), encode(PickTarget(WalletRef(WalletOwner.STUDENT, each.person_id)))),)
                for each in found
            ),
            *(
                (
                    Button(
                        tr.label(tr.plain("👛 {name}", name=wallet_name(tr, ref.kind, source.owner_name))),
                        encode(PickTarget(ref)),
                    ),
                )
                for ref in source.others
            ),
            *(((Button(tr.plain("🏛️ The center's wallet"), encode(PickTarget(center))),),) if source.ref != center else ()),
        ),
    )


def ask_amount(
    tr: Translator, source: WalletCard, target: WalletCard, *, currency: str, notice: Markup | None = None
) -> Screen:
    """Ask how much."""
    amount = tr.money(source.available_minor, currency)
    return _screen(
        tr,
        source,
        notice,
        _to(tr, target),
        tr.text("How much? At most {amount}: tap, or type another amount.", amount=amount),
        rows=(
            *(
                (Button(tr.plain("👛 {name}", name=wallet_name(tr, ref.kind, target.owner_name)), encode(PickTarget(ref))),)
                for ref in target.others
                if ref != source.ref
            ),
            (Button(tr.plain("All of it: {amount}", amount=amount), encode(TransferAll())),),
        ),
    )


def ask_reason(
    tr: Translator,
    source: WalletCard,
    target: WalletCard,
    *,
    amount_minor: int,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask why."""
    return _screen(
        tr,
        source,
        notice,
        _to(tr, target),
        tr.text("Amount: <b>{amount}</b>", amount=tr.money(amount_minor, currency)),
        tr.text("Why? Type the reason; both owners read it. For example: paid for the sister's class"),
        rows=(),
    )


def confirm(
    tr: Translator,
    source: WalletCard,
    target: WalletCard,
    *,
    transfer_id: UUID,
    amount_minor: int,
    reason: str,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Say exactly what the transfer does."""
    amount = tr.money(amount_minor, currency)
    return _screen(
        tr,
        source,
        notice,
        _to(tr, target),
        tr.text("Amount: <b>{amount}</b>", amount=amount),
        tr.text("Reason: {reason}", reason=reason),
        "",
        _becomes(tr, source, -amount_minor, currency=currency),
        _becomes(tr, target, amount_minor, currency=currency),
        tr.text("It takes effect at once. Whoever owns one of the wallets is told, with the reason."),
        tr.text("Another reason? Type it."),
        rows=((Button(tr.plain("Transfer {amount}", amount=amount), encode(ConfirmTransfer(transfer_id)), Style.DANGER),),),
    )


def _screen(tr: Translator, source: WalletCard, notice: Markup | None, *lines: Markup | str | None, rows: Rows) -> Screen:
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>🔁 Transfer</b>"),
            tr.text("From: {name}", name=_name(tr, source)),
            *lines,
        ),
        (*rows, (Button(tr.plain("Cancel"), encode(OpenWalletCard(source.ref, None))),)),
    )


def _to(tr: Translator, target: WalletCard) -> Markup:
    return tr.text("To: {name}", name=_name(tr, target))


def _name(tr: Translator, found: WalletCard) -> str:
    return wallet_name(tr, found.ref.kind, found.owner_name)


def _becomes(tr: Translator, found: WalletCard, change_minor: int, *, currency: str) -> Markup:
    return tr.text(
        "{name}: {before} → {after}",
        name=_name(tr, found),
        before=tr.money(found.balance_minor, currency),
        after=tr.money(found.balance_minor + change_minor, currency),
    )
