"""ONE table of what keys do: the footer, the palette, `?` and the README's key table are all made from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding
from textual.keys import format_key


class Scope(StrEnum):
    """Where an action can be done."""

    DESK = "Everywhere"
    MOVING = "In a list or a page"
    LIST = "In a list of clients"
    CLIENT = "With a client"
    CLIENTS = "In All clients"
    FILTER = "In the filter"
    FORM = "In a form"
    MESSAGE = "In a message"
    PAGE = "On a page that opened"
    PROFILE = "On a client's profile"
    TASKS = "In a client's tasks"
    APPOINTMENTS = "In a client's appointments"
    NOTES = "In a client's notes"
    CADENCE = "In a client's cadence"
    LOOKBOOKS = "In a client's lookbooks"
    HISTORY = "In her history"
    ATTACHMENTS = "In her attachments"
    THEN = "On a profile as it was"
    DUPLICATES = "In Duplicates"
    IMPORT = "In an import"
    WELCOME = "On an empty desk"


PROFILE = (Scope.MOVING, Scope.CLIENT, Scope.PROFILE, Scope.PAGE, Scope.DESK)
"""What works in every section of the profile."""

PLACES: dict[str, tuple[Scope, ...]] = {
    "Daily Tasks": (Scope.MOVING, Scope.CLIENT, Scope.LIST, Scope.DESK),
    "All clients": (Scope.MOVING, Scope.CLIENT, Scope.CLIENTS, Scope.LIST, Scope.DESK),
    "Overview": PROFILE,
    "Tasks": (*PROFILE, Scope.TASKS),
    "Appointments": (*PROFILE, Scope.APPOINTMENTS),
    "Notes": (*PROFILE, Scope.NOTES),
    "Cadence": (*PROFILE, Scope.CADENCE),
    "Lookbooks": (*PROFILE, Scope.LOOKBOOKS),
    "History": (*PROFILE, Scope.HISTORY),
    "Attachments": (*PROFILE, Scope.ATTACHMENTS),
    "As of": (Scope.MOVING, Scope.THEN, Scope.PAGE, Scope.DESK),
    "Duplicates": (Scope.MOVING, Scope.DUPLICATES, Scope.PAGE, Scope.DESK),
    "Merge": (Scope.FORM,),
    "Filter": (Scope.FILTER,),
    "Form": (Scope.FORM,),
    "Message": (Scope.FORM, Scope.MESSAGE),
    "Page": (Scope.MOVING, Scope.PAGE),
    "Import": (Scope.MOVING, Scope.IMPORT, Scope.PAGE),
    "Welcome": (Scope.WELCOME, Scope.DESK),
}
"""What works together in one place: within a place, one key does one thing."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a key does. `footer` is its rank there: the highest go first when room is short, 0 is never."""

    id: str
    keys: str
    scope: Scope
    label: str
    help: str
    footer: int = 0
    action: str = ""

    @property
    def does(self) -> str:
        """The Textual action it runs."""
        return self.action or self.id


ACTIONS: tuple[Act, ...] = (
    Act("done", "d", Scope.CLIENT, "Done", "Complete her follow-up: what she did so far is seen", 1),
    Act("snooze", "s", Scope.CLIENT, "Snooze", "Hide her until a day, unless something urgent wakes her", 2),
    Act("follow_up", "f", Scope.CLIENT, "Follow-up", "Schedule a follow-up, with a channel and a reminder", 3),
    Act("message", "m", Scope.CLIENT, "Message", "Write to her from a template, copy or open it, and log it", 4),
    Act("call", "c", Scope.CLIENT, "Call", "Log a call and what came of it", 8),
    Act("dismiss", "x", Scope.CLIENT, "Dismiss", "Hide this suggestion until a new signal feeds it", 7, "dismiss_rule"),
    Act("note", "n", Scope.CLIENT, "Note", "Write a note about her", 11),
    Act("task", "t", Scope.CLIENT, "Task", "Add a task by a date", 12),
    Act("done_with", "D", Scope.CLIENT, "Done, with words", "Complete her follow-up and say what came of it", 15),
    Act("why", "w", Scope.CLIENT, "Why", "Every term of her urgency, and all suggestions", 10),
    Act("profile", "enter,p", Scope.LIST, "Profile", "Open everything known about her", 5),
    Act("edit", "e", Scope.CLIENT, "Edit", "Change her; in her profile, what is under the cursor", 17),
    Act("remove", "delete", Scope.CLIENT, "Remove", "Remove her; in her profile, what is under the cursor", 18),
    Act("filter", "slash", Scope.LIST, "Filter", "Show only the clients whose row has these words", 9),
    Act("sort", "o", Scope.LIST, "Sort", "Sort by the next order", 13),
    Act("mark", "space", Scope.LIST, "Mark", "Mark or unmark her; a key then acts on all marked, as one step", 14),
    Act("mark_all", "asterisk", Scope.LIST, "Mark all", "Mark all that are shown, or none", 0),
    Act("clear", "escape", Scope.LIST, "Clear", "Clear the filter, then the marks", 0),
    Act("filter_list", "enter,down", Scope.FILTER, "To the list", "Back to the list, which stays filtered", 1,
        "screen.to_list"),
    Act("filter_clear", "escape", Scope.FILTER, "Show all", "Clear the filter", 2, "screen.clear"),
    Act("add", "a", Scope.CLIENTS, "Add", "Add a client by hand", 8),
    Act("profile_add", "a", Scope.PROFILE, "Add", "Add something in the section at hand", 4),
    Act("profile_open", "enter", Scope.PROFILE, "Open", "Into the section; there, open what is under the cursor", 9),
    Act("section_before", "left_square_bracket", Scope.PROFILE, "Section before", "To the section before"),
    Act("section_after", "right_square_bracket", Scope.PROFILE, "Next section", "To the next section", 10),
    Act("task_turn", "space", Scope.TASKS, "Done or not", "A task or follow-up is done; a task is to be done again", 3,
        "section('turn')"),
    Act("appointment_confirm", "space", Scope.APPOINTMENTS, "Confirmed", "She has confirmed, or has not after all", 3,
        "section('turn_confirmed')"),
    Act("appointment_cancel", "o", Scope.APPOINTMENTS, "Call off", "Cancel the appointment, or let it stand again", 3,
        "section('turn_cancelled')"),
    Act("appointment_years", "y", Scope.APPOINTMENTS, "Years", "Show only a year or a season, or all", 3,
        "section('choose')"),
    Act("note_stage", "h", Scope.NOTES, "How far", "Say how far she is: lead, contacted, interested, active, …", 3,
        "section('choose_stage')"),
    Act("cadence_pause", "space", Scope.CADENCE, "Pause", "Pause her cadence, or go on with it", 3,
        "section('turn')"),
    Act("lookbook_item", "i", Scope.LOOKBOOKS, "Item", "Put an item into the lookbook under the cursor", 3,
        "section('add_item')"),
    Act("lookbook_delivered", "y", Scope.LOOKBOOKS, "Delivered", "The lookbook was delivered, or was not after all", 3,
        "section('turn_delivered')"),
    Act("lookbook_link", "o", Scope.LOOKBOOKS, "Page", "Open the page of the item in your browser", 3,
        "section('open_page')"),
    Act("lookbook_up", "K", Scope.LOOKBOOKS, "Item up", "Move the item up in its look", 0, "section('move_up')"),
    Act("lookbook_down", "J", Scope.LOOKBOOKS, "Item down", "Move the item down in its look", 0,
        "section('move_down')"),
    Act("back", "escape", Scope.PAGE, "Back", "Go back to where you were", 5),
    Act("as_of", "ctrl+r", Scope.PROFILE, "As of a day", "The whole profile as it was on a day, to be read"),
    Act("history_filter", "v", Scope.HISTORY, "Filter", "Show the next kind: customer, appointments, orders, email, "
        "website, all", 2, "section('turn_filter')"),
    Act("history_choose", "V", Scope.HISTORY, "Choose a kind", "Choose the kind to show from a list", 0,
        "section('choose_filter')"),
    Act("history_undo", "y", Scope.HISTORY, "Take this back", "Take back the step under the cursor, if nothing has "
        "changed what it changed since", 3, "section('undo_this')"),
    Act("attachment_save", "y", Scope.ATTACHMENTS, "Save a copy", "Save a copy of the file in your downloads", 3,
        "section('save_copy')"),
    Act("then_open", "enter", Scope.THEN, "Open", "Into the section; there, open what is under the cursor", 2,
        "profile_open"),
    Act("then_before", "left_square_bracket", Scope.THEN, "Section before", "To the section before", 0,
        "section_before"),
    Act("then_after", "right_square_bracket", Scope.THEN, "Next section", "To the next section", 3, "section_after"),
    Act("then_filter", "v", Scope.THEN, "Filter", "In her history, show the next kind", 4, "section('turn_filter')"),
    Act("duplicates_compare", "enter", Scope.DUPLICATES, "Compare", "Compare the two, choose what stays, merge them", 1,
        "compare"),
    Act("duplicates_two", "x", Scope.DUPLICATES, "They are two", "Remember that they are two people", 2, "two"),
    Act("duplicates_profile", "p", Scope.DUPLICATES, "Profile", "Open the first of the two", 3, "profile"),
    Act("cursor_up", "up,k", Scope.MOVING, "Up", "One up", 0),
    Act("cursor_down", "down,j", Scope.MOVING, "Down", "One down", 0),
    Act("first", "g,home", Scope.MOVING, "First", "To the first", 0),
    Act("last", "G,end", Scope.MOVING, "Last", "To the last", 0),
    Act("page_up", "pageup", Scope.MOVING, "Page up", "One page up", 0),
    Act("page_down", "pagedown", Scope.MOVING, "Page down", "One page down", 0),
    Act("next_pane", "tab", Scope.DESK, "Next pane", "To the next pane or field", 0, "app.focus_next"),
    Act("undo", "u", Scope.DESK, "Undo", "Take back the last change, as far as you like", 6),
    Act("redo", "U", Scope.DESK, "Redo", "Do again what was taken back", 20),
    Act("daily_tasks", "3", Scope.DESK, "Daily Tasks", "Who needs you, and why", 0, "tab('daily_tasks')"),
    Act("all_clients", "8", Scope.DESK, "All clients", "Every client there is", 0, "tab('all_clients')"),
    Act("find_phone", "number_sign", Scope.DESK, "Find by phone number", "Open the conversation with a number", 0),
    Act("duplicates", "ctrl+d", Scope.DESK, "Duplicates", "Clients who may be one person twice: merge them, or not", 0),
    Act("import", "ctrl+o", Scope.DESK, "Import", "Bring in a file: looked at first, undone as one", 19, "import_file"),
    Act("sender", "ctrl+a", Scope.DESK, "Your desk", "Change your name, zone, currency, country or mailing address", 0),
    Act("export", "ctrl+e", Scope.DESK, "Export clients", "Write clients as vCards, or as CSV for a spreadsheet", 0,
        "export_clients"),
    Act("palette", "ctrl+p", Scope.DESK, "Palette", "Find any of these by its name", 16, "command_palette"),
    Act("theme", "ctrl+t", Scope.DESK, "Light or dark", "Change between the light and the dark theme", 0, "turn_theme"),
    Act("help", "question_mark", Scope.DESK, "Help", "The keys that work where you are", 1),
    Act("quit", "q", Scope.DESK, "Quit", "Close the desk", 0),
    Act("form_save", "ctrl+s", Scope.FORM, "Save", "Save; the first wrong field gets the cursor", 1, "save"),
    Act("form_leave", "escape", Scope.FORM, "Cancel", "Leave; asks only if something was changed", 2, "leave"),
    Act("form_next", "tab", Scope.FORM, "Next field", "To the next field; enter does it too, and saves from the last",
        3, "app.focus_next"),
    Act("form_before", "shift+tab", Scope.FORM, "Field before", "To the field before", 0, "app.focus_previous"),
    Act("message_sender", "ctrl+r", Scope.MESSAGE, "Your address", "Say your mailing address, which emails must carry",
        4, "sender"),
    Act("message_open", "ctrl+o", Scope.MESSAGE, "Open it", "Open it in your texting or mail program, and log it", 3,
        "open_link"),
    Act("import_keep", "ctrl+s", Scope.IMPORT, "Import it", "Import the file as shown", 1, "keep"),
    Act("import_format", "f", Scope.IMPORT, "Format", "Read the file as another format", 2, "change_format"),
    Act("import_encoding", "e", Scope.IMPORT, "Encoding", "Read the file in another encoding", 3, "change_encoding"),
    Act("import_delimiter", "d", Scope.IMPORT, "Delimiter", "Read the file with another delimiter", 4,
        "change_delimiter"),
    Act("welcome_demo", "d", Scope.WELCOME, "Demo", "Look at a desk full of made-up clients; yours stays as it is", 1,
        "choose('demo')"),
    Act("welcome_import", "i", Scope.WELCOME, "Import", "Bring in a file that you have", 2, "choose('import')"),
    Act("welcome_add", "a", Scope.WELCOME, "Add a client", "Add your first client by hand", 3, "choose('add')"),
)  # fmt: skip

AT_ONCE = frozenset({"form_next", "form_before"})
"""Actions that go before what has the focus: what is typed right after them belongs to the next field."""

BY_ID: dict[str, Act] = {act.id: act for act in ACTIONS}


class Keymap:
    """The keys as they are on this desk: the defaults, with the overrides of the settings that do not clash."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self.keys: dict[str, tuple[str, ...]] = {act.id: _split(act.keys) for act in ACTIONS}
        self.problems: list[str] = []
        self._override(dict(overrides or {}))

    def _override(self, overrides: dict[str, str]) -> None:
        wanted: dict[str, tuple[str, ...]] = {}
        for name, keys in overrides.items():
            if name not in BY_ID:
                self.problems.append(f"keys: there is no action “{name}”; `?` lists their keys.")
            elif not _split(keys):
                self.problems.append(f"keys: no key is given for “{name}”; its default {self.shown(name)} stays.")
            else:
                wanted[name] = _split(keys)
        # An override may take a key that another override gives up, so all are tried together, and a clash takes back
        # the one that was asked for last.
        while clash := self._clash(self.keys | wanted, wanted):
            name, other, key = clash
            self.problems.append(
                f"keys: {format_shown(key)} for “{BY_ID[name].label}” is already “{BY_ID[other].label}”;"
                f" {self.shown(name)} stays."
            )
            del wanted[name]
        self.keys |= wanted
        self.overridden = {name: ",".join(keys) for name, keys in wanted.items()}

    @staticmethod
    def _clash(keys: dict[str, tuple[str, ...]], wanted: dict[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
        for name in reversed(wanted):
            for key in keys[name]:
                for act in ACTIONS:
                    if act.id != name and key in keys[act.id] and _meet(BY_ID[name].scope, act.scope):
                        return name, act.id, key
        return None

    def shown(self, name: str) -> str:
        """The first key of an action, as a rep reads it."""
        return format_shown(self.keys[name][0])

    def all_shown(self, name: str) -> str:
        """All keys of an action, as a rep reads them."""
        return " ".join(format_shown(key) for key in self.keys[name])

    def footer(self, place: str) -> list[Act]:
        """What the footer of a place may show, in its order."""
        return [act for act in acts_of(PLACES[place]) if act.footer]


def acts_of(scopes: Iterable[Scope]) -> list[Act]:
    """The actions of these scopes, one scope after the other, each in the table's order."""
    return [act for scope in scopes for act in ACTIONS if act.scope is scope]


def bindings(*scopes: Scope) -> list[Binding]:
    """The actions of these scopes as Textual takes them; each has its id, so that `set_keymap` finds it."""
    return [
        Binding(act.keys, act.does, act.label, show=False, id=act.id, priority=act.id in AT_ONCE)
        for act in acts_of(scopes)
    ]


def format_shown(key: str) -> str:
    """A key as a rep reads it: `ctrl+s`, `?`, `enter`."""
    if key in ("escape", "space", "enter", "delete", "tab", "pageup", "pagedown", "home", "end"):
        return {"escape": "esc", "delete": "del"}.get(key, key)
    if key.startswith("ctrl+") or key.startswith("shift+"):
        return key
    return format_key(key)


def keymap_markdown() -> str:
    """The key table of the README."""
    parts = ["| key | what it does |", "|---|---|"]
    keymap = Keymap()
    for scope in Scope:
        acts = acts_of((scope,))
        if acts:
            parts.append(f"| **{scope.value}** | |")
            parts += [
                "| {} | {}: {} |".format(
                    " ".join(f"`{format_shown(key)}`" for key in keymap.keys[act.id]), act.label, act.help
                )
                for act in acts
            ]
    return "\n".join(parts) + "\n"


def _split(keys: str) -> tuple[str, ...]:
    from textual.keys import _character_to_key

    parts = [part if part == "," else part.strip() for part in ([keys] if keys == "," else keys.split(","))]
    return tuple(_character_to_key(part) if len(part) == 1 else part for part in parts if part)


def _meet(one: Scope, other: Scope) -> bool:
    return any(one in scopes and other in scopes for scopes in PLACES.values())
