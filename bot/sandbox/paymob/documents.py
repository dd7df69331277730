"""Paymob's JSON: intentions, transactions, orders, and the flat keys that the browser brings back.

Amounts outside of `data` are in piastres; those under `data` are in pounds, as the card processor writes them.
"""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.sandbox.paymob.account import PaymobAccount
from bot.sandbox.paymob.ledger import SETTLED_AFTER, Ledger, Order, Transaction
from bot.sandbox.paymob.signing import sign

_SOURCES = {
    "card": {"pan": "2346", "type": "card", "tenure": None, "sub_type": "MasterCard"},
    "wallet": {"pan": "01010101010", "type": "wallet", "tenure": None, "sub_type": "wallet"},
    "kiosk": {"pan": "", "type": "aggregator", "tenure": None, "sub_type": "AGGREGATOR"},
}
_FLAT_KEYS = (
    "id",
    "pending",
    "amount_cents",
    "success",
    "is_auth",
    "is_capture",
    "is_standalone_payment",
    "is_voided",
    "is_refunded",
    "is_3d_secure",
    "integration_id",
    "profile_id",
    "has_parent_transaction",
    "created_at",
    "currency",
    "merchant_commission",
    "discount_details",
    "is_void",
    "is_refund",
    "error_occured",
    "refunded_amount_cents",
    "captured_amount",
    "updated_at",
    "is_settled",
    "bill_balanced",
    "is_bill",
    "owner",
)
_MINOR_IN_MAJOR = 100


class Documents:
    """Writes what Paymob would send about one merchant's orders."""

    def __init__(self, account: PaymobAccount, ledger: Ledger) -> None:
        self._account = account
        self._ledger = ledger

    def intention(self, order: Order) -> dict[str, Any]:
        """Return the answer to a checkout that was made."""
        request = order.request
        return {
            "payment_keys": [
                {
                    "integration": integration_id,
                    "key": f"{order.client_secret}.{integration_id}",
                    "gateway_type": self._gateway(integration_id),
                    "iframe_id": None,
                    "order_id": order.id,
                    "redirection_url": request.redirection_url,
                    "save_card": False,
                }
                for integration_id in request.payment_methods
            ],
            "intention_order_id": order.id,
            "id": order.intention_id,
            "intention_detail": {
                "amount": request.amount,
                "items": [item.model_dump() | {"image": None} for item in request.items],
                "currency": request.currency,
                "billing_data": request.billing_data.model_dump(),
            },
            "client_secret": order.client_secret,
            "payment_methods": [
                {"integration_id": integration_id, "name": self._account.method_of(integration_id), "live": False}
                for integration_id in request.payment_methods
            ],
            "special_reference": request.special_reference,
            "extras": {"creation_extras": request.extras, "confirmation_extras": None},
            "confirmed": False,
            "status": "intended",
            "created": _instant(order.created_at),
            "card_detail": None,
            "card_tokens": [],
            "object": "paymentintention",
        }

    def transaction(self, attempt: Transaction) -> dict[str, Any]:
        """Return a transaction as callbacks and inquiries show it."""
        return {
            "id": attempt.id,
            "pending": attempt.pending,
            "amount_cents": attempt.amount_cents,
            "success": attempt.success,
            "is_auth": False,
            "is_capture": False,
            "is_standalone_payment": True,
            "is_voided": attempt.is_voided,
            "is_refunded": attempt.is_refunded,
            "is_3d_secure": attempt.method == "card",
            "integration_id": attempt.integration_id,
            "profile_id": self._account.owner,
            "has_parent_transaction": attempt.parent is not None,
            "order": self._order_brief(attempt.order),
            "created_at": _instant(attempt.created_at),
            "transaction_processed_callback_responses": [],
            "currency": attempt.currency,
            "source_data": dict(_SOURCES[attempt.method]),
            "api_source": "IFRAME" if attempt.parent is None else "OTHER",
            "terminal_id": None,
            "merchant_commission": 0,
            "installment": None,
            "discount_details": [],
            "is_void": attempt.is_void,
            "is_refund": attempt.is_refund,
            "data": self._processor_data(attempt),
            "is_hidden": False,
            "payment_key_claims": self._claims(attempt),
            "error_occured": attempt.error_occured,
            "is_live": False,
            "other_endpoint_reference": None,
            "refunded_amount_cents": attempt.refunded_amount_cents,
            "source_id": -1,
            "is_captured": False,
            "captured_amount": 0,
            "merchant_staff_tag": None,
            "updated_at": _instant(attempt.updated_at),
            "is_settled": attempt.is_payment and self._ledger.now() - attempt.created_at >= SETTLED_AFTER,
            "bill_balanced": False,
            "is_bill": False,
            "owner": attempt.owner,
            "parent_transaction": attempt.parent.id if attempt.parent is not None else None,
        }

    def order(self, order: Order) -> dict[str, Any]:
        """Return an order with every attempt on it, the earliest first."""
        return self._order_brief(order) | {"transactions": [self.transaction(attempt) for attempt in order.transactions]}

    def saved_card(self, order: Order, token_id: int) -> dict[str, Any]:
        """Return the `obj` of a TOKEN callback."""
        billing = order.request.billing_data
        return {
            "id": token_id,
            "token": f"{token_id:064x}",
            "masked_pan": "xxxx-xxxx-xxxx-2346",
            "merchant_id": self._account.owner,
            "card_subtype": "MasterCard",
            "created_at": _instant(self._ledger.now()),
            "email": billing.email,
            "order_id": str(order.id),
            "user_added": False,
            "next_payment_intention": order.intention_id,
        }

    def redirect(self, attempt: Transaction) -> str | None:
        """Return where the browser goes after an attempt: the merchant's address with the attempt in flat keys."""
        address = attempt.order.request.redirection_url
        if address is None:
            return None
        document = self.transaction(attempt)
        flat = {key: document[key] for key in _FLAT_KEYS}
        flat |= {
            "order": attempt.order.id,
            "merchant_order_id": attempt.order.request.special_reference,
            "source_data.type": document["source_data"]["type"],
            "source_data.pan": document["source_data"]["pan"],
            "source_data.sub_type": document["source_data"]["sub_type"],
            "data.message": attempt.message,
            "txn_response_code": document["data"]["txn_response_code"],
            "acq_response_code": document["data"]["acq_response_code"],
            "hmac": sign(self._account.hmac_secret, "TRANSACTION", document),
        }
        parts = urlsplit(address)
        keys = parse_qsl(parts.query, keep_blank_values=True) + [(key, _flat(value)) for key, value in flat.items()]
        return urlunsplit(parts._replace(query=urlencode(keys)))

    def _order_brief(self, order: Order) -> dict[str, Any]:
        request = order.request
        return {
            "id": order.id,
            "created_at": _instant(order.created_at),
            "delivery_needed": False,
            "merchant": {"id": self._account.owner, "company_name": self._account.merchant_name, "country": "EGY"},
            "collector": None,
            "amount_cents": request.amount,
            "shipping_data": None,
            "currency": request.currency,
            "is_payment_locked": False,
            "is_return": False,
            "is_cancel": False,
            "is_returned": False,
            "is_canceled": False,
            "merchant_order_id": request.special_reference,
            "wallet_notification": None,
            "paid_amount_cents": order.paid_cents,
            "notify_user_with_email": False,
            "items": [
                {"name": item.name, "description": item.description, "amount_cents": item.amount, "quantity": item.quantity}
                for item in request.items
            ],
            "order_url": "",
            "commission_fees": 0,
            "delivery_fees_cents": 0,
            "delivery_vat_cents": 0,
            "payment_method": "tbc",
            "merchant_staff_tag": None,
            "api_source": "OTHER",
            "data": {},
            "payment_status": "PAID" if order.paid_cents else "UNPAID",
        }

    def _processor_data(self, attempt: Transaction) -> dict[str, Any]:
        major = attempt.amount_cents / _MINOR_IN_MAJOR
        is_fine = attempt.success or attempt.pending
        return {
            "gateway_integration_pk": attempt.integration_id,
            "klass": "MigsPayment" if attempt.method == "card" else "WalletPayment",
            "created_at": _instant(attempt.created_at),
            "amount": major,
            "currency": attempt.currency,
            "migs_order": {
                "amount": major,
                "currency": attempt.currency,
                "id": str(attempt.order.id),
                "status": "CAPTURED" if attempt.success else "FAILED",
                "totalAuthorizedAmount": major if attempt.success else 0,
                "totalCapturedAmount": major if attempt.success else 0,
                "totalRefundedAmount": attempt.refunded_amount_cents / _MINOR_IN_MAJOR,
            },
            "migs_result": "SUCCESS" if attempt.success else "FAILURE",
            "message": attempt.message,
            "txn_response_code": "APPROVED" if is_fine else "DECLINED",
            "acq_response_code": "00" if is_fine else "05",
            "order_info": str(attempt.order.id),
            "refunded_amount": attempt.refunded_amount_cents / _MINOR_IN_MAJOR,
        }

    def _claims(self, attempt: Transaction) -> dict[str, Any]:
        request = attempt.order.request
        return {
            "user_id": self._account.owner,
            "amount_cents": request.amount,
            "currency": request.currency,
            "integration_id": attempt.integration_id,
            "order_id": attempt.order.id,
            "billing_data": request.billing_data.model_dump(),
            "lock_order_when_paid": False,
            "extra": {**request.extras, "merchant_order_id": request.special_reference},
            "notification_url": request.notification_url,
            "redirect_url": request.redirection_url,
            "next_payment_intention": attempt.order.intention_id,
        }

    def _gateway(self, integration_id: int) -> str:
        return {"card": "MIGS", "wallet": "UIG", "kiosk": "CAGG"}[self._account.method_of(integration_id)]


def _instant(moment: datetime) -> str:
    """Return an instant as Paymob writes it: without a zone, to the microsecond."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def _flat(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
