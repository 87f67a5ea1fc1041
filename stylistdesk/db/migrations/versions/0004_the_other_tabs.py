"""The other tabs: how assignments end, follow-ups that repeat, CSAT and tickets, the calendar, goals and payments."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = "VARCHAR DEFAULT '' NOT NULL"
ADDED = {
    "assignment": {
        "consultation_ends_at": "DATETIME",
        "cancelled_at": "DATETIME",
        "type_reason": TEXT,
        "end_reason": TEXT,
        "effort_minutes": "INTEGER",
    },
    "lookbook": {"words": TEXT},
    "follow_up": {
        "repeat_every": "INTEGER",
        "repeat_unit": TEXT,
        "repeat_anchor": "DATE",
        "promised_on": "DATE",
    },
    "csat_response": {
        "nps": "INTEGER",
        "read_at": "DATETIME",
        "themes": TEXT,
        "action_task_id": "INTEGER REFERENCES task (id)",
    },
    "desk_info": {"hq_email": TEXT, "asm_name": TEXT, "asm_email": TEXT},
}
"""New columns stand at the end of their tables: the journal's older images stay valid."""


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.execute(f'ALTER TABLE "{table}" ADD COLUMN {name} {kind}')
    op.create_index(op.f("ix_csat_response_action_task_id"), "csat_response", ["action_task_id"])
    # What was there before these tabs has been seen; only what comes from now on is unread.
    op.execute("UPDATE csat_response SET read_at = responded_at WHERE answered_at IS NOT NULL")
    _work()
    _calendar()
    _measures()


def _key() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), nullable=False)


def _link(column: str, to: str, *, optional: bool = False) -> "tuple[sa.Column[int], sa.ForeignKeyConstraint]":
    return sa.Column(column, sa.Integer(), nullable=optional), sa.ForeignKeyConstraint([column], [f"{to}.id"])


def _text(column: str) -> "sa.Column[str]":
    return sa.Column(column, sa.String(), nullable=False)


def _at(column: str, *, optional: bool = False) -> "sa.Column[Any]":
    return sa.Column(column, sa.DateTime(), nullable=optional)


def _make(name: str, *parts: "sa.schema.SchemaItem", indexed: tuple[str, ...] = ()) -> None:
    op.create_table(name, _key(), *parts, sa.PrimaryKeyConstraint("id"), sqlite_autoincrement=True)
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _work() -> None:
    _make(
        "csat_check",
        sa.Column("day", sa.Date(), nullable=False),
        _at("checked_at"),
        sa.UniqueConstraint("day"),
    )
    _make(
        "ticket",
        *_link("client_id", "client", optional=True),
        *_link("assignment_id", "assignment", optional=True),
        *_link("csat_id", "csat_response", optional=True),
        sa.Column("recipient", sa.String(32), nullable=False),
        _text("subject"),
        _text("body"),
        _at("drafted_at"),
        _at("sent_at", optional=True),
        _at("settled_at", optional=True),
        indexed=("client_id", "assignment_id", "csat_id"),
    )


def _calendar() -> None:
    _make(
        "availability",
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.UniqueConstraint("weekday", "starts"),
        sa.UniqueConstraint("on_day", "starts"),
    )
    _make(
        "calendar_event",
        *_link("client_id", "client", optional=True),
        sa.Column("kind", sa.String(32), nullable=False),
        _text("title"),
        _text("note"),
        _text("place"),
        _at("starts_at"),
        _at("ends_at"),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("busy", sa.Boolean(), nullable=False),
        _text("source"),
        _text("uid"),
        _text("recurrence"),
        sa.Column("recurs", sa.Boolean(), nullable=False),
        _text("ics"),
        sa.UniqueConstraint("source", "uid", "recurrence"),
        indexed=("client_id", "starts_at", "recurs"),
    )
    _make(
        "calendar_account",
        _text("name"),
        _text("url"),
        _text("username"),
        _at("synced_at", optional=True),
        sa.UniqueConstraint("url"),
    )
    _make(
        "calendar_link",
        *_link("account_id", "calendar_account"),
        _text("what"),
        sa.Column("row_id", sa.Integer(), nullable=False),
        _text("uid"),
        _text("href"),
        _text("etag"),
        _text("ours"),
        _text("theirs"),
        sa.UniqueConstraint("account_id", "uid"),
    )
    _make(
        "calendar_conflict",
        *_link("account_id", "calendar_account"),
        _text("uid"),
        _text("what"),
        sa.Column("row_id", sa.Integer(), nullable=True),
        _text("ours"),
        _text("theirs"),
        _at("found_at"),
        _at("settled_at", optional=True),
        _text("kept"),
        indexed=("account_id",),
    )


def _measures() -> None:
    _make(
        "goal",
        _text("metric"),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.UniqueConstraint("metric", "period"),
    )
    _make(
        "commission_payment",
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        _text("currency"),
        *_link("brand_id", "brand", optional=True),
        _text("note"),
        indexed=("paid_on", "brand_id"),
    )
    op.create_table(
        "buyer_model",
        _key(),
        _text("parameters"),
        sa.Column("fitted", sa.Boolean(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        _text("seen"),
        _at("fitted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "expected_value",
        _key(),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
