import streamlit as st

from db.engine import reading
from modules import markup
from modules.basics import Surface
from modules.learn import asides, content, finding
from modules.learn.finding import Defined
from modules.play.text import Notes
from modules.shell import address, session
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def entry(frame: Frame, surface: Surface, one: Defined, where: str) -> None:
    """A term with its definition, its sources, related terms and where it is used."""
    say, term = frame.say, one.term
    card = surface.container(key=f"card-term-{term.id}-{where}", gap="small")
    card.subheader(term.term, anchor=False)
    notes = Notes(content.library(frame.viewer.language))
    card.markdown(notes.render(term.definition))
    notes.draw(card, say)
    row = card.container(horizontal=True, gap="small", vertical_alignment="center")
    if one.see:
        row.caption(say("glossary.see"), width="content")
    for other in one.see:
        row.page_link(
            script("glossary"), label=markup.literal(other.term), query_params={"term": other.id}
        )
    if one.used:
        row = card.container(horizontal=True, gap="small", vertical_alignment="center")
        row.caption(say("glossary.used"), width="content")
        for title, name, query in one.used:
            row.page_link(script(name), label=markup.literal(title), query_params=query)
    beside = asides.Aside(card, say, frame.viewer, session.now(), frame.patient)
    asides.report(beside, module="", revision_id=None, place=f"term/{term.id}", where=where)


with page("glossary", width=720) as frame:
    address.hold()
    say, surface = frame.say, frame.surface
    with reading() as read:
        found = finding.glossary(read, frame.viewer)
    surface.page_link(script("search"), label=say("nav.search"), icon=":material/arrow_back:")
    surface.title(say("glossary.title"), anchor=False)
    surface.markdown(say("glossary.sentence", n=len(found)))
    chosen = next((one for one in found if one.term.id == st.query_params.get("term")), None)
    if chosen:
        surface.header(say("glossary.chosen"), anchor=False)
        entry(frame, surface, chosen, "chosen")
    typed = surface.text_input(
        say("glossary.filter"),
        type="search",
        icon=":material/search:",
        max_chars=60,
        live=True,
        key="glossary/filter",
    )
    kept = [one for one in found if (typed or "").casefold().strip() in one.term.term.casefold()]
    if not kept:
        surface.info(markup.literal(say("glossary.none", text=typed)), icon=":material/info:")
    letter = ""
    for one in kept:
        if one.term.term[0].upper() != letter:
            letter = one.term.term[0].upper()
            surface.header(letter, anchor=False)
        entry(frame, surface, one, "list")
