"""The merchant's account at the sandbox's Paymob: its keys, and how it can be paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PaymentMethod = Literal["card", "wallet", "kiosk"]


@dataclass(frozen=True, slots=True)
class PaymobAccount:
    """Keys and ids as Paymob's dashboard shows them; `methods` names the integrations that take no cards."""

    secret_key: str = "egy_sk_test_sandbox"  # noqa: S105 -- of a gateway that moves no money
    public_key: str = "egy_pk_test_sandbox"
    api_key: str = "sandbox-api-key"
    hmac_secret: str = "SANDBOXHMACSECRET"  # noqa: S105 -- as above
    integration_ids: tuple[int, ...] = (4097558, 4097559)
    owner: int = 302852
    methods: Mapping[int, PaymentMethod] = field(default_factory=lambda: {4097559: "wallet"})
    currency: str = "EGP"
    merchant_name: str = "Rollcall"

    def method_of(self, integration_id: int) -> PaymentMethod:
        """Return what an integration takes."""
        return self.methods.get(integration_id, "card")
