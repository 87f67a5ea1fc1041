"""The desk itself: whose it is, and what was imported into it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, later, utc


class DeskInfo(SQLModel, table=True):
    """One row: the rep's name, IANA time zone, currency (ISO 4217) and country (ISO 3166, for phone numbers).

    `company_zone` is the zone in which the company's months end (R41), the desk's own where it is empty.
    `mailing_address` goes into every commercial message (R25); `province` (CA-ON, say) adds its holidays.
    """

    __tablename__ = "desk_info"

    id: int | None = Field(default=1, primary_key=True)
    rep_name: str
    time_zone: str
    currency: str
    country: str
    mailing_address: str = later()
    province: str = later()
    hq_email: str = later()
    asm_name: str = later()
    asm_email: str = later()
    service_email: str = later()
    company_zone: str = later()


class ImportBatch(SQLModel, table=True):
    """One file that was imported: what it was and what came of it, as counts in JSON."""

    __tablename__ = "import_batch"
    __table_args__ = (KEPT,)

    id: int | None = key()
    file_name: str
    format: str
    sha256: str
    imported_at: datetime = utc()
    counts: str


class Erasure(SQLModel, table=True):
    """A client who was erased on request: when, and what was kept of her because the law allows or wants it.

    It holds nothing that says who she was, and no undo brings her back, so it is not journaled.
    """

    __tablename__ = "erasure"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_number: int
    erased_at: datetime = utc()
    kept: str = ""
