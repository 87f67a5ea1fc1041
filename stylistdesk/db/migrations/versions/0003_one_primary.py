"""No client without a primary contact or place, if she has any: those who have none get one, and the database keeps it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "primary_wanted",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("never", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "client_id"),
        sa.ForeignKeyConstraint(["never"], ["desk_info.id"], deferrable=True, initially="DEFERRED"),
    )
    for table in ("contact", "location"):
        op.execute(
            f"UPDATE {table} SET is_primary = 1 WHERE id IN (SELECT min(id) FROM {table} GROUP BY client_id "
            "HAVING sum(is_primary) = 0)"
        )
