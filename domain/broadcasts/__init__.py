"""Broadcasts: messages that the team types, to many people at once. Sent, written down, followed, stopped."""
