"""Alembic's entry: the migrations run on the connection that the program has opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
