"""Alembic's entry: runs the steps on the connection it is handed, inside that connection's transaction."""

from alembic import context

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["target_metadata"],
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
