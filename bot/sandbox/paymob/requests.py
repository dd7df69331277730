"""The bodies of calls to Paymob's API, checked more strictly than the real one does, so that a slip shows in a test."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_ITEM_NAME = 50
MAX_REFERENCE = 255


def _check_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("Enter a valid URL.")
    return url


def _check_email(email: str) -> str:
    name, at, host = email.rpartition("@")
    if not (name and at and "." in host) or any(letter.isspace() for letter in email):
        raise ValueError("Enter a valid email address.")
    return email


Address = Annotated[str, AfterValidator(_check_address)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_check_email)]
Name = Annotated[str, Field(min_length=1, max_length=50)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Item(_Request):
    """One line of what is paid for. Whether Paymob multiplies by the quantity is undocumented, so it must be 1."""

    name: str = Field(min_length=1, max_length=MAX_ITEM_NAME)
    amount: int = Field(ge=0)
    description: str = Field(default="", max_length=255)
    quantity: int = Field(default=1, ge=1)


class BillingData(_Request):
    """Who pays."""

    first_name: Name
    last_name: Name
    email: Email
    phone_number: str = Field(min_length=1, max_length=32)
    apartment: str = "NA"
    floor: str = "NA"
    street: str = "NA"
    building: str = "NA"
    shipping_method: str = "NA"
    postal_code: str = "NA"
    city: str = "NA"
    country: str = "NA"
    state: str = "NA"


class IntentionRequest(_Request):
    """A checkout to be made: `POST /v1/intention/`."""

    amount: int = Field(ge=1)
    currency: str
    payment_methods: list[int] = Field(min_length=1)
    items: list[Item] = Field(default=[])
    billing_data: BillingData
    special_reference: str = Field(min_length=1, max_length=MAX_REFERENCE)
    expiration: int | None = Field(default=None, ge=1)
    notification_url: Address | None = None
    redirection_url: Address | None = None
    customer: dict[str, Any] | None = None
    extras: dict[str, Any] = Field(default={})


class RefundRequest(_Request):
    """Money to be given back: `POST /api/acceptance/void_refund/refund`."""

    transaction_id: int = Field(ge=1)
    amount_cents: int = Field(ge=1)


class VoidRequest(_Request):
    """A payment to be taken back before it is settled: `POST /api/acceptance/void_refund/void`."""

    transaction_id: int = Field(ge=1)


class TokenRequest(_Request):
    """A token for inquiries: `POST /api/auth/tokens`."""

    api_key: str


class InquiryRequest(_Request):
    """The last attempt on an order, named in either way: `POST /api/ecommerce/orders/transaction_inquiry`."""

    merchant_order_id: str | None = None
    order_id: int | None = None
