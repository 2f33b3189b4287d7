import streamlit as st

from db.engine import reading
from modules import own
from modules.learn import asides, finding
from modules.play.reading import draw as draw_screen
from modules.play.text import Notes
from modules.shell import session
from modules.shell.frame import page
from modules.shell.menu import script

with page("read", width=720) as frame:
    say, surface, query = frame.say, frame.surface, st.query_params
    module, screen = query.get("module", "M01"), query.get("screen", "")
    with reading() as read:
        found = finding.reading_page(read, frame.viewer, module=module, screen=screen)
        mine = own.read(read, frame.viewer, module=module)
    surface.page_link(script("search"), label=say("read.back"), icon=":material/arrow_back:")
    surface.title(found.screen.title, anchor=False)
    surface.caption(say("read.sentence", title=found.module.title))
    notes = Notes(found.module, mine)
    draw_screen(surface, found.screen, notes, say)
    notes.draw(surface, say)
    surface.page_link(
        script("lesson"),
        label=say("read.lesson"),
        query_params={"module": module},
        icon=":material/play_circle:",
    )
    beside = asides.Aside(surface, say, frame.viewer, session.now(), frame.patient)
    asides.report(
        beside, module=module, revision_id=found.revision_id, place=f"step/{found.screen.id}"
    )
