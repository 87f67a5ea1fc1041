"""What names a client, of now and of before, and what looks like it and names another."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.domain.naming import FEWEST_IN_PHONE, GONE, Naming, Phone, holds, turned, words_of
from stylistdesk.domain.text import folded

_OTHERS = (
    "SELECT name FROM client WHERE id NOT IN (SELECT value FROM json_each(:hers))",
    "SELECT name FROM contact WHERE client_id NOT IN (SELECT value FROM json_each(:hers))",
    "SELECT email FROM contact WHERE client_id NOT IN (SELECT value FROM json_each(:hers))",
    "SELECT phone FROM contact WHERE client_id NOT IN (SELECT value FROM json_each(:hers))",
    "SELECT rep_name FROM desk_info UNION SELECT hq_email FROM desk_info UNION SELECT asm_name FROM desk_info",
    "SELECT asm_email FROM desk_info UNION SELECT service_email FROM desk_info",
    "SELECT name FROM website UNION SELECT email FROM website UNION SELECT phone FROM website",
)


@dataclass(frozen=True, slots=True)
class HerNames:
    """How she is known by where it stands: in any text, in prose, in labels of steps, and in what is about her events.

    A name of one word is looked for in prose and labels alone, or an item called "Rose" would go with a client of that
    name. `shared` are such words that another has too, each with the other's name: prose cannot say who is meant, so
    they stay in it.
    """

    anywhere: Naming
    prose: Naming
    labels: Naming
    near_events: Naming
    shared: tuple[tuple[str, str], ...] = ()


def her_names(connection: Connection, client_ids: Sequence[int], kept_events: Iterable[int] = ()) -> HerNames:
    """Whole names, email addresses and phones, and the names of her events, of now and of before.

    What another client, a contact of hers or the rep has too is none. An event that is kept is called by its number.
    """
    names = set(_values(connection, "client", ("name",), client_ids))
    alone = {name for name in names if len(name.split()) == 1}
    names |= set(_values(connection, "contact", ("name",), client_ids))
    names |= {f"{row[0]} {row[1]}" for client_id in client_ids for row in connection.exec_driver_sql(
        "SELECT first_name, last_name FROM client WHERE id = ? AND last_name <> ''", (client_id,))}  # fmt: skip
    reach = set(_values(connection, "contact", ("email", "email_key", "phone"), client_ids)) | names
    emails = {word for word in reach if "@" in word and " " not in word}
    phones = {word for word in reach if _is_phone(word)}
    names = {name for name in names if len(name.split()) > 1 and name not in phones}
    alone = {word for word in alone - emails - phones if len(word) > 1}
    hers = json.dumps(list(client_ids))
    others = {str(row[0]) for sql in _OTHERS for row in connection.exec_driver_sql(sql, {"hers": hers}) if row[0]}
    theirs = {words_of(other): other for other in others}
    names = {name for name in names if words_of(name) not in theirs}
    alone = {word for word in alone if words_of(word) not in theirs}
    emails = {email for email in emails if words_of(email) not in theirs}
    phones -= others
    first = {word for name in names | alone for word in name.replace(",", " ").split()}
    first = {word for word in first if len(word) > 1 and not word[0].islower()}  # no "de la"
    events = _events(connection, client_ids, kept_events, {folded(word) for word in first if len(word) > 2})
    found = Naming(tuple(names), tuple(emails), tuple(sorted({_phone(phone) for phone in phones}, key=str)),
                   renamed=events, of_others=tuple(_longer(theirs, (*names, *emails))))  # fmt: skip
    also = {word: other for word in alone for words, other in theirs.items() if words_of(word)[0] in words}
    with_alone = tuple(_longer(theirs, (*names, *emails, *alone)))
    return HerNames(
        found,
        replace(found, alone=tuple(alone - set(also)), of_others=with_alone),
        replace(found, alone=tuple(alone), of_others=with_alone),
        replace(found, alone=tuple(first), of_others=tuple(_longer(theirs, (*names, *emails, *first)))),
        tuple(sorted(also.items())),
    )


def _longer(theirs: dict[tuple[str, ...], str], hers: Iterable[str]) -> Iterator[str]:
    """The names and addresses of others in which hers stand."""
    forms = [form for name in hers for form in turned(words_of(name))]
    texts = [" ".join(form) for form in forms]
    for words, other in theirs.items():
        said = " ".join(words)
        if any(text in said for text in texts) and ("@" in said or any(holds(words, form) for form in forms)):
            yield other


def _values(connection: Connection, table: str, columns: tuple[str, ...], client_ids: Sequence[int]) -> Iterator[str]:
    """What stands in these columns of her rows, and what stood there before."""
    whose = "id" if table == "client" else "client_id"
    places = [column.name for column in SQLModel.metadata.tables[table].columns]
    for client_id in client_ids:
        rows = connection.exec_driver_sql(f'SELECT {", ".join(columns)} FROM "{table}" WHERE {whose} = ?', (client_id,))
        found = [value for row in rows for value in row]
        for images in connection.exec_driver_sql(
            "SELECT before, after FROM journal_change WHERE table_name = ? AND client_id = ?", (table, client_id)
        ):
            for image in filter(None, images):
                values = json.loads(image)
                found += [values[places.index(name)] for name in columns if places.index(name) < len(values)]
        yield from (value.strip() for value in found if value and value.strip())


def _events(
    connection: Connection, client_ids: Sequence[int], kept: Iterable[int], hers: set[str]
) -> tuple[tuple[str, str], ...]:
    """The names of her events, and their codes that name her, each with what takes its place.

    A name that an event of another has too is none.
    """
    rows: set[tuple[int, str, str]] = set()
    columns = [column.name for column in SQLModel.metadata.tables["host_event"].columns]
    name_at, code_at = columns.index("name"), columns.index("code")
    for client_id in client_ids:
        rows |= {(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
            "SELECT id, name, code FROM host_event WHERE client_id = ?", (client_id,))}  # fmt: skip
        for row in connection.exec_driver_sql(
            "SELECT row_id, before, after FROM journal_change WHERE table_name = 'host_event' AND client_id = ?",
            (client_id,),
        ):
            images = [json.loads(image) for image in row[1:] if image]
            rows |= {(row[0], image[name_at], image[code_at]) for image in images}
    others = {words_of(str(row[0])) for row in connection.exec_driver_sql(
        "SELECT name FROM host_event WHERE client_id IS NULL OR client_id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(client_ids)),))}  # fmt: skip
    stays, found = set(kept), {}
    for number, name, code in rows:
        if len(name.split()) > 1 and words_of(name) not in others:
            found[name] = f"Event {number}" if number in stays else GONE
        if any(word in folded(code) for word in hers):
            found[code] = GONE
    return tuple(sorted(found.items(), key=lambda one: (-len(one[0]), one)))


def _is_phone(word: str) -> bool:
    return re.fullmatch(r"\+?[\d ()./-]{7,}", word) is not None


def _phone(word: str) -> Phone:
    """As it is dialled within its country, where the number says which that is."""
    import phonenumbers

    digits = re.sub(r"\D", "", word)
    if not word.startswith("+"):
        return Phone(digits)
    try:
        parsed = phonenumbers.parse(word)
    except phonenumbers.NumberParseException:
        return Phone(digits)
    national = phonenumbers.national_significant_number(parsed)
    return Phone(national, str(parsed.country_code)) if len(national) >= FEWEST_IN_PHONE else Phone(digits)
