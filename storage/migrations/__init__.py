"""Alembic's migrations. Each names every constraint and works on SQLite and PostgreSQL; tests compare the results."""
