from db.engine import reading
from modules import markup
from modules.course.finding import Hit
from modules.learn import aids, finding, needs
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script

LONGEST = 200
ICONS = {
    "aid": ":material/assignment:",
    "term": ":material/dictionary:",
    "screen": ":material/menu_book:",
}


def address(hit: Hit) -> tuple[str, dict[str, str]]:
    """The page that opens at what was found, and its query."""
    one = hit.passage
    if one.kind == "aid":
        return "aid", {"module": one.module} if one.module else {"name": one.place}
    if one.kind == "term":
        return "glossary", {"term": one.place}
    return "read", {"module": one.module, "screen": one.place}


def shown(frame: Frame, hit: Hit, number: int) -> None:
    """One result: its title as the link, what it is, and the words around what was found."""
    one, card = hit.passage, frame.surface.container(key=f"card-hit-{number}", gap="xxsmall")
    name, query = address(hit)
    label = markup.literal(one.title)
    card.page_link(script(name), label=label, query_params=query, icon=ICONS[one.kind])
    kind = frame.say(f"search.kind.{one.kind}")
    of = one.heading.split(" · ")[0] if one.module else ""
    card.caption(markup.literal(" · ".join(part for part in (kind, of) if part)))
    card.html(markup.marked_html(hit.snippet, hit.spans))


with page("search", width=720) as frame:
    say, surface = frame.say, frame.surface
    surface.title(say("search.title"), anchor=False)
    # In the address as well, so that it can be sent, and Back comes back to it.
    typed = surface.text_input(
        say("search.label"),
        type="search",
        max_chars=LONGEST,
        help=say("search.help"),
        icon=":material/search:",
        live=True,
        bind="query-params",
        key="q",
    )
    text = (typed or "")[:LONGEST]
    with reading() as read:
        found = finding.search(read, frame.viewer, text=text)
        offered = aids.needs(read, frame.viewer)
    if found.hits:
        one = len(found.hits) == 1
        told = say("search.found_one" if one else "search.found", n=len(found.hits), text=text)
        surface.header(markup.literal(told), anchor=False)
        if found.meant:
            surface.markdown(say("search.meant", words=", ".join(found.meant)))
        for number, hit in enumerate(found.hits):
            shown(frame, hit, number)
        if len(found.hits) == finding.MOST:
            surface.caption(say("search.most", n=finding.MOST))
    elif text.strip():
        told = markup.literal(say("search.none", text=text))
        parts.empty(surface, "empty", told, say("search.none_sentence"))
    else:
        surface.caption(say("search.empty"))
    if not found.hits:
        surface.header(say("search.needs"), anchor=False)
        needs.draw(surface, offered)
    surface.header(say("search.more"), anchor=False)
    row = surface.container(horizontal=True, gap="medium")
    row.page_link(script("aids"), label=say("nav.aids"), icon=ICONS["aid"])
    row.page_link(script("glossary"), label=say("nav.glossary"), icon=ICONS["term"])
