"""Storing message templates (R44): one of the same name, or in the place of the same one of ours, is changed."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from stylistdesk.commands.templates import TemplateForm, checked
from stylistdesk.db.tables import Template
from stylistdesk.domain.built_in_templates import BY_KEY
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.ledger import Values, differences, table_of
from stylistdesk.exchange.records import TemplateRecord
from stylistdesk.exchange.store import Store


def store_templates(records: Sequence[TemplateRecord], store: Store) -> None:
    """Store the records. Each is filled once before, as one that is written is; what cannot be is refused."""
    ledger = store.ledger
    ledger.flush()
    there = [dict(row) for row in ledger.session.execute(select(table_of(Template))).mappings()]
    for record in records:
        try:
            _put(record, there, store)
        except Refused as error:
            store.refuse(record, error)
        store.people.done(record.client)


def _put(record: TemplateRecord, there: list[Values], store: Store) -> None:
    form = checked(TemplateForm(record.name, record.body, record.subject, record.channel, record.occasion, record.kind))
    replaces = record.replaces if record.replaces in BY_KEY else None
    key = name_key(form.name)
    same = (row["replaces"] == replaces if replaces else name_key(row["name"]) == key for row in there)
    row = next((row for row, is_same in zip(there, same, strict=True) if is_same), None)
    _refuse_taken(key, row, replaces, there, store.seen)
    wanted: Values = {
        "name": form.name,
        "channel": form.channel,
        "suggestion": form.occasion,
        "kind": form.kind,
        "subject": form.subject,
        "body": form.body,
        "hidden": record.hidden,
    }
    now = store.work.now
    if row is None:
        wanted |= {"replaces": replaces, "changed_at": now}
        row_id = store.ledger.insert(Template, **wanted)
        there.append({**wanted, "id": row_id})
        store.seen.add(row_id)
        return
    store.seen.add(row["id"])
    changes = differences(row, wanted)
    if not store.ledger.update(Template, row["id"], {**changes, "changed_at": now} if changes else {}):
        store.ledger.unchanged["template"] += 1
    row |= changes


def _refuse_taken(
    key: str, row: Values | None, replaces: str | None, there: list[Values], given: Collection[int]
) -> None:
    """Raises `Refused` for the name of another one, hers or ours, and for one whose row the file has given already."""
    replaced = {other["replaces"] for other in there} | {replaces}
    names = {name_key(other["name"]) for other in there if other is not row}
    names |= {name_key(ours.name) for name, ours in BY_KEY.items() if name not in replaced}
    if key in names:
        raise Refused("there is another template of this name")
    if row is not None and row["id"] in given:
        raise Refused("a row before is the same template, and was taken; give this one another name, or leave it out")
