"""Her own message templates as a file, and back (R44, R46)."""

from dataclasses import replace
from typing import Any

from stylistdesk.commands.templates import AddTemplate, EditTemplate, HideTemplate, TemplateForm
from stylistdesk.db.tables import Template
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.exchange.exporting import EXPORTS
from stylistdesk.queries.templates import own_templates

HEAD = "template,for,by,it_is,subject,words,replaces,hidden\n"
WORDS = '=Hi {{ first_name }}, "you", and\n\n{% if item %}{{ the_item }}{% endif %}'


def written(bench: Any) -> bytes:
    export = next(known for known in EXPORTS if known.name == "templates")
    content: bytes = bench.desk.ask(export.make, None).content
    return content


def test_what_is_hers_goes_out_and_comes_back_the_same(bench: Any) -> None:
    mine = TemplateForm("-Cart", WORDS, "@Cart", Channel.EMAIL, "help_with_cart", MessageKind.ANSWER)
    bench.desk.do(AddTemplate(mine))
    bench.desk.do(EditTemplate("check_in", replace(mine, name="Check in", channel=None, occasion="check_in")))
    bench.desk.do(HideTemplate("make_it_right"))
    bench.desk.do(AddTemplate(replace(mine, name="Text", subject="", channel=Channel.TEXT, occasion="")))
    kept, file = bench.desk.ask(own_templates), written(bench)
    assert len(kept) == 4 and b"'=Hi" in file and b"'-Cart" in file
    again = bench.take(file.decode("utf-8-sig"))
    assert (again.format, again.created, again.updated, again.refused) == ("templates", {}, {}, ())
    assert again.unchanged == {"template": 4}
    for _ in range(4):
        bench.desk.undo()
    assert bench.all(Template) == []
    assert bench.take(file.decode("utf-8-sig")).created == {"template": 4}
    found = bench.desk.ask(own_templates)
    assert [replace(one, id=0) for one in found] == [replace(one, id=0) for one in kept]
    assert written(bench) == file
    bench.desk.undo()
    assert bench.all(Template) == []


def test_what_cannot_be_filled_is_told_by_its_row(bench: Any) -> None:
    rows = (
        ",,,,A,Hi,,\nMine,cart,,,A,Hi {{ itme }},,\nMine,tea,,,A,Hi,,\nMine,,by pigeon,,A,Hi,,\n"
        "Mine,,,shouting,A,Hi,,\nCheck in,,,,A,Hi,,\nMine,,text,,,Hi {{ name }},,\nMINE,,,,A,Hello,,\n"
    )
    report = bench.take(HEAD + rows)
    told = {row.line: row.reason for row in report.refused}
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 9]
    assert "no field “itme”. Did you mean item?" in told[3]
    assert "another template of this name" in told[7]
    assert "a row before is the same template" in told[9]
    assert [(one.name, one.body) for one in bench.desk.ask(own_templates)] == [("Mine", "Hi {{ name }}")]
    assert bench.outcome(HEAD + rows).label == "Nothing new in file.csv"


def test_a_changed_file_changes_what_is_there(bench: Any) -> None:
    bench.take(HEAD + "Mine,check in,text,answer,,Hello {{ first_name }},,no\n")
    report = bench.take(HEAD + "Mine,check in,text,answer,,Good day {{ first_name }},,yes\n")
    assert report.updated == {"template": 1}
    (mine,) = bench.desk.ask(own_templates)
    assert (mine.body, mine.hidden, mine.occasion, mine.kind) == (
        "Good day {{ first_name }}", True, "check_in", MessageKind.ANSWER,
    )  # fmt: skip
