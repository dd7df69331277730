"""View rows for screens and reports, outside the write path."""
