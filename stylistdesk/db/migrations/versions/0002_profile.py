"""The client profile: the consent ledger, brands, rates, credit memos, attachments, positions."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from stylistdesk.domain.consent_chain import LedgerEntry

revision = "0002"
down_revision = "0001"

TEXT = "VARCHAR DEFAULT '' NOT NULL"
ZERO = "INTEGER DEFAULT '0' NOT NULL"
ADDED = {
    "client": {"stage": "VARCHAR(32)", "birthday": TEXT, "website": TEXT},
    "contact": {"title": TEXT, "note": TEXT},
    "location": {"latitude": "INTEGER", "longitude": "INTEGER", "position_from": TEXT},
    "desk_info": {"mailing_address": TEXT, "province": TEXT},
    "order": {
        "kind": "VARCHAR(32) DEFAULT 'shop' NOT NULL",
        "brand_id": "INTEGER REFERENCES brand (id)",
        "season": TEXT,
        "season_year": "INTEGER",
        "ship_on": "DATE",
        "cancel_on": "DATE",
        "location_id": "INTEGER REFERENCES location (id)",
        "rep": TEXT,
        "units": "INTEGER",
        "cancelled_cents": ZERO,
        "shipped_cents": ZERO,
        "rate": "INTEGER",
        "rate_from": TEXT,
        "commission_cents": "INTEGER",
        "rated_at": "DATETIME",
        "origin": TEXT,
    },
    "order_line": {"rate": "INTEGER", "rate_from": TEXT, "commission_cents": "INTEGER"},
    "lookbook_item": {"position": ZERO, "picture": TEXT},
    "appointment": {
        "season": TEXT,
        "season_year": "INTEGER",
        "location_id": "INTEGER REFERENCES location (id)",
        "brand_id": "INTEGER REFERENCES brand (id)",
        "note": TEXT,
    },
    "message": {"consent": TEXT},
    "note": {"season": TEXT, "season_year": "INTEGER", "call_status": "VARCHAR(32)", "author": TEXT},
    "journal_change": {"left_client_id": "INTEGER"},
}
"""New columns stand at the end of their tables: the journal's older images stay valid."""

INDEXED = (("order", "brand_id"), ("order", "location_id"), ("appointment", "location_id"), ("appointment", "brand_id"))
FROM_HER = (
    ("message", "message_from_her", "sent_at", "direction = 'in'"),
    ("signal", "signal_replied", "occurred_at", "kind = 'replied'"),
)
"""What she wrote, and when: an inquiry of hers is a ground to write to her."""


def upgrade() -> None:
    _new_tables()
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.execute(f'ALTER TABLE "{table}" ADD COLUMN {name} {kind}')
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for table, name, column, only in FROM_HER:
        op.create_index(name, table, ["client_id", column], sqlite_where=sa.text(only))
    moved = sa.text("left_client_id IS NOT NULL")
    op.create_index("journal_change_left", "journal_change", ["left_client_id", "id"], sqlite_where=moved)
    _ledger()


def _new_tables() -> None:
    def key() -> sa.Column[int]:
        return sa.Column("id", sa.Integer(), nullable=False)

    def link(column: str, to: str, *, optional: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
        return sa.Column(column, sa.Integer(), nullable=optional), sa.ForeignKeyConstraint([column], [f"{to}.id"])

    def text(column: str) -> sa.Column[str]:
        return sa.Column(column, sa.String(), nullable=False)

    def make(name: str, *parts: "sa.schema.SchemaItem", indexed: tuple[str, ...] = ()) -> None:
        op.create_table(name, key(), *parts, sa.PrimaryKeyConstraint("id"), sqlite_autoincrement=True)
        for column in indexed:
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])

    make("brand", text("name"), text("name_key"), text("note"), sa.UniqueConstraint("name_key"))
    make(
        "client_brand",
        *link("client_id", "client"),
        *link("brand_id", "brand"),
        sa.Column("status", sa.String(32), nullable=False),
        text("number"),
        sa.UniqueConstraint("client_id", "brand_id"),
        indexed=("brand_id",),
    )
    make(
        "shipment",
        *link("order_id", "order"),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        text("note"),
        indexed=("order_id",),
    )
    make(
        "credit_memo",
        *link("client_id", "client"),
        *link("order_id", "order"),
        text("number"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("reopens", sa.Boolean(), nullable=False),
        sa.Column("commission_cents", sa.Integer(), nullable=True),
        text("note"),
        sa.UniqueConstraint("number"),
        indexed=("client_id", "order_id"),
    )
    make(
        "commission_rate",
        sa.Column("scope", sa.String(32), nullable=False),
        *link("client_id", "client", optional=True),
        *link("brand_id", "brand", optional=True),
        *link("order_id", "order", optional=True),
        *link("order_line_id", "order_line", optional=True),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        text("note"),
        indexed=("client_id", "brand_id", "order_id", "order_line_id"),
    )
    make(
        "distinct_clients",
        *link("client_id", "client"),
        *link("other_id", "client"),
        sa.UniqueConstraint("client_id", "other_id"),
        indexed=("other_id",),
    )
    make(
        "attachment",
        *link("client_id", "client"),
        text("name"),
        text("sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        text("note"),
        indexed=("client_id", "sha256"),
    )


def _ledger() -> None:
    """The consent rows as a ledger: they no longer hang on a client, and each is chained to the one before."""
    kept = op.get_bind().exec_driver_sql("SELECT * FROM consent ORDER BY id").fetchall()
    highest = op.get_bind().exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'consent'").scalar()
    op.execute("DROP TABLE consent")
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("ground", sa.String(32), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), server_default="", nullable=False),
        sa.Column("previous_hash", sa.String(), server_default="", nullable=False),
        sa.Column("hash", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"])
    op.create_index(op.f("ix_consent_contact_id"), "consent", ["contact_id"])
    op.create_index("consent_of_address", "consent", ["channel", "address"])
    last: dict[tuple[str, str], str] = {}
    for row in kept:
        at = datetime.fromisoformat(row.recorded_at).replace(tzinfo=UTC)
        before = last.get((row.channel, row.address), "")
        now = LedgerEntry(before, row.channel, row.address, row.state, row.source, at).hash()
        last[row.channel, row.address] = now
        marks = ", ".join("?" * 8)
        op.get_bind().exec_driver_sql(
            f"INSERT INTO consent VALUES ({marks}, NULL, NULL, NULL, '', ?, ?)", (*row, before, now)
        )
    if highest is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'consent'")
        op.get_bind().exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('consent', ?)", (highest,))
