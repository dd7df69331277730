"""Paymob's signature, and the traps in what it covers and does not cover."""

from typing import Any

import orjson
import pytest

from bot.gateways.paymob_reports import PaymobReports, signature_of, signed_text
from domain.finance.gateway import Doubt, ForgedReportError, Report, UnreadableReportError

SECRET = "04DC1A9490B8CC2094C011FC055ADCDB"
MESSAGE = (
    "1000002024-06-13T11:33:44.592345EGPfalsefalse1920364654097558truefalsefalsefalsetruefalse"
    "217503754302852false2346MasterCardcardtrue"
)
DIGEST = (
    "fa8ac0b7f3852e60c50e7fdd4ea5ef0bda96030c19dea1d55df8c76d6c08ab1877774662cbb04981dc84839ad4da560b"
    "cc8cb53b8973548657f7e8f8d2e79930"
)
PUBLISHED: dict[str, Any] = {
    "id": 192036465,
    "pending": False,
    "amount_cents": 100000,
    "success": True,
    "is_auth": False,
    "is_capture": False,
    "is_standalone_payment": True,
    "is_voided": False,
    "is_refunded": False,
    "is_3d_secure": True,
    "integration_id": 4097558,
    "has_parent_transaction": False,
    "order": {"id": 217503754},
    "created_at": "2024-06-13T11:33:44.592345",
    "currency": "EGP",
    "source_data": {"pan": "2346", "type": "card", "sub_type": "MasterCard"},
    "error_occured": False,
    "owner": 302852,
}
READER = PaymobReports(SECRET, frozenset({4097558}), 302852)


def written(kind: str = "TRANSACTION", **changes: Any) -> bytes:
    return orjson.dumps({"type": kind, "obj": {**PUBLISHED, **changes}})


def signed(**changes: Any) -> Report:
    body = written(**changes)
    report = READER.open(body, signature_of(SECRET, signed_text("TRANSACTION", {**PUBLISHED, **changes})))
    assert report is not None
    return report


class TestSignature:
    def test_is_the_published_one(self) -> None:
        assert signed_text("TRANSACTION", PUBLISHED) == MESSAGE
        assert signature_of(SECRET, MESSAGE) == DIGEST

    def test_lets_a_genuine_report_in(self) -> None:
        report = READER.open(written(), DIGEST)
        assert report is not None
        assert (report.order_id, report.transaction_id) == ("217503754", "192036465")

    @pytest.mark.parametrize("signature", ["", "0" * 128, DIGEST.upper(), DIGEST[:-1], DIGEST + "0", "é" * 64, "\ud800"])
    def test_that_differs_is_forged(self, signature: str) -> None:
        with pytest.raises(ForgedReportError):
            READER.open(written(), signature)

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b"{}", b'{"type": "OTHER", "obj": {}}', b'{"type": [], "obj": 1}', b"\xff"]
    )
    def test_of_what_is_no_report_is_forged(self, body: bytes) -> None:
        with pytest.raises(ForgedReportError):
            READER.open(body, DIGEST)

    def test_covers_every_value_that_is_read(self) -> None:
        for name in set(PUBLISHED) - {"order", "source_data"}:
            missing: dict[str, Any] = {name: None}
            with pytest.raises(ForgedReportError):
                READER.open(written(**missing), DIGEST)

    def test_writes_null_as_nothing(self) -> None:
        source = {"pan": None, "type": None, "sub_type": None}
        assert signed_text("TRANSACTION", {**PUBLISHED, "source_data": source}).endswith("302852falsetrue")

    def test_of_a_saved_card_is_checked_and_the_card_not_kept(self) -> None:
        card = {"id": 1, "token": "t", "masked_pan": "x", "merchant_id": 2, "card_subtype": "V", "created_at": "c"}
        body = orjson.dumps({"type": "TOKEN", "obj": {**card, "email": "e", "order_id": "3"}})
        assert READER.open(body, signature_of(SECRET, "Vce1x23t")) is None
        with pytest.raises(ForgedReportError):
            READER.open(body, DIGEST)


class TestReading:
    def test_says_that_it_was_paid(self) -> None:
        said = READER.read(signed().body)
        assert (said.id, said.order_id, said.amount_minor, said.currency) == ("192036465", "217503754", 100_000, "EGP")
        assert said.is_success
        assert not any((said.is_pending, said.has_parent, said.is_voided, said.is_refunded))
        assert said.doubt is None

    @pytest.mark.parametrize("flag", ["pending", "error_occured", "is_auth"])
    def test_knows_no_success_in_what_is_pending_failed_or_only_authorised(self, flag: str) -> None:
        assert not READER.read(signed(**{flag: True}).body).is_success

    @pytest.mark.parametrize(
        "slid",
        [
            {"amount_cents": 10000, "created_at": "02024-06-13T11:33:44.592345"},
            {"amount_cents": 1000002, "created_at": "024-06-13T11:33:44.592345"},
        ],
    )
    def test_finds_digits_that_slid_into_the_next_value(self, slid: dict[str, Any]) -> None:
        report = READER.open(written(**slid), DIGEST)
        assert report is not None
        with pytest.raises(UnreadableReportError):
            READER.read(report.body)

    @pytest.mark.parametrize(
        "slid", [{"id": 19203646, "integration_id": 54097558}, {"id": 1920364654, "integration_id": 97558}]
    )
    def test_doubts_digits_that_slid_into_the_integration(self, slid: dict[str, Any]) -> None:
        report = READER.open(written(**slid), signature_of(SECRET, signed_text("TRANSACTION", {**PUBLISHED, **slid})))
        assert report is not None
        assert READER.read(report.body).doubt is Doubt.INTEGRATION

    def test_doubts_digits_that_slid_from_the_order_into_the_owner(self) -> None:
        report = READER.open(written(order={"id": 21750375}, owner=4302852), DIGEST)
        assert report is not None
        assert READER.read(report.body).doubt is Doubt.OWNER

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount_cents": "100000"},
            {"amount_cents": 1000.0},
            {"success": "true"},
            {"order": None},
            {"created_at": 5},
            {"currency": "egp"},
            {"id": True},
            {"owner": -1},
        ],
    )
    def test_insists_on_types(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(UnreadableReportError):
            READER.read(signed(**wrong).body)
