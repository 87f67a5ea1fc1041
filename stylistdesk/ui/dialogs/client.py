"""The form of a client: to add one by hand, and to change one."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.form import Field, Form

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.clients import ClientForm
    from stylistdesk.queries.clients import ClientPage

Save = Callable[[dict[str, str]], Awaitable[Any]]
Saver = Callable[["Callable[[dict[str, str]], Command]"], Save]
POWERS = (("", "not known"), *((str(number), "$" * number) for number in range(1, 7)))


def add_client(saver: Saver) -> Form:
    """An empty form; saving adds a client."""

    def command(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.clients import AddClient

        return AddClient(_form_of(values))

    return Form("Add a client", _fields(), saver(command), draft="client:new")


def edit_client(page: "ClientPage", saver: Saver) -> Form:
    """Her form as it is; saving changes her."""

    def command(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.clients import EditClient

        return EditClient(page.client_id, _form_of(values))

    return Form(
        f"Edit {page.name}",
        _fields(
            {
                "name": page.name,
                "email": page.email,
                "phone": page.phone,
                "company": page.company,
                "spending_power": str(page.spending_power or ""),
                "description": page.description,
            }
        ),
        saver(command),
        draft=f"client:{page.client_id}",
    )


def _fields(values: dict[str, str] | None = None) -> list[Field]:
    known = values or {}

    def named(typed: str) -> str:
        if not typed.strip():
            raise Refused("The name is missing.", hint="A first name is enough.")
        return ""

    return [
        Field("name", "Name", known.get("name", ""), hint="her name, or the store's", understood=named),
        Field("email", "Email", known.get("email", ""), hint="may be empty"),
        Field("phone", "Phone", known.get("phone", ""), hint="may be empty"),
        Field("company", "Company", known.get("company", ""), hint="may be empty"),
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
        spending_power=int(spending_power) if spending_power else None,
        description=values["description"],
    )
