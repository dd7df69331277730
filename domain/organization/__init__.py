"""The center and its branches."""
