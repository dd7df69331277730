"""Alembic's entry: runs on the connection that ``storage.migrate`` hands over, in that connection's transaction."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=False,
)
context.run_migrations()
