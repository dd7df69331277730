"""What staff do for people at the desk, and with the cash that they take there."""
