"""SQL: tables, migrations, guarded writes, and the queries behind screens. SQLite and PostgreSQL alike."""
