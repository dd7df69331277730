"""The page that a browser comes back to from the gateway: how the payment stands, and the way back to the chat."""

from markupsafe import Markup

from domain.finance.model import PaymentStatus
from domain.finance.payment_views import PaymentCard
from handlers.i18n import Translator

_REFRESH_SECONDS = 3
_PAGE = Markup(
    "<!doctype html>\n"
    '<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}<title>{center}</title>'
    "<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:30rem;margin:15vh auto;padding:0 1.5rem;text-align:center}}"
    "a{{display:inline-block;margin-top:1.5rem;padding:.8rem 1.5rem;border-radius:.6rem;background:#2a7ae2;color:#fff;"
    "text-decoration:none}}@media(prefers-color-scheme:dark){{body{{background:#17212b;color:#f5f5f5}}}}</style></head>"
    "<body><h1>{center}</h1><p>{said}</p>{way}</body></html>\n"
)


def page(tr: Translator, card: PaymentCard, *, center_name: str, chat_url: str | None) -> str:
    """Return the whole page; while the gateway's report is awaited, it looks again by itself."""
    is_pending = card.status is PaymentStatus.PENDING
    refresh = Markup('<meta http-equiv="refresh" content="{}">').format(_REFRESH_SECONDS) if is_pending else ""
    way = (
        Markup('<a href="{}">{}</a>').format(chat_url, tr.text("Back to the chat"))
        if chat_url is not None
        else Markup("<p>{}</p>").format(tr.text("You can close this page and go back to the chat."))
    )
    return str(
        _PAGE.format(
            language=tr.language,
            direction="rtl" if tr.is_right_to_left else "ltr",
            refresh=refresh,
            center=center_name,
            said=_said(tr, card),
            way=way,
        )
    )


def _said(tr: Translator, card: PaymentCard) -> Markup:
    amount = tr.money(card.amount_minor, card.currency)
    match card.status:
        case PaymentStatus.COMPLETED:
            return tr.text("✅ {amount} received. Thank you!", amount=amount)
        case PaymentStatus.REFUNDED:
            return tr.text("↩️ {amount} was refunded.", amount=amount)
        case PaymentStatus.PENDING:
            return tr.text(
                "⏳ We have no confirmation of {amount} yet. If you have paid, it takes a moment.", amount=amount
            )
        case _:
            return tr.text(
                "This payment has ended. If you have paid all the same, the money comes to your wallet, and we tell you."
            )
