"""The form of a client: to add one by hand, and to change one."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.birthdays import checked_birthday, say_birthday
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import typed_phone
from stylistdesk.ui.dialogs.form import Field, Form

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.clients import ClientForm
    from stylistdesk.queries.clients import ClientCard

Save = Callable[[dict[str, str]], Awaitable[Any]]
Saver = Callable[["Callable[[dict[str, str]], Command]"], Save]
POWERS = (("", "not known"), *((str(number), "$" * number) for number in range(1, 7)))


def add_client(saver: Saver) -> Form:
    """An empty form; saving adds a client."""

    def command(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.clients import AddClient

        return AddClient(_form_of(values))

    return Form("Add a client", _fields(), saver(command), draft="client:new")


def edit_client(card: "ClientCard", saver: Saver, country: str) -> Form:
    """Her form as it is, on a desk in this country; saving changes her."""

    def command(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.clients import EditClient

        return EditClient(card.client_id, _form_of(values))

    return Form(
        f"Edit {card.name}",
        _fields(
            {
                "name": card.name,
                "email": card.email,
                "phone": typed_phone(card.phone, country),
                "company": card.company,
                "tags": card.tags,
                "birthday": card.birthday.removeprefix("--"),
                "website": card.website,
                "spending_power": str(card.spending_power or ""),
                "description": card.description,
            }
        ),
        saver(command),
        draft=f"client:{card.client_id}",
    )


def _fields(values: dict[str, str] | None = None) -> list[Field]:
    known = values or {}

    def named(typed: str) -> str:
        if not typed.strip():
            raise Refused("The name is missing.", hint="A first name is enough.")
        return ""

    def born(typed: str) -> str:
        return say_birthday(checked_birthday(typed))

    return [
        Field("name", "Name", known.get("name", ""), hint="her name, or the store's", understood=named),
        Field("email", "Email", known.get("email", ""), hint="may be empty"),
        Field("phone", "Phone", known.get("phone", ""), hint="may be empty"),
        Field("company", "Company", known.get("company", ""), hint="may be empty"),
        Field("tags", "Tags", known.get("tags", ""), hint="vip, fall; may be empty"),
        Field(
            "birthday",
            "Birthday",
            known.get("birthday", ""),
            hint="1984-03-14, or 3/14",
            understood=born,
        ),
        Field("website", "Website", known.get("website", ""), hint="may be empty"),
        Field("spending_power", "Spends", known.get("spending_power", ""), choices=POWERS),
        Field("description", "About her", known.get("description", ""), hint="ctrl+s saves", lines=3),
    ]


def _form_of(values: dict[str, str]) -> "ClientForm":
    from stylistdesk.commands.clients import ClientForm

    spending_power = values["spending_power"]
    return ClientForm(
        name=values["name"],
        email=values["email"],
        phone=values["phone"],
        company=values["company"],
        tags=values["tags"],
        birthday=values["birthday"],
        website=values["website"],
        spending_power=int(spending_power) if spending_power else None,
        description=values["description"],
    )
