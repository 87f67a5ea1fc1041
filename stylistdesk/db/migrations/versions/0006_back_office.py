"""The back office: events, rewards, certificates, returns, moves, sign-ups, the rep's own page and company files."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = "VARCHAR DEFAULT '' NOT NULL"
ADDED = {
    "order": {"event_id": "INTEGER REFERENCES host_event (id)", "is_host_order": "BOOLEAN DEFAULT '0' NOT NULL"},
    "desk_info": {"service_email": TEXT, "company_zone": TEXT},
}
"""New columns stand at the end of their tables: the journal's older images stay valid."""


def _link(column: str, to: str, *, optional: bool = False) -> "tuple[sa.Column[int], sa.ForeignKeyConstraint]":
    return sa.Column(column, sa.Integer(), nullable=optional), sa.ForeignKeyConstraint([column], [f"{to}.id"])


def _text(column: str, *, optional: bool = False) -> "sa.Column[str]":
    return sa.Column(column, sa.String(), nullable=optional)


def _count(column: str, *, optional: bool = False) -> "sa.Column[int]":
    return sa.Column(column, sa.Integer(), nullable=optional)


def _day(column: str, *, optional: bool = False) -> "sa.Column[Any]":
    return sa.Column(column, sa.Date(), nullable=optional)


def _at(column: str, *, optional: bool = False) -> "sa.Column[Any]":
    return sa.Column(column, sa.DateTime(), nullable=optional)


def _make(name: str, *parts: "sa.schema.SchemaItem", indexed: tuple[str, ...] = ()) -> None:
    key = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(name, key, *parts, sa.PrimaryKeyConstraint("id"), sqlite_autoincrement=True)
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def upgrade() -> None:
    _tables()
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.execute(f'ALTER TABLE "{table}" ADD COLUMN {name} {kind}')
    op.create_index(op.f("ix_order_event_id"), "order", ["event_id"])


def _tables() -> None:
    _make(
        "host_event",
        *_link("client_id", "client", optional=True),
        _text("name"),
        _text("code"),
        _day("opens_on"),
        _day("closes_on"),
        _at("held_at", optional=True),
        _text("place"),
        _text("link"),
        _text("note"),
        _text("steps_done"),
        _at("closed_at", optional=True),
        _at("cancelled_at", optional=True),
        _text("source"),
        _text("external_id", optional=True),
        sa.UniqueConstraint("source", "external_id"),
        sa.UniqueConstraint("code"),
        indexed=(
            "client_id",
            "opens_on",
            "closes_on",
        ),
    )
    _make(
        "reward_tier",
        _count("from_cents"),
        _count("to_cents", optional=True),
        _count("fixed_cents", optional=True),
        _count("percent", optional=True),
        _count("half_price_items"),
        sa.UniqueConstraint("from_cents"),
    )
    _make(
        "host_order",
        *_link("event_id", "host_event"),
        *_link("client_id", "client"),
        _text("number"),
        sa.Column("status", sa.String(32), nullable=False),
        _at("entered_at"),
        _at("placed_at", optional=True),
        _at("cancelled_at", optional=True),
        _count("reward_cents", optional=True),
        _count("half_price_items", optional=True),
        *_link("order_id", "order", optional=True),
        _text("note"),
        sa.UniqueConstraint("number"),
        indexed=(
            "event_id",
            "client_id",
            "order_id",
        ),
    )
    _make(
        "host_order_line",
        *_link("host_order_id", "host_order"),
        _count("position"),
        _text("name"),
        _count("quantity"),
        _count("price_cents"),
        sa.Column("pays", sa.String(32), nullable=False),
        indexed=("host_order_id",),
    )
    _make(
        "order_move",
        *_link("client_id", "client"),
        *_link("order_id", "order"),
        *_link("from_event_id", "host_event", optional=True),
        *_link("to_event_id", "host_event"),
        sa.Column("state", sa.String(32), nullable=False),
        _at("entered_at"),
        _at("requested_at", optional=True),
        _at("settled_at", optional=True),
        *_link("ticket_id", "ticket", optional=True),
        _text("note"),
        indexed=(
            "client_id",
            "order_id",
            "from_event_id",
            "to_event_id",
            "ticket_id",
        ),
    )
    _make(
        "gift_certificate",
        *_link("client_id", "client"),
        *_link("for_client_id", "client", optional=True),
        _text("for_name"),
        _text("number"),
        _text("currency"),
        _day("sold_on"),
        _at("sent_at", optional=True),
        *_link("order_id", "order", optional=True),
        _text("note"),
        sa.UniqueConstraint("number"),
        indexed=(
            "client_id",
            "for_client_id",
            "order_id",
        ),
    )
    _make(
        "goods_return",
        *_link("client_id", "client"),
        *_link("order_id", "order"),
        *_link("root_order_id", "order"),
        _text("number"),
        _day("opened_on"),
        _text("currency"),
        _text("address"),
        _count("goods_cents"),
        _count("fee_cents"),
        _count("to_gift_cents"),
        _count("to_card_cents"),
        _at("passed_on_at", optional=True),
        _at("received_at", optional=True),
        *_link("exchange_order_id", "order", optional=True),
        _at("exchange_sent_at", optional=True),
        *_link("credit_id", "credit_memo", optional=True),
        _at("cancelled_at", optional=True),
        _text("note"),
        sa.UniqueConstraint("number"),
        indexed=(
            "client_id",
            "order_id",
            "root_order_id",
            "exchange_order_id",
            "credit_id",
        ),
    )
    _make(
        "return_line",
        *_link("return_id", "goods_return"),
        *_link("order_line_id", "order_line", optional=True),
        _count("position"),
        _text("name"),
        _count("quantity"),
        _count("cents"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        _text("instead"),
        indexed=(
            "return_id",
            "order_line_id",
        ),
    )
    _make(
        "gift_movement",
        *_link("gift_id", "gift_certificate"),
        sa.Column("kind", sa.String(32), nullable=False),
        _count("cents"),
        _at("at"),
        *_link("order_id", "order", optional=True),
        *_link("return_id", "goods_return", optional=True),
        _text("note"),
        indexed=(
            "gift_id",
            "order_id",
            "return_id",
        ),
    )
    _make(
        "card_payment",
        *_link("client_id", "client"),
        *_link("order_id", "order"),
        _day("paid_on"),
        _count("cents"),
        _text("brand"),
        _text("last_four"),
        *_link("return_id", "goods_return", optional=True),
        _text("external_id", optional=True),
        sa.UniqueConstraint("external_id"),
        indexed=(
            "client_id",
            "order_id",
            "return_id",
        ),
    )
    _make(
        "reward_adjustment",
        *_link("event_id", "host_event"),
        *_link("return_id", "goods_return", optional=True),
        *_link("order_id", "order", optional=True),
        _day("posted_on"),
        _count("cents"),
        _count("half_price_items"),
        _text("note"),
        indexed=(
            "event_id",
            "return_id",
            "order_id",
        ),
    )
    _make(
        "company_file",
        _text("title"),
        _text("kind"),
        _day("dated_on"),
        _text("name"),
        _text("sha256"),
        _count("size"),
        _at("added_at"),
        _text("note"),
        indexed=("sha256",),
    )
    _make(
        "return_address",
        _day("from_on"),
        _text("lines"),
        sa.UniqueConstraint("from_on"),
    )
    _make(
        "website",
        _text("name"),
        _text("headline"),
        _text("story"),
        _text("shop_url"),
        _text("email"),
        _text("phone"),
        _text("picture_name"),
        _text("picture_sha256"),
        _text("picture_words"),
        _at("exported_at", optional=True),
    )
    _make(
        "website_link",
        _count("position"),
        _text("label"),
        _text("url"),
    )
    _make(
        "sign_up",
        *_link("client_id", "client", optional=True),
        _text("name"),
        _text("email"),
        _text("phone"),
        _text("code"),
        _text("link"),
        _at("added_at"),
        _at("sent_at", optional=True),
        _at("opened_at", optional=True),
        _at("enrolled_at", optional=True),
        _at("given_up_at", optional=True),
        _day("remind_on", optional=True),
        _text("note"),
        sa.UniqueConstraint("code"),
        indexed=("client_id",),
    )
    _make(
        "training",
        _text("topic"),
        _at("watched_at", optional=True),
        _text("video_url"),
        _text("file_name"),
        _text("file_sha256"),
    )
    op.create_index("training_topic", "training", ["topic"], unique=True)
