"""What the CHECKs of drawers refuse."""

CASH_VIOLATIONS = {
    "ck_cash_transactions_amount_positive": "UPDATE cash_transactions SET amount_minor = 0",
    "ck_cash_transactions_correction_names_what": "UPDATE cash_transactions SET reverses_id = id WHERE kind = 'TOP_UP'",
    "ck_cash_transactions_direction_known": "UPDATE cash_transactions SET direction = 'NONSENSE'",
    "ck_cash_transactions_kind_known": "UPDATE cash_transactions SET kind = 'NONSENSE' WHERE kind = 'TOP_UP'",
    "ck_cash_counts_counted_not_negative": "UPDATE cash_counts SET counted_minor = -1",
    "ck_cash_counts_recorded_not_negative": "UPDATE cash_counts SET recorded_minor = -1",
}
