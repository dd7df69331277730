"""What people see and tap: from a Telegram update to a use case and back to text and buttons."""
