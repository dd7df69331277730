"""What only triggers can state: the journal and the audit log never change, and an entry balances or does not exist.

Postings are inserted first and their entry last. The entry's trigger looks at the sum, and no posting can join an entry
that is there already; a posting whose entry never comes fails its deferred foreign key at commit. Where several write at
once (PostgreSQL), neither sees the other's lines before they are committed, so each line's entry is summed once more at
the commit. So no committed state has an unbalanced entry, whoever wrote it and from wherever.
"""

from sqlalchemy import DDL, event

from storage.tables.types import metadata

IMMUTABLE_TABLES = ("entries", "postings", "audit_log")

_POSTGRESQL_FUNCTIONS = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed; correct it with a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$""",
    """CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) < 2 OR coalesce(sum(amount_minor), 1) <> 0 FROM postings WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$""",
    """CREATE FUNCTION refuse_sealed_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % is sealed', NEW.entry_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$""",
    """CREATE FUNCTION refuse_unbalanced_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount_minor) <> 0 FROM postings WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$""",
)


def postgresql_statements() -> list[str]:
    """Return the functions and triggers of PostgreSQL, one statement each."""
    statements = list(_POSTGRESQL_FUNCTIONS)
    for table in IMMUTABLE_TABLES:
        statements.append(
            f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        statements.append(
            f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    statements.append(
        "CREATE TRIGGER entries_refuse_unbalanced BEFORE INSERT ON entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry()"
    )
    statements.append(
        "CREATE TRIGGER postings_refuse_sealed BEFORE INSERT ON postings "
        "FOR EACH ROW EXECUTE FUNCTION refuse_sealed_posting()"
    )
    statements.append(
        "CREATE CONSTRAINT TRIGGER postings_refuse_unbalanced AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_posting()"
    )
    return statements


def sqlite_statements() -> list[str]:
    """Return the triggers of SQLite, one statement each."""
    statements = [
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never changed; correct it with a new row'); END"
        for table in IMMUTABLE_TABLES
        for verb in ("UPDATE", "DELETE")
    ]
    statements.append(
        "CREATE TRIGGER entries_refuse_unbalanced BEFORE INSERT ON entries "
        "WHEN (SELECT count(*) < 2 OR coalesce(sum(amount_minor), 1) <> 0 FROM postings WHERE entry_id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'entry does not balance'); END"
    )
    statements.append(
        "CREATE TRIGGER postings_refuse_sealed BEFORE INSERT ON postings "
        "WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id) "
        "BEGIN SELECT RAISE(ABORT, 'entry is sealed'); END"
    )
    return statements


for _statement in postgresql_statements():
    event.listen(metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="postgresql"))
for _statement in sqlite_statements():
    event.listen(metadata, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
