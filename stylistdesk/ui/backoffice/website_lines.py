"""How the rep's page is laid out: as entries of its task, and as a page to look at before it is written."""

from typing import TYPE_CHECKING

from stylistdesk.domain.text import say_phone
from stylistdesk.ui import words
from stylistdesk.ui.backoffice.task import Entry, Look
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, labelled, line, wrap
from stylistdesk.ui.profile.dated import heading

if TYPE_CHECKING:
    from stylistdesk.queries.website import OpenWindow, WebsiteView

LABELS = 12
BAR = 20
"""So many cells of the bar are a whole page."""


def page_entry(site: "WebsiteView", look: Look) -> Entry:
    """What the page says, and how complete it is."""
    done = site.completeness
    filled = done.score * BAR // 100
    bar = line(
        Piece(f" {look.symbols.done * filled}", "good"),
        Piece(look.symbols.undone * (BAR - filled), "quiet"),
        Piece(f"  {done.score} of 100", "strong"),
    )
    lines: list[Line] = []
    for label, said, most in (
        ("Name", site.name, 1),
        ("Headline", site.headline, 2),
        ("Story", site.story, 4),
        ("Shop", site.shop_url, 1),
        ("Reach", "   ".join(part for part in (site.email, say_phone(site.phone)) if part), 1),
        ("Picture", _picture(site), 2),
        ("Written", _written(site, look), 1),
    ):
        if said:
            lines += _labelled(label, said, look.width - LABELS - 2, most)
    return Entry((bar, BLANK, *(lines or [look.key("edit", "fills in your page.")])), ("page", 1))


def missing_entries(site: "WebsiteView", look: Look) -> list[Entry]:
    """What is still missing, with the points that it is worth."""
    lines: list[Line] = []
    for part in site.completeness.missing:
        points = f" {part.points:>3} "
        for at, said in enumerate(wrap(part.missing, look.width - 6)):
            lines.append(line(Piece(points if at == 0 else " " * 5, "key"), Piece(f" {said}", "quiet")))
    return [heading("Still missing"), Entry(tuple(lines))] if lines else []


def _labelled(label: str, said: str, room: int, most: int) -> list[Line]:
    parts = [part for part in wrap(said, room) if part]
    if len(parts) > most:
        parts = [*parts[: most - 1], clip(f"{parts[most - 1]} …", room)]
    return [(Piece(" "), *pieces) for pieces in labelled(label, [(Piece(part),) for part in parts], LABELS)]


def _picture(site: "WebsiteView") -> str:
    if not site.picture_sha256:
        return ""
    return f"{site.picture_name}: {site.picture_words}" if site.picture_words else site.picture_name


def _written(site: "WebsiteView", look: Look) -> str:
    if site.exported_at is None:
        return ""
    return f"into a file on {words.day(look.here.day(site.exported_at), look.here.today)}"


def link_entries(site: "WebsiteView", look: Look) -> list[Entry]:
    """Her links in their order."""
    shown = [heading("Elsewhere")]
    for link in site.links:
        label = fit(f" {link.label}", LABELS + 8)
        shown.append(
            Entry(
                (line(Piece(label), Piece(clip(link.url, look.width - LABELS - 9), "quiet")),),
                ("link", link.id),
                link.url,
            )
        )
    if not site.links:
        shown.append(Entry((look.key("section_add", "adds a link to where else you are seen."),)))
    return shown


def window_entries(site: "WebsiteView", look: Look) -> list[Entry]:
    """The shop windows that are on the page today; they are looked after in their own task."""
    shown = [heading("Open today")]
    for one in site.windows:
        until = f"until {words.day(one.closes_on, look.here.today)}" + ("   yours" if one.is_own else "")
        name = fit(f" {one.name}", look.width - 30)
        shown.append(Entry((line(Piece(name), Piece(fit(f" {until}", 30), "quiet")),)))
    if not site.windows:
        said = "No shop window is open, and the page says so. Shop links is where you open one."
        shown.append(Entry(tuple((Piece(f" {part}", "quiet"),) for part in wrap(said, look.width - 1))))
    return shown


# ----------------------------------------------------------------- as it will be


def preview_lines(site: "WebsiteView", width: int) -> list[Line]:
    """The page as a reader finds it, in lines of so many cells."""
    from stylistdesk.exchange.website_page import none_open, paragraphs, safe_address

    wide = min(width, 72)
    rule = (Piece("─" * wide, "faint"),)
    page: list[Line] = [BLANK]
    page += [(Piece(part, "name"),) for part in wrap(site.name or "Your name", wide)]
    page += [(Piece(part, "quiet"),) for part in wrap(site.headline, wide) if part]
    if shop := safe_address(site.shop_url):
        page += [BLANK, (Piece(" Visit my shop ", "tab"), Piece(f"  {clip(shop, wide - 17)}", "faint"))]
    if site.picture_sha256:
        page += [BLANK, *_frame(f"{site.picture_words or site.name}", wide)]
    windows = [one for one in site.windows if safe_address(one.link)]
    opened = [each for one in windows for each in (BLANK, *_window(one, wide))][1:]
    note = none_open(has_email=bool(site.email), has_phone=bool(site.phone))
    page += _part("Open now", opened or [(Piece(part),) for part in wrap(note, wide)], rule)
    story: list[Line] = []
    for number, lines in enumerate(paragraphs(site.story)):
        story += [BLANK] if number else []
        story += [(Piece(part),) for typed in lines for part in wrap(typed, wide)]
    reach = [part for part in (site.email, say_phone(site.phone)) if part]
    links = [link.label for link in site.links if safe_address(link.url)]
    page += _part("About me", story, rule)
    page += _part("Talk to me", [(Piece(clip(part, wide), "signal"),) for part in reach], rule)
    page += _part("Elsewhere", [(Piece(part, "signal"),) for part in wrap("   ".join(links), wide) if part], rule)
    return page


def _part(title: str, body: list[Line], rule: Line) -> list[Line]:
    return [BLANK, rule, (Piece(title, "label"),), BLANK, *body] if body else []


def _window(one: "OpenWindow", wide: int) -> list[Line]:
    from stylistdesk.exchange.website_page import say_last_day

    name = [(Piece(part, "signal"),) for part in wrap(one.name, wide)]
    return [*name, *((Piece(part, "quiet"),) for part in wrap(f"Open until {say_last_day(one.closes_on)}", wide))]


def _frame(shows: str, wide: int) -> list[Line]:
    """Where the picture will be: what it shows, in a frame."""
    inner = min(wide, 40) - 4
    lines = [f"│ {fit(part, inner)} │" for part in wrap(shows, inner)]
    edge = "─" * (inner + 2)
    return [(Piece(part, "quiet"),) for part in (f"╭{edge}╮", *lines, f"╰{edge}╯")]
