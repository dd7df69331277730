"""When to look for due work. What is due, and who does it, is decided by the database."""
