"""Who is told what, and what they would rather not be told."""
