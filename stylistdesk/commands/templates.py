"""Message templates (R44): the rep writes hers, puts her own words in the place of one of ours, or hides one."""

from dataclasses import dataclass

from sqlmodel import select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Template
from stylistdesk.domain.built_in_templates import BY_KEY
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import MOST_BODY, OCCASIONS
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.filling import check

MOST_NAME = 80
MOST_SUBJECT = 200
WRITTEN = (None, Channel.TEXT, Channel.EMAIL)

Ref = int | str
"""By what a template is named: the id of hers, or the key of one that came with the desk."""


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """A template as it is written: `occasion` is what it is for, a key of `OCCASIONS`; `channel` None is both."""

    name: str
    body: str
    subject: str = ""
    channel: Channel | None = None
    occasion: str = ""
    kind: MessageKind = MessageKind.COMMERCIAL


@dataclass(frozen=True, slots=True)
class AddTemplate:
    """Write a new one. `Outcome.value` is its id."""

    form: TemplateForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a name that is taken, and for what cannot be filled, by its line."""
        template = Template(name="", kind=self.form.kind, body="", changed_at=work.now)
        _put(work, template, self.form)
        work.session.add(template)
        work.session.flush()
        return Outcome(f"Wrote the template “{template.name}”", value=template.id)


@dataclass(frozen=True, slots=True)
class EditTemplate:
    """Change hers; or put her own words in the place of one that came with the desk. `Outcome.value` is its id."""

    template: Ref
    form: TemplateForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` as `AddTemplate` does, and for one that is gone."""
        row = _row(work, self.template)
        if row is None:
            ours = BY_KEY[str(self.template)]
            same = TemplateForm(ours.name, ours.body, ours.subject, ours.channel, ours.occasion, ours.kind)
            label = f"Put your words in the place of “{ours.name}”"
            if checked(self.form) == checked(same):
                return Outcome(label)
            row = Template(name="", kind=ours.kind, body="", replaces=ours.key, changed_at=work.now)
        else:
            label = f"Edited the template “{row.name}”"
        _put(work, row, self.form)
        work.session.add(row)
        work.session.flush()
        return Outcome(label, value=row.id)


@dataclass(frozen=True, slots=True)
class RemoveTemplate:
    """Remove one of hers; the one of ours in whose place it stood is back."""

    template: Ref

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that came with the desk, which can be hidden."""
        row = _row(work, self.template)
        if row is None:
            raise Refused("This one came with the desk.", hint="Hide it, and it is not offered any more.")
        work.session.delete(row)
        ours = BY_KEY.get(row.replaces or "")
        if ours is not None:
            return Outcome(f"Removed your words: “{ours.name}” is as it came with the desk")
        return Outcome(f"Removed the template “{row.name}”")


@dataclass(frozen=True, slots=True)
class HideTemplate:
    """Offer a template no more, hers or ours; or offer it again."""

    template: Ref
    hidden: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that is gone."""
        row = _row(work, self.template)
        if row is None:
            ours = BY_KEY[str(self.template)]
            name = ours.name
            if self.hidden:
                row = Template(
                    name=_free(work, name),
                    channel=ours.channel,
                    suggestion=ours.occasion,
                    kind=ours.kind,
                    subject=ours.subject,
                    body=ours.body,
                    replaces=ours.key,
                    hidden=True,
                    changed_at=work.now,
                )
                work.session.add(row)
        else:
            name = row.name
            row.hidden, row.changed_at = self.hidden, work.now
            if not self.hidden and _is_ours(row):
                work.session.delete(row)
            else:
                work.session.add(row)
        return Outcome(f"{'Hid' if self.hidden else 'Offered again'} the template “{name}”")


# ------------------------------------------------------------------------------ checks


def _row(work: Work, ref: Ref) -> Template | None:
    """The row of one that is hers, or that stands in the place of ours; None for ours as it came."""
    if isinstance(ref, int):
        row = work.session.get(Template, ref)
        known = row is not None
    else:
        row = work.session.exec(select(Template).where(Template.replaces == ref)).first()
        known = row is not None or ref in BY_KEY
    if not known:
        raise Refused("This template is no longer on the desk.", hint="Undo brings a removed one back.")
    return row


def checked(form: TemplateForm) -> TemplateForm:
    """The form as it is stored. Raises `Refused` at its field for what is missing or cannot be filled."""
    name, subject = clean(form.name, limit=MOST_NAME), clean(form.subject, limit=MOST_SUBJECT)
    if len(form.body) > MOST_BODY:
        check(form.body)  # says how long it may be
    body = clean(form.body, multiline=True)
    if body and form.body.endswith(" "):  # there she goes on in each message
        body += " "
    if not name:
        raise Refused("It has no name.", field="name", hint="A few words by which you know it.")
    if form.occasion not in OCCASIONS:
        raise Refused("It is not said what it is for.", field="occasion", hint="Empty is any time.")
    if form.channel not in WRITTEN:
        raise Refused("A template is for a text, an email or both.", field="channel")
    if not subject and form.channel is not Channel.TEXT:
        raise Refused("An email needs a subject.", field="subject", hint="A few words; fields may be in it.")
    check(subject, "subject")
    if not body:
        raise Refused("It says nothing yet.", field="body", hint="For example: Hi {{ first_name }}, how are you?")
    check(body, "body")
    return TemplateForm(name, body, subject, form.channel, form.occasion, form.kind)


def _put(work: Work, row: Template, form: TemplateForm) -> None:
    form = checked(form)
    if any(name_key(form.name) == taken for taken in _names(work, row)):
        raise Refused(f"There is a template “{form.name}” already.", field="name", hint="Give it another name.")
    row.name, row.subject, row.body = form.name, form.subject, form.body
    row.channel, row.suggestion, row.kind = form.channel, form.occasion, form.kind
    row.changed_at = work.now


def _names(work: Work, but: Template | None = None) -> set[str]:
    """The names that are taken by others: hers, and those of ours in whose place nothing stands."""
    rows = [one for one in work.session.exec(select(Template)) if but is None or one.id is None or one.id != but.id]
    replaced = {one.replaces for one in rows} | ({but.replaces} if but is not None else set())
    return {name_key(one.name) for one in rows} | {
        name_key(one.name) for key, one in BY_KEY.items() if key not in replaced
    }


def _free(work: Work, name: str) -> str:
    """The name, or where one of hers has it, the name and a number."""
    taken = {name_key(one.name) for one in work.session.exec(select(Template))}
    return next(
        said for said in (name, *(f"{name} {number}" for number in range(2, 1_000))) if name_key(said) not in taken
    )


def _is_ours(row: Template) -> bool:
    """Whether a row says nothing but what the one in whose place it stands says."""
    ours = BY_KEY.get(row.replaces or "")
    return ours is not None and (row.channel, row.suggestion, row.kind, row.subject, row.body) == (
        ours.channel,
        ours.occasion,
        ours.kind,
        ours.subject,
        ours.body,
    )
