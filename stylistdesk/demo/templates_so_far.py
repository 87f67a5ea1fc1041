"""What the rep of the made-up world writes in her own words: one template in the place of ours, and one of her own."""

from stylistdesk.commands.base import Command
from stylistdesk.commands.templates import AddTemplate, EditTemplate, TemplateForm
from stylistdesk.domain.types import Channel

_CHECK_IN = """\
Hi {{ first_name or "there" }}, it is Thea. I walked past a window this morning and thought of you! \
How are you, and what is coming up that I can help you with?

{{ rep_name }}"""

_TRUNK_SHOW = """\
Dear {{ first_name or name }},

I am showing the new looks on a quiet evening with tea, and I would love you to be there.{% if item %} I will bring \
{{ the_item }}, so that you can try it on.{% endif %}

Bring a friend, if you like. Shall I keep two chairs for you?

{{ rep_name }}
{{ shop_link }}"""

THE_TEMPLATES: tuple[Command, ...] = (
    EditTemplate("check_in", TemplateForm("Check in", _CHECK_IN, "Thinking of you", None, "check_in")),
    AddTemplate(TemplateForm("Trunk show, by letter", _TRUNK_SHOW, "An evening with the new looks", Channel.EMAIL)),
)
"""Written one after the other, four days ago."""
