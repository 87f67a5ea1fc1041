"""Fills a message template with a client's fields (R44).

A template knows fields, `or`, `{% if %}` and a few filters, and nothing else: no loop, no call, no arithmetic, no part
of a value. That is looked for in its syntax tree before anything runs, so that filling takes no longer than reading it
does, and what it makes is no longer than its parts. What is left runs in jinja2's immutable sandbox.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import FIELDS, MOST_BODY, REP_NAME, Words, not_known
from stylistdesk.domain.text import clean
from stylistdesk.likeness import near

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

    from stylistdesk.domain.templates import MessageTemplate

MOST_VALUE = 2_000
"""Of what stands in a field, so many characters are taken."""

MOST_FILLED = 20_000
"""A message is at most so long."""

DEEPEST = 25
"""So deep may one thing stand in another."""

KNOWN = (
    "It knows fields, or, {% if %} … {% endif %}, and the filters default, upper, lower, capitalize, title and trim."
)

_ONE_BRACE = re.compile(r"(?<!\{)\{ *(" + "|".join(FIELDS) + r") *\}(?!\})")
_OPEN_COMMENT = re.compile(r"\{#(?!.*?#\})", re.DOTALL)
CURLY = "“”„‘’‚"
_STRAIGHT = str.maketrans(CURLY, '"""' + "'" * 3)
_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
QUOTES = 'Words stand in straight quotes: {{ item or "it" }}.'
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


class NotKnown(str):
    """A field that the client has no value for: nothing where it is asked about, and a mark where it is written."""

    __slots__ = ("said",)
    said: str

    def __new__(cls, field: str) -> "NotKnown":
        made = super().__new__(cls, "")
        made.said = not_known(field)
        return made

    def __str__(self) -> str:
        return self.said


def _kept(change: Callable[[str], str]) -> Callable[[Any], str]:
    """The filter, which leaves alone what is not known."""
    return lambda value: value if isinstance(value, NotKnown) else change(str(value))


FILTERS: dict[str, Callable[..., Any]] = {
    "default": lambda value, instead="": value or instead,
    "upper": _kept(str.upper),
    "lower": _kept(str.lower),
    "capitalize": _kept(lambda words: words[:1].upper() + words[1:]),
    "title": _kept(str.title),
    "trim": _kept(str.strip),
}


@cache
def _sandbox() -> "Environment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, cache_size=0)
    sandbox.globals.clear()
    sandbox.tests.clear()
    sandbox.filters.clear()
    sandbox.filters.update(FILTERS)
    return sandbox


def warm() -> None:
    """Bring in what filling needs, ahead of the first message."""
    _compiled("{{ first_name }}")


def check(source: str, field: str = "body") -> None:
    """Raises `Refused` at this field for a template that cannot be filled, with its line and what is meant perhaps."""
    try:
        (fill_subject if field == "subject" else fill)(source, {})
    except Refused as no:
        raise Refused(no.reason, field=field, hint=no.hint) from no


def fill_template(template: "MessageTemplate", values: Mapping[str, str]) -> Words:
    """What a template says to a client. Raises `Refused` where it cannot be filled."""
    body = fill(template.body, values)
    return Words(fill_subject(template.subject, values), body, body.endswith(" "))


def fill_subject(source: str, values: Mapping[str, str]) -> str:
    """A subject with these values, in one line. Raises `Refused` that says so: the lines of the words have numbers."""
    try:
        return " ".join(fill(source, values).split())
    except Refused as no:
        said = no.reason.removeprefix("Line 1: ")
        raise Refused(f"Subject: {said[:1].lower()}{said[1:]}", hint=no.hint) from no


def fill(source: str, values: Mapping[str, str]) -> str:
    """The template with these values; a field without one says so. Raises `Refused` for what is no template.

    Values are put in as they are: they are never read as a template. Of blank lines in a row one stays.
    """
    from jinja2 import UndefinedError

    template = _compiled(source)
    known = {name: str(values.get(name, ""))[:MOST_VALUE] for name in FIELDS}
    context = {name: said if said or name == REP_NAME else NotKnown(name) for name, said in known.items()}
    try:
        filled = _joined(template.generate(context))
    except (TypeError, UndefinedError) as error:  # an if that has nothing to say, compared
        raise Refused("It compares what cannot be compared.", hint=KNOWN) from error
    goes_on = filled.endswith(" ")
    filled = clean(_BLANK_LINES.sub("\n\n", filled), multiline=True, limit=MOST_FILLED)
    return f"{filled} " if goes_on and filled else filled


def _joined(parts: Iterator[str]) -> str:
    """The parts as one, as long as they are not too long."""
    made, length = [], 0
    for part in parts:
        length += len(part)
        if length > MOST_FILLED:
            raise Refused(f"The message is longer than {MOST_FILLED:,} characters.", hint="Leave something out.")
        made.append(part)
    return "".join(made)


@lru_cache(maxsize=256)
def _compiled(source: str) -> "Template":
    from jinja2 import TemplateSyntaxError

    if len(source) > MOST_BODY:
        raise Refused(f"A template has at most {MOST_BODY:,} characters; this has {len(source):,}.", hint="Shorten it.")
    if (one := _ONE_BRACE.search(source)) is not None:
        at = source.count("\n", 0, one.start()) + 1
        raise Refused(f"Line {at}: a field has two braces on each side.", hint=f"Write {{{{ {one[1]} }}}}.")
    if (one := _OPEN_COMMENT.search(source)) is not None:  # all that follows would be left out
        raise Refused(f"Line {source.count(chr(10), 0, one.start()) + 1}: a {{# is not ended.", hint="End it with #}.")
    sandbox = _sandbox()
    try:
        tree = _parsed(sandbox, source)
        _walk(tree, 0, 1)
        return sandbox.template_class.from_code(sandbox, sandbox.compile(tree), {}, None)
    except TemplateSyntaxError as error:
        raise _said(error.lineno, error.message or "") from error
    except (RecursionError, MemoryError) as error:
        raise Refused("Too much stands one in another.", hint="Make it plainer.") from error
    except (ValueError, OverflowError) as error:  # a number of five thousand digits
        raise Refused("A number in it is too long.", hint="Write it as words.") from error


def _parsed(sandbox: "Environment", source: str) -> "nodes.Template":
    """The template's tree; quotes that a phone or a letter has made curly count as straight ones."""
    from jinja2 import TemplateSyntaxError

    try:
        return sandbox.parse(source)
    except TemplateSyntaxError as error:
        straight = _CODE.sub(lambda code: code[0].translate(_STRAIGHT), source)
        if straight == source:
            raise
        try:
            return sandbox.parse(straight)
        except TemplateSyntaxError:
            raise error from None


def _said(line: int, words: str) -> Refused:
    """A slip of the pen in the rep's words."""
    if "end of print statement" in words:
        return Refused(f"Line {line}: a field is not written as it should be.", hint="For example: {{ first_name }}.")
    if "end of template" in words:
        return Refused("An {% if %} is not ended.", hint="Write {% endif %} where it ends.")
    if (sign := re.search("unexpected char '(.+)'", words)) is not None:
        hint = QUOTES if sign[1] in CURLY else KNOWN
        return Refused(f"Line {line}: “{sign[1]}” has no place in a field.", hint=hint)
    if "unknown tag" in words:
        return Refused(f"Line {line}: that is no part of a template.", hint=KNOWN)
    return Refused(f"Line {line}: this is not understood.", hint=f"{words.rstrip('.')}.")


@cache
def _allowed() -> tuple[type["nodes.Node"], ...]:
    from jinja2 import nodes

    return (
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.If,
        nodes.CondExpr,
        nodes.And,
        nodes.Or,
        nodes.Not,
        nodes.Compare,
        nodes.Operand,
        nodes.Concat,
    )


def _walk(node: "nodes.Node", depth: int, line: int, *, asks: bool = False) -> None:
    """Raises `Refused` for the first thing in the tree that a template may not have.

    `asks` is whether it stands where something is asked, after an `if`; elsewhere it would write “True” or “False”.
    """
    from jinja2 import nodes

    line = node.lineno or line
    if depth > DEEPEST:
        raise Refused(f"Line {line}: too much stands one in another.", hint="Make it plainer.")
    if isinstance(node, nodes.Name):
        if node.name not in FIELDS or node.ctx != "load":
            raise Refused(f"Line {line}: there is no field “{node.name[:40]}”.", hint=_nearest(node.name, FIELDS))
    elif isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            raise Refused(f"Line {line}: there is no filter “{node.name[:40]}”.", hint=_nearest(node.name, FILTERS))
        few = (0, 1) if node.name == "default" else (0,)
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) not in few:
            raise Refused(f"Line {line}: “{node.name}” is not written so.", hint='For example: item | default("it").')
    elif isinstance(node, nodes.Const):
        if not isinstance(node.value, str):
            raise Refused(f"Line {line}: “{str(node.value)[:40]}” is neither a field nor in quotes.", hint=QUOTES)
    elif isinstance(node, nodes.Not | nodes.Compare) and not asks:
        raise Refused(f"Line {line}: only an if can ask that.", hint="For example: {% if not item %} … {% endif %}.")
    elif not isinstance(node, _allowed()):
        raise Refused(f"Line {line}: a template cannot {_does(node)}.", hint=KNOWN)
    asked = node.test if isinstance(node, nodes.If | nodes.CondExpr) else None
    for child in node.iter_child_nodes():
        _walk(child, depth + 1, line, asks=asks or child is asked)


def _does(node: "nodes.Node") -> str:
    """What a thing of the tree does, as the end of "a template cannot"."""
    from jinja2 import nodes

    said = (
        ("go round in a loop", nodes.For),
        ("call anything", nodes.Call | nodes.CallBlock | nodes.Macro),
        ("look into a field", nodes.Getattr | nodes.Getitem | nodes.Slice),
        ("calculate", nodes.BinExpr | nodes.UnaryExpr),
        ("bring in another", nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends | nodes.Block),
        ("keep a value", nodes.Assign | nodes.AssignBlock | nodes.With),
    )
    return next((words for words, kinds in said if isinstance(node, kinds)), "do that")


def _nearest(name: str, names: Mapping[str, object]) -> str:
    meant = near(name, names)
    return f"Did you mean {meant}?" if meant else f"There are: {', '.join(names)}."
