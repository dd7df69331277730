"""What each CHECK on money from outside refuses."""

GATEWAY_VIOLATIONS = {
    "ck_gateway_orders_provider_known": "UPDATE gateway_orders SET provider = 'NONSENSE'",
    "ck_gateway_events_provider_known": "UPDATE gateway_events SET provider = 'NONSENSE'",
    "ck_gateway_effects_provider_known": "UPDATE gateway_effects SET provider = 'NONSENSE'",
    "ck_gateway_effects_kind_known": "UPDATE gateway_effects SET kind = 'NONSENSE'",
    "ck_gateway_effects_amount_positive": "UPDATE gateway_effects SET amount_minor = 0",
    "ck_refunds_status_known": "UPDATE refunds SET status = 'NONSENSE', ended_at = asked_at",
    "ck_refunds_amount_positive": "UPDATE refunds SET amount_minor = 0",
    "ck_refunds_ended_whole": "UPDATE refunds SET ended_at = asked_at WHERE status = 'ASKED'",
}
