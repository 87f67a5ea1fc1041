"""The hash that chains an entry of the consent ledger to the one before (R25).

Entries of one channel and address form one chain, in the order of their ids. What is hashed can never change, or every
chain that exists would break. Whose row an entry hangs on is no part of it: merging two clients moves entries.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What an entry says, with `previous_hash` of the entry before it ("" for the first)."""

    previous_hash: str
    channel: str
    address: str
    state: str
    source: str
    recorded_at: datetime
    ground: str = ""
    happened_on: date | None = None
    ends_on: date | None = None
    evidence: str = ""

    def hash(self) -> str:
        """SHA-256 over the fields as a JSON list, in hex. Instants are UTC to the microsecond, dates ISO 8601."""
        fields = [
            self.previous_hash,
            self.channel,
            self.address,
            self.state,
            self.source,
            self.recorded_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
            self.ground,
            self.happened_on.isoformat() if self.happened_on else "",
            self.ends_on.isoformat() if self.ends_on else "",
            self.evidence,
        ]
        said = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()
